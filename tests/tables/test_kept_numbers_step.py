"""The step that keeps reasons for differing numbers leaves what was there, and takes a row of its own."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.submissions.reports import AcceptedDifference, ReportFigure
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_figures_of_before_stay_and_reasons_have_their_table():
    made = migrations.in_memory(upto=13)
    made.execute("PRAGMA foreign_keys = OFF")
    made.execute(
        "INSERT INTO report_figures (id, report_id, position, item, theirs, ours, source, page, handling, reason) "
        "VALUES (1, 1, 1, '回収数', '18枚', '17枚', '紙13・オンライン4', '1', '修正を依頼', '')"
    )
    migrations.migrate(made)
    (figure,) = rows(made, ReportFigure)
    assert (figure.item, figure.theirs, figure.handling) == ("回収数", "18枚", "修正を依頼")
    assert rows(made, AcceptedDifference) == []
    made.conn.close()
