"""What a file is for is told by its headings, whatever form made it."""

import pytest

from app.foreign_files.source_detection import detect_kind


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("タイムスタンプ", "Q1 年代", "Q2 満足度", "Q3 感想"), "アンケート"),
        (("受付番号", "問1 参加のきっかけ", "問2 内容", "問3 ほか"), "アンケート"),
        (("Q1.氏名", "Q2.電話番号", "Q3.希望する講座"), "申込"),
        (("受付番号", "氏名", "電話番号", "町会・自治会名"), "申込"),
        (("支部", "団体名", "参加人数", "電話"), "申込"),
        (("支部", "団体名", "会長氏名", "電話", "世帯数"), "団体一覧"),
        (("No.", "町会・自治会名", "代表者", "世帯数", "LINE", "HP"), "団体一覧"),
        (("支部", "団体名", "連絡先"), "団体一覧"),
        (("団体名", "世帯数", "LINE担当者氏名", "補助金"), "団体一覧"),
        (("受付番号", "施設名", "利用日", "利用時間"), "会場予約"),
        (("会場", "部屋", "使用年月日", "開始", "終了", "状態"), "会場予約"),
    ],
)
def test_the_headings_tell_what_a_file_is_for(headings, kind):
    assert detect_kind(headings) == kind
