"""Before the first sheet: why the ward types, from which number, and whether it is the first typing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.survey_comparison import SHEETS
from app.services.survey_entry import CHECKING, ON_BEHALF, Purpose, purpose_of
from app.services.surveys import SurveyView
from app.ui.screens.surveys.page_heading import page_heading
from app.ui.screens.surveys.typed_sheet import TypedSheet
from app.ui.widgets.buttons import main_button
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.labels import Paragraph
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.panel import Panel
from app.ui.widgets.screen import scrolling

_FIRST, _SECOND = "first", "second"


@dataclass(frozen=True, kw_only=True)
class EntryPlan:
    """What was chosen: purpose with the number of the 協議, first sheet, sheets in all, and which typing."""

    purpose: Purpose
    agreement: str
    number: int
    total: int | None
    second: bool


class EntryStart(QWidget):
    """The choice before typing. Signals: ``begun(EntryPlan)``."""

    begun = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: SurveyView | None = None
        self.note = NoteBox(tone="amber")
        self.form = Form(
            (
                Field(
                    key="purpose",
                    label="目的",
                    kind="radio",
                    choices=((CHECKING, "検算（任意・区の目標）"), (ON_BEHALF, "代行入力（協議の番号が要る）")),
                ),
                Field(key="agreement", label="協議の番号", width=160, hint="受託者と協議した記録の番号"),
                Field(
                    key="total",
                    label="用紙の枚数",
                    kind="number",
                    unit="枚",
                    width=72,
                    least=1,
                    optional=True,
                    hint="受託者から受け取った紙の枚数。進みと回収数の照合に使います",
                ),
                Field(
                    key="number",
                    label="はじめの用紙の番号",
                    kind="number",
                    unit="枚目",
                    width=72,
                    least=1,
                    hint="用紙の右上に書いた番号",
                ),
                Field(
                    key="typing",
                    label="入力",
                    kind="radio",
                    choices=((_FIRST, "1回目"), (_SECOND, "2回目（1回目と見比べる）")),
                    hint="2回目は別の人が打つと、打ちまちがいが見つかります",
                ),
            )
        )
        self.begin_button = main_button("入力を始める", self._begin, icon_name="keyboard")
        self._build()
        self.form.changed.connect(lambda _key: self._fold())

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(page_heading("アンケートの検算・代行入力"))
        column.addWidget(self.note)
        panel = Panel()
        panel.put(
            Paragraph(
                "集計は受託者の仕事です。区が打つのは、受託者の集計を確かめる**検算**か、協議のうえでの**代行**です。"
            )
        )
        panel.put(self.form)
        button = QHBoxLayout()
        button.addWidget(self.begin_button)
        button.addStretch(1)
        panel.body.addLayout(button)
        panel.setMaximumWidth(880)
        column.addWidget(panel)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))

    def show_view(self, view: SurveyView) -> None:
        """Show what is known already; nothing that is being typed is overwritten on a mere refresh."""
        fresh = self._view is None or self._view.event.id != view.event.id or not self.isVisible()
        typed = len(self._view.paper) if self._view is not None else -1
        self._view = view
        survey = view.survey
        if survey is None:
            return
        frozen = survey.frozen_at is not None
        words = "集計が確定しているため入力できません。直すときは、集計の画面で確定を解いてください。"
        self.note.say(words if frozen else "", tone="amber")
        self.begin_button.setEnabled(not frozen)
        if fresh or typed != len(view.paper):
            purpose, agreement = purpose_of(survey)
            numbers = [sheet.number or 0 for sheet in view.paper]
            self.form.set_values(
                {
                    "purpose": purpose or CHECKING,
                    "agreement": agreement,
                    "total": survey.contractor_counts.get(SHEETS, {}).get("紙"),
                    "number": max(numbers, default=0) + 1,
                    "typing": _FIRST,
                }
            )
        self._fold()

    def show_paused(self, sheet: TypedSheet | None) -> None:
        """Say that a sheet waits half typed, and make it the one to go on with."""
        if sheet is None or not self.begin_button.isEnabled():
            self.begin_button.set_words("入力を始める")
            return
        self.note.say(f"{sheet.number}枚目は途中まで打ってあります。つづきから打てます。", tone="accent")
        self.begin_button.set_words("つづきから打つ")
        self.form.set_values({"number": sheet.number, "typing": _SECOND if sheet.second else _FIRST})

    def take_focus(self) -> None:
        """The button when all is known, so that Enter goes on where one stopped."""
        self.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self) -> None:
        self.form.show_field("agreement", self.form.value("purpose") == ON_BEHALF)
        self.form.show_field("typing", self._view is not None and bool(self._view.paper))

    def _begin(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        second = bool(self._view and self._view.paper) and values["typing"] == _SECOND
        if second and self._view is not None and values["number"] not in {s.number for s in self._view.paper}:
            self.form.set_problem("number", f"{values['number']}枚目は、まだ1回目が入力されていません。")
            return
        self.begun.emit(
            EntryPlan(
                purpose=values["purpose"],
                agreement=values["agreement"],
                number=values["number"],
                total=values["total"],
                second=second,
            )
        )
