"""What stands in the place of an empty list: one sentence and the button that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.labels import Paragraph


class EmptyState(QWidget):
    """One sentence and, when there is something to do, one button. Signals: none."""

    def __init__(
        self,
        sentence: str = "",
        button: str = "",
        act: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 24, 8, 24)
        column.setSpacing(12)
        self._sentence = Paragraph()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._sentence)
        self._button = Button("")
        self._button.clicked.connect(self._press)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._act: Callable[[], object] | None = None
        self.say(sentence, button, act)

    def say(self, sentence: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Show ``sentence``; the button appears only when ``button`` and ``act`` are given."""
        self._sentence.say(sentence)
        self._button.set_words(button)
        self._act = act
        self._button.setVisible(bool(button) and act is not None)

    def words(self) -> str:
        """The sentence shown."""
        return self._sentence.plain()

    def _press(self) -> None:
        if self._act is not None:
            self._act()
