"""What the page of 変更 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.home.changes.services import read_changes
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_what_changed_in_a_week_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_changes, s, since=date(2026, 11, 25), today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        since=2026-11-25｜count_today=5｜count_yesterday=29｜count_this_week=29｜count_left=0
        　・rows 47
        　・　・id=83｜at=2026-12-01 08:58:00｜by=見本　係員｜location=年度｜words=講習会の実施報告書が仕様と違う理
        　　由を記録｜summary=仕様との違いの理由「講習会/実施報告書」　加えた｜day=2026-12-01｜seq=83
        　・　・id=61｜at=2026-12-01 08:55:00｜by=見本　係員｜location=第8回 情報発信の注意点講習会｜kind=講習会｜wo
        　　rds=中止通知の扱いを公文書（起案中）に｜summary=通知文「中止通知」　加えた｜event_id=13｜day=2026-12-01
        　　｜seq=61
        　・　・id=43｜at=2026-12-01 08:50:00｜by=見本　係員｜location=第7回 ホームページ・電子回覧板講習会｜kind=講
        　　習会｜words=決定通知の扱いを公文書（案）に｜summary=通知文「決定通知」　加えた｜event_id=7｜day=2026-12-
        　　01｜seq=43
        　・　・id=57｜at=2026-12-01 08:45:00｜by=見本　係員｜location=第8回 情報発信の注意点講習会｜kind=講習会｜wo
        　　rds=中止・変更の電話を記録（連絡済 2人）｜summary=電話の記録「見本あさひの自治会」　加えた｜event_id=13
        　　｜day=2026-12-01｜seq=57
        　・　・id=37｜at=2026-12-01 08:40:00｜by=見本　係員｜location=第6回 Instagram講習会（2回目）｜kind=講習会｜
        　　words=持出し管理簿に記入（紙 1部）｜summary=持出し管理簿「配慮の手配の一覧」　加えた｜event_id=6｜day=20
        　　26-12-01｜seq=37
        　・　・id=34｜at=2026-11-30 17:00:00｜by=見本　係員｜location=第3回 派遣 見本わかば町会｜kind=派遣｜words=
        　　決定通知の扱いを公文書（決裁済）に｜summary=通知文「決定通知」　加えた｜event_id=10｜day=2026-11-30｜seq
        　　=34
        　・　・id=84｜at=2026-11-30 16:50:00｜by=見本　係員｜location=協議・打合せ｜words=協議「派遣する団体の数」
        　　を記録した｜summary=協議「派遣する団体の数」　加えた｜day=2026-11-30｜seq=84
        　・　・id=56｜at=2026-11-30 16:45:00｜by=見本　係員｜location=第8回 情報発信の注意点講習会｜kind=講習会｜wo
        　　rds=中止・変更の電話を記録（伝言 1人）｜summary=電話の記録「見本けやきみち町会」　加えた｜event_id=13｜d
        　　ay=2026-11-30｜seq=56
        　・　・id=55｜at=2026-11-30 16:41:00｜by=見本　係員｜location=第8回 情報発信の注意点講習会｜kind=講習会｜wo
        　　rds=中止・変更の電話を記録（不在・再架電 1人）｜summary=電話の記録「見本ほしぞら自治会」　加えた｜event_
        　　id=13｜day=2026-11-30｜seq=55
        　・　・id=182｜at=2026-11-30 16:40:00｜by=見本データ｜location=仕様書の読み比べ｜words=見本の仕様書の読み比
        　　べを用意｜summary=保管ファイル「仕様書（見本）令和8年度.txt」、仕様書の読み比べ、保管ファイル「仕様書（
        　　見本）令和9年度案.txt」 ほか1件　加えた｜day=2026-11-30｜seq=182
        　・　・id=181｜at=2026-11-30 16:40:00｜by=見本データ｜location=提案書の根拠｜words=見本の検討メモを用意｜su
        　　mmary=検討メモ、検討メモの要求額、仕様書で直すところ ほか2件　加えた｜day=2026-11-30｜seq=181
        　・　・id=180｜at=2026-11-30 16:40:00｜by=見本データ｜location=提案書の根拠｜words=見本の提案書の根拠を用意
        　　｜summary=提案書の根拠、提案書の課題、次年度の実施案 ほか5件　加えた｜day=2026-11-30｜seq=180
        　・tally[2026-12-01][見本　係員] 5
        　・tally[2026-11-30][見本　係員] 20
        　・tally[2026-11-30][見本データ] 4
        　・tally[2026-11-27][見本　係員] 10
        　・tally[2026-11-27][見本データ] 1
        　・tally[2026-11-26][見本　係員] 3
        　・tally[2026-11-25][見本　係員] 4
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
        －since=2026-11-25｜count_today=5｜count_yesterday=29｜count_this_week=29｜count_left=0
        －　・rows 47
        ＋since=2026-11-25｜count_today=10｜count_yesterday=34｜count_this_week=34｜count_left=0
        ＋　・rows 52
        ＋　・　・id=188｜at=2026-12-01 10:05:00｜by=見本　係員｜location=新見本ひだまり町会｜words=団体の登録を直し
        　　た｜summary=団体「新見本ひだまり町会」　見本ひだまり町会 → 新見本ひだまり町会｜day=2026-12-01｜seq=188
        ＋　・　・id=187｜at=2026-12-01 10:05:00｜by=見本　係員｜location=第6回 Instagram講習会（2回目）｜kind=講習
        　　会｜words=第6回 Instagram講習会（2回目）：番号のない方を「辞退」にした｜summary=名簿「仮名　和子」　状態
        　　 決定 → 辞退　ほか1か所｜event_id=6｜day=2026-12-01｜seq=187
        ＋　・　・id=186｜at=2026-12-01 10:05:00｜by=見本　係員｜location=第3回 派遣 見本わかば町会｜kind=派遣｜word
        　　s=中止にした｜summary=事業「派遣 見本わかば町会」　状態 予定 → 中止　ほか2か所｜event_id=10｜day=2026-1
        　　2-01｜seq=186
        ＋　・　・id=185｜at=2026-12-01 10:05:00｜by=見本　係員｜location=第3回 Instagram講習会｜kind=講習会｜words=
        　　第3回 Instagram講習会：15番を欠席にした｜summary=名簿「見本　幸子」　出欠 出席 → 欠席　ほか4か所｜event
        　　_id=3｜day=2026-12-01｜seq=185
        ＋　・　・id=184｜at=2026-12-01 10:05:00｜by=見本　係員｜location=第6回 Instagram講習会（2回目）｜kind=講習
        　　会｜words=第6回 Instagram講習会（2回目）の日付を12/17(木)に変えた｜summary=事業「Instagram講習会（2回目
        　　）」　実施日 令和8年12月8日（火） → 令和8年12月17日（木）　ほか8か所｜event_id=6｜day=2026-12-01｜seq=1
        　　84
        －　・　・id=56｜at=2026-11-30 16:45:00｜by=見本　係員｜location=第8回 情報発信の注意点講習会｜kind=講習会｜
        　　words=中止・変更の電話を記録（伝言 1人）｜summary=電話の記録「見本けやきみち町会」　加えた｜event_id=13
        　　｜day=2026-11-30｜seq=56
        －　・　・id=55｜at=2026-11-30 16:41:00｜by=見本　係員｜location=第8回 情報発信の注意点講習会｜kind=講習会｜
        　　words=中止・変更の電話を記録（不在・再架電 1人）｜summary=電話の記録「見本ほしぞら自治会」　加えた｜even
        　　t_id=13｜day=2026-11-30｜seq=55
        －　・　・id=182｜at=2026-11-30 16:40:00｜by=見本データ｜location=仕様書の読み比べ｜words=見本の仕様書の読み
        　　比べを用意｜summary=保管ファイル「仕様書（見本）令和8年度.txt」、仕様書の読み比べ、保管ファイル「仕様書
        　　（見本）令和9年度案.txt」 ほか1件　加えた｜day=2026-11-30｜seq=182
        －　・　・id=181｜at=2026-11-30 16:40:00｜by=見本データ｜location=提案書の根拠｜words=見本の検討メモを用意｜
        　　summary=検討メモ、検討メモの要求額、仕様書で直すところ ほか2件　加えた｜day=2026-11-30｜seq=181
        －　・　・id=180｜at=2026-11-30 16:40:00｜by=見本データ｜location=提案書の根拠｜words=見本の提案書の根拠を用
        　　意｜summary=提案書の根拠、提案書の課題、次年度の実施案 ほか5件　加えた｜day=2026-11-30｜seq=180
        －　・tally[2026-12-01][見本　係員] 5
        ＋　・tally[2026-12-01][見本　係員] 10
        """,
    )


def test_what_changed_of_one_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_changes, s, since=date(2026, 11, 1), today=TODAY, event_id=event_id(s, "講習会", 5))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        since=2026-11-01｜count_today=0｜count_yesterday=0｜count_this_week=0｜count_left=0
        　・rows 2
        　・　・id=36｜at=2026-11-17 16:30:00｜by=見本　係員｜location=第5回 LINE講習会（2回目）｜kind=講習会｜words
        　　=持出しの返却を記録（2部）｜summary=持出し管理簿「受付名簿」　返却日時 （空欄） → 令和8年11月17日（火）
        　　 16:30　ほか2か所｜event_id=5｜day=2026-11-17｜seq=36
        　・　・id=35｜at=2026-11-17 11:30:00｜by=見本　係員｜location=第5回 LINE講習会（2回目）｜kind=講習会｜words
        　　=持出し管理簿に記入（紙 2部）｜summary=持出し管理簿「受付名簿」　加えた｜event_id=5｜day=2026-11-17｜seq
        　　=35
        　・tally[2026-11-17][見本　係員] 2
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

        """,
    )
