"""Screens of applications."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose module is imported now and whose widget is built when it is first shown."""
    from app.events.applications.screens.applications_screen import ApplicationsScreen

    yield ScreenEntry("applications", "users-three", "申込", ApplicationsScreen, parent_screen="events")
