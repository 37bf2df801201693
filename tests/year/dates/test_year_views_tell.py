"""What the page of 年度 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from datetime import date

from app.year.dates.services import next_year_draft, read_closing
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_closing_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_closing, s, fiscal_year=2026, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme=Programme 1
        　・open_duties 11/24(火)　第6回 Instagram講習会（2回目）　資料の確認を終える、11/26(木)　第3回 Instagram講
        　　習会　実施報告書の修正版の提出、11/27(金)　第6回 Instagram講習会（2回目）　会場の使用を決める、11/29(日)
        　　　第4回 キャッシュレス決済講習会　実施報告書の提出、12/1(火)　第6回 Instagram講習会（2回目）　持出しの返
        　　却を記録する、12/1(火)　第6回 Instagram講習会（2回目）　資料の確認結果を通知する、12/1(火)　第7回 ホーム
        　　ページ・電子回覧板講習会　受付締切、12/1(火)　第7回 ホームページ・電子回覧板講習会　辞退した方に受理を知
        　　らせる、12/1(火)　第3回 派遣 見本わかば町会　参加人数の変更を連絡する、12/1(火)　第8回 情報発信の注意点
        　　講習会　不在 2団体へ再架電
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・open_duties 11/24(火)　第6回 Instagram講習会（2回目）　資料の確認を終える、11/26(木)　第3回 Instagram
        　　講習会　実施報告書の修正版の提出、11/27(金)　第6回 Instagram講習会（2回目）　会場の使用を決める、11/29(
        　　日)　第4回 キャッシュレス決済講習会　実施報告書の提出、12/1(火)　第6回 Instagram講習会（2回目）　持出し
        　　の返却を記録する、12/1(火)　第6回 Instagram講習会（2回目）　資料の確認結果を通知する、12/1(火)　第7回 ホ
        　　ームページ・電子回覧板講習会　受付締切、12/1(火)　第7回 ホームページ・電子回覧板講習会　辞退した方に受理
        　　を知らせる、12/1(火)　第3回 派遣 見本わかば町会　参加人数の変更を連絡する、12/1(火)　第8回 情報発信の注
        　　意点講習会　不在 2団体へ再架電
        ＋　・open_duties 9/11(金)　第1回 事例紹介講習会　実施結果を記録する、10/1(木)　第2回 LINE講習会　実施結果を
        　　記録する、10/13(火)　第1回 事例紹介講習会　届いた報告書の内容確認、10/16(金)　第3回 Instagram講習会　実
        　　施結果を記録する、10/22(木)　第1回 派遣 見本あおば町会　実施結果を記録する、10/30(金)　第4回 キャッシュ
        　　レス決済講習会　実施結果を記録する、11/2(月)　第2回 LINE講習会　届いた報告書の内容確認、11/13(金)　第1回
        　　 意見交換会　実施結果を記録する、11/16(月)　第1回 派遣 見本あおば町会　届いた報告書の内容確認、11/18(水)
        　　　第5回 LINE講習会（2回目）　実施結果を記録する、11/24(火)　第6回 Instagram講習会（2回目）　資料の確認を
        　　終える、11/26(木)　第3回
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・open_duties 11/24(火)　第6回 Instagram講習会（2回目）　資料の確認を終える、11/26(木)　第3回 Instagram
        　　講習会　実施報告書の修正版の提出、11/27(金)　第6回 Instagram講習会（2回目）　会場の使用を決める、11/29(
        　　日)　第4回 キャッシュレス決済講習会　実施報告書の提出、12/1(火)　第6回 Instagram講習会（2回目）　持出し
        　　の返却を記録する、12/1(火)　第6回 Instagram講習会（2回目）　資料の確認結果を通知する、12/1(火)　第7回 ホ
        　　ームページ・電子回覧板講習会　受付締切、12/1(火)　第7回 ホームページ・電子回覧板講習会　辞退した方に受理
        　　を知らせる、12/1(火)　第3回 派遣 見本わかば町会　参加人数の変更を連絡する、12/1(火)　第8回 情報発信の注
        　　意点講習会　不在 2団体へ再架電
        ＋　・open_duties 11/26(木)　第3回 Instagram講習会　実施報告書の修正版の提出、11/29(日)　第4回 キャッシュレ
        　　ス決済講習会　実施報告書の提出、12/1(火)　第6回 Instagram講習会（2回目）　オンライン回答の締切を直す、12
        　　/1(火)　第6回 Instagram講習会（2回目）　未連絡 8団体へ電話、12/1(火)　第6回 Instagram講習会（2回目）　通
        　　知後の変更連絡、12/1(火)　第6回 Instagram講習会（2回目）　変更通知で知らせる、12/1(火)　第6回 Instagram
        　　講習会（2回目）　持出しの返却を記録する、12/1(火)　第6回 Instagram講習会（2回目）　会場の予約を直す、12/
        　　1(火)　第6回 Instagram講習会（2回目）　資料の確認結果を通知する、12/1(火)　第6回 Instagram講習会
        """,
    )


def test_the_closing_after_the_end_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_closing, s, fiscal_year=2026, today=date(2027, 4, 5)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme=Programme 1
        　・open_duties R8 11/26(木)　第3回 Instagram講習会　実施報告書の修正版の提出、R8 11/29(日)　第4回 キャッシ
        　　ュレス決済講習会　実施報告書の提出、R8 12/1(火)　第6回 Instagram講習会（2回目）　持出しの返却を記録する
        　　、R8 12/4(金)　第1回 意見交換会　宿題：撮影の了解の取り方（案）を作る、R8 12/4(金)　第1回 意見交換会　届
        　　いた報告書の内容確認、R8 12/9(水)　第6回 Instagram講習会（2回目）　実施結果を記録する、R8 12/10(木)　第1
        　　回 派遣 見本あおば町会　宿題：会館の電源とコンセントの数を確かめる、R8 12/15(火)　第1回 派遣 見本あおば
        　　町会　フォローアップ：会計の人も管理者に加えたい。、R8 12/16(水)　第2回 派遣 見本そよかぜ自治会　実施報
        　　告書の提出、R8 12/17
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・open_duties R8 11/26(木)　第3回 Instagram講習会　実施報告書の修正版の提出、R8 11/29(日)　第4回 キャッ
        　　シュレス決済講習会　実施報告書の提出、R8 12/1(火)　第6回 Instagram講習会（2回目）　持出しの返却を記録す
        　　る、R8 12/4(金)　第1回 意見交換会　宿題：撮影の了解の取り方（案）を作る、R8 12/4(金)　第1回 意見交換会
        　　　届いた報告書の内容確認、R8 12/9(水)　第6回 Instagram講習会（2回目）　実施結果を記録する、R8 12/10(木)
        　　　第1回 派遣 見本あおば町会　宿題：会館の電源とコンセントの数を確かめる、R8 12/15(火)　第1回 派遣 見本あ
        　　おば町会　フォローアップ：会計の人も管理者に加えたい。、R8 12/16(水)　第2回 派遣 見本そよかぜ自治会　実
        　　施報告書の提出、R8 12/17
        ＋　・open_duties R8 9/11(金)　第1回 事例紹介講習会　実施結果を記録する、R8 10/1(木)　第2回 LINE講習会　実施
        　　結果を記録する、R8 10/13(火)　第1回 事例紹介講習会　届いた報告書の内容確認、R8 10/16(金)　第3回 Instagra
        　　m講習会　実施結果を記録する、R8 10/22(木)　第1回 派遣 見本あおば町会　実施結果を記録する、R8 10/30(金)
        　　　第4回 キャッシュレス決済講習会　実施結果を記録する、R8 11/2(月)　第2回 LINE講習会　届いた報告書の内容
        　　確認、R8 11/13(金)　第1回 意見交換会　実施結果を記録する、R8 11/16(月)　第1回 派遣 見本あおば町会　届い
        　　た報告書の内容確認、R8 11/18(水)　第5回 LINE講習会（2回目）　実施結果を記録する、R8 11/26(木)　第3回 Ins
        　　tagra
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・open_duties R8 11/26(木)　第3回 Instagram講習会　実施報告書の修正版の提出、R8 11/29(日)　第4回 キャッ
        　　シュレス決済講習会　実施報告書の提出、R8 12/1(火)　第6回 Instagram講習会（2回目）　持出しの返却を記録す
        　　る、R8 12/4(金)　第1回 意見交換会　宿題：撮影の了解の取り方（案）を作る、R8 12/4(金)　第1回 意見交換会
        　　　届いた報告書の内容確認、R8 12/9(水)　第6回 Instagram講習会（2回目）　実施結果を記録する、R8 12/10(木)
        　　　第1回 派遣 見本あおば町会　宿題：会館の電源とコンセントの数を確かめる、R8 12/15(火)　第1回 派遣 見本あ
        　　おば町会　フォローアップ：会計の人も管理者に加えたい。、R8 12/16(水)　第2回 派遣 見本そよかぜ自治会　実
        　　施報告書の提出、R8 12/17
        ＋　・open_duties R8 11/26(木)　第3回 Instagram講習会　実施報告書の修正版の提出、R8 11/29(日)　第4回 キャッ
        　　シュレス決済講習会　実施報告書の提出、R8 12/1(火)　第6回 Instagram講習会（2回目）　持出しの返却を記録す
        　　る、R8 12/4(金)　第1回 意見交換会　宿題：撮影の了解の取り方（案）を作る、R8 12/4(金)　第1回 意見交換会
        　　　届いた報告書の内容確認、R8 12/10(木)　第1回 派遣 見本あおば町会　宿題：会館の電源とコンセントの数を確
        　　かめる、R8 12/15(火)　第1回 派遣 見本あおば町会　フォローアップ：会計の人も管理者に加えたい。、R8 12/16(
        　　水)　第2回 派遣 見本そよかぜ自治会　実施報告書の提出、R8 12/17(木)　第5回 LINE講習会（2回目）　実施報告
        　　書の提出、R8 12/18(金)　第
        """,
    )


def test_the_next_year_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            next_year_draft,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme=Programme 0｜office=Office 1｜contractor=Contractor 1｜words=令和9年度
        　・numbers EventKind 0、EventKind 0、EventKind 0
        　・confirmed 派遣.planned、講習会.planned
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
