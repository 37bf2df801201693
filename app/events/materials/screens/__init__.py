"""Qt screens of handouts and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.main_window.navigation import ScreenEntry
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose module is imported now and whose widget is built when it is first shown."""
    from app.events.materials.screens.handout_page import HandoutPage

    yield ScreenEntry("materials", "files", "資料のページと指摘", HandoutPage, parent_screen="turns")


def detail(app_context: AppContext) -> QWidget:
    """Return the right column of 資料・報告 for a handout."""
    from app.events.materials.screens.handout_steps import HandoutSteps

    return HandoutSteps(app_context)


def detail_of_event(app_context: AppContext) -> QWidget:
    """Return the same column for an event's tab; pages opened from it lead back there."""
    from app.events.materials.screens.handout_steps import HandoutSteps

    return HandoutSteps(app_context, of_event=True)
