"""One row of a table as a piece: whole, ruled, and parted only when it is longer than a page."""

from __future__ import annotations

from dataclasses import replace

from app.papers.blocks import Table
from app.papers.pdf.cell_drawing import draw_cell
from app.papers.pdf.cells import CellText, fit_cell
from app.papers.pdf.column_plans import PADDING
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import GROUP_GREY, HAIR, HAIR_GREY, HEAD_RULE, HEAVY, LABEL_GREY, Style
from app.papers.pdf.table_setting import TableSetting, draw_column_rules

_ROSTER_PADDING = 1.1  # twenty people and their readings on one page
_PART_LINES = 16  # a row longer than a page is parted into pieces of so many lines


def row_pieces(
    number: int,
    values: tuple[tuple[str, ...], tuple[str, ...]],
    block: Table,
    setting: TableSetting,
    layout: Layout,
    limit: float,
) -> list[Piece]:
    """Lay out one row; only a row that is higher than a whole page goes on as further pieces."""
    total = block.total_row and number == len(block.rows) - 1
    bold = total or number in block.bold_rows
    style = Style("bold", setting.style.size) if bold else setting.style
    as_is = _fit_row(values[0], setting, layout, style, boxes=not total)
    in_full = as_is if values[0] == values[1] else _fit_row(values[1], setting, layout, style, boxes=True)
    natural = max(cell.height for cell in (*as_is, *in_full))
    padding = _ROSTER_PADDING if layout.look == "roster" else setting.padding
    height = max(natural + padding, block.min_row_height)
    if number and not total and setting.band_column is not None:
        column = setting.band_column
        new_band = _value(block.rows[number], column) != _value(block.rows[number - 1], column)
    else:
        new_band = False
    rule = (HEAD_RULE, 0.0) if total else (HEAVY, 0.0) if new_band else (HAIR, HAIR_GREY)
    if height <= limit:
        shaded = number in block.grey_rows
        return [Piece(height, _row_drawing(as_is, in_full, height, rule, setting, shaded=shaded))]
    pieces: list[Piece] = []
    for part in _parts(in_full, _PART_LINES):
        tall = max(cell.height for cell in part) + padding
        pieces.append(Piece(tall, _row_drawing(part, part, tall, None if pieces else rule, setting)))
    return pieces


def _parts(cells: list[CellText], lines: int) -> list[list[CellText]]:
    longest = max(len(cell.lines) for cell in cells)
    return [
        [
            replace(
                cell,
                lines=cell.lines[start : start + lines],
                box=cell.box and not start,
                reading="" if start else cell.reading,
            )
            for cell in cells
        ]
        for start in range(0, longest, lines)
    ]


def _value(row: tuple[str, ...], column: int) -> str:
    return row[column] if column < len(row) else ""


def _fit_row(
    values: tuple[str, ...], setting: TableSetting, layout: Layout, style: Style, *, boxes: bool
) -> list[CellText]:
    cells = []
    for number, plan in enumerate(setting.plans):
        shown = Style("bold", 10.5) if number == setting.band_column else style
        cell = fit_cell(_value(values, number), plan, layout, shown, setting.leading)
        cells.append(cell if boxes or not cell.box else CellText((), style, setting.leading))
    return cells


def _row_drawing(
    as_is: list[CellText],
    in_full: list[CellText],
    height: float,
    rule: tuple[float, float] | None,
    setting: TableSetting,
    *,
    shaded: bool = False,
) -> Draw:
    baseline = setting.padding / 2 + setting.style.size * 0.35

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        left = x + setting.left
        if shaded:
            pen.fill(left, y, setting.width, height, LABEL_GREY)
        if rule and not place.first:
            pen.rule(left, y, setting.width, *rule)
        for cell, plan in zip(in_full if place.first else as_is, setting.plans, strict=True):
            if cell.box:
                middle = x + plan.x + plan.width / 2
                pen.box(middle - setting.box / 2, y + (height - setting.box) / 2, setting.box, setting.box, 0.6)
            elif cell.lines:
                base = baseline
                if setting.middle:
                    base = (height - cell.height) / 2 + _ascent(cell)
                draw_cell(pen, x, y + base, cell, plan)
        draw_column_rules(pen, x, y, height, setting)
        if place.last:
            pen.rule(left, y + height, setting.width, HEAVY)

    return draw


def _ascent(cell: CellText) -> float:
    if cell.reading:
        return 2.0
    return cell.leading / 2 + cell.style.size * 0.128


def group_row(text: str, setting: TableSetting, layout: Layout) -> Piece:
    """Lay out a grey sub-heading that spans the table."""
    style = Style("bold", setting.style.size)
    lines = layout.lines(text, style, setting.width - 2 * PADDING)
    height = setting.leading * len(lines) + max(setting.padding - 0.4, 1.6)

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        left = x + setting.left
        pen.fill(left, y, setting.width, height, GROUP_GREY)
        pen.rule(left, y, setting.width, *((HEAD_RULE, 0.0) if place.first else (HAIR, HAIR_GREY)))
        for number, line in enumerate(lines):
            base = (height - setting.leading * len(lines)) / 2 + setting.leading * (number + 0.5)
            pen.text(left + PADDING, y + base + style.size * 0.128, line, style)
        if place.last:
            pen.rule(left, y + height, setting.width, HEAVY)

    return Piece(height, draw)
