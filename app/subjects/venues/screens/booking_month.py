"""The month of bookings: what is booked on which day, and what a day holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import long_date
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.subjects.venues.rules.bookings import CANCELLED
from app.subjects.venues.screens.booking_columns import time_words
from app.subjects.venues.services.bookings import BookingBoard, BookingRow
from app.widgets.entry_dialog import Entry, EntryDialog
from app.widgets.month_calendar import MonthCalendar
from app.widgets.month_days import DayMarks

_LOOSE = "予約"


class BookingMonth(QWidget):
    """A month calendar of bookings. Signals: ``opened(int)`` a booking; ``add_asked(date)`` an empty day was opened."""

    opened = Signal(int)
    add_asked = Signal(object)

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: dict[date, list[BookingRow]] = {}
        self._clashes: set[int] = set()
        self.calendar = MonthCalendar(today=today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.calendar, 1)
        self.calendar.day_opened.connect(self.list_day)

    def show_board(self, board: BookingBoard) -> None:
        """Show the bookings; a flag marks the day a room can last be given back, red where rooms overlap."""
        days: dict[date, list[BookingRow]] = defaultdict(list)
        cancel: dict[date, list[BookingRow]] = defaultdict(list)
        for row in board.rows:
            if row.booking.state == CANCELLED:
                continue
            days[row.booking.day].append(row)
            if row.booking.cancel_by is not None and row.next_step is not None:
                cancel[row.booking.cancel_by].append(row)
        self._days = dict(days)
        calendar = OfficeCalendar()
        first = date(board.fiscal_year, 4, 1)
        year = [first + timedelta(days=number) for number in range(365)]
        marks = {
            day: replace(
                self._marks(days.get(day, []), cancel.get(day, [])),
                closed=not calendar.is_open(day),
                closed_words=_holiday(day),
            )
            for day in {*days, *cancel, *(one for one in year if holiday_name(one))}
        }
        self.calendar.show_marks(marks, lambda day: not calendar.is_open(day))

    @staticmethod
    def _marks(rows: list[BookingRow], cancel: list[BookingRow]) -> DayMarks:
        told = [
            f"{time_words(row.booking)}　{row.place}　{row.event.full_title if row.event else ''}".strip()
            for row in rows
        ]
        told += [f"取消期限　{row.place}" for row in cancel]
        return DayMarks(
            events=tuple((row.event.kind if row.event else _LOOSE, row.booking.venue_name) for row in rows),
            flags=len(cancel),
            flag_words="取消" if cancel else "",
            overdue=any(one.kind == "重なり" for row in rows for one in row.warnings),
            tip="\n".join(told),
        )

    def list_day(self, day: date) -> None:
        """Say what a day holds; an empty one is for a new booking."""
        rows = self._days.get(day, [])
        if not rows:
            self.add_asked.emit(day)
            return
        entries = [
            Entry(
                words=row.event.full_title if row.event else row.booking.purpose or "実施回なし",
                second=f"{time_words(row.booking)}　{row.place}　{row.state}",
                kind=row.event.kind if row.event else "",
                follow=partial(self.opened.emit, row.id),
            )
            for row in rows
        ]
        EntryDialog(long_date(day), entries, subject="会場の予約", parent=self).open()


def _holiday(day: date) -> str:
    """「敬老」 for 敬老の日, short enough for a day of the page."""
    name = holiday_name(day) or ""
    return {"国民の休日": "休日", "振替休日": "振替"}.get(name, name.removesuffix("の日").removesuffix("記念日"))
