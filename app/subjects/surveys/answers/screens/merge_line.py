"""How paper and online answers become one number, in a line over the list, with the rules behind a link."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.subjects.surveys.answers.screens.merge_dialog import MergeDialog
from app.subjects.surveys.answers.services.survey_merge import Merged, merged
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.widgets.labels import Link, label


class MergeLine(QWidget):
    """That both are added alike, and why some are left out. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: SurveyView | None = None
        self.words = label("", "small", wrap=True)
        self.rules = Link("合わせ方の決まり", self.open_rules)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.words, 1)
        line.addWidget(self.rules, 0, Qt.AlignmentFlag.AlignTop)

    def show_view(self, view: SurveyView) -> None:
        """Show the sum of this survey; nothing before the first answer."""
        self._view = view
        self.setVisible(bool(view.sheets))
        self.words.setText(line_words(merged(view)))

    def open_rules(self) -> None:
        """Open the rules with the numbers of each channel."""
        if self._view is not None:
            MergeDialog(self._view, self).open()


def line_words(found: Merged) -> str:
    """How the channels are added, with what is left out and what nobody can know."""
    paper, online = found.channels
    both = bool(paper.counted and online.counted)
    words = "紙とオンラインを、同じ重みで足しています。" if both else ""
    reasons = "、".join(f"{reason} {count}" for channel in found.channels for reason, count in channel.left_out)
    if found.left_out:
        words += f"入れない理由　{reasons}。"
    if both:
        words += "無記名のため、同じ人が両方で答えたかは分かりません。"
    return words or "回答はすべて、1枚を1枚と数えます。"
