"""What the page of 提出物 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.submissions.deliverables.services.due_list import read_due_list
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_what_is_due_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_due_list,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1
        　・rows 23
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
        　・　・id=業務完了届｜kind=業務完了届｜title=業務完了届｜group=提出待ち｜due=2027-03-19｜last_day=2027-03-1
        　　9｜due_words=R9 3/19(金)｜basis_words=仕3 検査が履行期間に収まる日（目安日）｜check_words=受領前｜late_d
        　　ays=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・id=廃棄・消去証明書｜kind=廃棄・消去証明書｜title=廃棄・消去証明書｜group=提出待ち｜due=2027-03-31｜
        　　last_day=2027-03-31｜due_words=R9 3/31(水)｜basis_words=特22-2 契約の終了まで（返還または廃棄・消去が終
        　　わったとき）（目安日）｜check_words=受領前｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜
        　　drift=0
        　・contractor days=1｜times=1
        　・　・items 1
        　・　・　・title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=1｜basis=仕4(1)コ 1か月以
        　　内｜words=第4回 キャッシュレス決済講習会 報告書 1日
        　・ward days=7｜times=1
        　・　・items 1
        　・　・　・title=第6回 Instagram講習会（2回目） 資料確認｜last_day=2026-11-24｜days=7｜basis=仕4(1)キ 2週間
        　　前｜words=第6回 Instagram講習会（2回目） 資料確認 7日
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
        －　・　・id=業務完了届｜kind=業務完了届｜title=業務完了届｜group=提出待ち｜due=2027-03-19｜last_day=2027-03
        　　-19｜due_words=R9 3/19(金)｜basis_words=仕3 検査が履行期間に収まる日（目安日）｜check_words=受領前｜late
        　　_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
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
        ＋　・　・id=業務完了届｜kind=業務完了届｜title=業務完了届｜group=提出待ち｜due=2027-03-19｜last_day=2027-03
        　　-19｜due_words=R9 3/19(金)｜basis_words=検査が履行期間に収まる日（目安日）｜check_words=受領前｜late_day
        　　s=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・rows 23
        ＋　・rows 22
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
        ＋　・　・id=請求書｜kind=請求書｜title=請求書｜group=提出待ち｜due=2027-04-30｜last_day=2027-04-30｜due_wor
        　　ds=R9 4/30(金)｜basis_words=仕5 支払が出納閉鎖に収まる日（目安日）｜check_words=受領前｜late_days=0｜eve
        　　nt_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        －　・ward days=7｜times=1
        －　・　・items 1
        －　・　・　・title=第6回 Instagram講習会（2回目） 資料確認｜last_day=2026-11-24｜days=7｜basis=仕4(1)キ 2週
        　　間前｜words=第6回 Instagram講習会（2回目） 資料確認 7日
        ＋　・ward days=0｜times=0
        """,
    )


def test_what_is_due_at_the_end_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_due_list, s, today=date(2027, 3, 31)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1
        　・rows 23
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
        　・　・id=業務完了届｜kind=業務完了届｜title=業務完了届｜group=提出待ち｜due=2027-03-19｜last_day=2027-03-1
        　　9｜due_words=3/19(金)｜basis_words=仕3 検査が履行期間に収まる日（目安日）｜check_words=受領前｜late_word
        　　s=目安日を12日過ぎ｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        　・　・id=廃棄・消去証明書｜kind=廃棄・消去証明書｜title=廃棄・消去証明書｜group=提出待ち｜due=2027-03-31｜
        　　last_day=2027-03-31｜due_words=3/31(水)｜basis_words=特22-2 契約の終了まで（返還または廃棄・消去が終わっ
        　　たとき）（目安日）｜check_words=受領前｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drif
        　　t=0
        　・contractor days=603｜times=8
        　・　・items 8
        　・　・　・title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=121｜basis=仕4(1)コ 1か月
        　　以内｜words=第4回 キャッシュレス決済講習会 報告書 121日
        　・　・　・title=第5回 LINE講習会（2回目） 報告書｜last_day=2026-12-17｜days=104｜basis=仕4(1)コ 1か月以内
        　　｜words=第5回 LINE講習会（2回目） 報告書 104日
        　・　・　・title=第2回 派遣 見本そよかぜ自治会 報告書｜last_day=2026-12-16｜days=105｜basis=仕4(2)ケ 3週間
        　　以内｜words=第2回 派遣 見本そよかぜ自治会 報告書 105日
        　・　・　・title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-08｜days=82｜basis=仕4(1)コ 1か月
        　　以内｜words=第6回 Instagram講習会（2回目） 報告書 82日
        　・　・　・title=第7回 ホームページ・電子回覧板講習会 報告書｜last_day=2027-01-18｜days=72｜basis=仕4(1)コ
        　　 1か月以内｜words=第7回 ホームページ・電子回覧板講習会 報告書 72日
        　・　・　・title=第3回 派遣 見本わかば町会 報告書｜last_day=2027-02-10｜days=49｜basis=仕4(2)ケ 3週間以内｜
        　　words=第3回 派遣 見本わかば町会 報告書 49日
        　・　・　・title=第2回 意見交換会 報告書｜last_day=2027-03-03｜days=28｜basis=仕4(3)コ 1か月以内｜words=第2
        　　回 意見交換会 報告書 28日
        　・　・　・title=提案書｜last_day=2027-02-17｜days=42｜basis=仕4(4) すべての事業のあと2週間以内｜words=提案
        　　書 42日
        　・ward days=57｜times=6
        　・　・items 6
        　・　・　・title=第6回 Instagram講習会（2回目） 資料確認｜last_day=2026-11-24｜days=14｜basis=仕4(1)キ 2週
        　　間前（確認の記録なし）｜ended=✓｜words=第6回 Instagram講習会（2回目） 資料確認 14日
        　・　・　・title=第6回 Instagram講習会（2回目） 人数連絡｜last_day=2026-12-03｜days=5｜basis=仕4(1)エ 5日前
        　　（連絡の記録なし）｜ended=✓｜words=第6回 Instagram講習会（2回目） 人数連絡 5日
        　・　・　・title=第7回 ホームページ・電子回覧板講習会 資料確認｜last_day=2026-12-04｜days=14｜basis=仕4(1)
        　　キ 2週間前（確認の記録なし）｜ended=✓｜words=第7回 ホームページ・電子回覧板講習会 資料確認 14日
        　・　・　・title=第7回 ホームページ・電子回覧板講習会 人数連絡｜last_day=2026-12-13｜days=5｜basis=仕4(1)エ
        　　 5日前（連絡の記録なし）｜ended=✓｜words=第7回 ホームページ・電子回覧板講習会 人数連絡 5日
        　・　・　・title=第2回 意見交換会 資料確認｜last_day=2027-01-20｜days=14｜basis=仕4(3)キ 2週間前（確認の記
        　　録なし）｜ended=✓｜words=第2回 意見交換会 資料確認 14日
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
        －　・　・id=業務完了届｜kind=業務完了届｜title=業務完了届｜group=提出待ち｜due=2027-03-19｜last_day=2027-03
        　　-19｜due_words=3/19(金)｜basis_words=仕3 検査が履行期間に収まる日（目安日）｜check_words=受領前｜late_wo
        　　rds=目安日を12日過ぎ｜late_days=0｜event_id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・　・id=report-9｜kind=実施報告書｜title=第2回 派遣 見本そよかぜ自治会 報告書｜group=提出待ち｜due=2026
        　　-12-16｜last_day=2026-12-16｜due_words=R8 12/16(水)｜contract=✓｜basis_words= 3週間以内｜way_words=実施
        　　 R8 11/25(水)｜check_words=受領前｜late_words=受託者 105日遅れ｜late_second=まだ届いていません｜late_day
        　　s=105｜event_id=9｜event_kind=派遣｜paper_id=0｜versions=0｜form_id=0｜drift=0
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・rows 23
        ＋　・rows 22
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
        －　・contractor days=603｜times=8
        －　・　・items 8
        ＋　・　・id=請求書｜kind=請求書｜title=請求書｜group=提出待ち｜due=2027-04-30｜last_day=2027-04-30｜due_wor
        　　ds=4/30(金)｜basis_words=仕5 支払が出納閉鎖に収まる日（目安日）｜check_words=受領前｜late_days=0｜event_
        　　id=0｜paper_id=0｜versions=0｜form_id=0｜drift=0
        ＋　・contractor days=544｜times=7
        ＋　・　・items 7
        －　・　・　・title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-08｜days=82｜basis=仕4(1)コ 1か
        　　月以内｜words=第6回 Instagram講習会（2回目） 報告書 82日
        ＋　・　・　・title=第6回 Instagram講習会（2回目） 報告書｜last_day=2027-01-18｜days=72｜basis=仕4(1)コ 1か
        　　月以内｜words=第6回 Instagram講習会（2回目） 報告書 72日
        －　・　・　・title=第3回 派遣 見本わかば町会 報告書｜last_day=2027-02-10｜days=49｜basis=仕4(2)ケ 3週間以内
        　　｜words=第3回 派遣 見本わかば町会 報告書 49日
        """,
    )
