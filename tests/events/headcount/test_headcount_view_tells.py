"""What the page of 参加人数 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.headcount.services import read_headcount
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_numbers_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_headcount, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜spec_words=10人から20人程度｜venue_capa
        　　city=24｜lends_devices=✓｜next_kind=参加人数連絡書｜from_roster=✓｜roster_people=14｜typed_people=0
        　・rows ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、E
        　　xpectedCount 0、ExpectedCount 0
        　・totals people=14｜organisations=8｜own_devices=6｜lent_devices=8｜care_count=2｜care_request=拡大資料1部、前
        　　方の席1｜unknown_devices=0
        　・copies people=14｜spare=2｜total=16｜words=14＋予備2＝16部
        　・task event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_days=3｜fis
        　　cal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=working｜days
        　　_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_c
        　　ontract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜next_a
        　　ctor=区｜nominal=2026-12-03｜open_words=開
        　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(
        　　木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-03｜work
        　　ing=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-03
        　・　・state bucket=今週｜days_left=2｜overdue_days=0｜short_words=あと2日｜open_words=開庁日 2日｜words=あと2
        　　日・開庁日 2日
        　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words=区→受
        　　託者｜unrecorded_words=連絡の記録なし
        　・organisations 40
        　・　・id=1｜branch=第1支部｜name=見本あおば町会
        　・　・id=2｜branch=第2支部｜name=見本こもれび自治会
        　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        　・　・id=4｜branch=第4支部｜name=見本そよかぜ自治会
        　・　・id=5｜branch=第5支部｜name=見本みどりば町会
        　・　・id=6｜branch=第6支部｜name=見本はなみず自治会
        　・　・id=7｜branch=第7支部｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        　・　・id=8｜branch=第8支部｜name=見本ほしぞら自治会
        　・　・id=9｜branch=第9支部｜name=見本わかば町会
        　・　・id=10｜branch=第10支部｜name=見本さくらみち自治会
        　・　・id=11｜branch=第11支部｜name=見本けやきみち町会
        　・　・id=12｜branch=第12支部｜name=見本いずみ自治会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜spec_words=10人から20人程度｜venue_ca
        　　pacity=24｜lends_devices=✓｜next_kind=参加人数連絡書｜from_roster=✓｜roster_people=14｜typed_people=0
        ＋event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜spec_words=10人から20人程度｜lends_de
        　　vices=✓｜next_kind=参加人数連絡書｜from_roster=✓｜roster_people=14｜typed_people=0
        －　・totals people=14｜organisations=8｜own_devices=6｜lent_devices=8｜care_count=2｜care_request=拡大資料1部、
        　　前方の席1｜unknown_devices=0
        ＋　・totals people=14｜organisations=8｜own_devices=0｜lent_devices=0｜care_count=0｜care_request=拡大資料1部、
        　　前方の席1｜unknown_devices=14
        －　・task event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_days=3｜f
        　　iscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=working｜da
        　　ys_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is
        　　_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜next
        　　_actor=区｜nominal=2026-12-03｜open_words=開
        －　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前 = 12/
        　　3(木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-03｜wo
        　　rking=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-03
        ＋　・task event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=5日前｜announced_days=3｜fiscal_yea
        　　r=0｜basis=実施日の5日前 = 12/3(木)｜bucket=今週｜column=working｜days_left=2｜due=2026-12-03｜event_date=20
        　　26-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会
        　　｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜next_actor=区｜nominal=2026-12-03｜open_word
        　　s=開庁日 2日｜overdue_days=0｜owner=区｜o
        ＋　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 12/3(木)｜margin_basis=中5日で数え
        　　た目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-03｜working=2026-12-03｜margin=2026-1
        　　2-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-03
        －　・　・id=1｜branch=第1支部｜name=見本あおば町会
        －　・　・id=2｜branch=第2支部｜name=見本こもれび自治会
        －　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        －　・　・id=4｜branch=第4支部｜name=見本そよかぜ自治会
        －　・　・id=5｜branch=第5支部｜name=見本みどりば町会
        －　・　・id=6｜branch=第6支部｜name=見本はなみず自治会
        －　・　・id=7｜branch=第7支部｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        －　・　・id=8｜branch=第8支部｜name=見本ほしぞら自治会
        －　・　・id=9｜branch=第9支部｜name=見本わかば町会
        －　・　・id=10｜branch=第10支部｜name=見本さくらみち自治会
        －　・　・id=11｜branch=第11支部｜name=見本けやきみち町会
        －　・　・id=12｜branch=第12支部｜name=見本いずみ自治会
        ＋　・　・id=1｜name=見本あおば町会
        ＋　・　・id=2｜name=見本こもれび自治会
        ＋　・　・id=3｜name=見本ひだまり町会
        ＋　・　・id=4｜name=見本そよかぜ自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜spec_words=10人から20人程度｜venue_ca
        　　pacity=24｜lends_devices=✓｜next_kind=参加人数連絡書｜from_roster=✓｜roster_people=14｜typed_people=0
        ＋event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-17｜spec_words=10人から20人程度｜venue_ca
        　　pacity=24｜lends_devices=✓｜next_kind=参加人数連絡書｜from_roster=✓｜roster_people=13｜typed_people=0
        －　・totals people=14｜organisations=8｜own_devices=6｜lent_devices=8｜care_count=2｜care_request=拡大資料1部、
        　　前方の席1｜unknown_devices=0
        －　・copies people=14｜spare=2｜total=16｜words=14＋予備2＝16部
        －　・task event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_days=3｜f
        　　iscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=working｜da
        　　ys_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is
        　　_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜next
        　　_actor=区｜nominal=2026-12-03｜open_words=開
        －　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前 = 12/
        　　3(木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-03｜wo
        　　rking=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-03
        －　・　・state bucket=今週｜days_left=2｜overdue_days=0｜short_words=あと2日｜open_words=開庁日 2日｜words=あと
        　　2日・開庁日 2日
        ＋　・totals people=13｜organisations=8｜own_devices=6｜lent_devices=7｜care_count=1｜care_request=前方の席1｜un
        　　known_devices=0
        ＋　・copies people=13｜spare=2｜total=15｜words=13＋予備2＝15部
        ＋　・task event=Event 6｜label=参加人数を連絡する｜detail=13人｜basis_short=仕4(1)エ 5日前 12/12(土)→前の開庁
        　　日｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/12(土)。閉庁日のため直前の開庁日 12/11(金)｜bucket
        　　=来週から｜clause=仕4(1)エ｜column=working｜days_left=10｜due=2026-12-11｜event_date=2026-12-17｜event_id=6
        　　｜event_title=第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-11
        　　｜margin_basis=中5日で数えた目安日 12/11(金)｜next_actor=区｜nomina
        ＋　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前 = 12/
        　　12(土)。閉庁日のため直前の開庁日 12/11(金)｜margin_basis=中5日で数えた目安日 12/11(金)｜direction=before｜st
        　　art=2026-12-17｜nominal=2026-12-12｜working=2026-12-11｜margin=2026-12-11｜contract=✓｜effective_date=2026-1
        　　2-11｜last_day_in_time=2026-12-12
        ＋　・　・state bucket=来週から｜days_left=10｜overdue_days=0｜short_words=あと10日｜open_words=開庁日 8日｜word
        　　s=あと10日・開庁日 8日
        －　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        ＋　・　・id=3｜branch=第3支部｜name=新見本ひだまり町会
        """,
    )


def test_the_numbers_of_a_past_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_headcount, s, event_id=event_id(s, "講習会", 3), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜spec_words=10人から20人程度｜venue_capacity=24｜
        　　lends_devices=✓｜notified_notice=NoticeWithNotification 4｜next_words=第1報で連絡した人数から変わっていませ
        　　ん。｜are_copies_final=✓｜from_roster=✓｜roster_people=15｜typed_people=0
        　・rows ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、E
        　　xpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0
        　・totals people=15｜organisations=11｜own_devices=6｜lent_devices=8｜care_count=1｜care_request=拡大資料1部｜u
        　　nknown_devices=1
        　・notices 1
        　・　・notice=NoticeWithNotification 4｜title=第1報｜state=連絡済 10/8(木)
        　・differences 5
        　・　・label=参加予定人数｜previous_count=15｜current_count=15｜change_words=変更なし｜previous_words=15人｜cur
        　　rent_words=15人
        　・　・label=参加団体｜previous_count=11｜current_count=11｜change_words=変更なし｜previous_words=11団体｜curre
        　　nt_words=11団体
        　・　・label=貸与する端末｜previous_count=8｜current_count=8｜change_words=変更なし｜previous_words=8台｜curren
        　　t_words=8台
        　・　・label=持参する端末｜previous_count=6｜current_count=6｜change_words=変更なし｜previous_words=6台｜curren
        　　t_words=6台
        　・　・label=配慮を要する件数｜previous_count=1｜current_count=1｜change_words=変更なし｜previous_words=1件｜cu
        　　rrent_words=1件
        　・copies people=15｜spare=2｜total=17｜words=15＋予備2＝17部
        　・task event=Event 3｜label=参加人数を連絡する｜detail=15人｜basis_short=仕4(1)エ 5日前 10/10(土)→前の開庁日
        　　｜completed_on=2026-10-08｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 10/10(土)。閉庁日のため直前の
        　　開庁日 10/9(金)｜bucket=済｜clause=仕4(1)エ｜column=working｜days_left=0｜due=2026-10-09｜event_date=2026-10
        　　-15｜event_id=3｜event_title=第3回 Instagram講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-10-09｜marg
        　　in_basis=中5日で数えた目安日 10/9(金)｜next_actor=区｜nom
        　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前 = 10/10
        　　(土)。閉庁日のため直前の開庁日 10/9(金)｜margin_basis=中5日で数えた目安日 10/9(金)｜direction=before｜start=
        　　2026-10-15｜nominal=2026-10-10｜working=2026-10-09｜margin=2026-10-09｜contract=✓｜effective_date=2026-10-09
        　　｜last_day_in_time=2026-10-10
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 10/8(木)｜words=済 10/8(木)
        　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words=区→受
        　　託者｜unrecorded_words=連絡の記録なし
        　・organisations 40
        　・　・id=1｜branch=第1支部｜name=見本あおば町会
        　・　・id=2｜branch=第2支部｜name=見本こもれび自治会
        　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        　・　・id=4｜branch=第4支部｜name=見本そよかぜ自治会
        　・　・id=5｜branch=第5支部｜name=見本みどりば町会
        　・　・id=6｜branch=第6支部｜name=見本はなみず自治会
        　・　・id=7｜branch=第7支部｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        　・　・id=8｜branch=第8支部｜name=見本ほしぞら自治会
        　・　・id=9｜branch=第9支部｜name=見本わかば町会
        　・　・id=10｜branch=第10支部｜name=見本さくらみち自治会
        　・　・id=11｜branch=第11支部｜name=見本けやきみち町会
        　・　・id=12｜branch=第12支部｜name=見本いずみ自治会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event_id=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜spec_words=10人から20人程度｜venue_capacity=24
        　　｜lends_devices=✓｜notified_notice=NoticeWithNotification 4｜next_words=第1報で連絡した人数から変わっていま
        　　せん。｜are_copies_final=✓｜from_roster=✓｜roster_people=15｜typed_people=0
        ＋event_id=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜spec_words=10人から20人程度｜lends_devices=✓｜
        　　notified_notice=NoticeWithNotification 4｜is_changed_since_notice=✓｜next_kind=変更連絡｜are_copies_final=✓
        　　｜from_roster=✓｜roster_people=15｜typed_people=0
        －　・totals people=15｜organisations=11｜own_devices=6｜lent_devices=8｜care_count=1｜care_request=拡大資料1部
        　　｜unknown_devices=1
        ＋　・totals people=15｜organisations=11｜own_devices=0｜lent_devices=0｜care_count=0｜care_request=拡大資料1部
        　　｜unknown_devices=15
        －　・　・label=貸与する端末｜previous_count=8｜current_count=8｜change_words=変更なし｜previous_words=8台｜curr
        　　ent_words=8台
        －　・　・label=持参する端末｜previous_count=6｜current_count=6｜change_words=変更なし｜previous_words=6台｜curr
        　　ent_words=6台
        －　・　・label=配慮を要する件数｜previous_count=1｜current_count=1｜change_words=変更なし｜previous_words=1件｜
        　　current_words=1件
        ＋　・　・label=貸与する端末｜previous_count=8｜current_count=0｜change_words=-8｜previous_words=8台｜current_wo
        　　rds=未確認｜is_changed=✓
        ＋　・　・label=持参する端末｜previous_count=6｜current_count=0｜change_words=-6｜previous_words=6台｜current_wo
        　　rds=未確認｜is_changed=✓
        ＋　・　・label=配慮を要する件数｜previous_count=1｜current_count=0｜change_words=-1｜previous_words=1件｜curren
        　　t_words=0件｜is_changed=✓
        －　・task event=Event 3｜label=参加人数を連絡する｜detail=15人｜basis_short=仕4(1)エ 5日前 10/10(土)→前の開庁
        　　日｜completed_on=2026-10-08｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 10/10(土)。閉庁日のため直前
        　　の開庁日 10/9(金)｜bucket=済｜clause=仕4(1)エ｜column=working｜days_left=0｜due=2026-10-09｜event_date=2026-
        　　10-15｜event_id=3｜event_title=第3回 Instagram講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-10-09｜ma
        　　rgin_basis=中5日で数えた目安日 10/9(金)｜next_actor=区｜nom
        －　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前 = 10/
        　　10(土)。閉庁日のため直前の開庁日 10/9(金)｜margin_basis=中5日で数えた目安日 10/9(金)｜direction=before｜star
        　　t=2026-10-15｜nominal=2026-10-10｜working=2026-10-09｜margin=2026-10-09｜contract=✓｜effective_date=2026-10-
        　　09｜last_day_in_time=2026-10-10
        ＋　・task event=Event 3｜label=参加人数を連絡する｜detail=15人｜basis_short=5日前 10/10(土)→前の開庁日｜comple
        　　ted_on=2026-10-08｜fiscal_year=0｜basis=実施日の5日前 = 10/10(土)。閉庁日のため直前の開庁日 10/9(金)｜bucket
        　　=済｜column=working｜days_left=0｜due=2026-10-09｜event_date=2026-10-15｜event_id=3｜event_title=第3回 Insta
        　　gram講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-10-09｜margin_basis=中5日で数えた目安日 10/9(金)｜n
        　　ext_actor=区｜nominal=2026-10-10｜overdue_days=0
        ＋　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 10/10(土)。閉庁日のため直前の開庁
        　　日 10/9(金)｜margin_basis=中5日で数えた目安日 10/9(金)｜direction=before｜start=2026-10-15｜nominal=2026-10-
        　　10｜working=2026-10-09｜margin=2026-10-09｜contract=✓｜effective_date=2026-10-09｜last_day_in_time=2026-10-1
        　　0
        －　・　・id=1｜branch=第1支部｜name=見本あおば町会
        －　・　・id=2｜branch=第2支部｜name=見本こもれび自治会
        －　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        －　・　・id=4｜branch=第4支部｜name=見本そよかぜ自治会
        －　・　・id=5｜branch=第5支部｜name=見本みどりば町会
        －　・　・id=6｜branch=第6支部｜name=見本はなみず自治会
        －　・　・id=7｜branch=第7支部｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        －　・　・id=8｜branch=第8支部｜name=見本ほしぞら自治会
        －　・　・id=9｜branch=第9支部｜name=見本わかば町会
        －　・　・id=10｜branch=第10支部｜name=見本さくらみち自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        ＋　・　・id=3｜branch=第3支部｜name=新見本ひだまり町会
        """,
    )


def test_the_numbers_of_an_exchange_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_headcount, s, event_id=event_id(s, "意見交換会", 1), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=11｜title=第1回 意見交換会｜event_date=2026-11-12｜spec_words=10人から20人程度｜venue_capacity=30｜noti
        　　fied_notice=NoticeWithNotification 9｜next_words=第1報で連絡した人数から変わっていません。｜are_copies_final
        　　=✓｜from_roster=✓｜roster_people=19｜typed_people=0
        　・rows ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、E
        　　xpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、Expecte
        　　dCount 0、ExpectedCount 0、ExpectedCount 0
        　・totals people=19｜organisations=15｜own_devices=0｜lent_devices=0｜care_count=1｜care_request=拡大資料1部｜u
        　　nknown_devices=19
        　・notices 1
        　・　・notice=NoticeWithNotification 9｜title=第1報｜state=連絡済 11/5(木)
        　・differences 4
        　・　・label=参加予定人数｜previous_count=19｜current_count=19｜change_words=変更なし｜previous_words=19人｜cur
        　　rent_words=19人
        　・　・label=参加団体｜previous_count=15｜current_count=15｜change_words=変更なし｜previous_words=15団体｜curre
        　　nt_words=15団体
        　・　・label=持参する端末｜previous_count=0｜current_count=0｜change_words=変更なし｜previous_words=未確認｜cur
        　　rent_words=未確認
        　・　・label=配慮を要する件数｜previous_count=1｜current_count=1｜change_words=変更なし｜previous_words=1件｜cu
        　　rrent_words=1件
        　・copies people=19｜spare=2｜total=21｜words=19＋予備2＝21部
        　・task event=Event 11｜label=参加人数を連絡する｜detail=19人｜basis_short=仕4(3)エ 5日前 11/7(土)→前の開庁日
        　　｜completed_on=2026-11-05｜fiscal_year=0｜basis=仕様書4(3)エ。実施日の5日前 = 11/7(土)。閉庁日のため直前の開
        　　庁日 11/6(金)｜bucket=済｜clause=仕4(3)エ｜column=working｜days_left=0｜due=2026-11-06｜event_date=2026-11-1
        　　2｜event_id=11｜event_title=第1回 意見交換会｜is_contract_duty=✓｜kind=意見交換会｜margin=2026-11-06｜margin
        　　_basis=中5日で数えた目安日 11/6(金)｜next_actor=区｜nominal=
        　・　・deadline task=人数連絡｜owner=区｜clause=仕4(3)エ｜rule=5日前｜basis=仕様書4(3)エ。実施日の5日前 = 11/7(
        　　土)。閉庁日のため直前の開庁日 11/6(金)｜margin_basis=中5日で数えた目安日 11/6(金)｜direction=before｜start=2
        　　026-11-12｜nominal=2026-11-07｜working=2026-11-06｜margin=2026-11-06｜contract=✓｜effective_date=2026-11-06
        　　｜last_day_in_time=2026-11-07
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 11/5(木)｜words=済 11/5(木)
        　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words=区→受
        　　託者｜unrecorded_words=連絡の記録なし
        　・organisations 40
        　・　・id=1｜branch=第1支部｜name=見本あおば町会
        　・　・id=2｜branch=第2支部｜name=見本こもれび自治会
        　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        　・　・id=4｜branch=第4支部｜name=見本そよかぜ自治会
        　・　・id=5｜branch=第5支部｜name=見本みどりば町会
        　・　・id=6｜branch=第6支部｜name=見本はなみず自治会
        　・　・id=7｜branch=第7支部｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        　・　・id=8｜branch=第8支部｜name=見本ほしぞら自治会
        　・　・id=9｜branch=第9支部｜name=見本わかば町会
        　・　・id=10｜branch=第10支部｜name=見本さくらみち自治会
        　・　・id=11｜branch=第11支部｜name=見本けやきみち町会
        　・　・id=12｜branch=第12支部｜name=見本いずみ自治会
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event_id=11｜title=第1回 意見交換会｜event_date=2026-11-12｜spec_words=10人から20人程度｜venue_capacity=30
        　　｜notified_notice=NoticeWithNotification 9｜next_words=第1報で連絡した人数から変わっていません。｜are_co
        　　pies_final=✓｜from_roster=✓｜roster_people=19｜typed_people=0
        ＋event_id=11｜title=第1回 意見交換会｜event_date=2026-11-12｜spec_words=10人から20人程度｜notified_notice=N
        　　oticeWithNotification 9｜is_changed_since_notice=✓｜next_kind=変更連絡｜are_copies_final=✓｜from_roster=
        　　✓｜roster_people=19｜typed_people=0
        －　・totals people=19｜organisations=15｜own_devices=0｜lent_devices=0｜care_count=1｜care_request=拡大資料
        　　1部｜unknown_devices=19
        ＋　・totals people=19｜organisations=15｜own_devices=0｜lent_devices=0｜care_count=0｜care_request=拡大資料
        　　1部｜unknown_devices=19
        －　・　・label=配慮を要する件数｜previous_count=1｜current_count=1｜change_words=変更なし｜previous_words=1
        　　件｜current_words=1件
        ＋　・　・label=配慮を要する件数｜previous_count=1｜current_count=0｜change_words=-1｜previous_words=1件｜cu
        　　rrent_words=0件｜is_changed=✓
        －　・task event=Event 11｜label=参加人数を連絡する｜detail=19人｜basis_short=仕4(3)エ 5日前 11/7(土)→前の
        　　開庁日｜completed_on=2026-11-05｜fiscal_year=0｜basis=仕様書4(3)エ。実施日の5日前 = 11/7(土)。閉庁日のた
        　　め直前の開庁日 11/6(金)｜bucket=済｜clause=仕4(3)エ｜column=working｜days_left=0｜due=2026-11-06｜event_
        　　date=2026-11-12｜event_id=11｜event_title=第1回 意見交換会｜is_contract_duty=✓｜kind=意見交換会｜margin=
        　　2026-11-06｜margin_basis=中5日で数えた目安日 11/6(金)｜next_actor=区｜nominal=
        －　・　・deadline task=人数連絡｜owner=区｜clause=仕4(3)エ｜rule=5日前｜basis=仕様書4(3)エ。実施日の5日前 =
        　　 11/7(土)。閉庁日のため直前の開庁日 11/6(金)｜margin_basis=中5日で数えた目安日 11/6(金)｜direction=befor
        　　e｜start=2026-11-12｜nominal=2026-11-07｜working=2026-11-06｜margin=2026-11-06｜contract=✓｜effective_da
        　　te=2026-11-06｜last_day_in_time=2026-11-07
        ＋　・task event=Event 11｜label=参加人数を連絡する｜detail=19人｜basis_short=5日前 11/7(土)→前の開庁日｜co
        　　mpleted_on=2026-11-05｜fiscal_year=0｜basis=実施日の5日前 = 11/7(土)。閉庁日のため直前の開庁日 11/6(金)
        　　｜bucket=済｜column=working｜days_left=0｜due=2026-11-06｜event_date=2026-11-12｜event_id=11｜event_titl
        　　e=第1回 意見交換会｜is_contract_duty=✓｜kind=意見交換会｜margin=2026-11-06｜margin_basis=中5日で数えた目
        　　安日 11/6(金)｜next_actor=区｜nominal=2026-11-07｜overdue_days=0｜owne
        ＋　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 11/7(土)。閉庁日のため直前の開
        　　庁日 11/6(金)｜margin_basis=中5日で数えた目安日 11/6(金)｜direction=before｜start=2026-11-12｜nominal=20
        　　26-11-07｜working=2026-11-06｜margin=2026-11-06｜contract=✓｜effective_date=2026-11-06｜last_day_in_time
        　　=2026-11-07
        －　・　・id=1｜branch=第1支部｜name=見本あおば町会
        －　・　・id=2｜branch=第2支部｜name=見本こもれび自治会
        －　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        －　・　・id=4｜branch=第4支部｜name=見本そよかぜ自治会
        －　・　・id=5｜branch=第5支部｜name=見本みどりば町会
        －　・　・id=6｜branch=第6支部｜name=見本はなみず自治会
        －　・　・id=7｜branch=第7支部｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会
        －　・　・id=8｜branch=第8支部｜name=見本ほしぞら自治会
        －　・　・id=9｜branch=第9支部｜name=見本わかば町会
        －　・　・id=10｜branch=第10支部｜name=見本さくらみち自治会
        －　・　・id=11｜branch=第11支部｜name=見本けやきみち町会
        －　・　・id=12｜branch=第12支部｜name=見本いずみ自治会
        ＋　・　・id=1｜name=見本あおば町会
        ＋　・　・id=2｜name=見本こもれび自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・id=3｜branch=第3支部｜name=見本ひだまり町会
        ＋　・　・id=3｜branch=第3支部｜name=新見本ひだまり町会
        """,
    )
