"""A box for one number among many: typed from top to bottom with the keys of the number block."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.window import theme as t


class NumberBox(QLineEdit):
    """One number; Enter and ↓ go to the next one. Signals: those of QLineEdit."""

    def __init__(self, name: str, text: str = "", *, width: int = 72) -> None:
        super().__init__(text)
        self.setFixedWidth(t.scaled(width))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setAccessibleName(name)

    def number(self) -> int | None:
        """The number, None when empty; raises ValueError, which says its name, for anything else."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        if not plain:
            return None
        if not plain.isdigit():
            raise ValueError(self.accessibleName())
        return int(plain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and ↓ go on, ↑ goes back."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif plain and event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
