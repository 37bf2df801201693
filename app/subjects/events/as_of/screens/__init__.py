"""Qt: the page of a past moment, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for."""
    from app.subjects.events.as_of.screens.as_of_screen import AsOfScreen

    yield ScreenEntry("past", "clock-counter-clockwise", "その日の状態", AsOfScreen, parent_screen="events")
