"""A folder of the shape before the earlier years opens as it was and then keeps their totals letter for letter."""

from __future__ import annotations

import pytest

from db import migrations
from db.keys import derive_keys
from db.records.surveys import EarlierCounts, EarlierQuestion
from db.rows import by_id
from db.store import Store
from db.tables import surveys as table
from tests.support.stores import DATA_KEY
from tests.support.years import BY, NOW

pytestmark = pytest.mark.nightly


def test_an_older_folder_keeps_its_themes_and_gets_an_empty_place_for_earlier_years(tmp_path):
    keys = derive_keys(DATA_KEY)
    database = migrations.in_memory(upto=5)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO comment_themes (id, survey_id, question_code, position, name) VALUES (4, 1, 'q9', 1, '講師')"
    )

    migrations.migrate(database)

    assert [(theme.id, theme.name) for theme in table.comment_themes(database, 1)] == [(4, "講師")]
    assert table.earlier_counts(database) == []
    store = Store(folder=tmp_path, database=database, keys=keys, login_id="sample")
    given = EarlierCounts(
        fiscal_year=2025,
        kind="講習会",
        sheets=41,
        questions=(EarlierQuestion(code="q1", title="満足度", base=41, counts={"満足": 40, "無回答": 1}),),
        source="令和7年度 実施報告書",
    )
    with store.change(action="前の年度の集計を入力", by=BY, now=NOW) as change:
        row_id = change.insert(given)
    kept = by_id(database, EarlierCounts, row_id)
    assert kept is not None
    assert (kept.questions, kept.events, list(kept.questions[0].counts)) == (given.questions, None, ["満足", "無回答"])
    database.conn.close()
