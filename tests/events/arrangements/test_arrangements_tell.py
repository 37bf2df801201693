"""What the page of 配慮と貸与 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.arrangements.services import open_loans, read_arrangements, read_loans
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_what_is_arranged_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_arrangements, s, event_id=event_id(s, "講習会", 6)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6
        　・rows 2
        　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=かめい
        　　　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町会｜role
        　　=会長
        　・　・　・proposed その他
        　・　・　・arrangements Arrangement 6
        　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れいかわ
        　　　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会｜ro
        　　le=会長
        　・　・　・proposed 席
        　・　・　・arrangements Arrangement 7
        　・count people=2｜settled=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=か
        　　めい　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町
        　　会｜role=会長
        ＋　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜id=84｜is_coming=✓｜is_on_ch
        　　eck_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町会
        －　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れ
        　　いかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだま
        　　り町会｜role=会長
        －　・　・　・proposed 席
        ＋　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜id=86｜is_coming=✓｜is_on_ch
        　　eck_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会
        ＋　・　・　・proposed その他
        －　・count people=2｜settled=0
        ＋　・count people=0｜settled=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=か
        　　めい　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町
        　　会｜role=会長
        ＋　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=か
        　　めい　かずこ｜id=84｜name=仮名　和子｜organisation_name=見本あおば町会｜role=会長
        －　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れ
        　　いかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだま
        　　り町会｜role=会長
        ＋　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れ
        　　いかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=新見本ひだ
        　　まり町会｜role=会長
        －　・count people=2｜settled=0
        ＋　・count people=1｜settled=0
        """,
    )


def test_what_was_arranged_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_arrangements, s, event_id=event_id(s, "意見交換会", 1))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11
        　・rows 1
        　・　・is_settled=✓
        　・　・　・row entry=Entry 150｜person=Person 34｜organisation=Organisation 34｜attended_at=2026-11-12 13:3
        　　4:00｜branch=第17支部｜furigana=かりい　さちこ｜id=150｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井
        　　　幸子｜organisation_name=見本あさひの団地自治会｜role=会長
        　・　・　・proposed その他
        　・　・　・arrangements Arrangement 10
        　・count people=1｜settled=1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・row entry=Entry 150｜person=Person 34｜organisation=Organisation 34｜attended_at=2026-11-12 13
        　　:34:00｜branch=第17支部｜furigana=かりい　さちこ｜id=150｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井
        　　　幸子｜organisation_name=見本あさひの団地自治会｜role=会長
        ＋　・　・　・row entry=Entry 150｜person=Person 34｜organisation=Organisation 34｜id=150｜is_coming=✓｜is_o
        　　n_check_in_list=✓｜name=仮井　幸子｜organisation_name=見本あさひの団地自治会
        －　・count people=1｜settled=1
        ＋　・count people=0｜settled=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_what_is_lent_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_loans, s, event_id=event_id(s, "講習会", 2), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 2｜needed=10｜missing=0｜free=12｜spare=0
        　・rows 10
        　・　・loan=TabletLoan 1｜tablet=Tablet 1｜state=済｜number=1｜who=見本木　四郎｜organisation=見本ほしぞら
        　　自治会
        　・　・loan=TabletLoan 2｜tablet=Tablet 2｜state=済｜number=2｜who=例野　一郎｜organisation=見本けやきみち
        　　町会
        　・　・loan=TabletLoan 3｜tablet=Tablet 3｜state=済｜number=3｜who=渡邉見本　実｜organisation=見本あさひの
        　　自治会
        　・　・loan=TabletLoan 4｜tablet=Tablet 4｜state=済｜number=4｜who=試山　七海｜organisation=見本かぜのおか
        　　町会
        　・　・loan=TabletLoan 5｜tablet=Tablet 5｜state=済｜number=5｜who=仮田　三郎｜organisation=見本つくし自治
        　　会
        　・　・loan=TabletLoan 6｜tablet=Tablet 6｜state=済｜number=6｜who=髙見本　節子｜organisation=見本ひだまり
        　　一丁目町会
        　・　・loan=TabletLoan 7｜tablet=Tablet 7｜state=済｜number=7｜who=仮森　幸子｜organisation=見本はなみず団
        　　地自治会
        　・　・loan=TabletLoan 8｜tablet=Tablet 8｜state=済｜number=8｜who=葛󠄀例　清｜organisation=見本わかば一丁
        　　目町会
        　・　・loan=TabletLoan 9｜tablet=Tablet 9｜state=済｜number=9｜who=試山　実｜organisation=見本いずみ団地自
        　　治会
        　・　・loan=TabletLoan 10｜tablet=Tablet 10｜state=済｜number=10｜who=葛󠄀例　五郎｜organisation=見本やまび
        　　こ一丁目町会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 2｜needed=10｜missing=0｜free=12｜spare=0
        ＋event=Event 2｜needed=0｜missing=0｜free=12｜spare=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_what_will_be_lent_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_loans, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜needed=8｜missing=8｜free=12｜spare=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 6｜needed=8｜missing=8｜free=12｜spare=0
        ＋event=Event 6｜needed=0｜missing=0｜free=12｜spare=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 6｜needed=8｜missing=8｜free=12｜spare=0
        ＋event=Event 6｜needed=7｜missing=7｜free=12｜spare=0
        """,
    )


def test_what_is_still_out_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            open_loans,
            s,
            today=TODAY,
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
