"""What the page of 年間計画 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.schedules.services import read_comparison, read_ward_days
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_comparison_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_comparison,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        fiscal_year=2026｜programme_id=1｜plan=SchedulePlan 3｜other_plan=SchedulePlan 2｜counts_text=講習会 7・派遣
        　　 3・意見交換会 2（全2回）｜check_count=1｜correction_count=2｜ready_count=3
        　・plans SchedulePlan 1、SchedulePlan 2、SchedulePlan 3
        　・lines 12
        　・　・candidate=ScheduleCandidate 25｜title=第1回 事例紹介講習会｜day=2026-09-10｜current_day=2026-09-10｜
        　　other_day=2026-09-10｜final_status=実施済｜id=25
        　・　・　・judged_event event=Event 1
        　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の
        　　5日前 = 9/5(土)。閉庁日のため直前の開庁日 9/4(金)｜margin_basis=中5日で数えた目安日 9/4(金)｜direction=b
        　　efore｜start=2026-09-10｜nominal=2026-09-05｜working=2026-09-04｜margin=2026-09-04｜contract=✓｜effectiv
        　　e_date=2026-09-04｜last_day_in_time=2026-09-05
        　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日
        　　の2週間前 = 8/27(木)｜margin_basis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜no
        　　minal=2026-08-27｜working=2026-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day
        　　_in_time=2026-08-27
        　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。
        　　実施日の翌日 9/11(金) から1か月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)。
        　　土曜日が民法142条の休日に当たるかには争いがある｜margin_basis=目安日 10/9(金)（直前の開庁日）｜direction
        　　=after｜start=2026-09-10｜nominal=2026-10-10｜working=2026-10-13｜margin=2026-10-09｜contract=✓｜effecti
        　　ve_date=2026-10-10｜last_day_in_time=2026-10-13
        　・　・　・　・load monday=2026-09-07｜total=1｜words=区 1
        　・　・　・　・　・counts 1、0、0、0
        　・　・candidate=ScheduleCandidate 26｜title=第2回 LINE講習会｜day=2026-09-30｜current_day=2026-09-30｜othe
        　　r_day=2026-09-30｜final_status=実施済｜id=26
        　・　・　・judged_event event=Event 2
        　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の
        　　5日前 = 9/25(金)｜margin_basis=中5日で数えた目安日 9/24(木)｜direction=before｜start=2026-09-30｜nominal
        　　=2026-09-25｜working=2026-09-25｜margin=2026-09-24｜contract=✓｜effective_date=2026-09-25｜last_day_in_t
        　　ime=2026-09-25
        　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日
        　　の2週間前 = 9/16(水)｜margin_basis=中14日で数えた目安日 9/15(火)｜direction=before｜start=2026-09-30｜no
        　　minal=2026-09-16｜working=2026-09-16｜margin=2026-09-15｜contract=✓｜effective_date=2026-09-16｜last_day
        　　_in_time=2026-09-16
        　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。
        　　実施日の翌日 10/1(木) から1か月 = 10/31(土)（民法140条・143条）。閉庁日のため民法142条により 11/2(月)。
        　　土曜日が民法142条の休日に当たるかには争いがある｜margin_basis=目安日 10/30(金)（直前の開庁日）｜directio
        　　n=after｜start=2026-09-30｜nominal=2026-10-31｜working=2026-11-02｜margin=2026-10-30｜contract=✓｜effect
        　　ive_date=2026-10-31｜last_day_in_time=2026-11-02
        　・　・　・　・load monday=2026-09-28｜total=2｜words=区 2
        　・　・　・　・　・counts 1、1、0、0
        　・　・candidate=ScheduleCandidate 27｜title=第3回 Instagram講習会｜day=2026-10-15｜current_day=2026-10-15
        　　｜other_day=2026-10-15｜final_status=実施済｜id=27
        　・　・　・judged_event event=Event 3
        　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の
        　　5日前 = 10/10(土)。閉庁日のため直前の開庁日 10/9(金)｜margin_basis=中5日で数えた目安日 10/9(金)｜directi
        　　on=before｜start=2026-10-15｜nominal=2026-10-10｜working=2026-10-09｜margin=2026-10-09｜contract=✓｜effe
        　　ctive_date=2026-10-09｜last_day_in_time=2026-10-10
        　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日
        　　の2週間前 = 10/1(木)｜margin_basis=中14日で数えた目安日 9/30(水)｜direction=before｜start=2026-10-15｜no
        　　minal=2026-10-01｜working=2026-10-01｜margin=2026-09-30｜contract=✓｜effective_date=2026-10-01｜last_day
        　　_in_time=2026-10-01
        　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。
        　　実施日の翌日 10/16(金) から1か月 = 11/15(日)（民法140条・143条）。閉庁日のため民法142条により 11/16(月)
        　　｜margin_basis=目安日 11/13(金)（直前の開庁日）｜direction=after｜start=2026-10-15｜nominal=2026-11-15｜
        　　working=2026-11-16｜margin=2026-11-13｜contract=✓｜effective_date=2026-11-15｜last_day_in_time=2026-11-1
        　　6
        　・　・　・　・load monday=2026-10-12｜has_closed_weekday=✓｜total=3｜words=区 3
        　・　・　・　・　・counts 1、1、1、0
        　・　・candidate=ScheduleCandidate 28｜title=第1回 派遣 見本あおば町会｜day=2026-10-21｜current_day=2026-10
        　　-21｜other_day=2026-10-21｜final_status=実施済｜id=28
        　・　・　・judged_event event=Event 8
        　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(2)エ｜rule=5日前｜basis=仕様書4(2)エ。実施日の
        　　5日前 = 10/16(金)｜margin_basis=中5日で数えた目安日 10/15(木)｜direction=before｜start=2026-10-21｜nomin
        　　al=2026-10-16｜working=2026-10-16｜margin=2026-10-15｜contract=✓｜effective_date=2026-10-16｜last_day_in
        　　_time=2026-10-16
        　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(2)キ｜rule=2週間前｜basis=仕様書4(2)キ。実施日
        　　の2週間前 = 10/7(水)｜margin_basis=中14日で数えた目安日 10/6(火)｜direction=before｜start=2026-10-21｜no
        　　minal=2026-10-07｜working=2026-10-07｜margin=2026-10-06｜contract=✓｜effective_date=2026-10-07｜last_day
        　　_in_time=2026-10-07
        　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。
        　　実施日の翌日 10/22(木) から3週間 = 11/11(水)（民法140条）｜margin_basis=目安日 11/11(水)（期限と同じ日）
        　　｜direction=after｜start=2026-10-21｜nominal=2026-11-11｜working=2026-11-11｜margin=2026-11-11｜contract
        　　=✓｜effective_date=2026-11-11｜last_day_in_time=2026-11-11
        　・　・　・　・load monday=2026-10-19｜total=2｜words=区 2
        　・　・　・　・　・counts 1、0、1、0
        　・　・candidate=ScheduleCandidate 29｜title=第4回 キャッシュレス決済講習会｜day=2026-10-29｜current_day=20
        　　26-10-29｜other_day=2026-10-29｜final_status=実施済｜id=29
        　・　・　・judged_event event=Event 4
        　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の
        　　5日前 = 10/24(土)。閉庁日のため直前の開庁日 10/23(金)｜margin_basis=中5日で数えた目安日 10/23(金)｜direc
        　　tion=before｜start=2026-10-29｜nominal=2026-10-24｜working=2026-10-23｜margin=2026-10-23｜contract=✓｜ef
        　　fective_date=2026-10-23｜last_day_in_time=2026-10-24
        　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日
        　　の2週間前 = 10/15(木)｜margin_basis=中14日で数えた目安日 10/14(水)｜direction=before｜start=2026-10-29｜
        　　nominal=2026-10-15｜working=2026-10-15｜margin=2026-10-14｜contract=✓｜effective_date=2026-10-15｜last_d
        　　ay_in_time=2026-10-15
        　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。
        　　実施日の翌日 10/30(金) から1か月 = 11/29(日)（民法140条・143条）。閉庁日のため民法142条により 11/30(月)
        　　｜margin_basis=目安日 11/27(金)（直前の開庁日）｜direction=after｜start=2026-10-29｜nominal=2026-11-29｜
        　　working=2026-11-30｜margin=2026-11-27｜contract=✓｜effective_date=2026-11-29｜last_day_in_time=2026-11-3
        　　0
        　・　・　・　・load monday=2026-10-26｜total=3｜words=区 2・報告書 1
        　・　・　・　・　・counts 1、1、0、1
        　・　・candidate=ScheduleCandidate 30｜title=第1回 意見交換会｜day=2026-11-12｜current_day=2026-11-12｜othe
        　　r_day=2026-11-12｜final_status=実施済｜id=30
        　・　・　・judged_event event=Event 11
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －fiscal_year=2026｜programme_id=1｜plan=SchedulePlan 3｜other_plan=SchedulePlan 2｜counts_text=講習会 7・派
        　　遣 3・意見交換会 2（全2回）｜check_count=1｜correction_count=2｜ready_count=3
        ＋fiscal_year=2026｜programme_id=1｜plan=SchedulePlan 3｜other_plan=SchedulePlan 2｜counts_text=講習会 7・派
        　　遣 3・意見交換会 2（全2回）｜check_count=1｜correction_count=2｜ready_count=4
        －　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日
        　　の5日前 = 9/5(土)。閉庁日のため直前の開庁日 9/4(金)｜margin_basis=中5日で数えた目安日 9/4(金)｜direction
        　　=before｜start=2026-09-10｜nominal=2026-09-05｜working=2026-09-04｜margin=2026-09-04｜contract=✓｜effect
        　　ive_date=2026-09-04｜last_day_in_time=2026-09-05
        －　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 8/27(木)｜margin_basis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜
        　　nominal=2026-08-27｜working=2026-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_d
        　　ay_in_time=2026-08-27
        －　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ
        　　。実施日の翌日 9/11(金) から1か月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)
        　　。土曜日が民法142条の休日に当たるかには争いがある｜margin_basis=目安日 10/9(金)（直前の開庁日）｜directi
        　　on=after｜start=2026-09-10｜nominal=2026-10-10｜working=2026-10-13｜margin=2026-10-09｜contract=✓｜effec
        　　tive_date=2026-10-10｜last_day_in_time=2026-10-13
        ＋　・　・　・　・headcount task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 9/5(土)。閉庁日のため
        　　直前の開庁日 9/4(金)｜margin_basis=中5日で数えた目安日 9/4(金)｜direction=before｜start=2026-09-10｜nomi
        　　nal=2026-09-05｜working=2026-09-04｜margin=2026-09-04｜contract=✓｜effective_date=2026-09-04｜last_day_i
        　　n_time=2026-09-05
        ＋　・　・　・　・material task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 8/27(木)｜margin_b
        　　asis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜nominal=2026-08-27｜working=2026
        　　-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day_in_time=2026-08-27
        ＋　・　・　・　・report task=実施報告書｜owner=受託者｜rule=1か月以内｜basis=実施日の翌日 9/11(金) から1か
        　　月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)。土曜日が民法142条の休日に当た
        　　るかには争いがある｜margin_basis=目安日 10/9(金)（直前の開庁日）｜direction=after｜start=2026-09-10｜nom
        　　inal=2026-10-10｜working=2026-10-13｜margin=2026-10-09｜contract=✓｜effective_date=2026-10-10｜last_day_
        　　in_time=2026-10-13
        －　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日
        　　の5日前 = 9/25(金)｜margin_basis=中5日で数えた目安日 9/24(木)｜direction=before｜start=2026-09-30｜nomin
        　　al=2026-09-25｜working=2026-09-25｜margin=2026-09-24｜contract=✓｜effective_date=2026-09-25｜last_day_in
        　　_time=2026-09-25
        －　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 9/16(水)｜margin_basis=中14日で数えた目安日 9/15(火)｜direction=before｜start=2026-09-30｜
        　　nominal=2026-09-16｜working=2026-09-16｜margin=2026-09-15｜contract=✓｜effective_date=2026-09-16｜last_d
        　　ay_in_time=2026-09-16
        －　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ
        　　。実施日の翌日 10/1(木) から1か月 = 10/31(土)（民法140条・143条）。閉庁日のため民法142条により 11/2(月)
        　　。土曜日が民法142条の休日に当たるかには争いがある｜margin_basis=目安日 10/30(金)（直前の開庁日）｜direct
        　　ion=after｜start=2026-09-30｜nominal=2026-10-31｜working=2026-11-02｜margin=2026-10-30｜contract=✓｜effe
        　　ctive_date=2026-10-31｜last_day_in_time=2026-11-02
        ＋　・　・　・　・headcount task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 9/25(金)｜margin_basi
        　　s=中5日で数えた目安日 9/24(木)｜direction=before｜start=2026-09-30｜nominal=2026-09-25｜working=2026-09-
        　　25｜margin=2026-09-24｜contract=✓｜effective_date=2026-09-25｜last_day_in_time=2026-09-25
        ＋　・　・　・　・material task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 9/16(水)｜margin_b
        　　asis=中14日で数えた目安日 9/15(火)｜direction=before｜start=2026-09-30｜nominal=2026-09-16｜working=2026
        　　-09-16｜margin=2026-09-15｜contract=✓｜effective_date=2026-09-16｜last_day_in_time=2026-09-16
        ＋　・　・　・　・report task=実施報告書｜owner=受託者｜rule=1か月以内｜basis=実施日の翌日 10/1(木) から1か
        　　月 = 10/31(土)（民法140条・143条）。閉庁日のため民法142条により 11/2(月)。土曜日が民法142条の休日に当た
        　　るかには争いがある｜margin_basis=目安日 10/30(金)（直前の開庁日）｜direction=after｜start=2026-09-30｜no
        　　minal=2026-10-31｜working=2026-11-02｜margin=2026-10-30｜contract=✓｜effective_date=2026-10-31｜last_day
        　　_in_time=2026-11-02
        －　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日
        　　の5日前 = 10/10(土)。閉庁日のため直前の開庁日 10/9(金)｜margin_basis=中5日で数えた目安日 10/9(金)｜direc
        　　tion=before｜start=2026-10-15｜nominal=2026-10-10｜working=2026-10-09｜margin=2026-10-09｜contract=✓｜ef
        　　fective_date=2026-10-09｜last_day_in_time=2026-10-10
        －　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 10/1(木)｜margin_basis=中14日で数えた目安日 9/30(水)｜direction=before｜start=2026-10-15｜
        　　nominal=2026-10-01｜working=2026-10-01｜margin=2026-09-30｜contract=✓｜effective_date=2026-10-01｜last_d
        　　ay_in_time=2026-10-01
        －　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ
        　　。実施日の翌日 10/16(金) から1か月 = 11/15(日)（民法140条・143条）。閉庁日のため民法142条により 11/16(月
        　　)｜margin_basis=目安日 11/13(金)（直前の開庁日）｜direction=after｜start=2026-10-15｜nominal=2026-11-15
        　　｜working=2026-11-16｜margin=2026-11-13｜contract=✓｜effective_date=2026-11-15｜last_day_in_time=2026-11
        　　-16
        ＋　・　・　・　・headcount task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 10/10(土)。閉庁日のた
        　　め直前の開庁日 10/9(金)｜margin_basis=中5日で数えた目安日 10/9(金)｜direction=before｜start=2026-10-15｜
        　　nominal=2026-10-10｜working=2026-10-09｜margin=2026-10-09｜contract=✓｜effective_date=2026-10-09｜last_d
        　　ay_in_time=2026-10-10
        ＋　・　・　・　・material task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 10/1(木)｜margin_b
        　　asis=中14日で数えた目安日 9/30(水)｜direction=before｜start=2026-10-15｜nominal=2026-10-01｜working=2026
        　　-10-01｜margin=2026-09-30｜contract=✓｜effective_date=2026-10-01｜last_day_in_time=2026-10-01
        ＋　・　・　・　・report task=実施報告書｜owner=受託者｜rule=1か月以内｜basis=実施日の翌日 10/16(金) から1か
        　　月 = 11/15(日)（民法140条・143条）。閉庁日のため民法142条により 11/16(月)｜margin_basis=目安日 11/13(金)
        　　（直前の開庁日）｜direction=after｜start=2026-10-15｜nominal=2026-11-15｜working=2026-11-16｜margin=2026
        　　-11-13｜contract=✓｜effective_date=2026-11-15｜last_day_in_time=2026-11-16
        －　・　・　・　・headcount task=人数連絡｜owner=区｜clause=仕4(2)エ｜rule=5日前｜basis=仕様書4(2)エ。実施日
        　　の5日前 = 10/16(金)｜margin_basis=中5日で数えた目安日 10/15(木)｜direction=before｜start=2026-10-21｜nom
        　　inal=2026-10-16｜working=2026-10-16｜margin=2026-10-15｜contract=✓｜effective_date=2026-10-16｜last_day_
        　　in_time=2026-10-16
        －　・　・　・　・material task=資料確認｜owner=区｜clause=仕4(2)キ｜rule=2週間前｜basis=仕様書4(2)キ。実施
        　　日の2週間前 = 10/7(水)｜margin_basis=中14日で数えた目安日 10/6(火)｜direction=before｜start=2026-10-21｜
        　　nominal=2026-10-07｜working=2026-10-07｜margin=2026-10-06｜contract=✓｜effective_date=2026-10-07｜last_d
        　　ay_in_time=2026-10-07
        －　・　・　・　・report task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ
        　　。実施日の翌日 10/22(木) から3週間 = 11/11(水)（民法140条）｜margin_basis=目安日 11/11(水)（期限と同じ日
        　　）｜direction=after｜start=2026-10-21｜nominal=2026-11-11｜working=2026-11-11｜margin=2026-11-11｜contra
        　　ct=✓｜effective_date=2026-11-11｜last_day_in_time=2026-11-11
        ＋　・　・　・　・headcount task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 10/16(金)｜margin_bas
        　　is=中5日で数えた目安日 10/15(木)｜direction=before｜start=2026-10-21｜nominal=2026-10-16｜working=2026-1
        　　0-16｜margin=2026-10-15｜contract=✓｜effective_date=2026-10-16｜last_day_in_time=2026-10-16
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －fiscal_year=2026｜programme_id=1｜plan=SchedulePlan 3｜other_plan=SchedulePlan 2｜counts_text=講習会 7・派
        　　遣 3・意見交換会 2（全2回）｜check_count=1｜correction_count=2｜ready_count=3
        ＋fiscal_year=2026｜programme_id=1｜plan=SchedulePlan 3｜other_plan=SchedulePlan 2｜counts_text=講習会 7・派
        　　遣 2・意見交換会 2（全2回）｜check_count=1｜correction_count=1｜ready_count=3
        """,
    )


def test_the_days_of_the_ward_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_ward_days,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜year_text=令和8年度｜has_accounts_day=✓｜open_count=4
        　・rows WardDay 1、WardDay 2、WardDay 3、WardDay 4、WardDay 5、WardDay 6、WardDay 7、WardDay 0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －programme_id=1｜year_text=令和8年度｜has_accounts_day=✓｜open_count=4
        －　・rows WardDay 1、WardDay 2、WardDay 3、WardDay 4、WardDay 5、WardDay 6、WardDay 7、WardDay 0
        ＋programme_id=1｜year_text=令和8年度｜open_count=3
        ＋　・rows WardDay 1、WardDay 2、WardDay 3、WardDay 4、WardDay 5、WardDay 6、WardDay 7
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
