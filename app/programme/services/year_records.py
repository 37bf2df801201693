"""What the store holds about the tasks of a year: dates set by hand, closings by hand, papers that left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.records.events import DeadlineOverride
from db.records.programme import TaskClosing


@dataclass(frozen=True, kw_only=True)
class YearRecords:
    """The rows behind the tasks of one year, oldest first; ``interim_days`` are those on which a 中間集計 left."""

    overrides: tuple[DeadlineOverride, ...] = ()
    closings: tuple[TaskClosing, ...] = ()
    interim_days: tuple[date, ...] = ()
