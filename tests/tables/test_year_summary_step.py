"""Data from before 年度まとめ: what was there stays, and an item of an earlier year stands once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from db import migrations
from db.files.storage_errors import ENGINE_ERRORS
from db.mapping import to_row
from db.records.surveys import EarlierCounts
from db.records.year.summary import AnswerFigure, EarlierFigure, YearAnswer, YearReason
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_what_was_there_stays_and_numbers_of_a_year_have_their_place():
    database = migrations.in_memory(upto=23)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO earlier_counts (id, fiscal_year, kind, sheets, questions, source, note)"
        " VALUES (1, 2025, '講習会', 41, '[]', '紙の写し', '')"
    )
    migrations.migrate(database)
    assert [one.sheets for one in rows(database, EarlierCounts)] == [41]
    assert [rows(database, kind) for kind in (EarlierFigure, YearReason, YearAnswer)] == [[]] * 3
    row = (
        "INSERT INTO earlier_figures (fiscal_year, kind, item, number, source, by, at)"
        " VALUES (2025, '講習会', '延べ人数', 58, '係の記録', '見本', '2026-09-30T09:00:00')"
    )
    database.execute(row)
    with pytest.raises(ENGINE_ERRORS):
        database.execute(row)
    answer = YearAnswer(
        programme_id=1,
        question="何人か",
        asked_by="議員",
        asked_on=date(2026, 12, 1),
        answer="58人",
        figures=(AnswerFigure(title="延べ人数", value="58人", source="係の記録"),),
        day=date(2026, 12, 1),
        by="見本",
        at=datetime(2026, 12, 1, 9, 0),
    )
    database["year_answers"].insert(to_row(answer))
    assert [one.figures for one in rows(database, YearAnswer)] == [answer.figures]
    database.conn.close()
