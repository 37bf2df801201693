"""Draws できるようになったこと: one ability per row, numbers, the increase as a formula, squares as characters."""

from __future__ import annotations

from app.documents.blocks import SquareChart, SquareLine
from app.documents.excel.grid import BlockColumns, ColumnSlot, spans
from app.documents.excel.looks import HAIR, HEAVY, LINE, Look
from app.documents.excel.numbers import read_number
from app.documents.excel.running_text import draw_note
from app.documents.excel.sheet_pen import SheetPen
from app.documents.excel.text_measure import text_width

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


def draw_squares(pen: SheetPen, chart: SquareChart, page_mm: float) -> None:
    """Draw heading, rows and note; the block is never split."""
    places = spans(square_columns(chart, page_mm), pen.grid)
    first = pen.row
    head = Look(size=9.0, bold=True, top=HEAVY, bottom=LINE)
    for words, span, align in zip(_HEADS, places, ("center", "left", "right", "right", "right", "left"), strict=True):
        pen.write_over_span(
            pen.row, span, words, head._replace(align=align, size=8.0 if span is places[-1] else 9.0), 20.0
        )
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
            pen.write_over_span(pen.row, goal, line.goal, look._replace(align="center"), 21.0)
        pen.write_over_span(pen.row, text, line.text, look, 21.0)
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
        pen.write_over_span(pen.row, squares, _squares(line, chart.people), look, 21.0)
        pen.row += 1
    draw_note(pen, chart.note)
    pen.keep_together(first, pen.row - 1)
    pen.space(6.0)


def _squares(line: SquareLine, people: int) -> str:
    if line.before is None or line.after is None:
        return ""
    return "".join("■" if at < line.before else "▨" if at < line.after else "□" for at in range(people))
