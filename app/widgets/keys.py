"""Keys of a widget: what they do, and whether one is Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Enter of the letters, and of the digits."""


def on_key(
    part: QWidget,
    keys: str | Qt.Key | QKeySequence.StandardKey,
    act: Callable[[], object],
    *,
    inside: bool = False,
    repeats: bool = True,
) -> None:
    """Call ``act`` when ``keys`` (「Ctrl+N」) are pressed in the window of ``part``.

    With ``inside`` only while the focus is in ``part``; without ``repeats`` not again while they are held down.
    """
    shortcut = QShortcut(QKeySequence(keys), part)
    if inside:
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(repeats)
    shortcut.activated.connect(act)


def is_enter(event: QKeyEvent) -> bool:
    """Return whether the key is Enter."""
    return event.key() in ENTER


class BackOnEscape(QWidget):
    """A part that Esc leaves. Signals: ``back_asked()``."""

    back_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``back_asked`` on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
            return
        super().keyPressEvent(event)
