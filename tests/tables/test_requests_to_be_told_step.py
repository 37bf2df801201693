"""A folder from before a 修正依頼 was told in the program: none of its requests asks to be told now."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.submissions.received import ReceivedPaper
from db.rows import rows

pytestmark = pytest.mark.nightly

_ASKED = (
    "INSERT INTO received_papers (id, kind, event_id, programme_id, version, file_name, sha256, received_on, "
    "received_time, received_how, received_from, receipt_number, original_place, sensitive, encrypted, points, status, "
    "asked_on, asked_by, correction_text, checked_by, note) VALUES (?, ?, ?, ?, 1, '', '', '2026-11-04', '', 'メール', "
    "'', '', '', '', '', '{}', '修正依頼', '2026-11-18', '見本', '1　開催日時', '', '')"
)


def test_a_request_of_before_is_kept_as_it_was_and_asks_for_nothing():
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "requests_to_be" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(_ASKED, [1, "実施報告書", 3, None])
    database.execute(_ASKED, [2, "提案書", None, 1])
    migrations.migrate(database)
    found = rows(database, ReceivedPaper, order="id")
    assert [(one.kind, one.status, one.correction_text, one.asked_to_tell) for one in found] == [
        ("実施報告書", "修正依頼", "1　開催日時", False),
        ("提案書", "修正依頼", "1　開催日時", False),
    ]
