"""A file written many rows at a time leaves the same rows and the same journal as one row after the other."""

import json
from contextlib import nullcontext
from functools import partial

from app.actions.action_context import ActionContext
from app.events.applications.services.application_import import import_applications, undo_import
from app.history.services import undo
from db import journal
from tests.support.application_rows import BY, NOW, row, write_csv, year_store

WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)
TOWNS = [("第1支部", f"みほん{number}町会") for number in range(5)]
TABLES = ("applications", "people", "contacts", "entries", "foreign_imports", "column_maps")


def many(first=0):
    """Sixty people, among them some who apply twice, come in company, change what they said or take it back."""
    lines = []
    for number in range(60):
        town = TOWNS[number % 5][1]
        lines.append(row(first + number, f"見本　{first + number}子", town, 人数=str(1 + number % 3), 端末="貸与"))
    lines += [
        row(
            first + 70 + n,
            f"見本　{first + n}子",
            TOWNS[n % 5][1],
            phone=f"03-0000-{first + n:04d}",
            at=f"2026/09/29 9:{n:02d}",
            人数=str(3 - n % 3),
            配慮="車いす",
        )
        for n in range(0, 60, 7)
    ]
    lines += [
        row(first + 90, f"見本　{first}子", TOWNS[0][1], phone="03-9999-0001"),
        row(first + 91, "見本　よし子", "知らない会"),
    ]
    return lines


def taken_in(tmp_path, name, files):
    store = year_store(tmp_path / name, organisations=TOWNS)
    made = [import_applications(acting(store), path=path, event_id=1, include_doubtful=True) for path in files]
    return store, made


def content(store):
    return {table: list(store.database.query(f"SELECT * FROM [{table}] ORDER BY id")) for table in TABLES}


def images(store):
    return [
        (row["action"], json.loads(row["payload"]))
        for row in store.database.query("SELECT action, payload FROM journal ORDER BY seq")
    ]


def test_many_rows_at_once_leave_the_same_rows_and_the_same_journal(tmp_path, monkeypatch):
    lines = many()
    files = [write_csv(tmp_path / "一.csv", lines[:40]), write_csv(tmp_path / "二.csv", lines + many(200)[:9])]
    fast, _ = taken_in(tmp_path, "fast", files)
    monkeypatch.setattr(journal.Change, "batching", lambda self: nullcontext())
    slow, _ = taken_in(tmp_path, "slow", files)

    assert content(fast) == content(slow)
    assert images(fast) == images(slow)
    assert len(content(fast)["entries"]) > 100
    assert journal.check_chain(fast.database, fast.keys.chain) == []
    for store in (fast, slow):
        store.database.conn.close()


def test_what_was_written_many_at_once_is_taken_back_whole(tmp_path):
    path = write_csv(tmp_path / "申込.csv", many())
    store = year_store(tmp_path / "data", organisations=TOWNS)
    before = content(store)
    made = import_applications(acting(store), path=path, event_id=1, include_doubtful=True)
    after = content(store)
    undo(store, **WHO)
    assert content(store) == before

    again = import_applications(acting(store), path=path, event_id=1, include_doubtful=True)
    assert [len(held) for held in content(store).values()] == [len(held) for held in after.values()]
    undo_import(acting(store), import_id=again.id)
    assert content(store) == before
    assert made.id == again.id
    assert journal.check_chain(store.database, store.keys.chain) == []
    store.database.conn.close()
