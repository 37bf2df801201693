"""Beside the questions: whether they are agreed, the online form, and the sheets handed out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import short_date
from app.services.surveys import SurveyView
from app.ui.widgets.badge import Badge
from app.ui.widgets.buttons import Button, main_button
from app.ui.widgets.labels import Paragraph
from app.ui.widgets.panel import Panel

_TO_AGREE = {
    "講習会": "講習会ごとに受託者と協議して決めます。直すと、もう一度の決定が要ります。",
    "意見交換会": "受託者と協議して決めます（2回で同じ設問も使えます）。直すと、もう一度の決定が要ります。",
}


class AgreementPanel(QWidget):
    """The panels at the right of the questions.

    Signals: ``fix_asked()`` the questions were agreed; ``handout_asked()`` online form and hand-out;
    ``discard_asked()`` other questions.
    """

    fix_asked = Signal()
    handout_asked = Signal()
    discard_asked = Signal()

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.badge = Badge("協議中")
        self.words = Paragraph()
        self.fix_button = main_button("設問を決定する", self.fix_asked.emit)
        self.discard_button = Button("設問を選び直す", self.discard_asked.emit, low=True)
        self.handout = Paragraph()
        self.handout_button = Button("直す", self.handout_asked.emit, low=True)
        self.handout_button.setAccessibleName("オンラインと配布を直す")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        agreed = Panel("協議と決定")
        self.clause = agreed.note
        agreed.put_in_head(self.badge)
        for part in (self.words, self.fix_button, self.discard_button):
            agreed.put(part)
        column.addWidget(agreed)
        online = Panel("オンライン・配布")
        online.put_in_head(self.handout_button)
        online.put(self.handout)
        column.addWidget(online)
        column.addStretch(1)

    def show_view(self, view: SurveyView) -> None:
        """Show what is agreed and known."""
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
        self.handout_button.setEnabled(not frozen)
        close = short_date(survey.online_close, self._today) if survey.online_close else "まだ"
        spread = f"{survey.distributed}枚" if survey.distributed is not None else "まだ"
        self.handout.say(
            f"フォームの場所　**{survey.online_url or 'まだ'}**\n回答の締切　**{close}**\n配布した枚数　**{spread}**"
        )
