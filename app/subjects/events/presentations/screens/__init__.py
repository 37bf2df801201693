"""Screen of 事例発表."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, loaded when it is first opened."""
    from app.subjects.events.presentations.screens.presentations_screen import PresentationsScreen

    yield ScreenEntry(
        screen_name="presentations",
        icon="megaphone",
        title="事例発表",
        factory=PresentationsScreen,
        parent_screen="events",
    )
