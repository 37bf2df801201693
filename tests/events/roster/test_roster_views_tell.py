"""What the page of 名簿 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.roster.services.entries import read_entries
from app.events.roster.services.selection_documents import read_not_applied
from app.events.roster.services.selections import read_selection
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_roster_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_entries, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜title=第6回 Instagram講習会（2回目）｜doubtful_count=0｜unnamed_count=1｜applied_count=14｜or
        　　ganisations=8｜coming_count=14｜capacity=20｜free_count=6｜spec_words=10人から20人程度｜selection=Select
        　　ion 1｜closing_words=11/20(金)｜missing_count=0｜minimum=10｜from_roster=✓
        　・rows 14
        　・　・status=決定｜status_words=決定｜applied_words=11/8 10:13｜entry=Entry 84｜id=84｜spoken_name=見本あ
        　　おば町会 仮名　和子さん
        　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=かめ
        　　い　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町会
        　　｜role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/8 10:13｜entry=Entry 85｜id=85｜spoken_name=見本あ
        　　おば町会 試山　節子さん
        　・　・　・row entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜branch=第1支部｜furigana=ため
        　　しやま　せつこ｜id=85｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　節子｜organisation_name=見本あおば
        　　町会｜role=副会長
        　・　・status=決定｜status_words=決定｜applied_words=11/9 12:39｜entry=Entry 86｜id=86｜spoken_name=見本ひ
        　　だまり町会 例川　幸子さん
        　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れい
        　　かわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり
        　　町会｜role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/9 12:39｜entry=Entry 87｜id=87｜spoken_name=見本ひ
        　　だまり町会 仮井　花子さん
        　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=かり
        　　い　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり町
        　　会｜role=副会長
        　・　・status=決定｜status_words=決定｜applied_words=11/10 14:05｜entry=Entry 88｜id=88｜spoken_name=見本は
        　　なみず自治会 濵例　四郎さん
        　・　・　・row entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜branch=第6支部｜furigana=はま
        　　れい　しろう｜id=88｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例　四郎｜organisation_name=見本はなみず
        　　自治会｜role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/11 15:18｜entry=Entry 89｜id=89｜spoken_name=見本わ
        　　かば町会 例野　実さん
        　・　・　・row entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜branch=第9支部｜furigana=れい
        　　の　みのる｜id=89｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実｜organisation_name=見本わかば町会｜
        　　role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/11 15:18｜entry=Entry 90｜id=90｜spoken_name=見本わ
        　　かば町会 仮森　五郎さん
        　・　・　・row entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜branch=第9支部｜furigana=かり
        　　もり　ごろう｜id=90｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　五郎｜organisation_name=見本わかば町
        　　会｜role=副会長
        　・　・status=決定｜status_words=決定｜applied_words=11/12 9:44｜entry=Entry 91｜id=91｜spoken_name=見本い
        　　ずみ自治会 𠮷見本　清さん
        　・　・　・row entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜branch=第12支部｜furigana=よ
        　　しみほん　きよし｜id=91｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　清｜organisation_name=見本いず
        　　み自治会｜role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/12 10:57｜entry=Entry 92｜id=92｜spoken_name=見本や
        　　まびこ町会 例川　四郎さん
        　・　・　・row entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜branch=第15支部｜furigana=れ
        　　いかわ　しろう｜id=92｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　四郎｜organisation_name=見本やまび
        　　こ町会｜role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/12 10:57｜entry=Entry 93｜id=93｜spoken_name=見本や
        　　まびこ町会 𠮷見本　和子さん
        　・　・　・row entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜branch=第15支部｜furigana=よ
        　　しみほん　かずこ｜id=93｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　和子｜organisation_name=見本や
        　　まびこ町会｜role=副会長
        　・　・status=決定｜status_words=決定｜applied_words=11/13 12:23｜entry=Entry 94｜id=94｜spoken_name=見本ひ
        　　ばり自治会 葛󠄀例　実さん
        　・　・　・row entry=Entry 94｜person=Person 18｜organisation=Organisation 18｜branch=第1支部｜furigana=か
        　　つらぎれい　みのる｜id=94｜is_coming=✓｜is_on_check_in_list=✓｜name=葛󠄀例　実｜organisation_name=見本ひ
        　　ばり自治会｜role=会長
        　・　・status=決定｜status_words=決定｜applied_words=11/13 12:23｜entry=Entry 95｜id=95｜spoken_name=見本ひ
        　　ばり自治会 仮森　一郎さん
        　・　・　・row entry=Entry 95｜person=Person 58｜organisation=Organisation 18｜branch=第1支部｜furigana=か
        　　りもり　いちろう｜id=95｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　一郎｜organisation_name=見本ひば
        　　り自治会｜role=副会長
        　・counts[申込] 0
        　・counts[決定] 14
        　・counts[補欠] 0
        　・counts[落選] 0
        　・counts[辞退] 0
        　・counts[欠席連絡] 0
        　・counts[当日受付] 0
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
        －　・　・　・row entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜branch=第1支部｜furigana=た
        　　めしやま　せつこ｜id=85｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　節子｜organisation_name=見本あお
        　　ば町会｜role=副会長
        ＋　・　・　・row entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜id=85｜is_coming=✓｜is_on_c
        　　heck_in_list=✓｜name=試山　節子｜organisation_name=見本あおば町会
        －　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れ
        　　いかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだま
        　　り町会｜role=会長
        ＋　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜id=86｜is_coming=✓｜is_on_ch
        　　eck_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会
        －　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=か
        　　りい　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり
        　　町会｜role=副会長
        ＋　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜id=87｜is_coming=✓｜is_on_c
        　　heck_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり町会
        －　・　・　・row entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜branch=第6支部｜furigana=は
        　　まれい　しろう｜id=88｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例　四郎｜organisation_name=見本はなみ
        　　ず自治会｜role=会長
        ＋　・　・　・row entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜id=88｜is_coming=✓｜is_on_ch
        　　eck_in_list=✓｜name=濵例　四郎｜organisation_name=見本はなみず自治会
        －　・　・　・row entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜branch=第9支部｜furigana=れ
        　　いの　みのる｜id=89｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実｜organisation_name=見本わかば町会
        　　｜role=会長
        ＋　・　・　・row entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜id=89｜is_coming=✓｜is_on_ch
        　　eck_in_list=✓｜name=例野　実｜organisation_name=見本わかば町会
        －　・　・　・row entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜branch=第9支部｜furigana=か
        　　りもり　ごろう｜id=90｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　五郎｜organisation_name=見本わかば
        　　町会｜role=副会長
        ＋　・　・　・row entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜id=90｜is_coming=✓｜is_on_c
        　　heck_in_list=✓｜name=仮森　五郎｜organisation_name=見本わかば町会
        －　・　・　・row entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜branch=第12支部｜furigana=
        　　よしみほん　きよし｜id=91｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　清｜organisation_name=見本い
        　　ずみ自治会｜role=会長
        ＋　・　・　・row entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜id=91｜is_coming=✓｜is_on_
        　　check_in_list=✓｜name=𠮷見本　清｜organisation_name=見本いずみ自治会
        －　・　・　・row entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜branch=第15支部｜furigana=
        　　れいかわ　しろう｜id=92｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　四郎｜organisation_name=見本やま
        　　びこ町会｜role=会長
        ＋　・　・　・row entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜id=92｜is_coming=✓｜is_on_
        　　check_in_list=✓｜name=例川　四郎｜organisation_name=見本やまびこ町会
        －　・　・　・row entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜branch=第15支部｜furigana=
        　　よしみほん　かずこ｜id=93｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　和子｜organisation_name=見本
        　　やまびこ町会｜role=副会長
        ＋　・　・　・row entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜id=93｜is_coming=✓｜is_on_
        　　check_in_list=✓｜name=𠮷見本　和子｜organisation_name=見本やまびこ町会
        －　・　・　・row entry=Entry 94｜person=Person 18｜organisation=Organisation 18｜branch=第1支部｜furigana=
        　　かつらぎれい　みのる｜id=94｜is_coming=✓｜is_on_check_in_list=✓｜name=葛󠄀例　実｜organisation_name=見本
        　　ひばり自治会｜role=会長
        ＋　・　・　・row entry=Entry 94｜person=Person 18｜organisation=Organisation 18｜id=94｜is_coming=✓｜is_on_
        　　check_in_list=✓｜name=葛󠄀例　実｜organisation_name=見本ひばり自治会
        －　・　・　・row entry=Entry 95｜person=Person 58｜organisation=Organisation 18｜branch=第1支部｜furigana=
        　　かりもり　いちろう｜id=95｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　一郎｜organisation_name=見本ひ
        　　ばり自治会｜role=副会長
        ＋　・　・　・row entry=Entry 95｜person=Person 58｜organisation=Organisation 18｜id=95｜is_coming=✓｜is_on_
        　　check_in_list=✓｜name=仮森　一郎｜organisation_name=見本ひばり自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 6｜title=第6回 Instagram講習会（2回目）｜doubtful_count=0｜unnamed_count=1｜applied_count=14｜
        　　organisations=8｜coming_count=14｜capacity=20｜free_count=6｜spec_words=10人から20人程度｜selection=Sele
        　　ction 1｜closing_words=11/20(金)｜missing_count=0｜minimum=10｜from_roster=✓
        ＋event=Event 6｜title=第6回 Instagram講習会（2回目）｜doubtful_count=0｜unnamed_count=1｜applied_count=14｜
        　　organisations=8｜coming_count=13｜capacity=20｜free_count=7｜spec_words=10人から20人程度｜selection=Sele
        　　ction 1｜closing_words=11/20(金)｜missing_count=0｜minimum=10｜from_roster=✓
        －　・　・status=決定｜status_words=決定｜applied_words=11/8 10:13｜entry=Entry 84｜id=84｜spoken_name=見本
        　　あおば町会 仮名　和子さん
        －　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=か
        　　めい　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町
        　　会｜role=会長
        ＋　・　・status=辞退｜status_words=辞退｜applied_words=11/8 10:13｜entry=Entry 84｜id=84｜spoken_name=見本
        　　あおば町会 仮名　和子さん
        ＋　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=か
        　　めい　かずこ｜id=84｜name=仮名　和子｜organisation_name=見本あおば町会｜role=会長
        －　・　・status=決定｜status_words=決定｜applied_words=11/9 12:39｜entry=Entry 86｜id=86｜spoken_name=見本
        　　ひだまり町会 例川　幸子さん
        －　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れ
        　　いかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだま
        　　り町会｜role=会長
        －　・　・status=決定｜status_words=決定｜applied_words=11/9 12:39｜entry=Entry 87｜id=87｜spoken_name=見本
        　　ひだまり町会 仮井　花子さん
        －　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=か
        　　りい　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり
        　　町会｜role=副会長
        ＋　・　・status=決定｜status_words=決定｜applied_words=11/9 12:39｜entry=Entry 86｜id=86｜spoken_name=新見
        　　本ひだまり町会 例川　幸子さん
        ＋　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れ
        　　いかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=新見本ひだ
        　　まり町会｜role=会長
        ＋　・　・status=決定｜status_words=決定｜applied_words=11/9 12:39｜entry=Entry 87｜id=87｜spoken_name=新見
        　　本ひだまり町会 仮井　花子さん
        ＋　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=か
        　　りい　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=新見本ひだま
        　　り町会｜role=副会長
        －　・counts[決定] 14
        ＋　・counts[決定] 13
        """,
    )


def test_the_roster_of_a_past_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_entries, s, event_id=event_id(s, "講習会", 1), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 1｜title=第1回 事例紹介講習会｜doubtful_count=0｜unnamed_count=0｜applied_count=17｜organisation
        　　s=12｜coming_count=17｜capacity=20｜free_count=3｜spec_words=10人から20人程度｜closing_words=8/24(月)｜m
        　　issing_count=0｜minimum=10｜from_roster=✓
        　・rows 18
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/11 10:13｜entry=Entry 1｜id=1｜spo
        　　ken_name=見本あおば町会 仮名　和子さん
        　・　・　・row entry=Entry 1｜person=Person 1｜organisation=Organisation 1｜attended_at=2026-09-10 13:33:00
        　　｜branch=第1支部｜furigana=かめい　かずこ｜id=1｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜or
        　　ganisation_name=見本あおば町会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/12 11:26｜entry=Entry 2｜id=2｜spo
        　　ken_name=見本そよかぜ自治会 仮名　三郎さん
        　・　・　・row entry=Entry 2｜person=Person 4｜organisation=Organisation 4｜attended_at=2026-09-10 13:34:00
        　　｜branch=第4支部｜furigana=かめい　さぶろう｜id=2｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　三郎｜
        　　organisation_name=見本そよかぜ自治会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/12 12:39｜entry=Entry 3｜id=3｜spo
        　　ken_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会 山﨑見本　実さん
        　・　・　・row entry=Entry 3｜person=Person 7｜organisation=Organisation 7｜attended_at=2026-09-10 13:35:00
        　　｜branch=第7支部｜furigana=やまさきみほん　みのる｜id=3｜is_coming=✓｜is_on_check_in_list=✓｜name=山﨑見
        　　本　実｜organisation_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/13 13:52｜entry=Entry 4｜id=4｜spo
        　　ken_name=見本さくらみち自治会 仮名　花子さん
        　・　・　・row entry=Entry 4｜person=Person 10｜organisation=Organisation 10｜attended_at=2026-09-10 13:36:
        　　00｜branch=第10支部｜furigana=かめい　はなこ｜id=4｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　花子
        　　｜organisation_name=見本さくらみち自治会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/13 14:05｜entry=Entry 5｜id=5｜spo
        　　ken_name=見本ゆうやけ町会 髙見本　三郎さん
        　・　・　・row entry=Entry 5｜person=Person 13｜organisation=Organisation 13｜attended_at=2026-09-10 13:37:
        　　00｜branch=第13支部｜furigana=たかみほん　さぶろう｜id=5｜is_coming=✓｜is_on_check_in_list=✓｜name=髙見
        　　本　三郎｜organisation_name=見本ゆうやけ町会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/14 15:18｜entry=Entry 6｜id=6｜spo
        　　ken_name=見本せせらぎ自治会 仮森　実さん
        　・　・　・row entry=Entry 6｜person=Person 16｜organisation=Organisation 16｜attended_at=2026-09-10 13:38:
        　　00｜branch=第16支部｜furigana=かりもり　みのる｜id=6｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　実
        　　｜organisation_name=見本せせらぎ自治会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/14 16:31｜entry=Entry 7｜id=7｜spo
        　　ken_name=見本すずらん町会 見本　四郎さん
        　・　・　・row entry=Entry 7｜person=Person 19｜organisation=Organisation 19｜attended_at=2026-09-10 13:39:
        　　00｜branch=第2支部｜furigana=みほん　しろう｜id=7｜is_coming=✓｜is_on_check_in_list=✓｜name=見本　四郎｜
        　　organisation_name=見本すずらん町会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/15 9:44｜entry=Entry 8｜id=8｜spok
        　　en_name=見本こもれび団地自治会 仮田　実さん
        　・　・　・row entry=Entry 8｜person=Person 22｜organisation=Organisation 22｜attended_at=2026-09-10 13:40:
        　　00｜branch=第5支部｜furigana=かりた　みのる｜id=8｜is_coming=✓｜is_on_check_in_list=✓｜name=仮田　実｜or
        　　ganisation_name=見本こもれび団地自治会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/15 10:57｜entry=Entry 9｜id=9｜spo
        　　ken_name=見本みどりば一丁目町会 例川　文子さん
        　・　・　・row entry=Entry 9｜person=Person 25｜organisation=Organisation 25｜attended_at=2026-09-10 13:41:
        　　00｜branch=第8支部｜furigana=れいかわ　ふみこ｜id=9｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　文子
        　　｜organisation_name=見本みどりば一丁目町会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/16 11:10｜entry=Entry 10｜id=10｜s
        　　poken_name=見本ほしぞら団地自治会 試山　文子さん
        　・　・　・row entry=Entry 10｜person=Person 28｜organisation=Organisation 28｜attended_at=2026-09-10 13:42
        　　:00｜branch=第11支部｜furigana=ためしやま　ふみこ｜id=10｜is_coming=✓｜is_on_check_in_list=✓｜name=試山
        　　　文子｜organisation_name=見本ほしぞら団地自治会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/16 12:23｜entry=Entry 11｜id=11｜s
        　　poken_name=見本けやきみち一丁目町会 見本木　五郎さん
        　・　・　・row entry=Entry 11｜person=Person 31｜organisation=Organisation 31｜attended_at=2026-09-10 13:43
        　　:00｜branch=第14支部｜furigana=みほんぎ　ごろう｜id=11｜is_coming=✓｜is_on_check_in_list=✓｜name=見本木
        　　　五郎｜organisation_name=見本けやきみち一丁目町会｜role=会長
        　・　・status=決定｜status_words=決定｜status_hint=欠席｜applied_words=8/17 13:36｜entry=Entry 12｜id=12｜s
        　　poken_name=見本あさひの団地自治会 仮井　幸子さん
        　・　・　・row entry=Entry 12｜person=Person 34｜organisation=Organisation 34｜branch=第17支部｜furigana=か
        　　りい　さちこ｜id=12｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　幸子｜organisation_name=見本あさひの
        　　団地自治会｜role=会長
        　・counts[申込] 0
        　・counts[決定] 17
        　・counts[補欠] 0
        　・counts[落選] 0
        　・counts[辞退] 0
        　・counts[欠席連絡] 0
        　・counts[当日受付] 1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/11 10:13｜entry=Entry 1｜id=1｜s
        　　poken_name=見本あおば町会 仮名　和子さん
        －　・　・　・row entry=Entry 1｜person=Person 1｜organisation=Organisation 1｜attended_at=2026-09-10 13:33:
        　　00｜branch=第1支部｜furigana=かめい　かずこ｜id=1｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜
        　　organisation_name=見本あおば町会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/12 11:26｜entry=Entry 2｜id=2｜s
        　　poken_name=見本そよかぜ自治会 仮名　三郎さん
        －　・　・　・row entry=Entry 2｜person=Person 4｜organisation=Organisation 4｜attended_at=2026-09-10 13:34:
        　　00｜branch=第4支部｜furigana=かめい　さぶろう｜id=2｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　三郎
        　　｜organisation_name=見本そよかぜ自治会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/12 12:39｜entry=Entry 3｜id=3｜s
        　　poken_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会 山﨑見本　実さん
        －　・　・　・row entry=Entry 3｜person=Person 7｜organisation=Organisation 7｜attended_at=2026-09-10 13:35:
        　　00｜branch=第7支部｜furigana=やまさきみほん　みのる｜id=3｜is_coming=✓｜is_on_check_in_list=✓｜name=山﨑
        　　見本　実｜organisation_name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/13 13:52｜entry=Entry 4｜id=4｜s
        　　poken_name=見本さくらみち自治会 仮名　花子さん
        －　・　・　・row entry=Entry 4｜person=Person 10｜organisation=Organisation 10｜attended_at=2026-09-10 13:3
        　　6:00｜branch=第10支部｜furigana=かめい　はなこ｜id=4｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　花
        　　子｜organisation_name=見本さくらみち自治会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/13 14:05｜entry=Entry 5｜id=5｜s
        　　poken_name=見本ゆうやけ町会 髙見本　三郎さん
        －　・　・　・row entry=Entry 5｜person=Person 13｜organisation=Organisation 13｜attended_at=2026-09-10 13:3
        　　7:00｜branch=第13支部｜furigana=たかみほん　さぶろう｜id=5｜is_coming=✓｜is_on_check_in_list=✓｜name=髙
        　　見本　三郎｜organisation_name=見本ゆうやけ町会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/14 15:18｜entry=Entry 6｜id=6｜s
        　　poken_name=見本せせらぎ自治会 仮森　実さん
        －　・　・　・row entry=Entry 6｜person=Person 16｜organisation=Organisation 16｜attended_at=2026-09-10 13:3
        　　8:00｜branch=第16支部｜furigana=かりもり　みのる｜id=6｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森
        　　　実｜organisation_name=見本せせらぎ自治会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/14 16:31｜entry=Entry 7｜id=7｜s
        　　poken_name=見本すずらん町会 見本　四郎さん
        －　・　・　・row entry=Entry 7｜person=Person 19｜organisation=Organisation 19｜attended_at=2026-09-10 13:3
        　　9:00｜branch=第2支部｜furigana=みほん　しろう｜id=7｜is_coming=✓｜is_on_check_in_list=✓｜name=見本　四郎
        　　｜organisation_name=見本すずらん町会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/15 9:44｜entry=Entry 8｜id=8｜sp
        　　oken_name=見本こもれび団地自治会 仮田　実さん
        －　・　・　・row entry=Entry 8｜person=Person 22｜organisation=Organisation 22｜attended_at=2026-09-10 13:4
        　　0:00｜branch=第5支部｜furigana=かりた　みのる｜id=8｜is_coming=✓｜is_on_check_in_list=✓｜name=仮田　実｜
        　　organisation_name=見本こもれび団地自治会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/15 10:57｜entry=Entry 9｜id=9｜s
        　　poken_name=見本みどりば一丁目町会 例川　文子さん
        －　・　・　・row entry=Entry 9｜person=Person 25｜organisation=Organisation 25｜attended_at=2026-09-10 13:4
        　　1:00｜branch=第8支部｜furigana=れいかわ　ふみこ｜id=9｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　文
        　　子｜organisation_name=見本みどりば一丁目町会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/16 11:10｜entry=Entry 10｜id=10
        　　｜spoken_name=見本ほしぞら団地自治会 試山　文子さん
        －　・　・　・row entry=Entry 10｜person=Person 28｜organisation=Organisation 28｜attended_at=2026-09-10 13:
        　　42:00｜branch=第11支部｜furigana=ためしやま　ふみこ｜id=10｜is_coming=✓｜is_on_check_in_list=✓｜name=試
        　　山　文子｜organisation_name=見本ほしぞら団地自治会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=出席｜applied_words=8/16 12:23｜entry=Entry 11｜id=11
        　　｜spoken_name=見本けやきみち一丁目町会 見本木　五郎さん
        －　・　・　・row entry=Entry 11｜person=Person 31｜organisation=Organisation 31｜attended_at=2026-09-10 13:
        　　43:00｜branch=第14支部｜furigana=みほんぎ　ごろう｜id=11｜is_coming=✓｜is_on_check_in_list=✓｜name=見本
        　　木　五郎｜organisation_name=見本けやきみち一丁目町会｜role=会長
        －　・　・status=決定｜status_words=決定｜status_hint=欠席｜applied_words=8/17 13:36｜entry=Entry 12｜id=12
        　　｜spoken_name=見本あさひの団地自治会 仮井　幸子さん
        －　・　・　・row entry=Entry 12｜person=Person 34｜organisation=Organisation 34｜branch=第17支部｜furigana=
        　　かりい　さちこ｜id=12｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　幸子｜organisation_name=見本あさひ
        　　の団地自治会｜role=会長
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_choice_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_selection, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜title=第6回 Instagram講習会（2回目）｜organisations=8｜capacity=20｜venue_capacity=24｜spec_w
        　　ords=10人から20人程度
        　・applicants 14
        　・　・entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=かめい　かず
        　　こ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町会｜role=
        　　会長
        　・　・entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜branch=第1支部｜furigana=ためしやま
        　　　せつこ｜id=85｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　節子｜organisation_name=見本あおば町会｜
        　　role=副会長
        　・　・entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れいかわ　さ
        　　ちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会｜ro
        　　le=会長
        　・　・entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=かりい　はな
        　　こ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり町会｜role
        　　=副会長
        　・　・entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜branch=第6支部｜furigana=はまれい　し
        　　ろう｜id=88｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例　四郎｜organisation_name=見本はなみず自治会｜
        　　role=会長
        　・　・entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜branch=第9支部｜furigana=れいの　みの
        　　る｜id=89｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実｜organisation_name=見本わかば町会｜role=会
        　　長
        　・　・entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜branch=第9支部｜furigana=かりもり　ご
        　　ろう｜id=90｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　五郎｜organisation_name=見本わかば町会｜role
        　　=副会長
        　・　・entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜branch=第12支部｜furigana=よしみほん
        　　　きよし｜id=91｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　清｜organisation_name=見本いずみ自治会
        　　｜role=会長
        　・　・entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜branch=第15支部｜furigana=れいかわ
        　　　しろう｜id=92｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　四郎｜organisation_name=見本やまびこ町会
        　　｜role=会長
        　・　・entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜branch=第15支部｜furigana=よしみほん
        　　　かずこ｜id=93｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　和子｜organisation_name=見本やまびこ町
        　　会｜role=副会長
        　・　・entry=Entry 94｜person=Person 18｜organisation=Organisation 18｜branch=第1支部｜furigana=かつらぎれ
        　　い　みのる｜id=94｜is_coming=✓｜is_on_check_in_list=✓｜name=葛󠄀例　実｜organisation_name=見本ひばり自治
        　　会｜role=会長
        　・　・entry=Entry 95｜person=Person 58｜organisation=Organisation 18｜branch=第1支部｜furigana=かりもり
        　　　いちろう｜id=95｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　一郎｜organisation_name=見本ひばり自治
        　　会｜role=副会長
        　・remarks 氏名未定の枠が1人分あります。枠は1人分ずつ数え、同じ申込の中では氏名のある方のあとになります。
        　・saved_selections 1
        　・　・selection=Selection 1｜changed_count=0｜id=1
        　・　・　・rows 14
        　・　・　・　・line=SelectionLine｜id=84
        　・　・　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furiga
        　　na=かめい　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あ
        　　おば町会｜role=会長
        　・　・　・　・line=SelectionLine｜id=85
        　・　・　・　・　・row entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜branch=第1支部｜furig
        　　ana=ためしやま　せつこ｜id=85｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　節子｜organisation_name=見
        　　本あおば町会｜role=副会長
        　・　・　・　・line=SelectionLine｜id=86
        　・　・　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furiga
        　　na=れいかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本
        　　ひだまり町会｜role=会長
        　・　・　・　・line=SelectionLine｜id=87
        　・　・　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furig
        　　ana=かりい　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひ
        　　だまり町会｜role=副会長
        　・　・　・　・line=SelectionLine｜id=88
        　・　・　・　・　・row entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜branch=第6支部｜furiga
        　　na=はまれい　しろう｜id=88｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例　四郎｜organisation_name=見本
        　　はなみず自治会｜role=会長
        　・　・　・　・line=SelectionLine｜id=89
        　・　・　・　・　・row entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜branch=第9支部｜furiga
        　　na=れいの　みのる｜id=89｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実｜organisation_name=見本わか
        　　ば町会｜role=会長
        　・　・　・　・line=SelectionLine｜id=90
        　・　・　・　・　・row entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜branch=第9支部｜furig
        　　ana=かりもり　ごろう｜id=90｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　五郎｜organisation_name=見本
        　　わかば町会｜role=副会長
        　・　・　・　・line=SelectionLine｜id=91
        　・　・　・　・　・row entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜branch=第12支部｜fur
        　　igana=よしみほん　きよし｜id=91｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　清｜organisation_name=
        　　見本いずみ自治会｜role=会長
        　・　・　・　・line=SelectionLine｜id=92
        　・　・　・　・　・row entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜branch=第15支部｜fur
        　　igana=れいかわ　しろう｜id=92｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　四郎｜organisation_name=見
        　　本やまびこ町会｜role=会長
        　・　・　・　・line=SelectionLine｜id=93
        　・　・　・　・　・row entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜branch=第15支部｜fur
        　　igana=よしみほん　かずこ｜id=93｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　和子｜organisation_nam
        　　e=見本やまびこ町会｜role=副会長
        　・　・　・　・line=SelectionLine｜id=94
        　・　・　・　・　・row entry=Entry 94｜person=Person 18｜organisation=Organisation 18｜branch=第1支部｜furi
        　　gana=かつらぎれい　みのる｜id=94｜is_coming=✓｜is_on_check_in_list=✓｜name=葛󠄀例　実｜organisation_name
        　　=見本ひばり自治会｜role=会長
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 6｜title=第6回 Instagram講習会（2回目）｜organisations=8｜capacity=20｜venue_capacity=24｜spec
        　　_words=10人から20人程度
        ＋event=Event 6｜title=第6回 Instagram講習会（2回目）｜organisations=8｜capacity=20｜spec_words=10人から20人
        　　程度
        －　・　・entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=かめい　か
        　　ずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町会｜role
        　　=会長
        －　・　・entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜branch=第1支部｜furigana=ためしやま
        　　　せつこ｜id=85｜is_coming=✓｜is_on_check_in_list=✓｜name=試山　節子｜organisation_name=見本あおば町会｜
        　　role=副会長
        －　・　・entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れいかわ
        　　　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会
        　　｜role=会長
        －　・　・entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=かりい　は
        　　なこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり町会｜ro
        　　le=副会長
        －　・　・entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜branch=第6支部｜furigana=はまれい
        　　　しろう｜id=88｜is_coming=✓｜is_on_check_in_list=✓｜name=濵例　四郎｜organisation_name=見本はなみず自治
        　　会｜role=会長
        －　・　・entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜branch=第9支部｜furigana=れいの　み
        　　のる｜id=89｜is_coming=✓｜is_on_check_in_list=✓｜name=例野　実｜organisation_name=見本わかば町会｜role=
        　　会長
        －　・　・entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜branch=第9支部｜furigana=かりもり
        　　　ごろう｜id=90｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　五郎｜organisation_name=見本わかば町会｜
        　　role=副会長
        －　・　・entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜branch=第12支部｜furigana=よしみほ
        　　ん　きよし｜id=91｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　清｜organisation_name=見本いずみ自治
        　　会｜role=会長
        －　・　・entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜branch=第15支部｜furigana=れいかわ
        　　　しろう｜id=92｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　四郎｜organisation_name=見本やまびこ町会
        　　｜role=会長
        －　・　・entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜branch=第15支部｜furigana=よしみほ
        　　ん　かずこ｜id=93｜is_coming=✓｜is_on_check_in_list=✓｜name=𠮷見本　和子｜organisation_name=見本やまびこ
        　　町会｜role=副会長
        －　・　・entry=Entry 94｜person=Person 18｜organisation=Organisation 18｜branch=第1支部｜furigana=かつらぎ
        　　れい　みのる｜id=94｜is_coming=✓｜is_on_check_in_list=✓｜name=葛󠄀例　実｜organisation_name=見本ひばり自
        　　治会｜role=会長
        －　・　・entry=Entry 95｜person=Person 58｜organisation=Organisation 18｜branch=第1支部｜furigana=かりもり
        　　　いちろう｜id=95｜is_coming=✓｜is_on_check_in_list=✓｜name=仮森　一郎｜organisation_name=見本ひばり自治
        　　会｜role=副会長
        ＋　・　・entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜id=84｜is_coming=✓｜is_on_check_in_l
        　　ist=✓｜name=仮名　和子｜organisation_name=見本あおば町会
        ＋　・　・entry=Entry 85｜person=Person 41｜organisation=Organisation 1｜id=85｜is_coming=✓｜is_on_check_in_
        　　list=✓｜name=試山　節子｜organisation_name=見本あおば町会
        ＋　・　・entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜id=86｜is_coming=✓｜is_on_check_in_l
        　　ist=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会
        ＋　・　・entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜id=87｜is_coming=✓｜is_on_check_in_
        　　list=✓｜name=仮井　花子｜organisation_name=見本ひだまり町会
        ＋　・　・entry=Entry 88｜person=Person 6｜organisation=Organisation 6｜id=88｜is_coming=✓｜is_on_check_in_l
        　　ist=✓｜name=濵例　四郎｜organisation_name=見本はなみず自治会
        ＋　・　・entry=Entry 89｜person=Person 9｜organisation=Organisation 9｜id=89｜is_coming=✓｜is_on_check_in_l
        　　ist=✓｜name=例野　実｜organisation_name=見本わかば町会
        ＋　・　・entry=Entry 90｜person=Person 49｜organisation=Organisation 9｜id=90｜is_coming=✓｜is_on_check_in_
        　　list=✓｜name=仮森　五郎｜organisation_name=見本わかば町会
        ＋　・　・entry=Entry 91｜person=Person 12｜organisation=Organisation 12｜id=91｜is_coming=✓｜is_on_check_in
        　　_list=✓｜name=𠮷見本　清｜organisation_name=見本いずみ自治会
        ＋　・　・entry=Entry 92｜person=Person 15｜organisation=Organisation 15｜id=92｜is_coming=✓｜is_on_check_in
        　　_list=✓｜name=例川　四郎｜organisation_name=見本やまびこ町会
        ＋　・　・entry=Entry 93｜person=Person 55｜organisation=Organisation 15｜id=93｜is_coming=✓｜is_on_check_in
        　　_list=✓｜name=𠮷見本　和子｜organisation_name=見本やまびこ町会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・applicants 14
        －　・　・entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furigana=かめい　か
        　　ずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本あおば町会｜role
        　　=会長
        ＋　・applicants 13
        －　・　・entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れいかわ
        　　　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見本ひだまり町会
        　　｜role=会長
        －　・　・entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=かりい　は
        　　なこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本ひだまり町会｜ro
        　　le=副会長
        ＋　・　・entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furigana=れいかわ
        　　　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=新見本ひだまり町
        　　会｜role=会長
        ＋　・　・entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜furigana=かりい　は
        　　なこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=新見本ひだまり町会｜
        　　role=副会長
        ＋　・　・entry=Entry 96｜organisation=Organisation 18｜branch=第1支部｜id=96｜is_coming=✓｜is_on_check_in_l
        　　ist=✓｜name=氏名未定｜organisation_name=見本ひばり自治会
        －　・　・selection=Selection 1｜changed_count=0｜id=1
        ＋　・　・selection=Selection 1｜changed_count=1｜id=1
        －　・　・　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furi
        　　gana=かめい　かずこ｜id=84｜is_coming=✓｜is_on_check_in_list=✓｜name=仮名　和子｜organisation_name=見本
        　　あおば町会｜role=会長
        ＋　・　・　・　・　・row entry=Entry 84｜person=Person 1｜organisation=Organisation 1｜branch=第1支部｜furi
        　　gana=かめい　かずこ｜id=84｜name=仮名　和子｜organisation_name=見本あおば町会｜role=会長
        －　・　・　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furi
        　　gana=れいかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=見
        　　本ひだまり町会｜role=会長
        ＋　・　・　・　・　・row entry=Entry 86｜person=Person 3｜organisation=Organisation 3｜branch=第3支部｜furi
        　　gana=れいかわ　さちこ｜id=86｜is_coming=✓｜is_on_check_in_list=✓｜name=例川　幸子｜organisation_name=新
        　　見本ひだまり町会｜role=会長
        －　・　・　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜fur
        　　igana=かりい　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=見本
        　　ひだまり町会｜role=副会長
        ＋　・　・　・　・　・row entry=Entry 87｜person=Person 43｜organisation=Organisation 3｜branch=第3支部｜fur
        　　igana=かりい　はなこ｜id=87｜is_coming=✓｜is_on_check_in_list=✓｜name=仮井　花子｜organisation_name=新見
        　　本ひだまり町会｜role=副会長
        """,
    )


def test_who_did_not_apply_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_not_applied, s, event_id=event_id(s, "講習会", 7), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 7｜applied_count=11｜unwilling_count=0｜coming_count=22｜minimum=10｜closing_day=2026-12-01｜cou
        　　nt=29
        　・branches 18
        　・　・branch=第1支部
        　・　・　・organisations Organisation 1、Organisation 18、Organisation 35
        　・　・branch=第2支部
        　・　・　・organisations Organisation 36
        　・　・branch=第3支部
        　・　・　・organisations Organisation 3、Organisation 20
        　・　・branch=第4支部
        　・　・　・organisations Organisation 4、Organisation 21、Organisation 38
        　・　・branch=第5支部
        　・　・　・organisations Organisation 22、Organisation 39
        　・　・branch=第6支部
        　・　・　・organisations Organisation 6
        　・　・branch=第7支部
        　・　・　・organisations Organisation 7、Organisation 24
        　・　・branch=第8支部
        　・　・　・organisations Organisation 8、Organisation 25
        　・　・branch=第9支部
        　・　・　・organisations Organisation 9
        　・　・branch=第10支部
        　・　・　・organisations Organisation 27
        　・　・branch=第11支部
        　・　・　・organisations Organisation 11、Organisation 28
        　・　・branch=第12支部
        　・　・　・organisations Organisation 12
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・branches 18
        －　・　・branch=第1支部
        －　・　・　・organisations Organisation 1、Organisation 18、Organisation 35
        －　・　・branch=第2支部
        －　・　・　・organisations Organisation 36
        －　・　・branch=第3支部
        －　・　・　・organisations Organisation 3、Organisation 20
        －　・　・branch=第4支部
        －　・　・　・organisations Organisation 4、Organisation 21、Organisation 38
        －　・　・branch=第5支部
        －　・　・　・organisations Organisation 22、Organisation 39
        －　・　・branch=第6支部
        －　・　・　・organisations Organisation 6
        －　・　・branch=第7支部
        －　・　・　・organisations Organisation 7、Organisation 24
        －　・　・branch=第8支部
        －　・　・　・organisations Organisation 8、Organisation 25
        －　・　・branch=第9支部
        －　・　・　・organisations Organisation 9
        －　・　・branch=第10支部
        －　・　・　・organisations Organisation 27
        －　・　・branch=第11支部
        －　・　・　・organisations Organisation 11、Organisation 28
        －　・　・branch=第12支部
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
