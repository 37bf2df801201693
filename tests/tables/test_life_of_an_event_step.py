"""A folder from before the phases: a visit names its request, and bears the word of one that ended."""

from __future__ import annotations

from datetime import date

import pytest

from db import mapping, migrations
from db.engine import Database
from db.records.dispatches import DispatchRequest
from db.records.event_form import EventForm
from db.records.events import Event
from db.rows import by_id

pytestmark = pytest.mark.nightly

VISIT = {"kind": "派遣", "form": EventForm.VISIT, "subject": "派遣", "organisation_id": 5, "programme_id": 1}


@pytest.mark.parametrize(
    ("requests", "request_id", "status"),
    [
        ((), None, "予定"),
        (((None, ""),), 1, "予定"),
        (((None, "取下げ"),), 1, "取下げ"),
        (((None, "取下げ"), (None, "不採択")), 2, "不採択"),
        (((None, "不採択"), (None, "")), 2, "予定"),
        (((9, "決定"), (None, "取下げ")), 1, "予定"),
        (((8, "決定"), (None, "取下げ")), 2, "取下げ"),
        (((8, "取下げ"),), None, "予定"),
    ],
)
def test_a_visit_of_before_names_its_request_and_bears_its_word(requests, request_id, status):
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "life_of_an_event" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    _insert(database, "events", Event(id=9, **VISIT))
    _insert(database, "events", Event(id=10, **VISIT | {"organisation_id": 6}))
    for number, (event_id, outcome) in enumerate(requests, start=1):
        about = {"programme_id": 1, "organisation_id": 5, "event_id": event_id, "outcome": outcome}
        _insert(database, "dispatch_wishes", DispatchRequest(id=number, received_on=date(2026, 8, number), **about))
    migrations.migrate(database)
    visit, other = by_id(database, Event, 9), by_id(database, Event, 10)
    assert (visit.request_id, visit.status) == (request_id, status)
    assert (other.request_id, other.status) == (None, "予定")
    database.conn.close()


def _insert(database: Database, table: str, record: object) -> None:
    """Write a row of before: the columns that the table has already."""
    known = {one.name for one in database[table].columns}
    written = {name: value for name, value in mapping.to_row(record).items() if name in known}
    marks = ", ".join("?" * len(written))
    database.execute(f"INSERT INTO {table} ({', '.join(written)}) VALUES ({marks})", list(written.values()))
