"""Shows by a key what a tool tip says to the mouse."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QToolTip, QWidget

from app.widgets.keys import on_key
from app.window.announce import announce

TIP_KEY = "Ctrl+I"


@runtime_checkable
class HasTips(Protocol):
    """A list whose current row explains its cells."""

    def current_tips(self) -> str:
        """Return what the tool tips of the current row say, a line each."""


def tip_of(part: QWidget | None) -> str:
    """Return what explains ``part``: the tips of its current row, or its own tool tip."""
    if isinstance(part, HasTips) and (words := part.current_tips()):
        return words
    return part.toolTip() if part is not None else ""


def show_tip(part: QWidget | None) -> None:
    """Show what explains ``part`` below it until the next key, and have it spoken."""
    words = tip_of(part)
    if part is None or not words:
        return
    QToolTip.showText(part.mapToGlobal(part.rect().bottomLeft()), words, part)
    announce(part, words)


def install_tip_key(window: QWidget) -> None:
    """Make ``TIP_KEY`` show what explains the part of ``window`` that has the keyboard."""
    on_key(window, TIP_KEY, lambda: show_tip(window.focusWidget()))
