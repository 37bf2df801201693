"""The screen 守ることの一覧 and its place in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the one screen."""
    from app.subjects.settings.protection.screens.duties_screen import DutiesScreen

    yield ScreenEntry("duties", "shield-check", "守ることの一覧", DutiesScreen, parent_screen="settings")
