"""Settings, letters, texts and dates of the shape before years had a frame keep what they say, and belong
to the year."""

from __future__ import annotations

import pytest
import sqlcipher3

from db import migrations
from db import rows as db_rows
from db.records.programme import Contractor, Office

pytestmark = pytest.mark.nightly

OLD = """
INSERT INTO programmes VALUES (1, 2025, '前の年', NULL, '2026-03-31', '一致', '2週間以内', '30日以内', 0, NULL, 5, 2, 5, 4, '[7,3,0]');
INSERT INTO programmes VALUES (2, 2026, '今の年', NULL, '2027-03-31', '一致', '2週間以内', '30日以内', 0, NULL, 5, 2, 5, 4, '[7,3,0]');
INSERT INTO offices VALUES (1, '練馬区', '部', '課', '係', '', '', '', '', '', '', '', '髙﨑');
INSERT INTO contractors VALUES (1, '𠮷田株式会社', '', '', '', '');
INSERT INTO paper_settings VALUES (1, '参加人数連絡書', '事務連絡', '受託者', '様', '', '{}');
INSERT INTO letters VALUES (4, 9, '決定通知', 2, '公文書', '施行', '2026-09-01', '8練地第1号', '2026-09-02');
INSERT INTO paper_texts VALUES (5, 9, '募集チラシ', '見出し', '葛\U000e0100城の会');
INSERT INTO deadline_overrides VALUES (6, 9, '人数連絡', '2026-09-20', '協議のため', '見本 花子', '2026-09-01T09:00:00');
"""


@pytest.fixture
def database():
    made = migrations.in_memory(upto=8)
    made.execute("PRAGMA foreign_keys = OFF")
    for statement in OLD.strip().split("\n"):
        made.execute(statement)
    yield made
    made.conn.close()


def rows(database, table):
    return [dict(row) for row in database.query(f"SELECT * FROM [{table}] ORDER BY id")]


def test_what_was_set_belongs_to_the_newest_year_and_holds_from_its_beginning(database):
    migrations.migrate(database)
    for table in ("offices", "contractors", "paper_settings"):
        (row,) = rows(database, table)
        assert (row["programme_id"], row["valid_from"], row["reason"]) == (2, None, "")
    assert db_rows.row(database, Office, programme_id=2).staff == "髙﨑"
    assert db_rows.row(database, Contractor, programme_id=2).name == "𠮷田株式会社"
    assert [row["closed_on"] for row in rows(database, "programmes")] == [None, None]


def test_letters_texts_and_dates_set_by_hand_keep_every_word_and_hang_on_their_event(database):
    before = {table: rows(database, table) for table in ("letters", "paper_texts", "deadline_overrides")}
    migrations.migrate(database)
    for table, old in before.items():
        (row,) = rows(database, table)
        assert {name: row[name] for name in old[0]} == old[0]
        assert row["programme_id"] is None
    assert [name for name in database.table_names() if name.endswith("_of_scopes")] == []


@pytest.mark.parametrize("scope", ["NULL, NULL, NULL", "9, 2, NULL"])
def test_a_letter_hangs_on_exactly_one_thing(database, scope):
    migrations.migrate(database)
    with pytest.raises(sqlcipher3.dbapi2.IntegrityError):
        database.execute(f"INSERT INTO letters VALUES (7, {scope}, '決定通知', 1, '事務連絡', '案', NULL, '', NULL)")
    database.execute("INSERT INTO letters VALUES (8, NULL, 2, NULL, '協議', 1, '事務連絡', '案', NULL, '', NULL)")
