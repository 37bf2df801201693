"""The step of the 提案書: what was there stays, a 課題 stands once a year, a 団体 has one 支援方針."""

from __future__ import annotations

import pytest

from db import migrations
from db.files.storage_errors import ENGINE_ERRORS
from db.records.agreements import Homework
from db.records.year.proposal import BudgetMemo, Evidence, Issue, MemoAmount, MemoClause, PlanLine, PolicyLine
from db.rows import rows

pytestmark = pytest.mark.nightly

STEP = next(number for number, path in enumerate(migrations.STEPS, start=1) if path.stem.endswith("_proposal"))


def test_what_was_there_stays_and_what_stands_once_stands_once():
    database = migrations.in_memory(upto=STEP - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO homework (id, programme_id, text, side, person, done_note) VALUES (1, 1, '試す', '区', '見本', '')"
    )
    migrations.migrate(database)
    (task,) = rows(database, Homework)
    assert task.text == "試す"
    new = (Evidence, Issue, PlanLine, PolicyLine, BudgetMemo, MemoAmount, MemoClause)
    assert [rows(database, kind) for kind in new] == [[]] * len(new)
    for row in (
        "INSERT INTO proposal_issues (programme_id, number, text) VALUES (1, 1, '課題')",
        (
            "INSERT INTO proposal_policies (programme_id, organisation_id, stage, policy, support) VALUES (1, 2, "
            "'', '', '')"
        ),
    ):
        database.execute(row)
        with pytest.raises(ENGINE_ERRORS):
            database.execute(row)
    database.conn.close()
