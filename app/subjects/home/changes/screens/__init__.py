"""Qt screen of 変更 and its entry in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, imported when it is opened."""
    from app.subjects.home.changes.screens.changes_screen import ChangesScreen

    yield ScreenEntry("changes", "clock-counter-clockwise", "変更", ChangesScreen, parent_screen="home")
