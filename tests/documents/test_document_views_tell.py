"""What the page of 書類 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.documents.services.notification import read_outgoing_view
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.sample_years import YEAR
from tests.support.view_lines import view

TODAY = NOW.date()


def test_what_left_of_an_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_outgoing_view, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        title=第2回 LINE講習会
        　・scope event_id=2｜about=実施回
        　・lines 12
        　・　・document_kind=参加人数変更連絡書｜matter_name=参加人数変更連絡書（第2報 18人）｜title=第2報 18人
        　・　・　・notification_kind about=実施回｜usual_party=受託者　業務責任者｜usual_way=メール｜logged_name=人
        　　数連絡｜name=参加人数連絡書
        　・　・　・　・document_names 参加人数連絡書、参加人数変更連絡書
        　・　・　・matter_status status=通知済｜notification=Notification 6
        　・　・　・　・matter key=人数｜version=2｜title=第2報 18人｜document_kind=参加人数変更連絡書
        　・　・　・　・　・facts[参加予定] 18人
        　・　・　・　・　・facts[団体] 13団体
        　・　・　・　・　・facts[持参する端末] 6台
        　・　・　・　・　・facts[貸与する端末] 10台
        　・　・　・　・　・facts[配慮] 1件
        　・　・　・　・　・facts[必要な対応] 拡大資料1部
        　・　・　・　・　・facts[実施日] 2026-09-30
        　・　・　・　・　・facts[時間] 14:00–16:00 ~14:00–16:00
        　・　・　・　・　・facts[会場] 見本ほしぞら地域集会所 第1会議室
        　・　・　・　・facts[参加予定] 18人
        　・　・　・　・facts[団体] 13団体
        　・　・　・　・facts[持参する端末] 6台
        　・　・　・　・facts[貸与する端末] 10台
        　・　・　・　・facts[配慮] 1件
        　・　・　・　・facts[必要な対応] 拡大資料1部
        　・　・　・　・facts[実施日] 2026-09-30
        　・　・　・　・facts[時間] 14:00–16:00 ~14:00–16:00
        　・　・　・　・facts[会場] 見本ほしぞら地域集会所 第1会議室
        　・　・　・　・compared_facts 9
        　・　・　・　・　・name=参加予定｜before=18人｜now=18人｜renamed_count=0｜words=参加予定が変わりました
        　・　・　・　・　・name=団体｜before=13団体｜now=13団体｜renamed_count=0｜words=団体が変わりました
        　・　・　・　・　・name=持参する端末｜before=6台｜now=6台｜renamed_count=0｜words=持参する端末が変わりまし
        　　た
        　・　・　・　・　・name=貸与する端末｜before=10台｜now=10台｜renamed_count=0｜words=貸与する端末が変わりま
        　　した
        　・　・　・　・　・name=配慮｜before=1件｜now=1件｜renamed_count=0｜words=配慮が変わりました
        　・　・　・　・　・name=必要な対応｜before=拡大資料1部｜now=拡大資料1部｜renamed_count=0｜words=必要な対応
        　　が変わりました
        　・　・　・　・　・name=実施日｜before=9/30(水)｜now=9/30(水)｜renamed_count=0｜words=実施日が変わりました
        　・　・　・　・　・name=時間｜before=14:00–16:00｜now=14:00–16:00｜renamed_count=0｜words=時間が変わりま
        　　した
        　・　・　・　・　・name=会場｜before=見本ほしぞら地域集会所 第1会議室｜now=見本ほしぞら地域集会所 第1会議室
        　　｜renamed_count=0｜words=会場が変わりました
        　・　・document_kind=参加人数連絡書｜matter_name=参加人数変更連絡書（第2報 18人）｜title=第1報 17人
        　・　・　・notification_kind about=実施回｜usual_party=受託者　業務責任者｜usual_way=メール｜logged_name=人
        　　数連絡｜name=参加人数連絡書
        　・　・　・　・document_names 参加人数連絡書、参加人数変更連絡書
        　・　・　・matter_status status=通知済｜notification=Notification 5
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・matter_status status=通知済｜notification=Notification 6
        ＋　・　・　・matter_status status=変更あり｜notification=Notification 6
        －　・　・　・　・　・facts[持参する端末] 6台
        －　・　・　・　・　・facts[貸与する端末] 10台
        －　・　・　・　・　・facts[配慮] 1件
        ＋　・　・　・　・　・facts[持参する端末] 未確認 ~0台
        ＋　・　・　・　・　・facts[貸与する端末] 未確認 ~0台
        ＋　・　・　・　・　・facts[配慮] 0件
        －　・　・　・　・　・facts[会場] 見本ほしぞら地域集会所 第1会議室
        ＋　・　・　・　・　・facts[会場] 見本ほしぞら地域集会所
        －　・　・　・　・　・name=持参する端末｜before=6台｜now=6台｜renamed_count=0｜words=持参する端末が変わりま
        　　した
        －　・　・　・　・　・name=貸与する端末｜before=10台｜now=10台｜renamed_count=0｜words=貸与する端末が変わり
        　　ました
        －　・　・　・　・　・name=配慮｜before=1件｜now=1件｜renamed_count=0｜words=配慮が変わりました
        ＋　・　・　・　・　・name=持参する端末｜before=6台｜now=未確認｜renamed_count=0｜words=持参する端末 6台 →
        　　 未確認
        ＋　・　・　・　・　・name=貸与する端末｜before=10台｜now=未確認｜renamed_count=0｜words=貸与する端末 10台
        　　 → 未確認
        ＋　・　・　・　・　・name=配慮｜before=1件｜now=0件｜difference=−1｜renamed_count=0｜words=配慮 1件 → 0件
        －　・　・　・　・　・name=会場｜before=見本ほしぞら地域集会所 第1会議室｜now=見本ほしぞら地域集会所 第1会議
        　　室｜renamed_count=0｜words=会場が変わりました
        －　・　・document_kind=参加人数連絡書｜matter_name=参加人数変更連絡書（第2報 18人）｜title=第1報 17人
        －　・　・　・notification_kind about=実施回｜usual_party=受託者　業務責任者｜usual_way=メール｜logged_name=
        　　人数連絡｜name=参加人数連絡書
        －　・　・　・　・document_names 参加人数連絡書、参加人数変更連絡書
        －　・　・　・matter_status status=通知済｜notification=Notification 5
        ＋　・　・　・　・　・name=会場｜before=見本ほしぞら地域集会所 第1会議室｜now=見本ほしぞら地域集会所｜rename
        　　d_count=0｜words=会場 見本ほしぞら地域集会所 第1会議室 → 見本ほしぞら地域集会所
        ＋　・　・　・　・changed_facts 4
        ＋　・　・　・　・　・name=持参する端末｜before=6台｜now=未確認｜renamed_count=0｜words=持参する端末 6台 →
        　　 未確認
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_what_left_of_the_year_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_outgoing_view,
            s,
            scope=YEAR,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        title=令和8年度
        　・scope fiscal_year=2026｜as_of=2026-12-01｜about=年度
        　・lines 1
        　・　・document_kind=契約変更の協議書｜matter_name=契約変更の協議書（派遣する団体の数）｜title=派遣する団体
        　　の数
        　・　・　・notification_kind about=年度｜usual_party=受託者　業務責任者｜usual_way=手渡し｜name=契約変更の
        　　協議書
        　・　・　・　・document_names 契約変更の協議書
        　・　・　・matter_status status=未作成
        　・　・　・　・matter key=契約変更:57｜version=0｜title=派遣する団体の数｜document_kind=契約変更の協議書｜r
        　　eference=R8-協-仮57-契約変更
        　・　・　・　・　・facts[項目] 派遣する団体の数
        　・　・　・　・　・facts[変更の理由] 希望した団体を年度のうちに支援するため。数と契約金額が変わるので、契約
        　　課の確認が要る。
        　・　・　・　・　・facts[根拠] 仕4(2)ア
        　・　・　・　・　・facts[契約との関わり] 契約変更の要否を契約課へ確認
        　・　・　・　・facts[項目] 派遣する団体の数
        　・　・　・　・facts[変更の理由] 希望した団体を年度のうちに支援するため。数と契約金額が変わるので、契約課の
        　　確認が要る。
        　・　・　・　・facts[根拠] 仕4(2)ア
        　・　・　・　・facts[契約との関わり] 契約変更の要否を契約課へ確認
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・　・facts[変更の理由] 希望した団体を年度のうちに支援するため。数と契約金額が変わるので、契
        　　約課の確認が要る。
        －　・　・　・　・　・facts[根拠] 仕4(2)ア
        ＋　・　・　・　・　・facts[変更の理由] 希望票が契約の団体数より多い。1団体を加えて派遣できるか。
        －　・　・　・　・facts[変更の理由] 希望した団体を年度のうちに支援するため。数と契約金額が変わるので、契約課
        　　の確認が要る。
        －　・　・　・　・facts[根拠] 仕4(2)ア
        ＋　・　・　・　・facts[変更の理由] 希望票が契約の団体数より多い。1団体を加えて派遣できるか。
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
