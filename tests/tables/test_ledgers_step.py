"""Data from before the ledgers: what was there stays, no ledger has a row of its own, and a number stands once."""

from __future__ import annotations

from datetime import date

import pytest

from db import migrations
from db.files.storage_errors import ENGINE_ERRORS
from db.records.ledgers import CheckSheet, LedgerNote, LedgerNumber, LedgerRow, LedgerSetting
from db.records.organisations import StageMark
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_what_was_there_stays_and_a_number_stands_once():
    database = migrations.in_memory(upto=21)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO stage_marks (id, organisation_id, tool, stage, marked_on, source, by)"
        " VALUES (1, 3, 'LINE', '2', '2026-09-01', '', '見本')"
    )
    migrations.migrate(database)
    (mark,) = rows(database, StageMark)
    assert (mark.tool, mark.marked_on) == ("LINE", date(2026, 9, 1))
    assert [rows(database, kind) for kind in (LedgerRow, LedgerNote, LedgerNumber, LedgerSetting, CheckSheet)] == [
        []
    ] * 5
    row = "INSERT INTO ledger_rows (programme_id, ledger, number, cells, by, at) VALUES (1, 'workers', 1, '{}', '', '')"
    database.execute(row)
    with pytest.raises(ENGINE_ERRORS):
        database.execute(row)
    database.conn.close()
