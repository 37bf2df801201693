"""The step of what a decision in a hurry is told by: only the program's own lines fill the columns."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.calls import ChangeDecision
from db.rows import rows

pytestmark = pytest.mark.nightly

FIELDS = ("before_time", "told_time", "before_place", "substitute", "taken_back", "reason_seen")
BEFORE = "令和8年9月10日（木）　午後2時から午後4時まで"


@pytest.mark.parametrize(
    ("note", "filled", "left"),
    [
        (f"もとの日時：{BEFORE}", {"before_time": BEFORE}, ""),
        ("もとの日時：日程未定\n理由の文：確認済", {"before_time": "日程未定", "reason_seen": True}, ""),
        (f"知らせた日時：{BEFORE}\nもとの会場：みほん区民館　研修室1", {"told_time": BEFORE, "before_place": "みほん区民館　研修室1"}, ""),
        ("振替日：10月1日（木）：午後2時から", {"substitute": "10月1日（木）：午後2時から"}, ""),
        ("取消：11/2(月) 9:05 見本 花子", {"taken_back": "11/2(月) 9:05 見本 花子"}, ""),
        ("取消：R9 2/4(木) もとの日時に戻した", {"taken_back": "R9 2/4(木) もとの日時に戻した"}, ""),
        # The first of two of one name, as it was read; lines of others stay, in their order.
        ("覚え\n振替日：一\n課長へ：済\n振替日：二", {"substitute": "一"}, "覚え\n課長へ：済\n振替日：二"),
        # Not the program's own shapes.
        ("取消：まだ", {}, None),
        ("取消を考える\n振替日は未定", {}, None),
        ("もとの日時：9月10日", {}, None),
        ("理由の文：これから", {}, None),
        (" 振替日：10月1日", {}, None),
        ("振替日：", {}, None),
        ("", {}, None),
    ],
)  # fmt: skip
def test_a_whole_line_of_the_program_fills_its_column_and_any_other_stays(note, filled, left):
    before = next(number for number, path in enumerate(migrations.STEPS) if path.stem.endswith("_change_decisions"))
    database = migrations.in_memory(upto=before)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO change_decisions (id, event_id, kind, decided_at, decided_by, reason, note)"
        " VALUES (3, 1, '延期', '2026-09-01T09:00', '', '', ?)",
        [note],
    )
    migrations.migrate(database)
    (row,) = rows(database, ChangeDecision)
    database.conn.close()
    assert {name: getattr(row, name) for name in FIELDS if getattr(row, name)} == filled
    assert row.note == (note if left is None else left)
