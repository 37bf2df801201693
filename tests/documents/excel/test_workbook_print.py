"""How a workbook comes out of the printer: paper, header, repeated headings, nothing cut and nothing split."""

import dataclasses
import html
import itertools
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from app.documents import blocks as b
from app.documents.excel.looks import DIGIT_PIXELS, FONT_NAME
from app.documents.excel.render import render_xlsx
from app.documents.excel.text_measure import line_count
from tests.support.sample_papers import sample_papers
from tests.support.written_books import written

PAGE_POINTS = (297 - 23 - 18) / 25.4 * 72


def opened(content):
    return load_workbook(BytesIO(written(content)))


def test_every_sheet_is_an_a4_page_wide(document):
    for sheet in opened(document):
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation) == (9, "portrait")
        assert setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage or setup.scale >= 75
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
            area = sheet[sheet.print_area.split("!")[-1].replace("$", "")]
            printed = {get_column_letter(cell.column) for cell in area[0]}
            widths = [given.width for letter, given in sheet.column_dimensions.items() if letter in printed]
            pixels = sum(widths) * DIGIT_PIXELS
            assert width - 3 <= pixels / 96 * 25.4 <= width


def test_the_print_area_holds_everything_but_the_list_of_what_the_book_holds(document):
    beside = {cell.coordinate for sheet in opened(document) for cell in contents_of(sheet)}
    assert beside
    for sheet in opened(document):
        area = sheet[sheet.print_area.split("!")[-1].replace("$", "")]
        inside = {cell.coordinate for row in area for cell in row}
        assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value is not None} <= inside | {
            cell.coordinate for cell in contents_of(sheet)
        }


def contents_of(sheet):
    """The cells right of an empty column beside the page."""
    from_column = (
        column_index_from_string(sheet.print_area.split("!")[-1].replace("$", "").split(":")[1].rstrip("0123456789"))
        + 2
    )
    return [cell for row in sheet.iter_rows(min_col=from_column) for cell in row if cell.value is not None]


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


@pytest.mark.parametrize("kind", ["提出物と遅れの一覧", "アンケート中間集計", "実施報告書", "年間実績総括"])
def test_every_sheet_of_more_than_one_page_says_again_what_stands_there(kind):
    """A list repeats the heading of its columns, any other sheet its first row, which says what it is."""
    paper = next(one for one in sample_papers() if one.kind == kind)
    for sheet in opened(paper):
        several = len(sheet.row_breaks.brk) > 0
        assert (sheet.title, bool(sheet.print_title_rows) or not several) == (sheet.title, True)


def test_a_sheet_of_one_page_repeats_no_title(document):
    few = tuple(block for block in document.blocks if isinstance(block, b.TallyChart))[:1]
    assert opened(dataclasses.replace(document, blocks=few)).active.print_title_rows is None


def test_no_question_is_split_over_two_pages(document):
    many = tuple(block for block in document.blocks if isinstance(block, b.TallyChart))[:6] * 3
    sheet = opened(dataclasses.replace(document, blocks=many)).active
    breaks = sorted(mark.id for mark in sheet.row_breaks.brk)
    pages = list(zip([0, *breaks], [*breaks, sheet.max_row], strict=True))

    for start, end in pages:
        assert sum(sheet.row_dimensions[row].height or 15 for row in range(start + 1, end + 1)) <= PAGE_POINTS / 0.75
    # Fitting to a number of pages would pay no heed to the breaks.
    assert sheet.page_setup.fitToHeight == 0
    for chart in sheet._charts:
        top, bottom = chart.anchor._from.row, chart.anchor.to.row
        assert any(start <= top and bottom <= end for start, end in pages)


@pytest.mark.parametrize(("lines", "pages", "smaller"), [(30, 1, False), (45, 1, True), (60, 2, False), (90, 2, True)])
def test_a_sheet_with_a_few_lines_too_many_is_printed_smaller_on_a_page_less(document, lines, pages, smaller):
    blocks = tuple(b.Paragraph(text="行") for _ in range(lines))
    sheet = opened(dataclasses.replace(document, blocks=blocks)).active

    fitted, scale = sheet.page_setup.fitToHeight == 1, sheet.page_setup.scale or 100
    assert (fitted, scale < 100) == (smaller and pages == 1, smaller and pages > 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is not (scale < 100)
    assert scale >= 75
    assert bool(sheet.print_options.horizontalCentered) is smaller
    height = sum(sheet.row_dimensions[row].height for row in range(1, lines + 1))
    assert (pages - 1) * PAGE_POINTS < height <= pages * PAGE_POINTS / 0.75


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(document):
    filler = tuple(b.Paragraph(text="行") for _ in range(36))
    table = b.Table(columns=(b.Column(title="項目", width=165),), rows=(("甲",), ("乙",), ("丙",)))
    # So much stands behind it that a smaller print would save no page.
    blocks = (*filler, b.Heading(level=1, number="1", text="見出し"), table, *filler[:24])
    sheet = opened(dataclasses.replace(document, blocks=blocks)).active
    heading = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "1　見出し")

    assert [mark.id for mark in sheet.row_breaks.brk] == [heading - 1]


def test_a_row_is_high_enough_for_every_wrapped_text(document):
    for sheet in load_workbook(BytesIO(written(document)), data_only=True):
        widths = {name: given.width * DIGIT_PIXELS * 0.75 for name, given in sheet.column_dimensions.items()}
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


def test_columns_are_as_wide_on_a_pc_without_our_font_and_running_text_has_room_there(document):
    data = written(document)
    with ZipFile(BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    fonts = re.findall(r'<font>.*?<name val="([^"]+)"', styles)
    # Widths are counted in the digits of the first font; every cell, empty ones too, is written in ours.
    assert fonts[0] == "Arial"
    assert set(fonts[1:]) == {FONT_NAME}

    for sheet in load_workbook(BytesIO(data)):
        assert {given.font.name for given in sheet.column_dimensions.values()} == {FONT_NAME}
        for area in sheet.merged_cells.ranges:
            cell = sheet.cell(area.min_row, area.min_col)
            if cell.data_type != "s" or area.min_row != area.max_row:
                continue
            columns = [get_column_letter(number) for number in range(area.min_col, area.max_col + 1)]
            room = sum(sheet.column_dimensions[column].width for column in columns) * DIGIT_PIXELS * 0.75 - 5
            wider = line_count(cell.value, (room - cell.alignment.indent * 7) * 0.95, cell.font.size)
            assert sheet.row_dimensions[area.min_row].height >= wider * cell.font.size * 1.42


def test_a_text_on_one_line_has_room_over_empty_cells(document):
    """Without wrapping, a neighbour with content would cut the text."""
    for sheet in opened(document):
        for row in sheet.iter_rows():
            cells = [cell for cell in row if cell.value is not None]
            for cell, following in itertools.pairwise(cells):
                if cell.data_type != "s" or cell.alignment.wrap_text or cell.alignment.horizontal != "left":
                    continue
                room = sum(
                    sheet.column_dimensions[sheet.cell(1, column).column_letter].width * DIGIT_PIXELS * 0.75
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
