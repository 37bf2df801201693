"""Papers of the day are compared with what left while the event is ahead, and not once it is over."""

from datetime import date

from app.event_day.day.services import day_pack
from db.records.event_status import EventStatus
from db.records.events import Event
from tests.support.stores import made_by
from tests.support.years import BY, NOW, add_lecture, at, started_year

DAY = date(2026, 9, 24)
store = made_by(started_year, scope="module")


def test_they_are_compared_to_the_day_itself_and_while_there_is_no_day(monkeypatch, store):
    event_id = add_lecture(store, DAY)
    asked = []
    printed = day_pack.printed_documents

    def compared(*given, compare):
        asked.append(compare)
        return printed(*given, compare=compare)

    monkeypatch.setattr(day_pack, "printed_documents", compared)

    def is_compared(today, **values):
        if values:
            with store.change(action="用意", by=BY, now=NOW, subject="events", event_id=event_id) as change:
                change.update(Event, event_id, **values)
        day_pack.read_pack(store, event_id=event_id, now=at(today))
        return asked.pop()

    assert is_compared(date(2026, 9, 23))
    assert is_compared(DAY)
    assert not is_compared(date(2026, 9, 25))
    assert is_compared(date(2026, 9, 25), event_date=None)
    assert not is_compared(date(2026, 9, 23), event_date=DAY, status=EventStatus.CANCELLED)
