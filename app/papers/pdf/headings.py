"""Headings that stay with what follows: a number in a black box, or plain bold."""

from __future__ import annotations

from app.papers.blocks import Heading
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import HEADING_1, HEADING_2, HEADING_NUMBER, LETTER_LABEL, SIDE_NOTE

_NUMBER_BOX = 6.6


def heading(block: Heading, layout: Layout) -> list[Piece]:
    """Lay out a heading that stays with what follows; letters use the plain form for both levels."""
    if block.level == 1 and layout.look != "letter":
        return [_boxed_heading(block, layout)]
    return [_plain_heading(block, layout)]


def _boxed_heading(block: Heading, layout: Layout) -> Piece:
    box = max(_NUMBER_BOX, layout.width(block.number, HEADING_NUMBER) + 2.6) if block.number else 0
    offset = box + 2.5 if box else 0
    room = layout.text_width - offset - layout.width(block.right, SIDE_NOTE) - 4
    lines = layout.lines(block.text, HEADING_1, room)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        if box:
            pen.fill(x, y, box, _NUMBER_BOX, 0)
            pen.text(x + box / 2, y + 4.85, block.number, HEADING_NUMBER, "center", white=True)
        for number, line in enumerate(lines):
            pen.text(x + offset, y + 4.95 + 6.2 * number, line, HEADING_1)
        pen.text(x + layout.text_width, y + 4.95, block.right, SIDE_NOTE, "right")

    height = _NUMBER_BOX + 6.2 * (len(lines) - 1) + 0.8
    return Piece(height, draw, space=layout.density.heading_space, keep=True)


def _plain_heading(block: Heading, layout: Layout) -> Piece:
    letter = layout.look == "letter"
    style = LETTER_LABEL if letter else HEADING_2
    number = block.number
    step = 5.0 if letter else 8.6
    offset = max(step, layout.width(number, style) + 1.6) if number else 0.0
    room = layout.text_width - offset - layout.width(block.right, SIDE_NOTE) - 4
    lines = layout.lines(block.text, style, room)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        # A bracket leaves white at its left; the text below starts at the edge, so does the bracket.
        pen.text(x - (0.6 if number.startswith("（") else 0), y + 4.2, number, style)
        for count, line in enumerate(lines):
            pen.text(x + offset, y + 4.2 + 5.4 * count, line, style)
        pen.text(x + layout.text_width, y + 4.2, block.right, SIDE_NOTE, "right")

    return Piece(5.0 + 5.4 * (len(lines) - 1), draw, space=2.9, keep=True)
