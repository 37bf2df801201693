"""Beside the questions: whether they are agreed, and which master they came from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.parts.survey_words import year_words
from app.subjects.surveys.questions.services.questionnaires import Origin
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.widgets.badge import Badge
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph
from app.widgets.panel import Panel

_TO_AGREE = {
    "講習会": "講習会ごとに受託者と協議して決めます。直すと、もう一度の決定が要ります。",
    "意見交換会": "受託者と協議して決めます（2回で同じ設問も使えます）。直すと、もう一度の決定が要ります。",
}


class AgreementPanel(QWidget):
    """協議と決定, ひな形.

    Signals: ``fix_asked()`` the questions were agreed; ``discard_asked()`` other questions; ``keep_asked()`` they are
    to become a master; ``compare_asked()`` lay them beside the master; ``master_asked()`` open the master.
    """

    fix_asked = Signal()
    discard_asked = Signal()
    keep_asked = Signal()
    compare_asked = Signal()
    master_asked = Signal()

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.badge = Badge("協議中")
        self.words = Paragraph()
        self.fix_button = main_button("設問を決定する", self.fix_asked.emit)
        self.discard_button = Button("設問を選び直す", self.discard_asked.emit, low=True)
        agreed = Panel("協議と決定")
        self.clause = agreed.note
        agreed.put_in_head(self.badge)
        agreed.put(self.words)
        agreed.put(FlowRow(self.fix_button, self.discard_button))
        self.origin = Paragraph()
        self.master_button = Button("ひな形を開く", self.master_asked.emit, low=True)
        self.compare_button = Button("ひな形と比べる", self.compare_asked.emit, low=True)
        self.keep_button = Button("ひな形として残す", self.keep_asked.emit, low=True)
        master = Panel("ひな形")
        master.put(self.origin)
        master.put(FlowRow(self.master_button, self.compare_button, self.keep_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(agreed)
        column.addWidget(master)
        column.addStretch(1)

    def show_view(self, view: SurveyView) -> None:
        """Show what is agreed."""
        survey = view.survey
        if survey is None:
            return
        frozen = survey.frozen_at is not None
        self.clause.setText(view.clause)
        if survey.fixed_on is not None:
            agreed = short_date(survey.agreed_on, self._today) if survey.agreed_on else ""
            self.badge.show_status("済", "設問決定")
            self.words.say(f"**{agreed}** の協議で決定しました。この実施回だけの設問です。")
        else:
            self.badge.show_status("協議中")
            self.words.say(_TO_AGREE.get(view.event.kind, _TO_AGREE["講習会"]))
        self.fix_button.setVisible(survey.fixed_on is None and not frozen)
        self.discard_button.setVisible(not view.sheets and not frozen)

    def show_origin(self, origin: Origin) -> None:
        """Show the master the questions were taken from, and whether they are still the same."""
        master = origin.questionnaire
        for button in (self.master_button, self.compare_button):
            button.setVisible(master is not None)
        if master is None:
            self.origin.say("ひな形からではない設問です。つぎの回や年度でも使うときは、ひな形として残せます。")
            return
        same = "ひな形と同じ設問です。" if origin.same else "ひな形とは違うところがあります。"
        self.origin.say(
            f"**{year_words(master.fiscal_year)}{master.name}** から使いました。{same}"
            "ひな形を直しても、この実施回の設問は変わりません。"
        )
