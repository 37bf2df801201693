"""The dates of an event of which the store holds nothing yet."""

from datetime import date

from app.calendar.office_days import OfficeCalendar
from app.event.rules.deadlines import Deadline
from app.event.services.event_records import EventCoreRecords
from app.event.services.tasks.task_kind import DueContext, deadlines_of
from db.records.events import Event
from db.records.programme import EventKind, Programme


def all_dates(
    numbers: EventKind, programme: Programme, day: date, calendar: OfficeCalendar, *, extra_materials: bool = True
) -> tuple[Deadline, ...]:
    """Give every deadline and guide date that is counted from the day of an event alone."""
    course = EventCoreRecords(
        event=Event(programme_id=1, kind=numbers.kind, form=numbers.form, subject="見本", event_date=day)
    )
    ground = DueContext(
        numbers=numbers,
        programme=programme,
        event_date=day,
        calendar=calendar,
        extra_materials=extra_materials,
        records=course,
    )
    return deadlines_of(ground)


def guide_dates(
    numbers: EventKind, programme: Programme, day: date, calendar: OfficeCalendar, *, extra_materials: bool = True
) -> tuple[Deadline, ...]:
    """Give those of them that are a 目安日."""
    found = all_dates(numbers, programme, day, calendar, extra_materials=extra_materials)
    return tuple(one for one in found if not one.contract)
