"""What the page of 完了検査 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.year_end.completion.services.completion import read_completion
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_completion_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_completion,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        today=2026-12-01｜next_step=業務完了届｜contractor=Contractor 1｜office=Office 1｜programme=Programme 1
        　・view programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・　・kinds EventKind 1、EventKind 2、EventKind 3
        　・　・rows base=Programme 1
        　・　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・　・offices Office 1
        　・　・　・contractors Contractor 1
        　・papers 21
        　・　・id=report-3｜kind=実施報告書｜title=第3回 Instagram講習会 報告書｜group=提出待ち｜due=2026-11-15｜la
        　　st_day=2026-11-16｜due_words=11/15(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=メール｜ch
        　　eck_words=修正依頼中｜late_words=期限内　3日早い｜late_second=休日→11/16(月)｜late_days=0｜event_id=3｜
        　　event_kind=講習会｜paper_id=3｜versions=1｜received_on=2026-11-12｜form_id=0｜drift=0
        　・　・id=report-4｜kind=実施報告書｜title=第4回 キャッシュレス決済講習会 報告書｜group=提出待ち｜due=2026-
        　　11-29｜last_day=2026-11-30｜due_words=11/29(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=
        　　実施 10/29(木)｜check_words=受領前｜late_words=受託者 1日遅れ｜late_second=休日→11/30(月)　まだ届いてい
        　　ません｜late_days=1｜event_id=4｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=1｜basis=仕4(1)コ 1
        　　か月以内｜words=第4回 キャッシュレス決済講習会 報告書 1日
        　・　・id=report-11｜kind=実施報告書｜title=第1回 意見交換会 報告書｜group=区の対応｜due=2026-12-12｜last_d
        　　ay=2026-12-14｜due_words=12/12(土)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=メール｜check_
        　　words=区が確認中｜late_words=期限内　15日早い｜late_second=休日→12/14(月)｜late_days=0｜event_id=11｜ev
        　　ent_kind=意見交換会｜paper_id=5｜versions=1｜received_on=2026-11-27｜form_id=9｜drift=0
        　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026-1
        　　2-16｜last_day=2026-12-16｜due_words=12/16(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=実
        　　施 11/25(水)｜check_words=受領前｜late_days=0｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜form
        　　_id=0｜drift=0
        　・　・id=report-5｜kind=実施報告書｜title=第5回 LINE講習会（2回目） 報告書｜group=提出待ち｜due=2026-12-17
        　　｜last_day=2026-12-17｜due_words=12/17(木)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=実施 1
        　　1/17(火)｜check_words=受領前｜late_days=0｜event_id=5｜event_kind=講習会｜paper_id=0｜versions=0｜form_i
        　　d=0｜drift=0
        　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=2027-
        　　01-08｜last_day=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=
        　　実施 12/8(火)｜check_words=実施後｜late_days=0｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0｜f
        　　orm_id=0｜drift=0
        　・　・id=report-7｜kind=実施報告書｜title=第7回 ホームページ・電子回覧板講習会 報告書｜group=提出待ち｜due
        　　=2027-01-18｜last_day=2027-01-18｜due_words=R9 1/18(月)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way
        　　_words=実施 12/18(金)｜check_words=実施後｜late_days=0｜event_id=7｜event_kind=講習会｜paper_id=0｜versi
        　　ons=0｜form_id=0｜drift=0
        　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02-1
        　　0｜last_day=2027-02-10｜due_words=R9 2/10(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=実
        　　施 R9 1/20(水)｜check_words=実施後｜late_days=0｜event_id=10｜event_kind=派遣｜paper_id=0｜versions=0｜f
        　　orm_id=0｜drift=0
        　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-02-17｜last_day=2027-02-17｜due_words
        　　=R9 2/17(水)｜contract=✓｜basis_words=仕4(4) すべての事業のあと2週間以内｜check_words=受領前｜late_days=
        　　0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・id=report-12｜kind=実施報告書｜title=第2回 意見交換会 報告書｜group=提出待ち｜due=2027-03-03｜last_d
        　　ay=2027-03-03｜due_words=R9 3/3(水)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=実施 R9 2/3(
        　　水)｜check_words=実施後｜late_days=0｜event_id=12｜event_kind=意見交換会｜paper_id=0｜versions=0｜form_i
        　　d=0｜drift=0
        　・　・id=廃棄・消去証明書｜kind=廃棄・消去証明書｜title=廃棄・消去証明書｜group=提出待ち｜due=2027-03-31｜
        　　last_day=2027-03-31｜due_words=R9 3/31(水)｜basis_words=特22-2 契約の終了まで（返還または廃棄・消去が終
        　　わったとき）（目安日）｜check_words=受領前｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜
        　　drift=0
        　・　・id=従事者・配置表の届｜kind=従事者・配置表の届｜title=従事者・配置表の届｜group=確認済｜due=2026-07-
        　　31｜last_day=2026-07-31｜due_words=7/31(金)｜basis_words=特7 業務を始める日の前日まで（目安日）｜way_wor
        　　ds=持参｜number_words=8見本収第12号｜check_words=7/31(金)｜late_days=0｜event_id=0｜paper_id=7｜versions
        　　=1｜received_on=2026-07-31｜checked_on=2026-07-31｜form_id=0｜drift=0
        　・tasks[中間集計（次年度の見積）] label=中間集計（次年度の見積）｜basis_short=目安日 9月末の開庁日｜comple
        　　ted_on=2026-09-29｜programme_id=1｜fiscal_year=0｜basis=目安日。9月末の開庁日 = 9/30(水)｜bucket=済｜col
        　　umn=margin｜days_left=0｜due=2026-09-30｜is_own_target=✓｜margin=2026-09-30｜margin_basis=目安日。9月末
        　　の開庁日 = 9/30(水)｜next_actor=区｜overdue_days=0｜owner=区｜owner_words=区｜rule=9月末の開庁日｜short_
        　　words=済 9/29(火)｜state_words=済 9/29(火)｜task=中間集計（次年度の見積）
        　・　・deadline task=中間集計（次年度の見積）｜owner=区｜rule=9月末の開庁日｜basis=目安日。9月末の開庁日 =
        　　 9/30(水)｜margin_basis=目安日。9月末の開庁日 = 9/30(水)｜direction=before｜start=2026-04-01｜nominal=20
        　　26-09-30｜working=2026-09-30｜margin=2026-09-30｜effective_date=2026-09-30｜last_day_in_time=2026-09-30
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 9/29(火)｜words=済 9/29(火)
        　・　・words name=中間集計（次年度の見積）｜label=中間集計（次年度の見積）｜action=中間集計をする｜next_act
        　　or=区
        　・tasks[中間集計（査定資料）] label=中間集計（査定資料）｜basis_short=目安日 10月末の開庁日｜completed_on=
        　　2026-10-28｜programme_id=1｜fiscal_year=0｜basis=目安日。10月末の開庁日 = 10/30(金)｜bucket=済｜column=m
        　　argin｜days_left=0｜due=2026-10-30｜is_own_target=✓｜margin=2026-10-30｜margin_basis=目安日。10月末の開
        　　庁日 = 10/30(金)｜next_actor=区｜overdue_days=0｜owner=区｜owner_words=区｜rule=10月末の開庁日｜short_wo
        　　rds=済 10/28(水)｜state_words=済 10/28(水)｜task=中間集計（査定資料）
        　・　・deadline task=中間集計（査定資料）｜owner=区｜rule=10月末の開庁日｜basis=目安日。10月末の開庁日 = 10
        　　/30(金)｜margin_basis=目安日。10月末の開庁日 = 10/30(金)｜direction=before｜start=2026-04-01｜nominal=20
        　　26-10-30｜working=2026-10-30｜margin=2026-10-30｜effective_date=2026-10-30｜last_day_in_time=2026-10-30
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 10/28(水)｜words=済 10/28(水)
        　・　・words name=中間集計（査定資料）｜label=中間集計（査定資料）｜action=中間集計をする｜next_actor=区
        　・tasks[復元の点検] label=復元の点検をする｜basis_short=目安日 年に1回、11月末の開庁日｜completed_on=2026-
        　　11-13｜programme_id=1｜fiscal_year=0｜basis=目安日。年に1回、11月末の開庁日 = 11/30(月)｜bucket=済｜colu
        　　mn=margin｜days_left=0｜due=2026-11-30｜is_own_target=✓｜margin=2026-11-30｜margin_basis=目安日。年に1回
        　　、11月末の開庁日 = 11/30(月)｜next_actor=区｜overdue_days=0｜owner=区｜owner_words=区｜rule=年に1回、11
        　　月末の開庁日｜short_words=済 11/13(金)｜state_words=済 11/13(金)｜task=復元の点検
        　・　・deadline task=復元の点検｜owner=区｜rule=年に1回、11月末の開庁日｜basis=目安日。年に1回、11月末の開
        　　庁日 = 11/30(月)｜margin_basis=目安日。年に1回、11月末の開庁日 = 11/30(月)｜direction=before｜start=2026
        　　-04-01｜nominal=2026-11-30｜working=2026-11-30｜margin=2026-11-30｜effective_date=2026-11-30｜last_day_i
        　　n_time=2026-11-30
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 11/13(金)｜words=済 11/13(金)
        　・　・words name=復元の点検｜label=復元の点検をする｜action=復元の点検をする｜next_actor=区
        　・tasks[提案書] label=提案書の提出｜basis_short=仕4(4) 2週間以内｜programme_id=1｜fiscal_year=0｜basis=仕
        　　様書4(4)。最後の実施日の翌日 R9 2/4(木) から2週間 = R9 2/17(水)（民法140条）｜bucket=来週から｜clause=仕
        　　4(4)｜column=nominal｜days_left=78｜due=2027-02-17｜is_contract_duty=✓｜is_open=✓｜margin=2027-02-17｜ma
        　　rgin_basis=目安日 R9 2/17(水)（期限と同じ日）｜next_actor=受託者｜nominal=2027-02-17｜open_words=開庁日
        　　 50日｜overdue_days=0｜owner=受託者｜owner_words=受託者｜rule=2週間以内｜shor
        　・　・deadline task=提案書｜owner=受託者｜clause=仕4(4)｜rule=2週間以内｜basis=仕様書4(4)。最後の実施日の
        　　翌日 R9 2/4(木) から2週間 = R9 2/17(水)（民法140条）｜margin_basis=目安日 R9 2/17(水)（期限と同じ日）｜d
        　　irection=after｜start=2027-02-03｜nominal=2027-02-17｜working=2027-02-17｜margin=2027-02-17｜contract=✓
        　　｜effective_date=2027-02-17｜last_day_in_time=2027-02-17
        　・　・state bucket=来週から｜days_left=78｜overdue_days=0｜short_words=あと78日｜open_words=開庁日 50日｜w
        　　ords=あと78日・開庁日 50日
        　・　・words name=提案書｜label=提案書の提出｜action=提出物を受領する｜next_actor=受託者
        　・tasks[業務完了届] label=業務完了届の提出｜basis_short=目安日 検査の10日以内が履行期間に収まる開庁日｜pro
        　　gramme_id=1｜fiscal_year=0｜basis=目安日（仕様書3に関連）。検査の10日以内が履行期間に収まる開庁日 = R9 3
        　　/19(金)｜bucket=来週から｜clause=仕3｜column=margin｜days_left=108｜due=2027-03-19｜is_open=✓｜is_own_ta
        　　rget=✓｜margin=2027-03-19｜margin_basis=目安日（仕様書3に関連）。検査の10日以内が履行期間に収まる開庁日
        　　 = R9 3/19(金)｜next_actor=受託者｜open_words=開庁日 71日｜overdue_days=0｜owner=受託者｜owner_words=受
        　　託者｜rule=検査
        　・　・deadline task=業務完了届｜owner=受託者｜clause=仕3｜rule=検査の10日以内が履行期間に収まる開庁日｜bas
        　　is=目安日（仕様書3に関連）。検査の10日以内が履行期間に収まる開庁日 = R9 3/19(金)｜margin_basis=目安日（
        　　仕様書3に関連）。検査の10日以内が履行期間に収まる開庁日 = R9 3/19(金)｜direction=before｜start=2026-04-0
        　　1｜nominal=2027-03-19｜working=2027-03-19｜margin=2027-03-19｜effective_date=2027-03-19｜last_day_in_tim
        　　e=2027-03-19
        　・　・state bucket=来週から｜days_left=108｜overdue_days=0｜short_words=あと108日｜open_words=開庁日 71日
        　　｜words=あと108日・開庁日 71日
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=report-3｜kind=実施報告書｜title=第3回 Instagram講習会 報告書｜group=提出待ち｜due=2026-11-15｜
        　　last_day=2026-11-16｜due_words=11/15(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=メール｜
        　　check_words=修正依頼中｜late_words=期限内　3日早い｜late_second=休日→11/16(月)｜late_days=0｜event_id=3
        　　｜event_kind=講習会｜paper_id=3｜versions=1｜received_on=2026-11-12｜form_id=0｜drift=0
        －　・　・id=report-4｜kind=実施報告書｜title=第4回 キャッシュレス決済講習会 報告書｜group=提出待ち｜due=202
        　　6-11-29｜last_day=2026-11-30｜due_words=11/29(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words
        　　=実施 10/29(木)｜check_words=受領前｜late_words=受託者 1日遅れ｜late_second=休日→11/30(月)　まだ届いて
        　　いません｜late_days=1｜event_id=4｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=1｜basis=仕4(1)コ
        　　 1か月以内｜words=第4回 キャッシュレス決済講習会 報告書 1日
        －　・　・id=report-11｜kind=実施報告書｜title=第1回 意見交換会 報告書｜group=区の対応｜due=2026-12-12｜last
        　　_day=2026-12-14｜due_words=12/12(土)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=メール｜chec
        　　k_words=区が確認中｜late_words=期限内　15日早い｜late_second=休日→12/14(月)｜late_days=0｜event_id=11｜
        　　event_kind=意見交換会｜paper_id=5｜versions=1｜received_on=2026-11-27｜form_id=9｜drift=0
        －　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026
        　　-12-16｜last_day=2026-12-16｜due_words=12/16(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=
        　　実施 11/25(水)｜check_words=受領前｜late_days=0｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜fo
        　　rm_id=0｜drift=0
        －　・　・id=report-5｜kind=実施報告書｜title=第5回 LINE講習会（2回目） 報告書｜group=提出待ち｜due=2026-12-
        　　17｜last_day=2026-12-17｜due_words=12/17(木)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=実施
        　　 11/17(火)｜check_words=受領前｜late_days=0｜event_id=5｜event_kind=講習会｜paper_id=0｜versions=0｜form
        　　_id=0｜drift=0
        －　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-08｜last_day=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_word
        　　s=実施 12/8(火)｜check_words=実施後｜late_days=0｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0
        　　｜form_id=0｜drift=0
        －　・　・id=report-7｜kind=実施報告書｜title=第7回 ホームページ・電子回覧板講習会 報告書｜group=提出待ち｜d
        　　ue=2027-01-18｜last_day=2027-01-18｜due_words=R9 1/18(月)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜w
        　　ay_words=実施 12/18(金)｜check_words=実施後｜late_days=0｜event_id=7｜event_kind=講習会｜paper_id=0｜ver
        　　sions=0｜form_id=0｜drift=0
        －　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02
        　　-10｜last_day=2027-02-10｜due_words=R9 2/10(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=
        　　実施 R9 1/20(水)｜check_words=実施後｜late_days=0｜event_id=10｜event_kind=派遣｜paper_id=0｜versions=0
        　　｜form_id=0｜drift=0
        －　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-02-17｜last_day=2027-02-17｜due_wor
        　　ds=R9 2/17(水)｜contract=✓｜basis_words=仕4(4) すべての事業のあと2週間以内｜check_words=受領前｜late_day
        　　s=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・id=report-12｜kind=実施報告書｜title=第2回 意見交換会 報告書｜group=提出待ち｜due=2027-03-03｜last
        　　_day=2027-03-03｜due_words=R9 3/3(水)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=実施 R9 2/3
        　　(水)｜check_words=実施後｜late_days=0｜event_id=12｜event_kind=意見交換会｜paper_id=0｜versions=0｜form_
        　　id=0｜drift=0
        ＋　・　・id=report-3｜kind=実施報告書｜title=第3回 Instagram講習会 報告書｜group=提出待ち｜due=2026-11-15｜
        　　last_day=2026-11-16｜due_words=11/15(日)｜contract=✓｜basis_words= 1か月以内｜way_words=メール｜check_wo
        　　rds=修正依頼中｜late_words=期限内　3日早い｜late_second=休日→11/16(月)｜late_days=0｜event_id=3｜event_
        　　kind=講習会｜paper_id=3｜versions=1｜received_on=2026-11-12｜form_id=0｜drift=0
        ＋　・　・id=report-4｜kind=実施報告書｜title=第4回 キャッシュレス決済講習会 報告書｜group=提出待ち｜due=202
        　　6-11-29｜last_day=2026-11-30｜due_words=11/29(日)｜contract=✓｜basis_words= 1か月以内｜way_words=実施 10
        　　/29(木)｜check_words=受領前｜late_words=受託者 1日遅れ｜late_second=休日→11/30(月)　まだ届いていません
        　　｜late_days=1｜event_id=4｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・　・late title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=1｜basis= 1か月以
        　　内｜words=第4回 キャッシュレス決済講習会 報告書 1日
        ＋　・　・id=report-11｜kind=実施報告書｜title=第1回 意見交換会 報告書｜group=区の対応｜due=2026-12-12｜last
        　　_day=2026-12-14｜due_words=12/12(土)｜contract=✓｜basis_words= 1か月以内｜way_words=メール｜check_words=
        　　区が確認中｜late_words=期限内　15日早い｜late_second=休日→12/14(月)｜late_days=0｜event_id=11｜event_ki
        　　nd=意見交換会｜paper_id=5｜versions=1｜received_on=2026-11-27｜form_id=9｜drift=0
        ＋　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026
        　　-12-16｜last_day=2026-12-16｜due_words=12/16(水)｜contract=✓｜basis_words= 3週間以内｜way_words=実施 11/
        　　25(水)｜check_words=受領前｜late_days=0｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0
        　　｜drift=0
        ＋　・　・id=report-5｜kind=実施報告書｜title=第5回 LINE講習会（2回目） 報告書｜group=提出待ち｜due=2026-12-
        　　17｜last_day=2026-12-17｜due_words=12/17(木)｜contract=✓｜basis_words= 1か月以内｜way_words=実施 11/17(
        　　火)｜check_words=受領前｜late_days=0｜event_id=5｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜
        　　drift=0
        ＋　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-08｜last_day=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜basis_words= 1か月以内｜way_words=実施 1
        　　2/8(火)｜check_words=実施後｜late_days=0｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0｜form_id
        　　=0｜drift=0
        ＋　・　・id=report-7｜kind=実施報告書｜title=第7回 ホームページ・電子回覧板講習会 報告書｜group=提出待ち｜d
        　　ue=2027-01-18｜last_day=2027-01-18｜due_words=R9 1/18(月)｜contract=✓｜basis_words= 1か月以内｜way_words
        　　=実施 12/18(金)｜check_words=実施後｜late_days=0｜event_id=7｜event_kind=講習会｜paper_id=0｜versions=0
        　　｜form_id=0｜drift=0
        ＋　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02
        　　-10｜last_day=2027-02-10｜due_words=R9 2/10(水)｜contract=✓｜basis_words= 3週間以内｜way_words=実施 R9 1
        　　/20(水)｜check_words=実施後｜late_days=0｜event_id=10｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=
        　　0｜drift=0
        ＋　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-02-17｜last_day=2027-02-17｜due_wor
        　　ds=R9 2/17(水)｜contract=✓｜basis_words=すべての事業のあと2週間以内｜check_words=受領前｜late_days=0｜ev
        　　ent_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・id=report-12｜kind=実施報告書｜title=第2回 意見交換会 報告書｜group=提出待ち｜due=2027-03-03｜last
        　　_day=2027-03-03｜due_words=R9 3/3(水)｜contract=✓｜basis_words= 1か月以内｜way_words=実施 R9 2/3(水)｜ch
        　　eck_words=実施後｜late_days=0｜event_id=12｜event_kind=意見交換会｜paper_id=0｜versions=0｜form_id=0｜dr
        　　ift=0
        －　・　・id=従事者・配置表の届｜kind=従事者・配置表の届｜title=従事者・配置表の届｜group=確認済｜due=2026-0
        　　7-31｜last_day=2026-07-31｜due_words=7/31(金)｜basis_words=特7 業務を始める日の前日まで（目安日）｜way_w
        　　ords=持参｜number_words=8見本収第12号｜check_words=7/31(金)｜late_days=0｜event_id=0｜paper_id=7｜versio
        　　ns=1｜received_on=2026-07-31｜checked_on=2026-07-31｜form_id=0｜drift=0
        ＋　・　・id=report-1｜kind=実施報告書｜title=第1回 事例紹介講習会 報告書｜group=確認済｜due=2026-10-10｜las
        　　t_day=2026-10-13｜due_words=10/10(土)｜contract=✓｜basis_words= 1か月以内｜way_words=メール｜check_words
        　　=確認済｜late_words=目安日 27日過ぎ｜check_is_late=✓｜late_second=30日 11/4(水)まで｜late_days=0｜event_
        　　id=1｜event_kind=講習会｜paper_id=1｜versions=1｜received_on=2026-10-05｜form_id=0｜drift=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・papers 21
        ＋　・papers 20
        －　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-08｜last_day=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_word
        　　s=実施 12/8(火)｜check_words=実施後｜late_days=0｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0
        　　｜form_id=0｜drift=0
        ＋　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-17｜last_day=2027-01-18｜due_words=R9 1/17(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_wor
        　　ds=実施 12/17(木)｜check_words=実施後｜late_second=休日→R9 1/18(月)｜late_days=0｜event_id=6｜event_kin
        　　d=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02
        　　-10｜last_day=2027-02-10｜due_words=R9 2/10(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=
        　　実施 R9 1/20(水)｜check_words=実施後｜late_days=0｜event_id=10｜event_kind=派遣｜paper_id=0｜versions=0
        　　｜form_id=0｜drift=0
        －　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-02-17｜last_day=2027-02-17｜due_wor
        　　ds=R9 2/17(水)｜contract=✓｜basis_words=仕4(4) すべての事業のあと2週間以内｜check_words=受領前｜late_day
        　　s=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-03-29｜last_day=2027-03-29｜due_wor
        　　ds=仮 R9 2/17(水)〜R9 3/29(月)｜contract=✓｜basis_words=仕4(4) すべての事業のあと2週間以内｜check_words=
        　　受領前｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・id=管理責任者選任届｜kind=管理責任者選任届｜title=管理責任者選任届｜group=確認済｜due=2026-07-31｜
        　　last_day=2026-07-31｜due_words=7/31(金)｜basis_words=特6 業務を始める日の前日まで（目安日）｜way_words=
        　　持参｜number_words=8見本収第11号｜check_words=7/31(金)｜late_days=0｜event_id=0｜paper_id=6｜versions=1
        　　｜received_on=2026-07-31｜checked_on=2026-07-31｜form_id=0｜drift=0
        －　・tasks[提案書] label=提案書の提出｜basis_short=仕4(4) 2週間以内｜programme_id=1｜fiscal_year=0｜basis=
        　　仕様書4(4)。最後の実施日の翌日 R9 2/4(木) から2週間 = R9 2/17(水)（民法140条）｜bucket=来週から｜clause=
        　　仕4(4)｜column=nominal｜days_left=78｜due=2027-02-17｜is_contract_duty=✓｜is_open=✓｜margin=2027-02-17｜
        　　margin_basis=目安日 R9 2/17(水)（期限と同じ日）｜next_actor=受託者｜nominal=2027-02-17｜open_words=開庁
        　　日 50日｜overdue_days=0｜owner=受託者｜owner_words=受託者｜rule=2週間以内｜shor
        －　・　・deadline task=提案書｜owner=受託者｜clause=仕4(4)｜rule=2週間以内｜basis=仕様書4(4)。最後の実施日
        　　の翌日 R9 2/4(木) から2週間 = R9 2/17(水)（民法140条）｜margin_basis=目安日 R9 2/17(水)（期限と同じ日）
        　　｜direction=after｜start=2027-02-03｜nominal=2027-02-17｜working=2027-02-17｜margin=2027-02-17｜contract
        　　=✓｜effective_date=2027-02-17｜last_day_in_time=2027-02-17
        －　・　・state bucket=来週から｜days_left=78｜overdue_days=0｜short_words=あと78日｜open_words=開庁日 50日
        　　｜words=あと78日・開庁日 50日
        －　・　・words name=提案書｜label=提案書の提出｜action=提出物を受領する｜next_actor=受託者
        ＋　・　・words name=業務完了届｜label=業務完了届の提出｜action=提出物を受領する｜next_actor=受託者
        ＋　・tasks[提案書] label=提案書の提出｜basis_short=仕4(4) 2週間以内｜provisional_words=仮 R9 2/17(水)〜R9 3
        　　/29(月)｜programme_id=1｜fiscal_year=0｜basis=仕様書4(4)。最後の実施日の翌日 R9 3/16(火) から2週間 = R9
        　　 3/29(月)（民法140条）｜bucket=来週から｜clause=仕4(4)｜column=nominal｜days_left=118｜due=2027-03-29｜i
        　　s_contract_duty=✓｜is_open=✓｜margin=2027-03-29｜margin_basis=目安日 R9 3/29(月)（期限と同じ日）｜next_a
        　　ctor=受託者｜nominal=2027-03-29｜open_words=開庁日 76日｜overdue_days
        ＋　・　・deadline task=提案書｜owner=受託者｜clause=仕4(4)｜rule=2週間以内｜basis=仕様書4(4)。最後の実施日
        　　の翌日 R9 3/16(火) から2週間 = R9 3/29(月)（民法140条）｜margin_basis=目安日 R9 3/29(月)（期限と同じ日）
        　　｜direction=after｜start=2027-03-15｜nominal=2027-03-29｜working=2027-03-29｜margin=2027-03-29｜contract
        　　=✓｜effective_date=2027-03-29｜last_day_in_time=2027-03-29
        ＋　・　・state bucket=来週から｜days_left=118｜overdue_days=0｜short_words=あと118日｜open_words=開庁日 76
        　　日｜words=あと118日・開庁日 76日
        """,
    )


def test_the_completion_at_the_end_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_completion, s, today=date(2027, 3, 31)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        today=2027-03-31｜next_step=業務完了届｜contractor=Contractor 1｜office=Office 1｜programme=Programme 1
        　・view programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・　・kinds EventKind 1、EventKind 2、EventKind 3
        　・　・rows base=Programme 1
        　・　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・　・offices Office 1
        　・　・　・contractors Contractor 1
        　・papers 21
        　・　・id=report-3｜kind=実施報告書｜title=第3回 Instagram講習会 報告書｜group=提出待ち｜due=2026-11-15｜la
        　　st_day=2026-11-16｜due_words=R8 11/15(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=メール
        　　｜check_words=修正依頼中｜late_words=期限内　3日早い｜late_second=休日→R8 11/16(月)｜late_days=0｜event
        　　_id=3｜event_kind=講習会｜paper_id=3｜versions=1｜received_on=2026-11-12｜form_id=0｜drift=0
        　・　・id=report-4｜kind=実施報告書｜title=第4回 キャッシュレス決済講習会 報告書｜group=提出待ち｜due=2026-
        　　11-29｜last_day=2026-11-30｜due_words=R8 11/29(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_word
        　　s=実施 R8 10/29(木)｜check_words=受領前｜late_words=受託者 121日遅れ｜late_second=休日→R8 11/30(月)　ま
        　　だ届いていません｜late_days=121｜event_id=4｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift
        　　=0
        　・　・　・late title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=121｜basis=仕4(1)コ
        　　 1か月以内｜words=第4回 キャッシュレス決済講習会 報告書 121日
        　・　・id=report-11｜kind=実施報告書｜title=第1回 意見交換会 報告書｜group=区の対応｜due=2026-12-12｜last_d
        　　ay=2026-12-14｜due_words=R8 12/12(土)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=メール｜che
        　　ck_words=区が確認中｜late_words=目安日 94日過ぎ｜check_is_late=✓｜late_second=30日 R8 12/27(日)まで｜lat
        　　e_days=0｜event_id=11｜event_kind=意見交換会｜paper_id=5｜versions=1｜received_on=2026-11-27｜form_id=9
        　　｜drift=0
        　・　・　・missed_target title=第1回 意見交換会 報告書の確認｜last_day=2026-12-27｜days=94｜basis=受領から3
        　　0日（目安日）｜words=第1回 意見交換会 報告書の確認 94日
        　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026-1
        　　2-16｜last_day=2026-12-16｜due_words=R8 12/16(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words
        　　=実施 R8 11/25(水)｜check_words=受領前｜late_words=受託者 105日遅れ｜late_second=まだ届いていません｜lat
        　　e_days=105｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第2回 派遣 見本そよかぜ自治会 報告書｜last_day=2026-12-16｜days=105｜basis=仕4(2)ケ 3
        　　週間以内｜words=第2回 派遣 見本そよかぜ自治会 報告書 105日
        　・　・id=report-5｜kind=実施報告書｜title=第5回 LINE講習会（2回目） 報告書｜group=提出待ち｜due=2026-12-17
        　　｜last_day=2026-12-17｜due_words=R8 12/17(木)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=実
        　　施 R8 11/17(火)｜check_words=受領前｜late_words=受託者 104日遅れ｜late_second=まだ届いていません｜late_d
        　　ays=104｜event_id=5｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第5回 LINE講習会（2回目） 報告書｜last_day=2026-12-17｜days=104｜basis=仕4(1)コ 1か月
        　　以内｜words=第5回 LINE講習会（2回目） 報告書 104日
        　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=2027-
        　　01-08｜last_day=2027-01-08｜due_words=1/8(金)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=実
        　　施 R8 12/8(火)｜check_words=受領前｜late_words=受託者 82日遅れ｜late_second=まだ届いていません｜late_day
        　　s=82｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-08｜days=82｜basis=仕4(1)コ 1
        　　か月以内｜words=第6回 Instagram講習会（2回目） 報告書 82日
        　・　・id=report-7｜kind=実施報告書｜title=第7回 ホームページ・電子回覧板講習会 報告書｜group=提出待ち｜due
        　　=2027-01-18｜last_day=2027-01-18｜due_words=1/18(月)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_wo
        　　rds=実施 R8 12/18(金)｜check_words=受領前｜late_words=受託者 72日遅れ｜late_second=まだ届いていません｜l
        　　ate_days=72｜event_id=7｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第7回 ホームページ・電子回覧板講習会 報告書｜last_day=2027-01-18｜days=72｜basis=仕4(
        　　1)コ 1か月以内｜words=第7回 ホームページ・電子回覧板講習会 報告書 72日
        　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02-1
        　　0｜last_day=2027-02-10｜due_words=2/10(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=実施 1
        　　/20(水)｜check_words=受領前｜late_words=受託者 49日遅れ｜late_second=まだ届いていません｜late_days=49｜e
        　　vent_id=10｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第3回 派遣 見本わかば町会 報告書｜last_day=2027-02-10｜days=49｜basis=仕4(2)ケ 3週間
        　　以内｜words=第3回 派遣 見本わかば町会 報告書 49日
        　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-02-17｜last_day=2027-02-17｜due_words
        　　=2/17(水)｜contract=✓｜basis_words=仕4(4) すべての事業のあと2週間以内｜check_words=受領前｜late_words=受
        　　託者 42日遅れ｜late_second=まだ届いていません｜late_days=42｜event_id=0｜paper_id=0｜versions=0｜form_id
        　　=0｜drift=0
        　・　・　・late title=提案書｜last_day=2027-02-17｜days=42｜basis=仕4(4) すべての事業のあと2週間以内｜words
        　　=提案書 42日
        　・　・id=report-12｜kind=実施報告書｜title=第2回 意見交換会 報告書｜group=提出待ち｜due=2027-03-03｜last_d
        　　ay=2027-03-03｜due_words=3/3(水)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=実施 2/3(水)｜ch
        　　eck_words=受領前｜late_words=受託者 28日遅れ｜late_second=まだ届いていません｜late_days=28｜event_id=12
        　　｜event_kind=意見交換会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・　・late title=第2回 意見交換会 報告書｜last_day=2027-03-03｜days=28｜basis=仕4(3)コ 1か月以内｜word
        　　s=第2回 意見交換会 報告書 28日
        　・　・id=廃棄・消去証明書｜kind=廃棄・消去証明書｜title=廃棄・消去証明書｜group=提出待ち｜due=2027-03-31｜
        　　last_day=2027-03-31｜due_words=3/31(水)｜basis_words=特22-2 契約の終了まで（返還または廃棄・消去が終わっ
        　　たとき）（目安日）｜check_words=受領前｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drif
        　　t=0
        　・　・id=従事者・配置表の届｜kind=従事者・配置表の届｜title=従事者・配置表の届｜group=確認済｜due=2026-07-
        　　31｜last_day=2026-07-31｜due_words=R8 7/31(金)｜basis_words=特7 業務を始める日の前日まで（目安日）｜way_
        　　words=持参｜number_words=8見本収第12号｜check_words=R8 7/31(金)｜late_days=0｜event_id=0｜paper_id=7｜ve
        　　rsions=1｜received_on=2026-07-31｜checked_on=2026-07-31｜form_id=0｜drift=0
        　・tasks[中間集計（次年度の見積）] label=中間集計（次年度の見積）｜basis_short=目安日 9月末の開庁日｜comple
        　　ted_on=2026-09-29｜programme_id=1｜fiscal_year=0｜basis=目安日。9月末の開庁日 = 9/30(水)｜bucket=済｜col
        　　umn=margin｜days_left=0｜due=2026-09-30｜is_own_target=✓｜margin=2026-09-30｜margin_basis=目安日。9月末
        　　の開庁日 = 9/30(水)｜next_actor=区｜overdue_days=0｜owner=区｜owner_words=区｜rule=9月末の開庁日｜short_
        　　words=済 R8 9/29(火)｜state_words=済 R8 9/29(火)｜task=中間集計（次年度の見積）
        　・　・deadline task=中間集計（次年度の見積）｜owner=区｜rule=9月末の開庁日｜basis=目安日。9月末の開庁日 =
        　　 9/30(水)｜margin_basis=目安日。9月末の開庁日 = 9/30(水)｜direction=before｜start=2026-04-01｜nominal=20
        　　26-09-30｜working=2026-09-30｜margin=2026-09-30｜effective_date=2026-09-30｜last_day_in_time=2026-09-30
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 R8 9/29(火)｜words=済 R8 9/29(火)
        　・　・words name=中間集計（次年度の見積）｜label=中間集計（次年度の見積）｜action=中間集計をする｜next_act
        　　or=区
        　・tasks[中間集計（査定資料）] label=中間集計（査定資料）｜basis_short=目安日 10月末の開庁日｜completed_on=
        　　2026-10-28｜programme_id=1｜fiscal_year=0｜basis=目安日。10月末の開庁日 = 10/30(金)｜bucket=済｜column=m
        　　argin｜days_left=0｜due=2026-10-30｜is_own_target=✓｜margin=2026-10-30｜margin_basis=目安日。10月末の開
        　　庁日 = 10/30(金)｜next_actor=区｜overdue_days=0｜owner=区｜owner_words=区｜rule=10月末の開庁日｜short_wo
        　　rds=済 R8 10/28(水)｜state_words=済 R8 10/28(水)｜task=中間集計（査定資料）
        　・　・deadline task=中間集計（査定資料）｜owner=区｜rule=10月末の開庁日｜basis=目安日。10月末の開庁日 = 10
        　　/30(金)｜margin_basis=目安日。10月末の開庁日 = 10/30(金)｜direction=before｜start=2026-04-01｜nominal=20
        　　26-10-30｜working=2026-10-30｜margin=2026-10-30｜effective_date=2026-10-30｜last_day_in_time=2026-10-30
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 R8 10/28(水)｜words=済 R8 10/28(水)
        　・　・words name=中間集計（査定資料）｜label=中間集計（査定資料）｜action=中間集計をする｜next_actor=区
        　・tasks[復元の点検] label=復元の点検をする｜basis_short=目安日 年に1回、11月末の開庁日｜completed_on=2026-
        　　11-13｜programme_id=1｜fiscal_year=0｜basis=目安日。年に1回、11月末の開庁日 = 11/30(月)｜bucket=済｜colu
        　　mn=margin｜days_left=0｜due=2026-11-30｜is_own_target=✓｜margin=2026-11-30｜margin_basis=目安日。年に1回
        　　、11月末の開庁日 = 11/30(月)｜next_actor=区｜overdue_days=0｜owner=区｜owner_words=区｜rule=年に1回、11
        　　月末の開庁日｜short_words=済 R8 11/13(金)｜state_words=済 R8 11/13(金)｜task=
        　・　・deadline task=復元の点検｜owner=区｜rule=年に1回、11月末の開庁日｜basis=目安日。年に1回、11月末の開
        　　庁日 = 11/30(月)｜margin_basis=目安日。年に1回、11月末の開庁日 = 11/30(月)｜direction=before｜start=2026
        　　-04-01｜nominal=2026-11-30｜working=2026-11-30｜margin=2026-11-30｜effective_date=2026-11-30｜last_day_i
        　　n_time=2026-11-30
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 R8 11/13(金)｜words=済 R8 11/13(金)
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=report-3｜kind=実施報告書｜title=第3回 Instagram講習会 報告書｜group=提出待ち｜due=2026-11-15｜
        　　last_day=2026-11-16｜due_words=R8 11/15(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=メー
        　　ル｜check_words=修正依頼中｜late_words=期限内　3日早い｜late_second=休日→R8 11/16(月)｜late_days=0｜eve
        　　nt_id=3｜event_kind=講習会｜paper_id=3｜versions=1｜received_on=2026-11-12｜form_id=0｜drift=0
        －　・　・id=report-4｜kind=実施報告書｜title=第4回 キャッシュレス決済講習会 報告書｜group=提出待ち｜due=202
        　　6-11-29｜last_day=2026-11-30｜due_words=R8 11/29(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_wo
        　　rds=実施 R8 10/29(木)｜check_words=受領前｜late_words=受託者 121日遅れ｜late_second=休日→R8 11/30(月)
        　　　まだ届いていません｜late_days=121｜event_id=4｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜d
        　　rift=0
        －　・　・　・late title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=121｜basis=仕4(1)
        　　コ 1か月以内｜words=第4回 キャッシュレス決済講習会 報告書 121日
        －　・　・id=report-11｜kind=実施報告書｜title=第1回 意見交換会 報告書｜group=区の対応｜due=2026-12-12｜last
        　　_day=2026-12-14｜due_words=R8 12/12(土)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=メール｜c
        　　heck_words=区が確認中｜late_words=目安日 94日過ぎ｜check_is_late=✓｜late_second=30日 R8 12/27(日)まで｜l
        　　ate_days=0｜event_id=11｜event_kind=意見交換会｜paper_id=5｜versions=1｜received_on=2026-11-27｜form_id=
        　　9｜drift=0
        ＋　・　・id=report-3｜kind=実施報告書｜title=第3回 Instagram講習会 報告書｜group=提出待ち｜due=2026-11-15｜
        　　last_day=2026-11-16｜due_words=R8 11/15(日)｜contract=✓｜basis_words= 1か月以内｜way_words=メール｜check
        　　_words=修正依頼中｜late_words=期限内　3日早い｜late_second=休日→R8 11/16(月)｜late_days=0｜event_id=3｜
        　　event_kind=講習会｜paper_id=3｜versions=1｜received_on=2026-11-12｜form_id=0｜drift=0
        ＋　・　・id=report-4｜kind=実施報告書｜title=第4回 キャッシュレス決済講習会 報告書｜group=提出待ち｜due=202
        　　6-11-29｜last_day=2026-11-30｜due_words=R8 11/29(日)｜contract=✓｜basis_words= 1か月以内｜way_words=実施
        　　 R8 10/29(木)｜check_words=受領前｜late_words=受託者 121日遅れ｜late_second=休日→R8 11/30(月)　まだ届い
        　　ていません｜late_days=121｜event_id=4｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・　・late title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=121｜basis= 1か月
        　　以内｜words=第4回 キャッシュレス決済講習会 報告書 121日
        ＋　・　・id=report-11｜kind=実施報告書｜title=第1回 意見交換会 報告書｜group=区の対応｜due=2026-12-12｜last
        　　_day=2026-12-14｜due_words=R8 12/12(土)｜contract=✓｜basis_words= 1か月以内｜way_words=メール｜check_wor
        　　ds=区が確認中｜late_words=目安日 94日過ぎ｜check_is_late=✓｜late_second=30日 R8 12/27(日)まで｜late_days
        　　=0｜event_id=11｜event_kind=意見交換会｜paper_id=5｜versions=1｜received_on=2026-11-27｜form_id=9｜drift
        　　=0
        －　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026
        　　-12-16｜last_day=2026-12-16｜due_words=R8 12/16(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_wor
        　　ds=実施 R8 11/25(水)｜check_words=受領前｜late_words=受託者 105日遅れ｜late_second=まだ届いていません｜l
        　　ate_days=105｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第2回 派遣 見本そよかぜ自治会 報告書｜last_day=2026-12-16｜days=105｜basis=仕4(2)ケ
        　　 3週間以内｜words=第2回 派遣 見本そよかぜ自治会 報告書 105日
        －　・　・id=report-5｜kind=実施報告書｜title=第5回 LINE講習会（2回目） 報告書｜group=提出待ち｜due=2026-12-
        　　17｜last_day=2026-12-17｜due_words=R8 12/17(木)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=
        　　実施 R8 11/17(火)｜check_words=受領前｜late_words=受託者 104日遅れ｜late_second=まだ届いていません｜late
        　　_days=104｜event_id=5｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第5回 LINE講習会（2回目） 報告書｜last_day=2026-12-17｜days=104｜basis=仕4(1)コ 1か
        　　月以内｜words=第5回 LINE講習会（2回目） 報告書 104日
        －　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-08｜last_day=2027-01-08｜due_words=1/8(金)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=
        　　実施 R8 12/8(火)｜check_words=受領前｜late_words=受託者 82日遅れ｜late_second=まだ届いていません｜late_d
        　　ays=82｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-08｜days=82｜basis=仕4(1)コ
        　　 1か月以内｜words=第6回 Instagram講習会（2回目） 報告書 82日
        －　・　・id=report-7｜kind=実施報告書｜title=第7回 ホームページ・電子回覧板講習会 報告書｜group=提出待ち｜d
        　　ue=2027-01-18｜last_day=2027-01-18｜due_words=1/18(月)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_
        　　words=実施 R8 12/18(金)｜check_words=受領前｜late_words=受託者 72日遅れ｜late_second=まだ届いていません
        　　｜late_days=72｜event_id=7｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第7回 ホームページ・電子回覧板講習会 報告書｜last_day=2027-01-18｜days=72｜basis=仕
        　　4(1)コ 1か月以内｜words=第7回 ホームページ・電子回覧板講習会 報告書 72日
        －　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02
        　　-10｜last_day=2027-02-10｜due_words=2/10(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=実施
        　　 1/20(水)｜check_words=受領前｜late_words=受託者 49日遅れ｜late_second=まだ届いていません｜late_days=49
        　　｜event_id=10｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第3回 派遣 見本わかば町会 報告書｜last_day=2027-02-10｜days=49｜basis=仕4(2)ケ 3週
        　　間以内｜words=第3回 派遣 見本わかば町会 報告書 49日
        －　・　・id=提案書｜kind=提案書｜title=提案書｜group=提出待ち｜due=2027-02-17｜last_day=2027-02-17｜due_wor
        　　ds=2/17(水)｜contract=✓｜basis_words=仕4(4) すべての事業のあと2週間以内｜check_words=受領前｜late_words=
        　　受託者 42日遅れ｜late_second=まだ届いていません｜late_days=42｜event_id=0｜paper_id=0｜versions=0｜form_
        　　id=0｜drift=0
        －　・　・　・late title=提案書｜last_day=2027-02-17｜days=42｜basis=仕4(4) すべての事業のあと2週間以内｜wor
        　　ds=提案書 42日
        －　・　・id=report-12｜kind=実施報告書｜title=第2回 意見交換会 報告書｜group=提出待ち｜due=2027-03-03｜last
        　　_day=2027-03-03｜due_words=3/3(水)｜contract=✓｜basis_words=仕4(3)コ 1か月以内｜way_words=実施 2/3(水)｜
        　　check_words=受領前｜late_words=受託者 28日遅れ｜late_second=まだ届いていません｜late_days=28｜event_id=1
        　　2｜event_kind=意見交換会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第2回 意見交換会 報告書｜last_day=2027-03-03｜days=28｜basis=仕4(3)コ 1か月以内｜wo
        　　rds=第2回 意見交換会 報告書 28日
        ＋　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026
        　　-12-16｜last_day=2026-12-16｜due_words=R8 12/16(水)｜contract=✓｜basis_words= 3週間以内｜way_words=実施
        　　 R8 11/25(水)｜check_words=受領前｜late_words=受託者 105日遅れ｜late_second=まだ届いていません｜late_day
        　　s=105｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・　・late title=第2回 派遣 見本そよかぜ自治会 報告書｜last_day=2026-12-16｜days=105｜basis= 3週間以
        　　内｜words=第2回 派遣 見本そよかぜ自治会 報告書 105日
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・papers 21
        ＋　・papers 20
        －　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-08｜last_day=2027-01-08｜due_words=1/8(金)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=
        　　実施 R8 12/8(火)｜check_words=受領前｜late_words=受託者 82日遅れ｜late_second=まだ届いていません｜late_d
        　　ays=82｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-08｜days=82｜basis=仕4(1)コ
        　　 1か月以内｜words=第6回 Instagram講習会（2回目） 報告書 82日
        ＋　・　・id=report-6｜kind=実施報告書｜title=第6回 Instagram講習会（2回目） 報告書｜group=提出待ち｜due=202
        　　7-01-17｜last_day=2027-01-18｜due_words=1/17(日)｜contract=✓｜basis_words=仕4(1)コ 1か月以内｜way_words=
        　　実施 R8 12/17(木)｜check_words=受領前｜late_words=受託者 72日遅れ｜late_second=休日→1/18(月)　まだ届い
        　　ていません｜late_days=72｜event_id=6｜event_kind=講習会｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・　・late title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-18｜days=72｜basis=仕4(1)コ
        　　 1か月以内｜words=第6回 Instagram講習会（2回目） 報告書 72日
        －　・　・id=report-10｜kind=実施報告書｜title=第3回 派遣 見本わかば町会 報告書｜group=提出待ち｜due=2027-02
        　　-10｜last_day=2027-02-10｜due_words=2/10(水)｜contract=✓｜basis_words=仕4(2)ケ 3週間以内｜way_words=実施
        　　 1/20(水)｜check_words=受領前｜late_words=受託者 49日遅れ｜late_second=まだ届いていません｜late_days=49
        　　｜event_id=10｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・　・　・late title=第3回 派遣 見本わかば町会 報告書｜last_day=2027-02-10｜days=49｜basis=仕4(2)ケ 3週
        　　間以内｜words=第3回 派遣 見本わかば町会 報告書 49日
        ＋　・　・id=管理責任者選任届｜kind=管理責任者選任届｜title=管理責任者選任届｜group=確認済｜due=2026-07-31｜
        　　last_day=2026-07-31｜due_words=R8 7/31(金)｜basis_words=特6 業務を始める日の前日まで（目安日）｜way_word
        　　s=持参｜number_words=8見本収第11号｜check_words=R8 7/31(金)｜late_days=0｜event_id=0｜paper_id=6｜versio
        　　ns=1｜received_on=2026-07-31｜checked_on=2026-07-31｜form_id=0｜drift=0
        ＋　・　・words name=復元の点検｜label=復元の点検をする｜action=復元の点検をする｜next_actor=区
        """,
    )
