"""What the page of 団体と人 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.registers.register.services.organisation_merge import preview_organisation_merge, suggest_duplicates
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.organisations import list_organisations
from app.registers.register.services.people import page_people, read_person
from app.registers.register.services.planned_changes import read_chair_changes
from app.registers.register.services.search import find_organisations, find_people
from app.registers.register.services.subsidies import read_subsidies
from app.registers.register.services.unlinked_names import read_unlinked_names
from tests.support.paper_lines import assert_says, changes
from tests.support.view_lines import view


def test_an_organisation_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_organisation, s, organisation_id=1) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        organisation=Organisation 1
        　・members 10
        　・　・person=Person 1｜membership=Membership 1｜id=1
        　・　・　・contacts Contact 1
        　・　・person=Person 41｜membership=Membership 41｜id=41
        　・　・　・contacts Contact 81
        　・　・person=Person 81｜membership=Membership 81｜id=81
        　・　・　・contacts Contact 121
        　・　・person=Person 121｜id=121
        　・　・person=Person 122｜id=122
        　・　・person=Person 123｜id=123
        　・　・person=Person 124｜id=124
        　・　・person=Person 125｜id=125
        　・　・person=Person 126｜id=126
        　・　・person=Person 127｜id=127
        　・contacts Contact 2
        　・stages 4
        　・　・tool=LINE公式アカウント｜stage=3｜words=3 運用開始
        　・　・　・history StageMark 163、StageMark 1
        　・　・tool=Instagram｜stage=0｜words=0 未着手
        　・　・　・history StageMark 165、StageMark 2
        　・　・tool=ホームページ｜stage=3｜words=3 運用開始
        　・　・　・history StageMark 164、StageMark 3
        　・　・tool=キャッシュレス決済｜stage=0｜words=0 未着手
        　・　・　・history StageMark 166、StageMark 4
        　・subsidies Subsidy 1
        　・participation 5
        　・　・event=Event 6｜attended_count=0｜id=6
        　・　・　・people 2
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=決定
        　・　・　・　・name=試山　節子｜role=副会長｜outcome=決定
        　・　・event=Event 5｜attended_count=2｜id=5
        　・　・　・people 2
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        　・　・　・　・name=試山　節子｜role=副会長｜outcome=出席
        　・　・event=Event 8｜is_host=✓｜attended_count=9｜id=8
        　・　・　・people 10
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        　・　・　・　・name=試山　節子｜role=副会長｜outcome=欠席
        　・　・　・　・name=齋藤見本　文子｜role=役員｜outcome=出席
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・person=Person 1｜membership=Membership 1｜id=1
        ＋　・　・person=Person 1｜id=1
        －　・　・person=Person 41｜membership=Membership 41｜id=41
        ＋　・　・person=Person 41｜id=41
        －　・　・person=Person 81｜membership=Membership 81｜id=81
        ＋　・　・person=Person 81｜id=81
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=決定
        －　・　・　・　・name=試山　節子｜role=副会長｜outcome=決定
        －　・　・event=Event 5｜attended_count=2｜id=5
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・　・　・name=試山　節子｜outcome=決定
        ＋　・　・event=Event 5｜attended_count=0｜id=5
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        －　・　・　・　・name=試山　節子｜role=副会長｜outcome=出席
        －　・　・event=Event 8｜is_host=✓｜attended_count=9｜id=8
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・　・　・name=試山　節子｜outcome=決定
        ＋　・　・event=Event 8｜is_host=✓｜attended_count=0｜id=8
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        －　・　・　・　・name=試山　節子｜role=副会長｜outcome=欠席
        －　・　・　・　・name=齋藤見本　文子｜role=役員｜outcome=出席
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・　・　・name=試山　節子｜outcome=決定
        ＋　・　・　・　・name=齋藤見本　文子｜outcome=決定
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=決定
        ＋　・　・　・　・name=仮名　和子｜role=会長｜outcome=辞退
        """,
    )


def test_the_list_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_organisations,
            s,
            text="あおば",
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        total=40｜branch_count=17
        　・rows 2
        　・　・organisation=Organisation 1｜chair=仮名　和子｜people_count=10｜event_count=5｜last_day=2026-12-08｜
        　　branch_text=第1支部｜id=1
        　・　・organisation=Organisation 21｜chair=髙見本　清｜people_count=3｜event_count=3｜last_day=2026-12-10｜
        　　branch_text=第4支部｜id=21
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －total=40｜branch_count=17
        ＋total=40｜branch_count=0
        －　・　・organisation=Organisation 1｜chair=仮名　和子｜people_count=10｜event_count=5｜last_day=2026-12-08
        　　｜branch_text=第1支部｜id=1
        －　・　・organisation=Organisation 21｜chair=髙見本　清｜people_count=3｜event_count=3｜last_day=2026-12-10
        　　｜branch_text=第4支部｜id=21
        ＋　・　・organisation=Organisation 1｜people_count=10｜event_count=5｜last_day=2026-12-08｜branch_text=支部
        　　なし（連合会未加盟）｜id=1
        ＋　・　・organisation=Organisation 21｜people_count=3｜event_count=3｜last_day=2026-12-10｜branch_text=支部
        　　なし（連合会未加盟）｜id=21
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・organisation=Organisation 1｜chair=仮名　和子｜people_count=10｜event_count=5｜last_day=2026-12-08
        　　｜branch_text=第1支部｜id=1
        ＋　・　・organisation=Organisation 1｜chair=仮名　和子｜people_count=10｜event_count=5｜last_day=2026-12-17
        　　｜branch_text=第1支部｜id=1
        """,
    )


def test_a_person_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_person,
            s,
            person_id=1,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        person=Person 1｜organisation=Organisation 1
        　・roles 1
        　・　・membership=Membership 1｜organisation=Organisation 1｜is_current=✓
        　・contacts Contact 1
        　・participation 5
        　・　・event=Event 6｜attended_count=0｜id=6
        　・　・　・people 1
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=決定
        　・　・event=Event 5｜attended_count=1｜id=5
        　・　・　・people 1
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        　・　・event=Event 8｜attended_count=1｜id=8
        　・　・　・people 1
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        　・　・event=Event 2｜attended_count=1｜id=2
        　・　・　・people 1
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        　・　・event=Event 1｜attended_count=1｜id=1
        　・　・　・people 1
        　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・membership=Membership 1｜organisation=Organisation 1｜is_current=✓
        ＋　・　・membership=Membership 1｜organisation=Organisation 1
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=決定
        －　・　・event=Event 5｜attended_count=1｜id=5
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・event=Event 5｜attended_count=0｜id=5
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        －　・　・event=Event 8｜attended_count=1｜id=8
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・event=Event 8｜attended_count=0｜id=8
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        －　・　・event=Event 2｜attended_count=1｜id=2
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・event=Event 2｜attended_count=0｜id=2
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        －　・　・event=Event 1｜attended_count=1｜id=1
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        ＋　・　・event=Event 1｜attended_count=0｜id=1
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=出席
        ＋　・　・　・　・name=仮名　和子｜outcome=決定
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・name=仮名　和子｜role=会長｜outcome=決定
        ＋　・　・　・　・name=仮名　和子｜role=会長｜outcome=辞退
        """,
    )


def test_the_people_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            page_people,
            s,
            limit=6,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        total=138
        　・rows 6
        　・　・person=Person 1｜organisation=Organisation 1｜entry=Entry 84｜event=Event 6｜affiliation=見本あおば
        　　町会（第1支部）・会長｜branch=第1支部｜id=1｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決定
        　　｜organisation_name=見本あおば町会
        　・　・person=Person 2｜organisation=Organisation 2｜entry=Entry 98｜event=Event 7｜affiliation=見本こもれ
        　　び自治会（第2支部）・会長｜branch=第2支部｜id=2｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(
        　　金)）に申込｜organisation_name=見本こもれび自治会
        　・　・person=Person 3｜organisation=Organisation 3｜entry=Entry 86｜event=Event 6｜affiliation=見本ひだま
        　　り町会（第3支部）・会長｜branch=第3支部｜id=3｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決
        　　定｜organisation_name=見本ひだまり町会
        　・　・person=Person 4｜organisation=Organisation 4｜entry=Entry 168｜event=Event 13｜affiliation=見本そよ
        　　かぜ自治会（第4支部）・会長｜branch=第4支部｜id=4｜last_event=第8回 情報発信の注意点講習会（12/10(木)）
        　　に決定｜organisation_name=見本そよかぜ自治会
        　・　・person=Person 5｜organisation=Organisation 5｜entry=Entry 100｜event=Event 7｜affiliation=見本みどり
        　　ば町会（第5支部）・会長｜branch=第5支部｜id=5｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金
        　　)）に申込｜organisation_name=見本みどりば町会
        　・　・person=Person 6｜organisation=Organisation 6｜entry=Entry 88｜event=Event 6｜affiliation=見本はなみ
        　　ず自治会（第6支部）・会長｜branch=第6支部｜id=6｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に
        　　決定｜organisation_name=見本はなみず自治会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・person=Person 1｜organisation=Organisation 1｜entry=Entry 84｜event=Event 6｜affiliation=見本あお
        　　ば町会（第1支部）・会長｜branch=第1支部｜id=1｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決
        　　定｜organisation_name=見本あおば町会
        －　・　・person=Person 2｜organisation=Organisation 2｜entry=Entry 98｜event=Event 7｜affiliation=見本こも
        　　れび自治会（第2支部）・会長｜branch=第2支部｜id=2｜last_event=第7回 ホームページ・電子回覧板講習会（12/1
        　　8(金)）に申込｜organisation_name=見本こもれび自治会
        －　・　・person=Person 3｜organisation=Organisation 3｜entry=Entry 86｜event=Event 6｜affiliation=見本ひだ
        　　まり町会（第3支部）・会長｜branch=第3支部｜id=3｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に
        　　決定｜organisation_name=見本ひだまり町会
        －　・　・person=Person 4｜organisation=Organisation 4｜entry=Entry 168｜event=Event 13｜affiliation=見本そ
        　　よかぜ自治会（第4支部）・会長｜branch=第4支部｜id=4｜last_event=第8回 情報発信の注意点講習会（12/10(木)
        　　）に決定｜organisation_name=見本そよかぜ自治会
        －　・　・person=Person 5｜organisation=Organisation 5｜entry=Entry 100｜event=Event 7｜affiliation=見本みど
        　　りば町会（第5支部）・会長｜branch=第5支部｜id=5｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(
        　　金)）に申込｜organisation_name=見本みどりば町会
        －　・　・person=Person 6｜organisation=Organisation 6｜entry=Entry 88｜event=Event 6｜affiliation=見本はな
        　　みず自治会（第6支部）・会長｜branch=第6支部｜id=6｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）
        　　に決定｜organisation_name=見本はなみず自治会
        ＋　・　・person=Person 1｜organisation=Organisation 1｜entry=Entry 84｜event=Event 6｜affiliation=見本あお
        　　ば町会｜id=1｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決定｜organisation_name=見本あおば
        　　町会
        ＋　・　・person=Person 2｜organisation=Organisation 2｜entry=Entry 98｜event=Event 7｜affiliation=見本こも
        　　れび自治会｜id=2｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)）に申込｜organisation_name=
        　　見本こもれび自治会
        ＋　・　・person=Person 3｜organisation=Organisation 3｜entry=Entry 86｜event=Event 6｜affiliation=見本ひだ
        　　まり町会｜id=3｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決定｜organisation_name=見本ひだ
        　　まり町会
        ＋　・　・person=Person 4｜organisation=Organisation 4｜entry=Entry 168｜event=Event 13｜affiliation=見本そ
        　　よかぜ自治会｜id=4｜last_event=第8回 情報発信の注意点講習会（12/10(木)）に決定｜organisation_name=見本そ
        　　よかぜ自治会
        ＋　・　・person=Person 5｜organisation=Organisation 5｜entry=Entry 100｜event=Event 7｜affiliation=見本みど
        　　りば町会｜id=5｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)）に申込｜organisation_name=見
        　　本みどりば町会
        ＋　・　・person=Person 6｜organisation=Organisation 6｜entry=Entry 88｜event=Event 6｜affiliation=見本はな
        　　みず自治会｜id=6｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決定｜organisation_name=見本は
        　　なみず自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・person=Person 1｜organisation=Organisation 1｜entry=Entry 84｜event=Event 6｜affiliation=見本あお
        　　ば町会（第1支部）・会長｜branch=第1支部｜id=1｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に決
        　　定｜organisation_name=見本あおば町会
        ＋　・　・person=Person 1｜organisation=Organisation 1｜entry=Entry 84｜event=Event 6｜affiliation=見本あお
        　　ば町会（第1支部）・会長｜branch=第1支部｜id=1｜last_event=第6回 Instagram講習会（2回目）（12/17(木)）に
        　　辞退｜organisation_name=見本あおば町会
        －　・　・person=Person 3｜organisation=Organisation 3｜entry=Entry 86｜event=Event 6｜affiliation=見本ひだ
        　　まり町会（第3支部）・会長｜branch=第3支部｜id=3｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）に
        　　決定｜organisation_name=見本ひだまり町会
        ＋　・　・person=Person 3｜organisation=Organisation 3｜entry=Entry 86｜event=Event 6｜affiliation=新見本ひ
        　　だまり町会（第3支部）・会長｜branch=第3支部｜id=3｜last_event=第6回 Instagram講習会（2回目）（12/17(木)
        　　）に決定｜organisation_name=新見本ひだまり町会
        －　・　・person=Person 6｜organisation=Organisation 6｜entry=Entry 88｜event=Event 6｜affiliation=見本はな
        　　みず自治会（第6支部）・会長｜branch=第6支部｜id=6｜last_event=第6回 Instagram講習会（2回目）（12/8(火)）
        　　に決定｜organisation_name=見本はなみず自治会
        ＋　・　・person=Person 6｜organisation=Organisation 6｜entry=Entry 88｜event=Event 6｜affiliation=見本はな
        　　みず自治会（第6支部）・会長｜branch=第6支部｜id=6｜last_event=第6回 Instagram講習会（2回目）（12/17(木)
        　　）に決定｜organisation_name=見本はなみず自治会
        """,
    )


def test_the_subsidies_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_subsidies,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        fiscal_year=2026
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


def test_duplicates_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            suggest_duplicates,
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
        ＋ 10
        ＋　・kind=団体｜keep_id=2｜drop_id=22｜first=見本こもれび自治会｜second=見本こもれび団地自治会｜reason=同じ
        　　支部で、名称が似ている
        ＋　・kind=団体｜keep_id=4｜drop_id=24｜first=見本そよかぜ自治会｜second=見本そよかぜ団地自治会｜reason=同じ
        　　支部で、名称が似ている
        ＋　・kind=団体｜keep_id=6｜drop_id=26｜first=見本はなみず自治会｜second=見本はなみず団地自治会｜reason=同じ
        　　支部で、名称が似ている
        ＋　・kind=団体｜keep_id=8｜drop_id=28｜first=見本ほしぞら自治会｜second=見本ほしぞら団地自治会｜reason=同じ
        　　支部で、名称が似ている
        ＋　・kind=団体｜keep_id=10｜drop_id=30｜first=見本さくらみち自治会｜second=見本さくらみち団地自治会｜reason
        　　=同じ支部で、名称が似ている
        ＋　・kind=団体｜keep_id=12｜drop_id=32｜first=見本いずみ自治会｜second=見本いずみ団地自治会｜reason=同じ支
        　　部で、名称が似ている
        ＋　・kind=団体｜keep_id=14｜drop_id=34｜first=見本あさひの自治会｜second=見本あさひの団地自治会｜reason=同
        　　じ支部で、名称が似ている
        ＋　・kind=団体｜keep_id=16｜drop_id=36｜first=見本せせらぎ自治会｜second=見本せせらぎ団地自治会｜reason=同
        　　じ支部で、名称が似ている
        ＋　・kind=団体｜keep_id=18｜drop_id=38｜first=見本ひばり自治会｜second=見本ひばり団地自治会｜reason=同じ支
        　　部で、名称が似ている
        ＋　・kind=団体｜keep_id=20｜drop_id=40｜first=見本つくし自治会｜second=見本つくし団地自治会｜reason=同じ支
        　　部で、名称が似ている
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_a_merge_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(preview_organisation_merge, s, keep_id=1, drop_id=2) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        keep=Organisation 1｜drop=Organisation 2
        　・choices 6
        　・　・key=branch｜label=支部｜keep=第1支部｜drop=第2支部｜proposed=keep｜differs=✓
        　・　・key=name｜label=団体名｜keep=見本あおば町会｜drop=見本こもれび自治会｜proposed=keep｜differs=✓
        　・　・key=furigana｜label=ふりがな｜keep=みほんあおばちょうかい｜drop=みほんこもれびじちかい｜proposed=kee
        　　p｜differs=✓
        　・　・key=households｜label=世帯数｜keep=240世帯｜drop=240世帯｜proposed=keep
        　・　・key=support_policy｜label=支援方針｜proposed=drop｜can_keep_both=✓
        　・　・key=note｜label=備考｜proposed=drop｜can_keep_both=✓
        　・moves 役員・人　3人、連絡先　1件、活用の段階の記録　5件、申込　2件、参加の記録　3件、届出の予定　1件、支
        　　援方針　1件
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・key=branch｜label=支部｜keep=第1支部｜drop=第2支部｜proposed=keep｜differs=✓
        ＋　・　・key=branch｜label=支部｜proposed=drop
        －　・　・key=furigana｜label=ふりがな｜keep=みほんあおばちょうかい｜drop=みほんこもれびじちかい｜proposed=k
        　　eep｜differs=✓
        －　・　・key=households｜label=世帯数｜keep=240世帯｜drop=240世帯｜proposed=keep
        ＋　・　・key=furigana｜label=ふりがな｜proposed=drop
        ＋　・　・key=households｜label=世帯数｜proposed=drop
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_chairs_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_chair_changes,
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


def test_names_without_a_group_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_unlinked_names,
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


def test_people_found_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            find_people,
            s,
            text="見本",
            limit=8,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         8
        　・person=Person 2｜organisation=Organisation 2｜entry=Entry 98｜event=Event 7｜affiliation=見本こもれび自
        　　治会（第2支部）・会長｜branch=第2支部｜id=2｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)
        　　）に申込｜organisation_name=見本こもれび自治会
        　・person=Person 8｜organisation=Organisation 8｜entry=Entry 171｜event=Event 13｜affiliation=見本ほしぞら
        　　自治会（第8支部）・会長｜branch=第8支部｜id=8｜last_event=第8回 情報発信の注意点講習会（12/10(木)）に決
        　　定｜organisation_name=見本ほしぞら自治会
        　・person=Person 19｜organisation=Organisation 19｜entry=Entry 108｜event=Event 7｜affiliation=見本すずらん
        　　町会（第2支部）・会長｜branch=第2支部｜id=19｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)
        　　）に申込｜organisation_name=見本すずらん町会
        　・person=Person 27｜organisation=Organisation 27｜entry=Entry 182｜event=Event 13｜affiliation=見本つきみ
        　　一丁目町会（第10支部）・会長｜branch=第10支部｜id=27｜last_event=第8回 情報発信の注意点講習会（12/10(木)
        　　）に決定｜organisation_name=見本つきみ一丁目町会
        　・person=Person 31｜organisation=Organisation 31｜entry=Entry 149｜event=Event 11｜affiliation=見本けやき
        　　みち一丁目町会（第14支部）・会長｜branch=第14支部｜id=31｜last_event=第1回 意見交換会（11/12(木)）に出席
        　　｜organisation_name=見本けやきみち一丁目町会
        　・person=Person 46｜organisation=Organisation 6｜affiliation=見本はなみず自治会（第6支部）・副会長｜branch
        　　=第6支部｜id=46｜organisation_name=見本はなみず自治会
        　・person=Person 47｜organisation=Organisation 7｜entry=Entry 15｜event=Event 1｜affiliation=見本つきみ台三
        　　丁目東部地区防災・見守り活動連合自治会（第7支部）・副会長｜branch=第7支部｜id=47｜last_event=第1回 事例
        　　紹介講習会（9/10(木)）に出席｜organisation_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        　・person=Person 50｜organisation=Organisation 10｜entry=Entry 102｜event=Event 7｜affiliation=見本さくらみ
        　　ち自治会（第10支部）・副会長｜branch=第10支部｜id=50｜last_event=第7回 ホームページ・電子回覧板講習会（1
        　　2/18(金)）に申込｜organisation_name=見本さくらみち自治会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・person=Person 2｜organisation=Organisation 2｜entry=Entry 98｜event=Event 7｜affiliation=見本こもれび
        　　自治会（第2支部）・会長｜branch=第2支部｜id=2｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金
        　　)）に申込｜organisation_name=見本こもれび自治会
        －　・person=Person 8｜organisation=Organisation 8｜entry=Entry 171｜event=Event 13｜affiliation=見本ほしぞ
        　　ら自治会（第8支部）・会長｜branch=第8支部｜id=8｜last_event=第8回 情報発信の注意点講習会（12/10(木)）に
        　　決定｜organisation_name=見本ほしぞら自治会
        －　・person=Person 19｜organisation=Organisation 19｜entry=Entry 108｜event=Event 7｜affiliation=見本すずら
        　　ん町会（第2支部）・会長｜branch=第2支部｜id=19｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(
        　　金)）に申込｜organisation_name=見本すずらん町会
        －　・person=Person 27｜organisation=Organisation 27｜entry=Entry 182｜event=Event 13｜affiliation=見本つき
        　　み一丁目町会（第10支部）・会長｜branch=第10支部｜id=27｜last_event=第8回 情報発信の注意点講習会（12/10(
        　　木)）に決定｜organisation_name=見本つきみ一丁目町会
        －　・person=Person 31｜organisation=Organisation 31｜entry=Entry 149｜event=Event 11｜affiliation=見本けや
        　　きみち一丁目町会（第14支部）・会長｜branch=第14支部｜id=31｜last_event=第1回 意見交換会（11/12(木)）に出
        　　席｜organisation_name=見本けやきみち一丁目町会
        －　・person=Person 46｜organisation=Organisation 6｜affiliation=見本はなみず自治会（第6支部）・副会長｜bran
        　　ch=第6支部｜id=46｜organisation_name=見本はなみず自治会
        －　・person=Person 47｜organisation=Organisation 7｜entry=Entry 15｜event=Event 1｜affiliation=見本つきみ台
        　　三丁目東部地区防災・見守り活動連合自治会（第7支部）・副会長｜branch=第7支部｜id=47｜last_event=第1回 事
        　　例紹介講習会（9/10(木)）に出席｜organisation_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        －　・person=Person 50｜organisation=Organisation 10｜entry=Entry 102｜event=Event 7｜affiliation=見本さくら
        　　みち自治会（第10支部）・副会長｜branch=第10支部｜id=50｜last_event=第7回 ホームページ・電子回覧板講習会
        　　（12/18(金)）に申込｜organisation_name=見本さくらみち自治会
        ＋　・person=Person 2｜organisation=Organisation 2｜entry=Entry 98｜event=Event 7｜affiliation=見本こもれび
        　　自治会｜id=2｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)）に申込｜organisation_name=見本
        　　こもれび自治会
        ＋　・person=Person 8｜organisation=Organisation 8｜entry=Entry 171｜event=Event 13｜affiliation=見本ほしぞ
        　　ら自治会｜id=8｜last_event=第8回 情報発信の注意点講習会（12/10(木)）に決定｜organisation_name=見本ほしぞ
        　　ら自治会
        ＋　・person=Person 19｜organisation=Organisation 19｜entry=Entry 108｜event=Event 7｜affiliation=見本すずら
        　　ん町会｜id=19｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)）に申込｜organisation_name=見
        　　本すずらん町会
        ＋　・person=Person 27｜organisation=Organisation 27｜entry=Entry 182｜event=Event 13｜affiliation=見本つき
        　　み一丁目町会｜id=27｜last_event=第8回 情報発信の注意点講習会（12/10(木)）に決定｜organisation_name=見本
        　　つきみ一丁目町会
        ＋　・person=Person 31｜organisation=Organisation 31｜entry=Entry 149｜event=Event 11｜affiliation=見本けや
        　　きみち一丁目町会｜id=31｜last_event=第1回 意見交換会（11/12(木)）に決定｜organisation_name=見本けやきみ
        　　ち一丁目町会
        ＋　・person=Person 46｜organisation=Organisation 6｜affiliation=見本はなみず自治会｜id=46｜organisation_nam
        　　e=見本はなみず自治会
        ＋　・person=Person 47｜organisation=Organisation 7｜entry=Entry 15｜event=Event 1｜affiliation=見本つきみ台
        　　三丁目東部地区防災・見守り活動連合自治会｜id=47｜last_event=第1回 事例紹介講習会（9/10(木)）に決定｜orga
        　　nisation_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        ＋　・person=Person 50｜organisation=Organisation 10｜entry=Entry 102｜event=Event 7｜affiliation=見本さくら
        　　みち自治会｜id=50｜last_event=第7回 ホームページ・電子回覧板講習会（12/18(金)）に申込｜organisation_name
        　　=見本さくらみち自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_groups_found_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            find_organisations,
            s,
            text="見本あ",
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         4
        　・organisation=Organisation 1｜people_count=10｜id=1
        　・organisation=Organisation 14｜people_count=3｜id=14
        　・organisation=Organisation 21｜people_count=3｜id=21
        　・organisation=Organisation 34｜people_count=3｜id=34
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
