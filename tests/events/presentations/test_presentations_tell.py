"""What the page of 事例発表 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.presentations.services import read_presentations
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_who_speaks_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_presentations, s, event_id=event_id(s, "意見交換会", 1), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11｜proposed=Presentation 0｜dispose_on=2027-04-30
        　・materials Material 19、Material 20、Material 21
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


def test_who_will_speak_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_presentations, s, event_id=event_id(s, "意見交換会", 2), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 12｜proposed=Presentation 0｜dispose_on=2027-04-30
        　・lines 1
        　・　・presentation=Presentation 1｜state=承諾　11/26(木)｜allowed=資料を配る、報告書に要旨｜id=1
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
