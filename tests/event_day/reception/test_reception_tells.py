"""What the page of 受付 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.event_day.reception.services import read_reception
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import event_id
from tests.support.view_lines import view


def test_the_reception_of_a_lecture_to_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_reception, s, event_id=event_id(s, "講習会", 6)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜unnumbered_count=14｜last_action=183｜absent_count=0｜expected_count=14｜late_count=0｜walk_i
        　　n_count=0
        　・waiting 14
        　・　・entry_id=94｜name=葛󠄀例　実｜furigana=かつらぎれい　みのる｜organisation=見本ひばり自治会｜organisa
        　　tion_id=18｜device=貸与｜state=未受付｜id=94｜spoken_name=葛󠄀例　実さん
        　・　・　・search_keys 葛例実、かつらぎれいみのる、見本ひばり自治会
        　・　・entry_id=84｜name=仮名　和子｜furigana=かめい　かずこ｜organisation=見本あおば町会｜organisation_id=
        　　1｜device=貸与｜has_care=✓｜state=未受付｜id=84｜spoken_name=仮名　和子さん
        　・　・　・search_keys 仮名和子、かめいかずこ、見本あおば町会
        　・　・entry_id=87｜name=仮井　花子｜furigana=かりい　はなこ｜organisation=見本ひだまり町会｜organisation_i
        　　d=3｜device=貸与｜state=未受付｜id=87｜spoken_name=仮井　花子さん
        　・　・　・search_keys 仮井花子、かりいはなこ、見本ひだまり町会
        　・　・entry_id=97｜name=仮田　実｜furigana=かりた　みのる｜organisation=見本こもれび団地自治会｜organisati
        　　on_id=22｜device=持参｜state=未受付｜id=97｜spoken_name=仮田　実さん
        　・　・　・search_keys 仮田実、かりたみのる、見本こもれび団地自治会
        　・　・entry_id=95｜name=仮森　一郎｜furigana=かりもり　いちろう｜organisation=見本ひばり自治会｜organisati
        　　on_id=18｜device=貸与｜state=未受付｜id=95｜spoken_name=仮森　一郎さん
        　・　・　・search_keys 仮森一郎、かりもりいちろう、見本ひばり自治会
        　・　・entry_id=90｜name=仮森　五郎｜furigana=かりもり　ごろう｜organisation=見本わかば町会｜organisation_i
        　　d=9｜device=持参｜state=未受付｜id=90｜spoken_name=仮森　五郎さん
        　・　・　・search_keys 仮森五郎、かりもりごろう、見本わかば町会
        　・　・entry_id=85｜name=試山　節子｜furigana=ためしやま　せつこ｜organisation=見本あおば町会｜organisation
        　　_id=1｜device=持参｜state=未受付｜id=85｜spoken_name=試山　節子さん
        　・　・　・search_keys 試山節子、ためしやませつこ、見本あおば町会
        　・　・entry_id=88｜name=濵例　四郎｜furigana=はまれい　しろう｜organisation=見本はなみず自治会｜organisati
        　　on_id=6｜device=持参｜state=未受付｜id=88｜spoken_name=濵例　四郎さん
        　・　・　・search_keys 浜例四郎、はまれいしろう、見本はなみず自治会
        　・　・entry_id=93｜name=𠮷見本　和子｜furigana=よしみほん　かずこ｜organisation=見本やまびこ町会｜organisa
        　　tion_id=15｜device=持参｜state=未受付｜id=93｜spoken_name=𠮷見本　和子さん
        　・　・　・search_keys 吉見本和子、よしみほんかずこ、見本やまびこ町会
        　・　・entry_id=91｜name=𠮷見本　清｜furigana=よしみほん　きよし｜organisation=見本いずみ自治会｜organisati
        　　on_id=12｜device=貸与｜state=未受付｜id=91｜spoken_name=𠮷見本　清さん
        　・　・　・search_keys 吉見本清、よしみほんきよし、見本いずみ自治会
        　・　・entry_id=86｜name=例川　幸子｜furigana=れいかわ　さちこ｜organisation=見本ひだまり町会｜organisation
        　　_id=3｜device=貸与｜has_care=✓｜state=未受付｜id=86｜spoken_name=例川　幸子さん
        　・　・　・search_keys 例川幸子、れいかわさちこ、見本ひだまり町会
        　・　・entry_id=92｜name=例川　四郎｜furigana=れいかわ　しろう｜organisation=見本やまびこ町会｜organisation
        　　_id=15｜device=貸与｜state=未受付｜id=92｜spoken_name=例川　四郎さん
        　・　・　・search_keys 例川四郎、れいかわしろう、見本やまびこ町会
        　・tablets needed=8｜spare=0｜handed_out=0｜waiting=8｜spare_handed_out=0
        　・other_events[1] 第1回 事例紹介講習会
        　・other_events[2] 第2回 LINE講習会
        　・other_events[3] 第3回 Instagram講習会
        　・other_events[8] 第1回 派遣 見本あおば町会
        　・other_events[4] 第4回 キャッシュレス決済講習会
        　・other_events[11] 第1回 意見交換会
        　・other_events[5] 第5回 LINE講習会（2回目）
        　・other_events[9] 第2回 派遣 見本そよかぜ自治会
        　・other_events[13] 第8回 情報発信の注意点講習会
        　・other_events[7] 第7回 ホームページ・電子回覧板講習会
        　・other_events[10] 第3回 派遣 見本わかば町会
        　・other_events[12] 第2回 意見交換会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・entry_id=94｜name=葛󠄀例　実｜furigana=かつらぎれい　みのる｜organisation=見本ひばり自治会｜organi
        　　sation_id=18｜device=貸与｜state=未受付｜id=94｜spoken_name=葛󠄀例　実さん
        －　・　・　・search_keys 葛例実、かつらぎれいみのる、見本ひばり自治会
        －　・　・entry_id=84｜name=仮名　和子｜furigana=かめい　かずこ｜organisation=見本あおば町会｜organisation_i
        　　d=1｜device=貸与｜has_care=✓｜state=未受付｜id=84｜spoken_name=仮名　和子さん
        －　・　・　・search_keys 仮名和子、かめいかずこ、見本あおば町会
        －　・　・entry_id=87｜name=仮井　花子｜furigana=かりい　はなこ｜organisation=見本ひだまり町会｜organisation
        　　_id=3｜device=貸与｜state=未受付｜id=87｜spoken_name=仮井　花子さん
        －　・　・　・search_keys 仮井花子、かりいはなこ、見本ひだまり町会
        －　・　・entry_id=97｜name=仮田　実｜furigana=かりた　みのる｜organisation=見本こもれび団地自治会｜organisa
        　　tion_id=22｜device=持参｜state=未受付｜id=97｜spoken_name=仮田　実さん
        －　・　・　・search_keys 仮田実、かりたみのる、見本こもれび団地自治会
        －　・　・entry_id=95｜name=仮森　一郎｜furigana=かりもり　いちろう｜organisation=見本ひばり自治会｜organisa
        　　tion_id=18｜device=貸与｜state=未受付｜id=95｜spoken_name=仮森　一郎さん
        －　・　・　・search_keys 仮森一郎、かりもりいちろう、見本ひばり自治会
        －　・　・entry_id=90｜name=仮森　五郎｜furigana=かりもり　ごろう｜organisation=見本わかば町会｜organisation
        　　_id=9｜device=持参｜state=未受付｜id=90｜spoken_name=仮森　五郎さん
        －　・　・　・search_keys 仮森五郎、かりもりごろう、見本わかば町会
        －　・　・entry_id=85｜name=試山　節子｜furigana=ためしやま　せつこ｜organisation=見本あおば町会｜organisati
        　　on_id=1｜device=持参｜state=未受付｜id=85｜spoken_name=試山　節子さん
        －　・　・　・search_keys 試山節子、ためしやませつこ、見本あおば町会
        －　・　・entry_id=88｜name=濵例　四郎｜furigana=はまれい　しろう｜organisation=見本はなみず自治会｜organisa
        　　tion_id=6｜device=持参｜state=未受付｜id=88｜spoken_name=濵例　四郎さん
        －　・　・　・search_keys 浜例四郎、はまれいしろう、見本はなみず自治会
        －　・　・entry_id=93｜name=𠮷見本　和子｜furigana=よしみほん　かずこ｜organisation=見本やまびこ町会｜organi
        　　sation_id=15｜device=持参｜state=未受付｜id=93｜spoken_name=𠮷見本　和子さん
        －　・　・　・search_keys 吉見本和子、よしみほんかずこ、見本やまびこ町会
        －　・　・entry_id=91｜name=𠮷見本　清｜furigana=よしみほん　きよし｜organisation=見本いずみ自治会｜organisa
        　　tion_id=12｜device=貸与｜state=未受付｜id=91｜spoken_name=𠮷見本　清さん
        －　・　・　・search_keys 吉見本清、よしみほんきよし、見本いずみ自治会
        －　・　・entry_id=86｜name=例川　幸子｜furigana=れいかわ　さちこ｜organisation=見本ひだまり町会｜organisati
        　　on_id=3｜device=貸与｜has_care=✓｜state=未受付｜id=86｜spoken_name=例川　幸子さん
        －　・　・　・search_keys 例川幸子、れいかわさちこ、見本ひだまり町会
        －　・　・entry_id=92｜name=例川　四郎｜furigana=れいかわ　しろう｜organisation=見本やまびこ町会｜organisati
        　　on_id=15｜device=貸与｜state=未受付｜id=92｜spoken_name=例川　四郎さん
        －　・　・　・search_keys 例川四郎、れいかわしろう、見本やまびこ町会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 6｜unnumbered_count=14｜last_action=183｜absent_count=0｜expected_count=14｜late_count=0｜walk
        　　_in_count=0
        －　・waiting 14
        ＋event=Event 6｜unnumbered_count=13｜last_action=188｜absent_count=0｜expected_count=13｜late_count=0｜walk
        　　_in_count=0
        ＋　・waiting 13
        －　・　・entry_id=84｜name=仮名　和子｜furigana=かめい　かずこ｜organisation=見本あおば町会｜organisation_i
        　　d=1｜device=貸与｜has_care=✓｜state=未受付｜id=84｜spoken_name=仮名　和子さん
        －　・　・　・search_keys 仮名和子、かめいかずこ、見本あおば町会
        －　・　・entry_id=87｜name=仮井　花子｜furigana=かりい　はなこ｜organisation=見本ひだまり町会｜organisation
        　　_id=3｜device=貸与｜state=未受付｜id=87｜spoken_name=仮井　花子さん
        －　・　・　・search_keys 仮井花子、かりいはなこ、見本ひだまり町会
        ＋　・　・entry_id=87｜name=仮井　花子｜furigana=かりい　はなこ｜organisation=新見本ひだまり町会｜organisati
        　　on_id=3｜device=貸与｜state=未受付｜id=87｜spoken_name=仮井　花子さん
        ＋　・　・　・search_keys 仮井花子、かりいはなこ、新見本ひだまり町会
        －　・　・entry_id=86｜name=例川　幸子｜furigana=れいかわ　さちこ｜organisation=見本ひだまり町会｜organisati
        　　on_id=3｜device=貸与｜has_care=✓｜state=未受付｜id=86｜spoken_name=例川　幸子さん
        －　・　・　・search_keys 例川幸子、れいかわさちこ、見本ひだまり町会
        ＋　・　・entry_id=86｜name=例川　幸子｜furigana=れいかわ　さちこ｜organisation=新見本ひだまり町会｜organisa
        　　tion_id=3｜device=貸与｜has_care=✓｜state=未受付｜id=86｜spoken_name=例川　幸子さん
        ＋　・　・　・search_keys 例川幸子、れいかわさちこ、新見本ひだまり町会
        －　・tablets needed=8｜spare=0｜handed_out=0｜waiting=8｜spare_handed_out=0
        ＋　・　・entry_id=89｜name=例野　実｜furigana=れいの　みのる｜organisation=見本わかば町会｜organisation_id=
        　　9｜device=貸与｜state=未受付｜id=89｜spoken_name=例野　実さん
        """,
    )


def test_the_reception_of_a_past_exchange_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_reception, s, event_id=event_id(s, "意見交換会", 1)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11｜is_closed=✓｜unnumbered_count=0｜last_action=183｜absent_count=1｜expected_count=19｜late_co
        　　unt=0｜walk_in_count=0
        　・received 18
        　・　・entry_id=167｜number=19｜name=仮田　七海｜furigana=かりた　ななみ｜organisation=見本つくし団地自治会
        　　｜organisation_id=40｜group=3｜state=受付済｜time_text=13:51｜id=167｜spoken_name=仮田　七海さん（19番）
        　・　・　・search_keys 仮田七海、かりたななみ、見本つくし団地自治会
        　・　・entry_id=166｜number=18｜name=葛󠄀例　文子｜furigana=かつらぎれい　ふみこ｜organisation=見本かぜのお
        　　か一丁目町会｜organisation_id=37｜group=2｜state=受付済｜time_text=13:50｜id=166｜spoken_name=葛󠄀例　文
        　　子さん（18番）
        　・　・　・search_keys 葛例文子、かつらぎれいふみこ、見本かぜのおか一丁目町会
        　・　・entry_id=165｜number=17｜name=仮森　花子｜furigana=かりもり　はなこ｜organisation=見本あさひの団地自
        　　治会｜organisation_id=34｜group=1｜state=受付済｜time_text=13:49｜id=165｜spoken_name=仮森　花子さん（17
        　　番）
        　・　・　・search_keys 仮森花子、かりもりはなこ、見本あさひの団地自治会
        　・　・entry_id=164｜number=16｜name=例野　節子｜furigana=れいの　せつこ｜organisation=見本けやきみち一丁目
        　　町会｜organisation_id=31｜group=4｜state=受付済｜time_text=13:48｜id=164｜spoken_name=例野　節子さん（16
        　　番）
        　・　・　・search_keys 例野節子、れいのせつこ、見本けやきみち一丁目町会
        　・　・entry_id=162｜number=14｜name=齋藤見本　四郎｜furigana=さいとうみほん　しろう｜organisation=見本さく
        　　らみち団地自治会｜organisation_id=30｜group=2｜state=受付済｜time_text=13:46｜id=162｜spoken_name=齋藤見
        　　本　四郎さん（14番）
        　・　・　・search_keys 斉藤見本四郎、さいとうみほんしろう、見本さくらみち団地自治会
        　・　・entry_id=161｜number=13｜name=見本　五郎｜furigana=みほん　ごろう｜organisation=見本つきみ一丁目町会
        　　｜organisation_id=27｜group=1｜state=受付済｜time_text=13:45｜id=161｜spoken_name=見本　五郎さん（13番）
        　・　・　・search_keys 見本五郎、みほんごろう、見本つきみ一丁目町会
        　・　・entry_id=160｜number=12｜name=𠮷見本　実｜furigana=よしみほん　みのる｜organisation=見本そよかぜ団地
        　　自治会｜organisation_id=24｜group=4｜state=受付済｜time_text=13:44｜id=160｜spoken_name=𠮷見本　実さん（
        　　12番）
        　・　・　・search_keys 吉見本実、よしみほんみのる、見本そよかぜ団地自治会
        　・　・entry_id=159｜number=11｜name=髙見本　清｜furigana=たかみほん　きよし｜organisation=見本あおば一丁目
        　　町会｜organisation_id=21｜group=3｜state=受付済｜time_text=13:43｜id=159｜spoken_name=髙見本　清さん（11
        　　番）
        　・　・　・search_keys 高見本清、たかみほんきよし、見本あおば一丁目町会
        　・　・entry_id=158｜number=10｜name=葛󠄀例　実｜furigana=かつらぎれい　みのる｜organisation=見本ひばり自治
        　　会｜organisation_id=18｜group=2｜state=受付済｜time_text=13:42｜id=158｜spoken_name=葛󠄀例　実さん（10番
        　　）
        　・　・　・search_keys 葛例実、かつらぎれいみのる、見本ひばり自治会
        　・　・entry_id=157｜number=9｜name=例川　四郎｜furigana=れいかわ　しろう｜organisation=見本やまびこ町会｜o
        　　rganisation_id=15｜group=1｜state=受付済｜time_text=13:41｜id=157｜spoken_name=例川　四郎さん（9番）
        　・　・　・search_keys 例川四郎、れいかわしろう、見本やまびこ町会
        　・　・entry_id=156｜number=8｜name=𠮷見本　清｜furigana=よしみほん　きよし｜organisation=見本いずみ自治会
        　　｜organisation_id=12｜group=4｜state=受付済｜time_text=13:40｜id=156｜spoken_name=𠮷見本　清さん（8番）
        　・　・　・search_keys 吉見本清、よしみほんきよし、見本いずみ自治会
        　・　・entry_id=155｜number=7｜name=例野　実｜furigana=れいの　みのる｜organisation=見本わかば町会｜organis
        　　ation_id=9｜group=3｜state=受付済｜time_text=13:39｜id=155｜spoken_name=例野　実さん（7番）
        　・　・　・search_keys 例野実、れいのみのる、見本わかば町会
        　・absent 1
        　・　・entry_id=163｜number=15｜name=試山　一郎｜furigana=ためしやま　いちろう｜organisation=見本ゆうやけ一
        　　丁目町会｜organisation_id=33｜group=3｜state=欠席｜id=163｜spoken_name=試山　一郎さん（15番）
        　・　・　・search_keys 試山一郎、ためしやまいちろう、見本ゆうやけ一丁目町会
        　・tablets needed=0｜spare=0｜handed_out=0｜waiting=0｜spare_handed_out=0
        　・other_events[1] 第1回 事例紹介講習会
        　・other_events[2] 第2回 LINE講習会
        　・other_events[3] 第3回 Instagram講習会
        　・other_events[8] 第1回 派遣 見本あおば町会
        　・other_events[4] 第4回 キャッシュレス決済講習会
        　・other_events[5] 第5回 LINE講習会（2回目）
        　・other_events[9] 第2回 派遣 見本そよかぜ自治会
        　・other_events[6] 第6回 Instagram講習会（2回目）
        　・other_events[13] 第8回 情報発信の注意点講習会
        　・other_events[7] 第7回 ホームページ・電子回覧板講習会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 11｜is_closed=✓｜unnumbered_count=0｜last_action=183｜absent_count=1｜expected_count=19｜late_
        　　count=0｜walk_in_count=0
        －　・received 18
        －　・　・entry_id=167｜number=19｜name=仮田　七海｜furigana=かりた　ななみ｜organisation=見本つくし団地自治
        　　会｜organisation_id=40｜group=3｜state=受付済｜time_text=13:51｜id=167｜spoken_name=仮田　七海さん（19番
        　　）
        －　・　・　・search_keys 仮田七海、かりたななみ、見本つくし団地自治会
        －　・　・entry_id=166｜number=18｜name=葛󠄀例　文子｜furigana=かつらぎれい　ふみこ｜organisation=見本かぜの
        　　おか一丁目町会｜organisation_id=37｜group=2｜state=受付済｜time_text=13:50｜id=166｜spoken_name=葛󠄀例
        　　　文子さん（18番）
        －　・　・　・search_keys 葛例文子、かつらぎれいふみこ、見本かぜのおか一丁目町会
        －　・　・entry_id=165｜number=17｜name=仮森　花子｜furigana=かりもり　はなこ｜organisation=見本あさひの団地
        　　自治会｜organisation_id=34｜group=1｜state=受付済｜time_text=13:49｜id=165｜spoken_name=仮森　花子さん（
        　　17番）
        －　・　・　・search_keys 仮森花子、かりもりはなこ、見本あさひの団地自治会
        －　・　・entry_id=164｜number=16｜name=例野　節子｜furigana=れいの　せつこ｜organisation=見本けやきみち一丁
        　　目町会｜organisation_id=31｜group=4｜state=受付済｜time_text=13:48｜id=164｜spoken_name=例野　節子さん（
        　　16番）
        －　・　・　・search_keys 例野節子、れいのせつこ、見本けやきみち一丁目町会
        －　・　・entry_id=162｜number=14｜name=齋藤見本　四郎｜furigana=さいとうみほん　しろう｜organisation=見本さ
        　　くらみち団地自治会｜organisation_id=30｜group=2｜state=受付済｜time_text=13:46｜id=162｜spoken_name=齋藤
        　　見本　四郎さん（14番）
        －　・　・　・search_keys 斉藤見本四郎、さいとうみほんしろう、見本さくらみち団地自治会
        －　・　・entry_id=161｜number=13｜name=見本　五郎｜furigana=みほん　ごろう｜organisation=見本つきみ一丁目町
        　　会｜organisation_id=27｜group=1｜state=受付済｜time_text=13:45｜id=161｜spoken_name=見本　五郎さん（13番
        　　）
        －　・　・　・search_keys 見本五郎、みほんごろう、見本つきみ一丁目町会
        －　・　・entry_id=160｜number=12｜name=𠮷見本　実｜furigana=よしみほん　みのる｜organisation=見本そよかぜ団
        　　地自治会｜organisation_id=24｜group=4｜state=受付済｜time_text=13:44｜id=160｜spoken_name=𠮷見本　実さん
        　　（12番）
        －　・　・　・search_keys 吉見本実、よしみほんみのる、見本そよかぜ団地自治会
        －　・　・entry_id=159｜number=11｜name=髙見本　清｜furigana=たかみほん　きよし｜organisation=見本あおば一丁
        　　目町会｜organisation_id=21｜group=3｜state=受付済｜time_text=13:43｜id=159｜spoken_name=髙見本　清さん（
        　　11番）
        －　・　・　・search_keys 高見本清、たかみほんきよし、見本あおば一丁目町会
        －　・　・entry_id=158｜number=10｜name=葛󠄀例　実｜furigana=かつらぎれい　みのる｜organisation=見本ひばり自
        　　治会｜organisation_id=18｜group=2｜state=受付済｜time_text=13:42｜id=158｜spoken_name=葛󠄀例　実さん（10
        　　番）
        －　・　・　・search_keys 葛例実、かつらぎれいみのる、見本ひばり自治会
        －　・　・entry_id=157｜number=9｜name=例川　四郎｜furigana=れいかわ　しろう｜organisation=見本やまびこ町会
        　　｜organisation_id=15｜group=1｜state=受付済｜time_text=13:41｜id=157｜spoken_name=例川　四郎さん（9番）
        －　・　・　・search_keys 例川四郎、れいかわしろう、見本やまびこ町会
        －　・　・entry_id=156｜number=8｜name=𠮷見本　清｜furigana=よしみほん　きよし｜organisation=見本いずみ自治
        　　会｜organisation_id=12｜group=4｜state=受付済｜time_text=13:40｜id=156｜spoken_name=𠮷見本　清さん（8番
        　　）
        －　・　・　・search_keys 吉見本清、よしみほんきよし、見本いずみ自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 11｜is_closed=✓｜unnumbered_count=0｜last_action=183｜absent_count=1｜expected_count=19｜late_
        　　count=0｜walk_in_count=0
        ＋event=Event 11｜is_closed=✓｜unnumbered_count=0｜last_action=188｜absent_count=1｜expected_count=19｜late_
        　　count=0｜walk_in_count=0
        ＋　・other_events[13] 第8回 情報発信の注意点講習会
        －　・other_events[13] 第8回 情報発信の注意点講習会
        """,
    )
