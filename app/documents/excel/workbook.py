"""Build the workbook of a document: divide its blocks among sheets, choose the columns, draw them.

Address labels become a list; a data sheet becomes a sheet of its own with wide columns. Each table gets a defined
name, and the only long table of a sheet a filter and a frozen heading. Cells that others fill in are validated. An
increase is a formula; photos lie two by two over their own cells.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from app.common.join_nonempty import join_nonempty
from app.common.own_file_marks import LANGUAGE
from app.documents import blocks as b
from app.documents import handout_blocks as h
from app.documents.blocks import (
    BigNumber,
    Block,
    Bullets,
    Choice,
    Closing,
    Column,
    Contact,
    DataSheet,
    DocumentContent,
    FillLine,
    GroupFlow,
    Heading,
    InputCells,
    InputTable,
    KeyFigures,
    KeyValues,
    Letterhead,
    LetterItems,
    PairedBands,
    Paragraph,
    Photo,
    Photos,
    RosterList,
    SheetBreak,
    SignBoxes,
    SquareChart,
    SquareLine,
    StageChart,
    Table,
    TallyChart,
    Title,
    WriteBox,
)
from app.documents.chart_blocks import ValueChart
from app.documents.excel import forms, running_text, shapes, tables, tally, value_chart
from app.documents.excel.book_cells import cell_name, column_of, quoted
from app.documents.excel.contents_list import BookChapter, add_contents
from app.documents.excel.figure_links import link_figures
from app.documents.excel.grid import POINTS_PER_MM, BlockColumns, ColumnSlot, Span, choose_grid, spans
from app.documents.excel.looks import DIGIT_PIXELS, GREY_LABEL, HAIR, HEAVY, LINE, Look, StyleBook
from app.documents.excel.numbers import all_numbers, read_number
from app.documents.excel.page_setup import LANDSCAPE_MM, PrintExtent, page_width_mm, pages_across, set_up_page
from app.documents.excel.running_text import draw_note
from app.documents.excel.shared_sheets import DrawnSheet, SheetPlan, has_frozen_heading, join_chapters_on_sheets
from app.documents.excel.sheet_pen import AutoHeightRow, SheetPen, TableRange
from app.documents.excel.text_measure import (
    CELL_PADDING,
    INDENT,
    OTHER_FONT,
    clear_long_list_cache,
    lower_row_height,
    text_width,
)
from app.documents.excel.xlsx_writer import NO_TIME, save_workbook
from app.documents.ledger_blocks import EMPTY, LedgerSheet, totals_words

_TITLE = "記入のしかた"
_MOST = 999_999
_DAY_FORM, _FIRST_DAY = "yyyy/m/d", "43585"  # 2019-04-30, the day before 令和
_SAID = {
    "count": "0以上の数だけを記入してください（単位は付けません）。",
    "rate": "93.8 のように、％の数を記入してください。",
    "day": "2026/12/8 のように、年から記入してください。",
    "choice": "一覧から選んでください。",
}


def prepare_inputs(pens: Sequence[SheetPen], tables: Sequence[InputTable]) -> None:
    """Name the cells to be filled in, set validation and hint of each, and shade the columns beside them."""
    for block in tables:
        written = {cells.column for cells in block.inputs if cells.kind}
        for column in block.table.columns if written else ():
            found = column_of(pens, block.table.name, column.title)
            if found is not None and column.title not in written:
                pen, place = found
                for row in range(place.first, place.last + 1):
                    _cell_with_own_style(pen, row, place.column).fill = PatternFill("solid", fgColor=GREY_LABEL)
        for cells in block.inputs:
            found = column_of(pens, block.table.name, cells.column)
            if found is not None:
                pen, place = found
                _prepare(pen, cells, place.first + cells.first, place.column)


def _cell_with_own_style(pen: SheetPen, row: int, column: int) -> Any:
    """Give a cell its own copy of its style, which can be changed without its neighbours', and return the cell."""
    cells: Any = pen.sheet._cells
    cell = cells[row, column]
    cell._style = copy(cell._style)
    return cell


def _prepare(pen: SheetPen, cells: InputCells, row: int, column: int) -> None:
    """Give cells for input their name, format and validation."""
    workbook: Workbook = pen.sheet.parent  # type: ignore[assignment]
    if cells.name:
        workbook.defined_names[cells.name] = DefinedName(cells.name, attr_text=cell_name(pen, row, column))
    if cells.kind == "day":
        for line in range(row, row + cells.rows):
            _cell_with_own_style(pen, line, column).number_format = _DAY_FORM
    check = _check(cells)
    if check is not None:
        letter = get_column_letter(column)
        check.add(f"{letter}{row}:{letter}{row + cells.rows - 1}")
        pen.sheet.add_data_validation(check)


def _check(cells: InputCells) -> DataValidation | None:
    """Return the validation of cells for input, None where anything may be typed."""
    said = _SAID.get(cells.kind, "")
    if cells.kind == "count":
        check = DataValidation(type="whole", operator="between", formula1="0", formula2=str(_MOST), allow_blank=True)
    elif cells.kind == "rate":
        check = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    elif cells.kind == "choice":
        check = DataValidation(type="list", formula1=quoted(",".join(cells.choices)), allow_blank=True)
    elif cells.kind == "day":
        # A day is written in too many ways for a strict rule: it is doubted here, and read by whoever takes it in.
        check = DataValidation(
            type="date", operator="greaterThan", formula1=_FIRST_DAY, allow_blank=True, errorStyle="warning"
        )
    elif cells.hint:
        check = DataValidation(allow_blank=True)
    else:
        return None
    check.promptTitle, check.prompt, check.showInputMessage = _TITLE, cells.hint or said, True
    if check.type:
        check.errorTitle, check.error, check.showErrorMessage = _TITLE, said, True
    return check


_WIDTH_MM, _HEIGHT_MM = 79.0, 52.0
_EMU_PER_MM = 36_000
"""Drawing units (EMU) in a millimetre."""


def photo_columns(block: Photos, page_mm: float) -> BlockColumns:
    """Return the two columns of the photos, each half the page wide."""
    texts = [tuple(text_width(_words(photo), 10.0) for photo in block.photos[side::2]) for side in (0, 1)]
    return BlockColumns(tuple(ColumnSlot(page_mm / 2, side) for side in texts))


def draw_photos(pen: SheetPen, block: Photos, places: list[Span]) -> None:
    """Draw for every two photos a row, and a row of their captions on the same page."""
    for start in range(0, len(block.photos), 2):
        first = pen.row
        pen.height(first, _HEIGHT_MM * POINTS_PER_MM + 4)
        for photo, span in zip(block.photos[start : start + 2], places, strict=False):
            _place_picture(pen, first, span, photo)
            pen.write_over_span(span, _words(photo), Look(valign="top"), 21.0, row=first + 1, even=True)
        pen.row += 2
        pen.end_block(first, 6.0)


def _words(photo: Photo) -> str:
    return join_nonempty(photo.label, photo.time, photo.scene)


def _place_picture(pen: SheetPen, row: int, span: Span, photo: Photo) -> None:
    """Place the photo over the row, uncropped and in its own proportions, no wider than its half."""
    if not photo.data:
        return
    image = Image(BytesIO(photo.data))
    room = min(_WIDTH_MM, pen.grid.width(span.first, span.last) / POINTS_PER_MM - 2)
    scale = min(room / image.width, _HEIGHT_MM / image.height)
    size = XDRPositiveSize2D(round(image.width * scale * _EMU_PER_MM), round(image.height * scale * _EMU_PER_MM))
    corner = AnchorMarker(col=span.first - 1, colOff=_EMU_PER_MM // 2, row=row - 1, rowOff=_EMU_PER_MM // 2)
    image.anchor = OneCellAnchor(_from=corner, ext=size)
    pen.sheet.add_image(image)


_MM = (12.0, 66.0, 13.0, 13.0, 13.0)
_HEADS = ("目標", "内容", "前", "後", "増", "■前から　▨当日できた　□これから")


def square_columns(chart: SquareChart, page_mm: float) -> BlockColumns:
    """Return the columns of goal, ability, three numbers and the squares."""
    texts = tuple(text_width(line.text, 10.0) for line in chart.lines)
    squares = tuple(text_width(_squares(line, chart.people), 10.0) for line in chart.lines)
    return BlockColumns((
        ColumnSlot(_MM[0]), ColumnSlot(_MM[1], texts), *(ColumnSlot(width, (), 20.0) for width in _MM[2:]),
        ColumnSlot(page_mm - sum(_MM), squares)
    ))  # fmt: skip


def draw_squares(pen: SheetPen, chart: SquareChart, places: list[Span]) -> None:
    """Draw heading, rows and note; the block is never split."""
    first = pen.row
    head = Look(size=9.0, bold=True, top=HEAVY, bottom=LINE)
    for words, span, align in zip(_HEADS, places, ("center", "left", "right", "right", "right", "left"), strict=True):
        pen.write_over_span(span, words, head._replace(align=align, size=8.0 if span is places[-1] else 9.0), 20.0)
    pen.row += 1
    goal, text, before, after, growth, squares = places
    for number, line in enumerate(chart.lines):
        look = Look(bottom=HEAVY if number == len(chart.lines) - 1 else HAIR)
        count = look._replace(align="right", number_format='0"人"')
        counted = read_number(line.goal)
        if counted is not None:
            pen.blank(pen.row, goal.first, goal.last, look)
            pen.number(pen.row, goal.widest, counted.value, look._replace(align="center"))
        else:
            pen.write_over_span(goal, line.goal, look._replace(align="center"), 21.0)
        pen.write_over_span(text, line.text, look, 21.0)
        for span, people in ((before, line.before), (after, line.after)):
            pen.blank(pen.row, span.first, span.last, look)
            if people is not None:
                pen.number(pen.row, span.last, people, count)
        pen.blank(pen.row, growth.first, growth.last, look)
        if line.before is not None and line.after is not None:
            formula = f"={pen.address(pen.row, after.last)}-{pen.address(pen.row, before.last)}"
            pen.formula(
                pen.row, growth.last, formula, line.after - line.before, count._replace(number_format="+0;-0;0")
            )
        pen.write_over_span(squares, _squares(line, chart.people), look, 21.0)
        pen.row += 1
    draw_note(pen, chart.note)
    pen.end_block(first, 6.0)


def _squares(line: SquareLine, people: int) -> str:
    """Return the squares of a goal as characters (before, gained, missing), "" without numbers."""
    if line.before is None or line.after is None:
        return ""
    return "".join("■" if at < line.before else "▨" if at < line.after else "□" for at in range(people))


_LABEL_COLUMNS = (
    Column("No", width=9, align="center"),
    Column("郵便番号", width=23),
    Column("住所", width=42),
    Column("団体", width=40),
    Column("宛名", width=39),
    Column("表示", width=12, align="center"),
)


_FORBIDDEN = str.maketrans({"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’"})
_TITLE_SIZES = {"report": 18.0, "form": 17.0, "letter": 14.0, "roster": 17.0, "card": 17.0, "ledger": 17.0}

_COLUMNS: dict[type, Callable[..., BlockColumns | None]] = {
    TallyChart: tally.tally_columns,
    KeyFigures: forms.key_figures_columns,
    KeyValues: forms.key_values_columns,
    LetterItems: forms.letter_items_columns,
    BigNumber: forms.big_number_columns,
    Choice: forms.choice_columns,
    Contact: forms.contact_columns,
    StageChart: shapes.stage_columns,
    GroupFlow: shapes.flow_columns,
    b.Photos: photo_columns,
    b.SquareChart: square_columns,
    ValueChart: value_chart.value_chart_columns,
    h.HandoutItems: shapes.handout_items_columns,
    h.FormRows: forms.form_rows_columns,
    h.NamedLines: forms.named_lines_columns,
    h.TickRows: forms.tick_rows_columns,
    RosterList: tables.roster_columns,
}
_RUNNING: dict[type, Callable[..., None]] = {
    Heading: running_text.draw_heading,
    Paragraph: running_text.draw_paragraph,
    Bullets: running_text.draw_bullets,
    Closing: running_text.draw_closing,
    h.Banner: shapes.draw_banner,
    h.NoticeBox: shapes.draw_notice_box,
    FillLine: forms.draw_fill_line,
    SignBoxes: forms.draw_sign_boxes,
    WriteBox: forms.draw_write_box,
}
_IN_COLUMNS: dict[type, Callable[..., None]] = {
    TallyChart: tally.draw_tally,
    KeyFigures: forms.draw_key_figures,
    KeyValues: forms.draw_key_values,
    LetterItems: forms.draw_letter_items,
    BigNumber: forms.draw_big_number,
    Choice: forms.draw_choice,
    Contact: forms.draw_contact,
    StageChart: shapes.draw_stages,
    GroupFlow: shapes.draw_flow,
    b.Photos: draw_photos,
    b.SquareChart: draw_squares,
    ValueChart: value_chart.draw_value_chart,
    h.HandoutItems: shapes.draw_handout_items,
    h.FormRows: forms.draw_form_rows,
    h.NamedLines: forms.draw_named_lines,
    h.TickRows: forms.draw_tick_rows,
}
_DATA_MM = 25.4 / 72
_WIDEST = 75.0
_NARROWEST = 13.0
_ARROW = 14.0
_HEAD_LINES = 3.5
"""Lines assumed for a heading of answers: up to four, the last seldom full."""
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*")


def build_workbook(content: DocumentContent) -> bytes:
    """Return the document as the bytes of an xlsx file."""
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    styles = StyleBook(workbook, first)
    sheets = _plan_sheets(content)
    names: set[str] = set()
    for sheet in sheets:
        sheet.name = _sheet_name(sheet.name, names)
        names.add(sheet.name.casefold())
    draw = partial(_draw_sheet, workbook, styles, content)
    drawn = join_chapters_on_sheets(draw, partial(_with_low_rows, content), content, [draw(sheet) for sheet in sheets])
    pens = [one.pen for one in drawn]
    workbook.remove(first)
    for one in drawn:
        workbook._add_sheet(one.pen.sheet)  # type: ignore[attr-defined]
        name_tables(one.pen)
        _name_chapters(one)
    link_figures(pens)
    prepare_inputs(pens, [block for block in content.blocks if isinstance(block, InputTable)])
    if content.look == "report":
        add_contents([chapter for one in drawn for chapter in _chapters(one)])
    data = save_workbook(workbook, {pen.sheet.title: pen.results for pen in pens}, _properties(content))
    clear_long_list_cache()
    return data


def _draw_sheet(workbook: Workbook, styles: StyleBook, content: DocumentContent, sheet: SheetPlan) -> DrawnSheet:
    """Draw one sheet that is not yet part of the workbook."""
    drawing = _SheetDrawing(_content_of_sheet(content, sheet), styles, sheet)
    pen = drawing.draw(Worksheet(workbook, sheet.name))
    return DrawnSheet(sheet, pen, drawing.finish(pen))


def _content_of_sheet(content: DocumentContent, sheet: SheetPlan) -> DocumentContent:
    return replace(content, look=sheet.look, sheet_width=sheet.width or content.sheet_width)  # type: ignore[arg-type]


def _with_low_rows(content: DocumentContent, drawn_sheet: DrawnSheet) -> DrawnSheet:
    """Return the drawn sheet with reduced row heights and its new extent; its pen is changed in place."""
    sheet = replace(drawn_sheet.plan, low_rows=True)
    return DrawnSheet(
        sheet,
        drawn_sheet.pen,
        _SheetDrawing(_content_of_sheet(content, sheet), drawn_sheet.pen.styles, sheet).finish(drawn_sheet.pen),
    )


def _name_chapters(sheet: DrawnSheet) -> None:
    """Define a name for the range of every chapter that shares its sheet, so that it can be jumped to."""
    pen, chapters = sheet.pen, sheet.plan.chapters
    workbook: Workbook = pen.sheet.parent  # type: ignore[assignment]
    firsts = [*(pen.starts[number] for number in chapters.values()), pen.row]
    for name, (first, end) in zip(chapters, itertools.pairwise(firsts), strict=True):
        if re.sub(r"\W", "_", name) not in workbook.defined_names:
            _name_table(pen, TableRange(first, max(end - 1, first), 1, pen.grid.last, name, 0))


def _chapters(sheet: DrawnSheet) -> list[BookChapter]:
    """Return the chapters on one sheet in order, the one that names the sheet first."""
    given, pen = sheet.plan, sheet.pen
    begins = [0, *given.chapters.values()]
    ends = [*begins[1:], len(given.blocks)]
    rows = [*pen.starts, pen.row]
    return [
        BookChapter(name, given.blocks[begin:end], pen, rows[begin], max(rows[end] - 1, rows[begin]))
        for name, begin, end in zip((given.name, *given.chapters), begins, ends, strict=True)
    ]


def _plan_sheets(content: DocumentContent) -> list[SheetPlan]:
    """Divide the blocks among sheets; a heading or break that names the current sheet starts none."""
    serial = any(isinstance(block, SheetBreak) and block.restart for block in content.blocks)
    found = [SheetPlan(content.first_sheet or content.kind, content.look, alone=serial)]
    for given in content.blocks:
        if isinstance(given, DataSheet):
            blocks, width = data_blocks(given)
            found.append(SheetPlan(given.sheet, "roster", list(blocks), width, given.printed))
            continue
        if isinstance(given, LedgerSheet):
            found[-1].blocks += ledger_blocks(given)
            continue
        block = _as_table(given)
        name = block.sheet if isinstance(block, (Heading, SheetBreak)) else ""
        if name and name != found[-1].name:
            if found[-1].blocks:
                found.append(SheetPlan(name, found[-1].look, alone=found[-1].alone))
            else:
                found[-1].name = name
        if isinstance(block, SheetBreak) and block.look:
            found[-1].look = block.look
        if not isinstance(block, SheetBreak):
            found[-1].blocks.append(block)
    return [sheet for sheet in found if sheet.blocks] or found


def _sheet_name(wanted: str, used: set[str]) -> str:
    """Return a unique name that Excel allows (31 characters, none of its reserved signs)."""
    plain = re.sub("[\x00-\x1f]", "", wanted).translate(_FORBIDDEN).strip() or "文書"
    name, number = plain[:31], 2
    while name.casefold() in used:
        ending = f"（{number}）"
        name, number = plain[: 31 - len(ending)] + ending, number + 1
    return name


def _properties(content: DocumentContent) -> DocumentProperties:
    """Return the file's properties; without a creation time a fixed one is used."""
    given = content.properties
    created = datetime.fromisoformat(given["created"]) if given.get("created") and not content.outgoing else NO_TIME
    created = created.replace(microsecond=0, tzinfo=None)
    return DocumentProperties(
        title=given.get("title") or content.kind,
        subject=given.get("subject") or content.kind,
        creator="",
        identifier=None if content.outgoing else content.reference or None,
        version=str(content.version),
        language=LANGUAGE,
        created=created,
        modified=created,
    )


class _SheetDrawing:
    """Draws the blocks of one sheet in their order."""

    def __init__(self, content: DocumentContent, styles: StyleBook, sheet: SheetPlan):
        """Take ``content``, the document with the look and width of this ``sheet``, whose blocks are drawn."""
        self._content = content
        self._sheet = sheet
        self._styles = styles
        self._page_mm = page_width_mm(content)
        self._letter = content.look == "letter"

    def draw(self, page: object) -> SheetPen:
        """Choose the sheet's columns, draw every block, and return the pen of the sheet."""
        blocks = self._sheet.blocks
        strips = {number: strip for number, block in enumerate(blocks) if (strip := self._strip(block)) is not None}
        grid = choose_grid(list(strips.values()), self._page_mm)
        pen = SheetPen(page, grid, self._styles)  # type: ignore[arg-type]
        pen.strips = list(strips.values())
        if self._sheet.printed:
            pen.last = self._sheet.printed
        elif pages_across(self._content) > 1 and grid.last > 1:
            pen.text_from = 2
        self._state(pen)
        for number, block in enumerate(blocks):
            pen.starts.append(pen.row)
            self._block(pen, block, strips.get(number))
        for column, points in enumerate(grid.widths, 1):
            shown = pen.sheet.column_dimensions[pen.address(1, column)[:-1]]
            shown.width = points / 0.75 / DIGIT_PIXELS
            shown._style = self._styles.empty  # type: ignore[attr-defined]
        return pen

    def finish(self, pen: SheetPen) -> PrintExtent:
        """Set the row heights and the print set-up; return what the sheet takes in print."""
        if self._sheet.low_rows:
            pen.heights = {row: lower_row_height(height) for row, height in pen.heights.items()}
        # Rows of one height share one dimension object: a long list has thousands.
        shapes = {}
        for row, height in pen.heights.items():
            free = row in pen.wrapped
            if (height, free) not in shapes:
                shapes[height, free] = (AutoHeightRow if free else RowDimension)(pen.sheet, index=row, ht=height)
            pen.sheet.row_dimensions[row] = shapes[height, free]
        content = self._content
        if self._sheet.printed:
            content = replace(content, sheet_width=pen.grid.width(1, self._sheet.printed) / POINTS_PER_MM)
        return set_up_page(pen, content, alone=self._sheet.alone)

    def _state(self, pen: SheetPen) -> None:
        """Write the state of the event above everything else: the page header shows only in print."""
        if self._content.state_mark:
            pen.running_text(f"【{self._content.state_mark}】", Look(size=16.0, bold=True), 26.0)
        if self._content.state_mark and self._content.passed_reason:
            pen.running_text(f"理由　{self._content.passed_reason}", Look(size=9.0), 15.0)

    def _strip(self, block: Block) -> BlockColumns | None:
        """Return the column widths that a block wants, None where it uses the whole width."""
        if isinstance(block, Table):
            return tables.table_columns(block, self._page_mm, letter=self._letter)
        wanted = _COLUMNS.get(type(block))
        return wanted(block, self._page_mm) if wanted else None

    def _block(self, pen: SheetPen, block: Block, strip: BlockColumns | None) -> None:
        if isinstance(block, Table) and strip is not None:
            tables.draw_table(pen, block, strip)
        elif isinstance(block, RosterList) and strip is not None:
            tables.draw_roster(pen, block, strip)
        elif isinstance(block, Letterhead):
            running_text.draw_letterhead(pen, block, letter=self._letter)
        elif isinstance(block, Title):
            running_text.draw_title(
                pen, block, size=_TITLE_SIZES[self._content.look], roster=self._content.look in ("roster", "ledger")
            )
        elif type(block) in _RUNNING:
            _RUNNING[type(block)](pen, block)
        else:
            _IN_COLUMNS[type(block)](pen, block, spans(strip, pen.grid) if strip is not None else [])


def _as_table(block: Block) -> Block:
    """Return a block as the table it becomes in a workbook: labels, paired questions, input tables."""
    if isinstance(block, h.LabelSheet):
        return label_table(block)
    if isinstance(block, InputTable):
        return block.table
    return paired_table(block) if isinstance(block, PairedBands) else block


def paired_table(block: PairedBands) -> Table:
    """Return both results of a question asked twice as rows of people and per cent, a column per option and the
    sum.
    """
    newest = block.charts[1]
    summed = next((chart.sum_label for chart in reversed(block.charts) if chart.sum_label), "")
    width = (165.0 - 34.0 - 15.0 - (19.0 if summed else 0.0)) / max(len(newest.rows), 1)
    rows = []
    for label, chart in zip(block.labels, block.charts, strict=True):
        people = [str(row.count) for row in chart.rows]
        sums = ((str(chart.sum_count), chart.sum_percent) if chart.sum_label else ("", "")) if summed else ()
        rows.append((f"{label}　人数", *people, str(sum(row.count for row in chart.rows)), *sums[:1]))
        percent = "％（参考）" if chart.reference_only else "％"
        shares = [row.percent for row in chart.rows]
        rows.append((f"　　{percent}", *shares, "100.0" if chart.base else "", *sums[1:]))
    columns = (
        Column("回", width=34.0),
        *(Column(f"{row.number} {row.text}".strip(), width=width, align="right") for row in newest.rows),
        Column("計", width=15.0, align="right"),
        *((Column(summed, width=19.0, align="right"),) if summed else ()),
    )
    return Table(columns, tuple(rows), name=f"比較_{newest.code}", note=block.note)


def label_table(block: h.LabelSheet) -> Table:
    """Return the labels as a table to sort and use for a mail merge."""
    return Table(
        _LABEL_COLUMNS,
        tuple(
            (str(number), one.postal_code, one.address, one.organisation, one.person, one.mark)
            for number, one in enumerate(block.labels, 1)
        ),
        name="宛名",
    )


def data_blocks(block: DataSheet) -> tuple[tuple[Block, ...], float]:
    """Return the blocks of the sheet and its width in mm; columns keep their widths, the print is one page wide."""
    columns = tuple(
        Column(
            heading,
            width=_data_width(heading, [row[place] for row in block.rows]),
            align="right" if place in block.numbers else "center" if place < block.printed else "left",
        )
        for place, heading in enumerate(block.columns)
    )
    on_page = sum(column.width for column in columns[: block.printed])
    if 0 < on_page < LANDSCAPE_MM:
        stretch = LANDSCAPE_MM / on_page
        columns = tuple(
            replace(column, width=column.width * stretch) if place < block.printed else column
            for place, column in enumerate(columns)
        )
    whole = sum(column.width for column in columns)
    table = Table(columns, block.rows, name=block.sheet)
    notes = [Paragraph(note, style="note") for note in block.notes]
    return (Title(block.title, lead=block.lead), table, *notes), max(whole, LANDSCAPE_MM)


def ledger_blocks(block: LedgerSheet) -> tuple[Block, ...]:
    """Return a ledger as a title, one table of all its rows, its counts, and the confirmations under it."""
    counted = [all_numbers(texts) for texts in zip(*(row.cells for row in block.rows), strict=True)] or [False] * len(
        block.titles
    )
    table = Table(
        tuple(
            Column(title, width=width, align="right" if place in block.numbers or counted[place] else "left")
            for place, (title, width) in enumerate(zip(block.titles, block.widths, strict=True))
        ),
        tuple(row.cells for row in block.rows) or (("", EMPTY, *("" for _ in block.titles[2:])),),
        name=block.title,
        note=block.note,
        ruled=True,
    )
    lead = join_nonempty(block.about, block.handling)
    totals = Paragraph(totals_words(block, block.rows, where="全体"))
    return Title(block.title, lead=lead), table, totals, SignBoxes(boxes=block.boxes)


def _data_width(heading: str, texts: list[str]) -> float:
    """Return the width of a data column in millimetres, by its texts and wrapped heading."""
    longest = max((text_width(text, 10.0) for text in texts), default=0.0) / OTHER_FONT
    # A heading wraps: what answers say is a digit mostly, and a column as wide as its question fills the paper with
    # white.
    wished = max(longest, text_width(heading, 9.0) / _HEAD_LINES + _ARROW) + CELL_PADDING + INDENT + 2.0
    return min(max(wished * _DATA_MM, _NARROWEST), _WIDEST)


def name_tables(pen: SheetPen) -> None:
    """Define names for the tables of a finished sheet; filter and freeze the heading of a single long table."""
    for table in pen.tables:
        if table.name:
            _name_table(pen, table)
    if has_frozen_heading(pen):
        table = pen.tables[0]
        pen.sheet.auto_filter.ref = (
            f"{get_column_letter(table.left)}{table.head}:{get_column_letter(table.right)}{table.filter_to}"
        )
        pen.sheet.freeze_panes = f"A{table.head + 1}"


def _name_table(pen: SheetPen, table: TableRange) -> None:
    """Give a table a defined name that Excel accepts and that is not taken."""
    workbook: Workbook = pen.sheet.parent  # type: ignore[assignment]
    plain = re.sub(r"\W", "_", table.name)[:200]
    if not plain[0].isalpha() or _LIKE_A_CELL.fullmatch(plain):
        plain = f"_{plain}"
    name, number = plain, 2
    while name in workbook.defined_names:
        name, number = f"{plain}_{number}", number + 1
    left, right = get_column_letter(table.left), get_column_letter(table.right)
    place = f"{quote_sheetname(pen.sheet.title)}!${left}${table.head}:${right}${table.last}"
    workbook.defined_names[name] = DefinedName(name, attr_text=place)
