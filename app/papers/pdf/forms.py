"""What is filled in by hand: lines with labels and units, boxes to sign or to write in, and whole forms of such boxes."""

from __future__ import annotations

from app.papers.blocks import FillLine, SignBoxes, WriteBox
from app.papers.handout_blocks import FormField, FormRow, FormRows
from app.papers.pdf.handouts import HANDOUT, on_handout
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import CELL, CELL_BOLD, HAIR, HEAD_RULE, HEAVY, LABEL_GREY, Style

_GAP = 4.5
_LINE = 0.35
_LABEL = 33.0
_SHARES = 4
_NAME, _CAPTION, _TEXT = Style("bold", 12), Style("gothic", 11), Style("gothic", 12)
_STEP = 6.0


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


def form_rows(block: FormRows, layout: Layout) -> list[Piece]:
    """Lay out the rows; the form is never split over pages."""
    page = on_handout(layout)
    return [
        _row(row, page, first=number == 0, last=number == len(block.rows) - 1) for number, row in enumerate(block.rows)
    ]


def _row(row: FormRow, page: Layout, *, first: bool, last: bool) -> Piece:
    unit = (page.text_width - _LABEL) / _SHARES
    names = page.lines(row.label, _NAME, _LABEL - 5)
    shown = [(field, _lines(field, page, unit)) for field in row.fields]
    needed = max([_STEP * len(lines) + (6.0 if field.caption else 0) for field, lines in shown] + [_STEP * len(names)])
    height = max(row.height, needed + 3.0)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.fill(x, y, _LABEL, height, LABEL_GREY)
        # The grey of a label would cover half of the rule above it: the rule is drawn once more.
        pen.rule(x, y, page.text_width, HEAVY if first else HEAD_RULE)
        pen.rule(x, y + height, page.text_width, HEAVY if last else HEAD_RULE)
        pen.upright(x, y, height, HEAVY)
        pen.upright(x + page.text_width, y, height, HEAVY)
        pen.upright(x + _LABEL, y, height, HEAD_RULE)
        top = y + (height - _STEP * len(names)) / 2
        for number, name in enumerate(names):
            pen.text(x + 2.5, top + 4.4 + _STEP * number, name, _NAME)
        left = x + _LABEL
        for place, (field, lines) in enumerate(shown):
            if place:
                pen.upright(left, y, height, HAIR)
            pen.text(left + 1.8, y + 4.8, field.caption, _CAPTION)
            start = y + 6.0 if field.caption else y + (height - _STEP * len(lines)) / 2
            for number, line in enumerate(lines):
                pen.text(left + 2.5, start + 4.4 + _STEP * number, line, _TEXT)
            left += unit * field.share

    return Piece(height, draw, space=2.4 if first else 0, keep=not last, paper=HANDOUT)


def _lines(field: FormField, page: Layout, unit: float) -> list[str]:
    return page.lines(field.text, _TEXT, unit * field.share - 5) if field.text else []
