"""What a clerk struck out in a workbook (取消線) is seen: by the font of a cell, by the runs of its text, never in
silence."""

import pytest

from app.foreign_files.foreign_file import STRUCK_CELL, STRUCK_ROW, read_foreign_file
from tests.support.foreign_books import book, crooked

HEADINGS = ("No", "団体名", "氏名", "電話番号", "備考")
PERSON = ("みほん町会", "見本 花子", "03-0000-1111")


def said(path):
    return [(one.row, one.column, one.code) for one in read_foreign_file(path).problems]


def list_with(tmp_path, fill):
    def write(sheet, workbook):
        struck = workbook.add_format({"font_strikeout": True})
        plain = workbook.add_format({"bold": True})
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, 4):
            sheet.write_row(number, 0, (number, *PERSON))
        fill(sheet, struck, plain)

    return book(tmp_path / "申込.xlsx", write)


def test_a_row_struck_out_but_for_its_number_and_a_remark_is_a_row_struck_out(tmp_path):
    def fill(sheet, struck, _):
        sheet.write_row(2, 1, PERSON, struck)
        sheet.write(2, 4, "9/5 電話で")

    assert said(list_with(tmp_path, fill)) == [(2, None, STRUCK_ROW)]


def test_a_cell_struck_out_is_named_with_its_column_and_a_number_or_a_blank_is_not(tmp_path):
    def fill(sheet, struck, _):
        sheet.write(1, 0, 1, struck)
        sheet.write_blank(1, 4, None, struck)
        sheet.write(3, 2, PERSON[1], struck)

    path = list_with(tmp_path, fill)
    assert said(path) == [(3, "氏名", STRUCK_CELL)]
    assert read_foreign_file(path).problems[0].reason == "「氏名」に取消線が引かれている"


def test_letters_struck_out_inside_a_cell_are_seen_and_letters_in_another_font_are_no_strike(tmp_path):
    def fill(sheet, struck, plain):
        sheet.write_rich_string(1, 2, struck, "見本 花子", " 見本 月子")
        sheet.write_rich_string(2, 2, struck, "見本", struck, " 花子")
        sheet.write_rich_string(3, 2, plain, "見本", " 花子")

    path = list_with(tmp_path, fill)
    assert said(path) == [(1, "氏名", STRUCK_CELL), (2, "氏名", STRUCK_CELL)]
    assert [one.reason for one in read_foreign_file(path).problems] == [
        "「氏名」の一部の文字に取消線が引かれている",
        "「氏名」に取消線が引かれている",
    ]


@pytest.mark.parametrize(("val", "found"), [("", [(1, "氏名", STRUCK_CELL)]), (' val="0"', [])])
def test_runs_inside_a_cell_are_read_and_a_strike_switched_off_is_none(tmp_path, val, found):
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADINGS[1:])
    name = f"<r><rPr><strike{val}/></rPr><t>見本</t></r><r><t> 花子</t></r>"
    row = "".join(f'<c t="inlineStr"><is>{text}</is></c>' for text in ("<t>みほん町会</t>", name, "<t>03</t>"))
    assert said(crooked(tmp_path / "申込.xlsx", f"<row>{cells}</row><row>{row}</row>")) == found
