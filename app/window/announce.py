"""Tells a screen reader what is shown without taking the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

SPOKEN_MOMENT = "moment of what is shown"
"""Property of a part that shows the past: the moment in words, said before everything that is announced inside it."""


def announce(part: QWidget, words: str) -> None:
    """Have a screen reader speak ``words`` for ``part`` after what is being said.

    Nothing is spoken for "", or while the window of ``part`` is hidden or locked.

    What is announced in a view of the past begins with its moment, so that nobody takes it for now.
    """
    if words and QAccessible.isActive() and part.window().isVisible():
        moment = _moment_of(part)
        told = f"{moment}　{words}" if moment else words
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, told))


def _moment_of(part: QWidget) -> str:
    """Return the moment that ``part`` shows, "" for now."""
    around: QWidget | None = part
    while around is not None:
        if moment := around.property(SPOKEN_MOMENT):
            return str(moment)
        around = around.parentWidget()
    return ""


def announce_current_rows(view: QAbstractItemView) -> None:
    """Have each new current row of ``view`` spoken, while the keyboard stands in the field that steers it.

    A list with the focus is spoken by the screen reader itself. Call it after the model of ``view`` is set.
    """

    def say(index: QModelIndex) -> None:
        """Have a row spoken, unless the list itself has the focus."""
        if index.isValid() and view.isVisible() and not view.hasFocus():
            words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            announce(view, str(words or ""))

    view.selectionModel().currentChanged.connect(lambda current, _before: say(current))
