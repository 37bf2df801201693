"""The step of the rows that came by a form: of a row of before it is not known, and it stays 手入力."""

from __future__ import annotations

import pytest

from app.ledgers.rules import TYPED_IN, LedgerColumn, LedgerNames, build_book
from db import migrations
from db.records.ledgers import LedgerRow
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_rows_of_before_stay_typed_by_hand():
    database = migrations.in_memory(upto=50)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO ledger_rows (programme_id, ledger, number, cells, by, at)"
        " VALUES (1, 'lessons', 1, '{\"what\": \"教育\"}', '見本', '2026-09-01T09:00:00')"
    )
    migrations.migrate(database)
    (kept,) = rows(database, LedgerRow)
    assert (kept.received_on, kept.cells) == (None, {"what": "教育"})
    book = build_book(
        (LedgerColumn("what", "内容"),), typed_rows=[kept], derived=(), notes=(), numbers=(), names=LedgerNames()
    )
    assert [(line.made_by, line.is_typed) for line in book.lines] == [(TYPED_IN, True)]
