"""Screen of a past moment."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, loaded when it is first opened."""
    from app.subjects.events.as_of.screens.as_of_screen import AsOfScreen

    yield ScreenEntry("past", "clock-counter-clockwise", "その日の状態", AsOfScreen, parent_screen="events")
