"""Tells a screen reader what is shown without taking the keyboard focus."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(part: QWidget, words: str) -> None:
    """Have ``words`` spoken for ``part`` after what is being said; nothing while its window is hidden or locked."""
    if words and QAccessible.isActive() and part.window().isVisible():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(part, words))
