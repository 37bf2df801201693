"""A session on a 当日持出しファイル (当日モード), with the check-in of one event and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.event_day.day_file.services.day_file_opening import (
    OpenedDayFile,
    check_day_password,
    close_day_file,
    open_day_file,
)
from app.event_day.reception.screens.day_mode import DayAttendance, DayReception
from app.main_window.navigation import ScreenEntry
from app.main_window.side_bar import PRODUCT
from app.programme import services as programme_services
from app.startup.folder_opening import SessionStart
from app.startup.session import Session
from app.startup.start_window import StartWindow
from db.record import frozen


@frozen
class OpenedDaySession:
    """An opened file, and what the window needs to know about it."""

    day: OpenedDayFile
    session_start: SessionStart


def open_day_session(path: Path, *, password: str) -> OpenedDaySession:
    """Open the file at ``path`` and return it with what its session begins with; runs on the database thread.

    Raises as ``open_day_file``.
    """
    day = open_day_file(path, password=password)
    entered = SessionStart(
        store=day.store,
        notes=day.file_notes,
        user_name=day.label.taken_by,
        fiscal_year=programme_services.read_programme(day.store).programme.fiscal_year,
        sample=day.label.sample,
        sample_day=day.sample_day,
        lacks_recovery_key=False,
    )
    return OpenedDaySession(day, entered)


class DaySession(Session):
    """Session from the password of the file to its closing. Signals: those of ``Session``."""

    def __init__(self, frame: StartWindow, opened: OpenedDaySession):
        super().__init__(frame, opened.session_start)
        self._day = opened.day
        self.main_window.set_product_words(f"{PRODUCT}　当日モード")

    def _add_screens(self) -> None:
        """Register the two screens of the day: check-in, and attendance from the paper list."""
        self.main_window.register_screen(ScreenEntry("reception", "identification-badge", "受付", DayReception))
        self.main_window.register_screen(
            ScreenEntry(
                "attendance",
                "list-numbers",
                "紙の名簿から出欠",
                DayAttendance,
                parent_screen="reception",
            )
        )

    def _open_first_screen(self) -> None:
        self.main_window.open_first_screen("")
        self.main_window.go("reception", event_id=self._day.label.event_id)

    def _unlock_work(self, password: str) -> Callable[[], object]:
        return partial(check_day_password, self._day, password=password)

    def _closing_work(self) -> Callable[[], tuple[str, ...]]:
        return partial(_close_day, self._day)


def _close_day(day: OpenedDayFile) -> tuple[str, ...]:
    """Close the day file; return no sentences to show."""
    close_day_file(day)
    return ()
