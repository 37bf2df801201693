"""Screens of the reception."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.event_day.reception.screens.reception_screen import ReceptionScreen

    yield ScreenEntry("reception", "identification-badge", "受付", ReceptionScreen, parent_screen="events")
    from app.event_day.reception.screens.paper_attendance import PaperAttendance

    yield ScreenEntry("attendance", "list-numbers", "紙の名簿から出欠", PaperAttendance, parent_screen="events")
