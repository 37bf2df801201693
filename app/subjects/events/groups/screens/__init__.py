"""Qt: the screens of 班分け, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.groups.screens.groups_screen import GroupsScreen

    yield ScreenEntry("groups", "users-three", "班分け", GroupsScreen, parent_screen="events")
