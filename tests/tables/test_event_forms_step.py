"""A folder from before the form of an event: each kind and each event has the one that its name stood for."""

from __future__ import annotations

import pytest

from db import migrations
from db.engine import Database
from db.mapping import to_row
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_kinds_and_events_of_before_get_the_form_that_their_name_stood_for():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "event_forms" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    for number, kind in enumerate(("講習会", "派遣", "意見交換会"), start=1):
        _insert(database, "events", id=number, programme_id=1, kind=kind, status="予定", tools="[]")
        dates = {"window_start": "2026-09-01", "window_end": "2026-12-25"}
        _insert(database, "kind_numbers", id=number, programme_id=1, kind=kind, **dates)
    migrations.migrate(database)
    forms = [EventForm.LECTURE, EventForm.VISIT, EventForm.EXCHANGE]
    assert [one.form for one in rows(database, Event)] == forms
    assert [one.form for one in rows(database, EventKind)] == forms
    assert [one.id for one in rows(database, Event, form=EventForm.VISIT)] == [2]
    assert to_row(rows(database, Event)[1])["form"] == "派遣"
    database.conn.close()


def _insert(database: Database, table: str, **known: object) -> None:
    """Write a row of before; what nobody names is empty."""
    needed = [one for one in database[table].columns if one.notnull and one.default_value is None]
    row = {one.name: 0 if one.type == "INTEGER" else "" for one in needed} | known
    row |= {"network": "不明"} if "network" in row else {}
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
