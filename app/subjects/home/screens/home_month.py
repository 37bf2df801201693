"""The month on the home screen: a press on a day lists its events and deadlines."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.asked import Asked
from app.calendar.dates import long_date
from app.main_window.ways import way_to
from app.subjects.events.parts.month_marks import marks_of
from app.subjects.events.services.month import Month, MonthDay
from app.widgets.dialogs import Entry, EntryDialog
from app.widgets.month_calendar import MonthCalendar
from app.widgets.panel import Panel


class HomeMonth(Panel):
    """The calendar.

    Signals: ``month_asked(int, int)`` another page; ``followed(WayThere)`` something of a day was opened.
    """

    month_asked = Signal(int, int)
    followed = Signal(object)

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("カレンダー")
        self.calendar = MonthCalendar(today=today, compact=True)
        self._days: dict[date, MonthDay] = {}
        self.put(self.calendar, 1)
        self.calendar.month_changed.connect(self.month_asked)
        self.calendar.day_opened.connect(self.list_day)
        self.calendar.page.day_clicked.connect(self.list_day)

    def show_month(self, month: Month) -> None:
        """Show what is on the days of a page."""
        self._days = {day.day: day for day in month.days}
        self.calendar.show_month(month.year, month.month)
        self.calendar.show_marks(marks_of(month))

    def list_day(self, day: date) -> None:
        """Say what a day holds, when it holds anything."""
        held = self._days.get(day)
        if held is None or not (held.events or held.tasks):
            return
        EntryDialog(long_date(day), self._entries(held), subject="実施回と期限", parent=self).open()

    def _entries(self, day: MonthDay) -> list[Entry]:
        entries = [
            Entry(
                words=event.title,
                second=event.status,
                kind=event.kind,
                follow=partial(self.followed.emit, way_to(Asked(what="実施回", event_id=event.event_id))),
            )
            for event in day.events
        ]
        for task in day.tasks:
            way = way_to(task.asked)
            entries.append(
                Entry(
                    words=f"{task.label}　{task.detail}".strip(),
                    second="　".join(part for part in (task.event_title, task.basis_short, task.state_words) if part),
                    kind=task.kind or "",
                    verb=way.label,
                    follow=partial(self.followed.emit, way),
                )
            )
        return entries
