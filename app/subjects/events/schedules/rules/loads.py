"""Load of the ward by week: events, confirmations, headcounts and reports, one block each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal

from app.calendar.office_days import OfficeCalendar
from app.common.join_nonempty import join_nonempty
from db.frozen_record import frozen_record

LoadKind = Literal["実施", "資料確認", "人数連絡", "報告書"]
LOAD_KINDS: Final[tuple[LoadKind, ...]] = ("実施", "資料確認", "人数連絡", "報告書")
WARD_LOAD_KINDS: Final[tuple[LoadKind, ...]] = ("実施", "資料確認", "人数連絡")
"""Kinds of items that the ward does itself; the report is the contractor's."""
BUSY_WEEK: Final = 5
"""Number of items from which a week is busy."""


@frozen_record
class LoadItem:
    """One thing due on a day."""

    day: date
    kind: LoadKind


@frozen_record
class WeekLoad:
    """One week from its Monday: number of items of each kind, and whether one of its weekdays is closed."""

    monday: date
    counts: tuple[int, ...]
    has_closed_weekday: bool

    @property
    def total(self) -> int:
        """Return the number of all items of the week."""
        return sum(self.counts)

    @property
    def is_busy(self) -> bool:
        """Return whether the week has too many items."""
        return self.total >= BUSY_WEEK

    @property
    def words(self) -> str:
        """Return 「区 3・報告書 2」, without kinds that have none."""
        own = sum(self.counts[LOAD_KINDS.index(kind)] for kind in WARD_LOAD_KINDS)
        reports = self.counts[LOAD_KINDS.index("報告書")]
        parts = [f"区 {own}" if own else "", f"報告書 {reports}" if reports else ""]
        return join_nonempty(*parts, separator="・")


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def week_loads_of(items: Iterable[LoadItem], calendar: OfficeCalendar) -> tuple[WeekLoad, ...]:
    """Return every week from the first item to the last, including empty ones."""
    known = tuple(items)
    if not known:
        return ()
    monday, last = monday_of(min(one.day for one in known)), monday_of(max(one.day for one in known))
    weeks = []
    while monday <= last:
        mine = [one.kind for one in known if monday_of(one.day) == monday]
        weeks.append(
            WeekLoad(
                monday=monday,
                counts=tuple(mine.count(kind) for kind in LOAD_KINDS),
                has_closed_weekday=any(not calendar.is_open(monday + timedelta(days=one)) for one in range(5)),
            )
        )
        monday += timedelta(days=7)
    return tuple(weeks)
