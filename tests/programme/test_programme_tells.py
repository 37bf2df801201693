"""What the page of 年度の設定 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.programme.services import read_programme
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_year_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_programme, s, fiscal_year=2026, on=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・kinds EventKind 1、EventKind 2、EventKind 3
        　・rows base=Programme 1
        　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・offices Office 1
        　・　・contractors Contractor 1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
