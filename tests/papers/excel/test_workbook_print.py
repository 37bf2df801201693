"""How a workbook comes out of the printer: paper, header, repeated headings, nothing cut and nothing split."""

from __future__ import annotations

import dataclasses
import html
import itertools
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app.papers import blocks as b
from app.papers.excel.measure import line_count
from app.papers.excel.render import render_xlsx

PAGE_POINTS = (297 - 23 - 18) / 25.4 * 72


def opened(content):
    return load_workbook(BytesIO(render_xlsx(content)))


def test_every_sheet_is_an_a4_page_wide(document):
    for sheet in opened(document):
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation) == (9, "portrait")
        assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.HeaderFooter.scaleWithDoc
        assert not sheet.sheet_view.showGridLines
        assert sheet.sheet_view.zoomScale == 100
        margins = sheet.page_margins
        found = [round(side * 25.4) for side in (margins.left, margins.right, margins.top, margins.bottom)]
        assert found == [25, 20, 23, 18]
        assert round(margins.header * 25.4) == 10
        assert round(margins.footer * 25.4) == 8


def test_the_columns_fill_the_paper_without_being_scaled_down(document, roster):
    for content, width in ((document, 165), (roster, 261)):
        for sheet in opened(content):
            pixels = sum(given.width * 10 for given in sheet.column_dimensions.values())
            assert width - 3 <= pixels / 96 * 25.4 <= width


def test_the_print_area_holds_everything_that_is_written(document):
    for sheet in opened(document):
        area = sheet[sheet.print_area.split("!")[-1].replace("$", "")]
        inside = {cell.coordinate for row in area for cell in row}
        assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value is not None} <= inside


def test_the_marks_and_the_page_number_stand_on_every_page(document):
    for sheet in opened(document):
        assert "様式・受託者確認前　見本" in sheet.oddHeader.center.text
        assert document.header_left in str(sheet.oddHeader.left.text)
        assert document.header_right in str(sheet.oddHeader.right.text)
        assert "&P / &N" in sheet.oddFooter.center.text
        assert document.footer_left in str(sheet.oddFooter.left.text)


def test_a_header_that_begins_with_a_digit_or_holds_an_ampersand_is_printed_as_it_is(document):
    content = dataclasses.replace(document, header_left="8練地協 R&D", stamp="", sample=False)
    with ZipFile(BytesIO(render_xlsx(content))) as archive:
        sheet = html.unescape(html.unescape(archive.read("xl/worksheets/sheet1.xml").decode()))

    assert '標準"8練地協 R&&D' in sheet


def test_an_outgoing_letter_has_no_mark_and_no_time(letter):
    sheet = opened(letter).active

    assert not sheet.oddHeader.left.text
    assert not sheet.oddHeader.center.text
    assert not sheet.oddFooter.left.text
    assert not sheet.oddFooter.right.text


def test_a_header_longer_than_excel_takes_is_refused_in_words(document):
    with pytest.raises(ValueError, match="ヘッダー"):
        render_xlsx(dataclasses.replace(document, header_left="事業名" * 90))


def test_the_roster_lies_across_and_repeats_its_heading(roster):
    sheet = opened(roster).active

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:H42"


def test_no_question_is_split_over_two_pages(document):
    many = tuple(block for block in document.blocks if isinstance(block, b.TallyChart))[:6] * 3
    sheet = opened(dataclasses.replace(document, blocks=many)).active
    breaks = sorted(mark.id for mark in sheet.row_breaks.brk)
    pages = list(zip([0, *breaks], [*breaks, sheet.max_row], strict=True))

    for start, end in pages:
        assert sum(sheet.row_dimensions[row].height or 15 for row in range(start + 1, end + 1)) <= PAGE_POINTS
    for chart in sheet._charts:
        top, bottom = chart.anchor._from.row, chart.anchor.to.row
        assert any(start <= top and bottom <= end for start, end in pages)


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(document):
    filler = tuple(b.Paragraph(text="行") for _ in range(36))
    table = b.Table(columns=(b.Column(title="項目", width=165),), rows=(("甲",), ("乙",), ("丙",)))
    blocks = (*filler, b.Heading(level=1, number="1", text="見出し"), table)
    sheet = opened(dataclasses.replace(document, blocks=blocks)).active
    heading = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "1　見出し")

    assert [mark.id for mark in sheet.row_breaks.brk] == [heading - 1]


def test_a_row_is_high_enough_for_every_wrapped_text(document):
    for sheet in opened(document):
        widths = {name: given.width * 7.5 for name, given in sheet.column_dimensions.items()}
        merged = {str(area.start_cell.coordinate): area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
                    continue
                area = merged.get(cell.coordinate)
                last = cell.column if area is None else area.max_col
                columns = [get_column_letter(number) for number in range(cell.column, last + 1)]
                room = sum(widths[column] for column in columns) - 5 - cell.alignment.indent * 7
                lines = line_count(cell.value, room, cell.font.size)
                assert sheet.row_dimensions[cell.row].height >= lines * cell.font.size * 1.2


def test_a_text_on_one_line_has_room_over_empty_cells(document):
    """Without wrapping, a neighbour with content would cut the text."""
    for sheet in opened(document):
        for row in sheet.iter_rows():
            cells = [cell for cell in row if cell.value is not None]
            for cell, following in itertools.pairwise(cells):
                if cell.data_type != "s" or cell.alignment.wrap_text or cell.alignment.horizontal != "left":
                    continue
                room = sum(
                    sheet.column_dimensions[sheet.cell(1, column).column_letter].width * 7.5
                    for column in range(cell.column, following.column)
                )
                assert line_count(cell.value, room, cell.font.size) == 1


def test_each_letter_of_a_workbook_counts_its_own_pages(letter):
    second = (b.SheetBreak(sheet="2 みほん町会", page=True, restart=True), *letter.blocks)
    serial = dataclasses.replace(letter, blocks=(*letter.blocks, *second))

    for sheet in opened(serial):
        assert sheet.oddFooter.center.text.endswith("&P / 1")
        assert (sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber) == (1, True)
    assert "&P / &N" in opened(letter).active.oddFooter.center.text
