"""One sitting over a 当日持出しファイル: 当日モード, the door of one event and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.main_window.navigation import ScreenEntry
from app.main_window.side_bar import PRODUCT
from app.programme.services import programme
from app.startup.doors import Entered
from app.startup.session import Session
from app.startup.start_window import StartWindow
from app.subjects.events.day_file.services.day_file_opening import (
    OpenedDay,
    check_day_password,
    close_day_file,
    open_day_file,
)
from app.subjects.events.reception.screens.day_mode import DayAttendance, DayReception


@dataclass(frozen=True)
class EnteredDay:
    """An opened file, and what the window needs to know about it."""

    day: OpenedDay
    entered: Entered


def enter_day(path: Path, *, password: str) -> EnteredDay:
    """Open the file at ``path``; one piece of work for the store thread."""
    day = open_day_file(path, password=password)
    entered = Entered(
        store=day.store,
        notes=day.notes,
        user_name=day.label.taken_by,
        fiscal_year=programme.read_programme(day.store).programme.fiscal_year,
        sample=day.label.sample,
        sample_day=day.sample_day,
        lacks_recovery_key=False,
    )
    return EnteredDay(day, entered)


class DaySession(Session):
    """From the password of the file to its close. Signals: those of ``Session``."""

    def __init__(self, frame: StartWindow, opened: EnteredDay) -> None:
        super().__init__(frame, opened.entered)
        self._day = opened.day
        self.main.setWindowTitle(f"{PRODUCT}　当日モード　{opened.day.label.title}")

    def _fill(self) -> None:
        self.main.register_screen(ScreenEntry("reception", "identification-badge", "受付", DayReception))
        self.main.register_screen(
            ScreenEntry(
                "attendance",
                "list-numbers",
                "紙の名簿から出欠",
                DayAttendance,
                under="reception",
            )
        )

    def _open_first(self) -> None:
        self.main.open_last("")
        self.main.go("reception", event_id=self._day.label.event_id)

    def _unlocking(self, password: str) -> Callable[[], object]:
        return partial(check_day_password, self._day, password=password)

    def _closing_work(self) -> Callable[[], tuple[str, ...]]:
        return partial(_close, self._day)


def _close(day: OpenedDay) -> tuple[str, ...]:
    close_day_file(day)
    return ()
