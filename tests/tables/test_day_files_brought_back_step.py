"""The step of when a 当日持出しファイル was brought back: words of exactly the program's shape fill the column."""

from __future__ import annotations

from datetime import datetime

import pytest

from db import migrations
from db.records.protection import Checkout
from db.rows import rows

pytestmark = pytest.mark.nightly

BACK = "2026-09-24T17:05"
MEDIUM = "ノートPC／USB"


@pytest.mark.parametrize(
    ("note", "medium", "returned", "told"),
    [
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）", MEDIUM, BACK, True),
        ("鍵付き　R9 2/4(木) 9:05　受付の記録を名簿に戻した（0件）　番号の変わった方 8番→10番", MEDIUM, BACK, True),
        (
            "9/24(木) 17:05　受付の記録を名簿に戻した（12件）　ファイルは消去できず、手で消す必要があります",
            MEDIUM,
            BACK,
            True,
        ),
        ("受付の記録を名簿に戻したかは、まだ見ていない", MEDIUM, BACK, False),
        ("受付の記録を名簿に戻した（12件）", MEDIUM, BACK, False),
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）はず", MEDIUM, BACK, False),
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）", "紙", BACK, False),
        ("9/24(木) 17:05　受付の記録を名簿に戻した（12件）", MEDIUM, None, False),
    ],
)
def test_words_of_the_program_alone_say_that_a_file_was_brought_back(note, medium, returned, told):
    before = next(number for number, path in enumerate(migrations.STEPS) if "brought_back" in path.stem)
    database = migrations.in_memory(upto=before)
    database.execute("PRAGMA foreign_keys = OFF")
    columns = [row[1] for row in database.execute("PRAGMA table_info(takeouts)") if row[3] and row[4] is None]
    numbers = {"id": 7, "copies": 1, "cancelled": 0}
    given = {"taken_at": "2026-09-24T09:00", "returned_at": returned, "medium": medium, "note": note}
    values = dict.fromkeys(columns, "") | {name: one for name, one in numbers.items() if name in columns} | given
    marks = ", ".join("?" * len(values))
    database.execute(f"INSERT INTO takeouts ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    migrations.migrate(database)
    (row,) = rows(database, Checkout)
    database.conn.close()
    assert (row.merged_at, row.note) == (datetime.fromisoformat(BACK) if told else None, note)
