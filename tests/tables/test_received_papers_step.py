"""The step of the received papers: a report that came in moves with its id, its numbers and its check; what is made
here stays."""

from __future__ import annotations

from datetime import date

import pytest

from db import migrations
from db.records.submissions.received import PointCheck, ReceivedPaper
from db.records.submissions.reports import Report
from db.rows import rows
from db.tables import reports

pytestmark = pytest.mark.nightly

_REPORT = (
    "INSERT INTO reports (id, event_id, way, version, author, status, body, tables, contractor_confirmed_on, file_id, "
    "file_name, sha256, pages, received_on, received_how, receipt_number, original_place, points, "
    "checked_on, checked_by, "
    "note) VALUES (?, 6, ?, ?, '受託者', ?, '{}', '{}', ?, ?, ?, ?, ?, ?, 'メール', '第1204号', "
    "'文書管理システム', ?, ?, ?, '覚え')"
)


def test_received_reports_of_before_are_received_papers_and_read_as_they_did():
    made = migrations.in_memory(upto=20)
    made.execute("PRAGMA foreign_keys = OFF")
    points = '{"実施内容":true,"講師からの所感":false}'
    day = "2026-10-09"
    made.execute(_REPORT, [1, "作成", 1, "作成中", None, None, "", "", None, None, "{}", None, ""])
    made.execute(_REPORT, [2, "受領", 1, "修正依頼", day, 7, "報告書.pdf", "ab", 4, day, points, "2026-10-14", "見本"])
    made.execute(_REPORT, [3, "受領", 2, "確認済", day, 8, "報告書2.pdf", "cd", 5, day, points, "2026-10-20", "見本"])
    made.execute(_REPORT, [4, "作成", 2, "受領", day, None, "", "", None, day, "{}", None, ""])
    made.execute(
        "INSERT INTO report_figures (id, report_id, position, item, theirs, ours, source, page, handling, reason) "
        "VALUES (5, 2, 1, '回収数', '18枚', '17枚', '紙13・オンライン4', '1', '修正を依頼', '')"
    )
    before = made.execute("SELECT * FROM reports ORDER BY way, version").fetchall()
    migrations.migrate(made)

    found = reports.reports_of_event(made, 6)
    assert [(one.id, one.way, one.version, one.status) for one in found] == [
        (1, "作成", 1, "作成中"), (4, "作成", 2, "受領"), (2, "受領", 1, "修正依頼"), (3, "受領", 2, "確認済"),
    ]  # fmt: skip
    assert (found[2].points, found[2].checked_on, found[2].checked_by) == (
        {"実施内容": True, "講師からの所感": False}, date(2026, 10, 14), "見本",
    )  # fmt: skip
    assert (found[3].checked_on, found[3].file_name, found[3].pages, found[3].note) == (
        date(2026, 10, 20), "報告書2.pdf", 5, "覚え",
    )  # fmt: skip
    assert len(before) == len(found)
    assert {one.id for one in rows(made, Report)} == {1, 4}
    first, second = rows(made, ReceivedPaper, order="id")
    assert first.points["講師からの所感"] == PointCheck(result="なし")
    assert (first.asked_on, first.checked_on, second.asked_on) == (date(2026, 10, 14), None, None)
    (figure,) = reports.figures_of_report(made, 2)
    assert (figure.id, figure.theirs, figure.handling) == (5, "18枚", "修正を依頼")
    made.conn.close()
