"""The numbers at the side bar read little; they are those of the boards they stand beside, whatever the data are."""

from __future__ import annotations

import random
from datetime import date

import pytest

from app.subjects.materials.services.material_board import REVIEWING, board, count_to_review
from app.subjects.reports.services.report_board import CHECKING, count_to_check, report_board
from tests.support.sample import sample_store

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize("seed", range(8))
def test_they_are_as_many_as_the_boards_have(tmp_path, seed):
    store, chance = sample_store(tmp_path), random.Random(seed)
    seen = set()
    for _ in range(6):
        for table, column, values in (
            ("events", "status", ("予定", "実施済", "中止")),
            ("material_versions", "result", (None, None, "確認済", "再提出", "修正後使用可")),
            ("reports", "status", ("作成中", "確認済", "修正依頼")),
            ("programmes", "closed_on", (None, None, None, "2027-04-01")),
        ):
            ids = [row["id"] for row in store.database.query(f"SELECT id FROM {table}")]
            for row_id in chance.sample(ids, min(len(ids), 6)):
                store.database.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [chance.choice(values), row_id])
        store.database.conn.commit()
        counts = count_to_review(store, today=TODAY), count_to_check(store, today=TODAY)
        lines = report_board(store, today=TODAY)
        assert counts == (board(store, today=TODAY).counts[REVIEWING], sum(row.state == CHECKING for row in lines))
        seen.add(counts)
    assert len(seen) > 1


def test_counting_takes_few_readings(tmp_path):
    store = sample_store(tmp_path)
    asked = []
    store.database.conn.set_trace_callback(asked.append)
    count_to_review(store, today=TODAY)
    assert len(asked) == 4
    asked.clear()
    count_to_check(store, today=TODAY)
    assert len(asked) == 3
    store.database.conn.set_trace_callback(None)
