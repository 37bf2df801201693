"""Tells a screen reader what is shown without taking the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget


def announce(part: QWidget, words: str) -> None:
    """Have ``words`` spoken for ``part`` after what is being said; nothing while its window is hidden or locked."""
    if words and QAccessible.isActive() and part.window().isVisible():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, words))


def announce_current_rows(view: QAbstractItemView) -> None:
    """Have each new current row of ``view`` spoken, while the keyboard stands in the field that steers it.

    A list with the focus is spoken by the screen reader itself.
    """

    def say(index: QModelIndex) -> None:
        if index.isValid() and view.isVisible() and not view.hasFocus():
            words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            announce(view, str(words or ""))

    view.selectionModel().currentChanged.connect(lambda current, _before: say(current))
