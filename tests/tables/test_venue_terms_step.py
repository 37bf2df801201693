"""A folder from before 施設の区分, 区の指定日 and 使用料の負担: nothing is said of its events and places."""

from __future__ import annotations

import pytest

from db import migrations
from db.engine import Database
from db.records.events import Event
from db.records.venues import Venue
from db.rows import row

pytestmark = pytest.mark.nightly


def test_events_and_places_of_before_say_nothing_of_whose_they_are():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "venue_terms" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    _insert(database, "events", id=5, programme_id=1, kind="講習会", status="予定", venue="みほん区民館", tools="[]")
    _insert(database, "venues", id=3, name="みほん区民館")
    migrations.migrate(database)
    event, venue = row(database, Event, id=5), row(database, Venue, id=3)
    assert event is not None
    assert venue is not None
    assert (event.venue, event.facility, event.venue_named_on, event.fee_payer) == ("みほん区民館", "", None, "")
    assert (venue.name, venue.facility) == ("みほん区民館", "")


def _insert(database: Database, table: str, **known: object) -> None:
    """Write a row of before; what nobody names is empty."""
    needed = [one for one in database[table].columns if one.notnull and one.default_value is None]
    row = {one.name: 0 if one.type == "INTEGER" else "" for one in needed} | known
    row |= {"network": "不明"} if "network" in row else {}
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
