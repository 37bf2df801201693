"""用紙・オンライン: how many sheets are handed out, and the online form with the same words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.surveys.questions.screens.questions_page import QuestionsPage
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.widgets.layouts import in_column
from app.widgets.screen import scrolling


class HandoutPage(QWidget):
    """Step 2: what the page of the questions knows of sheets and form, with room of its own. Signals: none."""

    def __init__(self, questions: QuestionsPage) -> None:
        super().__init__()
        self._questions = questions
        self.handout = questions.handout
        self.handout.setMaximumWidth(880)
        in_column(questions.handout_problem, (scrolling(self.handout), 1), owner=self)

    def show_view(self, view: SurveyView) -> None:
        """Show what is known."""
        self._questions.show_view(view)

    def take_focus(self) -> None:
        """What can be changed here."""
        self.handout.change_button.setFocus()
