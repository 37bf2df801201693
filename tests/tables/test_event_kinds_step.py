"""A folder from before the names of a kind: each kind holds what its name stood for, and the year its clauses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.programme.intake import preset
from db import mapping, migrations
from db.engine import Database
from db.records.programme import EventKind, Programme
from db.rows import row, rows

pytestmark = pytest.mark.nightly


def test_kinds_of_before_get_what_the_definition_of_their_year_says():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "event_kinds" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    known = preset()
    _insert(database, "programmes", replace(known.programme, id=1))
    for number, kind in enumerate(known.kinds, start=1):
        _insert(database, "kind_numbers", replace(kind, id=number))
    unknown = replace(known.kinds[0], id=4, kind="個別相談会", clause_people="第4条")
    _insert(database, "kind_numbers", unknown)
    _insert(database, "offices", replace(known.office, id=1, programme_id=1))
    _insert(database, "programmes", replace(known.programme, id=2, fiscal_year=2027, title="令和9年度 出前講座委託"))
    visit = replace(known.kinds[1], id=5, programme_id=2, planned_unit="町内会")
    _insert(database, "kind_numbers", visit)
    migrations.migrate(database)
    found = rows(database, EventKind, order="id")
    assert [replace(one, id=0) for one in found[:3]] == list(known.kinds)
    assert row(database, Programme, id=1) == replace(known.programme, id=1, retention=())
    other = found[3]
    assert (other.title, other.name, other.sign, other.lecturer) == ("個別相談会", "個別相談会", "個", "講師")
    assert (other.report_items, other.clause_item, other.position) == (known.kinds[0].report_items, "", 7)
    assert (found[4].counted, found[4].steps) == ("団体", known.kinds[1].steps)
    assert (found[4].recruitment, found[4].follow_up_months) == ("回ごと", ()), "only 練馬区 did so in 令和8年度"
    database.conn.close()


def _insert(database: Database, table: str, record: object) -> None:
    """Write a row of before: the columns that the table has already."""
    known = {one.name for one in database[table].columns}
    written = {name: value for name, value in mapping.to_row(record).items() if name in known}
    marks = ", ".join("?" * len(written))
    database.execute(f"INSERT INTO {table} ({', '.join(written)}) VALUES ({marks})", list(written.values()))
