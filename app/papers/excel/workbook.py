"""Builds the workbook of a document: which blocks share a sheet, on which columns, drawn by whom.

Address labels become the list they are in a workbook; rows meant for a workbook alone become a sheet of their own,
with wide columns; each table gets a name to jump to, and the only long table of a sheet a filter and a fixed heading.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from operator import itemgetter
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from app.common.together import together
from app.papers import blocks as b
from app.papers import handout_blocks as h
from app.papers.blocks import DataSheet, InputTable
from app.papers.excel import forms, photos, running_text, shapes, squares, tables, tally
from app.papers.excel.contents import BookChapter, add_contents
from app.papers.excel.figure_links import link_figures
from app.papers.excel.grid import POINTS_PER_MM, SHORT, Grid, Strip, choose_grid, cost_of, room_of, spans
from app.papers.excel.inputs import prepare_inputs
from app.papers.excel.looks import DIGIT_PIXELS, Look, StyleBook
from app.papers.excel.measure import CELL_PADDING, INDENT, OTHER_FONT, SHRUNK, forget_long_lists, lower, text_width
from app.papers.excel.numbers import all_numbers
from app.papers.excel.package import save
from app.papers.excel.page import LANDSCAPE_MM, Fill, page_width_mm, pages_across, set_up_page
from app.papers.excel.sheet_pen import FreeRow, SheetPen, TablePlace
from app.papers.ledger_blocks import EMPTY, LedgerSheet, totals_words

_LABEL_COLUMNS = (
    b.Column("No", width=9, align="center"),
    b.Column("郵便番号", width=23),
    b.Column("住所", width=42),
    b.Column("団体", width=40),
    b.Column("宛名", width=39),
    b.Column("表示", width=12, align="center"),
)


_FORBIDDEN = str.maketrans({"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’"})
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 - the file format has no zone
_TITLE_SIZES = {"report": 18.0, "form": 17.0, "letter": 14.0, "roster": 17.0, "card": 17.0, "ledger": 17.0}

_COLUMNS: dict[type, Callable[..., Strip | None]] = {
    b.TallyChart: tally.tally_strip,
    b.KeyFigures: forms.key_figures_strip,
    b.KeyValues: forms.key_values_strip,
    b.LetterItems: forms.letter_items_strip,
    b.BigNumber: forms.big_number_strip,
    b.Choice: forms.choice_strip,
    b.Contact: forms.contact_strip,
    b.StageChart: shapes.stage_strip,
    b.GroupFlow: shapes.flow_strip,
    b.Photos: photos.photo_strip,
    b.SquareChart: squares.square_strip,
    h.HandoutItems: shapes.handout_items_strip,
    h.FormRows: forms.form_rows_strip,
    h.NamedLines: forms.named_lines_strip,
    h.TickRows: forms.tick_rows_strip,
    b.RosterList: tables.roster_strip,
}
_RUNNING: dict[type, Callable[..., None]] = {
    b.Heading: running_text.draw_heading,
    b.Paragraph: running_text.draw_paragraph,
    b.Bullets: running_text.draw_bullets,
    b.Closing: running_text.draw_closing,
    h.Banner: shapes.draw_banner,
    h.NoticeBox: shapes.draw_notice_box,
    b.FillLine: forms.draw_fill_line,
    b.SignBoxes: forms.draw_sign_boxes,
    b.WriteBox: forms.draw_write_box,
}
_IN_COLUMNS: dict[type, Callable[..., None]] = {
    b.TallyChart: tally.draw_tally,
    b.KeyFigures: forms.draw_key_figures,
    b.KeyValues: forms.draw_key_values,
    b.LetterItems: forms.draw_letter_items,
    b.BigNumber: forms.draw_big_number,
    b.Choice: forms.draw_choice,
    b.Contact: forms.draw_contact,
    b.StageChart: shapes.draw_stages,
    b.GroupFlow: shapes.draw_flow,
    b.Photos: photos.draw_photos,
    b.SquareChart: squares.draw_squares,
    h.HandoutItems: shapes.draw_handout_items,
    h.FormRows: forms.draw_form_rows,
    h.NamedLines: forms.draw_named_lines,
    h.TickRows: forms.draw_tick_rows,
    b.RosterList: tables.draw_roster,
}
_DATA_MM = 25.4 / 72
_WIDEST = 75.0
_NARROWEST = 13.0
_ARROW = 14.0
_HEAD_LINES = 3.5
"""A heading of answers has up to four lines; the last is seldom full."""
# Papers of chapters, which may share a sheet: letters, lists and cards are dealt out for a reason of their own.
_JOINED = ("report", "form")
# How small two chapters share a page at least, and the part of a question's height that it does without as PDF.
_CLOSER = 0.75
_CHART_SAVES = 0.4
# How many mm of height a shared set of columns may cost, before chapters that suit each other better go first.
_NO_STRAIN = 10.0
# So much of the room that its words fill a column of a table keeps at least where chapters share their columns.
_KEPT_ROOM = 0.55
# A PDF sets its lines closer and keeps nothing free for another font.
_AS_PDF = 0.75
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*")


@dataclass
class _Sheet:
    name: str
    look: str
    blocks: list[b.Block] = field(default_factory=list)
    width: float = 0.0
    printed: int = 0
    """How many of its columns are printed; 0 = all."""
    alone: bool = False
    low_rows: bool = False
    """Whether its rows have only as much white as they need: a paper that shall not take more pages."""
    chapters: dict[str, int] = field(default_factory=dict)
    """The chapters that share the sheet with the one it is named after, each with the number of its first block."""


class _Drawn(NamedTuple):
    """A finished sheet: what is on it, where, and what it takes in print."""

    given: _Sheet
    pen: SheetPen
    fill: Fill


def build(content: b.DocumentContent) -> bytes:
    """Return the document as the bytes of an xlsx file."""
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    styles = StyleBook(workbook, first)
    sheets = _sheets(content)
    names: set[str] = set()
    for sheet in sheets:
        sheet.name = _sheet_name(sheet.name, names)
        names.add(sheet.name.casefold())
    drawn = _on_fewer_pages(workbook, styles, content, [_drawn(workbook, styles, content, sheet) for sheet in sheets])
    if content.at_most and _pages(drawn) > content.at_most + 1:
        low = [_drawn(workbook, styles, content, replace(sheet, low_rows=True)) for sheet in sheets]
        drawn = min(drawn, _on_fewest_pages(workbook, styles, content, low), key=_pages)
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
    workbook.properties = _properties(content)
    data = save(workbook, {pen.sheet.title: pen.results for pen in pens})
    forget_long_lists()
    return data


def _pages(drawn: list[_Drawn]) -> int:
    return sum(one.fill.pages for one in drawn)


def _drawn(workbook: Workbook, styles: StyleBook, content: b.DocumentContent, sheet: _Sheet) -> _Drawn:
    """Draw one sheet, which is no part of the workbook yet."""
    width = sheet.width or content.sheet_width
    own = replace(content, look=sheet.look, sheet_width=width)  # type: ignore[arg-type]
    drawing = _Drawing(own, styles, alone=sheet.alone, low_rows=sheet.low_rows)
    pen, fill = drawing.draw(Worksheet(workbook, sheet.name), sheet.blocks, sheet.printed)
    return _Drawn(sheet, pen, fill)


def _on_fewer_pages(
    workbook: Workbook, styles: StyleBook, content: b.DocumentContent, drawn: list[_Drawn]
) -> list[_Drawn]:
    """Put short chapters on the sheet before until the book prints on a page more than its words fill, at most, or
    than the paper should take.

    Those whose tables suit the same columns go first, the shortest of them; a chapter keeps a sheet of its own where
    that costs no page, or where its columns or those before would be too narrow for their words. A book that comes
    back filled in keeps every sheet: it is read by their names.
    """
    if any(isinstance(block, InputTable) for block in content.blocks):
        return drawn
    drawn, kept = list(drawn), set()
    strains: dict[tuple[str, str], float] = {}
    while True:
        chapters = [one for one in drawn if one.given.look in _JOINED and not one.given.alone]
        if not chapters:
            return drawn
        room = min(one.fill.room for one in chapters)
        filled = sum(one.fill.whole - one.pen.charted * _CHART_SAVES for one in chapters) * _AS_PDF
        most = min(math.ceil(filled / room), content.at_most or math.inf) + 1
        if _pages(drawn) <= most:
            return drawn
        pairs = []
        for number, (before, after) in enumerate(itertools.pairwise(drawn)):
            if after.given.name not in kept and _may_share(before, after, room):
                names = before.given.name, after.given.name
                if names not in strains:
                    strains[names] = _strain(before.pen, after.pen, page_mm=page_width_mm(content))
                if strains[names] < math.inf:
                    pairs.append((max(strains[names], _NO_STRAIN), after.fill.whole, number))
        if not pairs:
            return drawn
        number = min(pairs)[2]
        before, after = drawn[number : number + 2]
        one, two = before.given, after.given
        both = _drawn(workbook, styles, content, _shared(one, two))
        if both.fill.pages < before.fill.pages + after.fill.pages:
            strains = {names: strain for names, strain in strains.items() if not {one.name, two.name} & {*names}}
            drawn[number : number + 2] = [both]
        else:
            kept.add(two.name)


def _shared(one: _Sheet, two: _Sheet) -> _Sheet:
    """Both on the first sheet, which knows where the chapters of the second begin."""
    chapters = {**one.chapters, two.name: len(one.blocks)}
    chapters |= {name: len(one.blocks) + place for name, place in two.chapters.items()}
    return replace(one, blocks=[*one.blocks, *two.blocks], chapters=chapters)


def _on_fewest_pages(
    workbook: Workbook, styles: StyleBook, content: b.DocumentContent, drawn: list[_Drawn]
) -> list[_Drawn]:
    """Share sheets so that the book takes a page more than the paper should, with the least strain, or as near to that
    as its chapters allow: neighbours alone, as ``_on_fewer_pages`` joins them one by one, do not find that.
    """
    page_mm, room = page_width_mm(content), min(one.fill.room for one in drawn) / _CLOSER
    # For every number of chapters from the first on: by pages, the least strain and the sheets that make it.
    ways: list[dict[int, tuple[float, list[_Drawn]]]] = [{0: (0.0, [])}]
    for end in range(1, len(drawn) + 1):
        found: dict[int, tuple[float, list[_Drawn]]] = {}
        for start in range(end):
            run = drawn[start:end]
            sheet, strain = run[0], 0.0
            if len(run) > 1:
                strain = _strain(*(one.pen for one in run), page_mm=page_mm) if _alike(run) else math.inf
                # What could not save a page is not drawn.
                if strain == math.inf or sum(one.fill.whole for one in run) > (_pages(run) - 1) * room:
                    continue
                sheet = _drawn(workbook, styles, content, reduce(_shared, (one.given for one in run)))
            for before, (least, sheets) in ways[start].items():
                way = least + max(strain, 0.0), [*sheets, sheet]
                count = before + sheet.fill.pages
                found[count] = min(found.get(count, way), way, key=itemgetter(0))
        ways.append(found)
    return ways[-1][min(ways[-1], key=lambda count: (max(count, content.at_most + 1), ways[-1][count][0]))][1]


def _alike(run: list[_Drawn]) -> bool:
    """Whether chapters may share a sheet at all."""
    looks = {(one.given.look, one.given.width) for one in run}
    return (
        len(looks) == 1
        and run[0].given.look in _JOINED
        and not any(one.given.alone for one in run)
        and sum(_heading_stays(one.pen) for one in run) <= 1
    )


def _strain(*pens: SheetPen, page_mm: float) -> float:
    """Return how much more height the tables of chapters need, in mm, on columns that they share.

    Infinite where a column would be narrower than its words need: such chapters keep their sheets, whatever it costs.
    """
    of_all = [strip for pen in pens for strip in pen.strips]
    shared = choose_grid(of_all, page_mm)
    if any(_squeezed(strip, pen.grid, shared) for pen in pens for strip in pen.strips):
        return math.inf
    return cost_of(of_all, shared) - sum(cost_of(pen.strips, pen.grid) for pen in pens)


def _squeezed(strip: Strip, own: Grid, shared: Grid) -> bool:
    """Whether a column of a table breaks a short word, or loses more of the room that its words fill than it may.

    Only tables that are sorted: elsewhere a text runs over all the columns that it has.
    """
    if not strip.rows_move:
        return False
    for slot, was, now in zip(strip.slots, spans(strip, own), spans(strip, shared), strict=True):
        room, left = room_of(slot, was, own), room_of(slot, now, shared)
        filled = min(max(slot.texts, default=0.0) * SHRUNK, room)
        if left < max(filled * _KEPT_ROOM, min(filled, SHORT)):
            return True
    return False


def _may_share(before: _Drawn, after: _Drawn, room: float) -> bool:
    """Whether two chapters may fit on a page less than they take on sheets of their own."""
    one, two = before.given, after.given
    if (
        one.look != two.look
        or one.look not in _JOINED
        or one.alone
        or two.alone
        or one.width != two.width
        or after.fill.pages > 1
        or (_heading_stays(before.pen) and _heading_stays(after.pen))
    ):
        return False
    return before.fill.whole + after.fill.whole <= before.fill.pages * room / _CLOSER


def _name_chapters(drawn: _Drawn) -> None:
    """Name the range of every chapter that shares its sheet, so that it is found like one with a sheet of its own."""
    pen, chapters = drawn.pen, drawn.given.chapters
    workbook: Workbook = pen.sheet.parent  # type: ignore[assignment]
    firsts = [*(pen.starts[number] for number in chapters.values()), pen.row]
    for name, (first, end) in zip(chapters, itertools.pairwise(firsts), strict=True):
        if re.sub(r"\W", "_", name) not in workbook.defined_names:
            _name(pen, TablePlace(first, max(end - 1, first), 1, pen.grid.last, name, 0))


def _chapters(drawn: _Drawn) -> list[BookChapter]:
    """The chapters on one sheet in their order, the one that it is named after first."""
    given, pen = drawn.given, drawn.pen
    begins = [0, *given.chapters.values()]
    ends = [*begins[1:], len(given.blocks)]
    rows = [*pen.starts, pen.row]
    return [
        BookChapter(name, given.blocks[begin:end], pen, rows[begin], max(rows[end] - 1, rows[begin]))
        for name, begin, end in zip((given.name, *given.chapters), begins, ends, strict=True)
    ]


def _sheets(content: b.DocumentContent) -> list[_Sheet]:
    """Deal the blocks out to sheets; a heading or break that names the sheet it is on starts none."""
    serial = any(isinstance(block, b.SheetBreak) and block.restart for block in content.blocks)
    found = [_Sheet(content.first_sheet or content.kind, content.look, alone=serial)]
    for given in content.blocks:
        if isinstance(given, DataSheet):
            blocks, width = data_blocks(given)
            found.append(_Sheet(given.sheet, "roster", list(blocks), width, given.printed))
            continue
        if isinstance(given, LedgerSheet):
            found[-1].blocks += ledger_blocks(given)
            continue
        block = _as_table(given)
        name = block.sheet if isinstance(block, (b.Heading, b.SheetBreak)) else ""
        if name and name != found[-1].name:
            if found[-1].blocks:
                found.append(_Sheet(name, found[-1].look, alone=found[-1].alone))
            else:
                found[-1].name = name
        if isinstance(block, b.SheetBreak) and block.look:
            found[-1].look = block.look
        if not isinstance(block, b.SheetBreak):
            found[-1].blocks.append(block)
    return [sheet for sheet in found if sheet.blocks] or found


def _sheet_name(wanted: str, used: set[str]) -> str:
    """Return a name that Excel allows (31 characters, none of its signs) and that no other sheet has."""
    plain = re.sub("[\x00-\x1f]", "", wanted).translate(_FORBIDDEN).strip() or "文書"
    name, number = plain[:31], 2
    while name.casefold() in used:
        ending = f"（{number}）"
        name, number = plain[: 31 - len(ending)] + ending, number + 1
    return name


def _properties(content: b.DocumentContent) -> DocumentProperties:
    """Return the file's properties; a file without a time of creation carries a fixed one."""
    given = content.properties
    created = datetime.fromisoformat(given["created"]) if given.get("created") and not content.outgoing else _NO_TIME
    created = created.replace(microsecond=0, tzinfo=None)
    return DocumentProperties(
        title=given.get("title") or content.kind,
        subject=given.get("subject") or content.kind,
        creator=given.get("author") or given.get("creator") or "",
        keywords=given.get("keywords") or None,
        description=given.get("description") or None,
        identifier=None if content.outgoing else content.reference or None,
        version=str(content.version),
        language="ja-JP",
        created=created,
        modified=created,
    )


class _Drawing:
    """Draws the blocks of one sheet in their order."""

    def __init__(
        self, content: b.DocumentContent, styles: StyleBook, *, alone: bool = False, low_rows: bool = False
    ) -> None:
        """``alone`` = the sheet is a letter of its own, whose pages count from 1; ``low_rows`` as in ``_Sheet``."""
        self._content = content
        self._low_rows = low_rows
        self._alone = alone
        self._styles = styles
        self._page_mm = page_width_mm(content)
        self._letter = content.look == "letter"

    def draw(self, page: object, blocks: list[b.Block], printed: int = 0) -> tuple[SheetPen, Fill]:
        """Choose the sheet's columns, draw every block and set up the print; return what it takes there too.

        ``printed`` = only so many of the columns stand on the page.
        """
        strips = {number: strip for number, block in enumerate(blocks) if (strip := self._strip(block)) is not None}
        grid = choose_grid(list(strips.values()), self._page_mm)
        pen = SheetPen(page, grid, self._styles)  # type: ignore[arg-type]
        pen.strips = list(strips.values())
        content = self._content
        if printed:
            pen.last = printed
            content = replace(content, sheet_width=grid.width(1, printed) / POINTS_PER_MM)
        elif pages_across(content) > 1 and grid.last > 1:
            pen.text_from = 2
        self._state(pen)
        for number, block in enumerate(blocks):
            pen.starts.append(pen.row)
            self._block(pen, block, strips.get(number))
        for column, points in enumerate(grid.widths, 1):
            shown = pen.sheet.column_dimensions[pen.address(1, column)[:-1]]
            shown.width = points / 0.75 / DIGIT_PIXELS
            shown._style = self._styles.empty  # type: ignore[attr-defined]
        if self._low_rows:
            pen.heights = {row: lower(height) for row, height in pen.heights.items()}
        # Rows of one height are told by one and the same dimension: a long list has thousands.
        shapes: dict[tuple[float, bool], RowDimension] = {}
        for row, height in pen.heights.items():
            free = row in pen.wrapped
            if (height, free) not in shapes:
                shapes[height, free] = (FreeRow if free else RowDimension)(pen.sheet, index=row, ht=height)
            pen.sheet.row_dimensions[row] = shapes[height, free]
        return pen, set_up_page(pen, content, alone=self._alone)

    def _state(self, pen: SheetPen) -> None:
        """Write how the event stands over everything else: the head of a page shows only in print."""
        if self._content.state_mark:
            pen.running(f"【{self._content.state_mark}】", Look(size=16.0, bold=True), 26.0)
        if self._content.state_mark and self._content.passed_reason:
            pen.running(f"理由　{self._content.passed_reason}", Look(size=9.0), 15.0)

    def _strip(self, block: b.Block) -> Strip | None:
        if isinstance(block, b.Table):
            return tables.table_strip(block, self._page_mm, letter=self._letter)
        wanted = _COLUMNS.get(type(block))
        return wanted(block, self._page_mm) if wanted else None

    def _block(self, pen: SheetPen, block: b.Block, strip: Strip | None) -> None:
        if isinstance(block, b.Table) and strip is not None:
            tables.draw_table(pen, block, strip)
        elif isinstance(block, b.Letterhead):
            running_text.draw_letterhead(pen, block, letter=self._letter)
        elif isinstance(block, b.Title):
            running_text.draw_title(
                pen, block, size=_TITLE_SIZES[self._content.look], roster=self._content.look in ("roster", "ledger")
            )
        elif type(block) in _RUNNING:
            _RUNNING[type(block)](pen, block)
        else:
            _IN_COLUMNS[type(block)](pen, block, self._page_mm)


def _as_table(block: b.Block) -> b.Block:
    """Return what is a table in a workbook as one: address labels, a question asked twice, a table to be filled in."""
    if isinstance(block, h.LabelSheet):
        return label_table(block)
    if isinstance(block, InputTable):
        return block.table
    return paired_table(block) if isinstance(block, b.PairedBands) else block


def paired_table(block: b.PairedBands) -> b.Table:
    """Return both times a question was asked as rows of people and per cent, a column an option."""
    newest = block.charts[1]
    width = (165.0 - 34.0 - 15.0) / max(len(newest.rows), 1)
    rows: list[tuple[str, ...]] = []
    for label, chart in zip(block.labels, block.charts, strict=True):
        people = tuple(str(row.count) for row in chart.rows)
        rows.append((f"{label}　人数", *people, str(sum(row.count for row in chart.rows))))
        percent = "％（参考）" if chart.reference_only else "％"
        rows.append((f"　　{percent}", *(row.percent for row in chart.rows), "100.0" if chart.base else ""))
    columns = (
        b.Column("回", width=34.0),
        *(b.Column(f"{row.number} {row.text}".strip(), width=width, align="right") for row in newest.rows),
        b.Column("計", width=15.0, align="right"),
    )
    return b.Table(columns, tuple(rows), name=f"比較_{newest.code}", note=block.note)


def label_table(block: h.LabelSheet) -> b.Table:
    """Return the labels as a table that staff sort and use for a mail merge."""
    return b.Table(
        _LABEL_COLUMNS,
        tuple(
            (str(number), one.postal_code, one.address, one.organisation, one.person, one.mark)
            for number, one in enumerate(block.labels, 1)
        ),
        name="宛名",
    )


def data_blocks(block: DataSheet) -> tuple[tuple[b.Block, ...], float]:
    """Return the blocks of the sheet and its width in mm; no column is squeezed, the print is one page wide."""
    columns = tuple(
        b.Column(
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
    table = b.Table(columns, block.rows, name=block.sheet)
    notes = tuple(b.Paragraph(note, style="note") for note in block.notes)
    return (b.Title(block.title, lead=block.lead), table, *notes), max(whole, LANDSCAPE_MM)


def ledger_blocks(block: LedgerSheet) -> tuple[b.Block, ...]:
    """Return a ledger as a title, one table of all its rows, what is counted, and the confirmations under it."""
    counted = [all_numbers(texts) for texts in zip(*(row.cells for row in block.rows), strict=True)] or [False] * len(
        block.titles
    )
    table = b.Table(
        tuple(
            b.Column(title, width=width, align="right" if place in block.numbers or counted[place] else "left")
            for place, (title, width) in enumerate(zip(block.titles, block.widths, strict=True))
        ),
        tuple(row.cells for row in block.rows) or (("", EMPTY, *("" for _ in block.titles[2:])),),
        name=block.title,
        note=block.note,
        ruled=True,
    )
    lead = together(block.about, block.handling)
    totals = b.Paragraph(totals_words(block, block.rows, where="全体"))
    return b.Title(block.title, lead=lead), table, totals, b.SignBoxes(boxes=block.boxes)


def _data_width(heading: str, texts: list[str]) -> float:
    longest = max((text_width(text, 10.0) for text in texts), default=0.0) / OTHER_FONT
    # A heading wraps: what answers say is a digit mostly, and a column as wide as its question fills the paper with
    # white.
    wished = max(longest, text_width(heading, 9.0) / _HEAD_LINES + _ARROW) + CELL_PADDING + INDENT + 2.0
    return min(max(wished * _DATA_MM, _NARROWEST), _WIDEST)


def _heading_stays(pen: SheetPen) -> bool:
    """Whether the sheet has one table, a long one, whose heading stays in sight and filters it."""
    return len(pen.tables) == 1 and bool(pen.tables[0].filter_to)


def name_tables(pen: SheetPen) -> None:
    """Name the tables of a finished sheet in the workbook, and let the only one be filtered."""
    for table in pen.tables:
        if table.name:
            _name(pen, table)
    if _heading_stays(pen):
        table = pen.tables[0]
        pen.sheet.auto_filter.ref = (
            f"{get_column_letter(table.left)}{table.head}:{get_column_letter(table.right)}{table.filter_to}"
        )
        pen.sheet.freeze_panes = f"A{table.head + 1}"


def _name(pen: SheetPen, table: TablePlace) -> None:
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
