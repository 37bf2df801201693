"""The events of the sheet of the week: from the first day of this week to its last day, by day and hour."""

from datetime import date
from types import SimpleNamespace

from app.event.services.event_records import EventCoreRecords
from app.home.today.services import week_sheet
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event

TODAY, LAST = date(2026, 9, 14), date(2026, 9, 25)


def record(number, day, start="14:00", status=EventStatus.PLANNED):
    about = {"kind": "講習会", "form": EventForm.LECTURE, "subject": ""}
    return EventCoreRecords(event=Event(id=number, event_date=day, start_time=start, status=status, **about))


def test_events_of_the_week_stand_in_order_and_none_that_is_undated_cancelled_or_later(monkeypatch):
    by_year = {
        1: [
            record(1, LAST), record(2, TODAY, "15:00"), record(3, TODAY, "09:30"), record(4, date(2026, 9, 13)),
            record(5, date(2026, 9, 26)), record(6, None), record(7, TODAY, status=EventStatus.CANCELLED),
            record(8, TODAY, status=EventStatus.HELD),
        ],
        2: [record(9, date(2026, 9, 20), "09:00")],
    }  # fmt: skip
    monkeypatch.setattr(week_sheet, "read_records_of_year", lambda _store, year: by_year[year])
    monkeypatch.setattr(week_sheet, "_event", lambda one, year: (one.event.id, year.view.programme.id))
    years = [SimpleNamespace(view=SimpleNamespace(programme=SimpleNamespace(id=number))) for number in (2, 1)]
    assert week_sheet._events_of(None, years, TODAY, LAST) == [(4, 1), (3, 1), (8, 1), (2, 1), (9, 2), (1, 1)]
    assert week_sheet._events_of(None, [], TODAY, LAST) == []
