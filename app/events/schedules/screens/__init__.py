"""Screens of 日程の比較 and 区の年中行事."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the two screens, whose widgets are built when they are first shown."""
    from app.events.schedules.screens.compare_screen import CompareScreen
    from app.events.schedules.screens.ward_days_screen import WardDaysScreen

    yield ScreenEntry("schedules", "calendar-check", "日程の比較", CompareScreen, parent_screen="events")
    yield ScreenEntry("ward_days", "flag", "区の年中行事", WardDaysScreen, parent_screen="events")
