"""Tables as people make them: merged columns, two rows of heads, one question in two columns, joined files."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from app.foreign_files.foreign_file import read_foreign_file
from app.registers.venues.intake import read_bookings

REPORTS = Path(__file__).parents[1] / "fixtures" / "reports"
HEADS = ("受付日", "氏名", "ふりがな", "団体名", "電話番号", "配慮事項")
ROWS = (
    ("2026/11/05", "見本 一郎", "みほん いちろう", "見本あおば町会", "03-0000-1901", "車いすで参加"),
    ("2026/11/06", "見本 二郎", "みほん じろう", "見本わかば町会", "03-0000-1902", ""),
)


def report(number):
    return next(REPORTS.glob(f"{number}_*"))


def cells(found):
    return [row.cells for row in found.rows]


def said(found):
    return [one.reason for one in (*found.problems, *found.notices)]


def book(path, spans, rows=(HEADS, *ROWS), *, title="", heads_only=False):
    """A sheet in which each column of ``rows`` is as many columns wide as ``spans`` says, merged in every row."""
    made = openpyxl.Workbook()
    sheet = made.active
    first = 1
    if title:
        sheet.cell(1, 1, title)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=sum(spans))
        first = 3
    for number, row in enumerate(rows, first):
        column = 1
        for text, span in zip(row, spans, strict=True):
            sheet.cell(number, column, text or None)
            if span > 1 and (number == first or not heads_only):
                sheet.merge_cells(start_row=number, start_column=column, end_row=number, end_column=column + span - 1)
            column += span
    made.save(path)
    return path


def csv(path, *lines):
    path.write_text("".join(",".join(line) + "\r\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("spans", "heads_only"),
    [((1, 1, 1, 4, 1, 1), False), ((2, 6, 6, 9, 5, 8), False), ((1, 1, 1, 1, 3, 1), True), ((3, 1, 1, 1, 1, 2), False)],
)
def test_a_column_merged_over_several_cells_is_one_column(tmp_path, spans, heads_only):
    found = read_foreign_file(book(tmp_path / "申込.xlsx", spans, title="受付簿", heads_only=heads_only))
    assert (found.kind, found.headings) == ("申込", HEADS)
    assert cells(found) == list(ROWS)
    assert said(found) == []


def test_a_table_beside_is_one_with_an_empty_column_of_its_own(tmp_path):
    path = book(tmp_path / "申込.xlsx", (1, 1, 1, 4, 1, 1))
    made = openpyxl.load_workbook(path)
    for row, texts in enumerate((("品名", "個数", "担当者"), ("見本の机", 3, "見本 花子")), 1):
        for column, text in enumerate(texts, 11):
            made.active.cell(row, column, text)
    made.save(path)
    found = read_foreign_file(path)
    assert found.headings == HEADS
    assert cells(found) == list(ROWS)
    assert said(found) == ["同じシートの横に別の表か書き込みがあり、読んでいない"]


def test_two_cells_under_one_merged_heading_are_kept_and_asked_about(tmp_path):
    path = book(tmp_path / "申込.xlsx", (1, 2, 1, 1, 1, 1), heads_only=True)
    made = openpyxl.load_workbook(path)
    made.active.cell(2, 3, "花子")
    made.save(path)
    found = read_foreign_file(path)
    assert found.rows[0].cells[1] == "見本 一郎 花子"
    assert [(one.row, one.column) for one in found.problems] == [(1, "氏名")]
    assert "「見本 一郎」「花子」" in found.problems[0].reason


def test_telephone_and_needs_right_of_a_merged_column_are_read():
    found = read_foreign_file(report("x19"))
    assert [row.cells[-2:] for row in found.rows] == [
        ("03-0000-1901", "車いすで参加"),
        ("03-0000-1902", "手話通訳希望"),
    ]
    assert not any("別の表" in one for one in said(found))


def test_joined_files_go_on_where_the_heads_are_equal_and_are_named_where_they_are_not(tmp_path):
    found = read_foreign_file(report("a01"))
    assert [row.cells[1] for row in found.rows] == ["見本 一郎", "見本 二郎", "見本 三郎", "見本 四郎"]
    assert [(line.spreadsheet_row, line.kind) for line in found.left_out] == [(4, "見出し")]
    turned = (HEADS[0], HEADS[2], HEADS[1], *HEADS[3:])
    found = read_foreign_file(csv(tmp_path / "申込.csv", HEADS, ROWS[0], turned, ROWS[1]))
    assert [bool(row.problem) for row in found.rows] == [False, True]
    assert any(one.startswith("3行目に別の並びの見出しがある") for one in said(found))


def test_the_heads_of_answers_are_no_answer_wherever_they_stand(tmp_path):
    heads = ("タイムスタンプ", "問1 満足度", "問2 感想")
    rows = (("2026/12/18 15:01:00", "満足", "見本"), ("2026/12/18 15:02:00", "不満", ""))
    found = read_foreign_file(
        csv(tmp_path / "回答.csv", heads, rows[0], ("\ufeff" + heads[0], *heads[1:]), rows[1]), kind="アンケート"
    )
    assert cells(found) == list(rows)
    assert [line.spreadsheet_row for line in found.left_out] == [3]


def test_signs_written_as_numbers_are_the_signs_and_the_row_says_so():
    found = read_foreign_file(report("a04"))
    assert [row.cells[1] for row in found.rows] == ["𠮷田 見本", "髙橋 見本", "見本 & 三郎"]
    assert found.rows[2].cells[-1] == 'A&B <未定> "仮"'
    assert {one.row for one in found.notices if "番号など" in one.reason} == {1, 2, 3}


def test_cells_kept_from_excel_are_the_texts_inside():
    found = read_foreign_file(report("e03"))
    assert cells(found)[0] == ("第1支部", "見本さくら町会", "見本 太郎", "0300007111", "120")
    assert sum("包まれていた" in one for one in said(found)) == 1


def test_a_mark_of_bytes_twice_is_no_part_of_a_heading():
    assert read_foreign_file(report("a02")).headings[0] == "タイムスタンプ"


def test_a_second_row_of_heads_names_the_choices_of_a_question(tmp_path):
    question = "問3 ツール"
    for path in (
        report("s01"),
        csv(tmp_path / "回答.csv", ("ID", question, "", ""), ("", "LINE", "HP", "電子"), ("1", "1", "", "1")),
    ):
        found = read_foreign_file(path, kind="アンケート")
        assert all(one.startswith("問3") for one in found.headings if "[" in one)
        assert sum("[LINE]" in one for one in found.headings) == 1
        assert found.rows[0].cells[0] in ("1", "1001")


def test_a_second_row_below_merged_heads_names_the_choices(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (
        ("ID", "問2 満足度", "問3 ツール", None, None),
        (None, None, "LINE", "HP", "電子回覧板"),
        (1, "満足", "○", None, "○"),
        (2, "不満", None, "○", None),
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:B2", "C1:E1"):
        sheet.merge_cells(area)
    made.save(tmp_path / "回答.xlsx")
    found = read_foreign_file(tmp_path / "回答.xlsx", kind="アンケート")
    assert found.headings == ("ID", "問2 満足度", "問3 ツール [LINE]", "問3 ツール [HP]", "問3 ツール [電子回覧板]")
    assert cells(found) == [("1", "満足", "○", "", "○"), ("2", "不満", "", "○", "")]


def test_a_group_ends_with_its_merged_cell(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["", "団体", None, "ツール状況", None, None, ""])
    sheet.append(["No", "名称", "会長", "LINE", "Zoom", "SNS", "備考"])
    sheet.append([1, "見本町会", "見本　一", "使う", "", "", "会館あり"])
    sheet.append([2, "見本第二町会", "見本　二", "", "使う", "", ""])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:F1")
    made.save(tmp_path / "団体.xlsx")
    found = read_foreign_file(tmp_path / "団体.xlsx")
    assert found.groups == ("", "団体", "団体", "ツール状況", "ツール状況", "ツール状況", "")


def test_one_question_in_two_columns_is_one_column_where_no_row_has_both(tmp_path):
    found = read_foreign_file(report("s04"), kind="アンケート")
    assert [row.cells[3] for row in found.rows] == ["LINE", "Instagram", "LINE, 電子回覧板", "ホームページ"]
    assert any("列が2つ以上あり、1つの列として読んだ" in one for one in said(found))
    heads = ("受付日", "氏名", "電話番号", "端末", "端末")
    rows = (
        ("2026/11/05", "見本 一郎", "03-0000-1901", "持参", ""),
        ("2026/11/06", "見本 二郎", "03-0000-1902", "", "貸与"),
    )
    found = read_foreign_file(csv(tmp_path / "申込.csv", heads, *rows))
    assert [row.cells[3:] for row in found.rows] == [("持参",), ("貸与",)]
    both = read_foreign_file(csv(tmp_path / "両方.csv", heads, *rows, ("2026/11/07", "見本 三郎", "", "持参", "貸与")))
    assert len(both.headings) == 5


def test_a_column_without_a_heading_that_holds_something_is_named(tmp_path):
    found = read_foreign_file(csv(tmp_path / "申込.csv", (*HEADS, ""), (*ROWS[0], "済"), (*ROWS[1], "")))
    assert said(found) == ["見出しのない列（G列）に値があり、読んでいない（1行）"]


def test_answers_right_of_a_heading_that_is_empty_to_the_right_are_asked_about(tmp_path):
    heads = ("ID", "問3 ツール", "", "", "問4 感想")
    rows = (("1", "LINE", "", "", "見本"), ("2", "", "電子回覧板", "", ""))
    found = read_foreign_file(csv(tmp_path / "回答.csv", heads, *rows), kind="アンケート")
    assert [(one.row, one.column) for one in found.problems] == [(2, "問3 ツール")]
    assert any("見出しのない列（C列）" in one for one in said(found))


def test_hours_beyond_a_day_are_hours_and_rows_hidden_by_hand_are_named(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(("施設名", "室名", "利用日", "開始", "終了"))
    sheet.append(("見本区民館", "研修室1", "2026/12/8", 22 / 24, 25 / 24))
    sheet.append(("見本区民館", "研修室1", "2026/12/9", 9 / 24, 12 / 24))
    for column in ("D", "E"):
        for row in (2, 3):
            sheet[f"{column}{row}"].number_format = "[h]:mm"
    sheet.row_dimensions[3].hidden = True
    made.save(tmp_path / "予約.xlsx")
    found = read_foreign_file(tmp_path / "予約.xlsx")
    assert [row.cells[3:] for row in found.rows] == [("22:00:00", "25:00:00"), ("09:00:00", "12:00:00")]
    assert any(one.startswith("シートで隠れている行がある（3行目）") for one in said(found))
    read = read_bookings(found).rows
    assert [(row.start_time, row.end_time) for row in read] == [("22:00", ""), ("09:00", "12:00")]
    assert "「22:00:00" in read[0].problems[0].reason or "「25:00:00」" in read[0].problems[0].reason
    assert "1899" not in "".join(one.reason for one in read[0].problems)


def test_comments_belong_to_their_row_and_what_is_drawn_is_named(tmp_path):
    path = tmp_path / "申込.xlsx"
    drawn = "<xdr:txBody xmlns:xdr='x' xmlns:a='a'><a:p><a:r><a:t>見本 三郎も参加</a:t></a:r></a:p></xdr:txBody>"
    link = (
        '<Relationship Id="d" Target="../drawings/drawing9.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"/></Relationships>'
    )
    with zipfile.ZipFile(report("n16")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            told = old.read(name)
            if name.endswith("sheet1.xml.rels"):
                told = told.replace(b"</Relationships>", link.encode())
            new.writestr(name, told)
        new.writestr("xl/drawings/drawing9.xml", drawn)
    found = read_foreign_file(path)
    assert [row.remarks for row in found.rows] == [
        (), ("11/27 電話 欠席に変更",), ("やはり借りたいとのこと（11/26）",), ("五十音順に並べ替えた",),
    ]  # fmt: skip
    assert "表の外のメモや、図形の中に文字があり、読んでいない「見本 三郎も参加」" in said(found)
