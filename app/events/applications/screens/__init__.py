"""Screens of applications."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.events.applications.screens.applications_screen import ApplicationsScreen

    yield ScreenEntry("applications", "users-three", "申込", ApplicationsScreen, parent_screen="events")
