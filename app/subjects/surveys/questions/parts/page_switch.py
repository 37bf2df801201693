"""The pages of one survey as a row of buttons; tabs stay with the screen around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow


class PageSwitch(QWidget):
    """Buttons of which one is pressed. Signals: ``chosen(str)`` the word of the page now wanted.

    ←/→ move between the pages.
    """

    chosen = Signal(str)

    def __init__(self, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._group = QButtonGroup(self)
        for number, word in enumerate(words):
            button = Button(word)
            button.setCheckable(True)
            self._group.addButton(button, number)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(FlowRow(*self._group.buttons(), spacing=4), 1)
        self._group.idClicked.connect(lambda number: self.chosen.emit(words[number]))

    def show_page(self, word: str) -> None:
        """Press the button of ``word`` without telling."""
        self.button(word).setChecked(True)

    def button(self, word: str) -> Button:
        """The button of a page."""
        button = self._group.button(self._words.index(word))
        assert isinstance(button, Button)
        return button

    def set_count(self, word: str, count: int) -> None:
        """Show a count behind the word; 0 takes it away."""
        self.button(word).set_words(f"{word} {count}" if count else word)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        target = self._group.button(self._group.checkedId() + step) if step is not None else None
        if target is None:
            super().keyPressEvent(event)
            return
        target.setFocus()
        target.click()
