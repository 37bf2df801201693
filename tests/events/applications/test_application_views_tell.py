"""What the page of 申込み is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.applications.services.applications import applications_of_event, list_imports
from app.events.applications.services.manual_entry import known_applicants, read_event_capacity
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import event_id
from tests.support.view_lines import view


def test_who_applied_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(applications_of_event, s, event_id=event_id(s, "講習会", 6))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6
        　・rows 8
        　・　・application=Application 61｜person=Person 1｜organisation=Organisation 1｜id=61｜name=仮名　和子｜or
        　　ganisation_name=見本あおば町会｜phone=03-0000-1000｜unnamed_count=0
        　・　・　・entries Entry 84、Entry 85
        　・　・　・contacts Contact 1
        　・　・application=Application 62｜person=Person 3｜organisation=Organisation 3｜id=62｜name=例川　幸子｜or
        　　ganisation_name=見本ひだまり町会｜phone=03-0000-1002｜unnamed_count=0
        　・　・　・entries Entry 86、Entry 87
        　・　・　・contacts Contact 5
        　・　・application=Application 63｜person=Person 6｜organisation=Organisation 6｜id=63｜name=濵例　四郎｜or
        　　ganisation_name=見本はなみず自治会｜phone=03-0000-1005｜unnamed_count=0
        　・　・　・entries Entry 88
        　・　・　・contacts Contact 11
        　・　・application=Application 64｜person=Person 9｜organisation=Organisation 9｜id=64｜name=例野　実｜orga
        　　nisation_name=見本わかば町会｜phone=03-0000-1008｜unnamed_count=0
        　・　・　・entries Entry 89、Entry 90
        　・　・　・contacts Contact 17
        　・　・application=Application 65｜person=Person 12｜organisation=Organisation 12｜id=65｜name=𠮷見本　清｜
        　　organisation_name=見本いずみ自治会｜phone=03-0000-1011｜unnamed_count=0
        　・　・　・entries Entry 91
        　・　・　・contacts Contact 23
        　・　・application=Application 66｜person=Person 15｜organisation=Organisation 15｜id=66｜name=例川　四郎｜
        　　organisation_name=見本やまびこ町会｜phone=03-0000-1014｜unnamed_count=0
        　・　・　・entries Entry 92、Entry 93
        　・　・　・contacts Contact 29
        　・　・application=Application 67｜person=Person 18｜organisation=Organisation 18｜id=67｜name=葛󠄀例　実｜
        　　organisation_name=見本ひばり自治会｜phone=03-0000-1017｜unnamed_count=1
        　・　・　・entries Entry 94、Entry 95、Entry 96
        　・　・　・contacts Contact 35
        　・　・application=Application 68｜person=Person 22｜organisation=Organisation 22｜id=68｜name=仮田　実｜or
        　　ganisation_name=見本こもれび団地自治会｜phone=03-0000-1021｜unnamed_count=0
        　・　・　・entries Entry 97
        　・　・　・contacts Contact 43
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
        －　・　・application=Application 62｜person=Person 3｜organisation=Organisation 3｜id=62｜name=例川　幸子｜
        　　organisation_name=見本ひだまり町会｜phone=03-0000-1002｜unnamed_count=0
        ＋　・　・application=Application 62｜person=Person 3｜organisation=Organisation 3｜id=62｜name=例川　幸子｜
        　　organisation_name=新見本ひだまり町会｜phone=03-0000-1002｜unnamed_count=0
        """,
    )


def test_what_was_read_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_imports,
            s,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """

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


def test_how_many_may_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event_capacity, s, event_id=event_id(s, "講習会", 7)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=7｜title=第7回 ホームページ・電子回覧板講習会｜date_words=12/18(金)｜places_taken=22｜capacity=20｜
        　　places_left=-2
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


def test_whom_the_group_sent_before_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(known_applicants, s, organisation_id=1, event_id=event_id(s, "講習会", 7))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         10
        　・person=Person 127｜device=持参｜id=127
        　・person=Person 126｜device=持参｜id=126
        　・person=Person 125｜device=持参｜id=125
        　・person=Person 124｜device=持参｜id=124
        　・person=Person 123｜device=持参｜id=123
        　・person=Person 122｜device=持参｜id=122
        　・person=Person 121｜device=持参｜id=121
        　・person=Person 81｜phone=03-0000-1080｜device=持参｜id=81
        　・person=Person 41｜phone=03-0000-1040｜device=持参｜id=41
        　・person=Person 1｜phone=03-0000-1000｜device=持参｜id=1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・person=Person 127｜device=持参｜id=127
        －　・person=Person 126｜device=持参｜id=126
        －　・person=Person 125｜device=持参｜id=125
        －　・person=Person 124｜device=持参｜id=124
        －　・person=Person 123｜device=持参｜id=123
        －　・person=Person 122｜device=持参｜id=122
        －　・person=Person 121｜device=持参｜id=121
        －　・person=Person 81｜phone=03-0000-1080｜device=持参｜id=81
        －　・person=Person 41｜phone=03-0000-1040｜device=持参｜id=41
        －　・person=Person 1｜phone=03-0000-1000｜device=持参｜id=1
        ＋　・person=Person 127｜id=127
        ＋　・person=Person 126｜id=126
        ＋　・person=Person 125｜id=125
        ＋　・person=Person 124｜id=124
        ＋　・person=Person 123｜id=123
        ＋　・person=Person 122｜id=122
        ＋　・person=Person 121｜id=121
        ＋　・person=Person 81｜phone=03-0000-1080｜id=81
        ＋　・person=Person 41｜phone=03-0000-1040｜id=41
        ＋　・person=Person 1｜phone=03-0000-1000｜id=1
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
