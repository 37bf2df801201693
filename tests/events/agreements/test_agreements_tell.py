"""What the page of 協議 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.agreements.services import read_meeting, read_record, read_records
from tests.support.paper_lines import assert_says, changes
from tests.support.view_lines import view


def test_all_records_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_records,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜match_count=0
        　・rows 57
        　・　・id=48｜record=Agreement 48｜event=Event 12｜state=協議中｜homework=0｜about=第2回 意見交換会｜day=20
        　　26-12-01｜question=設問
        　・　・id=47｜record=Agreement 47｜event=Event 12｜state=協議中｜homework=0｜about=第2回 意見交換会｜day=20
        　　26-12-01｜question=機材
        　・　・id=46｜record=Agreement 46｜event=Event 12｜state=協議中｜homework=0｜about=第2回 意見交換会｜day=20
        　　26-12-01｜question=内容
        　・　・id=40｜record=Agreement 40｜event=Event 10｜state=協議中｜homework=0｜about=第3回 派遣 見本わかば町
        　　会｜day=2026-12-01｜question=事前ヒアリング
        　・　・id=56｜record=Agreement 56｜event=Event 7｜state=決定｜homework=0｜about=第7回 ホームページ・電子回
        　　覧板講習会｜day=2026-11-30｜question=申込みが20人程度を超えた。会場の定員は30人であり、20人を超えて受け
        　　入れても支障がないことを確かめた。
        　・　・id=57｜record=Agreement 57｜state=協議中｜homework=0｜about=年度に共通｜day=2026-11-27｜question=希
        　　望票が契約の団体数より多い。1団体を加えて派遣できるか。
        　・　・id=39｜record=Agreement 39｜event=Event 10｜state=協議中｜homework=0｜about=第3回 派遣 見本わかば町
        　　会｜day=2026-11-24｜question=機材
        　・　・id=52｜record=Agreement 52｜event=Event 13｜state=決定｜homework=0｜about=第8回 情報発信の注意点講習
        　　会｜day=2026-11-20｜question=設問
        　・　・id=55｜record=Agreement 55｜event=Event 10｜state=決定｜homework=0｜about=第3回 派遣 見本わかば町会
        　　｜day=2026-11-19｜question=令和9年1月13日（水）から令和9年1月20日（水）へ。団体の新年会と重なるため、団
        　　体からの申し出により1週間後にする。
        　・　・id=45｜record=Agreement 45｜event=Event 12｜state=決定｜homework=0｜about=第2回 意見交換会｜day=2026
        　　-11-18｜question=日程
        　・　・id=51｜record=Agreement 51｜event=Event 13｜state=決定｜homework=0｜about=第8回 情報発信の注意点講習
        　　会｜day=2026-11-13｜question=機材
        　・　・id=26｜record=Agreement 26｜event=Event 7｜state=決定｜homework=0｜about=第7回 ホームページ・電子回
        　　覧板講習会｜day=2026-11-13｜question=内容
        　・meetings Meeting 3、Meeting 2、Meeting 1
        　・homework 6
        　・　・id=1｜homework=Homework 1｜record=Agreement 53｜source=協議 第2号
        　・　・id=2｜homework=Homework 2｜record=Agreement 10｜source=協議 第19号
        　・　・id=3｜homework=Homework 3｜record=Agreement 42｜source=協議 第25号
        　・　・id=4｜homework=Homework 4｜record=Agreement 42｜source=協議 第25号
        　・　・id=5｜homework=Homework 5｜record=Agreement 31｜source=協議 第18号
        　・　・id=6｜homework=Homework 6｜record=Agreement 54｜source=協議 第3号
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=56｜record=Agreement 56｜event=Event 7｜state=決定｜homework=0｜about=第7回 ホームページ・電子
        　　回覧板講習会｜day=2026-11-30｜question=申込みが20人程度を超えた。会場の定員は30人であり、20人を超えて受
        　　け入れても支障がないことを確かめた。
        ＋　・　・id=56｜record=Agreement 56｜event=Event 7｜state=協議中｜homework=0｜about=第7回 ホームページ・電
        　　子回覧板講習会｜day=2026-11-26｜question=申込みが20人程度を超えた。会場の定員は30人であり、20人を超えて
        　　受け入れても支障がないことを確かめた。
        －　・　・id=52｜record=Agreement 52｜event=Event 13｜state=決定｜homework=0｜about=第8回 情報発信の注意点講
        　　習会｜day=2026-11-20｜question=設問
        －　・　・id=55｜record=Agreement 55｜event=Event 10｜state=決定｜homework=0｜about=第3回 派遣 見本わかば町
        　　会｜day=2026-11-19｜question=令和9年1月13日（水）から令和9年1月20日（水）へ。団体の新年会と重なるため、
        　　団体からの申し出により1週間後にする。
        －　・　・id=45｜record=Agreement 45｜event=Event 12｜state=決定｜homework=0｜about=第2回 意見交換会｜day=20
        　　26-11-18｜question=日程
        －　・　・id=51｜record=Agreement 51｜event=Event 13｜state=決定｜homework=0｜about=第8回 情報発信の注意点講
        　　習会｜day=2026-11-13｜question=機材
        －　・　・id=26｜record=Agreement 26｜event=Event 7｜state=決定｜homework=0｜about=第7回 ホームページ・電子
        　　回覧板講習会｜day=2026-11-13｜question=内容
        ＋　・　・id=55｜record=Agreement 55｜event=Event 10｜state=協議中｜homework=0｜about=第3回 派遣 見本わかば
        　　町会｜day=2026-11-19｜question=令和9年1月13日（水）から令和9年1月20日（水）へ。団体の新年会と重なるため
        　　、団体からの申し出により1週間後にする。
        ＋　・　・id=45｜record=Agreement 45｜event=Event 12｜state=協議中｜homework=0｜about=第2回 意見交換会｜day=
        　　2026-11-18｜question=日程
        ＋　・　・id=38｜record=Agreement 38｜event=Event 10｜state=協議中｜homework=0｜about=第3回 派遣 見本わかば
        　　町会｜day=2026-11-13｜question=内容
        ＋　・　・id=28｜record=Agreement 28｜event=Event 7｜state=協議中｜homework=0｜about=第7回 ホームページ・電
        　　子回覧板講習会｜day=2026-11-06｜question=設問
        ＋　・　・id=52｜record=Agreement 52｜event=Event 13｜state=協議中｜homework=0｜about=第8回 情報発信の注意点
        　　講習会｜day=2026-10-30｜question=設問
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・rows 57
        ＋　・rows 58
        ＋　・　・id=58｜record=Agreement 58｜event=Event 6｜state=決定｜homework=0｜about=第6回 Instagram講習会（2
        　　回目）｜day=2026-12-01｜question=令和8年12月8日（火）から令和8年12月17日（木）へ。講師の都合による
        －　・　・id=26｜record=Agreement 26｜event=Event 7｜state=決定｜homework=0｜about=第7回 ホームページ・電子
        　　回覧板講習会｜day=2026-11-13｜question=内容
        """,
    )


def test_records_by_a_word_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_records, s, fiscal_year=2026, text="機材") for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜text=機材｜match_count=13
        　・rows 57
        　・　・id=47｜record=Agreement 47｜event=Event 12｜state=協議中｜homework=0｜is_match=✓｜about=第2回 意見交
        　　換会｜day=2026-12-01｜question=機材
        　・　・id=39｜record=Agreement 39｜event=Event 10｜state=協議中｜homework=0｜is_match=✓｜about=第3回 派遣
        　　 見本わかば町会｜day=2026-11-24｜question=機材
        　・　・id=51｜record=Agreement 51｜event=Event 13｜state=決定｜homework=0｜is_match=✓｜about=第8回 情報発信
        　　の注意点講習会｜day=2026-11-13｜question=機材
        　・　・id=23｜record=Agreement 23｜event=Event 6｜state=決定｜homework=0｜is_match=✓｜about=第6回 Instagram
        　　講習会（2回目）｜day=2026-11-12｜question=機材
        　・　・id=35｜record=Agreement 35｜event=Event 9｜state=決定｜homework=0｜is_match=✓｜about=第2回 派遣 見本
        　　そよかぜ自治会｜day=2026-10-30｜question=機材
        　・　・id=27｜record=Agreement 27｜event=Event 7｜state=協議中｜homework=0｜is_match=✓｜about=第7回 ホーム
        　　ページ・電子回覧板講習会｜day=2026-10-29｜question=機材
        　・　・id=19｜record=Agreement 19｜event=Event 5｜state=決定｜homework=0｜is_match=✓｜about=第5回 LINE講習
        　　会（2回目）｜day=2026-10-22｜question=機材
        　・　・id=43｜record=Agreement 43｜event=Event 11｜state=決定｜homework=0｜is_match=✓｜about=第1回 意見交換
        　　会｜day=2026-10-16｜question=機材
        　・　・id=15｜record=Agreement 15｜event=Event 4｜state=決定｜homework=0｜is_match=✓｜about=第4回 キャッシ
        　　ュレス決済講習会｜day=2026-10-02｜question=機材
        　・　・id=31｜record=Agreement 31｜event=Event 8｜state=決定｜homework=1｜is_match=✓｜about=第1回 派遣 見本
        　　あおば町会｜day=2026-09-25｜question=無料Wi-Fiのない会館の備えをどうするか
        　・　・id=11｜record=Agreement 11｜event=Event 3｜state=決定｜homework=0｜is_match=✓｜about=第3回 Instagram
        　　講習会｜day=2026-09-18｜question=機材
        　・　・id=7｜record=Agreement 7｜event=Event 2｜state=決定｜homework=0｜is_match=✓｜about=第2回 LINE講習会
        　　｜day=2026-09-04｜question=機材
        　・meetings Meeting 3、Meeting 2、Meeting 1
        　・homework 6
        　・　・id=1｜homework=Homework 1｜record=Agreement 53｜source=協議 第2号
        　・　・id=2｜homework=Homework 2｜record=Agreement 10｜source=協議 第19号
        　・　・id=3｜homework=Homework 3｜record=Agreement 42｜source=協議 第25号
        　・　・id=4｜homework=Homework 4｜record=Agreement 42｜source=協議 第25号
        　・　・id=5｜homework=Homework 5｜record=Agreement 31｜source=協議 第18号
        　・　・id=6｜homework=Homework 6｜record=Agreement 54｜source=協議 第3号
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・id=51｜record=Agreement 51｜event=Event 13｜state=決定｜homework=0｜is_match=✓｜about=第8回 情報発
        　　信の注意点講習会｜day=2026-11-13｜question=機材
        －　・　・id=23｜record=Agreement 23｜event=Event 6｜state=決定｜homework=0｜is_match=✓｜about=第6回 Instagr
        　　am講習会（2回目）｜day=2026-11-12｜question=機材
        －　・　・id=35｜record=Agreement 35｜event=Event 9｜state=決定｜homework=0｜is_match=✓｜about=第2回 派遣 見
        　　本そよかぜ自治会｜day=2026-10-30｜question=機材
        －　・　・id=19｜record=Agreement 19｜event=Event 5｜state=決定｜homework=0｜is_match=✓｜about=第5回 LINE講
        　　習会（2回目）｜day=2026-10-22｜question=機材
        －　・　・id=43｜record=Agreement 43｜event=Event 11｜state=決定｜homework=0｜is_match=✓｜about=第1回 意見交
        　　換会｜day=2026-10-16｜question=機材
        －　・　・id=15｜record=Agreement 15｜event=Event 4｜state=決定｜homework=0｜is_match=✓｜about=第4回 キャッ
        　　シュレス決済講習会｜day=2026-10-02｜question=機材
        －　・　・id=31｜record=Agreement 31｜event=Event 8｜state=決定｜homework=1｜is_match=✓｜about=第1回 派遣 見
        　　本あおば町会｜day=2026-09-25｜question=無料Wi-Fiのない会館の備えをどうするか
        －　・　・id=11｜record=Agreement 11｜event=Event 3｜state=決定｜homework=0｜is_match=✓｜about=第3回 Instagr
        　　am講習会｜day=2026-09-18｜question=機材
        －　・　・id=7｜record=Agreement 7｜event=Event 2｜state=決定｜homework=0｜is_match=✓｜about=第2回 LINE講習
        　　会｜day=2026-09-04｜question=機材
        ＋　・　・id=51｜record=Agreement 51｜event=Event 13｜state=協議中｜homework=0｜is_match=✓｜about=第8回 情報
        　　発信の注意点講習会｜day=2026-10-21｜question=機材
        ＋　・　・id=23｜record=Agreement 23｜event=Event 6｜state=協議中｜homework=0｜is_match=✓｜about=第6回 Insta
        　　gram講習会（2回目）｜day=2026-10-19｜question=機材
        ＋　・　・id=35｜record=Agreement 35｜event=Event 9｜state=協議中｜homework=0｜is_match=✓｜about=第2回 派遣
        　　 見本そよかぜ自治会｜day=2026-10-06｜question=機材
        ＋　・　・id=19｜record=Agreement 19｜event=Event 5｜state=協議中｜homework=0｜is_match=✓｜about=第5回 LINE
        　　講習会（2回目）｜day=2026-09-28｜question=機材
        ＋　・　・id=43｜record=Agreement 43｜event=Event 11｜state=協議中｜homework=0｜is_match=✓｜about=第1回 意見
        　　交換会｜day=2026-09-18｜question=機材
        ＋　・　・id=15｜record=Agreement 15｜event=Event 4｜state=協議中｜homework=0｜is_match=✓｜about=第4回 キャ
        　　ッシュレス決済講習会｜day=2026-09-09｜question=機材
        ＋　・　・id=31｜record=Agreement 31｜event=Event 8｜state=協議中｜homework=1｜is_match=✓｜about=第1回 派遣
        　　 見本あおば町会｜day=2026-09-01｜question=無料Wi-Fiのない会館の備えをどうするか
        ＋　・　・id=11｜record=Agreement 11｜event=Event 3｜state=協議中｜homework=0｜is_match=✓｜about=第3回 Insta
        　　gram講習会｜day=2026-08-26｜question=機材
        ＋　・　・id=7｜record=Agreement 7｜event=Event 2｜state=協議中｜homework=0｜is_match=✓｜about=第2回 LINE講
        　　習会｜day=2026-08-10｜question=機材
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・rows 57
        ＋　・rows 58
        """,
    )


def test_one_record_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_record,
            s,
            agreement_id=20,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        record=Agreement 20｜fiscal_year=2026｜event=Event 5｜state=決定
        　・missing 決まったこと、理由、根拠
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －record=Agreement 20｜fiscal_year=2026｜event=Event 5｜state=決定
        ＋record=Agreement 20｜fiscal_year=2026｜event=Event 5｜state=協議中
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_a_record_with_homework_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_record,
            s,
            agreement_id=3,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        record=Agreement 3｜fiscal_year=2026｜event=Event 1｜state=決定
        　・missing 決まったこと、理由、根拠
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －record=Agreement 3｜fiscal_year=2026｜event=Event 1｜state=決定
        ＋record=Agreement 3｜fiscal_year=2026｜event=Event 1｜state=協議中
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_a_meeting_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_meeting,
            s,
            meeting_id=1,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        meeting=Meeting 1｜fiscal_year=2026｜earlier_homework_done=0｜earlier_homework_count=0
        　・records Agreement 53、Agreement 54
        　・homework Homework 1、Homework 6
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


def test_a_later_meeting_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_meeting,
            s,
            meeting_id=3,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        meeting=Meeting 3｜fiscal_year=2026｜earlier_homework_done=2｜earlier_homework_count=3
        　・records Agreement 42
        　・events[11] Event 11
        　・homework Homework 3、Homework 4
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －meeting=Meeting 3｜fiscal_year=2026｜earlier_homework_done=2｜earlier_homework_count=3
        ＋meeting=Meeting 3｜fiscal_year=2026｜earlier_homework_done=0｜earlier_homework_count=3
        ＋　・events[3] Event 3
        ＋　・events[4] Event 4
        ＋　・continued Agreement 10、Agreement 16、Agreement 53、Agreement 54
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
