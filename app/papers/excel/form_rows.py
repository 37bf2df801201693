"""Draws a form to fill in by hand, and the items of a letter that name people, in a sheet."""

from __future__ import annotations

from app.papers.excel.forms import LABEL_MM
from app.papers.excel.grid import Slot, Span, Strip, spans
from app.papers.excel.looks import GREY_LABEL, HEAVY, LINE, Look
from app.papers.excel.measure import text_width
from app.papers.excel.sheet_pen import SheetPen
from app.papers.handout_blocks import FormRows, NamedLines

_FORM_LABEL_MM = 33.0
_SHARES = 4
_POINTS = 72 / 25.4
_RIGHT_MM = 26.0


def form_rows_strip(block: FormRows, page_mm: float) -> Strip:
    """Return the label column and four equal columns that the fields share."""
    unit = (page_mm - _FORM_LABEL_MM) / _SHARES
    labels = tuple(text_width(row.label, 11.0) for row in block.rows)
    return Strip((Slot(_FORM_LABEL_MM, labels), *(Slot(unit) for _ in range(_SHARES))))


def draw_form_rows(pen: SheetPen, block: FormRows, page_mm: float) -> None:
    """Draw every row with lines all round; caption and printed text share the cell that is written in."""
    label, *units = spans(form_rows_strip(block, page_mm), pen.grid)
    first = pen.row
    for number, row in enumerate(block.rows):
        top = HEAVY if number == 0 else LINE
        bottom = HEAVY if number == len(block.rows) - 1 else LINE
        least = row.height * _POINTS
        grey = Look(size=11.0, bold=True, fill=GREY_LABEL, top=top, bottom=bottom, left=HEAVY, right=LINE)
        pen.spread(pen.row, label, row.label, grey, least)
        place = 0
        for field in row.fields:
            part = units[place : place + field.share] or units[-1:]
            place += field.share
            edge = HEAVY if place >= _SHARES else LINE
            text = "\n".join(line for line in (field.caption, field.text) if line)
            look = Look(size=11.0, valign="top" if field.caption else "center", top=top, bottom=bottom, right=edge)
            pen.spread(pen.row, Span(part[0].first, part[-1].last, part[0].first), text, look, least)
        pen.blank(pen.row, units[-1].last + 1, pen.grid.last, Look())
        pen.row += 1
    pen.glue(first, pen.row - 1)
    pen.space(9.0)


def named_lines_strip(block: NamedLines, page_mm: float) -> Strip:
    """Return the item column, the column of the people, and that of what stands at the right end."""
    people = page_mm - LABEL_MM - _RIGHT_MM
    return Strip((
        Slot(LABEL_MM, (text_width(block.label, 10.5),)),
        Slot(people, tuple(text_width(left, 10.5) for left, _ in block.rows)),
        Slot(_RIGHT_MM, tuple(text_width(right, 10.5) for _, right in block.rows)),
    ))  # fmt: skip


def draw_named_lines(pen: SheetPen, block: NamedLines, page_mm: float) -> None:
    """Draw one row a person, the label in the first."""
    label, people, side = spans(named_lines_strip(block, page_mm), pen.grid)
    first = pen.row
    for number, (left, right) in enumerate(block.rows):
        name = f"{block.number}　{block.label}" if number == 0 else ""
        pen.spread(pen.row, label, name, Look(size=10.5, bold=True, valign="top"), 21.0)
        pen.spread(pen.row, people, left, Look(size=10.5, valign="top"), 21.0)
        pen.spread(pen.row, side, right, Look(size=10.5, valign="top", align="right"), 21.0)
        pen.row += 1
    pen.glue(first, min(first + 1, pen.row - 1))
