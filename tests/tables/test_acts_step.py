"""What was told of numbers before there were acts is an act each, with its day, party, way, facts and copy; nothing is
told twice."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.documents import Notification, Outgoing
from db.rows import rows
from db.tables import participants

pytestmark = pytest.mark.nightly

OLD = """
INSERT INTO events (id, programme_id, kind, ordinal, subject, event_date, start_time, end_time, venue, room, content, lecturer, organisation_name, tools, network, extra_materials, hands_on, status, cancel_reason, exception_reason, exception_kind, note, count_source) VALUES (6, 1, '講習会', 6, 'Instagram講習会', '2026-12-08', '14:00', '16:00', '見本つつじ台区民館', '研修室', '', '', '', '[]', '不明', 1, 0, '予定', '', '', '', '', '');
INSERT INTO headcount_notices VALUES (1, 6, 1, 14, 8, 6, 8, 2, '拡大資料1部', '2026-11-30', '', '2026-12-01', '見本 林', '業務責任者　見本 花子', 'メール');
INSERT INTO headcount_notices VALUES (2, 6, 2, 15, 9, 6, 9, 2, '拡大資料1部', '2026-12-02', '追加の申込', NULL, '', '', '');
INSERT INTO outgoing (id, event_id, document_kind, reference, version, format, way, file_name, sha256, pages, copies, personal, reason, by, at, detail) VALUES (3, 6, '人数連絡', '第1報', 1, 'txt', '連絡', '', 'ab', NULL, 1, 0, '', '見本', '2026-12-01T10:30:00', '{}');
INSERT INTO outgoing (id, event_id, document_kind, reference, version, format, way, file_name, sha256, pages, copies, personal, reason, by, at, detail) VALUES (4, 6, '資料確認結果通知', 'R8', 1, 'pdf', 'そのまま保存', 'a.pdf', 'cd', 1, 1, 0, '', '見本', '2026-12-01T11:00:00', '{}');
"""


@pytest.fixture(scope="module")
def database():
    """Taken over once: what is asked of it here changes nothing."""
    made = migrations.in_memory(upto=12)
    made.execute("PRAGMA foreign_keys = OFF")
    for statement in OLD.strip().split("\n"):
        made.execute(statement)
    migrations.migrate(made)
    yield made
    made.conn.close()


def test_a_notice_that_was_told_is_an_act_with_all_it_said(database):
    (act,) = rows(database, Notification)
    assert (act.event_id, act.document_kind, act.key, act.version, act.title) == (
        6,
        "参加人数連絡書",
        "人数",
        1,
        "第1報 14人",
    )
    assert (act.told_on.isoformat(), act.told_to, act.told_how, act.told_by) == (
        "2026-12-01", "業務責任者　見本 花子", "メール", "見本 林",
    )  # fmt: skip
    assert act.facts == {
        "参加予定": "14人", "団体": "8団体", "持参する端末": "6台", "貸与する端末": "8台", "配慮": "2件",
        "必要な対応": "拡大資料1部", "実施日": "2026-12-08", "時間": "14:00–16:00", "会場": "見本つつじ台区民館 研修室",
    }  # fmt: skip
    assert (act.outgoing_id, act.at.isoformat(), act.withdrawn) == (3, "2026-12-01T10:30:00", False)


def test_the_notices_know_what_told_them_from_the_acts_alone(database):
    first, second = participants.headcount_notices(database, 6)
    assert (first.notified_to, first.notified_on.isoformat(), first.people) == (
        "業務責任者　見本 花子",
        "2026-12-01",
        14,
    )
    assert (second.notified_on, second.reason) == (None, "追加の申込")
    assert "told_on" not in {column.name for column in database["headcount_notices"].columns}


def test_what_was_saved_before_was_not_told_by_it(database):
    assert [(row.id, row.facts) for row in rows(database, Outgoing)] == [(3, {}), (4, {})]
    assert not [act for act in rows(database, Notification) if act.document_kind == "資料確認結果通知"]
