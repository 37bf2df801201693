"""Qt: the screens of 申込, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.applications.screens.applications_screen import ApplicationsScreen

    yield ScreenEntry("applications", "users-three", "申込", ApplicationsScreen, parent_screen="events")
