"""A list as a workbook: texts stay texts, counts become numbers, wide lists lie across, nothing is a formula."""

import gc
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from app.documents.blocks import DocumentContent, Figure, KeyFigures
from app.documents.excel import text_measure
from app.documents.excel.render import render_xlsx
from app.documents.list_sheet import fitted_table, list_sheet
from db.records.programme import Programme

MADE = datetime(2026, 12, 1, 9, 5)
PEOPLE = (
    ("髙﨑　千鶴子", "=1+1", "16人", "007", "12/8(火)"),
    ("葛\U000e0100城　麻衣子", "+81", "—", "14:05", "R9 1/20(水)"),
    ("𠮷田　榮一", "@x", "4,200人", "1/2", ""),
)
HEADS = ("氏名", "記号", "人数", "番号", "日")


def sheet_of(columns=HEADS, rows=PEOPLE, *, sample=False, **more):
    programme = Programme(fiscal_year=2026, title="令和8年度 見本事業", term_end=date(2027, 3, 31), sample=sample)
    content = list_sheet(
        programme, title="見本の一覧", columns=columns, rows=rows, made_at=MADE, reference="R8-見本の一覧", **more
    )
    book = openpyxl.load_workbook(BytesIO(render_xlsx(content)))
    assert book.sheetnames == ["見本の一覧"]
    return book["見本の一覧"]


def head_row(sheet, first: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == first)


def body(sheet, columns=HEADS, count=3):
    start = head_row(sheet, columns[0])
    return [[sheet.cell(start + n, c).value for c in range(1, len(columns) + 1)] for n in range(1, count + 1)]


def test_every_text_stands_in_its_cell_as_it_is():
    rows = body(sheet_of())
    assert [row[0] for row in rows] == [person[0] for person in PEOPLE]
    assert [row[3] for row in rows] == ["007", "14:05", "1/2"]
    assert [row[4] for row in rows] == ["12/8(火)", "R9 1/20(水)", None]


def test_no_text_becomes_a_formula():
    sheet = sheet_of()
    start = head_row(sheet, "氏名")
    cells = [sheet.cell(start + n, 2) for n in (1, 2, 3)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        ("=1+1", "s", True),
        ("+81", "s", True),
        ("@x", "s", True),
    ]


def test_a_column_of_counts_becomes_numbers_that_show_their_unit():
    sheet = sheet_of()
    start = head_row(sheet, "氏名")
    assert [sheet.cell(start + n, 3).value for n in (1, 2, 3)] == [16, "—", 4200]
    assert sheet.cell(start + 1, 3).number_format == '#,##0"人"'
    assert sheet.cell(start + 1, 3).alignment.horizontal == "right"


def test_one_word_among_the_numbers_leaves_the_column_text():
    sheet = sheet_of(rows=(*PEOPLE, ("見本　太郎", "", "未定", "", "")))
    start = head_row(sheet, "氏名")
    assert sheet.cell(start + 1, 3).value == "16人"


def test_the_last_row_may_be_the_sum_and_follows_what_is_corrected():
    rows = (("見本一町会", "2"), ("見本二町会", "3"), ("計　2団体", "5"))
    sheet = sheet_of(("団体", "人数"), rows, total=True)
    start = head_row(sheet, "団体")
    assert sheet.cell(start + 3, 2).value == f"=SUM(B{start + 1}:B{start + 2})"


def test_a_narrow_list_stands_upright_and_a_wide_one_lies_across():
    narrow = sheet_of(("団体", "人数"), (("見本一町会", "2"),))
    wide = sheet_of(tuple(f"設問の長い見出し{n}" for n in range(9)), (tuple("とても満足" for _ in range(9)),))
    assert narrow.page_setup.orientation == "portrait"
    assert wide.page_setup.orientation == "landscape"
    assert (wide.page_setup.fitToWidth, wide.page_setup.fitToHeight) == (1, 0)


def test_a_list_with_many_columns_is_as_wide_as_it_needs_and_printed_on_one_page_across():
    columns = tuple(f"問{n} 町会・自治会の活動で使いたいもの" for n in range(1, 15))
    sheet = sheet_of(columns, (tuple("操作の体験、運用するときの注意点" for _ in columns),))
    widths = [sheet.column_dimensions[openpyxl.utils.get_column_letter(n)].width for n in range(1, 15)]
    on_paper = sum(sheet_of().column_dimensions[c].width for c in "ABCDE")
    assert sum(widths) > on_paper
    assert min(widths) > 10
    assert sheet.page_setup.fitToWidth == 1


def test_the_widest_column_gives_way_so_that_days_and_counts_stay_whole():
    long = "区が資料を確かめ、指摘を受託者に伝えたあと、修正版を受け取って、もう一度確かめた。" * 3
    columns = ("実施日", "人数", *(f"覚え{n}" for n in range(6)))
    sheet = sheet_of(columns, (("12/8(火)", "16人", *(long for _ in range(6))),))
    start = head_row(sheet, "実施日")
    assert sheet.cell(start + 1, 1).alignment.shrink_to_fit is not True
    assert sheet.column_dimensions["A"].width > 8
    assert body(sheet, columns, 1)[0][2] == long


@pytest.mark.parametrize("day", ["2027/3/15", "2026/12/8　3件"])
def test_a_day_beside_many_wide_columns_is_not_broken(day):
    columns = ("終わる日", *(f"覚え{n}" for n in range(13)))
    table = fitted_table("見本の一覧", columns, ((day, *("自社に大判の印刷機がない" for _ in range(13))),))
    widths = [column.width for column in table.columns]
    whole = text_measure.text_width(day.partition("　")[0], 10.0) + text_measure.CELL_PADDING
    assert widths[0] * 72 / 25.4 >= whole
    assert sum(widths) == pytest.approx(261)


def test_more_days_than_the_page_has_room_for_share_it():
    columns = tuple(f"{n}回目" for n in range(20))
    table = fitted_table("見本の一覧", columns, (("2027/3/15",) * 20,))
    assert sum(column.width for column in table.columns) == pytest.approx(261)


def test_a_long_list_can_be_filtered_and_keeps_its_headings_in_sight():
    rows = tuple((f"見本{n}町会", str(n)) for n in range(30))
    sheet = sheet_of(("団体", "人数"), rows)
    start = head_row(sheet, "団体")
    assert sheet.auto_filter.ref == f"A{start}:B{start + 30}"
    assert sheet.freeze_panes == f"A{start + 1}"


def test_the_sheet_says_what_it_is_how_it_was_narrowed_and_when_it_was_made():
    sheet = sheet_of(subtitle="令和8年12月8日（火）　第6回 LINE講習会", words="3件（「LINE」で絞り込み）")
    texts = [str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row if cell.value]
    assert "見本の一覧" in texts
    assert "令和8年12月8日（火）　第6回 LINE講習会" in texts
    assert "3件（「LINE」で絞り込み）　令和8年12月1日 9時05分現在" in texts
    assert "令和8年度 見本事業" in sheet.oddHeader.left.text
    assert "作成　令和8年12月1日 9時05分" in sheet.oddFooter.right.text


@pytest.mark.parametrize("sample", [True, False])
def test_a_list_of_the_sample_year_is_marked_on_every_page(sample):
    assert ("見本" in (sheet_of(sample=sample).oddHeader.center.text or "")) is sample


def test_a_list_that_names_people_says_so_at_its_foot():
    assert "個人情報を含みます" in sheet_of(personal=True).oddFooter.left.text
    assert not sheet_of().oddFooter.left.text


def test_the_file_says_when_it_was_made_and_its_name_carries_the_day():
    programme = Programme(fiscal_year=2026, title="見本", term_end=date(2027, 3, 31))
    content = list_sheet(
        programme, title="見本の一覧", columns=HEADS, rows=PEOPLE, made_at=MADE, reference="R8-見本の一覧"
    )
    book = openpyxl.load_workbook(BytesIO(render_xlsx(content)))
    assert book.properties.created == MADE
    assert content.file_stem == "R8-見本の一覧-20261201"


def test_an_empty_list_is_still_a_sheet_with_its_headings():
    sheet = sheet_of(rows=())
    assert head_row(sheet, "氏名")


def test_a_long_list_leaves_neither_its_widths_nor_an_idle_collector_behind():
    rows = tuple((f"見本{number}", f"{number}番") for number in range(12_000))

    sheet_of(("氏名", "番号"), rows)

    assert gc.isenabled()
    assert text_measure._ems.cache_info().currsize < 20_000


def test_a_refused_paper_leaves_the_collector_as_it_was():
    content = DocumentContent(
        kind="見本",
        reference="R8",
        version=1,
        look="form",
        first_sheet="見本",
        file_stem="見本",
        blocks=(KeyFigures(figures=(Figure(label="長い", value="長" * 32_768, unit=""),)),),
    )
    with pytest.raises(ValueError, match="32,767字"):
        render_xlsx(content)

    assert gc.isenabled()
