"""協議 of before: each settled one gets the number of its place in its year, one of no event the newest year; nothing
of it changes."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.agreements import Agreement
from db.rows import rows
from db.tables.agreements import next_number, of_year

pytestmark = pytest.mark.nightly

OLD = """
INSERT INTO programmes (id, fiscal_year) VALUES (1, 2026);
INSERT INTO events (id, programme_id, kind, ordinal, subject, event_date, start_time, end_time, venue, room, content, lecturer, organisation_name, tools, network, extra_materials, hands_on, status, cancel_reason, exception_reason, exception_kind, note, count_source) VALUES (6, 1, '講習会', 6, 'Instagram講習会', '2026-12-08', '14:00', '16:00', '', '', '', '', '', '[]', '不明', 1, 0, '予定', '', '', '', '', '');
INSERT INTO agreements VALUES (1, 6, '', '日程', '', '2026-08-03', '2026-09-10', '業務責任者', '協議で足りる', '');
INSERT INTO agreements VALUES (2, 6, '協議06-2', '内容', 'LINEを外す', '2026-08-03', '2026-09-01', '', '協議で足りる', '覚え');
INSERT INTO agreements VALUES (3, 6, '', '設問', '', '2026-08-03', NULL, '', '協議で足りる', '');
INSERT INTO agreements VALUES (4, NULL, '', '実施回数の変更', '', '2026-08-03', '2026-10-01', '', '協議で足りる', '');
"""


@pytest.fixture(scope="module")
def database():
    """Taken over once: what is asked of it here changes nothing."""
    number = next(
        place for place, path in enumerate(migrations.STEPS, start=1) if path.stem.endswith("agreement_records")
    )
    made = migrations.in_memory(upto=number - 1)
    made.execute("PRAGMA foreign_keys = OFF")
    columns = [column for column in made["programmes"].columns if column.notnull and column.default_value is None]
    names = ", ".join(column.name for column in columns)
    values = ", ".join(
        {"id": "1", "fiscal_year": "2026"}.get(column.name, "0" if column.type == "INTEGER" else "''")
        for column in columns
    )
    made.execute(f"INSERT INTO programmes ({names}) VALUES ({values})")
    for statement in OLD.strip().split("\n")[1:]:
        made.execute(statement)
    migrations.migrate(made)
    yield made
    made.conn.close()


def test_what_was_settled_is_numbered_by_its_day_and_keeps_every_word(database):
    known = {one.id: one for one in rows(database, Agreement)}
    assert {row_id: one.ordinal for row_id, one in known.items()} == {1: 2, 2: 1, 3: None, 4: 3}
    assert (known[2].record_number, known[1].record_number, known[3].record_number) == ("協議06-2", "第2号", "")
    assert (known[2].content, known[2].note, known[1].partner, known[2].decision) == (
        "LINEを外す",
        "覚え",
        "業務責任者",
        "",
    )


def test_one_of_no_event_belongs_to_the_newest_year_and_the_next_number_follows(database):
    (year,) = {one.programme_id for one in rows(database, Agreement) if one.event_id is None}
    assert [one.id for one in of_year(database, year)] == [1, 2, 3, 4]
    assert next_number(database, year) == 4
