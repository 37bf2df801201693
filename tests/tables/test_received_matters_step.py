"""The step of the 件: what came as 第2版 of a kind of which each paper stands by itself was a paper of its own."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.documents import Notification
from db.records.submissions.received import ReceivedPaper
from db.rows import rows

pytestmark = pytest.mark.nightly

_PAPER = (
    "INSERT INTO received_papers (id, kind, programme_id, event_id, version, file_name, sha256, received_on, "
    "received_time, received_how, received_from, receipt_number, original_place, sensitive, encrypted, points, status, "
    "asked_by, correction_text, checked_by, note) VALUES (?, ?, ?, ?, ?, '', '', '2026-11-30', '', '', '', '', '', '', "
    "'', '{}', '区が確認中', '', '', '', '')"
)
_ACT = (
    "INSERT INTO acts (id, programme_id, document_kind, key, version, title, facts, told_on, told_to, told_how, "
    "told_by, reason, by, at, withdrawn, withdrawn_reason) VALUES (?, 1, '修正の依頼', ?, ?, '', '{}', '2026-12-01', "
    "'受託者', 'メール', '見本', '', '見本', '2026-12-01T09:00:00', 0, '')"
)


def test_papers_of_before_stand_by_themselves_and_what_was_told_of_them_is_still_known():
    made = migrations.in_memory(upto=39)
    made.execute("PRAGMA foreign_keys = OFF")
    for row_id, kind, programme, event, version in (
        (1, "物品持込許可申請書", 1, None, 1),
        (2, "物品持込許可申請書", 1, None, 2),
        (3, "提案書", 1, None, 1),
        (4, "提案書", 1, None, 2),
        (5, "実施報告書の数字", None, 4, 2),
    ):
        made.execute(_PAPER, [row_id, kind, programme, event, version])
    made.execute(_ACT, [1, "修正の依頼:物品持込許可申請書", 2])
    made.execute(_ACT, [2, "修正の依頼:提案書", 2])
    migrations.migrate(made)

    found = {one.id: (one.matter, one.version) for one in rows(made, ReceivedPaper)}
    assert found == {1: (1, 1), 2: (2, 1), 3: (0, 1), 4: (0, 2), 5: (0, 2)}
    assert [(one.key, one.version) for one in rows(made, Notification, order="id")] == [
        ("修正の依頼:物品持込許可申請書:2", 1),
        ("修正の依頼:提案書", 2),
    ]
    made.conn.close()
