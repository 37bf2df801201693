"""Dialogs of 事例発表: the request, the returned 承諾書, and a withdrawn consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.calendar.dates import long_date
from app.subjects.events.presentations.rules import USE_LINES
from app.subjects.events.presentations.services.presentations import (
    PresentationLine,
    PresentationsView,
    current_head_of,
    note_answer,
    save_presentation,
    withdraw_consent,
)
from app.subjects.organisations.register.parts.record_picker import organisation_entry_field
from app.subjects.organisations.register.services.search import OrganisationHit
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label, section
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.presentations import Presentation

_LABEL_WIDTH: Final = 128
_ANEW_FIELD: Final = Field(
    "anew",
    "この記録は",
    kind="radio",
    choices=((True, "新しい承諾書を受けた"), (False, "前の承諾書の記録を直す")),
)
"""Field whether an answer is a new consent after a withdrawn one, as within a day the program cannot tell."""


class RequestDialog(SavingDialog):
    """Dialog for a request, new or existing. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        app_context: AppContext,
        view: PresentationsView,
        presentation: Presentation | None = None,
        *,
        by_contractor: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._given = presentation or replace(view.proposed, of_contractor=by_contractor)
        who = "受託者の講師の発表" if self._given.of_contractor else "発表のお願い"
        super().__init__(
            app_context,
            f"{who}を{'直す' if presentation else '加える'}",
            view.event.full_title,
            main="保存する",
            width=700,
            parent=parent,
        )
        self.organisation = organisation_entry_field(app_context)
        self._organisation_id = self._given.organisation_id
        self.organisation.line.setText(self._given.organisation_name)
        if self._given.of_contractor:
            self.put(
                Paragraph("依頼は受託者の業務責任者あてに作成します。承諾書は受託者が集め、届出として受け取ります。")
            )
            self.organisation.hide()
        else:
            words = label("団体")
            words.setFixedWidth(t.scaled(_LABEL_WIDTH))
            self.put(widget_row(words, self.organisation, spacing=16))
        fields = (
            Field("addressed", "宛名", optional=True, hint="会長　仮森 一郎 のように。空けると「御中」になります。"),
            Field("asked", "お願いする内容", kind="lines", lines=3, hint="依頼状の3に、このまま入ります。"),
            Field("start_time", "発表の時刻", kind="time", width=88, optional=True),
            Field("minutes", "発表の時間", kind="number", width=64, unit="分", least=1, optional=True),
            Field("questions", "質問の時間", kind="number", width=64, unit="分", least=0, optional=True),
            Field("answer_by", "返事の期限", kind="date", width=120, optional=True),
            Field("note", "備考", kind="lines", lines=2, optional=True),
        )
        kept = tuple(one for one in fields if not (self._given.of_contractor and one.key == "addressed"))
        self.form = Form(kept, fiscal_year=app_context.fiscal_year, near=app_context.today(), label_width=_LABEL_WIDTH)
        self.form.set_values({one.key: getattr(self._given, one.key) for one in kept})
        self.put(self.form, None)
        self.organisation.chosen.connect(self._use_organisation)
        self.organisation.edited.connect(self._clear_organisation)
        if self._given.of_contractor or presentation is not None:
            self.form.go_to("asked")
        else:
            self.organisation.line.setFocus()

    def _use_organisation(self, hit: OrganisationHit) -> None:
        """Take a registered 団体, and suggest its present head as the addressee."""
        self._organisation_id = hit.organisation.id
        self.run_read(self._propose_addressee, current_head_of, organisation_id=hit.organisation.id)
        self.form.go_to("asked")

    def _propose_addressee(self, head: str) -> None:
        if not self.form.value("addressed"):
            self.form.set_values(self.form.values() | {"addressed": head})

    def _clear_organisation(self) -> None:
        self._organisation_id = None

    def _save(self) -> None:
        if not self.form.check_all():
            return
        named: dict[str, Any] = {}
        if not self._given.of_contractor:
            named = {"organisation_id": self._organisation_id, "organisation_name": self.organisation.line.text()}
        self.run_action(save_presentation, presentation=replace(self._given, **named, **self.form.values()))


class ConsentDialog(SavingDialog):
    """Dialog for the returned 承諾書. Signals: those of ``SavingDialog``. Nothing is preset: empty counts as no."""

    def __init__(
        self, app_context: AppContext, view: PresentationsView, line: PresentationLine, parent: QWidget | None = None
    ) -> None:
        one = line.presentation
        super().__init__(
            app_context,
            "承諾書を受ける",
            f"{view.event.full_title}　{one.presenter_name}",
            main="返事を記録する",
            width=720,
            parent=parent,
        )
        self._given = one
        first = (
            Field("answer", "返事", kind="radio", choices=(("引き受ける", "引き受ける"), ("見合わせる", "見合わせる"))),
            Field("answered_on", "受けた日", kind="date", width=120),
            Field("received_by", "受けた人", width=200),
            Field("presenter", "発表する人", width=240, optional=True),
            Field("phone", "電話番号", width=200, optional=True, hint="中止・変更の連絡と打合せのほかには使いません。"),
            Field(
                "material",
                "資料",
                kind="choice",
                choices=(("", "書かれていない"), ("なし", "なし"), ("投影", "投影"), ("紙", "紙を配る")),
                optional=True,
            ),
            Field("sheets", "紙の枚数", kind="number", width=64, unit="枚", least=1, optional=True),
            Field(
                "material_id",
                "配布資料",
                kind="choice",
                choices=((None, "この回の資料ではない"), *((each.id, each.title) for each in view.materials)),
                optional=True,
                hint="この回の資料のうち、発表の資料であるもの。配る承諾がないと、帳合いに入りません。",
            ),
        )
        uses = tuple(Field(each.use, each.words, kind="check", words=each.yes_text) for each in USE_LINES)
        filed = (
            Field("original_place", "原本の場所", optional=True, width=240),
            Field("dispose_on", "廃棄予定日", kind="date", width=120, optional=True),
        )
        self.form = Form(first, fiscal_year=app_context.fiscal_year, near=app_context.today(), label_width=_LABEL_WIDTH)
        self.uses = Form(uses, fiscal_year=app_context.fiscal_year, label_width=400)
        self.filed = Form(filed, fiscal_year=app_context.fiscal_year, label_width=_LABEL_WIDTH)
        self.form.set_values(
            {
                "answer": one.answer or None,
                "answered_on": one.answered_on or app_context.today(),
                "received_by": one.received_by or app_context.user_name,
                "presenter": one.presenter,
                "phone": line.phone,
                "material": one.material,
                "sheets": one.sheets,
                "material_id": one.material_id,
            }
        )
        self.uses.set_values({each.use: getattr(one, each.use) for each in USE_LINES})
        self.filed.set_values({"original_place": one.original_place, "dispose_on": one.dispose_on or view.dispose_on})
        self.again: Form | None = None
        if one.withdrawn_on is not None:
            self.again = Form((_ANEW_FIELD,), fiscal_year=app_context.fiscal_year, label_width=_LABEL_WIDTH)
            self.put(
                Paragraph(
                    f"{long_date(one.withdrawn_on)}に、承諾の取りやめを受けています。そのあとに新しい承諾書を受けたときは、"
                    "あらためて承諾になります。前の記録は、履歴に残ります。"
                ),
                self.again,
            )
        self.put(
            self.form,
            section("使ってよい範囲"),
            Paragraph(
                "承諾書で「よい」「はい」に印のあるものだけを選びます。印のないものは、使わないものとして残ります。",
                role="small",
            ),
            self.uses,
            self.filed,
            None,
        )
        self.form.go_to("answer")

    def _save(self) -> None:
        if not (self.form.check_all() and self.filed.check_all() and (self.again is None or self.again.check_all())):
            return
        typed = self.form.values()
        phone = typed.pop("phone")
        answered = replace(self._given, **typed, **self.uses.values(), **self.filed.values())
        anew = None if self.again is None else bool(self.again.value("anew"))
        self.run_action(note_answer, presentation=answered, phone=phone, anew=anew)


class WithdrawDialog(SavingDialog):
    """Dialog for a withdrawn consent. Signals: those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, presentation: Presentation, parent: QWidget | None = None) -> None:
        super().__init__(
            app_context,
            "承諾の取りやめ",
            presentation.presenter_name,
            main="取りやめを記録する",
            width=600,
            parent=parent,
        )
        self._id = presentation.id
        self.put(
            Paragraph(
                "記録した日から、資料の配布、報告書、ホームページなどのどれにも使えません。承諾の記録は残ります。"
            )
        )
        self.form = Form(
            (
                Field("on", "申し出の日", kind="date", width=120),
                Field("words", "申し出の内容", kind="lines", lines=2, hint="だれから、どのように聞いたか。"),
            ),
            fiscal_year=app_context.fiscal_year,
            near=app_context.today(),
            label_width=_LABEL_WIDTH,
        )
        self.form.set_values({"on": app_context.today(), "words": ""})
        self.put(self.form, None)
        self.form.go_to("words")

    def _save(self) -> None:
        if self.form.check_all():
            on: date = self.form.value("on")
            self.run_action(withdraw_consent, presentation_id=self._id, on=on, words=self.form.value("words"))
