"""The dialogs of 完了・検査・支払 (検査, document values, end of check, 返戻, payment, 会計課)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph
from app.window.app_context import AppContext
from app.year_end.completion.rules import AMOUNTS, DAYS, RATE, SEAL, is_count
from app.year_end.completion.services.checks import finish_check, note_reading, return_invoice
from app.year_end.completion.services.completion import INVOICE_PAPER, ComparedPaper, Completion
from app.year_end.completion.services.document_doubts import open_words
from app.year_end.completion.services.inspections import note_repaired, save_inspection
from app.year_end.completion.services.payments import note_answer, save_payment
from db.records.year.completion import AccountQuestion, Inspection, InspectionResult, Payment

_DAY: Final = "3/30、R9.3.30 など"
_RESULTS: Final = (("合格", "合格"), ("手直し", "手直しを求める"), ("不合格", "不合格"))


class InspectionDialog(SavingDialog):
    """Dialog for one 検査: ``known`` to be corrected, None = a new one; signals are those of ``SavingDialog``."""

    def __init__(
        self, app_context: AppContext, found: Completion, known: Inspection | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            app_context,
            "検査を記録する",
            found.programme.title,
            main="検査を記録する",
            width=680,
            parent=parent,
        )
        self._programme_id = found.programme.id
        self._known = known
        if still_open := open_words(found):
            self.put(Paragraph(f"{''.join(still_open)}合格にするには理由が要ります。"))
        fields = [
            record_field(Inspection, "held_on", width=120, hint=_DAY),
            Field("result", "結果", "radio", choices=_RESULTS),
            record_field(Inspection, "inspector_post", width=200, optional=True),
            record_field(Inspection, "inspector", width=200, hint="この契約の担当でない職員です。"),
            record_field(Inspection, "witness_post", width=200, optional=True),
            record_field(Inspection, "witness", width=200, optional=True),
            record_field(Inspection, "staff", width=300, optional=True, hint="検査員と違う人であることを確かめます。"),
            record_field(Inspection, "repair", kind="lines", lines=2, optional=True),
            record_field(Inspection, "repair_due", width=120, optional=True),
        ]
        if still_open or (known is not None and known.open_reason):
            fields.append(
                record_field(
                    Inspection,
                    "open_reason",
                    kind="lines",
                    lines=2,
                    optional=True,
                    is_sometimes_asked=True,
                    hint="検査調書別紙に載ります。",
                )
            )
        fields.append(record_field(Inspection, "note", kind="lines", lines=2, optional=True))
        self.form = Form(tuple(fields), app_context.fiscal_year, near=app_context.today())
        self._given = known or Inspection(
            programme_id=found.programme.id, held_on=app_context.today(), result=InspectionResult.PASSED, inspector=""
        )
        # The result is the verdict of the 検査員, so none is proposed for a new 検査.
        given = {"held_on": app_context.today(), "staff": found.office.staff}
        self.form.set_values({field.key: getattr(known, field.key) for field in fields} if known is not None else given)
        self.put(self.form, None)
        self.form.go_to("held_on")

    def _save(self) -> None:
        """Save the inspection once the fields are valid."""
        if not self.form.check_all():
            return
        inspection = replace(self._given, **self.form.values())
        self.run_action(save_inspection, inspection=inspection)


class RepairDayDialog(SavingDialog):
    """Dialog for the day on which a 手直し was done; signals are those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, inspection: Inspection, parent: QWidget) -> None:
        super().__init__(app_context, "手直しが済んだ日", inspection.repair, main="記録する", width=560, parent=parent)
        self._id = inspection.id
        self.form = Form(
            (Field("day", "済んだ日", "date", width=120, hint=_DAY),),
            app_context.fiscal_year,
            near=app_context.today(),
        )
        self.form.set_values({"day": app_context.today()})
        self.put(self.form, Paragraph("このあと、もう一度の検査を記録します。", role="second"), None)

    def _save(self) -> None:
        if self.form.check_all():
            self.run_action(note_repaired, inspection_id=self._id, repaired_on=self.form.value("day"))


class PaperReadingDialog(SavingDialog):
    """Dialog to type the values of a 業務完了届 or a 請求書; signals are those of ``SavingDialog``.

    The register is not shown here: values are typed from the document, and compared afterwards. ``usual`` are
    values that matched in the version before; they are proposed.
    """

    def __init__(self, app_context: AppContext, found: ComparedPaper, usual: dict[str, str], parent: QWidget) -> None:
        paper = found.paper
        super().__init__(
            app_context,
            f"{paper.kind}の点検を入力する",
            f"第{paper.version}通　{short_date(paper.received_on)} 受領",
            main="保存する",
            width=760,
            parent=parent,
        )
        self._paper_id = paper.id
        self.put(
            Paragraph(
                "書類に書かれているとおりに入力します。契約の記録とは、保存したあとに見くらべます。", role="second"
            )
        )
        names = [name for one in found.points for name in one.point.fields]
        self._names = tuple(dict.fromkeys(names))
        self.form = Form(tuple(_field(name) for name in self._names), app_context.fiscal_year, near=app_context.today())
        said = usual | (found.reading.said if found.reading is not None else {})
        self.form.set_values({name: _field_value(name, said.get(name, "")) for name in self._names})
        self.put(self.form, None)
        first = next((name for name in self._names if not said.get(name)), self._names[0])
        self.form.go_to(first)

    def _save(self) -> None:
        """Save what the paper says once the fields are valid."""
        if not self.form.check_all():
            return
        said = {name: _stored_text(self.form.value(name)) for name in self._names}
        self.run_action(note_reading, paper_id=self._paper_id, said=said)


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


class FinishCheckDialog(SavingDialog):
    """Dialog for who compared a document (two for a 請求書), and when; signals are those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, found: ComparedPaper, parent: QWidget) -> None:
        paper = found.paper
        super().__init__(
            app_context,
            f"{paper.kind}の点検を終える",
            f"第{paper.version}通",
            main="確認済にする",
            width=560,
            parent=parent,
        )
        self._paper_id = paper.id
        two = paper.kind == INVOICE_PAPER
        fields = [
            Field("on", "点検した日", "date", width=120, hint=_DAY),
            Field("first_by", "点検した人（1人目）" if two else "点検した人", width=240),
        ]
        if two:
            fields.append(Field("second_by", "点検した人（2人目）", width=240, hint="1人目とは別の職員です。"))
        self.form = Form(tuple(fields), app_context.fiscal_year, near=app_context.today())
        self.form.set_values({"on": app_context.today(), "first_by": app_context.user_name, "second_by": ""})
        self.put(self.form, None)

    def _save(self) -> None:
        if self.form.check_all():
            self.run_action(finish_check, paper_id=self._paper_id, **self.form.values())


class ReturnInvoiceDialog(SavingDialog):
    """Dialog for day and reason of a 返戻, which proposes the points that do not match; signals as ``SavingDialog``."""

    def __init__(self, app_context: AppContext, found: Completion, parent: QWidget) -> None:
        super().__init__(
            app_context,
            "請求書を返戻する",
            found.programme.title,
            main="返戻を記録する",
            width=600,
            parent=parent,
        )
        self._programme_id = found.programme.id
        self.put(
            Paragraph(
                "返した日から再受領の日まで、支払の時計は止まります。理由と日は、書面かメールで受託者に知らせます。"
            )
        )
        self.form = Form(
            (
                Field("returned_on", "返した日", "date", width=120, hint="4/7、R9.4.7 など"),
                record_field(Payment, "reason", kind="lines", lines=2, hint="不備の内容。画面と点検票に残ります。"),
            ),
            app_context.fiscal_year,
            near=app_context.today(),
            label_width=120,
        )
        wrong = [one for one in found.invoice.points if one.state == "合わない"] if found.invoice is not None else []
        self.form.set_values(
            {
                "returned_on": app_context.today(),
                "reason": "\n".join(f"{one.point.name}　{one.note}".strip() for one in wrong),
            }
        )
        self.put(self.form, None)
        self.form.go_to("reason" if not wrong else "returned_on")

    def _save(self) -> None:
        if self.form.check_all():
            self.run_action(return_invoice, programme_id=self._programme_id, **self.form.values())


class PaymentDialog(SavingDialog):
    """Dialog for 支出命令 and 支払日; signals are those of ``SavingDialog``.

    While the check of the 請求書 is unfinished it also asks why to go on without it.
    """

    def __init__(self, app_context: AppContext, found: Completion, parent: QWidget) -> None:
        due = found.payment_task.due
        super().__init__(
            app_context,
            "支払の手続きを記録する",
            f"期限 {short_date(due, app_context.today())}",
            main="記録する",
            width=640,
            parent=parent,
        )
        known = found.payment
        fields = [
            record_field(Payment, "ordered_on", width=120, hint="4/20、R9.4.20 など"),
            record_field(Payment, "order_number", width=200, optional=True),
            record_field(Payment, "paid_on", width=120, optional=True, hint="支払われてから入力できます。"),
        ]
        unfinished = found.invoice is not None and not found.invoice.is_finished
        if unfinished:
            self.put(Paragraph("請求書の点検が済んでいません。このまま進めるには理由が要ります。"))
        if unfinished or (known is not None and known.reason):
            fields.append(
                Field(
                    "reason",
                    "点検を終えずに進める理由",
                    "lines",
                    lines=2,
                    optional=True,
                    is_sometimes_asked=True,
                )
            )
        fields.append(record_field(Inspection, "note", kind="lines", lines=2, optional=True))
        self.form = Form(tuple(fields), app_context.fiscal_year, near=app_context.today())
        self._given = known or Payment(programme_id=found.programme.id, ordered_on=app_context.today())
        self.form.set_values({field.key: getattr(self._given, field.key) for field in fields})
        self.put(self.form, None)
        self.form.go_to("ordered_on" if known is None else "paid_on")

    def _save(self) -> None:
        if self.form.check_all():
            payment = replace(self._given, **self.form.values())
            self.run_action(save_payment, payment=payment)


class AccountsAnswerDialog(SavingDialog):
    """Dialog for the answer of the 会計課; signals are those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, question: AccountQuestion, parent: QWidget) -> None:
        super().__init__(
            app_context,
            "会計課の回答を記録する",
            question.matter,
            main="回答を保存する",
            width=600,
            parent=parent,
        )
        self._id = question.id
        self.form = Form(
            (
                record_field(AccountQuestion, "answered_on", width=120, hint=_DAY),
                record_field(AccountQuestion, "answer", kind="lines", lines=3),
            ),
            app_context.fiscal_year,
            near=app_context.today(),
            label_width=120,
        )
        self.form.set_values({"answered_on": question.answered_on or app_context.today(), "answer": question.answer})
        self.put(self.form, None)

    def _save(self) -> None:
        if self.form.check_all():
            self.run_action(note_answer, question_id=self._id, **self.form.values())
