"""Tables: whole rows, a heading that comes again on every page, totals and notes kept in place."""

from __future__ import annotations

from app.papers.blocks import Table
from app.papers.pdf.cell_drawing import draw_cell
from app.papers.pdf.cells import fit_heading
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import HEAD_RULE, HEAVY, NOTE
from app.papers.pdf.table_rows import group_row, row_pieces
from app.papers.pdf.table_setting import TableSetting, draw_column_rules, setting_of

_SAME = "〃"
_CONTINUED = "（つづき）"
_CONTINUED_HEIGHT = 4.0


def table(block: Table, layout: Layout) -> list[Piece]:
    """Lay out a table as one piece a row, with its heading and its note."""
    if any(len(row) > len(block.columns) for row in block.rows):
        raise ValueError("表の行に、見出しより多い欄があります。")
    setting = setting_of(block, layout)
    run = object()
    heading = _heading(setting, layout, run)
    pieces = [heading]
    last = len(block.rows) - 1
    limit = layout.paper.body_height - heading.height - _CONTINUED_HEIGHT
    for number, (cells, in_full) in enumerate(_repeated_values(block.rows)):
        if number in block.group_rows:
            made = [group_row(cells[0] if cells else "", setting, layout)]
        else:
            made = row_pieces(number, (cells, in_full), block, setting, layout, limit)
        for piece in made:
            piece.run, piece.heading, piece.run_on = run, heading, _CONTINUED_HEIGHT
        made[-1].keep = (
            number in block.group_rows
            or (number in (0, last - 1) and number != last)
            or number < last < 4
            or (number == last and bool(block.note))
        )
        pieces += made
    if block.note:
        pieces.append(layout.note(block.note, left=setting.left, width=setting.width))
    return pieces


def _repeated_values(rows: tuple[tuple[str, ...], ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give every row twice: as it is, and with 〃 said in full for the top of a page."""
    full: list[str] = []
    result = []
    for row in rows:
        known = full + [""] * (len(row) - len(full))
        full = [known[number] if cell == _SAME else cell for number, cell in enumerate(row)]
        result.append((row, tuple(full)))
    return result


def _heading(setting: TableSetting, layout: Layout, run: object) -> Piece:
    cells = [fit_heading(plan, layout) for plan in setting.plans]
    tallest = max(cell.height for cell in cells)
    height = tallest + (2.7 if tallest < 4 or not setting.ruled else 3.2)

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        left = x + setting.left
        if place.continued:
            pen.text(left + setting.width, y - 1.3, _CONTINUED, NOTE, "right")
        pen.rule(left, y, setting.width, HEAVY)
        for cell, plan in zip(cells, setting.plans, strict=True):
            draw_cell(pen, x, y + (height - cell.height) / 2 + 2.95, cell, plan)
        pen.rule(left, y + height, setting.width, HEAD_RULE)
        draw_column_rules(pen, x, y, height, setting)

    return Piece(height, draw, space=2.0, keep=True, run=run)
