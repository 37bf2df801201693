"""Print set-up of a sheet: paper, margins, header and footer, repeated heading row, page breaks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.properties import PageSetupProperties

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.excel.excel_limits import TooLongForExcel
from app.documents.excel.looks import FONT_NAME
from app.documents.excel.sheet_pen import SheetPen

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import HeaderFooterItem

SAMPLE_MARK = "見本"
PORTRAIT_MM, LANDSCAPE_MM = 165.0, 261.0
_INCH = 25.4
_LONGEST_LINE = 255
# A printer's page may hold a little less than its millimetres say.
_SURE = 0.97
# A sheet is printed down to this share of its size to save a page: ten points stay seven and a half.
_STEP, _STEPS = 0.05, 5
_LEAST_SCALE = 0.6  # minimum scale of a sheet wider than its page; beyond it pages go side by side


class PrintExtent(NamedTuple):
    """How much a sheet takes in print: pages, points on the last page and in all, and points per page."""

    pages: int
    last_page: float
    total: float
    room: float


def page_width_mm(content: DocumentContent) -> float:
    """Return the print width of the sheet: 165 mm, 261 mm for a roster or ledger, or more if the content says so."""
    return max(_paper_mm(content), content.sheet_width)


def _paper_mm(content: DocumentContent) -> float:
    return LANDSCAPE_MM if is_landscape(content) else PORTRAIT_MM


def is_landscape(content: DocumentContent) -> bool:
    """Return whether the document is printed on A4 landscape."""
    return content.look in ("roster", "ledger")


def pages_across(content: DocumentContent) -> int:
    """Return how many pages are placed side by side because the sheet would be unreadable on one."""
    return math.ceil(page_width_mm(content) * _LEAST_SCALE / _paper_mm(content))


def set_up_page(pen: SheetPen, content: DocumentContent, *, alone: bool) -> PrintExtent:
    """Set up a finished sheet for print and return its extent; ``alone`` numbers its pages separately.

    It may be called again after row heights have changed: the earlier breaks are replaced.
    """
    sheet, wide = pen.sheet, is_landscape(content)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right = (18 / _INCH, 18 / _INCH) if wide else (25 / _INCH, 20 / _INCH)
    margins.top, margins.bottom = 23 / _INCH, 18 / _INCH
    margins.header, margins.footer = 10 / _INCH, 8 / _INCH
    sheet.print_options.gridLines = False
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    last = max(pen.row - 1, 1)
    sheet.print_area = f"A1:{pen.address(last, pen.last)}"
    # A sheet wider than its page is printed smaller, so more rows fit a page.
    across = pages_across(content)
    if across > 1:
        # Answers of many columns go on beside, each page with their number.
        sheet.page_setup.fitToWidth = across
        sheet.print_title_cols = "A:A"
    page = ((210.0 if wide else 297.0) - 41.0) * page_width_mm(content) / (_paper_mm(content) * across)
    share = _paper_mm(content) * across / page_width_mm(content)
    fill = _break_pages(pen, last, page / _INCH * 72 * _SURE, share, named=content.look in ("report", "form"))
    if content.packed:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.scale, sheet.page_setup.fitToHeight, sheet.row_breaks = None, 1, RowBreak()
        fill = PrintExtent(1, fill.total, fill.total, max(fill.room, fill.total))
    if alone:
        # Excel counts the pages of all sheets that are printed together; a letter begins with 1 and ends with its own.
        sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = 1, True
    _header_and_footer(pen, content, f"{fill.pages}" if alone else "&N")
    return fill


def _header_and_footer(pen: SheetPen, content: DocumentContent, pages: str) -> None:
    """Set header and footer of the sheet: marks, state, page numbers."""
    marks = join_nonempty(content.stamp, SAMPLE_MARK if content.sample else "")
    state = f"{_code(16, bold=True)}{_safe(content.state_mark)}　" if content.state_mark else ""
    below = "\n" if content.header_left or content.header_right else ""
    page = pen.sheet.HeaderFooter
    page.scaleWithDoc = False
    page.alignWithMargins = True
    marks = f"{_code(10, bold=True)}{_safe(marks)}" if marks else ""
    _line(
        page.oddHeader,
        content.header_left,
        f"{below}{state}{marks}".rstrip("　") if state or marks else "",
        content.header_right,
        8,
    )
    _line(page.oddFooter, content.footer_left, f"{_code(8.5)}&P / {pages}", content.footer_right, 7.5)


def _line(item: HeaderFooterItem | None, left: str, centre: str, right: str, size: float) -> None:
    """Set one header or footer line; raises ``ValueError`` (a sentence) where it is longer than Excel allows."""
    assert item is not None
    item.left.text = f"{_code(size)}{_safe(left)}" if left else None
    item.center.text = centre or None
    item.right.text = f"{_code(size)}{_safe(right)}" if right else None
    if len(str(item)) > _LONGEST_LINE:
        raise TooLongForExcel(
            f"Excelのヘッダーまたはフッターに入る長さを超えています（「{(left or right)[:20]}」）。",
            "契約件名や事業名を短くするか、PDFで出力してください。",
        )


def _code(size: float, *, bold: bool = False) -> str:
    """Return size and font codes of a header part; the font comes last, or a leading digit would join the size."""
    return f'&{round(size)}&"{FONT_NAME},標準"{"&B" if bold else ""}'


def _safe(text: str) -> str:
    """Return a text for a header or footer, with ``&`` doubled as Excel wants it."""
    return text.replace("&", "&&")


def _break_pages(pen: SheetPen, last: int, room: float, share: float, *, named: bool) -> PrintExtent:
    """Set page breaks before blocks that would be split, and repeat the heading row of a table that spans pages.

    ``share`` is how much smaller the sheet is printed to fit the width of its paper. ``named``: its first row says what
    it is, and is repeated on further pages that no heading of a table stands on. Returns the resulting extent.
    """
    title = _repeated_heading(pen, room)
    if named and not pen.sheet.print_title_rows and _paginate(pen, last, room, 0)[0] > 1:
        title, pen.sheet.print_title_rows = 1, "1:1"
    setup, sheet = pen.sheet.page_setup, pen.sheet
    setup.scale, sheet.print_options.horizontalCentered, sheet.row_breaks = None, None, RowBreak()
    pages, breaks, filled = _paginate(pen, last, room, title)
    fewest, scale = pages, 1.0
    for step in range(1, _STEPS + 1):
        smaller = 1.0 - step * _STEP
        count, closer, on_last = _paginate(pen, last, room / smaller, title)
        if count < fewest:
            fewest, scale, breaks, filled = count, smaller, closer, on_last
    if fewest < pages:
        # Printed a little smaller the sheet takes a page less: no page with three lines on it. To one page it is
        # fitted; over more pages it is scaled, because fitting pays no heed to the breaks before whole questions.
        if fewest == 1:
            setup.fitToHeight = 1
        else:
            pen.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
            setup.scale = int(scale * share * 100)
        pen.sheet.print_options.horizontalCentered = True
    for row in breaks:
        pen.sheet.row_breaks.append(Break(id=row))
    return PrintExtent(fewest, filled, sum(pen.heights.get(row, 15.0) for row in range(1, last + 1)), room / scale)


def _paginate(pen: SheetPen, last: int, room: float, title: int) -> tuple[int, list[int], float]:
    """Return how many pages of ``room`` points the rows take, the rows before a break, and the fill of the last page.

    No break is returned for a page that just fills up with single rows below the last rows kept together. ``title`` is
    the row repeated on each page, 0 = none.
    """
    pages, breaks = 1, []
    filled, row, groups = 0.0, 1, []
    while row <= last:
        end = row
        while end in pen.glued and end < last:
            end += 1
        groups.append((row, end))
        row = end + 1
    later_blocks = max((start for start, end in groups if end > start), default=0)
    for start, end in groups:
        height = sum(pen.heights.get(number, 15.0) for number in range(start, end + 1))
        forced = start in pen.page_starts
        if forced or (filled and filled + height > room):
            if forced or end > start or start < later_blocks:
                breaks.append(start - 1)
            filled = pen.heights.get(title, 0.0) if title and start > title else 0.0
            pages += 1
        filled += height
        if filled > room:
            pages += int(filled // room)
            filled %= room
    return pages, breaks, filled


def _repeated_heading(pen: SheetPen, room: float) -> int:
    """Repeat the heading row of the last table in print, and return it if that table is longer than a page.

    Of a single list that fits on a page the heading is repeated too, but 0 is returned; 0 also where none is repeated.
    """
    if not pen.tables:
        return 0
    head, last = pen.tables[-1][:2]
    top = sum(pen.heights.get(row, 15.0) for row in range(1, last + 1))
    if top <= room or last - head < 2:
        # A list that fits now may be continued by whoever types into it.
        is_list = len(pen.tables) == 1 and last - head > 1 and last >= pen.row - 1
        pen.sheet.print_title_rows = f"{head}:{head}" if is_list else None
        return 0
    pen.sheet.print_title_rows = f"{head}:{head}"
    return head
