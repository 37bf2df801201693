"""The outcomes of an import of answers as buttons with counts that add up to the rows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.subjects.surveys.answers.services.survey_preview import OUTCOMES, ImportPreview
from app.widgets import outcome_chips

ALL = outcome_chips.ALL


class OutcomeChips(outcome_chips.OutcomeChips):
    """The outcomes of answers side by side. Signals: those of the shared chips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(OUTCOMES, parent)

    def show_preview(self, preview: ImportPreview, *, start_again: bool = True) -> None:
        """Show the counts of a file; ``start_again`` shows every row again."""
        self.show_counts({word: preview.count(word) for word in OUTCOMES}, start_again=start_again)
