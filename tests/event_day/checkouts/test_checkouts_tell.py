"""What the page of 持出し is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.event_day.checkouts.services import list_checkouts
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view


def test_what_is_outside_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_checkouts,
            s,
            now=NOW,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        open_count=1
        　・rows 2
        　・　・id=2｜checkout=Checkout 2｜event_title=第6回 Instagram講習会（2回目）｜state=未返却｜is_open=✓
        　・　・id=1｜checkout=Checkout 1｜event_title=第5回 LINE講習会（2回目）｜state=返却済
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


def test_what_is_outside_of_one_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(list_checkouts, s, now=NOW, event_id=event_id(s, "講習会", 2))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        open_count=0
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
