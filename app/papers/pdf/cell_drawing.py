"""Draws one fitted table cell: figures aligned, readings above names, rings around words."""

from __future__ import annotations

from app.papers.pdf.cells import RING, CellText, is_aside
from app.papers.pdf.column_plans import PADDING, UNIT_GAP, ColumnPlan, unit_style
from app.papers.pdf.pen import Pen
from app.papers.pdf.sizes import Style


def draw_cell(pen: Pen, x: float, base: float, cell: CellText, plan: ColumnPlan) -> None:
    """Draw a cell's text with its first baseline at ``base``; ``x`` is the table's left edge."""
    left = x + plan.x
    if cell.reading:
        pen.text(left + PADDING, base, cell.reading, cell.reading_style)
        base += 4.25
    if cell.unit:
        edge = left + plan.width - PADDING
        pen.digits(edge - plan.unit_width, base, cell.figure, cell.style)
        pen.text(edge - plan.unit_width + UNIT_GAP, base, cell.unit, unit_style(cell.style))
        return
    if cell.choices:
        _draw_choices(pen, left + PADDING, base, cell, plan.room)
        return
    for line in cell.lines:
        style = cell.aside if cell.aside and is_aside(line) else cell.style
        if plan.align == "right":
            edge = left + plan.width - PADDING
            pen.digits(edge - (plan.unit_width if cell.heading else 0), base, line, style)
        elif plan.align == "center":
            pen.digits(left + plan.width / 2, base, line, style, "center")
        else:
            pen.text(left + PADDING, base, line, style)
        base += cell.leading


def _draw_choices(pen: Pen, x: float, base: float, cell: CellText, room: float) -> None:
    """Write all words in even steps and put a ring around the chosen one."""
    widths = [pen.width(word, cell.style) + 2 * RING for word in cell.choices]
    gap = (room - sum(widths)) / max(len(widths) - 1, 1)
    for word, width in zip(cell.choices, widths, strict=True):
        chosen = word in cell.lines
        style = cell.style if chosen else Style("gothic", cell.style.size)
        if chosen:
            pen.box(x, base - 3.75, width, 5.3, 1.1, radius=2.6)
        pen.text(x + width / 2, base, word, style, "center")
        x += width + max(gap, 0)
