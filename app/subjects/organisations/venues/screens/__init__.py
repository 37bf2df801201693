"""The screens of venues and bookings and their place in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each loaded when first shown."""
    from app.subjects.organisations.venues.screens.venues_screen import VenuesScreen

    yield ScreenEntry("venues", "buildings", "会場・予約", VenuesScreen, parent_screen="organisations")
