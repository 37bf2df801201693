"""Completions offered below a line edit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCompleter, QLineEdit

from app.widgets.keys import is_enter
from app.window.announce import announce
from app.window.style_sheet import apply_style


def attach_completer(line: QLineEdit, completer: QCompleter) -> None:
    """Offer the entries of ``completer`` while somebody types into ``line``.

    Its list is a top-level window, so the style sheet is applied to it separately.
    """
    line.setCompleter(completer)
    # The keyboard stays in the line, so nobody says which entry is current.
    completer.highlighted.connect(lambda words: announce(line, str(words)))
    popup = completer.popup()
    if popup is not None:
        apply_style(popup)
        popup.installEventFilter(_EnterOfLine(line, popup))


class _EnterOfLine(QObject):
    """Lets Enter do what it does in any other field while no entry is current; Qt would only close the list."""

    def __init__(self, line: QLineEdit, popup: QAbstractItemView):
        super().__init__(popup)
        self._line, self._popup = line, popup

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Close the list and give Enter to the line."""
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not is_enter(event)
            or self._popup.currentIndex().isValid()
        ):
            return False
        self._popup.hide()
        QApplication.sendEvent(self._line, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
        return True
