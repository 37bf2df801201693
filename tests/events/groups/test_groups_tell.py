"""What the page of 班 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.groups.services import read_groups
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import event_id
from tests.support.view_lines import view


def test_the_groups_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_groups, s, event_id=event_id(s, "意見交換会", 1)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11｜people_count=19
        　・columns 4
        　・　・group=TableGroup 1
        　・　・　・people 5
        　・　・　・　・entry=Entry 149｜person=Person 31｜organisation=Organisation 31｜attended_at=2026-11-12 13:3
        　　3:00｜branch=第14支部｜furigana=みほんぎ　ごろう｜id=149｜is_coming=✓｜is_on_check_in_list=✓｜name=見本
        　　木　五郎｜organisation_name=見本けやきみち一丁目町会｜role=会長
        　・　・　・　・entry=Entry 153｜person=Person 3｜organisation=Organisation 3｜attended_at=2026-11-12 13:37:
        　　00｜branch=第3支部｜furigana=れいかわ　さちこ｜id=153｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸
        　　子｜organisation_name=見本ひだまり町会｜role=会長
        　・　・　・　・entry=Entry 157｜person=Person 15｜organisation=Organisation 15｜attended_at=2026-11-12 13:4
        　　1:00｜branch=第15支部｜furigana=れいかわ　しろう｜id=157｜is_coming=✓｜is_on_check_in_list=✓｜name=例川
        　　　四郎｜organisation_name=見本やまびこ町会｜role=会長
        　・　・　・　・entry=Entry 161｜person=Person 27｜organisation=Organisation 27｜attended_at=2026-11-12 13:4
        　　5:00｜branch=第10支部｜furigana=みほん　ごろう｜id=161｜is_coming=✓｜is_on_check_in_list=✓｜name=見本
        　　　五郎｜organisation_name=見本つきみ一丁目町会｜role=会長
        　・　・　・　・entry=Entry 165｜person=Person 74｜organisation=Organisation 34｜attended_at=2026-11-12 13:4
        　　9:00｜branch=第17支部｜furigana=かりもり　はなこ｜id=165｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森
        　　　花子｜organisation_name=見本あさひの団地自治会｜role=副会長
        　・　・group=TableGroup 2
        　・　・　・people 5
        　・　・　・　・entry=Entry 150｜person=Person 34｜organisation=Organisation 34｜attended_at=2026-11-12 13:3
        　　4:00｜branch=第17支部｜furigana=かりい　さちこ｜id=150｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井
        　　　幸子｜organisation_name=見本あさひの団地自治会｜role=会長
        　・　・　・　・entry=Entry 154｜person=Person 6｜organisation=Organisation 6｜attended_at=2026-11-12 13:38:
        　　00｜branch=第6支部｜furigana=はまれい　しろう｜id=154｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例　四
        　　郎｜organisation_name=見本はなみず自治会｜role=会長
        　・　・　・　・entry=Entry 158｜person=Person 18｜organisation=Organisation 18｜attended_at=2026-11-12 13:4
        　　2:00｜branch=第1支部｜furigana=かつらぎれい　みのる｜id=158｜is_coming=✓｜is_on_check_in_list=✓｜name=葛
        　　󠄀例　実｜organisation_name=見本ひばり自治会｜role=会長
        　・　・　・　・entry=Entry 162｜person=Person 30｜organisation=Organisation 30｜attended_at=2026-11-12 13:4
        　　6:00｜branch=第13支部｜furigana=さいとうみほん　しろう｜id=162｜is_coming=✓｜is_on_check_in_list=✓｜name
        　　=齋藤見本　四郎｜organisation_name=見本さくらみち団地自治会｜role=会長
        　・　・　・　・entry=Entry 166｜person=Person 77｜organisation=Organisation 37｜attended_at=2026-11-12 13:5
        　　0:00｜branch=第3支部｜furigana=かつらぎれい　ふみこ｜id=166｜is_coming=✓｜is_on_check_in_list=✓｜name=葛
        　　󠄀例　文子｜organisation_name=見本かぜのおか一丁目町会｜role=副会長
        　・　・group=TableGroup 3
        　・　・　・people 5
        　・　・　・　・entry=Entry 151｜person=Person 37｜organisation=Organisation 37｜attended_at=2026-11-12 13:3
        　　5:00｜branch=第3支部｜furigana=たかみほん　みのる｜id=151｜is_coming=✓｜is_on_check_in_list=✓｜name=髙見
        　　本　実｜organisation_name=見本かぜのおか一丁目町会｜role=会長
        　・　・　・　・entry=Entry 155｜person=Person 9｜organisation=Organisation 9｜attended_at=2026-11-12 13:39:
        　　00｜branch=第9支部｜furigana=れいの　みのる｜id=155｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実｜
        　　organisation_name=見本わかば町会｜role=会長
        　・　・　・　・entry=Entry 159｜person=Person 21｜organisation=Organisation 21｜attended_at=2026-11-12 13:4
        　　3:00｜branch=第4支部｜furigana=たかみほん　きよし｜id=159｜is_coming=✓｜is_on_check_in_list=✓｜name=髙見
        　　本　清｜organisation_name=見本あおば一丁目町会｜role=会長
        　・　・　・　・entry=Entry 163｜person=Person 33｜organisation=Organisation 33｜branch=第16支部｜furigana=
        　　ためしやま　いちろう｜id=163｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　一郎｜organisation_name=見
        　　本ゆうやけ一丁目町会｜role=会長
        　・　・　・　・entry=Entry 167｜person=Person 80｜organisation=Organisation 40｜attended_at=2026-11-12 13:5
        　　1:00｜furigana=かりた　ななみ｜id=167｜is_coming=✓｜is_on_check_in_list=✓｜name=仮田　七海｜organisation
        　　_name=見本つくし団地自治会｜role=副会長
        　・　・group=TableGroup 4
        　・　・　・people 4
        　・　・　・　・entry=Entry 152｜person=Person 40｜organisation=Organisation 40｜attended_at=2026-11-12 13:3
        　　6:00｜furigana=やまさきみほん　せつこ｜id=152｜is_coming=✓｜is_on_check_in_list=✓｜name=山﨑見本　節子｜
        　　organisation_name=見本つくし団地自治会｜role=会長
        　・　・　・　・entry=Entry 156｜person=Person 12｜organisation=Organisation 12｜attended_at=2026-11-12 13:4
        　　0:00｜branch=第12支部｜furigana=よしみほん　きよし｜id=156｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷
        　　見本　清｜organisation_name=見本いずみ自治会｜role=会長
        　・　・　・　・entry=Entry 160｜person=Person 24｜organisation=Organisation 24｜attended_at=2026-11-12 13:4
        　　4:00｜branch=第7支部｜furigana=よしみほん　みのる｜id=160｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見
        　　本　実｜organisation_name=見本そよかぜ団地自治会｜role=会長
        　・　・　・　・entry=Entry 164｜person=Person 71｜organisation=Organisation 31｜attended_at=2026-11-12 13:4
        　　8:00｜branch=第14支部｜furigana=れいの　せつこ｜id=164｜is_coming=✓｜is_on_check_in_list=✓｜name=例野
        　　　節子｜organisation_name=見本けやきみち一丁目町会｜role=副会長
        　・attended_before[149] 2
        　・attended_before[150] 1
        　・attended_before[151] 1
        　・attended_before[152] 1
        　・attended_before[153] 1
        　・attended_before[154] 1
        　・attended_before[155] 1
        　・attended_before[156] 0
        　・attended_before[157] 1
        　・attended_before[158] 1
        　・attended_before[159] 1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・people 5
        －　・　・　・　・entry=Entry 149｜person=Person 31｜organisation=Organisation 31｜attended_at=2026-11-12 13
        　　:33:00｜branch=第14支部｜furigana=みほんぎ　ごろう｜id=149｜is_coming=✓｜is_on_check_in_list=✓｜name=見
        　　本木　五郎｜organisation_name=見本けやきみち一丁目町会｜role=会長
        －　・　・　・　・entry=Entry 153｜person=Person 3｜organisation=Organisation 3｜attended_at=2026-11-12 13:3
        　　7:00｜branch=第3支部｜furigana=れいかわ　さちこ｜id=153｜is_coming=✓｜is_on_check_in_list=✓｜name=例川
        　　　幸子｜organisation_name=見本ひだまり町会｜role=会長
        －　・　・　・　・entry=Entry 157｜person=Person 15｜organisation=Organisation 15｜attended_at=2026-11-12 13
        　　:41:00｜branch=第15支部｜furigana=れいかわ　しろう｜id=157｜is_coming=✓｜is_on_check_in_list=✓｜name=例
        　　川　四郎｜organisation_name=見本やまびこ町会｜role=会長
        －　・　・　・　・entry=Entry 161｜person=Person 27｜organisation=Organisation 27｜attended_at=2026-11-12 13
        　　:45:00｜branch=第10支部｜furigana=みほん　ごろう｜id=161｜is_coming=✓｜is_on_check_in_list=✓｜name=見本
        　　　五郎｜organisation_name=見本つきみ一丁目町会｜role=会長
        －　・　・　・　・entry=Entry 165｜person=Person 74｜organisation=Organisation 34｜attended_at=2026-11-12 13
        　　:49:00｜branch=第17支部｜furigana=かりもり　はなこ｜id=165｜is_coming=✓｜is_on_check_in_list=✓｜name=仮
        　　森　花子｜organisation_name=見本あさひの団地自治会｜role=副会長
        －　・　・　・people 5
        －　・　・　・　・entry=Entry 150｜person=Person 34｜organisation=Organisation 34｜attended_at=2026-11-12 13
        　　:34:00｜branch=第17支部｜furigana=かりい　さちこ｜id=150｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井
        　　　幸子｜organisation_name=見本あさひの団地自治会｜role=会長
        －　・　・　・　・entry=Entry 154｜person=Person 6｜organisation=Organisation 6｜attended_at=2026-11-12 13:3
        　　8:00｜branch=第6支部｜furigana=はまれい　しろう｜id=154｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例
        　　　四郎｜organisation_name=見本はなみず自治会｜role=会長
        －　・　・　・　・entry=Entry 158｜person=Person 18｜organisation=Organisation 18｜attended_at=2026-11-12 13
        　　:42:00｜branch=第1支部｜furigana=かつらぎれい　みのる｜id=158｜is_coming=✓｜is_on_check_in_list=✓｜name=
        　　葛󠄀例　実｜organisation_name=見本ひばり自治会｜role=会長
        －　・　・　・　・entry=Entry 162｜person=Person 30｜organisation=Organisation 30｜attended_at=2026-11-12 13
        　　:46:00｜branch=第13支部｜furigana=さいとうみほん　しろう｜id=162｜is_coming=✓｜is_on_check_in_list=✓｜na
        　　me=齋藤見本　四郎｜organisation_name=見本さくらみち団地自治会｜role=会長
        －　・　・　・　・entry=Entry 166｜person=Person 77｜organisation=Organisation 37｜attended_at=2026-11-12 13
        　　:50:00｜branch=第3支部｜furigana=かつらぎれい　ふみこ｜id=166｜is_coming=✓｜is_on_check_in_list=✓｜name=
        　　葛󠄀例　文子｜organisation_name=見本かぜのおか一丁目町会｜role=副会長
        －　・　・　・people 5
        －　・　・　・　・entry=Entry 151｜person=Person 37｜organisation=Organisation 37｜attended_at=2026-11-12 13
        　　:35:00｜branch=第3支部｜furigana=たかみほん　みのる｜id=151｜is_coming=✓｜is_on_check_in_list=✓｜name=髙
        　　見本　実｜organisation_name=見本かぜのおか一丁目町会｜role=会長
        －　・　・　・　・entry=Entry 155｜person=Person 9｜organisation=Organisation 9｜attended_at=2026-11-12 13:3
        　　9:00｜branch=第9支部｜furigana=れいの　みのる｜id=155｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実
        　　｜organisation_name=見本わかば町会｜role=会長
        －　・　・　・　・entry=Entry 159｜person=Person 21｜organisation=Organisation 21｜attended_at=2026-11-12 13
        　　:43:00｜branch=第4支部｜furigana=たかみほん　きよし｜id=159｜is_coming=✓｜is_on_check_in_list=✓｜name=髙
        　　見本　清｜organisation_name=見本あおば一丁目町会｜role=会長
        －　・　・　・　・entry=Entry 163｜person=Person 33｜organisation=Organisation 33｜branch=第16支部｜furigana
        　　=ためしやま　いちろう｜id=163｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　一郎｜organisation_name=見
        　　本ゆうやけ一丁目町会｜role=会長
        －　・　・　・　・entry=Entry 167｜person=Person 80｜organisation=Organisation 40｜attended_at=2026-11-12 13
        　　:51:00｜furigana=かりた　ななみ｜id=167｜is_coming=✓｜is_on_check_in_list=✓｜name=仮田　七海｜organisati
        　　on_name=見本つくし団地自治会｜role=副会長
        －　・　・　・people 4
        －　・　・　・　・entry=Entry 152｜person=Person 40｜organisation=Organisation 40｜attended_at=2026-11-12 13
        　　:36:00｜furigana=やまさきみほん　せつこ｜id=152｜is_coming=✓｜is_on_check_in_list=✓｜name=山﨑見本　節子
        　　｜organisation_name=見本つくし団地自治会｜role=会長
        －　・　・　・　・entry=Entry 156｜person=Person 12｜organisation=Organisation 12｜attended_at=2026-11-12 13
        　　:40:00｜branch=第12支部｜furigana=よしみほん　きよし｜id=156｜is_coming=✓｜is_on_check_in_list=✓｜name=
        　　𠮷見本　清｜organisation_name=見本いずみ自治会｜role=会長
        －　・　・　・　・entry=Entry 160｜person=Person 24｜organisation=Organisation 24｜attended_at=2026-11-12 13
        　　:44:00｜branch=第7支部｜furigana=よしみほん　みのる｜id=160｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷
        　　見本　実｜organisation_name=見本そよかぜ団地自治会｜role=会長
        －　・　・　・　・entry=Entry 164｜person=Person 71｜organisation=Organisation 31｜attended_at=2026-11-12 13
        　　:48:00｜branch=第14支部｜furigana=れいの　せつこ｜id=164｜is_coming=✓｜is_on_check_in_list=✓｜name=例野
        　　　節子｜organisation_name=見本けやきみち一丁目町会｜role=副会長
        －　・attended_before[149] 2
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・entry=Entry 153｜person=Person 3｜organisation=Organisation 3｜attended_at=2026-11-12 13:3
        　　7:00｜branch=第3支部｜furigana=れいかわ　さちこ｜id=153｜is_coming=✓｜is_on_check_in_list=✓｜name=例川
        　　　幸子｜organisation_name=見本ひだまり町会｜role=会長
        ＋　・　・　・　・entry=Entry 153｜person=Person 3｜organisation=Organisation 3｜attended_at=2026-11-12 13:3
        　　7:00｜branch=第3支部｜furigana=れいかわ　さちこ｜id=153｜is_coming=✓｜is_on_check_in_list=✓｜name=例川
        　　　幸子｜organisation_name=新見本ひだまり町会｜role=会長
        """,
    )


def test_groups_to_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_groups, s, event_id=event_id(s, "意見交換会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 12｜people_count=0
        　・columns 4
        　・　・group=TableGroup 5
        　・　・group=TableGroup 6
        　・　・group=TableGroup 7
        　・　・group=TableGroup 8
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
