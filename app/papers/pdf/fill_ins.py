"""What is filled in by hand: lines with labels and units, boxes to sign, a box to write in."""

from __future__ import annotations

from app.papers.blocks import FillLine, SignBoxes, WriteBox
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import CELL, CELL_BOLD, HEAD_RULE

_GAP = 4.5
_LINE = 0.35


def fill_line(block: FillLine, layout: Layout) -> list[Piece]:
    """Lay out labels with room to write, as many lines as they need."""
    rows: list[list[tuple[str, float, str, float]]] = [[]]
    x = 0.0
    for label, room, unit in block.parts:
        width = layout.width(label, CELL) + (room + 2 if room else 0) + layout.width(unit, CELL)
        if x and x + width > layout.text_width:
            rows.append([])
            x = 0.0
        rows[-1].append((label, room, unit, x))
        x += width + _GAP

    def drawing(row: list[tuple[str, float, str, float]]) -> Piece:
        def draw(pen: Pen, left: float, y: float, _place: Place) -> None:
            for label, room, unit, at in row:
                start = left + at
                pen.text(start, y + 4.6, label, CELL)
                start += pen.width(label, CELL)
                if room:
                    pen.rule(start + 1, y + 5.5, room, _LINE)
                    pen.text(start + room + 2, y + 4.6, unit, CELL)

        return Piece(7.4, draw)

    pieces = [drawing(row) for row in rows]
    pieces[0].space = 1.6
    for piece in pieces[:-1]:
        piece.keep = True
    return pieces


def sign_boxes(block: SignBoxes, layout: Layout) -> list[Piece]:
    """Lay out boxes side by side, each with its label and a line of words to write between."""
    width = layout.text_width / max(len(block.boxes), 1)
    height = 16.0

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        for number, (label, line) in enumerate(block.boxes):
            left = x + width * number
            pen.box(left, y, width, height, HEAD_RULE)
            pen.text(left + 3, y + 5.4, label, CELL_BOLD)
            pen.text(left + 6, y + 12, line, CELL)

    return [Piece(height, draw, space=5.0)]


def write_box(block: WriteBox, layout: Layout) -> list[Piece]:
    """Lay out a box with its label above; what is known stands in it."""
    lines = layout.lines(block.text, CELL, layout.text_width - 6) if block.text else []
    height = max(block.height, 4.4 * len(lines) + 4)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.text(x, y + 3.8, block.label, CELL_BOLD)
        pen.box(x, y + 5.6, layout.text_width, height, HEAD_RULE)
        for number, line in enumerate(lines):
            pen.text(x + 3, y + 10.4 + 4.4 * number, line, CELL)

    return [Piece(height + 5.6, draw, space=4.0)]
