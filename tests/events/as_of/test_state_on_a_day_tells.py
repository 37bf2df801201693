"""What the page of その日の状態 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.as_of.services import state_of_event
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_state_today_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(state_of_event, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        　・view event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=14:00
        　　–16:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=あと7日・
        　　開庁日 5日｜state_words=準備 4 / 10｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　仕様書4(1)キ。実
        　　施日の2週間前 = 11/24(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_minutes=120｜agend
        　　a_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed=✓｜
        　・　・tasks 9
        　・　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜completed
        　　_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開
        　　庁日前 = 11/16(月)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-16｜event_date=2026-
        　　12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜margin=2026-11-
        　　16｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火)
        　・　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目安日（
        　　仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目安日（仕様
        　　書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜direction=before｜start=2026-1
        　　2-08｜nominal=2026-11-16｜working=2026-11-16｜margin=2026-11-16｜effective_date=2026-11-16｜last_day_in_time
        　　=2026-11-16
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 11/19(木)｜words=済 11/19(木)
        　・　・　・　・words name=資料案の受領｜label=資料（案）の提出｜action=資料の提出を求める｜next_actor=受託者
        　・　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜announced_day
        　　s=0｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause=仕4(1)キ｜colum
        　　n=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習
        　　会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14日で数えた目安
        　　日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜nominal=20
        　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2週
        　　間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before｜start
        　　=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_date=2026-11-2
        　　4｜last_day_in_time=2026-11-24
        　・　・　・　・state bucket=期限超過｜days_left=-7｜overdue_days=7｜short_words=7日超過｜open_words=開庁日 5日
        　　｜words=7日超過
        　・　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecorded_
        　　words=確認の記録なし
        　・　・　・event=Event 6｜label=会場の使用を決める｜detail=見本つつじ台区民館 研修室 12/8(火)｜basis_short=目安
        　　日 会場の取消期限｜fiscal_year=0｜basis=目安日。見本つつじ台区民館 研修室（12/8(火)）を取り消せる最後の日。
        　　使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜column=margin｜days_left=-4｜due=2026
        　　-11-27｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜kind=講習
        　　会｜margin=2026-11-27｜next_actor=区｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜owner_words=区｜r
        　・　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本つつじ台区民館 研
        　　修室（12/8(火)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜direction=before｜
        　　start=2026-11-27｜nominal=2026-11-27｜working=2026-11-27｜margin=2026-11-27｜effective_date=2026-11-27｜last
        　　_day_in_time=2026-11-27
        　・　・　・　・state bucket=目安日過ぎ｜days_left=-4｜overdue_days=0｜short_words=目安日を4日過ぎ｜open_words=
        　　開庁日 2日｜words=目安日を4日過ぎ
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・　・event=Event 6｜label=持出しの返却を記録する｜detail=紙 1部｜basis_short=目安日 返却予定｜fiscal_year
        　　=0｜basis=区の自主管理。持ち出し 12/1(火)　返却予定 12/1(火) 16:40｜bucket=今日｜column=margin｜days_left=0
        　　｜due=2026-12-01｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜
        　　kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=
        　　区｜rule=返却予定｜short_words=本日まで｜state_words=本日まで｜tas
        　・　・　・　・deadline task=持出しの返却｜owner=区｜rule=返却予定｜basis=区の自主管理。持ち出し 12/1(火)　返却
        　　予定 12/1(火) 16:40｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜margin=2026
        　　-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜wor
        　　ds=本日まで
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・　・event=Event 6｜label=資料の確認結果を通知する｜detail=講習資料「Instagramの投稿と注意点」 第1版｜bas
        　　is_short=目安日 未通知｜fiscal_year=0｜basis=目安日。直していただく資料があります。結果を通知すると、受託者
        　　待ちに移ります｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=2026-12-08｜event_id=6｜
        　　event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-12-01｜next
        　　_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜rule=未通知｜
        　・　・　・　・deadline task=資料確認結果の連絡｜owner=区｜rule=未通知｜basis=目安日。直していただく資料があり
        　　ます。結果を通知すると、受託者待ちに移ります｜direction=before｜start=2026-12-08｜nominal=2026-12-01｜workin
        　　g=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜wor
        　　ds=本日まで
        　・　・　・　・words name=資料確認結果の連絡｜label=資料の確認結果を通知する｜action=資料の確認結果を伝える｜ne
        　　xt_actor=区
        　・　・　・event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_days=3｜
        　　fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=working｜d
        　　ays_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜i
        　　s_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜nex
        　　t_actor=区｜nominal=2026-12-03｜open_words=開庁
        　・　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前
        　　 = 12/3(木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-
        　　03｜working=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-0
        　　3
        　・　・　・　・state bucket=今週｜days_left=2｜overdue_days=0｜short_words=あと2日｜open_words=開庁日 2日｜word
        　　s=あと2日・開庁日 2日
        　・　・　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words
        　　=区→受託者｜unrecorded_words=連絡の記録なし
        　・　・　・event=Event 6｜label=設問を協議して決める｜detail=10問｜basis_short=目安日 2開庁日前｜announced_days
        　　=3｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜bucket=今週｜clause=仕4
        　　(1)ケ｜column=margin｜days_left=3｜due=2026-12-04｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Inst
        　　agram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-12-04｜margin_basis=目安日（仕様
        　　書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜next_actor=区｜open_wor
        　・　・　・　・deadline task=設問の決定｜owner=区・受託者｜clause=仕4(1)ケ｜rule=2開庁日前｜basis=目安日（仕様
        　　書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前
        　　 = 12/4(金)｜direction=before｜start=2026-12-08｜nominal=2026-12-04｜working=2026-12-04｜margin=2026-12-04｜
        　　effective_date=2026-12-04｜last_day_in_time=2026-12-04
        　・　・　・　・state bucket=今週｜days_left=3｜overdue_days=0｜short_words=あと3日｜open_words=開庁日 3日｜word
        　　s=あと3日・開庁日 3日
        　・　・　・　・words name=設問の決定｜label=設問を協議して決める｜action=設問を協議する｜next_actor=区
        　・　・　・event=Event 6｜label=当日資料一式を用意する｜basis_short=目安日 前の開庁日｜announced_days=7｜fiscal
        　　_year=0｜basis=目安日。実施日の前の開庁日 = 12/7(月)｜bucket=来週から｜column=margin｜days_left=6｜due=2026-
        　　12-07｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_targ
        　　et=✓｜kind=講習会｜margin=2026-12-07｜margin_basis=目安日。実施日の前の開庁日 = 12/7(月)｜next_actor=区｜ope
        　　n_words=開庁日 4日｜overdue_days=0｜owner=区｜owner_words=区｜r
        　・　・　・　・deadline task=当日資料一式｜owner=区｜rule=前の開庁日｜basis=目安日。実施日の前の開庁日 = 12/7(
        　　月)｜margin_basis=目安日。実施日の前の開庁日 = 12/7(月)｜direction=before｜start=2026-12-08｜nominal=2026-12
        　　-07｜working=2026-12-07｜margin=2026-12-07｜effective_date=2026-12-07｜last_day_in_time=2026-12-07
        　・　・　・　・state bucket=来週から｜days_left=6｜overdue_days=0｜short_words=あと6日｜open_words=開庁日 4日｜
        　　words=あと6日・開庁日 4日
        　・　・　・　・words name=当日資料一式｜label=当日資料一式を用意する｜action=当日資料を作成する｜next_actor=区
        　・　・　・event=Event 6｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内｜fiscal_year=0｜basis=仕様書4(
        　　1)コ。実施日の翌日 12/9(水) から1か月 = R9 1/8(金)（民法140条・143条）｜bucket=来週から｜clause=仕4(1)コ｜co
        　　lumn=nominal｜days_left=38｜due=2027-01-08｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講
        　　習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2027-01-08｜margin_basis=目安日 R9 1/8(金)
        　　（期限と同じ日）｜next_actor=受託者｜nominal=2027-01-08｜open
        　・　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。実
        　　施日の翌日 12/9(水) から1か月 = R9 1/8(金)（民法140条・143条）｜margin_basis=目安日 R9 1/8(金)（期限と同じ日
        　　）｜direction=after｜start=2026-12-08｜nominal=2027-01-08｜working=2027-01-08｜margin=2027-01-08｜contract=✓
        　　｜effective_date=2027-01-08｜last_day_in_time=2027-01-08
        　・　・　・　・state bucket=来週から｜days_left=38｜overdue_days=0｜short_words=あと38日｜open_words=開庁日 24
        　　日｜words=あと38日・開庁日 24日
        　・　・　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・　・duties 1
        　・　・　・label=印刷・配布・回収・集計｜clause=仕4(1)キ・ケ｜words=当日／報告書とともに
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・view event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=
        　　14:00–16:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=
        　　あと7日・開庁日 5日｜state_words=準備 4 / 10｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　仕様
        　　書4(1)キ。実施日の2週間前 = 11/24(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_mi
        　　nutes=120｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed
        　　=✓｜
        ＋　・view event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=
        　　14:00–16:00｜venue_words=見本つつじ台区民館（区立施設・使用料は区の負担）｜days_words=あと7日・開庁日 5
        　　日｜state_words=準備 3 / 9｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　実施日の2週間前 = 11/2
        　　4(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_minutes=120｜agenda_words=合計 120
        　　分（2時間程度）｜length_settled=✓｜equipment_checked=0｜steps_done=8｜people_line=参加予定 14人・8団体（
        　　仕
        －　・　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜com
        　　pleted_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(
        　　火) の5開庁日前 = 11/16(月)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-16｜eve
        　　nt_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会
        　　｜margin=2026-11-16｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火)
        －　・　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目
        　　安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目
        　　安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜direction=before
        　　｜start=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜margin=2026-11-16｜effective_date=2026-11-16
        　　｜last_day_in_time=2026-11-16
        ＋　・　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜com
        　　pleted_on=2026-11-19｜fiscal_year=0｜basis=目安日。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/1
        　　6(月)｜bucket=済｜column=margin｜days_left=0｜due=2026-11-16｜event_date=2026-12-08｜event_id=6｜event_t
        　　itle=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜margin=2026-11-16｜margin_basis=目安
        　　日。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜next_actor=受託者｜overdu
        ＋　・　・　・　・deadline task=資料案の受領｜owner=受託者｜rule=確認の5開庁日前｜basis=目安日。資料確認の期
        　　限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目安日。資料確認の期限（開庁日） 11/24(火)
        　　 の5開庁日前 = 11/16(月)｜direction=before｜start=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜ma
        　　rgin=2026-11-16｜effective_date=2026-11-16｜last_day_in_time=2026-11-16
        －　・　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜announc
        　　ed_days=0｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause=仕4(1
        　　)キ｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回
        　　 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=
        　　中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜nominal=20
        －　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=be
        　　fore｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective
        　　_date=2026-11-24｜last_day_in_time=2026-11-24
        ＋　・　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=2週間前｜announced_days=0
        　　｜fiscal_year=0｜basis=実施日の2週間前 = 11/24(火)｜bucket=期限超過｜column=working｜days_left=-7｜due=2
        　　026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_contract_du
        　　ty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前
        　　の開庁日）｜next_actor=区｜nominal=2026-11-24｜open_words=開庁日 5日｜ove
        ＋　・　・　・　・deadline task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 11/24(火)｜margin_
        　　basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before｜start=2026-12-08｜nominal=
        　　2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_date=2026-11-24｜last_day_in_ti
        　　me=2026-11-24
        －　・　・　・event=Event 6｜label=会場の使用を決める｜detail=見本つつじ台区民館 研修室 12/8(火)｜basis_shor
        　　t=目安日 会場の取消期限｜fiscal_year=0｜basis=目安日。見本つつじ台区民館 研修室（12/8(火)）を取り消せる
        　　最後の日。使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜column=margin｜days_lef
        　　t=-4｜due=2026-11-27｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_
        　　open=✓｜kind=講習会｜margin=2026-11-27｜next_actor=区｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜
        　　owner_words=区｜r
        －　・　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本つつじ台区
        　　民館 研修室（12/8(火)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜directi
        　　on=before｜start=2026-11-27｜nominal=2026-11-27｜working=2026-11-27｜margin=2026-11-27｜effective_date=2
        　　026-11-27｜last_day_in_time=2026-11-27
        －　・　・　・　・state bucket=目安日過ぎ｜days_left=-4｜overdue_days=0｜short_words=目安日を4日過ぎ｜open_w
        　　ords=開庁日 2日｜words=目安日を4日過ぎ
        －　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・　・event=Event 6｜label=通知後の変更連絡｜detail=決定通知　会場 見本つつじ台区民館 研修室 → 見本
        　　つつじ台区民館｜basis_short=目安日 未通知｜fiscal_year=0｜basis=目安日。伝えたあとに変わりました。もう一
        　　度伝えるか、理由を書いて見送ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event
        　　_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜ki
        　　nd=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_word
        　　s=区｜rule
        ＋　・　・　・　・deadline task=変わったことの連絡｜owner=区｜rule=未通知｜basis=目安日。伝えたあとに変わり
        　　ました。もう一度伝えるか、理由を書いて見送ると消えます｜direction=before｜start=2026-12-08｜nominal=2026
        　　-12-01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        ＋　・　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0
        　　日｜words=本日まで
        ＋　・　・　・　・words name=変わったことの連絡｜label=通知後の変更連絡｜action=変わったことを伝える｜next_a
        　　ctor=区
        －　・　・　・event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_da
        　　ys=3｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=
        　　working｜days_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習
        　　会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目
        　　安日 12/2(水)｜next_actor=区｜nominal=2026-12-03｜open_words=開庁
        －　・　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日
        　　の5日前 = 12/3(木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nomin
        　　al=2026-12-03｜working=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in
        　　_time=2026-12-03
        ＋　・　・　・event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=5日前｜announced_days=3｜fis
        　　cal_year=0｜basis=実施日の5日前 = 12/3(木)｜bucket=今週｜column=working｜days_left=2｜due=2026-12-03｜ev
        　　ent_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open
        　　=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜next_actor=区｜nominal=20
        　　26-12-03｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜ow
        ＋　・　・　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 12/3(木)｜margin_basis
        　　=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-03｜working=2026-12-0
        　　3｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-03
        －　・　・　・event=Event 6｜label=設問を協議して決める｜detail=10問｜basis_short=目安日 2開庁日前｜announce
        　　d_days=3｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜bucket=今週｜
        　　clause=仕4(1)ケ｜column=margin｜days_left=3｜due=2026-12-04｜event_date=2026-12-08｜event_id=6｜event_ti
        　　tle=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-12-04｜margin_b
        　　asis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜next_actor=区｜open_wor
        －　・　・　・　・deadline task=設問の決定｜owner=区・受託者｜clause=仕4(1)ケ｜rule=2開庁日前｜basis=目安日
        　　（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日
        　　の2開庁日前 = 12/4(金)｜direction=before｜start=2026-12-08｜nominal=2026-12-04｜working=2026-12-04｜marg
        　　in=2026-12-04｜effective_date=2026-12-04｜last_day_in_time=2026-12-04
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・view event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=
        　　14:00–16:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=
        　　あと7日・開庁日 5日｜state_words=準備 4 / 10｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　仕様
        　　書4(1)キ。実施日の2週間前 = 11/24(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_mi
        　　nutes=120｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed
        　　=✓｜
        －　・　・tasks 9
        －　・　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜com
        　　pleted_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(
        　　火) の5開庁日前 = 11/16(月)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-16｜eve
        　　nt_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会
        　　｜margin=2026-11-16｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火)
        －　・　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目
        　　安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目
        　　安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜direction=before
        　　｜start=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜margin=2026-11-16｜effective_date=2026-11-16
        　　｜last_day_in_time=2026-11-16
        ＋　・view event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月17日（木）｜time_words
        　　=14:00–16:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words
        　　=あと16日・開庁日 12日｜state_words=準備 3 / 10｜numbers=EventKind 1｜lectures=講習会｜note=12/3(木)　仕
        　　様書4(1)キ。実施日の2週間前 = 12/3(木)。中14日で数えた目安日 12/2(水)。｜agenda_minutes=120｜agenda_word
        　　s=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed=✓｜steps_done=
        ＋　・　・tasks 14
        ＋　・　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜com
        　　pleted_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(
        　　木) の5開庁日前 = 11/26(木)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-26｜eve
        　　nt_date=2026-12-17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会
        　　｜margin=2026-11-26｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木) の
        ＋　・　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目
        　　安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木) の5開庁日前 = 11/26(木)｜margin_basis=目安
        　　日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木) の5開庁日前 = 11/26(木)｜direction=before｜s
        　　tart=2026-12-17｜nominal=2026-11-26｜working=2026-11-26｜margin=2026-11-26｜effective_date=2026-11-26｜l
        　　ast_day_in_time=2026-11-26
        －　・　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜announc
        　　ed_days=0｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause=仕4(1
        　　)キ｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回
        　　 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=
        　　中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜nominal=20
        －　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=be
        　　fore｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective
        　　_date=2026-11-24｜last_day_in_time=2026-11-24
        －　・　・　・　・state bucket=期限超過｜days_left=-7｜overdue_days=7｜short_words=7日超過｜open_words=開庁
        　　日 5日｜words=7日超過
        －　・　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrec
        　　orded_words=確認の記録なし
        －　・　・　・event=Event 6｜label=会場の使用を決める｜detail=見本つつじ台区民館 研修室 12/8(火)｜basis_shor
        　　t=目安日 会場の取消期限｜fiscal_year=0｜basis=目安日。見本つつじ台区民館 研修室（12/8(火)）を取り消せる
        　　最後の日。使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜column=margin｜days_lef
        　　t=-4｜due=2026-11-27｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_
        　　open=✓｜kind=講習会｜margin=2026-11-27｜next_actor=区｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜
        　　owner_words=区｜r
        －　・　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本つつじ台区
        　　民館 研修室（12/8(火)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜directi
        　　on=before｜start=2026-11-27｜nominal=2026-11-27｜working=2026-11-27｜margin=2026-11-27｜effective_date=2
        　　026-11-27｜last_day_in_time=2026-11-27
        －　・　・　・　・state bucket=目安日過ぎ｜days_left=-4｜overdue_days=0｜short_words=目安日を4日過ぎ｜open_w
        　　ords=開庁日 2日｜words=目安日を4日過ぎ
        ＋　・　・　・event=Event 6｜label=オンライン回答の締切を直す｜detail=締切 12/15(火)（実施は 12/17(木)）｜ba
        　　sis_short=目安日 オンライン締切｜fiscal_year=0｜basis=目安日。仕4(1)ケは紙とオンラインの両方で集める。実
        　　施日より前に締め切るとオンラインで答えられない｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01
        　　｜event_date=2026-12-17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜kind=講習会
        　　｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜rul
        　　e=オンライ
        """,
    )


def test_the_state_of_a_past_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(state_of_event, s, event_id=event_id(s, "講習会", 1), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        　・view event=Event 1｜title=第1回 事例紹介講習会｜date_words=令和8年9月10日（木）｜time_words=14:00–16:00｜ve
        　　nue_words=見本こもれび区民館 研修室1（定員24人・区立施設・使用料は区の負担）｜state_words=実施済｜numbers=Ev
        　　entKind 1｜lectures=講習会｜agenda_minutes=120｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equi
        　　pment_checked=6｜equipment_agreed=✓｜steps_done=8｜people_line=参加予定 17人・12団体（仕様 10人から20人程度
        　　）｜prepared_count=9｜preparation_total=10｜result=EventResult 1｜m
        　・　・tasks 7
        　・　・　・event=Event 1｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜completed
        　　_on=2026-08-18｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁
        　　日前 = 8/20(木)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-08-20｜event_date=2026-09-
        　　10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_own_target=✓｜kind=講習会｜margin=2026-08-20｜margin_ba
        　　sis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/2
        　・　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目安日（
        　　仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/20(木)｜margin_basis=目安日（仕様書4
        　　(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/20(木)｜direction=before｜start=2026-09-10
        　　｜nominal=2026-08-20｜working=2026-08-20｜margin=2026-08-20｜effective_date=2026-08-20｜last_day_in_time=202
        　　6-08-20
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 8/18(火)｜words=済 8/18(火)
        　・　・　・　・words name=資料案の受領｜label=資料（案）の提出｜action=資料の提出を求める｜next_actor=受託者
        　・　・　・event=Event 1｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=仕4(1)キ 2週間前｜completed_on=
        　　2026-08-25｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 8/27(木)｜bucket=済｜clause=仕4(1)キ｜colum
        　　n=working｜days_left=0｜due=2026-08-27｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会
        　　｜is_contract_duty=✓｜kind=講習会｜margin=2026-08-26｜margin_basis=中14日で数えた目安日 8/26(水)｜next_actor
        　　=区｜nominal=2026-08-27｜overdue_days=0｜owner=
        　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2週
        　　間前 = 8/27(木)｜margin_basis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜nominal=202
        　　6-08-27｜working=2026-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day_in_time=2026
        　　-08-27
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 8/25(火)｜words=済 8/25(火)
        　・　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecorded_
        　　words=確認の記録なし
        　・　・　・event=Event 1｜label=参加人数を連絡する｜detail=17人｜basis_short=仕4(1)エ 5日前 9/5(土)→前の開庁日
        　　｜completed_on=2026-09-03｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 9/5(土)。閉庁日のため直前の開
        　　庁日 9/4(金)｜bucket=済｜clause=仕4(1)エ｜column=working｜days_left=0｜due=2026-09-04｜event_date=2026-09-10
        　　｜event_id=1｜event_title=第1回 事例紹介講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-09-04｜margin_b
        　　asis=中5日で数えた目安日 9/4(金)｜next_actor=区｜nominal=2026-09
        　・　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前
        　　 = 9/5(土)。閉庁日のため直前の開庁日 9/4(金)｜margin_basis=中5日で数えた目安日 9/4(金)｜direction=before｜st
        　　art=2026-09-10｜nominal=2026-09-05｜working=2026-09-04｜margin=2026-09-04｜contract=✓｜effective_date=2026-0
        　　9-04｜last_day_in_time=2026-09-05
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 9/3(木)｜words=済 9/3(木)
        　・　・　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words
        　　=区→受託者｜unrecorded_words=連絡の記録なし
        　・　・　・event=Event 1｜label=設問を協議して決める｜detail=10問｜basis_short=目安日 2開庁日前｜completed_on=2
        　　026-08-25｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 9/8(火)｜bucket=済｜clause
        　　=仕4(1)ケ｜column=margin｜days_left=0｜due=2026-09-08｜event_date=2026-09-10｜event_id=1｜event_title=第1回
        　　 事例紹介講習会｜is_own_target=✓｜kind=講習会｜margin=2026-09-08｜margin_basis=目安日（仕様書4(1)ケに関連）
        　　。実施日の2開庁日前 = 9/8(火)｜next_actor=区｜overdue_days=0｜owner=区・受
        　・　・　・　・deadline task=設問の決定｜owner=区・受託者｜clause=仕4(1)ケ｜rule=2開庁日前｜basis=目安日（仕様
        　　書4(1)ケに関連）。実施日の2開庁日前 = 9/8(火)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前
        　　 = 9/8(火)｜direction=before｜start=2026-09-10｜nominal=2026-09-08｜working=2026-09-08｜margin=2026-09-08｜e
        　　ffective_date=2026-09-08｜last_day_in_time=2026-09-08
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 8/25(火)｜words=済 8/25(火)
        　・　・　・　・words name=設問の決定｜label=設問を協議して決める｜action=設問を協議する｜next_actor=区
        　・　・　・event=Event 1｜label=アンケートの検算をする｜detail=15件｜basis_short=目安日 実施日から4開庁日｜comp
        　　leted_on=2026-09-18｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日から4開庁日 = 9/16(水)｜bucket
        　　=済｜clause=仕4(1)ケ｜column=margin｜days_left=0｜due=2026-09-16｜event_date=2026-09-10｜event_id=1｜event_t
        　　itle=第1回 事例紹介講習会｜is_own_check=✓｜is_own_target=✓｜kind=講習会｜margin=2026-09-16｜margin_basis=目
        　　安日（仕様書4(1)ケに関連）。実施日から4開庁日 = 9/16(水)｜next_actor=区｜ov
        　・　・　・　・deadline task=アンケートの検算｜owner=区｜clause=仕4(1)ケ｜rule=実施日から4開庁日｜basis=目安日
        　　（仕様書4(1)ケに関連）。実施日から4開庁日 = 9/16(水)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日から4
        　　開庁日 = 9/16(水)｜direction=after｜start=2026-09-10｜nominal=2026-09-16｜working=2026-09-16｜margin=2026-09
        　　-16｜effective_date=2026-09-16｜last_day_in_time=2026-09-16
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 9/18(金)｜words=済 9/18(金)
        　・　・　・　・words name=アンケートの検算｜label=アンケートの検算をする｜action=検算をする｜next_actor=区｜is_
        　　own_check=✓｜after_event_only=✓
        　・　・　・event=Event 1｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内 休日の場合 10/13(火)｜complete
        　　d_on=2026-10-05｜fiscal_year=0｜basis=仕様書4(1)コ。実施日の翌日 9/11(金) から1か月 = 10/10(土)（民法140条・
        　　143条）。閉庁日のため民法142条により 10/13(火)。土曜日が民法142条の休日に当たるかには争いがある｜bucket=済｜
        　　clause=仕4(1)コ｜column=nominal｜days_left=0｜due=2026-10-10｜event_date=2026-09-10｜event_id=1｜event_title
        　　=第1回 事例紹介講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-10-09｜margin_b
        　・　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。実
        　　施日の翌日 9/11(金) から1か月 = 10/10(土)（民法140条・143条）。閉庁日のため民法142条により 10/13(火)。土曜日
        　　が民法142条の休日に当たるかには争いがある｜margin_basis=目安日 10/9(金)（直前の開庁日）｜direction=after｜st
        　　art=2026-09-10｜nominal=2026-10-10｜working=2026-10-13｜margin=2026-10-09｜contract=✓｜effective_date=2026-1
        　　0-10｜last_day_in_time=2026-10-13
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 10/5(月)｜words=済 10/5(月)
        　・　・　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・　・　・event=Event 1｜label=届いた報告書の内容確認｜basis_short=目安日 受領から5開庁日｜completed_on=2026-1
        　　0-09｜fiscal_year=0｜basis=目安日（仕様書4(1)コに関連）。受領 10/5(月) から5開庁日 = 10/13(火)｜bucket=済｜c
        　　lause=仕4(1)コ｜column=margin｜days_left=0｜due=2026-10-13｜event_date=2026-09-10｜event_id=1｜event_title=
        　　第1回 事例紹介講習会｜is_own_target=✓｜kind=講習会｜margin=2026-10-13｜margin_basis=目安日（仕様書4(1)コに関
        　　連）。受領 10/5(月) から5開庁日 = 10/13(火)｜next_actor=区｜overdue_day
        　・　・　・　・deadline task=報告書の内容確認｜owner=区｜clause=仕4(1)コ｜rule=受領から5開庁日｜basis=目安日（
        　　仕様書4(1)コに関連）。受領 10/5(月) から5開庁日 = 10/13(火)｜margin_basis=目安日（仕様書4(1)コに関連）。受領
        　　 10/5(月) から5開庁日 = 10/13(火)｜direction=after｜start=2026-10-05｜nominal=2026-10-13｜working=2026-10-13
        　　｜margin=2026-10-13｜effective_date=2026-10-13｜last_day_in_time=2026-10-13
        　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 10/9(金)｜words=済 10/9(金)
        　・　・　・　・words name=報告書の内容確認｜label=届いた報告書の内容確認｜action=報告書を確認する｜next_actor=
        　　区
        　・　・lapsed_tasks 1
        　・　・　・event=Event 1｜label=当日資料一式を用意する｜basis_short=目安日 前の開庁日｜fiscal_year=0｜basis=目
        　　安日。実施日の前の開庁日 = 9/9(水)｜bucket=目安日過ぎ｜column=margin｜days_left=-83｜due=2026-09-09｜event_d
        　　ate=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_open=✓｜is_own_target=✓｜kind=講習会｜margi
        　　n=2026-09-09｜margin_basis=目安日。実施日の前の開庁日 = 9/9(水)｜next_actor=区｜open_words=開庁日 53日｜over
        　　due_days=0｜owner=区｜owner_words=区｜rule=前の開庁日｜short_words=目安日
        　・　・　・　・deadline task=当日資料一式｜owner=区｜rule=前の開庁日｜basis=目安日。実施日の前の開庁日 = 9/9(水
        　　)｜margin_basis=目安日。実施日の前の開庁日 = 9/9(水)｜direction=before｜start=2026-09-10｜nominal=2026-09-09
        　　｜working=2026-09-09｜margin=2026-09-09｜effective_date=2026-09-09｜last_day_in_time=2026-09-09
        　・　・　・　・state bucket=目安日過ぎ｜days_left=-83｜overdue_days=0｜short_words=目安日を83日過ぎ｜open_words
        　　=開庁日 53日｜words=目安日を83日過ぎ
        　・　・　・　・words name=当日資料一式｜label=当日資料一式を用意する｜action=当日資料を作成する｜next_actor=区
        　・　・duties 1
        　・　・　・label=印刷・配布・回収・集計｜clause=仕4(1)キ・ケ｜words=当日／報告書とともに
        　・　・agenda 7
        　・　・　・id=1｜item=AgendaItem 1｜start=14:00｜end=14:05｜minutes=5｜title=開会・本日の目標｜form=説明｜owner
        　　=区｜uses=マイク
        　・　・　・id=2｜item=AgendaItem 2｜start=14:05｜end=14:25｜minutes=20｜title=活用事例の紹介｜form=講義｜owner=
        　　受託者｜uses=プロジェクター
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・view event=Event 1｜title=第1回 事例紹介講習会｜date_words=令和8年9月10日（木）｜time_words=14:00–16:
        　　00｜venue_words=見本こもれび区民館 研修室1（定員24人・区立施設・使用料は区の負担）｜state_words=実施済｜
        　　numbers=EventKind 1｜lectures=講習会｜agenda_minutes=120｜agenda_words=合計 120分（2時間程度）｜length_s
        　　ettled=✓｜equipment_checked=6｜equipment_agreed=✓｜steps_done=8｜people_line=参加予定 17人・12団体（仕様
        　　 10人から20人程度）｜prepared_count=9｜preparation_total=10｜result=EventResult 1｜m
        ＋　・view event=Event 1｜title=第1回 事例紹介講習会｜date_words=令和8年9月10日（木）｜time_words=14:00–16:
        　　00｜venue_words=見本こもれび区民館（区立施設・使用料は区の負担）｜state_words=実施済｜numbers=EventKind
        　　 1｜lectures=講習会｜note=9/11(金)　目安日。実施日のつぎの開庁日までに、出席者数などを記録します。｜agen
        　　da_minutes=120｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=0｜steps_done=
        　　8｜people_line=参加予定 17人・12団体（仕様 10人から20人程度）｜prepared_count=5｜preparation_total=9｜re
        　　sult=E
        －　・　・　・event=Event 1｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜com
        　　pleted_on=2026-08-18｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(
        　　木) の5開庁日前 = 8/20(木)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-08-20｜even
        　　t_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_own_target=✓｜kind=講習会｜margin=20
        　　26-08-20｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/2
        －　・　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目
        　　安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/20(木)｜margin_basis=目安
        　　日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/20(木)｜direction=before｜st
        　　art=2026-09-10｜nominal=2026-08-20｜working=2026-08-20｜margin=2026-08-20｜effective_date=2026-08-20｜la
        　　st_day_in_time=2026-08-20
        ＋　・　・　・event=Event 1｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜com
        　　pleted_on=2026-08-18｜fiscal_year=0｜basis=目安日。資料確認の期限（開庁日） 8/27(木) の5開庁日前 = 8/20(
        　　木)｜bucket=済｜column=margin｜days_left=0｜due=2026-08-20｜event_date=2026-09-10｜event_id=1｜event_tit
        　　le=第1回 事例紹介講習会｜is_own_target=✓｜kind=講習会｜margin=2026-08-20｜margin_basis=目安日。資料確認
        　　の期限（開庁日） 8/27(木) の5開庁日前 = 8/20(木)｜next_actor=受託者｜overdue_days=0｜owner
        ＋　・　・　・　・deadline task=資料案の受領｜owner=受託者｜rule=確認の5開庁日前｜basis=目安日。資料確認の期
        　　限（開庁日） 8/27(木) の5開庁日前 = 8/20(木)｜margin_basis=目安日。資料確認の期限（開庁日） 8/27(木) の5
        　　開庁日前 = 8/20(木)｜direction=before｜start=2026-09-10｜nominal=2026-08-20｜working=2026-08-20｜margin=
        　　2026-08-20｜effective_date=2026-08-20｜last_day_in_time=2026-08-20
        －　・　・　・event=Event 1｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=仕4(1)キ 2週間前｜complet
        　　ed_on=2026-08-25｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 8/27(木)｜bucket=済｜clause=仕4(1
        　　)キ｜column=working｜days_left=0｜due=2026-08-27｜event_date=2026-09-10｜event_id=1｜event_title=第1回
        　　 事例紹介講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-08-26｜margin_basis=中14日で数えた目安日 8
        　　/26(水)｜next_actor=区｜nominal=2026-08-27｜overdue_days=0｜owner=
        －　・　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施
        　　日の2週間前 = 8/27(木)｜margin_basis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜
        　　nominal=2026-08-27｜working=2026-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_d
        　　ay_in_time=2026-08-27
        ＋　・　・　・event=Event 1｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=2週間前｜completed_on=202
        　　6-08-25｜fiscal_year=0｜basis=実施日の2週間前 = 8/27(木)｜bucket=済｜column=working｜days_left=0｜due=20
        　　26-08-27｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_contract_duty=✓｜kind=
        　　講習会｜margin=2026-08-26｜margin_basis=中14日で数えた目安日 8/26(水)｜next_actor=区｜nominal=2026-08-27
        　　｜overdue_days=0｜owner=区｜owner_words=区｜rule=2週間前｜shor
        ＋　・　・　・　・deadline task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 8/27(木)｜margin_b
        　　asis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜nominal=2026-08-27｜working=2026
        　　-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day_in_time=2026-08-27
        －　・　・　・event=Event 1｜label=参加人数を連絡する｜detail=17人｜basis_short=仕4(1)エ 5日前 9/5(土)→前の
        　　開庁日｜completed_on=2026-09-03｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 9/5(土)。閉庁日のた
        　　め直前の開庁日 9/4(金)｜bucket=済｜clause=仕4(1)エ｜column=working｜days_left=0｜due=2026-09-04｜event_d
        　　ate=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_contract_duty=✓｜kind=講習会｜margin=20
        　　26-09-04｜margin_basis=中5日で数えた目安日 9/4(金)｜next_actor=区｜nominal=2026-09
        －　・　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日
        　　の5日前 = 9/5(土)。閉庁日のため直前の開庁日 9/4(金)｜margin_basis=中5日で数えた目安日 9/4(金)｜direction
        　　=before｜start=2026-09-10｜nominal=2026-09-05｜working=2026-09-04｜margin=2026-09-04｜contract=✓｜effect
        　　ive_date=2026-09-04｜last_day_in_time=2026-09-05
        ＋　・　・　・event=Event 1｜label=参加人数を連絡する｜detail=17人｜basis_short=5日前 9/5(土)→前の開庁日｜c
        　　ompleted_on=2026-09-03｜fiscal_year=0｜basis=実施日の5日前 = 9/5(土)。閉庁日のため直前の開庁日 9/4(金)｜
        　　bucket=済｜column=working｜days_left=0｜due=2026-09-04｜event_date=2026-09-10｜event_id=1｜event_title=
        　　第1回 事例紹介講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-09-04｜margin_basis=中5日で数えた目安
        　　日 9/4(金)｜next_actor=区｜nominal=2026-09-05｜overdue_days=0｜owner=区｜own
        ＋　・　・　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 9/5(土)。閉庁日のため
        　　直前の開庁日 9/4(金)｜margin_basis=中5日で数えた目安日 9/4(金)｜direction=before｜start=2026-09-10｜nomi
        　　nal=2026-09-05｜working=2026-09-04｜margin=2026-09-04｜contract=✓｜effective_date=2026-09-04｜last_day_i
        　　n_time=2026-09-05
        －　・　・　・event=Event 1｜label=設問を協議して決める｜detail=10問｜basis_short=目安日 2開庁日前｜complete
        　　d_on=2026-08-25｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 9/8(火)｜bucket=
        　　済｜clause=仕4(1)ケ｜column=margin｜days_left=0｜due=2026-09-08｜event_date=2026-09-10｜event_id=1｜even
        　　t_title=第1回 事例紹介講習会｜is_own_target=✓｜kind=講習会｜margin=2026-09-08｜margin_basis=目安日（仕様
        　　書4(1)ケに関連）。実施日の2開庁日前 = 9/8(火)｜next_actor=区｜overdue_days=0｜owner=区・受
        －　・　・　・　・deadline task=設問の決定｜owner=区・受託者｜clause=仕4(1)ケ｜rule=2開庁日前｜basis=目安日
        　　（仕様書4(1)ケに関連）。実施日の2開庁日前 = 9/8(火)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日の
        　　2開庁日前 = 9/8(火)｜direction=before｜start=2026-09-10｜nominal=2026-09-08｜working=2026-09-08｜margin=
        　　2026-09-08｜effective_date=2026-09-08｜last_day_in_time=2026-09-08
        －　・　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 8/25(火)｜words=済 8/25(火)
        －　・　・　・　・words name=設問の決定｜label=設問を協議して決める｜action=設問を協議する｜next_actor=区
        －　・　・　・event=Event 1｜label=アンケートの検算をする｜detail=15件｜basis_short=目安日 実施日から4開庁日
        　　｜completed_on=2026-09-18｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日から4開庁日 = 9/16(
        　　水)｜bucket=済｜clause=仕4(1)ケ｜column=margin｜days_left=0｜due=2026-09-16｜event_date=2026-09-10｜even
        　　t_id=1｜event_title=第1回 事例紹介講習会｜is_own_check=✓｜is_own_target=✓｜kind=講習会｜margin=2026-09-1
        　　6｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日から4開庁日 = 9/16(水)｜next_actor=区｜ov
        －　・　・　・　・deadline task=アンケートの検算｜owner=区｜clause=仕4(1)ケ｜rule=実施日から4開庁日｜basis=
        　　目安日（仕様書4(1)ケに関連）。実施日から4開庁日 = 9/16(水)｜margin_basis=目安日（仕様書4(1)ケに関連）。
        　　実施日から4開庁日 = 9/16(水)｜direction=after｜start=2026-09-10｜nominal=2026-09-16｜working=2026-09-16
        　　｜margin=2026-09-16｜effective_date=2026-09-16｜last_day_in_time=2026-09-16
        ＋　・　・　・event=Event 1｜label=実施結果を記録する｜basis_short=目安日 つぎの開庁日｜fiscal_year=0｜basis
        　　=目安日。実施日のつぎの開庁日までに、出席者数などを記録します｜bucket=目安日過ぎ｜column=margin｜days_le
        　　ft=-81｜due=2026-09-11｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_open=✓｜
        　　is_own_target=✓｜kind=講習会｜margin=2026-09-11｜next_actor=区｜open_words=開庁日 51日｜overdue_days=0｜
        　　owner=区｜owner_words=区｜rule=つぎの開庁日｜short_words=目安日を81日過ぎ｜state_words=目安日を81日過ぎ
        ＋　・　・　・　・deadline task=実施結果の記録｜owner=区｜rule=つぎの開庁日｜basis=目安日。実施日のつぎの開
        　　庁日までに、出席者数などを記録します｜direction=after｜start=2026-09-10｜nominal=2026-09-11｜working=202
        　　6-09-11｜margin=2026-09-11｜effective_date=2026-09-11｜last_day_in_time=2026-09-11
        ＋　・　・　・　・state bucket=目安日過ぎ｜days_left=-81｜overdue_days=0｜short_words=目安日を81日過ぎ｜open
        　　_words=開庁日 51日｜words=目安日を81日過ぎ
        ＋　・　・　・　・words name=実施結果の記録｜label=実施結果を記録する｜action=結果を記録する｜next_actor=区
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
