"""Events without a day stand beside the year's calendar, cancelled ones do not."""

from collections import defaultdict
from datetime import date
from types import SimpleNamespace

from app.event.services.event_records import EventCoreRecords
from app.events.schedules import services
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event


def test_only_planned_events_without_a_day_are_named_and_own_days_stand_on_theirs(monkeypatch):
    events = [
        Event(id=number, kind="講習会", form=EventForm.LECTURE, subject="", event_date=day, status=EventStatus(status))
        for number, day, status in (
            (1, None, "予定"), (2, None, "中止"), (3, date(2026, 9, 24), "予定"), (4, date(2026, 9, 24), "中止"),
        )
    ]  # fmt: skip
    monkeypatch.setattr(services, "read_records_of_year", lambda *_a: [EventCoreRecords(event=one) for one in events])
    for name in ("_add_events", "_add_tasks", "_add_period_ends"):
        monkeypatch.setattr(services, name, lambda *_a: None)
    monkeypatch.setattr(services, "tasks_of_year", lambda *_a: ())
    day = date(2026, 5, 1)
    monkeypatch.setattr(services, "rows", lambda *_a, **_k: [SimpleNamespace(day=day, title="総会")])
    for accounts_due, days in ((None, [day]), (date(2027, 5, 31), [day, date(2027, 5, 31)])):
        programme = SimpleNamespace(id=1, accounts_due=accounts_due)
        year = SimpleNamespace(view=SimpleNamespace(programme=programme), today=day)
        marks, undated = services.read_entries_by_day(SimpleNamespace(database=None), year)
        assert [one.id for one in undated] == [1]
        assert (list(marks), type(marks)) == (days, dict)
    assert not isinstance(marks, defaultdict)
