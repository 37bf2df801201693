"""What the page of 未処理 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.submissions.work_queue.services import read_event_work_queue, read_work_queue
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_queue_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_work_queue,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        outdated_count=0｜words=区の対応待ち 5・受託者待ち 13・済 27
        　・rows 45
        　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_wor
        　　ds=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=仕4(1)キ
        　　 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=0
        　　｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_id=
        　　6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜c
        　　ontract=✓｜tone=red｜basis_words=仕4(1)キ 7日超過｜state_words=結果を通知する｜state_second=再提出　11/2
        　　0(金) に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_ov
        　　erdue=✓
        　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜eve
        　　nt_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜basi
        　　s_words=仕4(1)キ 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜paper
        　　_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        　・　・id=material-7-17｜kind=資料｜title=講習資料「無料で始めるホームページ」｜turn=区の対応待ち｜event_id
        　　=7｜event_kind=講習会｜event_words=第7回 ホームページ・電子回覧板講習会｜due=2026-12-04｜due_words=12/4(
        　　金)｜contract=✓｜basis_words=仕4(1)キ 2週間前｜state_words=確認する 第1版｜state_second=12/1(火) 受領｜m
        　　aterial_id=17｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        　・　・id=report-11｜kind=実施報告書｜title=実施報告書｜turn=区の対応待ち｜event_id=11｜event_kind=意見交換
        　　会｜event_words=第1回 意見交換会｜due=2026-12-04｜due_words=12/4(金)｜basis_words=目安日 受領から5開庁日
        　　｜state_words=確認する 差 1件｜state_second=11/27(金) 受領｜material_id=0｜paper_id=5｜versions=1｜owed_
        　　id=report-11｜programme_id=1｜drift=0｜group=区の対応待ち
        　・　・id=report-3｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=3｜event_kind=講習会｜even
        　　t_words=第3回 Instagram講習会｜due=2026-11-26｜due_words=11/26(木)｜tone=amber｜basis_words=目安日 5日過
        　　ぎ｜state_words=第2版を待つ｜state_second=修正依頼中｜material_id=0｜paper_id=3｜versions=1｜owed_id=rep
        　　ort-3｜programme_id=1｜drift=0｜group=受託者待ち
        　・　・id=report-4｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=4｜event_kind=講習会｜even
        　　t_words=第4回 キャッシュレス決済講習会｜due=2026-11-29｜due_words=11/29→11/30(月)｜contract=✓｜tone=red
        　　｜basis_words=仕4(1)コ 1日超過｜state_words=受領前｜material_id=0｜paper_id=0｜versions=0｜owed_id=repor
        　　t-4｜programme_id=1｜drift=0｜group=受託者待ち｜is_overdue=✓
        　・　・id=report-9｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=9｜event_kind=派遣｜event_
        　　words=第2回 派遣 見本そよかぜ自治会｜due=2026-12-16｜due_words=12/16(水)｜contract=✓｜basis_words=仕4(2)
        　　ケ 3週間以内｜state_words=受領前｜state_second=あと15日｜material_id=0｜paper_id=0｜versions=0｜owed_id=
        　　report-9｜programme_id=1｜drift=0｜group=受託者待ち
        　・　・id=report-5｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=5｜event_kind=講習会｜even
        　　t_words=第5回 LINE講習会（2回目）｜due=2026-12-17｜due_words=12/17(木)｜contract=✓｜basis_words=仕4(1)コ
        　　 1か月以内｜state_words=受領前｜state_second=あと16日｜material_id=0｜paper_id=0｜versions=0｜owed_id=re
        　　port-5｜programme_id=1｜drift=0｜group=受託者待ち
        　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kind=
        　　講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜ba
        　　sis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=0
        　　｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        　・　・id=material-12-0｜kind=資料｜title=資料は未登録｜turn=受託者待ち｜is_later=✓｜event_id=12｜event_kin
        　　d=意見交換会｜event_words=第2回 意見交換会｜due=2027-01-13｜due_words=R9 1/13(水)｜basis_words=目安日 確
        　　認の5開庁日前｜state_words=受領前｜material_id=0｜paper_id=0｜versions=0｜programme_id=1｜drift=0｜group
        　　=これから届くもの
        　・　・id=report-7｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=7｜event_kind=
        　　講習会｜event_words=第7回 ホームページ・電子回覧板講習会｜due=2027-01-18｜due_words=R9 1/18(月)｜contrac
        　　t=✓｜basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/18(金)｜material_id=0｜pap
        　　er_id=0｜versions=0｜owed_id=report-7｜programme_id=1｜drift=0｜group=これから届くもの
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
        －　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=仕4(1)
        　　キ 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=
        　　0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        －　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)
        　　｜contract=✓｜tone=red｜basis_words=仕4(1)キ 7日超過｜state_words=結果を通知する｜state_second=再提出　1
        　　1/20(金) に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is
        　　_overdue=✓
        －　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜ba
        　　sis_words=仕4(1)キ 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜pap
        　　er_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        －　・　・id=material-7-17｜kind=資料｜title=講習資料「無料で始めるホームページ」｜turn=区の対応待ち｜event_
        　　id=7｜event_kind=講習会｜event_words=第7回 ホームページ・電子回覧板講習会｜due=2026-12-04｜due_words=12/
        　　4(金)｜contract=✓｜basis_words=仕4(1)キ 2週間前｜state_words=確認する 第1版｜state_second=12/1(火) 受領
        　　｜material_id=17｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=2週間
        　　前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=0｜versi
        　　ons=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)
        　　｜contract=✓｜tone=red｜basis_words= 7日超過｜state_words=結果を通知する｜state_second=再提出　11/20(金)
        　　 に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue
        　　=✓
        ＋　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜ba
        　　sis_words= 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜paper_id=0
        　　｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        ＋　・　・id=material-7-17｜kind=資料｜title=講習資料「無料で始めるホームページ」｜turn=区の対応待ち｜event_
        　　id=7｜event_kind=講習会｜event_words=第7回 ホームページ・電子回覧板講習会｜due=2026-12-04｜due_words=12/
        　　4(金)｜contract=✓｜basis_words=2週間前｜state_words=確認する 第1版｜state_second=12/1(火) 受領｜material
        　　_id=17｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        －　・　・id=report-4｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=4｜event_kind=講習会｜ev
        　　ent_words=第4回 キャッシュレス決済講習会｜due=2026-11-29｜due_words=11/29→11/30(月)｜contract=✓｜tone=r
        　　ed｜basis_words=仕4(1)コ 1日超過｜state_words=受領前｜material_id=0｜paper_id=0｜versions=0｜owed_id=rep
        　　ort-4｜programme_id=1｜drift=0｜group=受託者待ち｜is_overdue=✓
        －　・　・id=report-9｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=9｜event_kind=派遣｜even
        　　t_words=第2回 派遣 見本そよかぜ自治会｜due=2026-12-16｜due_words=12/16(水)｜contract=✓｜basis_words=仕4(
        　　2)ケ 3週間以内｜state_words=受領前｜state_second=あと15日｜material_id=0｜paper_id=0｜versions=0｜owed_i
        　　d=report-9｜programme_id=1｜drift=0｜group=受託者待ち
        －　・　・id=report-5｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=5｜event_kind=講習会｜ev
        　　ent_words=第5回 LINE講習会（2回目）｜due=2026-12-17｜due_words=12/17(木)｜contract=✓｜basis_words=仕4(1)
        　　コ 1か月以内｜state_words=受領前｜state_second=あと16日｜material_id=0｜paper_id=0｜versions=0｜owed_id=
        　　report-5｜programme_id=1｜drift=0｜group=受託者待ち
        －　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜
        　　basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=
        　　0｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        ＋　・　・id=report-4｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=4｜event_kind=講習会｜ev
        　　ent_words=第4回 キャッシュレス決済講習会｜due=2026-11-29｜due_words=11/29→11/30(月)｜contract=✓｜tone=r
        　　ed｜basis_words= 1日超過｜state_words=受領前｜material_id=0｜paper_id=0｜versions=0｜owed_id=report-4｜p
        　　rogramme_id=1｜drift=0｜group=受託者待ち｜is_overdue=✓
        ＋　・　・id=report-9｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=9｜event_kind=派遣｜even
        　　t_words=第2回 派遣 見本そよかぜ自治会｜due=2026-12-16｜due_words=12/16(水)｜contract=✓｜basis_words=3週
        　　間以内｜state_words=受領前｜state_second=あと15日｜material_id=0｜paper_id=0｜versions=0｜owed_id=report
        　　-9｜programme_id=1｜drift=0｜group=受託者待ち
        ＋　・　・id=report-5｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=5｜event_kind=講習会｜ev
        　　ent_words=第5回 LINE講習会（2回目）｜due=2026-12-17｜due_words=12/17(木)｜contract=✓｜basis_words=1か月
        　　以内｜state_words=受領前｜state_second=あと16日｜material_id=0｜paper_id=0｜versions=0｜owed_id=report-5
        　　｜programme_id=1｜drift=0｜group=受託者待ち
        ＋　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜
        　　basis_words=1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=0｜versio
        　　ns=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        －　・　・id=report-7｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=7｜event_kin
        　　d=講習会｜event_words=第7回 ホームページ・電子回覧板講習会｜due=2027-01-18｜due_words=R9 1/18(月)｜contr
        　　act=✓｜basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/18(金)｜material_id=0｜p
        　　aper_id=0｜versions=0｜owed_id=report-7｜programme_id=1｜drift=0｜group=これから届くもの
        ＋　・　・id=report-7｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=7｜event_kin
        　　d=講習会｜event_words=第7回 ホームページ・電子回覧板講習会｜due=2027-01-18｜due_words=R9 1/18(月)｜contr
        　　act=✓｜basis_words=1か月以内｜state_words=受領前｜state_second=実施 12/18(金)｜material_id=0｜paper_id=0
        　　｜versions=0｜owed_id=report-7｜programme_id=1｜drift=0｜group=これから届くもの
        －　・　・　・title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=1｜basis=仕4(1)コ 1か月
        　　以内｜words=第4回 キャッシュレス決済講習会 報告書 1日
        ＋　・　・　・title=第4回 キャッシュレス決済講習会 報告書｜last_day=2026-11-30｜days=1｜basis= 1か月以内｜wo
        　　rds=第4回 キャッシュレス決済講習会 報告書 1日
        －　・　・　・title=第6回 Instagram講習会（2回目） 資料確認｜last_day=2026-11-24｜days=7｜basis=仕4(1)キ 2週
        　　間前｜words=第6回 Instagram講習会（2回目） 資料確認 7日
        ＋　・　・　・title=第6回 Instagram講習会（2回目） 資料確認｜last_day=2026-11-24｜days=7｜basis=2週間前｜wor
        　　ds=第6回 Instagram講習会（2回目） 資料確認 7日
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －outdated_count=0｜words=区の対応待ち 5・受託者待ち 13・済 27
        －　・rows 45
        －　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=仕4(1)
        　　キ 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=
        　　0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        －　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)
        　　｜contract=✓｜tone=red｜basis_words=仕4(1)キ 7日超過｜state_words=結果を通知する｜state_second=再提出　1
        　　1/20(金) に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is
        　　_overdue=✓
        －　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜ba
        　　sis_words=仕4(1)キ 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜pap
        　　er_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        ＋outdated_count=0｜words=区の対応待ち 5・受託者待ち 12・済 27
        ＋　・rows 44
        ＋　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-12-03｜due_words=12/3(木)｜contract=✓｜basis_words=仕4(1)
        　　キ 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=
        　　0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-12-03｜due_words=12/3(木)｜
        　　contract=✓｜basis_words=仕4(1)キ 2週間前｜state_words=結果を通知する｜state_second=再提出　11/20(金) に
        　　決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-12-03｜due_words=12/3(木)｜contract=✓｜basis_words=
        　　仕4(1)キ 2週間前｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜paper_id=0｜v
        　　ersions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        －　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜
        　　basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=
        　　0｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        ＋　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-17｜due_words=R9 1/17→R9 1/18(月)｜co
        　　ntract=✓｜basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/17(木)｜material_id=0
        　　｜paper_id=0｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        －　・ward days=7｜times=1
        －　・　・items 1
        －　・　・　・title=第6回 Instagram講習会（2回目） 資料確認｜last_day=2026-11-24｜days=7｜basis=仕4(1)キ 2週
        　　間前｜words=第6回 Instagram講習会（2回目） 資料確認 7日
        ＋　・ward days=0｜times=0
        """,
    )


def test_the_queue_of_an_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event_work_queue, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        outdated_count=0｜words=区の対応待ち 3・受託者待ち 1・済 0
        　・rows 4
        　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_wor
        　　ds=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=仕4(1)キ
        　　 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=0
        　　｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_id=
        　　6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜c
        　　ontract=✓｜tone=red｜basis_words=仕4(1)キ 7日超過｜state_words=結果を通知する｜state_second=再提出　11/2
        　　0(金) に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_ov
        　　erdue=✓
        　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜eve
        　　nt_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜basi
        　　s_words=仕4(1)キ 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜paper
        　　_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kind=
        　　講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜ba
        　　sis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=0
        　　｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        　・contractor days=0｜times=0
        　・ward days=0｜times=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=仕4(1)
        　　キ 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=
        　　0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        －　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)
        　　｜contract=✓｜tone=red｜basis_words=仕4(1)キ 7日超過｜state_words=結果を通知する｜state_second=再提出　1
        　　1/20(金) に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is
        　　_overdue=✓
        －　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜ba
        　　sis_words=仕4(1)キ 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜pap
        　　er_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        －　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜
        　　basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=
        　　0｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        ＋　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=2週間
        　　前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=0｜versi
        　　ons=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)
        　　｜contract=✓｜tone=red｜basis_words= 7日超過｜state_words=結果を通知する｜state_second=再提出　11/20(金)
        　　 に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue
        　　=✓
        ＋　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜ba
        　　sis_words= 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜paper_id=0
        　　｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        ＋　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜
        　　basis_words=1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=0｜versio
        　　ns=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜basis_words=仕4(1)
        　　キ 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=
        　　0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        －　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)
        　　｜contract=✓｜tone=red｜basis_words=仕4(1)キ 7日超過｜state_words=結果を通知する｜state_second=再提出　1
        　　1/20(金) に決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is
        　　_overdue=✓
        －　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-11-24｜due_words=11/24(火)｜contract=✓｜tone=red｜ba
        　　sis_words=仕4(1)キ 7日超過｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜pap
        　　er_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち｜is_overdue=✓
        －　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-08｜due_words=R9 1/8(金)｜contract=✓｜
        　　basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/8(火)｜material_id=0｜paper_id=
        　　0｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        ＋　・　・id=material-6-14｜kind=資料｜title=次第｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜event_w
        　　ords=第6回 Instagram講習会（2回目）｜due=2026-12-03｜due_words=12/3(木)｜contract=✓｜basis_words=仕4(1)
        　　キ 2週間前｜state_words=結果を通知する｜state_second=確認済　11/20(金) に決定｜material_id=14｜paper_id=
        　　0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-15｜kind=資料｜title=講習資料「Instagramの投稿と注意点」｜turn=区の対応待ち｜event_i
        　　d=6｜event_kind=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2026-12-03｜due_words=12/3(木)｜
        　　contract=✓｜basis_words=仕4(1)キ 2週間前｜state_words=結果を通知する｜state_second=再提出　11/20(金) に
        　　決定｜material_id=15｜paper_id=0｜versions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=material-6-16｜kind=資料｜title=操作手順書｜turn=区の対応待ち｜event_id=6｜event_kind=講習会｜e
        　　vent_words=第6回 Instagram講習会（2回目）｜due=2026-12-03｜due_words=12/3(木)｜contract=✓｜basis_words=
        　　仕4(1)キ 2週間前｜state_words=確認する 第1版｜state_second=11/19(木) 受領｜material_id=16｜paper_id=0｜v
        　　ersions=1｜programme_id=1｜drift=0｜group=区の対応待ち
        ＋　・　・id=report-6｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜is_later=✓｜event_id=6｜event_kin
        　　d=講習会｜event_words=第6回 Instagram講習会（2回目）｜due=2027-01-17｜due_words=R9 1/17→R9 1/18(月)｜co
        　　ntract=✓｜basis_words=仕4(1)コ 1か月以内｜state_words=受領前｜state_second=実施 12/17(木)｜material_id=0
        　　｜paper_id=0｜versions=0｜owed_id=report-6｜programme_id=1｜drift=0｜group=これから届くもの
        """,
    )


def test_the_queue_of_a_past_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_event_work_queue, s, event_id=event_id(s, "講習会", 3), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        outdated_count=0｜words=区の対応待ち 0・受託者待ち 1・済 2
        　・rows 3
        　・　・id=report-3｜kind=実施報告書｜title=実施報告書｜turn=受託者待ち｜event_id=3｜event_kind=講習会｜even
        　　t_words=第3回 Instagram講習会｜due=2026-11-26｜due_words=11/26(木)｜tone=amber｜basis_words=目安日 5日過
        　　ぎ｜state_words=第2版を待つ｜state_second=修正依頼中｜material_id=0｜paper_id=3｜versions=1｜owed_id=rep
        　　ort-3｜programme_id=1｜drift=0｜group=受託者待ち
        　・　・id=material-3-7｜kind=資料｜title=次第｜turn=済｜event_id=3｜event_kind=講習会｜event_words=第3回 In
        　　stagram講習会｜due=2026-10-01｜due_words=10/1(木)｜contract=✓｜basis_words=仕4(1)キ 2週間前｜state_words
        　　=確認済　第1版｜state_second=9/29(火) に決定｜material_id=7｜paper_id=0｜versions=1｜programme_id=1｜dri
        　　ft=0｜group=済
        　・　・id=material-3-8｜kind=資料｜title=講習資料「Instagramの使い方」｜turn=済｜event_id=3｜event_kind=講
        　　習会｜event_words=第3回 Instagram講習会｜due=2026-10-01｜due_words=10/1(木)｜contract=✓｜basis_words=仕4
        　　(1)キ 2週間前｜state_words=確認済　第1版｜state_second=9/29(火) に決定｜material_id=8｜paper_id=0｜versi
        　　ons=1｜programme_id=1｜drift=0｜group=済
        　・contractor days=0｜times=0
        　・ward days=0｜times=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=material-3-7｜kind=資料｜title=次第｜turn=済｜event_id=3｜event_kind=講習会｜event_words=第3回
        　　 Instagram講習会｜due=2026-10-01｜due_words=10/1(木)｜contract=✓｜basis_words=仕4(1)キ 2週間前｜state_wo
        　　rds=確認済　第1版｜state_second=9/29(火) に決定｜material_id=7｜paper_id=0｜versions=1｜programme_id=1｜
        　　drift=0｜group=済
        －　・　・id=material-3-8｜kind=資料｜title=講習資料「Instagramの使い方」｜turn=済｜event_id=3｜event_kind=
        　　講習会｜event_words=第3回 Instagram講習会｜due=2026-10-01｜due_words=10/1(木)｜contract=✓｜basis_words=
        　　仕4(1)キ 2週間前｜state_words=確認済　第1版｜state_second=9/29(火) に決定｜material_id=8｜paper_id=0｜ve
        　　rsions=1｜programme_id=1｜drift=0｜group=済
        ＋　・　・id=material-3-7｜kind=資料｜title=次第｜turn=済｜event_id=3｜event_kind=講習会｜event_words=第3回
        　　 Instagram講習会｜due=2026-10-01｜due_words=10/1(木)｜contract=✓｜basis_words=2週間前｜state_words=確認
        　　済　第1版｜state_second=9/29(火) に決定｜material_id=7｜paper_id=0｜versions=1｜programme_id=1｜drift=0
        　　｜group=済
        ＋　・　・id=material-3-8｜kind=資料｜title=講習資料「Instagramの使い方」｜turn=済｜event_id=3｜event_kind=
        　　講習会｜event_words=第3回 Instagram講習会｜due=2026-10-01｜due_words=10/1(木)｜contract=✓｜basis_words=2
        　　週間前｜state_words=確認済　第1版｜state_second=9/29(火) に決定｜material_id=8｜paper_id=0｜versions=1｜
        　　programme_id=1｜drift=0｜group=済
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
