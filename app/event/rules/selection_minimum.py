"""Decides whether 追加募集 is worth considering when too few people have applied by the closing day (仕様書4 エ)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.calendar.office_days import OfficeCalendar
from app.event.rules.expected_attendance import accepted_people_range
from app.event.rules.recruitment import step_due
from db.records.events import Event, RecruitmentStep
from db.records.programme import EventKind

CLOSING = "受付締切"


def closing_day(steps: Iterable[RecruitmentStep], event: Event, calendar: OfficeCalendar) -> date | None:
    """Return the day on which applications close: recorded as done, else the step's own; None without one."""
    step = next((row for row in steps if row.name == CLOSING), None)
    if step is None:
        return None
    return step.done_on or step_due(step, event.event_date, calendar)


def people_missing(numbers: EventKind, event: Event, *, people: int, closing: date | None, today: date) -> int:
    """Return how many people are missing to the specification's minimum; 0 = enough, or not to be asked now.

    It is asked for a planned event from the day after the closing day to the day of the event, not for a 派遣, which is
    for one 団体.
    """
    if not event.form.recruits or not event.status.is_planned or closing is None or closing >= today:
        return 0
    if event.event_date is None or event.event_date < today:
        return 0
    return max(0, accepted_people_range(numbers)[0] - people)
