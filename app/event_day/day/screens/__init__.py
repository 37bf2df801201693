"""Screens of the day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.event_day.day.screens.day_panel import DayPanel

    yield ScreenEntry("day", "printer", "当日", DayPanel, parent_screen="events")


def tabs() -> Iterator[EventTab]:
    """Yield the tabs on the page of one event."""
    from app.event_day.day.screens.day_panel import DayPanel

    yield EventTab(title="当日", factory=partial(DayPanel, embedded=True))
