"""What the page of 受領 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.received.services import read_received
from tests.support.paper_lines import assert_says, changes
from tests.support.view_lines import view


def test_a_paper_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_received,
            s,
            paper_id=1,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        paper=ReceivedPaper 1｜closed_reason=確認済の報告書は変更できません。｜hash_words=受け取ったファイルの照合値
        　　です。メールの途中で書き換わることがあり、送信元の値とは違うことがあります。
        　・kind kind=実施報告書｜about=実施回｜clause=clause_report｜task=実施報告書｜keep_years=5｜has_own_check=✓
        　　｜correction_task=報告書の修正版｜answer_task=報告書の内容確認｜check_verb=確認する｜awaited_task=実施報
        　　告書
        　・versions ReceivedPaper 1
        　・points 実施内容、アンケートの集計結果、講師からの所感
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        ＋　・unchecked_points 実施内容、アンケートの集計結果、講師からの所感
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_another_paper_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_received,
            s,
            paper_id=9,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        paper=ReceivedPaper 9｜hash_words=受け取ったファイルの照合値です。メールの途中で書き換わることがあり、送信元
        　　の値とは違うことがあります。
        　・kind kind=実施報告書の数字｜about=実施回｜keep_years=5｜settled_by_kind=実施報告書｜check_verb=確認する
        　・versions ReceivedPaper 9
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
