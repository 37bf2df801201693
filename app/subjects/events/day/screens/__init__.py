"""Qt: the screens of 当日, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.day.screens.day_panel import DayPanel

    yield ScreenEntry("day", "printer", "当日", DayPanel, parent_screen="events")


def tabs() -> Iterator[EventTab]:
    """What it shows of one event."""
    from app.subjects.events.day.screens.day_panel import DayPanel

    yield EventTab(title="当日", factory=partial(DayPanel, embedded=True))
