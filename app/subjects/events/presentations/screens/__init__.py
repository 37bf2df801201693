"""Qt: the screen of 事例発表, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for."""
    from app.subjects.events.presentations.screens.presentations_screen import PresentationsScreen

    yield ScreenEntry(
        screen_name="presentations",
        icon="megaphone",
        title="事例発表",
        factory=PresentationsScreen,
        parent_screen="events",
    )
