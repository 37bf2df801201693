"""Qt: the screens of 会場・予約, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.organisations.venues.screens.venues_screen import VenuesScreen

    yield ScreenEntry("venues", "buildings", "会場・予約", VenuesScreen, parent_screen="organisations")
