"""Qt: the screen of 引継書, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for."""
    from app.subjects.year.handover.screens.handover_screen import HandoverScreen

    yield ScreenEntry("handover", "users-three", "引継書", HandoverScreen, parent_screen="summary")
