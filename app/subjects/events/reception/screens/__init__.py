"""Qt: the screens of 受付, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.reception.screens.reception_screen import ReceptionScreen

    yield ScreenEntry(
        place="reception", icon="identification-badge", title="受付", factory=ReceptionScreen, under="events"
    )
    from app.subjects.events.reception.screens.paper_attendance import PaperAttendance

    yield ScreenEntry(
        place="attendance", icon="list-numbers", title="紙の名簿から出欠", factory=PaperAttendance, under="events"
    )
