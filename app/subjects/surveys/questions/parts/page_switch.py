"""The pages of a survey as a row of buttons, and the heading of a page, as tall as one, so that turning
moves nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QSizePolicy, QWidget

from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.layouts import in_row
from app.window import theme as t


class PageHeading(QLabel):
    """An h1 that gives its room away on a narrow window, where the row of pages says the same. Signals: none."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "h1")
        self.setMinimumHeight(t.scaled(t.FIELD) + 2)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


def page_heading(text: str) -> PageHeading:
    """The heading of a page."""
    return PageHeading(text)


def set_headings_hidden(parent: QWidget, *, is_hidden: bool) -> None:
    """Show or leave out every page heading in ``parent``."""
    for found in parent.findChildren(PageHeading):
        found.setVisible(not is_hidden)


class PageSwitch(QWidget):
    """Buttons of which one is pressed. Signals: ``chosen(str)`` the word of the page now wanted.

    ←/→ move between the pages.
    """

    chosen = Signal(str)

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self._words = words
        self._group = QButtonGroup(self)
        for number, word in enumerate(words):
            button = Button(word)
            button.setCheckable(True)
            self._group.addButton(button, number)
        in_row((FlowRow(*self._group.buttons(), spacing=4), 1), owner=self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(words[number]))

    def show_page(self, word: str) -> None:
        """Press the button of ``word`` without notification."""
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
