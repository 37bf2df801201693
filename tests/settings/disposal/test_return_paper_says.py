"""データ返還一式: as recorded, with little recorded, changed."""

from __future__ import annotations

from tests.support.paper_lines import assert_says, changes
from tests.support.sample_years import paper


def test_what_is_returned_as_it_is(sample_year, bare_year, changed_year):
    said = paper(sample_year, "データ返還一式", most=11)
    assert_says(
        said,
        """
        令和8年度 町会・自治会デジタル活用支援事業委託｜整理番号　R8-データ返還一式
        データ返還一式｜契約の終わりに、区の記録をまとめて出したものです。｜令和8年12月1日 9時05分現在　令和8年度 町会・
        　　自治会デジタル活用支援事業委託
        ［No｜種別｜内容｜件数］
        1｜名簿｜団体の名簿｜40
        2｜申込・名簿｜参加者｜183
        3｜アンケート｜第1回 事例紹介講習会の回答｜15
        4｜アンケート｜第2回 LINE講習会の回答｜15
        5｜アンケート｜第3回 Instagram講習会の回答｜13
        6｜アンケート｜第4回 キャッシュレス決済講習会の回答｜11
        7｜アンケート｜第1回 意見交換会の回答｜17
        8｜アンケート｜第5回 LINE講習会（2回目）の回答｜12
        """,
    )
    assert_says(
        changes(said, paper(bare_year, "データ返還一式", most=11))[:30],
        """
        """,
    )
    assert_says(
        changes(said, paper(changed_year, "データ返還一式", most=11))[:24],
        """
        """,
    )
