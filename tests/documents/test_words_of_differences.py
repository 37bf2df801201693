"""What differs between a kept letter and today's, line by line and case by case, and how it is put right."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import PureWindowsPath

import pytest

from app.documents.blocks import Column, Heading, Paragraph, Table
from app.documents.services import document_saving, issued_copies
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import _shortened, build_document, fits_one_page, render_document
from app.documents.services.file_saving import SaveOptions
from app.documents.services.folder_check import spelling_problem
from app.documents.services.issued_copies import copy_words, withdrawn_words
from app.documents.services.kept_letters.handed_file import _not_in
from app.documents.services.kept_letters.letter_corrections import _corrected, _organisations
from app.documents.services.kept_letters.letter_differences import LetterDifference, _lines
from db.records.documents import Outgoing
from tests.support.paper_lines import assert_says
from tests.support.years import BY, NOW, acting


def differing(before, after, part="宛先", addressees=()):
    return LetterDifference(part=part, before=before, after=after, addressees=addressees)


@pytest.mark.parametrize(
    ("addressees", "said"),
    [
        ((), "甲／乙 → （なし）"), (("一町会\n　会長　見本",), "甲／乙 → （なし）（一町会）"),
        (("一", "二"), "甲／乙 → （なし）（一、二）"), (("一", "二", "三"), "甲／乙 → （なし）（一、二、三）"),
        (("一", "二", "三", "四"), "甲／乙 → （なし）（一、二、三 ほか1件）"),
    ],
)  # fmt: skip
def test_a_difference_names_three_addressees_and_counts_the_others(addressees, said):
    assert differing("甲\n\n乙", "", addressees=addressees).change_words == said


@pytest.mark.parametrize(
    ("part", "before", "after", "known_later"),
    [
        ("宛先", "みほん町会　御中", "みほん町会\n　会長　見本　様", True),
        ("宛先", "みほん町会　御中", "みほん　町会\n　見本　様", True),
        ("宛先", "みほん町会　御中", "例町会\n　会長　見本　様", False),
        ("宛先", "みほん町会　御中", "みほん町会　御中", False),
        ("宛先", "みほん町会\n　例　様", "みほん町会\n　見本　様", False), ("住所", "", "練馬1-1", True),
        ("住所", "練馬1", "練馬1-1", False), ("日時", "", "9月10日", False),
    ],
)  # fmt: skip
def test_what_nobody_knew_when_it_left_is_no_mistake(part, before, after, known_later):
    assert differing(before, after, part).is_known_later is known_later


@pytest.mark.parametrize(
    ("text", "before", "after", "right"),
    [
        ("甲\n乙\n丙", "乙", "正", "甲\n正\n丙"), ("甲\n乙", "乙", "正\n追", "甲\n正\n追"),
        ("甲\n乙", "甲\n乙", "正", "正"),
        ("甲\n乙", "甲\n乙", "一\n二\n三", "一\n二\n三"), ("甲", "", "正", "甲"), ("甲", "乙", "正", "甲"),
        ("乙丙", "乙", "正", "乙丙"),
    ],
)  # fmt: skip
def test_lines_of_before_become_those_of_after_and_no_other(text, before, after, right):
    assert _corrected(text, differing(before, after)) == right


def test_one_name_changed_in_two_parts_is_one_mistake_and_a_log_names_groups_alone():
    first, same, other = (
        differing("見本 一　様（会長）", "見本 二　様（会長）"),
        differing("会長　見本 一　様", "会長　見本 二　様", "参加される方"),
        differing("見本 一　様", "見本 三　様"),
    )  # fmt: skip
    assert [first.says_the_same_as(one) for one in (first, same, other)] == [True, True, False]
    assert first.says_the_same_as(differing("見本 一　様 （会長）", "見本 二　様（会長）", "参加される方"))
    to = ("みほん町会　御中", "例町会\n　会長　見本　様", "　独 四　様")
    assert _organisations(differing("", "", addressees=to)) == ["みほん町会", "例町会"]


def test_lines_of_a_file_are_looked_for_wherever_it_breaks_them_and_two_signs_are_none():
    assert _not_in(["練馬区　見本", "ない行です", "以上", "三文字"], ["練馬", "区見本"]) == ["ない行です", "三文字"]


def table(*rows):
    return Table((Column("項目", 20), Column("前", 20), Column("後", 20)), rows, name="表")


def test_a_table_is_compared_under_what_names_its_rows_and_a_single_row_under_its_titles():
    columns = [table(("日時", "甲", ""), ("1", "会場\n部屋", "乙"))]
    assert_says(
        [f"{part}：{'／'.join(text)}" for part, text in _lines(columns, ()).items()],
        """
        日時：甲
        会場：会場／部屋／乙""",
    )
    chapters = [
        Heading(2, "1", "決定"),
        table(("人数", "8人", "5人")),
        Paragraph("本日"),
        Heading(2, "2", "理由"),
        Paragraph("甲"),
    ]
    assert_says(
        [f"{part}：{'／'.join(text)}" for part, text in _lines(chapters, ("理由", "後")).items()],
        """
        項目：人数
        前：8人
        決定：本日""",
    )


def row(number, way="そのまま保存", **given):
    values = {"document_kind": "決定通知", "format": "pdf", "at": datetime(2026, 11, 27, 9)} | given
    return Outgoing(id=number, reference="", version=1, way=way, by=BY, **values)


def test_what_was_taken_back_is_named_by_kind_day_and_way_and_a_copy_by_its_state():
    gone = [row(1), row(2), row(3, "印刷"), row(4, document_kind="名札", format="xlsx")]
    words = "出したもの4件を、出力の記録で取消にしました：決定通知（11/27 PDF、11/27 印刷）、名札（11/27 Excel）。"
    assert (withdrawn_words(gone), withdrawn_words(())) == (words, "")
    kept = [row(1), row(2, copy_file_id=3), row(3, copy_erased_on=date(2032, 4, 1)), row(4, kept_papers=(1,))]
    assert [copy_words(one) for one in kept] == [
        "控えなし", "控えあり", "控えは保存期間を過ぎて消去（令和14年4月1日）", "控えあり",
    ]  # fmt: skip


def test_a_text_of_forty_signs_is_quoted_whole_and_a_longer_one_with_its_length():
    assert _shortened("あ" * 40) == "あ" * 40
    assert _shortened("あ" * 41) == f"{'あ' * 40}…（41字）"


def test_a_paper_of_one_page_fits_and_one_of_two_does_not(people):
    def fits(*blocks):
        content = build_document(people.store, event_id=people.event_id, kind="決定通知", now=NOW)
        return fits_one_page(replace(content, blocks=blocks))

    assert [fits(*[Paragraph("本文")] * count) for count in (1, 90)] == [True, False]


@pytest.mark.parametrize(
    ("folder", "said"),
    [(r"C:\aux\帳票", "aux"), (r"aux\帳票", "aux"), (r"C:\帳票", ""), (r"帳票\con", "con"), (r"\\?\C:\aux", "")],
)
def test_a_folder_that_windows_reads_as_another_is_named_wherever_it_stands(folder, said):
    words = spelling_problem(PureWindowsPath(folder))
    assert (said in words) if said else words == ""


def test_a_copy_saved_again_is_one_file_however_many_were_printed(people, tmp_path):
    about = {"event_id": people.event_id, "kind": "決定通知"}
    scope = DocumentScope(event_id=people.event_id)
    drawn = render_document(people.store, scope=scope, kind="決定通知", format="pdf", now=NOW)
    printed = document_saving.log_print(acting(people.store), **about, copies=3, pages=drawn.pages, rendered=drawn)
    options = SaveOptions(path=tmp_path / "控え.pdf", reason="区の控え")
    issued_copies.save_copy(acting(people.store), outgoing_id=printed.id, options=options)
    logged = document_saving.list_outgoing(people.store, event_id=people.event_id)
    assert [(str(one.way), one.copies) for one in logged] == [("そのまま保存", 1), ("印刷", 3)]
