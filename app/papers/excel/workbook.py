"""Builds the workbook of a document: which blocks share a sheet, on which columns, drawn by whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties

from app.papers import blocks as b
from app.papers import handout_blocks as h
from app.papers.data_blocks import DataSheet
from app.papers.excel import fill_ins, form_rows, forms, handouts, roster_list, running_text, shapes, tables, tally
from app.papers.excel.data_sheet import data_blocks
from app.papers.excel.grid import Strip, choose_grid
from app.papers.excel.label_rows import label_table
from app.papers.excel.looks import DIGIT_PIXELS, StyleBook
from app.papers.excel.package import Results, save
from app.papers.excel.page import page_width_mm, set_up_page
from app.papers.excel.sheet_pen import SheetPen
from app.papers.excel.table_names import name_tables

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
    h.HandoutItems: handouts.handout_items_strip,
    h.FormRows: form_rows.form_rows_strip,
    h.NamedLines: form_rows.named_lines_strip,
    b.RosterList: roster_list.roster_strip,
}
_RUNNING: dict[type, Callable[..., None]] = {
    b.Heading: running_text.draw_heading,
    b.Paragraph: running_text.draw_paragraph,
    b.Bullets: running_text.draw_bullets,
    b.Closing: running_text.draw_closing,
    h.Banner: handouts.draw_banner,
    h.NoticeBox: handouts.draw_notice_box,
    b.FillLine: fill_ins.draw_fill_line,
    b.SignBoxes: fill_ins.draw_sign_boxes,
    b.WriteBox: fill_ins.draw_write_box,
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
    h.HandoutItems: handouts.draw_handout_items,
    h.FormRows: form_rows.draw_form_rows,
    h.NamedLines: form_rows.draw_named_lines,
    b.RosterList: roster_list.draw_roster,
}


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
