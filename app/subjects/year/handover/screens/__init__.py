"""Qt screen of 引継書 and its entry in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, imported when it is opened."""
    from app.subjects.year.handover.screens.handover_screen import HandoverScreen

    yield ScreenEntry("handover", "users-three", "引継書", HandoverScreen, parent_screen="summary")
