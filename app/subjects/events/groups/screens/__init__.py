"""Screens of 班分け."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each loaded when it is first opened."""
    from app.subjects.events.groups.screens.groups_screen import GroupsScreen

    yield ScreenEntry("groups", "users-three", "班分け", GroupsScreen, parent_screen="events")
