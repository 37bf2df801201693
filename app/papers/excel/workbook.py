"""Builds the workbook of a document: which blocks share a sheet, on which columns, drawn by whom.

Address labels become the list they are in a workbook; rows meant for a workbook alone become a sheet of their own,
with wide columns; each table gets a name to jump to, and the only long table of a sheet a filter and a fixed heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from app.papers import blocks as b
from app.papers import handout_blocks as h
from app.papers.blocks import DataSheet
from app.papers.excel import forms, running_text, shapes, tables, tally
from app.papers.excel.grid import Strip, choose_grid
from app.papers.excel.looks import DIGIT_PIXELS, StyleBook
from app.papers.excel.measure import CELL_PADDING, INDENT, text_width
from app.papers.excel.package import Results, save
from app.papers.excel.page import LANDSCAPE_MM, page_width_mm, set_up_page
from app.papers.excel.sheet_pen import SheetPen, TablePlace

_LABEL_COLUMNS = (
    b.Column(title="No", width=9, align="center"),
    b.Column(title="郵便番号", width=23),
    b.Column(title="住所", width=42),
    b.Column(title="団体", width=40),
    b.Column(title="宛名", width=39),
    b.Column(title="表示", width=12, align="center"),
)


_FORBIDDEN = str.maketrans({"[": "［", "]": "］", ":": "：", "*": "＊", "?": "？", "/": "／", "\\": "＼", "'": "’"})
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 - the file format has no zone
_TITLE_SIZES = {"report": 18.0, "form": 17.0, "letter": 14.0, "roster": 17.0, "card": 17.0}

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
    h.HandoutItems: shapes.handout_items_strip,
    h.FormRows: forms.form_rows_strip,
    h.NamedLines: forms.named_lines_strip,
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
    h.HandoutItems: shapes.draw_handout_items,
    h.FormRows: forms.draw_form_rows,
    h.NamedLines: forms.draw_named_lines,
    b.RosterList: tables.draw_roster,
}
_DATA_MM = 25.4 / 72
_WIDEST = 75.0
_NARROWEST = 13.0
_ARROW = 14.0
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c?\d*|c\d*")


@dataclass
class _Sheet:
    name: str
    look: str
    blocks: list[b.Block] = field(default_factory=list)
    width: float = 0.0
    alone: bool = False


def build(content: b.DocumentContent) -> bytes:
    """Return the document as the bytes of an xlsx file."""
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    styles = StyleBook(workbook, first)
    results: Results = {}
    names: set[str] = set()
    for sheet in _sheets(content):
        name = _sheet_name(sheet.name, names)
        if names:
            page = workbook.create_sheet(name)
        else:
            page = first
            page.title = name
        names.add(name.casefold())
        width = sheet.width or content.sheet_width
        own = replace(content, look=sheet.look, sheet_width=width)  # type: ignore[arg-type]
        pen = _Drawing(own, styles, alone=sheet.alone).draw(page, sheet.blocks)
        results[name] = pen.results
    workbook.properties = _properties(content)
    return save(workbook, results)


def _sheets(content: b.DocumentContent) -> list[_Sheet]:
    """Deal the blocks out to sheets; a heading or break that names the sheet it is on starts none."""
    serial = any(isinstance(block, b.SheetBreak) and block.restart for block in content.blocks)
    found = [_Sheet(content.first_sheet or content.kind, content.look, alone=serial)]
    for given in content.blocks:
        if isinstance(given, DataSheet):
            blocks, width = data_blocks(given)
            found.append(_Sheet(given.sheet, "roster", list(blocks), width))
            continue
        block = label_table(given) if isinstance(given, h.LabelSheet) else given
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

    def __init__(self, content: b.DocumentContent, styles: StyleBook, *, alone: bool = False) -> None:
        """``alone`` = the sheet is a letter of its own, whose pages count from 1."""
        self._content = content
        self._alone = alone
        self._styles = styles
        self._page_mm = page_width_mm(content)
        self._letter = content.look == "letter"

    def draw(self, page: object, blocks: list[b.Block]) -> SheetPen:
        """Choose the sheet's columns, draw every block and set up the print."""
        strips = {number: strip for number, block in enumerate(blocks) if (strip := self._strip(block)) is not None}
        grid = choose_grid(list(strips.values()), self._page_mm)
        pen = SheetPen(page, grid, self._styles)  # type: ignore[arg-type]
        for number, block in enumerate(blocks):
            self._block(pen, block, strips.get(number))
        for column, points in enumerate(grid.widths, 1):
            pen.sheet.column_dimensions[pen.address(1, column)[:-1]].width = points / 0.75 / DIGIT_PIXELS
        for row, height in pen.heights.items():
            pen.sheet.row_dimensions[row].height = height
        set_up_page(pen, self._content, alone=self._alone)
        name_tables(pen)
        return pen

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
                pen, block, size=_TITLE_SIZES[self._content.look], roster=self._content.look == "roster"
            )
        elif type(block) in _RUNNING:
            _RUNNING[type(block)](pen, block)
        else:
            _IN_COLUMNS[type(block)](pen, block, self._page_mm)


def label_table(block: h.LabelSheet) -> b.Table:
    """Return the labels as a table that staff sort and use for a mail merge."""
    return b.Table(
        name="宛名",
        columns=_LABEL_COLUMNS,
        rows=tuple(
            (str(number), one.postal_code, one.address, one.organisation, one.person, one.mark)
            for number, one in enumerate(block.labels, start=1)
        ),
    )


def data_blocks(block: DataSheet) -> tuple[tuple[b.Block, ...], float]:
    """Return the blocks of the sheet and its width in mm; no column is squeezed, the print is one page wide."""
    columns = tuple(
        b.Column(title=heading, width=_data_width(heading, [row[place] for row in block.rows]),
               align="right" if place in block.numbers else "left")
        for place, heading in enumerate(block.columns)
    )  # fmt: skip
    whole = sum(column.width for column in columns)
    table = b.Table(name=block.sheet, columns=columns, rows=block.rows)
    notes = tuple(b.Paragraph(text=note, style="note") for note in block.notes)
    return (b.Title(text=block.title, lead=block.lead), table, *notes), max(whole, LANDSCAPE_MM)


def _data_width(heading: str, texts: list[str]) -> float:
    longest = max((text_width(text, 10.0) for text in texts), default=0.0)
    wished = max(longest, text_width(heading, 9.0) + _ARROW) + CELL_PADDING + INDENT + 2.0
    return min(max(wished * _DATA_MM, _NARROWEST), _WIDEST)


def name_tables(pen: SheetPen) -> None:
    """Name the tables of a finished sheet in the workbook, and let the only one be filtered."""
    for table in pen.tables:
        if table.name:
            _name(pen, table)
    if len(pen.tables) == 1 and pen.tables[0].filter_to:
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
