"""Tables that stand crookedly in other people's files: titles, groups, merged cells, totals, odd separators and
encodings."""

import datetime

import pytest
import xlsxwriter

from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from tests.support.foreign_books import HEADINGS, PERSON, book, rows

CLERK = ("No", "受付\n年月日", "団体名", "氏名", "ふりがな", "TEL", "人数", "備考")


def _clerk(sheet, workbook):
    sheet.merge_range("A1:H1", "令和8年度　見本講習会　申込者一覧")
    sheet.write("A3", "担当：見本係")
    sheet.write("A4", "※取扱注意")
    era = workbook.add_format({"num_format": "[$-411]ge.m.d"})
    noughts = workbook.add_format({"num_format": "00000000000"})
    rows(sheet, 7, [CLERK, (1, None, None, "見本 一郎", "ミホン イチロウ", 312345678, 2, None)])
    rows(sheet, 9, [(2, 46267, None, "見本 二郎", "みほん じろう", None, "１名", None), (3, None, None, "見本 三郎")])
    sheet.write_datetime("B8", datetime.datetime(2026, 9, 1), era)
    sheet.write_number("F9", 9011112222, noughts)
    sheet.merge_range("C8:C10", "みほん町会")
    rows(sheet, 11, [("小計", None, None, None, None, None, 3)])
    sheet.merge_range("A12:H12", "【FAX受付分】")
    rows(sheet, 13, [(4, "R8.9.4", "見本自治会", "見本　四子", "ミホン ヨシコ", "同上", 3, None)])
    rows(sheet, 15, [("合計", None, None, None, None, None, 6), (), ("以上",)])
    sheet.set_column("F:F", None, None, {"hidden": True})


def test_a_colleagues_list_is_found_below_its_title_and_freed_of_totals_and_sections(tmp_path):
    file = read_foreign_file(book(tmp_path / "受付簿.xlsx", _clerk))

    assert (file.source, file.header_row, file.headings) == ("clerk_xlsx", 7, CLERK)
    assert [(line.source_line, line.kind) for line in file.left_out] == [
        (11, "小計"), (12, "区切り"), (15, "合計"), (17, "注記"),
    ]  # fmt: skip
    assert [row.cells[2] for row in file.rows] == ["みほん町会"] * 3 + ["見本自治会"]
    assert [row.cells[1] for row in file.rows] == ["2026-09-01T00:00:00", "46267", "", "R8.9.4"]
    assert [row.cells[5] for row in file.rows] == ["312345678", "09011112222", "", "同上"]
    assert file.hidden_columns == (5,)
    assert [(n.row, n.code) for n in file.notices] == [
        (2, "merged_cell_carried"), (3, "merged_cell_carried"), (0, "hidden_columns"),
    ]  # fmt: skip


def _grouped(sheet, _):
    sheet.merge_range("A1:I1", "派遣申請")
    sheet.merge_range("A2:A3", "受付番号")
    sheet.merge_range("B2:D2", "申込者")
    sheet.merge_range("E2:F2", "当日連絡担当者")
    sheet.merge_range("G2:I2", "希望日")
    rows(sheet, 3, [(None, "氏名", "フリガナ", "電話", "氏名", "電話", "第1", "第2", "第3")])
    rows(sheet, 4, [("0001", "見本 花", "ミホン ハナ", "03-0000-1111", "見本 草", "090-0000-2222", "R8.11.1")])


def test_two_rows_of_headings_give_each_column_its_group(tmp_path):
    file = read_foreign_file(book(tmp_path / "派遣.xlsx", _grouped))

    assert (file.header_row, len(file.rows)) == (3, 1)
    assert file.headings == ("受付番号", "氏名", "フリガナ", "電話", "氏名", "電話", "第1", "第2", "第3")
    assert file.groups == ("", *["申込者"] * 3, *["当日連絡担当者"] * 2, *["希望日"] * 3)


def test_two_rows_of_headings_saved_as_text_are_told_by_their_gaps(tmp_path):
    path = tmp_path / "団体.csv"
    path.write_bytes(
        "支部,団体名,ツール状況,,補助金\r\n,,LINE,HP,\r\n第1支部,みほん町会,1,×,5\r\n第1支部,見本会,2,0,\r\n".encode(
            "cp932"
        )
    )
    file = read_foreign_file(path)

    assert (file.header_row, file.kind, len(file.rows)) == (2, "団体一覧", 2)
    assert file.headings == ("支部", "団体名", "LINE", "HP", "補助金")


def test_a_second_table_below_or_beside_is_never_mixed_in_nor_passed_over_in_silence(tmp_path):
    def fill(sheet, _):
        rows(
            sheet, 1, [("氏名", "フリガナ", "電話", "団体名"), ("見本 花", "ミホン ハナ", "03-0000-1111", "みほん町会")]
        )
        rows(sheet, 6, [("受付日", "氏名", "電話", "備考"), ("9/1", "見本 月", "03-0000-2222", "別の表")])
        sheet.write_row(0, 6, ["団体名", "会長名", "電話"])
        sheet.write_row(1, 6, ["みほん町会", "見本", "03"])

    file = read_foreign_file(book(tmp_path / "二つの表.xlsx", fill))
    assert [row.cells for row in file.rows] == [("見本 花", "ミホン ハナ", "03-0000-1111", "みほん町会")]
    assert {notice.code for notice in file.notices} == {"other_table", "table_beside"}


def test_the_sheet_with_the_table_is_found_and_another_can_be_asked_for(tmp_path):
    path = tmp_path / "何枚も.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    workbook.add_worksheet("はじめに").write(0, 0, "説明")
    rows(workbook.add_worksheet("申込"), 3, [HEADINGS, PERSON, PERSON])
    rows(workbook.add_worksheet("追加"), 1, [HEADINGS, PERSON])
    hidden = workbook.add_worksheet("控え")
    rows(hidden, 1, [HEADINGS, *[PERSON] * 5])
    hidden.hide()
    workbook.close()

    found = read_foreign_file(path)
    assert (found.sheet, found.sheets, len(found.rows), found.header_row) == ("申込", ("申込", "追加"), 2, 3)
    assert {notice.code for notice in found.notices} == {"other_sheets", "hidden_sheets"}
    assert (len(read_foreign_file(path, sheet="追加").rows), len(read_foreign_file(path, sheet="控え").rows)) == (1, 5)
    with pytest.raises(IntakeRefusal, match="シート「ない」が見つかりません"):
        read_foreign_file(path, sheet="ない")


def test_a_page_heading_repeated_inside_a_list_and_hidden_rows_are_handled(tmp_path):
    def fill(sheet, _):
        rows(sheet, 1, [HEADINGS, PERSON, HEADINGS, PERSON])
        sheet.set_row(3, None, None, {"hidden": True})

    file = read_foreign_file(book(tmp_path / "頁.xlsx", fill))
    assert len(file.rows) == 2
    assert [line.kind for line in file.left_out] == ["見出し"]
    assert [(notice.row, notice.code) for notice in file.notices] == [(2, "hidden_row"), (0, "hidden_rows")]


def test_errors_and_formulas_without_a_saved_value_are_named(tmp_path):
    def fill(sheet, _):
        rows(sheet, 1, [("氏名", "電話番号", "人数")])
        sheet.write_formula(1, 0, "=A9", None, "見本 花子")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(1, 2, "=1+1", None, "")

    file = read_foreign_file(book(tmp_path / "式.xlsx", fill))
    assert file.rows[0].cells[0] == "見本 花子"
    assert {(p.index, p.code) for p in file.problems} == {(1, "error_value"), (2, "formula_without_value")}


def _text(line_end, delimiter=","):
    return line_end.join(delimiter.join(cells) for cells in (HEADINGS, PERSON, PERSON)) + line_end


@pytest.mark.parametrize(
    ("data", "encoding", "source"),
    [
        (b"\xef\xbb\xbf" + _text("\r\n", ";").encode(), "utf-8", "logo_form_like_csv"),
        (_text("\r").encode("cp932"), "cp932", "logo_form_like_csv"),
        (b"\xfe\xff" + _text("\r\n", "\t").encode("utf-16-be"), "utf-16-be", "utf16le_tsv"),
        (_text("\r\n").encode("utf-16-le"), "utf-16-le", "logo_form_like_csv"),
        (_text("\n").encode() + bytes(40), "utf-8", "logo_form_like_csv"),
    ],
    ids=["semicolons", "CR alone", "UTF-16 BE", "UTF-16 without a mark", "NUL at the end"],
)
def test_a_list_is_read_in_whatever_dress_it_comes(tmp_path, data, encoding, source):
    path = tmp_path / "申込.csv"
    path.write_bytes(data)
    file = read_foreign_file(path)

    assert (file.encoding, file.source, file.headings) == (encoding, source, HEADINGS)
    assert [row.cells for row in file.rows] == [PERSON, PERSON]
    assert file.problems == ()


def test_a_heading_with_a_break_and_a_quoted_break_in_a_cell_stay_in_their_places(tmp_path):
    path = tmp_path / "申込.csv"
    path.write_bytes(
        '"受付\n番号",氏名,"電話\r\n番号",備考\r\n1,見本,03,"前の席,\r\n補聴器"\r\n2,見本,04,\r\n'.encode()
    )
    file = read_foreign_file(path)

    assert file.headings == ("受付\n番号", "氏名", "電話\r\n番号", "備考")
    assert [(row.source_line, row.cells[3]) for row in file.rows] == [(4, "前の席,\r\n補聴器"), (6, "")]


def test_lost_signs_are_counted_in_names_only(tmp_path):
    path = tmp_path / "申込.csv"
    path.write_bytes("氏名,フリガナ,団体名,備考\r\n〓田,?,みほん町会,行けますか?\r\n".encode("cp932"))

    assert read_foreign_file(path).lost_characters == 2


def test_a_line_of_broken_bytes_is_named_and_shows_nothing_garbled(tmp_path):
    lines = [",".join(HEADINGS), *[",".join(PERSON)] * 6]
    data = [line.encode() for line in lines]
    data[3] = data[3][:60] + b"\xe3\x81" + data[3][62:]
    path = tmp_path / "申込.csv"
    path.write_bytes(b"\r\n".join(data))
    file = read_foreign_file(path)

    assert [(p.row, p.code) for p in file.problems] == [(3, "decode_error")]
    assert set(file.rows[2].cells) == {""}
    assert file.rows[2].problem
    assert [row.cells for row in file.rows if row.row != 3] == [PERSON] * 5


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_japanese_of_other_systems_is_refused_instead_of_being_garbled(tmp_path, encoding):
    path = tmp_path / "申込.csv"
    path.write_bytes("name,tel,note\n見本花子,03-0000-1111,よろしく\n".encode(encoding))

    with pytest.raises(IntakeRefusal, match="文字化け"):
        read_foreign_file(path)


def test_half_width_kana_in_a_list_of_a_ward_are_no_other_system(tmp_path):
    path = tmp_path / "申込.csv"
    path.write_bytes("氏名,ﾌﾘｶﾞﾅ,電話\n見本,ﾐﾎﾝ ﾊﾅｺ,03-0000-1111\n".encode("cp932"))

    assert read_foreign_file(path).rows[0].cells[1] == "ﾐﾎﾝ ﾊﾅｺ"


def test_a_total_and_a_remark_with_fewer_cells_than_the_headings_are_no_data(tmp_path):
    path = tmp_path / "申込.csv"
    path.write_bytes(f"{','.join(HEADINGS)}\n{','.join(PERSON)}\n合計,1名\n※追加は別紙\n00002,2026/09/02\n".encode())
    file = read_foreign_file(path)

    assert [line.kind for line in file.left_out] == ["合計", "注記"]
    assert [(p.row, p.code) for p in file.problems] == [(2, "column_count_mismatch")]


def test_control_signs_in_a_cell_are_named(tmp_path):
    path = tmp_path / "申込.csv"
    path.write_bytes("氏名,電話,備考\n見本\x07花子,03-0000-1111,前の席\x0b希望\n".encode())

    assert [(p.row, p.index, p.code) for p in read_foreign_file(path).problems] == [(1, 0, "control_character")]
