"""Qt: the page of one handout, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.main_window.navigation import ScreenEntry
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.submissions.materials.screens.handout_page import HandoutPage

    yield ScreenEntry("materials", "files", "資料のページと指摘", HandoutPage, parent_screen="turns")


def detail(app_context: AppContext) -> QWidget:
    """The right column of 資料・報告 for a handout."""
    from app.subjects.submissions.materials.screens.handout_steps import HandoutSteps

    return HandoutSteps(app_context)


def detail_of_event(app_context: AppContext) -> QWidget:
    """The same in the tab of an event, to which the pages opened from it lead back."""
    from app.subjects.submissions.materials.screens.handout_steps import HandoutSteps

    return HandoutSteps(app_context, of_event=True)
