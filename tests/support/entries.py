"""Short ways to put invented people on the roster of an event, straight into the store."""

from datetime import datetime, timedelta
from typing import Any

from app.event.services.expected_counts import expected_of_event
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import by_id
from db.store import Store
from db.tables import roster

BY = "見本　同僚"
FIRST = datetime(2026, 9, 1, 9, 0)


def put_organisation(store: Store, name: str, **values: Any) -> int:
    """Add a 団体 to the register."""
    with store.change(action="団体を加えた", by=BY, now=FIRST) as change:
        return change.insert(Organisation(name=name, **values))


def put_entry(store: Store, event_id: int, name: str = "", **values: Any) -> int:
    """Add one place; with a name also its person, in the 団体 of the entry. Times go up by ten minutes a place."""
    count = len(roster.entries(store.database, event_id))
    given = {"applied_at": FIRST + timedelta(minutes=10 * count), "way": "電子"} | values
    furigana = given.pop("furigana", "")
    with store.change(action="名簿に加えた", by=BY, now=FIRST, event_id=event_id) as change:
        person_id = None
        if name:
            person_id = change.insert(
                Person(name=name, furigana=furigana, organisation_id=given.get("organisation_id"))
            )
        return change.insert(Entry(event_id=event_id, person_id=person_id, **given))


def entry_of(store: Store, entry_id: int) -> Entry:
    """The entry as it stands."""
    found = by_id(store.database, Entry, entry_id)
    assert found is not None
    return found


def waiting_of(store: Store, event_id: int) -> list[tuple[int, int | None]]:
    """The 補欠 of an event with their numbers."""
    found = [one for one in roster.entries(store.database, event_id) if one.state == "補欠"]
    return [(one.id, one.waiting_order) for one in sorted(found, key=lambda one: one.waiting_order or 0)]


def type_the_numbers_of_the_roster(store: Store, event_id: int) -> None:
    """Let the expected numbers be typed ones from now on, the same as the roster gives."""
    event = by_id(store.database, Event, event_id)
    assert event is not None
    with store.change(action="人数を入力した", by=BY, now=FIRST, event_id=event_id) as change:
        for row in expected_of_event(store.database, event):
            change.insert(row)
        change.update(Event, event_id, count_source="入力")
