"""The 受付名簿 as PDF: about twenty people a page, a rule between 班, totals and lines for walk-ins."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import groupby

from app.documents import rules
from app.documents.blocks import RosterLine, RosterList
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.name_setting import fit_name_to_room
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    CELL,
    CELL_HEADING,
    COLUMN_GREY,
    HAIR,
    HAIR_GREY,
    HEAD_RULE,
    HEAVY,
    NOTE,
    STRONG,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag
from app.documents.pdf.typesetting.typefaces import FaceName
from app.documents.rules import FittedName, NameRule
from db.record import frozen

ROSTER_DOCUMENT = "受付名簿"
ORGANISATION_WIDTH, NAME_WIDTH = 70.0, 57.0
PADDING = 1.5
_BRANCH, _BRANCH_WIDTH, _GROUPED = "支部", 17.0, "班"
_COLUMNS = (
    ("No", 9.0), ("受付", 12.0), ("団体", ORGANISATION_WIDTH), (_BRANCH, _BRANCH_WIDTH),
    ("氏名（ふりがな）", NAME_WIDTH), ("役職", 24.0), ("端末", 13.0), (_GROUPED, 9.0), ("配慮", 11.0), ("撮影", 17.0),
    ("備考", 22.0),
)  # fmt: skip
_ADMISSION, _ADMITTED = "入場番号", 15.0
_WIDTH_REDUCTIONS = {"役職": 4.0, "撮影": 2.0, "備考": 9.0}
"""How much the other columns are narrowed for the 入場番号, if there are any."""
_CENTRED = frozenset(("No", "入場番号", "受付", "端末", "班", "配慮", "撮影"))
_ROWS, _MIN_ROWS_ON_LAST_PAGE = 20, 4
"""Rows per page, and how many rows at least a last page of its own should have."""
_HEAD, _BOX = 7.8, 4.8
# Rows as high as the page allows; the last page also holds totals and lines to write on.
_ROW_HEIGHTS = (8.0, 7.8, 7.45, 7.2, 7.0, 6.85, 6.75)
_READING, _NAME = 2.2, 3.85
_FULL_PAGE = 162.0
_TITLE = 4.6  # a title whose second line is a long one
_CONTINUED = 4.0
_WALK_IN = 6.0
_GROUP = Style("bold", 12)
_NO_PHOTO = Style("bold", 7.5)
_ADMITTED_TYPE = Style("bold", 10.5)
_Fit = Callable[..., FittedName]


@frozen
class _Row:
    """One roster line with every text fitted to its column."""

    line: RosterLine
    organisation: FittedName
    branch: FittedName
    name: FittedName
    reading: FittedName
    role: FittedName
    note: FittedName
    height: float


def roster_list(block: RosterList, layout: Layout) -> list[Piece]:
    """Lay out the roster as one piece per person; raises ``NameTooLong`` for what fits at no size."""
    left_out = {_GROUPED: not block.grouped, _BRANCH: not block.branch}
    columns = _column_positions(
        [one for one in _COLUMNS if not left_out.get(one[0])], admitted=any(line.admission for line in block.lines)
    )
    run = object()
    before = None
    fit = _text_fitter(layout)
    heading = _heading(columns, run, fit(block.branch, rules.ROSTER_SHORT, _BRANCH_WIDTH))
    pieces = [heading]
    widths = {title: width for title, _left, width in columns}
    rows = [_fit_row(line, fit, widths) for line in block.lines]
    foot = _foot(block, layout)
    least, most = _row_height(rows, layout.paper.body_height - _HEAD - _TITLE - foot.space - foot.height)
    filled, on_page = 0.0, 0
    # 班 given after the numbers lie scattered over the list: a rule at every change would mark nothing.
    bands = len(list(groupby(line.group for line in block.lines))) == len({line.group for line in block.lines})
    for row in rows:
        height = max(least, row.height)
        turns = on_page == most or filled + height > _FULL_PAGE
        if turns:
            on_page, filled = 0, 0.0
        drawing = _drawing(row, before, columns, height, bands=bands)
        pieces.append(
            Piece(height, drawing, run=run, heading=heading, run_on=_CONTINUED, new_page=turns, tag=Tag("TR", run))
        )
        on_page, filled, before = on_page + 1, filled + height, row.line
    pieces[-1].keep_with_next = True
    return [*pieces, foot]


def _row_height(rows: list[_Row], last_page: float) -> tuple[float, int]:
    """Return the largest row height at which everything fits its pages with totals, and the rows per page.

    That is twenty rows; a few more, which would be alone on a last page, go onto the pages before, and if these have
    no room, all pages get the same number.
    """
    alone = 0 < len(rows) % _ROWS < _MIN_ROWS_ON_LAST_PAGE and len(rows) > _ROWS
    spread = math.ceil(len(rows) / math.ceil(len(rows) / _ROWS)) if alone else _ROWS
    fewer = (math.ceil(len(rows) / (len(rows) // _ROWS)),) if alone else ()
    for most in (*fewer, spread):
        pages = [rows[start : start + most] for start in range(0, len(rows), most)]
        for least in _ROW_HEIGHTS:
            needed = [sum(max(least, row.height) for row in page) for page in pages]
            if all(height <= _FULL_PAGE for height in needed) and (not needed or needed[-1] <= last_page):
                return least, most
    return _ROW_HEIGHTS[-1], spread


def _column_positions(kept: list[tuple[str, float]], *, admitted: bool = False) -> tuple[tuple[str, float, float], ...]:
    """Return title, left edge and width of each ``kept`` column in mm; the width of the others goes to 備考.

    ``admitted`` adds the 入場番号 and narrows others.
    """
    spare = sum(width for _, width in _COLUMNS) - sum(width for _, width in kept)
    if admitted:
        kept = [(title, width - _WIDTH_REDUCTIONS.get(title, 0.0)) for title, width in kept]
        kept.insert(1, (_ADMISSION, _ADMITTED))
    kept[-1] = (kept[-1][0], kept[-1][1] + spare)
    placed, x = [], 0.0
    for title, width in kept:
        placed.append((title, x, width))
        x += width
    return tuple(placed)


def _text_fitter(layout: Layout) -> _Fit:
    """Return the function that fits a text to a column, with a cache for repeated 団体, 支部 and 役職."""

    @cache
    def fit(text: str, rule: NameRule, width: float, face: FaceName = "gothic") -> FittedName:
        """Return a text in the size and lines that fit its column."""
        return fit_name_to_room(text, rule, width - 2 * PADDING, layout.fonts, face, ROSTER_DOCUMENT)

    return fit


def _fit_row(line: RosterLine, fit: _Fit, widths: dict[str, float]) -> _Row:
    name = fit(line.name, rules.ROSTER_NAME, NAME_WIDTH, "bold")
    reading = fit(line.reading, rules.ROSTER_READING, NAME_WIDTH)
    organisation = fit(line.organisation, rules.ROSTER_ORGANISATION, ORGANISATION_WIDTH)
    branch = fit(line.branch, rules.ROSTER_SHORT, _BRANCH_WIDTH)
    role = fit(line.role, rules.ROSTER_SHORT, widths["役職"])
    note = fit(line.note, rules.ROSTER_SHORT, min(widths["備考"], 22.0))
    height = max(
        _READING * len(reading.lines) + _NAME * max(len(name.lines), 1) + (0.5 if len(name.lines) < 2 else 1.8),
        *(_leading(text) * len(text.lines) + 0.5 for text in (organisation, branch, role, note)),
    )
    return _Row(line, organisation, branch, name, reading, role, note, height)


def _leading(text: FittedName) -> float:
    return 3.3 if text.size < 8.5 else 3.8


def _heading(columns: tuple[tuple[str, float, float], ...], run: object, branch: FittedName) -> Piece:
    """Return the column headings of a roster, with 「（つづき）」 on later pages; ``branch`` is that of 支部."""
    total = columns[-1][1] + columns[-1][2]

    def draw(pen: Pen) -> None:
        """Draw the headings between their rules, with 「（つづき）」 on later pages."""
        if pen.place.continued:
            pen.text(total, -1.3, "（つづき）", NOTE, "right")
        pen.rule(0, 0, total, HEAVY)
        for title, left, width in columns:
            pen.tags.begin_cell("TH")
            centred = title in _CENTRED
            at = left + (width / 2 if centred else PADDING)
            if title == _BRANCH and branch.lines != (title,):
                _lines(pen, at, _HEAD / 2, branch)
            else:
                pen.text(at, _HEAD / 2 + 1.1, title, CELL_HEADING, "center" if centred else "left")
        pen.rule(0, _HEAD, total, HEAD_RULE)
        _draw_column_rules(pen, _HEAD, columns)

    return Piece(_HEAD, draw, keep_with_next=True, run=run, tag=Tag("TR", run))


def _draw_column_rules(pen: Pen, height: float, columns: tuple[tuple[str, float, float], ...]) -> None:
    for _title, left, _width in columns[1:]:
        pen.vertical_rule(left, 0, height, HAIR, COLUMN_GREY)


def _drawing(
    row: _Row,
    before: RosterLine | None,
    columns: tuple[tuple[str, float, float], ...],
    height: float,
    *,
    bands: bool,
) -> Draw:
    """Return the function that draws one row of a roster, with 〃 for the 団体 and 支部 of the row above.

    ``bands``: a heavy rule stands above a row of another 班.
    """
    line = row.line
    total = columns[-1][1] + columns[-1][2]
    band = bands and before is not None and before.group != line.group
    same = (
        before is not None
        and bool(line.organisation)
        and (before.organisation, before.branch) == (line.organisation, line.branch)
    )

    def draw(pen: Pen) -> None:
        """Draw the cells of the row."""
        middle = height / 2
        if not pen.place.first:
            pen.rule(0, 0, total, *((HEAVY, 0.0) if band else (HAIR, HAIR_GREY)))
        for title, left, width in columns:
            pen.tags.begin_cell("TH" if title == "No" else "TD", scope="Row")
            if title == "団体" and same and not pen.place.first:
                pen.text(left + PADDING + 1.5, middle + 1.15, "〃", CELL)
            else:
                _draw_cell(pen, title, left, left + width / 2, height, row)
        _draw_column_rules(pen, height, columns)
        if pen.place.last:
            pen.rule(0, height, total, HEAVY)

    return draw


def _draw_cell(pen: Pen, title: str, left: float, centre: float, height: float, row: _Row) -> None:
    line, middle = row.line, height / 2
    match title:
        case "No":
            pen.digits(centre, middle + 1.15, line.number, CELL, "center")
        case "入場番号":
            pen.digits(centre, middle + 1.3, line.admission, _ADMITTED_TYPE, "center")
        case "受付":
            pen.box(centre - _BOX / 2, middle - _BOX / 2, _BOX, _BOX, 0.6)
        case "氏名（ふりがな）":
            _name(pen, left + PADDING, height, row)
        case "端末":
            pen.text(centre, middle + 1.15, line.device, CELL, "center")
        case "班":
            pen.digits(centre, middle + 1.5, line.group, _GROUP, "center")
        case "配慮":
            pen.text(centre, middle + 1.4, "●" if line.care else "", Style("gothic", 11), "center")
        case "撮影":
            if line.no_photo or line.photo:
                pen.box(centre - 7, middle - 2.2, 14, 4.4, 0.7)
                words = line.photo.removeprefix("撮影").replace("載条件つき", "載条件") or "撮影不可"
                pen.text(centre, middle + 0.95, words, _NO_PHOTO, "center")
        case _:
            texts = {"団体": row.organisation, _BRANCH: row.branch, "役職": row.role, "備考": row.note}
            _lines(pen, left + PADDING, middle, texts[title])


def _lines(pen: Pen, x: float, middle: float, text: FittedName) -> None:
    pen.centred(x, middle + text.size * 0.128, _leading(text), text.lines, Style("gothic", text.size))


def _name(pen: Pen, x: float, height: float, row: _Row) -> None:
    """Draw the name under its reading; a place without a name gets a line to write on."""
    if not row.name.lines:
        pen.rule(x, height - 1.5, NAME_WIDTH - 2 * PADDING, 0.5)
        return
    block = _READING * len(row.reading.lines) + _NAME * len(row.name.lines)
    base = (height - block) / 2 - 0.15
    pen.lines(x, base + _READING, _READING, row.reading.lines, Style("gothic", row.reading.size))
    base += _READING * len(row.reading.lines) + _NAME
    pen.lines(x, base, _NAME, row.name.lines, Style("bold", row.name.size))


def _foot(block: RosterList, layout: Layout) -> Piece:
    """Lay out totals, counts to fill in at check-in, and the lines for walk-ins."""
    lines = layout.lines(block.totals, CELL, layout.text_width * 0.56)
    top = 4.6 * max(len(lines), 1)
    height = top + _WALK_IN * block.walk_ins + 1.5

    def draw(pen: Pen) -> None:
        """Draw the totals, the counts to fill in, and the lines for walk-ins."""
        pen.lines(0, 3.6, 4.6, lines, CELL)
        edge = layout.text_width
        for label, unit in reversed(block.counted):
            edge -= pen.width(unit, CELL)
            pen.text(edge, 3.6, unit, CELL)
            edge -= 14
            pen.rule(edge + 1, 4.3, 12.5, 0.35)
            edge -= pen.width(label, CELL)
            pen.text(edge, 3.6, label, CELL)
            edge -= 4
        for number in range(block.walk_ins):
            _walk_in(pen, top + _WALK_IN * (number + 1) - 1, number)

    return Piece(height, draw, space=2.0)


def _walk_in(pen: Pen, base: float, number: int) -> None:
    """Draw one empty line for a 当日受付, to be written by hand."""
    pen.tags.begin_part()
    if number == 0:
        pen.text(0, base, "当日受付", Style("bold", STRONG.size - 1))
    pen.digits(20, base, str(number + 1), CELL)
    left = 24.0
    for label, room in (("団体", 74.0), ("氏名", 56.0), ("ふりがな", 46.0)):
        pen.text(left, base, label, CELL)
        left += pen.width(label, CELL) + 2
        pen.rule(left, base + 0.8, room, 0.35)
        left += room + 5
