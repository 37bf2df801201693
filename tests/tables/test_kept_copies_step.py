"""The log of the shape before copies were kept stays word for word: no copy, and a 取消 row names the row it takes
back."""

from __future__ import annotations

import pytest

from db import migrations
from db.tables import documents

pytestmark = pytest.mark.nightly

OLD = """
INSERT INTO outgoing VALUES (1, NULL, '参加人数連絡書', 'R8-講01', 1, 'pdf', '印刷', '', 'ab', 1, 2, 1, '', '見本', '2026-09-18T09:00:00', '{"印刷":"白黒"}', NULL, NULL);
INSERT INTO outgoing VALUES (2, NULL, '参加人数連絡書', 'R8-講01', 1, 'pdf', '取消', '', 'ab', 1, 2, 1, '', '見本', '2026-09-18T09:05:00', '{"もとの記録":"1"}', NULL, NULL);
INSERT INTO outgoing VALUES (3, NULL, '受付名簿', 'R8-講01', 1, 'pdf', '取消', '', 'cd', 1, 2, 1, '', '見本', '2026-09-18T09:06:00', '{"もとの記録":"77"}', NULL, NULL);
INSERT INTO programmes (id, fiscal_year, title, term_end, clauses_checked, proposal_period, payment_period, sample, draft_lead_open_days, question_lead_open_days, review_open_days, check_open_days, announce_days, closed_reason) VALUES (2, 2026, '今の年', '2027-03-31', '一致', '2週間以内', '30日以内', 0, 5, 2, 5, 4, '[7,3,0]', '');
"""


@pytest.fixture
def database():
    made = migrations.in_memory(upto=9)
    for statement in OLD.strip().split("\n"):
        made.execute(statement)
    yield made
    made.conn.close()


def test_rows_from_before_keep_every_word_and_have_no_copy(database):
    before = [dict(row) for row in database.query("SELECT * FROM outgoing ORDER BY id")]
    migrations.migrate(database)
    after = [dict(row) for row in database.query("SELECT * FROM outgoing ORDER BY id")]
    assert [{name: row[name] for name in before[0]} for row in after] == before
    assert {
        (row.copy_file_id, row.copy_sha256, row.copy_erased_on, row.print_use)
        for row in documents.all_outgoing(database)
    } == {(None, None, None, "")}
    assert [dict(row) for row in database.query("SELECT copy_years FROM programmes")] == [{"copy_years": 5}]


def test_a_row_that_takes_one_back_names_it_where_it_is_there(database):
    migrations.migrate(database)
    assert {row.id: row.withdraws for row in documents.all_outgoing(database)} == {1: None, 2: 1, 3: None}
