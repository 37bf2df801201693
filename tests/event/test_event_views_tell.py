"""What the page of 回と期限 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.event.services.event_lists import list_events
from app.event.services.event_moves import preview_move, read_move_context
from app.event.services.event_view import read_event
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_a_lecture_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=14:00–16:0
        　　0｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=あと7日・開
        　　庁日 5日｜state_words=準備 4 / 10｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　仕様書4(1)キ。
        　　実施日の2週間前 = 11/24(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_minutes=120
        　　｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed=✓｜steps
        　　_d
        　・tasks 9
        　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜completed
        　　_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の
        　　5開庁日前 = 11/16(月)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-16｜event_dat
        　　e=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜marg
        　　in=2026-11-16｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の
        　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目安日（
        　　仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目安日（
        　　仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜direction=before｜star
        　　t=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜margin=2026-11-16｜effective_date=2026-11-16｜last
        　　_day_in_time=2026-11-16
        　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 11/19(木)｜words=済 11/19(木)
        　・　・　・words name=資料案の受領｜label=資料（案）の提出｜action=資料の提出を求める｜next_actor=受託者
        　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜announced_day
        　　s=0｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause=仕4(1)キ｜c
        　　olumn=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instag
        　　ram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14日で
        　　数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜nominal=2026
        　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2週
        　　間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before｜s
        　　tart=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_date=2
        　　026-11-24｜last_day_in_time=2026-11-24
        　・　・　・state bucket=期限超過｜days_left=-7｜overdue_days=7｜short_words=7日超過｜open_words=開庁日 5日
        　　｜words=7日超過
        　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecorded_
        　　words=確認の記録なし
        　・　・event=Event 6｜label=会場の使用を決める｜detail=見本つつじ台区民館 研修室 12/8(火)｜basis_short=目安
        　　日 会場の取消期限｜fiscal_year=0｜basis=目安日。見本つつじ台区民館 研修室（12/8(火)）を取り消せる最後の
        　　日。使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜column=margin｜days_left=-4｜
        　　due=2026-11-27｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓
        　　｜kind=講習会｜margin=2026-11-27｜next_actor=区｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜owner_
        　　words=区｜rul
        　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本つつじ台区民館 研
        　　修室（12/8(火)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜direction=befo
        　　re｜start=2026-11-27｜nominal=2026-11-27｜working=2026-11-27｜margin=2026-11-27｜effective_date=2026-11-
        　　27｜last_day_in_time=2026-11-27
        　・　・　・state bucket=目安日過ぎ｜days_left=-4｜overdue_days=0｜short_words=目安日を4日過ぎ｜open_words=
        　　開庁日 2日｜words=目安日を4日過ぎ
        　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・event=Event 6｜label=持出しの返却を記録する｜detail=紙 1部｜basis_short=目安日 返却予定｜fiscal_year
        　　=0｜basis=区の自主管理。持ち出し 12/1(火)　返却予定 12/1(火) 16:40｜bucket=今日｜column=margin｜days_lef
        　　t=0｜due=2026-12-01｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_o
        　　pen=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜o
        　　wner_words=区｜rule=返却予定｜short_words=本日まで｜state_words=本日まで｜task=
        　・　・　・deadline task=持出しの返却｜owner=区｜rule=返却予定｜basis=区の自主管理。持ち出し 12/1(火)　返却
        　　予定 12/1(火) 16:40｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜margin=
        　　2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜wor
        　　ds=本日まで
        　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・event=Event 6｜label=資料の確認結果を通知する｜detail=講習資料「Instagramの投稿と注意点」 第1版｜bas
        　　is_short=目安日 未通知｜fiscal_year=0｜basis=目安日。直していただく資料があります。結果を通知すると、受
        　　託者待ちに移ります｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_date=2026-12-08｜even
        　　t_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026
        　　-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜rule=未通知｜sh
        　・　・　・deadline task=資料確認結果の連絡｜owner=区｜rule=未通知｜basis=目安日。直していただく資料があり
        　　ます。結果を通知すると、受託者待ちに移ります｜direction=before｜start=2026-12-08｜nominal=2026-12-01｜wo
        　　rking=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜wor
        　　ds=本日まで
        　・　・　・words name=資料確認結果の連絡｜label=資料の確認結果を通知する｜action=資料の確認結果を伝える｜ne
        　　xt_actor=区
        　・　・event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_days=3｜
        　　fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=workin
        　　g｜days_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2
        　　回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日
        　　 12/2(水)｜next_actor=区｜nominal=2026-12-03｜open_words=開庁日
        　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日前
        　　 = 12/3(木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026
        　　-12-03｜working=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2
        　　026-12-03
        　・　・　・state bucket=今週｜days_left=2｜overdue_days=0｜short_words=あと2日｜open_words=開庁日 2日｜word
        　　s=あと2日・開庁日 2日
        　・　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words
        　　=区→受託者｜unrecorded_words=連絡の記録なし
        　・　・event=Event 6｜label=設問を協議して決める｜detail=10問｜basis_short=目安日 2開庁日前｜announced_days
        　　=3｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜bucket=今週｜clause
        　　=仕4(1)ケ｜column=margin｜days_left=3｜due=2026-12-04｜event_date=2026-12-08｜event_id=6｜event_title=第
        　　6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-12-04｜margin_basis=
        　　目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜next_actor=区｜open_words
        　・　・　・deadline task=設問の決定｜owner=区・受託者｜clause=仕4(1)ケ｜rule=2開庁日前｜basis=目安日（仕様
        　　書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁
        　　日前 = 12/4(金)｜direction=before｜start=2026-12-08｜nominal=2026-12-04｜working=2026-12-04｜margin=2026
        　　-12-04｜effective_date=2026-12-04｜last_day_in_time=2026-12-04
        　・　・　・state bucket=今週｜days_left=3｜overdue_days=0｜short_words=あと3日｜open_words=開庁日 3日｜word
        　　s=あと3日・開庁日 3日
        　・　・　・words name=設問の決定｜label=設問を協議して決める｜action=設問を協議する｜next_actor=区
        　・　・event=Event 6｜label=当日資料一式を用意する｜basis_short=目安日 前の開庁日｜announced_days=7｜fiscal
        　　_year=0｜basis=目安日。実施日の前の開庁日 = 12/7(月)｜bucket=来週から｜column=margin｜days_left=6｜due=2
        　　026-12-07｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_
        　　own_target=✓｜kind=講習会｜margin=2026-12-07｜margin_basis=目安日。実施日の前の開庁日 = 12/7(月)｜next_a
        　　ctor=区｜open_words=開庁日 4日｜overdue_days=0｜owner=区｜owner_words=区｜rul
        　・　・　・deadline task=当日資料一式｜owner=区｜rule=前の開庁日｜basis=目安日。実施日の前の開庁日 = 12/7(
        　　月)｜margin_basis=目安日。実施日の前の開庁日 = 12/7(月)｜direction=before｜start=2026-12-08｜nominal=202
        　　6-12-07｜working=2026-12-07｜margin=2026-12-07｜effective_date=2026-12-07｜last_day_in_time=2026-12-07
        　・　・　・state bucket=来週から｜days_left=6｜overdue_days=0｜short_words=あと6日｜open_words=開庁日 4日｜
        　　words=あと6日・開庁日 4日
        　・　・　・words name=当日資料一式｜label=当日資料一式を用意する｜action=当日資料を作成する｜next_actor=区
        　・　・event=Event 6｜label=実施報告書の提出｜basis_short=仕4(1)コ 1か月以内｜fiscal_year=0｜basis=仕様書4(
        　　1)コ。実施日の翌日 12/9(水) から1か月 = R9 1/8(金)（民法140条・143条）｜bucket=来週から｜clause=仕4(1)コ
        　　｜column=nominal｜days_left=38｜due=2027-01-08｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Ins
        　　tagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2027-01-08｜margin_basis=目安
        　　日 R9 1/8(金)（期限と同じ日）｜next_actor=受託者｜nominal=2027-01-08｜open_w
        　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(1)コ｜rule=1か月以内｜basis=仕様書4(1)コ。実
        　　施日の翌日 12/9(水) から1か月 = R9 1/8(金)（民法140条・143条）｜margin_basis=目安日 R9 1/8(金)（期限と同
        　　じ日）｜direction=after｜start=2026-12-08｜nominal=2027-01-08｜working=2027-01-08｜margin=2027-01-08｜co
        　　ntract=✓｜effective_date=2027-01-08｜last_day_in_time=2027-01-08
        　・　・　・state bucket=来週から｜days_left=38｜overdue_days=0｜short_words=あと38日｜open_words=開庁日 24
        　　日｜words=あと38日・開庁日 24日
        　・　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・duties 1
        　・　・label=印刷・配布・回収・集計｜clause=仕4(1)キ・ケ｜words=当日／報告書とともに
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=14:00–16
        　　:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=あと7日・
        　　開庁日 5日｜state_words=準備 4 / 10｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　仕様書4(1)キ
        　　。実施日の2週間前 = 11/24(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_minutes=12
        　　0｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed=✓｜step
        　　s_d
        ＋event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=14:00–16
        　　:00｜venue_words=見本つつじ台区民館（区立施設・使用料は区の負担）｜days_words=あと7日・開庁日 5日｜state
        　　_words=準備 3 / 9｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　実施日の2週間前 = 11/24(火)。中
        　　14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_minutes=120｜agenda_words=合計 120分（2時間
        　　程度）｜length_settled=✓｜equipment_checked=0｜steps_done=8｜people_line=参加予定 14人・8団体（仕様 10人
        　　から
        －　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜complet
        　　ed_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火)
        　　 の5開庁日前 = 11/16(月)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-16｜event_
        　　date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜m
        　　argin=2026-11-16｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の
        －　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目安日
        　　（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目安日
        　　（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜direction=before｜st
        　　art=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜margin=2026-11-16｜effective_date=2026-11-16｜la
        　　st_day_in_time=2026-11-16
        ＋　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜complet
        　　ed_on=2026-11-19｜fiscal_year=0｜basis=目安日。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月
        　　)｜bucket=済｜column=margin｜days_left=0｜due=2026-11-16｜event_date=2026-12-08｜event_id=6｜event_title
        　　=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜margin=2026-11-16｜margin_basis=目安日。
        　　資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜next_actor=受託者｜overdue_
        ＋　・　・　・deadline task=資料案の受領｜owner=受託者｜rule=確認の5開庁日前｜basis=目安日。資料確認の期限（
        　　開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目安日。資料確認の期限（開庁日） 11/24(火) の5
        　　開庁日前 = 11/16(月)｜direction=before｜start=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜margin
        　　=2026-11-16｜effective_date=2026-11-16｜last_day_in_time=2026-11-16
        －　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜announced_d
        　　ays=0｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause=仕4(1)キ
        　　｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Ins
        　　tagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14
        　　日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜nominal=2026
        －　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2
        　　週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before
        　　｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_dat
        　　e=2026-11-24｜last_day_in_time=2026-11-24
        ＋　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=2週間前｜announced_days=0｜fi
        　　scal_year=0｜basis=実施日の2週間前 = 11/24(火)｜bucket=期限超過｜column=working｜days_left=-7｜due=2026-
        　　11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_contract_duty=✓
        　　｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開
        　　庁日）｜next_actor=区｜nominal=2026-11-24｜open_words=開庁日 5日｜overd
        ＋　・　・　・deadline task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 11/24(火)｜margin_basi
        　　s=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before｜start=2026-12-08｜nominal=2026
        　　-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_date=2026-11-24｜last_day_in_time=2
        　　026-11-24
        －　・　・event=Event 6｜label=会場の使用を決める｜detail=見本つつじ台区民館 研修室 12/8(火)｜basis_short=目
        　　安日 会場の取消期限｜fiscal_year=0｜basis=目安日。見本つつじ台区民館 研修室（12/8(火)）を取り消せる最後
        　　の日。使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜column=margin｜days_left=-4
        　　｜due=2026-11-27｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open
        　　=✓｜kind=講習会｜margin=2026-11-27｜next_actor=区｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜owne
        　　r_words=区｜rul
        －　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本つつじ台区民館
        　　 研修室（12/8(火)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜direction=b
        　　efore｜start=2026-11-27｜nominal=2026-11-27｜working=2026-11-27｜margin=2026-11-27｜effective_date=2026-
        　　11-27｜last_day_in_time=2026-11-27
        －　・　・　・state bucket=目安日過ぎ｜days_left=-4｜overdue_days=0｜short_words=目安日を4日過ぎ｜open_words
        　　=開庁日 2日｜words=目安日を4日過ぎ
        －　・　・　・words action=実施回の期限を見る｜next_actor=区
        ＋　・　・event=Event 6｜label=通知後の変更連絡｜detail=決定通知　会場 見本つつじ台区民館 研修室 → 見本つつ
        　　じ台区民館｜basis_short=目安日 未通知｜fiscal_year=0｜basis=目安日。伝えたあとに変わりました。もう一度伝
        　　えるか、理由を書いて見送ると消えます｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜event_dat
        　　e=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=
        　　講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=
        　　区｜rule=未
        ＋　・　・　・deadline task=変わったことの連絡｜owner=区｜rule=未通知｜basis=目安日。伝えたあとに変わりまし
        　　た。もう一度伝えるか、理由を書いて見送ると消えます｜direction=before｜start=2026-12-08｜nominal=2026-12-
        　　01｜working=2026-12-01｜margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        ＋　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜w
        　　ords=本日まで
        ＋　・　・　・words name=変わったことの連絡｜label=通知後の変更連絡｜action=変わったことを伝える｜next_actor
        　　=区
        －　・　・event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=仕4(1)エ 5日前｜announced_days=3
        　　｜fiscal_year=0｜basis=仕様書4(1)エ。実施日の5日前 = 12/3(木)｜bucket=今週｜clause=仕4(1)エ｜column=work
        　　ing｜days_left=2｜due=2026-12-03｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（
        　　2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日
        　　 12/2(水)｜next_actor=区｜nominal=2026-12-03｜open_words=開庁日
        －　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(1)エ｜rule=5日前｜basis=仕様書4(1)エ。実施日の5日
        　　前 = 12/3(木)｜margin_basis=中5日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=20
        　　26-12-03｜working=2026-12-03｜margin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time
        　　=2026-12-03
        ＋　・　・event=Event 6｜label=参加人数を連絡する｜detail=14人｜basis_short=5日前｜announced_days=3｜fiscal_
        　　year=0｜basis=実施日の5日前 = 12/3(木)｜bucket=今週｜column=working｜days_left=2｜due=2026-12-03｜event_
        　　date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜
        　　kind=講習会｜margin=2026-12-02｜margin_basis=中5日で数えた目安日 12/2(水)｜next_actor=区｜nominal=2026-1
        　　2-03｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜owne
        ＋　・　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 12/3(木)｜margin_basis=中5
        　　日で数えた目安日 12/2(水)｜direction=before｜start=2026-12-08｜nominal=2026-12-03｜working=2026-12-03｜m
        　　argin=2026-12-02｜contract=✓｜effective_date=2026-12-03｜last_day_in_time=2026-12-03
        －　・　・event=Event 6｜label=設問を協議して決める｜detail=10問｜basis_short=目安日 2開庁日前｜announced_da
        　　ys=3｜fiscal_year=0｜basis=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜bucket=今週｜clau
        　　se=仕4(1)ケ｜column=margin｜days_left=3｜due=2026-12-04｜event_date=2026-12-08｜event_id=6｜event_title=
        　　第6回 Instagram講習会（2回目）｜is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-12-04｜margin_basis
        　　=目安日（仕様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜next_actor=区｜open_words
        －　・　・　・deadline task=設問の決定｜owner=区・受託者｜clause=仕4(1)ケ｜rule=2開庁日前｜basis=目安日（仕
        　　様書4(1)ケに関連）。実施日の2開庁日前 = 12/4(金)｜margin_basis=目安日（仕様書4(1)ケに関連）。実施日の2開
        　　庁日前 = 12/4(金)｜direction=before｜start=2026-12-08｜nominal=2026-12-04｜working=2026-12-04｜margin=20
        　　26-12-04｜effective_date=2026-12-04｜last_day_in_time=2026-12-04
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月8日（火）｜time_words=14:00–16
        　　:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=あと7日・
        　　開庁日 5日｜state_words=準備 4 / 10｜numbers=EventKind 1｜lectures=講習会｜note=11/24(火)　仕様書4(1)キ
        　　。実施日の2週間前 = 11/24(火)。中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）。｜agenda_minutes=12
        　　0｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed=✓｜step
        　　s_d
        －　・tasks 9
        －　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜complet
        　　ed_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火)
        　　 の5開庁日前 = 11/16(月)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-16｜event_
        　　date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜m
        　　argin=2026-11-16｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の
        －　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目安日
        　　（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜margin_basis=目安日
        　　（仕様書4(1)キに関連）。資料確認の期限（開庁日） 11/24(火) の5開庁日前 = 11/16(月)｜direction=before｜st
        　　art=2026-12-08｜nominal=2026-11-16｜working=2026-11-16｜margin=2026-11-16｜effective_date=2026-11-16｜la
        　　st_day_in_time=2026-11-16
        ＋event=Event 6｜title=第6回 Instagram講習会（2回目）｜date_words=令和8年12月17日（木）｜time_words=14:00–1
        　　6:00｜venue_words=見本つつじ台区民館 研修室（定員24人・区立施設・使用料は区の負担）｜days_words=あと16日
        　　・開庁日 12日｜state_words=準備 3 / 10｜numbers=EventKind 1｜lectures=講習会｜note=12/3(木)　仕様書4(1)
        　　キ。実施日の2週間前 = 12/3(木)。中14日で数えた目安日 12/2(水)。｜agenda_minutes=120｜agenda_words=合計 1
        　　20分（2時間程度）｜length_settled=✓｜equipment_checked=4｜equipment_agreed=✓｜steps_done=8｜peopl
        ＋　・tasks 14
        ＋　・　・event=Event 6｜label=資料（案）の提出｜detail=3 / 3点｜basis_short=目安日 確認の5開庁日前｜complet
        　　ed_on=2026-11-19｜fiscal_year=0｜basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木)
        　　 の5開庁日前 = 11/26(木)｜bucket=済｜clause=仕4(1)キ｜column=margin｜days_left=0｜due=2026-11-26｜event_
        　　date=2026-12-17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_own_target=✓｜kind=講習会｜m
        　　argin=2026-11-26｜margin_basis=目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木) の5開
        ＋　・　・　・deadline task=資料案の受領｜owner=受託者｜clause=仕4(1)キ｜rule=確認の5開庁日前｜basis=目安日
        　　（仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木) の5開庁日前 = 11/26(木)｜margin_basis=目安日（
        　　仕様書4(1)キに関連）。資料確認の期限（開庁日） 12/3(木) の5開庁日前 = 11/26(木)｜direction=before｜start
        　　=2026-12-17｜nominal=2026-11-26｜working=2026-11-26｜margin=2026-11-26｜effective_date=2026-11-26｜last_
        　　day_in_time=2026-11-26
        －　・　・event=Event 6｜label=資料の確認を終える｜detail=1 / 3点｜basis_short=仕4(1)キ 2週間前｜announced_d
        　　ays=0｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 11/24(火)｜bucket=期限超過｜clause=仕4(1)キ
        　　｜column=working｜days_left=-7｜due=2026-11-24｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Ins
        　　tagram講習会（2回目）｜is_contract_duty=✓｜is_open=✓｜kind=講習会｜margin=2026-11-20｜margin_basis=中14
        　　日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜next_actor=区｜nominal=2026
        －　・　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2
        　　週間前 = 11/24(火)｜margin_basis=中14日で数えた目安日 11/20(金)（閉庁日の前の開庁日）｜direction=before
        　　｜start=2026-12-08｜nominal=2026-11-24｜working=2026-11-24｜margin=2026-11-20｜contract=✓｜effective_dat
        　　e=2026-11-24｜last_day_in_time=2026-11-24
        －　・　・　・state bucket=期限超過｜days_left=-7｜overdue_days=7｜short_words=7日超過｜open_words=開庁日 5
        　　日｜words=7日超過
        －　・　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecorde
        　　d_words=確認の記録なし
        －　・　・event=Event 6｜label=会場の使用を決める｜detail=見本つつじ台区民館 研修室 12/8(火)｜basis_short=目
        　　安日 会場の取消期限｜fiscal_year=0｜basis=目安日。見本つつじ台区民館 研修室（12/8(火)）を取り消せる最後
        　　の日。使うことが決まったら「使うことを確認した」にします｜bucket=目安日過ぎ｜column=margin｜days_left=-4
        　　｜due=2026-11-27｜event_date=2026-12-08｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open
        　　=✓｜kind=講習会｜margin=2026-11-27｜next_actor=区｜open_words=開庁日 2日｜overdue_days=0｜owner=区｜owne
        　　r_words=区｜rul
        －　・　・　・deadline task=会場の取消期限｜owner=区｜rule=会場の取消期限｜basis=目安日。見本つつじ台区民館
        　　 研修室（12/8(火)）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします｜direction=b
        　　efore｜start=2026-11-27｜nominal=2026-11-27｜working=2026-11-27｜margin=2026-11-27｜effective_date=2026-
        　　11-27｜last_day_in_time=2026-11-27
        －　・　・　・state bucket=目安日過ぎ｜days_left=-4｜overdue_days=0｜short_words=目安日を4日過ぎ｜open_words
        　　=開庁日 2日｜words=目安日を4日過ぎ
        ＋　・　・event=Event 6｜label=オンライン回答の締切を直す｜detail=締切 12/15(火)（実施は 12/17(木)）｜basis_
        　　short=目安日 オンライン締切｜fiscal_year=0｜basis=目安日。仕4(1)ケは紙とオンラインの両方で集める。実施日
        　　より前に締め切るとオンラインで答えられない｜bucket=今日｜column=margin｜days_left=0｜due=2026-12-01｜eve
        　　nt_date=2026-12-17｜event_id=6｜event_title=第6回 Instagram講習会（2回目）｜is_open=✓｜kind=講習会｜marg
        　　in=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue_days=0｜owner=区｜owner_words=区｜rule=オン
        　　ライン締
        """,
    )


def test_a_past_visit_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event, s, event_id=event_id(s, "派遣", 2), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 9｜title=第2回 派遣 見本そよかぜ自治会｜date_words=令和8年11月25日（水）｜time_words=10:00–12:0
        　　0｜venue_words=見本そよかぜ集会所（定員15人・使用料なし）｜state_words=実施済｜numbers=EventKind 2｜lect
        　　ures=講習会｜note=12/16(水)　仕様書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）。目
        　　安日 12/16(水)（期限と同じ日）。｜agenda_minutes=110｜agenda_words=合計 110分（2時間程度）｜length_settl
        　　ed=✓｜equipment_checked=2｜equipment_agreed=✓｜steps_done=6｜people_line=参加予定 9人・1団体（仕様 10
        　・tasks 3
        　・　・event=Event 9｜label=参加人数を連絡する｜detail=9人｜basis_short=仕4(2)エ 5日前｜completed_on=2026-1
        　　1-18｜fiscal_year=0｜basis=仕様書4(2)エ。実施日の5日前 = 11/20(金)｜bucket=済｜clause=仕4(2)エ｜column=w
        　　orking｜days_left=0｜due=2026-11-20｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよ
        　　かぜ自治会｜is_contract_duty=✓｜kind=派遣｜margin=2026-11-19｜margin_basis=中5日で数えた目安日 11/19(木)
        　　｜next_actor=区｜nominal=2026-11-20｜overdue_days=0｜owner=区｜o
        　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(2)エ｜rule=5日前｜basis=仕様書4(2)エ。実施日の5日前
        　　 = 11/20(金)｜margin_basis=中5日で数えた目安日 11/19(木)｜direction=before｜start=2026-11-25｜nominal=20
        　　26-11-20｜working=2026-11-20｜margin=2026-11-19｜contract=✓｜effective_date=2026-11-20｜last_day_in_time
        　　=2026-11-20
        　・　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 11/18(水)｜words=済 11/18(水)
        　・　・　・words name=人数連絡｜label=参加人数を連絡する｜action=人数を連絡する｜next_actor=区｜owner_words
        　　=区→受託者｜unrecorded_words=連絡の記録なし
        　・　・event=Event 9｜label=実施報告書の提出｜basis_short=仕4(2)ケ 3週間以内｜fiscal_year=0｜basis=仕様書4(
        　　2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜clause=仕4(2)ケ｜colum
        　　n=nominal｜days_left=15｜due=2026-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本
        　　そよかぜ自治会｜is_contract_duty=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12/16(
        　　水)（期限と同じ日）｜next_actor=受託者｜nominal=2026-12-16｜open_words=開庁日 11日
        　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。実
        　　施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜
        　　direction=after｜start=2026-11-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓
        　　｜effective_date=2026-12-16｜last_day_in_time=2026-12-16
        　・　・　・state bucket=来週から｜days_left=15｜overdue_days=0｜short_words=あと15日｜open_words=開庁日 11
        　　日｜words=あと15日・開庁日 11日
        　・　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・　・event=Event 9｜label=3か月後の電話：見本そよかぜ自治会｜detail=聞くこと　配信の回数・管理者の数・困
        　　っていること｜basis_short=目安日｜fiscal_year=0｜basis=実施日から3か月後の電話です（目安日）｜bucket=来
        　　週から｜column=margin｜days_left=86｜due=2027-02-25｜event_date=2026-11-25｜event_id=9｜event_title=第2
        　　回 派遣 見本そよかぜ自治会｜is_open=✓｜is_own_target=✓｜kind=派遣｜margin=2027-02-25｜next_actor=区｜ope
        　　n_words=開庁日 55日｜overdue_days=0｜owner=区｜owner_words=区｜rule=目安日｜short_words=あと86日｜state_
        　・　・　・deadline task=派遣の3か月後の電話｜owner=区｜rule=目安日｜basis=実施日から3か月後の電話です（目
        　　安日）｜direction=before｜start=2027-02-25｜nominal=2027-02-25｜working=2027-02-25｜margin=2027-02-25｜e
        　　ffective_date=2027-02-25｜last_day_in_time=2027-02-25
        　・　・　・state bucket=来週から｜days_left=86｜overdue_days=0｜short_words=あと86日｜open_words=開庁日 55
        　　日｜words=あと86日・開庁日 55日
        　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・lapsed_tasks 1
        　・　・event=Event 9｜label=当日資料一式を用意する｜basis_short=目安日 前の開庁日｜fiscal_year=0｜basis=目
        　　安日。実施日の前の開庁日 = 11/24(火)｜bucket=目安日過ぎ｜column=margin｜days_left=-7｜due=2026-11-24｜ev
        　　ent_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is_open=✓｜is_own_target=✓｜
        　　kind=派遣｜margin=2026-11-24｜margin_basis=目安日。実施日の前の開庁日 = 11/24(火)｜next_actor=区｜open_w
        　　ords=開庁日 5日｜overdue_days=0｜owner=区｜owner_words=区｜rule=前の開庁日｜short_words
        　・　・　・deadline task=当日資料一式｜owner=区｜rule=前の開庁日｜basis=目安日。実施日の前の開庁日 = 11/24(
        　　火)｜margin_basis=目安日。実施日の前の開庁日 = 11/24(火)｜direction=before｜start=2026-11-25｜nominal=20
        　　26-11-24｜working=2026-11-24｜margin=2026-11-24｜effective_date=2026-11-24｜last_day_in_time=2026-11-24
        　・　・　・state bucket=目安日過ぎ｜days_left=-7｜overdue_days=0｜short_words=目安日を7日過ぎ｜open_words=
        　　開庁日 5日｜words=目安日を7日過ぎ
        　・　・　・words name=当日資料一式｜label=当日資料一式を用意する｜action=当日資料を作成する｜next_actor=区
        　・next_task event=Event 9｜label=実施報告書の提出｜basis_short=仕4(2)ケ 3週間以内｜fiscal_year=0｜basis=仕
        　　様書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜clause=仕4(2)ケ
        　　｜column=nominal｜days_left=15｜due=2026-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派
        　　遣 見本そよかぜ自治会｜is_contract_duty=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日
        　　 12/16(水)（期限と同じ日）｜next_actor=受託者｜nominal=2026-12-16｜open_words
        　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。実施日
        　　の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜dire
        　　ction=after｜start=2026-11-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜ef
        　　fective_date=2026-12-16｜last_day_in_time=2026-12-16
        　・　・state bucket=来週から｜days_left=15｜overdue_days=0｜short_words=あと15日｜open_words=開庁日 11日｜w
        　　ords=あと15日・開庁日 11日
        　・　・words name=実施報告書｜label=実施報告書の提出｜action=報告書の提出を求める｜next_actor=受託者
        　・ward_task event=Event 9｜label=3か月後の電話：見本そよかぜ自治会｜detail=聞くこと　配信の回数・管理者の
        　　数・困っていること｜basis_short=目安日｜fiscal_year=0｜basis=実施日から3か月後の電話です（目安日）｜buck
        　　et=来週から｜column=margin｜days_left=86｜due=2027-02-25｜event_date=2026-11-25｜event_id=9｜event_title
        　　=第2回 派遣 見本そよかぜ自治会｜is_open=✓｜is_own_target=✓｜kind=派遣｜margin=2027-02-25｜next_actor=区
        　　｜open_words=開庁日 55日｜overdue_days=0｜owner=区｜owner_words=区｜rule=目安日｜short_words=あと86
        　・　・deadline task=派遣の3か月後の電話｜owner=区｜rule=目安日｜basis=実施日から3か月後の電話です（目安日
        　　）｜direction=before｜start=2027-02-25｜nominal=2027-02-25｜working=2027-02-25｜margin=2027-02-25｜effec
        　　tive_date=2027-02-25｜last_day_in_time=2027-02-25
        　・　・state bucket=来週から｜days_left=86｜overdue_days=0｜short_words=あと86日｜open_words=開庁日 55日｜w
        　　ords=あと86日・開庁日 55日
        　・　・words action=実施回の期限を見る｜next_actor=区
        　・agenda 8
        　・　・id=58｜item=AgendaItem 58｜title=ヒアリング（事前アンケート等）による課題把握｜form=事前｜owner=受託
        　　者
        　・　・id=59｜item=AgendaItem 59｜title=区との実施内容協議｜form=事前｜owner=区・受託者
        　・　・id=60｜item=AgendaItem 60｜start=10:00｜end=10:10｜minutes=10｜title=オリエンテーション（目的・ゴー
        　　ルの確認）｜owner=受託者
        　・　・id=61｜item=AgendaItem 61｜start=10:10｜end=10:30｜minutes=20｜title=初期設定の確認、セッティングの
        　　支援｜owner=受託者
        　・　・id=62｜item=AgendaItem 62｜start=10:30｜end=11:00｜minutes=30｜title=実践操作（投稿・配信）｜owner=
        　　受託者
        　・　・id=63｜item=AgendaItem 63｜start=11:00｜end=11:20｜minutes=20｜title=運用ルール構築支援｜owner=受託
        　　者
        　・　・id=64｜item=AgendaItem 64｜start=11:20｜end=11:50｜minutes=30｜title=質疑応答｜owner=受託者
        　・　・id=65｜item=AgendaItem 65｜title=フォローアップ（メール・電話可）｜form=事後｜owner=受託者
        　・equipment EquipmentItem 46、EquipmentItem 47
        　・steps 6
        　・　・id=63｜name=募集要項の周知｜due=2026-09-02｜due_words=9/2(水)｜done_on=2026-07-29｜done_by=見本　係
        　　員｜basis=目安日。12週前 9/2(水)｜basis_short=12週前｜bucket=済｜state_words=済 7/29(水)
        　・　・id=64｜name=希望票の締切｜due=2026-10-07｜due_words=10/7(水)｜done_on=2026-09-02｜done_by=見本　係員
        　　｜basis=目安日。7週前 10/7(水)｜basis_short=7週前｜bucket=済｜state_words=済 9/2(水)
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 9｜title=第2回 派遣 見本そよかぜ自治会｜date_words=令和8年11月25日（水）｜time_words=10:00–12
        　　:00｜venue_words=見本そよかぜ集会所（定員15人・使用料なし）｜state_words=実施済｜numbers=EventKind 2｜le
        　　ctures=講習会｜note=12/16(水)　仕様書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）。
        　　目安日 12/16(水)（期限と同じ日）。｜agenda_minutes=110｜agenda_words=合計 110分（2時間程度）｜length_set
        　　tled=✓｜equipment_checked=2｜equipment_agreed=✓｜steps_done=6｜people_line=参加予定 9人・1団体（仕様 10
        －　・tasks 3
        －　・　・event=Event 9｜label=参加人数を連絡する｜detail=9人｜basis_short=仕4(2)エ 5日前｜completed_on=2026
        　　-11-18｜fiscal_year=0｜basis=仕様書4(2)エ。実施日の5日前 = 11/20(金)｜bucket=済｜clause=仕4(2)エ｜column
        　　=working｜days_left=0｜due=2026-11-20｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そ
        　　よかぜ自治会｜is_contract_duty=✓｜kind=派遣｜margin=2026-11-19｜margin_basis=中5日で数えた目安日 11/19(
        　　木)｜next_actor=区｜nominal=2026-11-20｜overdue_days=0｜owner=区｜o
        －　・　・　・deadline task=人数連絡｜owner=区｜clause=仕4(2)エ｜rule=5日前｜basis=仕様書4(2)エ。実施日の5日
        　　前 = 11/20(金)｜margin_basis=中5日で数えた目安日 11/19(木)｜direction=before｜start=2026-11-25｜nominal=
        　　2026-11-20｜working=2026-11-20｜margin=2026-11-19｜contract=✓｜effective_date=2026-11-20｜last_day_in_ti
        　　me=2026-11-20
        ＋event=Event 9｜title=第2回 派遣 見本そよかぜ自治会｜date_words=令和8年11月25日（水）｜time_words=10:00–12
        　　:00｜venue_words=見本そよかぜ集会所（使用料なし）｜state_words=実施済｜numbers=EventKind 2｜lectures=講
        　　習会｜note=12/16(水)　実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）。目安日 12/16(水)（期限
        　　と同じ日）。｜agenda_minutes=110｜agenda_words=合計 110分（2時間程度）｜length_settled=✓｜equipment_chec
        　　ked=0｜steps_done=6｜people_line=参加予定 9人・1団体（仕様 10人程度）｜prepared_count=3｜preparation_
        ＋　・tasks 4
        ＋　・　・event=Event 9｜label=参加人数を連絡する｜detail=9人｜basis_short=5日前｜completed_on=2026-11-18｜f
        　　iscal_year=0｜basis=実施日の5日前 = 11/20(金)｜bucket=済｜column=working｜days_left=0｜due=2026-11-20｜e
        　　vent_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is_contract_duty=✓｜kind=派
        　　遣｜margin=2026-11-19｜margin_basis=中5日で数えた目安日 11/19(木)｜next_actor=区｜nominal=2026-11-20｜ov
        　　erdue_days=0｜owner=区｜owner_words=区→受託者｜rule=5日前｜shor
        ＋　・　・　・deadline task=人数連絡｜owner=区｜rule=5日前｜basis=実施日の5日前 = 11/20(金)｜margin_basis=中
        　　5日で数えた目安日 11/19(木)｜direction=before｜start=2026-11-25｜nominal=2026-11-20｜working=2026-11-20
        　　｜margin=2026-11-19｜contract=✓｜effective_date=2026-11-20｜last_day_in_time=2026-11-20
        －　・　・event=Event 9｜label=実施報告書の提出｜basis_short=仕4(2)ケ 3週間以内｜fiscal_year=0｜basis=仕様書
        　　4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜clause=仕4(2)ケ｜col
        　　umn=nominal｜days_left=15｜due=2026-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見
        　　本そよかぜ自治会｜is_contract_duty=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12/16
        　　(水)（期限と同じ日）｜next_actor=受託者｜nominal=2026-12-16｜open_words=開庁日 11日
        －　・　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。
        　　実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）
        　　｜direction=after｜start=2026-11-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract
        　　=✓｜effective_date=2026-12-16｜last_day_in_time=2026-12-16
        ＋　・　・event=Event 9｜label=実施結果を記録する｜basis_short=目安日 つぎの開庁日｜fiscal_year=0｜basis=目
        　　安日。実施日のつぎの開庁日までに、出席者数などを記録します｜bucket=目安日過ぎ｜column=margin｜days_left=
        　　-5｜due=2026-11-26｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is_ope
        　　n=✓｜is_own_target=✓｜kind=派遣｜margin=2026-11-26｜next_actor=区｜open_words=開庁日 3日｜overdue_days=0
        　　｜owner=区｜owner_words=区｜rule=つぎの開庁日｜short_words=目安日を5日過ぎ｜state_words=目安日を5日過ぎ
        　　｜t
        ＋　・　・　・deadline task=実施結果の記録｜owner=区｜rule=つぎの開庁日｜basis=目安日。実施日のつぎの開庁日
        　　までに、出席者数などを記録します｜direction=after｜start=2026-11-25｜nominal=2026-11-26｜working=2026-11
        　　-26｜margin=2026-11-26｜effective_date=2026-11-26｜last_day_in_time=2026-11-26
        ＋　・　・　・state bucket=目安日過ぎ｜days_left=-5｜overdue_days=0｜short_words=目安日を5日過ぎ｜open_words
        　　=開庁日 3日｜words=目安日を5日過ぎ
        ＋　・　・　・words name=実施結果の記録｜label=実施結果を記録する｜action=結果を記録する｜next_actor=区
        ＋　・　・event=Event 9｜label=実施報告書の提出｜basis_short=3週間以内｜fiscal_year=0｜basis=実施日の翌日 11
        　　/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜column=nominal｜days_left=15｜due=2026-12-1
        　　6｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is_contract_duty=✓｜is_
        　　open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12/16(水)（期限と同じ日）｜next_actor=受託者｜
        　　nominal=2026-12-16｜open_words=開庁日 11日｜overdue_days=0｜owner=受託者｜owne
        ＋　・　・　・deadline task=実施報告書｜owner=受託者｜rule=3週間以内｜basis=実施日の翌日 11/26(木) から3週間
        　　 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜direction=after｜start=2026-11
        　　-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜effective_date=2026-12-16｜l
        　　ast_day_in_time=2026-12-16
        －　・next_task event=Event 9｜label=実施報告書の提出｜basis_short=仕4(2)ケ 3週間以内｜fiscal_year=0｜basis=
        　　仕様書4(2)ケ。実施日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜clause=仕4(2)
        　　ケ｜column=nominal｜days_left=15｜due=2026-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回
        　　 派遣 見本そよかぜ自治会｜is_contract_duty=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安
        　　日 12/16(水)（期限と同じ日）｜next_actor=受託者｜nominal=2026-12-16｜open_words
        －　・　・deadline task=実施報告書｜owner=受託者｜clause=仕4(2)ケ｜rule=3週間以内｜basis=仕様書4(2)ケ。実施
        　　日の翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜di
        　　rection=after｜start=2026-11-25｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜
        　　effective_date=2026-12-16｜last_day_in_time=2026-12-16
        ＋　・next_task event=Event 9｜label=実施報告書の提出｜basis_short=3週間以内｜fiscal_year=0｜basis=実施日の
        　　翌日 11/26(木) から3週間 = 12/16(水)（民法140条）｜bucket=来週から｜column=nominal｜days_left=15｜due=20
        　　26-12-16｜event_date=2026-11-25｜event_id=9｜event_title=第2回 派遣 見本そよかぜ自治会｜is_contract_duty
        　　=✓｜is_open=✓｜kind=派遣｜margin=2026-12-16｜margin_basis=目安日 12/16(水)（期限と同じ日）｜next_actor=
        　　受託者｜nominal=2026-12-16｜open_words=開庁日 11日｜overdue_days=0｜owner=
        ＋　・　・deadline task=実施報告書｜owner=受託者｜rule=3週間以内｜basis=実施日の翌日 11/26(木) から3週間 = 1
        　　2/16(水)（民法140条）｜margin_basis=目安日 12/16(水)（期限と同じ日）｜direction=after｜start=2026-11-25
        　　｜nominal=2026-12-16｜working=2026-12-16｜margin=2026-12-16｜contract=✓｜effective_date=2026-12-16｜last
        　　_day_in_time=2026-12-16
        －　・　・id=58｜item=AgendaItem 58｜title=ヒアリング（事前アンケート等）による課題把握｜form=事前｜owner=受
        　　託者
        －　・　・id=59｜item=AgendaItem 59｜title=区との実施内容協議｜form=事前｜owner=区・受託者
        ＋　・　・id=58｜item=AgendaItem 58｜title=ヒアリング（事前アンケート等）による課題把握｜owner=受託者
        ＋　・　・id=59｜item=AgendaItem 59｜title=区との実施内容協議｜owner=区・受託者
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_a_cancelled_lecture_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event, s, event_id=event_id(s, "講習会", 8), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 13｜title=第8回 情報発信の注意点講習会｜date_words=令和8年12月10日（木）｜time_words=14:00–16:0
        　　0｜venue_words=見本こもれび区民館 和室（定員12人・区立施設・使用料は区の負担）｜state_words=中止｜number
        　　s=EventKind 1｜lectures=講習会｜note=12/1(火)　目安日。中止の連絡が全員に済むまで残ります。｜agenda_minu
        　　tes=120｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=0｜equipment_agreed=✓
        　　｜steps_done=8｜people_line=参加予定 12人・11団体（仕様 10人から20人程度）｜prepared_count=0｜preparatio
        　　n
        　・tasks 1
        　・　・event=Event 13｜label=不在 2団体へ再架電・未連絡 6団体へ電話｜detail=10:00｜basis_short=目安日 中止
        　　の判断 11/30(月) から｜fiscal_year=0｜basis=目安日。中止の連絡が全員に済むまで残ります｜bucket=今日｜col
        　　umn=margin｜days_left=0｜due=2026-12-01｜event_date=2026-12-10｜event_id=13｜event_title=第8回 情報発信
        　　の注意点講習会｜is_open=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜overdue
        　　_days=0｜owner=区｜owner_words=区｜rule=中止の判断 11/30(月) から｜short_words=本日まで｜state_
        　・　・　・deadline task=中止・変更の電話｜owner=区｜rule=中止の判断 11/30(月) から｜basis=目安日。中止の連
        　　絡が全員に済むまで残ります｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜
        　　margin=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜wor
        　　ds=本日まで
        　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・duties 1
        　・　・label=印刷・配布・回収・集計｜clause=仕4(1)キ・ケ｜words=当日／報告書とともに
        　・next_task event=Event 13｜label=不在 2団体へ再架電・未連絡 6団体へ電話｜detail=10:00｜basis_short=目安日
        　　 中止の判断 11/30(月) から｜fiscal_year=0｜basis=目安日。中止の連絡が全員に済むまで残ります｜bucket=今日
        　　｜column=margin｜days_left=0｜due=2026-12-01｜event_date=2026-12-10｜event_id=13｜event_title=第8回 情報
        　　発信の注意点講習会｜is_open=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜ove
        　　rdue_days=0｜owner=区｜owner_words=区｜rule=中止の判断 11/30(月) から｜short_words=本日ま
        　・　・deadline task=中止・変更の電話｜owner=区｜rule=中止の判断 11/30(月) から｜basis=目安日。中止の連絡が
        　　全員に済むまで残ります｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜marg
        　　in=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜words=
        　　本日まで
        　・　・words action=実施回の期限を見る｜next_actor=区
        　・ward_task event=Event 13｜label=不在 2団体へ再架電・未連絡 6団体へ電話｜detail=10:00｜basis_short=目安日
        　　 中止の判断 11/30(月) から｜fiscal_year=0｜basis=目安日。中止の連絡が全員に済むまで残ります｜bucket=今日
        　　｜column=margin｜days_left=0｜due=2026-12-01｜event_date=2026-12-10｜event_id=13｜event_title=第8回 情報
        　　発信の注意点講習会｜is_open=✓｜kind=講習会｜margin=2026-12-01｜next_actor=区｜open_words=開庁日 0日｜ove
        　　rdue_days=0｜owner=区｜owner_words=区｜rule=中止の判断 11/30(月) から｜short_words=本日ま
        　・　・deadline task=中止・変更の電話｜owner=区｜rule=中止の判断 11/30(月) から｜basis=目安日。中止の連絡が
        　　全員に済むまで残ります｜direction=before｜start=2026-12-01｜nominal=2026-12-01｜working=2026-12-01｜marg
        　　in=2026-12-01｜effective_date=2026-12-01｜last_day_in_time=2026-12-01
        　・　・state bucket=今日｜days_left=0｜overdue_days=0｜short_words=本日まで｜open_words=開庁日 0日｜words=
        　　本日まで
        　・　・words action=実施回の期限を見る｜next_actor=区
        　・agenda 7
        　・　・id=92｜item=AgendaItem 92｜start=14:00｜end=14:05｜minutes=5｜title=開会・本日の目標｜form=説明｜own
        　　er=区｜uses=マイク
        　・　・id=93｜item=AgendaItem 93｜start=14:05｜end=14:25｜minutes=20｜title=活用事例の紹介｜form=講義｜owne
        　　r=受託者｜uses=プロジェクター
        　・　・id=94｜item=AgendaItem 94｜start=14:25｜end=14:40｜minutes=15｜title=比較、メリットおよびデメリット
        　　の説明｜form=講義｜owner=受託者｜uses=プロジェクター、資料
        　・　・id=95｜item=AgendaItem 95｜start=14:40｜end=14:50｜minutes=10｜title=運用上の注意点｜form=講義｜owne
        　　r=受託者｜uses=プロジェクター、資料
        　・　・id=96｜item=AgendaItem 96｜start=14:50｜end=15:35｜minutes=45｜title=操作体験｜form=実習｜owner=受託
        　　者｜uses=タブレット端末、資料
        　・　・id=97｜item=AgendaItem 97｜start=15:35｜end=15:55｜minutes=20｜title=質問・個別相談｜form=相談｜owne
        　　r=受託者
        　・　・id=98｜item=AgendaItem 98｜start=15:55｜end=16:00｜minutes=5｜title=アンケート（配布・回収）、閉会｜
        　　owner=受託者｜uses=アンケート用紙
        　・equipment EquipmentItem 67、EquipmentItem 68、EquipmentItem 69、EquipmentItem 70、EquipmentItem 71、Equi
        　　pmentItem 72
        　・steps 8
        　・　・id=91｜name=支部長・会長への周知｜due=2026-09-17｜due_words=9/17(木)｜done_on=2026-09-17｜done_by=見
        　　本　係員｜basis=目安日。12週前 9/17(木)｜basis_short=12週前｜bucket=済｜state_words=済 9/17(木)
        　・　・id=92｜name=区報原稿締切｜due=2026-09-18｜due_words=9/18(金)｜done_on=2026-09-18｜done_by=見本　係員
        　　｜basis=目安日。80日前 9/21(月・祝)→前の開庁日 9/18(金)｜basis_short=80日前｜bucket=済｜state_words=済
        　　 9/18(金)
        　・　・id=93｜name=チラシ校了｜due=2026-10-22｜due_words=10/22(木)｜done_on=2026-10-22｜done_by=見本　係員
        　　｜basis=目安日。7週前 10/22(木)｜basis_short=7週前｜bucket=済｜state_words=済 10/22(木)
        　・　・id=94｜name=会長あて送付｜due=2026-10-23｜due_words=10/23(金)｜done_on=2026-10-23｜done_by=見本　係
        　　員｜basis=目安日。46日前 10/25(日)→前の開庁日 10/23(金)｜basis_short=46日前｜bucket=済｜state_words=済
        　　 10/23(金)
        　・　・id=95｜name=受付開始｜due=2026-10-29｜due_words=10/29(木)｜done_on=2026-10-29｜done_by=見本　係員｜b
        　　asis=目安日。6週前 10/29(木)｜basis_short=6週前｜bucket=済｜state_words=済 10/29(木)
        　・　・id=96｜name=受付締切｜due=2026-11-20｜due_words=11/20(金)｜done_on=2026-11-20｜done_by=見本　係員｜b
        　　asis=目安日。17日前 11/23(月・祝)→前の開庁日 11/20(金)｜basis_short=17日前｜bucket=済｜state_words=済 1
        　　1/20(金)
        　・　・id=97｜name=決定｜due=2026-11-25｜due_words=11/25(水)｜done_on=2026-11-25｜done_by=見本　係員｜basis
        　　=目安日。15日前 11/25(水)｜basis_short=15日前｜bucket=済｜state_words=済 11/25(水)
        　・　・id=98｜name=決定通知｜due=2026-11-27｜due_words=11/27(金)｜done_on=2026-11-27｜done_by=見本　係員｜b
        　　asis=目安日。13日前 11/27(金)｜basis_short=13日前｜bucket=済｜state_words=済 11/27(金)
        　・blocks 5
        　・　・name=周知｜state=済
        　・　・name=区報原稿締切｜state=済
        　・　・name=チラシ｜state=済
        　・　・name=受付締切｜state=済
        　・　・name=決定通知｜state=済
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 13｜title=第8回 情報発信の注意点講習会｜date_words=令和8年12月10日（木）｜time_words=14:00–16
        　　:00｜venue_words=見本こもれび区民館 和室（定員12人・区立施設・使用料は区の負担）｜state_words=中止｜numb
        　　ers=EventKind 1｜lectures=講習会｜note=12/1(火)　目安日。中止の連絡が全員に済むまで残ります。｜agenda_mi
        　　nutes=120｜agenda_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=0｜equipment_agreed
        　　=✓｜steps_done=8｜people_line=参加予定 12人・11団体（仕様 10人から20人程度）｜prepared_count=0｜preparat
        　　ion
        ＋event=Event 13｜title=第8回 情報発信の注意点講習会｜date_words=令和8年12月10日（木）｜time_words=14:00–16
        　　:00｜venue_words=見本こもれび区民館（区立施設・使用料は区の負担）｜state_words=中止｜numbers=EventKind 1
        　　｜lectures=講習会｜note=12/1(火)　目安日。中止の連絡が全員に済むまで残ります。｜agenda_minutes=120｜agen
        　　da_words=合計 120分（2時間程度）｜length_settled=✓｜equipment_checked=0｜steps_done=8｜people_line=参加
        　　予定 12人・11団体（仕様 10人から20人程度）｜prepared_count=0｜preparation_total=0｜material_count=0｜sh
        －　・　・label=印刷・配布・回収・集計｜clause=仕4(1)キ・ケ｜words=当日／報告書とともに
        ＋　・　・label=印刷・配布・回収・集計｜words=当日／報告書とともに
        －　・　・id=92｜item=AgendaItem 92｜start=14:00｜end=14:05｜minutes=5｜title=開会・本日の目標｜form=説明｜o
        　　wner=区｜uses=マイク
        －　・　・id=93｜item=AgendaItem 93｜start=14:05｜end=14:25｜minutes=20｜title=活用事例の紹介｜form=講義｜ow
        　　ner=受託者｜uses=プロジェクター
        －　・　・id=94｜item=AgendaItem 94｜start=14:25｜end=14:40｜minutes=15｜title=比較、メリットおよびデメリッ
        　　トの説明｜form=講義｜owner=受託者｜uses=プロジェクター、資料
        －　・　・id=95｜item=AgendaItem 95｜start=14:40｜end=14:50｜minutes=10｜title=運用上の注意点｜form=講義｜ow
        　　ner=受託者｜uses=プロジェクター、資料
        －　・　・id=96｜item=AgendaItem 96｜start=14:50｜end=15:35｜minutes=45｜title=操作体験｜form=実習｜owner=受
        　　託者｜uses=タブレット端末、資料
        －　・　・id=97｜item=AgendaItem 97｜start=15:35｜end=15:55｜minutes=20｜title=質問・個別相談｜form=相談｜ow
        　　ner=受託者
        －　・　・id=98｜item=AgendaItem 98｜start=15:55｜end=16:00｜minutes=5｜title=アンケート（配布・回収）、閉会
        　　｜owner=受託者｜uses=アンケート用紙
        ＋　・　・id=92｜item=AgendaItem 92｜start=14:00｜end=14:05｜minutes=5｜title=開会・本日の目標｜owner=区
        ＋　・　・id=93｜item=AgendaItem 93｜start=14:05｜end=14:25｜minutes=20｜title=活用事例の紹介｜owner=受託者
        ＋　・　・id=94｜item=AgendaItem 94｜start=14:25｜end=14:40｜minutes=15｜title=比較、メリットおよびデメリッ
        　　トの説明｜owner=受託者
        ＋　・　・id=95｜item=AgendaItem 95｜start=14:40｜end=14:50｜minutes=10｜title=運用上の注意点｜owner=受託者
        ＋　・　・id=96｜item=AgendaItem 96｜start=14:50｜end=15:35｜minutes=45｜title=操作体験｜owner=受託者
        ＋　・　・id=97｜item=AgendaItem 97｜start=15:35｜end=15:55｜minutes=20｜title=質問・個別相談｜owner=受託者
        ＋　・　・id=98｜item=AgendaItem 98｜start=15:55｜end=16:00｜minutes=5｜title=アンケート（配布・回収）、閉会
        　　｜owner=受託者
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_list_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_events,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        total=13｜summary=13件　実施済 8・予定 4・協議中 0・中止 1
        　・rows 13
        　・　・id=1｜kind=講習会｜ordinal=1｜title=第1回 事例紹介講習会｜event_date=2026-09-10｜date_words=9/10(木)
        　　｜time_words=14:00–16:00｜venue_words=見本こもれび区民館 研修室1｜people=16｜people_words=出席 16｜stat
        　　us=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通知ま
        　　で済｜step_words=通知まで済
        　・　・　・blocks 5
        　・　・　・　・name=周知｜state=済
        　・　・　・　・name=区報原稿締切｜state=済
        　・　・　・　・name=チラシ｜state=済
        　・　・　・　・name=受付締切｜state=済
        　・　・　・　・name=決定通知｜state=済
        　・　・id=2｜kind=講習会｜ordinal=2｜title=第2回 LINE講習会｜event_date=2026-09-30｜date_words=9/30(水)｜ti
        　　me_words=14:00–16:00｜venue_words=見本ほしぞら地域集会所 第1会議室｜people=16｜people_words=出席 16｜st
        　　atus=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通知
        　　まで済｜step_words=通知まで済
        　・　・　・blocks 5
        　・　・　・　・name=周知｜state=済
        　・　・　・　・name=区報原稿締切｜state=済
        　・　・　・　・name=チラシ｜state=済
        　・　・　・　・name=受付締切｜state=済
        　・　・　・　・name=決定通知｜state=済
        　・　・id=3｜kind=講習会｜ordinal=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜date_words=10/15(
        　　木)｜time_words=14:00–16:00｜venue_words=見本つつじ台区民館 研修室｜people=14｜people_words=出席 14｜st
        　　atus=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通知
        　　まで済｜step_words=通知まで済
        　・　・　・blocks 5
        　・　・　・　・name=周知｜state=済
        　・　・　・　・name=区報原稿締切｜state=済
        　・　・　・　・name=チラシ｜state=済
        　・　・　・　・name=受付締切｜state=済
        　・　・　・　・name=決定通知｜state=済
        　・　・　・next_task event=Event 3｜label=実施報告書の修正版の提出｜basis_short=目安日 修正依頼から5開庁日
        　　｜fiscal_year=0｜basis=目安日。修正依頼 11/18(水) から5開庁日｜bucket=目安日過ぎ｜column=margin｜days_le
        　　ft=-5｜due=2026-11-26｜event_date=2026-10-15｜event_id=3｜event_title=第3回 Instagram講習会｜is_open=✓｜
        　　is_own_target=✓｜kind=講習会｜margin=2026-11-26｜next_actor=受託者｜open_words=開庁日 3日｜overdue_days=
        　　0｜owner=受託者｜owner_words=受託者｜rule=修正依頼から5開庁日｜short_words=目安日を5日過
        　・　・　・　・deadline task=報告書の修正版｜owner=受託者｜rule=修正依頼から5開庁日｜basis=目安日。修正依頼
        　　 11/18(水) から5開庁日｜direction=after｜start=2026-11-18｜nominal=2026-11-26｜working=2026-11-26｜margi
        　　n=2026-11-26｜effective_date=2026-11-26｜last_day_in_time=2026-11-26
        　・　・　・　・state bucket=目安日過ぎ｜days_left=-5｜overdue_days=0｜short_words=目安日を5日過ぎ｜open_wor
        　　ds=開庁日 3日｜words=目安日を5日過ぎ
        　・　・　・　・words name=報告書の修正版｜label=実施報告書の修正版の提出｜action=報告書の提出を求める｜next
        　　_actor=受託者
        　・　・id=8｜kind=派遣｜ordinal=1｜title=第1回 派遣 見本あおば町会｜event_date=2026-10-21｜date_words=10/21
        　　(水)｜time_words=10:00–12:00｜venue_words=見本あおば会館｜people=9｜people_words=出席 9｜status=実施済
        　　｜state=実施済｜state_words=実施済｜prepared_count=8｜preparation_total=9｜blocks_words=通知まで済｜step
        　　_words=通知まで済
        　・　・　・blocks 5
        　・　・　・　・name=周知｜state=済
        　・　・　・　・name=区報原稿締切｜state=済
        　・　・　・　・name=チラシ｜state=済
        　・　・　・　・name=受付締切｜state=済
        　・　・　・　・name=決定通知｜state=済
        　・　・　・next_task event=Event 8｜label=宿題：会館の電源とコンセントの数を確かめる｜detail=区　見本　係長
        　　｜basis_short=目安日｜fiscal_year=0｜basis=協議・打合せで決めた宿題の期限です｜bucket=来週から｜column=m
        　　argin｜days_left=9｜due=2026-12-10｜event_date=2026-10-21｜event_id=8｜event_title=第1回 派遣 見本あおば
        　　町会｜is_open=✓｜is_own_target=✓｜kind=派遣｜margin=2026-12-10｜next_actor=区｜open_words=開庁日 7日｜ov
        　　erdue_days=0｜owner=区｜owner_words=区｜rule=目安日｜short_words=あと9日｜state_words=あと
        　・　・　・　・deadline task=協議の宿題｜owner=区｜rule=目安日｜basis=協議・打合せで決めた宿題の期限です｜d
        　　irection=before｜start=2026-12-10｜nominal=2026-12-10｜working=2026-12-10｜margin=2026-12-10｜effective_
        　　date=2026-12-10｜last_day_in_time=2026-12-10
        　・　・　・　・state bucket=来週から｜days_left=9｜overdue_days=0｜short_words=あと9日｜open_words=開庁日 7
        　　日｜words=あと9日・開庁日 7日
        　・　・　・　・words action=実施回の期限を見る｜next_actor=区
        　・　・id=4｜kind=講習会｜ordinal=4｜title=第4回 キャッシュレス決済講習会｜event_date=2026-10-29｜date_word
        　　s=10/29(木)｜time_words=14:00–16:00｜venue_words=見本ほしぞら地域集会所 第1会議室｜people=12｜people_wo
        　　rds=出席 12｜status=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜bl
        　　ocks_words=通知まで済｜step_words=通知まで済
        　・　・　・blocks 5
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=1｜kind=講習会｜ordinal=1｜title=第1回 事例紹介講習会｜event_date=2026-09-10｜date_words=9/10(
        　　木)｜time_words=14:00–16:00｜venue_words=見本こもれび区民館 研修室1｜people=16｜people_words=出席 16｜s
        　　tatus=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通
        　　知まで済｜step_words=通知まで済
        ＋　・　・id=1｜kind=講習会｜ordinal=1｜title=第1回 事例紹介講習会｜event_date=2026-09-10｜date_words=9/10(
        　　木)｜time_words=14:00–16:00｜venue_words=見本こもれび区民館｜people=17｜people_words=参加予定 17｜statu
        　　s=実施済｜state=実施済｜state_words=実施済｜prepared_count=5｜preparation_total=9｜blocks_words=通知まで
        　　済｜step_words=通知まで済
        －　・　・id=2｜kind=講習会｜ordinal=2｜title=第2回 LINE講習会｜event_date=2026-09-30｜date_words=9/30(水)｜
        　　time_words=14:00–16:00｜venue_words=見本ほしぞら地域集会所 第1会議室｜people=16｜people_words=出席 16｜
        　　status=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通
        　　知まで済｜step_words=通知まで済
        ＋　・　・　・next_task event=Event 1｜label=実施結果を記録する｜basis_short=目安日 つぎの開庁日｜fiscal_yea
        　　r=0｜basis=目安日。実施日のつぎの開庁日までに、出席者数などを記録します｜bucket=目安日過ぎ｜column=margi
        　　n｜days_left=-81｜due=2026-09-11｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜i
        　　s_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-09-11｜next_actor=区｜open_words=開庁日 51日｜overdu
        　　e_days=0｜owner=区｜owner_words=区｜rule=つぎの開庁日｜short_words=目安日を81日過ぎ｜state_words
        ＋　・　・　・　・deadline task=実施結果の記録｜owner=区｜rule=つぎの開庁日｜basis=目安日。実施日のつぎの開
        　　庁日までに、出席者数などを記録します｜direction=after｜start=2026-09-10｜nominal=2026-09-11｜working=202
        　　6-09-11｜margin=2026-09-11｜effective_date=2026-09-11｜last_day_in_time=2026-09-11
        ＋　・　・　・　・state bucket=目安日過ぎ｜days_left=-81｜overdue_days=0｜short_words=目安日を81日過ぎ｜open
        　　_words=開庁日 51日｜words=目安日を81日過ぎ
        ＋　・　・　・　・words name=実施結果の記録｜label=実施結果を記録する｜action=結果を記録する｜next_actor=区
        ＋　・　・　・open_topics 日程、内容、機材、設問
        ＋　・　・id=2｜kind=講習会｜ordinal=2｜title=第2回 LINE講習会｜event_date=2026-09-30｜date_words=9/30(水)｜
        　　time_words=14:00–16:00｜venue_words=見本ほしぞら地域集会所｜people=18｜people_words=参加予定 18｜status
        　　=実施済｜state=実施済｜state_words=実施済｜prepared_count=5｜preparation_total=9｜blocks_words=通知まで
        　　済｜step_words=通知まで済
        －　・　・id=3｜kind=講習会｜ordinal=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜date_words=10/15
        　　(木)｜time_words=14:00–16:00｜venue_words=見本つつじ台区民館 研修室｜people=14｜people_words=出席 14｜s
        　　tatus=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通
        　　知まで済｜step_words=通知まで済
        ＋　・　・　・next_task event=Event 2｜label=実施結果を記録する｜basis_short=目安日 つぎの開庁日｜fiscal_yea
        　　r=0｜basis=目安日。実施日のつぎの開庁日までに、出席者数などを記録します｜bucket=目安日過ぎ｜column=margi
        　　n｜days_left=-61｜due=2026-10-01｜event_date=2026-09-30｜event_id=2｜event_title=第2回 LINE講習会｜is_op
        　　en=✓｜is_own_target=✓｜kind=講習会｜margin=2026-10-01｜next_actor=区｜open_words=開庁日 40日｜overdue_da
        　　ys=0｜owner=区｜owner_words=区｜rule=つぎの開庁日｜short_words=目安日を61日過ぎ｜state_words
        ＋　・　・　・　・deadline task=実施結果の記録｜owner=区｜rule=つぎの開庁日｜basis=目安日。実施日のつぎの開
        　　庁日までに、出席者数などを記録します｜direction=after｜start=2026-09-30｜nominal=2026-10-01｜working=202
        　　6-10-01｜margin=2026-10-01｜effective_date=2026-10-01｜last_day_in_time=2026-10-01
        ＋　・　・　・　・state bucket=目安日過ぎ｜days_left=-61｜overdue_days=0｜short_words=目安日を61日過ぎ｜open
        　　_words=開庁日 40日｜words=目安日を61日過ぎ
        ＋　・　・　・　・words name=実施結果の記録｜label=実施結果を記録する｜action=結果を記録する｜next_actor=区
        ＋　・　・　・open_topics 日程、内容、機材、設問
        ＋　・　・id=3｜kind=講習会｜ordinal=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜date_words=10/15
        　　(木)｜time_words=14:00–16:00｜venue_words=見本つつじ台区民館｜people=15｜people_words=参加予定 15｜stat
        　　us=実施済｜state=実施済｜state_words=実施済｜prepared_count=5｜preparation_total=9｜blocks_words=通知ま
        　　で済｜step_words=通知まで済
        －　・　・　・next_task event=Event 3｜label=実施報告書の修正版の提出｜basis_short=目安日 修正依頼から5開庁
        　　日｜fiscal_year=0｜basis=目安日。修正依頼 11/18(水) から5開庁日｜bucket=目安日過ぎ｜column=margin｜days_
        　　left=-5｜due=2026-11-26｜event_date=2026-10-15｜event_id=3｜event_title=第3回 Instagram講習会｜is_open=✓
        　　｜is_own_target=✓｜kind=講習会｜margin=2026-11-26｜next_actor=受託者｜open_words=開庁日 3日｜overdue_day
        　　s=0｜owner=受託者｜owner_words=受託者｜rule=修正依頼から5開庁日｜short_words=目安日を5日過
        －　・　・　・　・deadline task=報告書の修正版｜owner=受託者｜rule=修正依頼から5開庁日｜basis=目安日。修正依
        　　頼 11/18(水) から5開庁日｜direction=after｜start=2026-11-18｜nominal=2026-11-26｜working=2026-11-26｜mar
        　　gin=2026-11-26｜effective_date=2026-11-26｜last_day_in_time=2026-11-26
        －　・　・　・　・state bucket=目安日過ぎ｜days_left=-5｜overdue_days=0｜short_words=目安日を5日過ぎ｜open_w
        　　ords=開庁日 3日｜words=目安日を5日過ぎ
        －　・　・　・　・words name=報告書の修正版｜label=実施報告書の修正版の提出｜action=報告書の提出を求める｜ne
        　　xt_actor=受託者
        －　・　・id=8｜kind=派遣｜ordinal=1｜title=第1回 派遣 見本あおば町会｜event_date=2026-10-21｜date_words=10/
        　　21(水)｜time_words=10:00–12:00｜venue_words=見本あおば会館｜people=9｜people_words=出席 9｜status=実施
        　　済｜state=実施済｜state_words=実施済｜prepared_count=8｜preparation_total=9｜blocks_words=通知まで済｜st
        　　ep_words=通知まで済
        ＋　・　・　・next_task event=Event 3｜label=実施結果を記録する｜basis_short=目安日 つぎの開庁日｜fiscal_yea
        　　r=0｜basis=目安日。実施日のつぎの開庁日までに、出席者数などを記録します｜bucket=目安日過ぎ｜column=margi
        　　n｜days_left=-46｜due=2026-10-16｜event_date=2026-10-15｜event_id=3｜event_title=第3回 Instagram講習会｜
        　　is_open=✓｜is_own_target=✓｜kind=講習会｜margin=2026-10-16｜next_actor=区｜open_words=開庁日 30日｜overd
        　　ue_days=0｜owner=区｜owner_words=区｜rule=つぎの開庁日｜short_words=目安日を46日過ぎ｜state_
        ＋　・　・　・　・deadline task=実施結果の記録｜owner=区｜rule=つぎの開庁日｜basis=目安日。実施日のつぎの開
        　　庁日までに、出席者数などを記録します｜direction=after｜start=2026-10-15｜nominal=2026-10-16｜working=202
        　　6-10-16｜margin=2026-10-16｜effective_date=2026-10-16｜last_day_in_time=2026-10-16
        ＋　・　・　・　・state bucket=目安日過ぎ｜days_left=-46｜overdue_days=0｜short_words=目安日を46日過ぎ｜open
        　　_words=開庁日 30日｜words=目安日を46日過ぎ
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －total=13｜summary=13件　実施済 8・予定 4・協議中 0・中止 1
        ＋total=13｜summary=13件　実施済 8・予定 3・協議中 0・中止 2
        －　・　・id=3｜kind=講習会｜ordinal=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜date_words=10/15
        　　(木)｜time_words=14:00–16:00｜venue_words=見本つつじ台区民館 研修室｜people=14｜people_words=出席 14｜s
        　　tatus=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通
        　　知まで済｜step_words=通知まで済
        ＋　・　・id=3｜kind=講習会｜ordinal=3｜title=第3回 Instagram講習会｜event_date=2026-10-15｜date_words=10/15
        　　(木)｜time_words=14:00–16:00｜venue_words=見本つつじ台区民館 研修室｜people=13｜people_words=出席 13｜s
        　　tatus=実施済｜state=実施済｜state_words=実施済｜prepared_count=9｜preparation_total=10｜blocks_words=通
        　　知まで済｜step_words=通知まで済
        """,
    )


def test_a_move_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(preview_move, s, event_id=event_id(s, "講習会", 7), new_date=date(2026, 12, 22), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=7｜title=第7回 ホームページ・電子回覧板講習会｜new_date=2026-12-22｜start_time=14:00｜end_time=16:0
        　　0｜moved_count=8｜unmoved_count=2｜missed_count=0｜reason_needed=✓
        　・rows 10
        　・　・task=資料案の受領｜label=資料（案）の提出｜owner=受託者｜old_due=2026-11-27｜new_due=2026-12-01｜don
        　　e_on=2026-12-01｜words=済のまま｜basis=期限 11/27(金)。済んだ期限は動かしません
        　・　・task=資料確認｜label=資料の確認を終える｜owner=区｜contract=✓｜old_due=2026-12-04｜new_due=2026-12-0
        　　8｜is_changed=✓｜words=4日後ろへ｜basis=仕4(1)キ 2週間前
        　・　・task=人数連絡｜label=参加人数を連絡する｜owner=区｜contract=✓｜old_due=2026-12-11｜old_note=暦どおり
        　　 12/13(日)｜new_due=2026-12-17｜is_changed=✓｜words=6日後ろへ｜basis=仕4(1)エ 5日前
        　・　・task=設問の決定｜label=設問を協議して決める｜owner=区・受託者｜old_due=2026-12-16｜new_due=2026-12-1
        　　8｜is_changed=✓｜words=2日後ろへ｜basis=目安日 2開庁日前
        　・　・task=当日資料一式｜label=当日資料一式を用意する｜owner=区｜old_due=2026-12-17｜new_due=2026-12-21｜i
        　　s_changed=✓｜words=4日後ろへ｜basis=目安日 前の開庁日
        　・　・task=アンケートの検算｜label=アンケートの検算をする｜owner=区｜old_due=2026-12-24｜new_due=2026-12-2
        　　8｜is_changed=✓｜words=4日後ろへ｜basis=目安日 実施日から4開庁日
        　・　・task=実施報告書｜label=実施報告書の提出｜owner=受託者｜contract=✓｜old_due=2027-01-18｜new_due=2027-
        　　01-22｜is_changed=✓｜words=4日後ろへ｜basis=仕4(1)コ 1か月以内
        　・　・task=受付締切｜label=受付締切｜owner=区｜old_due=2026-12-01｜new_due=2026-12-01｜words=変わりません
        　　｜basis=目安日 手で決めた日
        　・　・task=決定｜label=決定｜owner=区｜old_due=2026-12-03｜new_due=2026-12-07｜is_changed=✓｜words=4日後ろ
        　　へ｜basis=目安日 15日前
        　・　・task=決定通知｜label=決定通知｜owner=区｜old_due=2026-12-04｜new_due=2026-12-09｜is_changed=✓｜words
        　　=5日後ろへ｜basis=目安日 13日前
        　・follow_ups 7
        　・　・text=公表した募集期間（11/6(金)から12/1(火)まで）はそのままです。延ばすときは、募集の段取りで日を入
        　　力し、あらためて知らせます。
        　・　・text=会長あて案内文は 11/2(月) に済です（12/18(金)　14:00–16:00 と知らせています）。
        　・　・text=募集チラシは 10/30(金) に済です（12/18(金)　14:00–16:00 と知らせています）。
        　・　・text=区報原稿は 9/29(火) に済です（12/18(金)　14:00–16:00 と知らせています）。
        　・　・text=支部長あて依頼文は 9/25(金) に済です（12/18(金)　14:00–16:00 と知らせています）。
        　・　・text=「中止・変更の連絡」で 11団体へ電話します。｜step=日程変更の連絡
        　・　・text=見本ほしぞら地域集会所 12/22(火) の使用承認がまだありません。｜step=会場の使用承認
        　・warnings 1
        　・　・text=参加予定が22人で、仕様の人数（各回10人から20人程度、仕様書4(1)エ）を上回ります。｜clause=仕4(1)
        　　エ｜needs=程度の範囲内
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・task=資料確認｜label=資料の確認を終える｜owner=区｜contract=✓｜old_due=2026-12-04｜new_due=2026-12
        　　-08｜is_changed=✓｜words=4日後ろへ｜basis=仕4(1)キ 2週間前
        －　・　・task=人数連絡｜label=参加人数を連絡する｜owner=区｜contract=✓｜old_due=2026-12-11｜old_note=暦どお
        　　り 12/13(日)｜new_due=2026-12-17｜is_changed=✓｜words=6日後ろへ｜basis=仕4(1)エ 5日前
        ＋　・　・task=資料確認｜label=資料の確認を終える｜owner=区｜contract=✓｜old_due=2026-12-04｜new_due=2026-12
        　　-08｜is_changed=✓｜words=4日後ろへ｜basis=2週間前
        ＋　・　・task=人数連絡｜label=参加人数を連絡する｜owner=区｜contract=✓｜old_due=2026-12-11｜old_note=暦どお
        　　り 12/13(日)｜new_due=2026-12-17｜is_changed=✓｜words=6日後ろへ｜basis=5日前
        －　・　・task=実施報告書｜label=実施報告書の提出｜owner=受託者｜contract=✓｜old_due=2027-01-18｜new_due=202
        　　7-01-22｜is_changed=✓｜words=4日後ろへ｜basis=仕4(1)コ 1か月以内
        ＋　・　・task=実施報告書｜label=実施報告書の提出｜owner=受託者｜contract=✓｜old_due=2027-01-18｜new_due=202
        　　7-01-22｜is_changed=✓｜words=4日後ろへ｜basis=1か月以内
        －　・　・text=参加予定が22人で、仕様の人数（各回10人から20人程度、仕様書4(1)エ）を上回ります。｜clause=仕4(
        　　1)エ｜needs=程度の範囲内
        ＋　・　・text=参加予定が22人で、仕様の人数（各回10人から20人程度）を上回ります。｜needs=程度の範囲内
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_a_move_of_an_exchange_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            preview_move,
            s,
            event_id=event_id(s, "意見交換会", 2),
            new_date=date(2027, 2, 20),
            start_time="10:00",
            end_time="12:00",
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=12｜title=第2回 意見交換会｜new_date=2027-02-20｜start_time=10:00｜end_time=12:00｜moved_count=10｜
        　　unmoved_count=4｜missed_count=0｜reason_needed=✓
        　・rows 14
        　・　・task=資料案の受領｜label=資料（案）の提出｜owner=受託者｜old_due=2027-01-13｜new_due=2027-01-29｜is_
        　　changed=✓｜words=16日後ろへ｜basis=目安日 確認の5開庁日前
        　・　・task=資料確認｜label=資料の確認を終える｜owner=区｜contract=✓｜old_due=2027-01-20｜new_due=2027-02-0
        　　5｜new_note=暦どおり R9 2/6(土)｜is_changed=✓｜words=16日後ろへ｜basis=仕4(3)キ 2週間前 R9 2/6(土)→前の
        　　開庁日
        　・　・task=人数連絡｜label=参加人数を連絡する｜owner=区｜contract=✓｜old_due=2027-01-29｜new_due=2027-02-1
        　　5｜is_changed=✓｜words=17日後ろへ｜basis=仕4(3)エ 5日前
        　・　・task=設問の決定｜label=設問を協議して決める｜owner=区・受託者｜old_due=2027-02-01｜new_due=2027-02-1
        　　8｜is_changed=✓｜words=17日後ろへ｜basis=目安日 2開庁日前
        　・　・task=当日資料一式｜label=当日資料一式を用意する｜owner=区｜old_due=2027-02-02｜new_due=2027-02-19｜i
        　　s_changed=✓｜words=17日後ろへ｜basis=目安日 前の開庁日
        　・　・task=アンケートの検算｜label=アンケートの検算をする｜owner=区｜old_due=2027-02-09｜new_due=2027-02-2
        　　6｜is_changed=✓｜words=17日後ろへ｜basis=目安日 実施日から4開庁日
        　・　・task=実施報告書｜label=実施報告書の提出｜owner=受託者｜contract=✓｜old_due=2027-03-03｜new_due=2027-
        　　03-20｜new_note=休日の場合 R9 3/23(火)｜is_changed=✓｜words=17日後ろへ｜basis=仕4(3)コ 1か月以内 休日の
        　　場合 R9 3/23(火)
        　・　・task=チラシ校了｜label=チラシ校了｜owner=区｜old_due=2026-12-16｜new_due=2026-12-16｜words=変わりま
        　　せん｜basis=目安日 手で決めた日
        　・　・task=会長あて送付｜label=会長あて送付｜owner=区｜old_due=2026-12-18｜new_due=2026-12-18｜words=変わ
        　　りません｜basis=目安日 手で決めた日
        　・　・task=受付開始｜label=受付開始｜owner=区｜old_due=2026-12-23｜new_due=2026-12-23｜words=変わりません
        　　｜basis=目安日 手で決めた日
        　・　・task=受付締切｜label=受付締切｜owner=区｜old_due=2027-01-15｜new_due=2027-01-15｜words=変わりません
        　　｜basis=目安日 手で決めた日
        　・　・task=決定｜label=決定｜owner=区｜old_due=2027-01-19｜new_due=2027-02-05｜is_changed=✓｜words=17日後
        　　ろへ｜basis=目安日 15日前
        　・follow_ups 4
        　・　・text=公表した募集期間（12/23(水)からR9 1/15(金)まで）はそのままです。それまでの段取り（チラシ校了、
        　　会長あて送付）も、いまの日のままです。延ばすときは、募集の段取りで日を入力し、あらためて知らせます。
        　・　・text=区報原稿は 11/13(金) に済です（R9 2/3(水)　14:00–16:00 と知らせています）。
        　・　・text=支部長あて依頼文は 11/11(水) に済です（R9 2/3(水)　14:00–16:00 と知らせています）。
        　・　・text=見本こもれび区民館 R9 2/20(土) の使用承認がまだありません。｜step=会場の使用承認
        　・warnings 3
        　・　・text=実施日 R9 2/20(土) は、意見交換会の期間（9/1(火)からR9 2/14(日)まで。仕様書4(3)ア）の外です。協
        　　議の記録と理由が要ります。｜clause=仕4(3)ア｜needs=協議で足りる
        　・　・text=令和9年2月20日（土）は閉庁日（土曜日）です。会場と職員の体制を確かめてください。
        　・　・text=ファシリテーターの人数がまだありません。各班に1人が要ります（仕様書4(3)カ）。｜clause=仕4(3)カ
        　　｜is_unknown_yet=✓
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・task=資料確認｜label=資料の確認を終える｜owner=区｜contract=✓｜old_due=2027-01-20｜new_due=2027-02
        　　-05｜new_note=暦どおり R9 2/6(土)｜is_changed=✓｜words=16日後ろへ｜basis=仕4(3)キ 2週間前 R9 2/6(土)→前
        　　の開庁日
        －　・　・task=人数連絡｜label=参加人数を連絡する｜owner=区｜contract=✓｜old_due=2027-01-29｜new_due=2027-02
        　　-15｜is_changed=✓｜words=17日後ろへ｜basis=仕4(3)エ 5日前
        ＋　・　・task=資料確認｜label=資料の確認を終える｜owner=区｜contract=✓｜old_due=2027-01-20｜new_due=2027-02
        　　-05｜new_note=暦どおり R9 2/6(土)｜is_changed=✓｜words=16日後ろへ｜basis=2週間前 R9 2/6(土)→前の開庁日
        ＋　・　・task=人数連絡｜label=参加人数を連絡する｜owner=区｜contract=✓｜old_due=2027-01-29｜new_due=2027-02
        　　-15｜is_changed=✓｜words=17日後ろへ｜basis=5日前
        －　・　・task=実施報告書｜label=実施報告書の提出｜owner=受託者｜contract=✓｜old_due=2027-03-03｜new_due=202
        　　7-03-20｜new_note=休日の場合 R9 3/23(火)｜is_changed=✓｜words=17日後ろへ｜basis=仕4(3)コ 1か月以内 休日
        　　の場合 R9 3/23(火)
        ＋　・　・task=実施報告書｜label=実施報告書の提出｜owner=受託者｜contract=✓｜old_due=2027-03-03｜new_due=202
        　　7-03-20｜new_note=休日の場合 R9 3/23(火)｜is_changed=✓｜words=17日後ろへ｜basis=1か月以内 休日の場合 R9
        　　 3/23(火)
        －　・warnings 3
        －　・　・text=実施日 R9 2/20(土) は、意見交換会の期間（9/1(火)からR9 2/14(日)まで。仕様書4(3)ア）の外です。
        　　協議の記録と理由が要ります。｜clause=仕4(3)ア｜needs=協議で足りる
        ＋　・warnings 2
        ＋　・　・text=実施日 R9 2/20(土) は、意見交換会の期間（9/1(火)からR9 2/14(日)まで）の外です。協議の記録と理
        　　由が要ります。｜needs=協議で足りる
        －　・　・text=ファシリテーターの人数がまだありません。各班に1人が要ります（仕様書4(3)カ）。｜clause=仕4(3)
        　　カ｜is_unknown_yet=✓
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event_id=12｜title=第2回 意見交換会｜new_date=2027-02-20｜start_time=10:00｜end_time=12:00｜moved_count=10
        　　｜unmoved_count=4｜missed_count=0｜reason_needed=✓
        ＋event_id=12｜title=第2回 意見交換会｜new_date=2027-02-20｜start_time=10:00｜end_time=12:00｜moved_count=9
        　　｜unmoved_count=5｜missed_count=0｜reason_needed=✓
        """,
    )


def test_what_a_move_touches_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_move_context, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        　・records event=Event 6｜survey=EventSurvey 6｜counted_from_roster=✓｜has_own_materials=✓｜people=14｜people_w
        　　ord=参加予定
        　・　・steps RecruitmentStep 41、RecruitmentStep 42、RecruitmentStep 43、RecruitmentStep 44、RecruitmentStep 45
        　　、RecruitmentStep 46、RecruitmentStep 47、RecruitmentStep 48
        　・　・agreements Agreement 21、Agreement 22、Agreement 23、Agreement 24
        　・　・materials 3
        　・　・　・material=Material 14｜confirmed_on=2026-11-20｜latest=MaterialVersion 14
        　・　・　・　・versions MaterialVersion 14
        　・　・　・material=Material 15｜latest=MaterialVersion 15｜needs_correction=✓｜not_notified=✓
        　・　・　・　・versions MaterialVersion 15
        　・　・　・　・findings Finding 1、Finding 2、Finding 3
        　・　・　・material=Material 16｜latest=MaterialVersion 16
        　・　・　・　・versions MaterialVersion 16
        　・　・expected ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCount 0、ExpectedCo
        　　unt 0、ExpectedCount 0、ExpectedCount 0
        　・　・letters Letter 2
        　・　・entries Entry 84、Entry 85、Entry 86、Entry 87、Entry 88、Entry 89、Entry 90、Entry 91、Entry 92、Entry
        　　 93、Entry 94、Entry 95、Entry 96、Entry 97
        　・　・arrangements Arrangement 6、Arrangement 7
        　・　・agenda AgendaItem 36、AgendaItem 37、AgendaItem 38、AgendaItem 39、AgendaItem 40、AgendaItem 41、AgendaI
        　　tem 42
        　・　・outgoing Outgoing 2
        　・　・notifications Notification 29
        　・　・entry_names[84] 見本あおば町会、仮名　和子
        　・　・entry_names[85] 見本あおば町会、試山　節子
        　・　・entry_names[86] 見本ひだまり町会、例川　幸子
        　・　・entry_names[87] 見本ひだまり町会、仮井　花子
        　・　・entry_names[88] 見本はなみず自治会、濵例　四郎
        　・　・entry_names[89] 見本わかば町会、例野　実
        　・　・entry_names[90] 見本わかば町会、仮森　五郎
        　・　・entry_names[91] 見本いずみ自治会、𠮷見本　清
        　・　・entry_names[92] 見本やまびこ町会、例川　四郎
        　・　・entry_names[93] 見本やまびこ町会、𠮷見本　和子
        　・　・entry_names[94] 見本ひばり自治会、葛󠄀例　実
        　・　・entry_names[95] 見本ひばり自治会、仮森　一郎
        　・　・entry_names[96] 見本ひばり自治会、
        　・　・entry_names[97] 見本こもれび団地自治会、仮田　実
        　・　・bookings Booking 6
        　・year today=2026-12-01｜words=令和8年度
        　・　・view programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・　・　・kinds EventKind 1、EventKind 2、EventKind 3
        　・　・　・rows base=Programme 1
        　・　・　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・　・　・offices Office 1
        　・　・　・　・contractors Contractor 1
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
        －　・records event=Event 6｜survey=EventSurvey 6｜counted_from_roster=✓｜has_own_materials=✓｜people=14｜people
        　　_word=参加予定
        －　・　・steps RecruitmentStep 41、RecruitmentStep 42、RecruitmentStep 43、RecruitmentStep 44、RecruitmentStep
        　　 45、RecruitmentStep 46、RecruitmentStep 47、RecruitmentStep 48
        －　・　・agreements Agreement 21、Agreement 22、Agreement 23、Agreement 24
        ＋　・records event=Event 6｜survey=EventSurvey 6｜counted_from_roster=✓｜has_own_materials=✓｜people=13｜people
        　　_word=参加予定
        ＋　・　・steps RecruitmentStep 41、RecruitmentStep 42、RecruitmentStep 43、RecruitmentStep 44、RecruitmentStep
        　　 45、RecruitmentStep 46、RecruitmentStep 47、RecruitmentStep 48、RecruitmentStep 101
        ＋　・　・agreements Agreement 21、Agreement 22、Agreement 23、Agreement 24、Agreement 58
        －　・　・entry_names[86] 見本ひだまり町会、例川　幸子
        －　・　・entry_names[87] 見本ひだまり町会、仮井　花子
        ＋　・　・entry_names[86] 新見本ひだまり町会、例川　幸子
        ＋　・　・entry_names[87] 新見本ひだまり町会、仮井　花子
        ＋　・　・decisions ChangeDecision 2
        －　・　・　・　・contractors Contractor 1
        """,
    )
