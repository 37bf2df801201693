"""The dialogs of 完了・検査・支払 (検査, document values, end of check, 返戻, payment, 会計課)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph
from app.window.app_context import AppContext, bind_action
from app.year_end.completion.rules import AMOUNTS, DAYS, RATE, SEAL, is_count
from app.year_end.completion.services.checks import finish_check, note_reading, return_invoice
from app.year_end.completion.services.completion import INVOICE_PAPER, ComparedPaper, Completion
from app.year_end.completion.services.document_doubts import open_words
from app.year_end.completion.services.inspections import note_repaired, save_inspection
from app.year_end.completion.services.payments import note_answer, save_payment
from db.records.year.completion import AccountQuestion, Inspection, InspectionResult, Payment

_DAY = "3/30、R9.3.30 など"
_RESULTS = (("合格", "合格"), ("手直し", "手直しを求める"), ("不合格", "不合格"))


def inspection_dialog(
    app_context: AppContext, found: Completion, parent: QWidget, *, corrects: bool = False
) -> FormDialog:
    """Return the dialog for a new 検査; ``corrects``: for the newest one, a new one where only its day is recorded."""
    known = found.inspection if corrects else None
    still_open = open_words(found)
    fields = [
        record_field(Inspection, "held_on", width=120, hint=_DAY),
        Field("result", "結果", "radio", choices=_RESULTS),
        record_field(Inspection, "inspector_post", width=200),
        record_field(Inspection, "inspector", width=200, hint="この契約の担当でない職員です。"),
        record_field(Inspection, "witness_post", width=200),
        record_field(Inspection, "witness", width=200),
        record_field(Inspection, "staff", width=300, hint="検査員と違う人であることを確かめます。"),
        record_field(Inspection, "repair", kind="lines", lines=2),
        record_field(Inspection, "repair_due", width=120),
    ]
    if still_open or (known is not None and known.open_reason):
        fields.append(
            record_field(
                Inspection,
                "open_reason",
                kind="lines",
                lines=2,
                is_sometimes_asked=True,
                hint="検査調書別紙に載ります。",
            )
        )
    fields.append(record_field(Inspection, "note", kind="lines", lines=2))
    today = app_context.today()
    given = known or Inspection(
        programme_id=found.programme.id, held_on=today, result=InspectionResult.PASSED, inspector=""
    )
    return FormDialog(
        parent,
        "検査を記録する",
        found.programme.title,
        main="検査を記録する",
        fields=fields,
        # The result is the verdict of the 検査員, so none is proposed for a new 検査.
        values=known or {"held_on": today, "staff": found.office.staff},
        change=lambda typed: bind_action(save_inspection, inspection=replace(given, **typed)),
        text=fill_nonempty("{}合格にするには理由が要ります。", "".join(still_open)),
        near=today,
        width=680,
    )


def repair_day_dialog(app_context: AppContext, found: Completion, parent: QWidget) -> FormDialog:
    """Return the dialog for the day on which the 手直し of the newest 検査 was done."""
    inspection = found.inspection
    assert inspection is not None
    dialog = FormDialog(
        parent,
        "手直しが済んだ日",
        inspection.repair,
        main="記録する",
        fields=(Field("repaired_on", "済んだ日", "date", width=120, hint=_DAY),),
        values={"repaired_on": app_context.today()},
        change=lambda typed: bind_action(note_repaired, inspection_id=inspection.id, **typed),
        near=app_context.today(),
        width=560,
    )
    dialog.body.insertWidget(1, Paragraph("このあと、もう一度の検査を記録します。", role="second"))
    return dialog


def reading_dialog(app_context: AppContext, found: ComparedPaper, usual: dict[str, str], parent: QWidget) -> FormDialog:
    """Return the dialog to type the values of a 業務完了届 or a 請求書.

    The register is not shown here: values are typed from the document, and compared afterwards. ``usual`` are
    values that matched in the version before; they are proposed.
    """
    paper = found.paper
    names = tuple(dict.fromkeys(name for one in found.points for name in one.point.fields))
    said = usual | (found.reading.said if found.reading is not None else {})
    dialog = FormDialog(
        parent,
        f"{paper.kind}の点検を入力する",
        f"第{paper.version}通　{short_date(paper.received_on)} 受領",
        fields=[_field(name) for name in names],
        values={name: _field_value(name, said.get(name, "")) for name in names},
        change=lambda typed: bind_action(
            note_reading,
            paper_id=paper.id,
            said={name: _stored_text(value) for name, value in typed.items()},
        ),
        near=app_context.today(),
        width=760,
    )
    dialog.body.insertWidget(
        0,
        Paragraph("書類に書かれているとおりに入力します。契約の記録とは、保存したあとに見くらべます。", role="second"),
    )
    dialog.form.go_to(next((name for name in names if not said.get(name)), names[0]))
    return dialog


def _field(name: str) -> Field:
    """Return the input field for one value of the paper, by its kind."""
    if name in DAYS:
        return Field(name, name, "date", width=120, optional=True, hint=_DAY)
    if name in AMOUNTS:
        return Field(name, name, "number", width=140, unit="円", least=0, grouped=True, optional=True)
    if is_count(name):
        return Field(name, name, "number", width=64, unit="回", least=0, optional=True)
    if name == RATE:
        return Field(name, name, width=64, unit="％", optional=True)
    if name == SEAL:
        choices = (("", "未確認"), ("あり", "ある"), ("なし", "ない"))
        return Field(name, name, "radio", optional=True, choices=choices)
    return Field(name, name, optional=True)


def _field_value(name: str, value: str) -> Any:
    """Return a stored value in the type that its field takes."""
    if name in DAYS:
        return date.fromisoformat(value) if value else None
    if name in AMOUNTS or is_count(name):
        return int(value) if value else None
    return value


def _stored_text(value: Any) -> str:
    """Return a typed value as it is stored; None becomes ""."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def finish_dialog(app_context: AppContext, found: ComparedPaper, parent: QWidget) -> FormDialog:
    """Return the dialog for who compared a document (two for a 請求書), and when."""
    paper = found.paper
    two = paper.kind == INVOICE_PAPER
    second = Field("second_by", "点検した人（2人目）", width=240, hint="1人目とは別の職員です。")
    return FormDialog(
        parent,
        f"{paper.kind}の点検を終える",
        f"第{paper.version}通",
        main="確認済にする",
        fields=(
            Field("on", "点検した日", "date", width=120, hint=_DAY),
            Field("first_by", "点検した人（1人目）" if two else "点検した人", width=240),
            *((second,) if two else ()),
        ),
        values={"on": app_context.today(), "first_by": app_context.user_name},
        change=lambda typed: bind_action(finish_check, paper_id=paper.id, **typed),
        near=app_context.today(),
        width=560,
    )


def return_dialog(app_context: AppContext, found: Completion, parent: QWidget) -> FormDialog:
    """Return the dialog for day and reason of a 返戻, which proposes the points that do not match."""
    wrong = [one for one in found.invoice.points if one.state == "合わない"] if found.invoice is not None else []
    dialog = FormDialog(
        parent,
        "請求書を返戻する",
        found.programme.title,
        main="返戻を記録する",
        fields=(
            Field("returned_on", "返した日", "date", width=120, hint="4/7、R9.4.7 など"),
            record_field(
                Payment, "reason", kind="lines", lines=2, hint="不備の内容。画面と点検票に残ります。", optional=False
            ),
        ),
        values={
            "returned_on": app_context.today(),
            "reason": "\n".join(f"{one.point.name}　{one.note}".strip() for one in wrong),
        },
        change=lambda typed: bind_action(return_invoice, programme_id=found.programme.id, **typed),
        text="返した日から再受領の日まで、支払の時計は止まります。理由と日は、書面かメールで受託者に知らせます。",
        near=app_context.today(),
        label_width=120,
        width=600,
    )
    if not wrong:
        dialog.form.go_to("reason")
    return dialog


def payment_dialog(app_context: AppContext, found: Completion, parent: QWidget) -> FormDialog:
    """Return the dialog for 支出命令 and 支払日.

    While the check of the 請求書 is unfinished it also asks why to go on without it.
    """
    known, today = found.payment, app_context.today()
    unfinished = found.invoice is not None and not found.invoice.is_finished
    why = Field("reason", "点検を終えずに進める理由", "lines", lines=2, optional=True, is_sometimes_asked=True)
    fields = (
        record_field(Payment, "ordered_on", width=120, hint="4/20、R9.4.20 など"),
        record_field(Payment, "order_number", width=200),
        record_field(Payment, "paid_on", width=120, hint="支払われてから入力できます。"),
        *((why,) if unfinished or (known is not None and known.reason) else ()),
        record_field(Inspection, "note", kind="lines", lines=2),
    )
    given = known or Payment(programme_id=found.programme.id, ordered_on=today)
    dialog = FormDialog(
        parent,
        "支払の手続きを記録する",
        f"期限 {short_date(found.payment_task.due, today)}",
        main="記録する",
        fields=fields,
        values=given,
        change=lambda typed: bind_action(save_payment, payment=replace(given, **typed)),
        text="請求書の点検が済んでいません。このまま進めるには理由が要ります。" if unfinished else "",
        near=today,
    )
    if known is not None:
        dialog.form.go_to("paid_on")
    return dialog


def accounts_answer_dialog(app_context: AppContext, found: Completion, parent: QWidget) -> FormDialog:
    """Return the dialog for the answer to the oldest open question to the 会計課."""
    question = next(one for one in found.questions if one.answered_on is None)
    return FormDialog(
        parent,
        "会計課の回答を記録する",
        question.matter,
        main="回答を保存する",
        fields=(
            record_field(AccountQuestion, "answered_on", width=120, hint=_DAY, optional=False),
            record_field(AccountQuestion, "answer", kind="lines", lines=3, optional=False),
        ),
        values={"answered_on": question.answered_on or app_context.today(), "answer": question.answer},
        change=lambda typed: bind_action(note_answer, question_id=question.id, **typed),
        near=app_context.today(),
        label_width=120,
        width=600,
    )
