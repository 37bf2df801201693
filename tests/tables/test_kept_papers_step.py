"""A folder from before kept letters: what left last before the 施行 is the copy, else first after it, or there is none."""

from __future__ import annotations

import json

import pytest

from db import migrations
from db.records.documents import KeptPaper
from db.rows import rows

pytestmark = pytest.mark.nightly

LETTER = "INSERT INTO letters VALUES (?, 7, NULL, NULL, '決定通知', 1, ?, ?, '2026-11-24', '391', '2026-11-25')"
FILE = "INSERT INTO stored_files VALUES (?, 'k' || ?, 's', 'x.pdf', 1, 'application/pdf', 3, '2026-11-01T09:00:00')"
LOGGED = (
    "INSERT INTO outgoing (id, event_id, document_kind, reference, version, format, way, file_name, sha256, pages,"
    ' copies, personal, reason, "by", at, detail, copy_file_id, copy_sha256, withdraws)'
    " VALUES (?, ?, ?, '', ?, ?, ?, '', 's', 3, 1, 1, '', '見本', ?, ?, ?, ?, ?)"
)


def left(at, *, event=7, kind="決定通知", version=1, form="pdf", way="印刷", copy=True, withdraws=None):
    return at, event, kind, version, form, way, copy, withdraws


@pytest.mark.parametrize(
    ("logged", "found", "source"),
    [
        ((left("2026-11-24T10:00"), left("2026-11-25T09:00"), left("2026-11-26T09:00")), [2], "移行"),
        ((left("2026-11-20T10:00"), left("2026-11-26T09:00"), left("2026-11-27T09:00")), [2], "移行（施行後の写し）"),
        ((left("2026-11-25T09:00", way="そのまま保存"), left("2026-11-25T09:00", way="そのまま保存")), [1, 2], "移行"),
        (
            (left("2026-11-24T10:00"), left("2026-11-25T09:00"), left("2026-11-25T10:00", way="取消", withdraws=2)),
            [1],
            "移行",
        ),
        ((left("2026-11-20T10:00"),), [], ""),
        ((left("2026-11-25T09:00", form="xlsx"),), [], ""),
        ((left("2026-11-25T09:00", copy=False), left("2026-11-25T09:00", event=8)), [], ""),
        ((left("2026-11-25T09:00", version=2), left("2026-11-25T09:00", kind="開催通知")), [], ""),
    ],
)
def test_the_copy_of_a_letter_that_left(logged, found, source):
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "kept_papers" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(LETTER, [1, "公文書", "施行"])
    database.execute(LETTER, [2, "公文書", "決裁済"])
    for number, (at, event, kind, version, form, way, copy, withdraws) in enumerate(logged, start=1):
        database.execute(FILE, [number, number])
        file = number if copy and way != "取消" else None
        values = [number, event, kind, version, form, way, at + ":00", json.dumps({}), file, f"sum{number}", withdraws]
        database.execute(LOGGED, values)
    migrations.migrate(database)
    kept = rows(database, KeptPaper, order="position")
    assert [one.file_id for one in kept] == found
    assert {one.source for one in kept} == ({source} if source else set())
    assert all((one.letter_id, one.sha256, one.pages) == (1, f"sum{one.file_id}", 3) for one in kept)
    database.conn.close()
