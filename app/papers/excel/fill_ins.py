"""What is filled in by hand, as rows of a sheet: lines with labels, boxes to sign, a box to write in."""

from __future__ import annotations

from app.papers.blocks import FillLine, SignBoxes, WriteBox
from app.papers.excel.looks import LINE, Look
from app.papers.excel.sheet_pen import SheetPen

_BLANK_MM = 3.2  # a full-width space at nine points


def draw_fill_line(pen: SheetPen, block: FillLine) -> None:
    """Draw the labels with room to write between them."""
    parts = [f"{label}{'　' * round(room / _BLANK_MM)}{unit}" for label, room, unit in block.parts]
    pen.running("　".join(parts), Look(size=9.0), 18.0, even=True)


def draw_sign_boxes(pen: SheetPen, block: SignBoxes) -> None:
    """Draw one row a box: the label and the words to write between."""
    for label, line in block.boxes:
        look = Look(size=9.0, top=LINE, bottom=LINE, left=LINE, right=LINE)
        pen.spread(pen.row, pen.whole(), f"{label}　　　{line}", look, 27.0)
        pen.row += 1
    pen.space(6.0)


def draw_write_box(pen: SheetPen, block: WriteBox) -> None:
    """Draw the label and below it one high row to write in."""
    first = pen.row
    pen.running(block.label, Look(size=9.0, bold=True), 18.0)
    look = Look(size=10.0, valign="top", wrap=True, top=LINE, bottom=LINE, left=LINE, right=LINE)
    pen.spread(pen.row, pen.whole(), block.text, look, block.height / 25.4 * 72)
    pen.row += 1
    pen.glue(first, pen.row - 1)
    pen.space(6.0)
