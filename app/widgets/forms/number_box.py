"""A box for one of many numbers, typed from top to bottom with the numeric keypad."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.window import theme as t
from db.digits import whole_number


class NumberBox(QLineEdit):
    """A field for one whole number from 0; Enter and ↓ go to the next box. Signals: those of QLineEdit."""

    def __init__(self, name: str, text: str = "", *, width: int = 72):
        super().__init__(text)
        self.setFixedWidth(t.scaled(width))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setAccessibleName(name)

    def number(self) -> int | None:
        """Return the number, full-width digits included, None when empty.

        Raises:
            ValueError: anything but a number is typed (2,3, ②, -1); its text is the accessible name of the box.
        """
        if not self.text().strip():
            return None
        number = whole_number(self.text())
        if number is None:
            raise ValueError(self.accessibleName())
        return number

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next box on Enter and ↓, to the previous one on ↑."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif plain and event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
