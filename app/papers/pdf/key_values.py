"""Labelled values on paper: a grey label column and the values beside it."""

from __future__ import annotations

from app.papers.blocks import KeyValues
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import BODY, CELL_BOLD, HAIR, HAIR_GREY, KEY_RULE, LABEL_GREY

_PART_LINES = 16


def key_values(block: KeyValues, layout: Layout) -> list[Piece]:
    """Lay out rows of a grey label and its value; a long table of them may turn the page."""
    run = object()
    last = len(block.rows) - 1
    page = int((layout.paper.body_height - 10) / layout.density.key_leading)
    pieces: list[Piece] = []
    for number, (label, value) in enumerate(block.rows):
        lines = layout.lines(value, BODY, layout.text_width - block.label_width - 4.5)
        limit = page if len(lines) <= page else _PART_LINES  # only a value longer than a page is parted
        for start in range(0, len(lines), limit):
            part = lines[start : start + limit]
            piece = _key_value("" if start else label, part, block.label_width, layout, ruled=not start)
            piece.run = run
            piece.space = 0.0 if pieces else 2.0
            pieces.append(piece)
        pieces[-1].keep = (last < 6 or number in (0, last - 1)) and number != last
    return pieces


def _key_value(label: str, lines: list[str], label_width: float, layout: Layout, *, ruled: bool) -> Piece:
    leading = layout.density.key_leading
    labels = layout.lines(label, CELL_BOLD, label_width - 4.2)
    height = max(leading * len(lines), 4.4 * len(labels)) + layout.density.key_padding
    base = layout.density.key_padding / 2 + leading / 2 + 1.25

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        pen.fill(x, y, label_width, height, LABEL_GREY)
        if place.first:
            pen.rule(x, y, layout.text_width, KEY_RULE)
        elif ruled:
            pen.rule(x, y, layout.text_width, HAIR, HAIR_GREY)
        for number, line in enumerate(labels):
            pen.text(x + 2.4, y + base - 0.1 + 4.4 * number, line, CELL_BOLD)
        for number, line in enumerate(lines):
            pen.text(x + label_width + 3.0, y + base + leading * number, line, BODY)
        if place.last:
            pen.rule(x, y + height, layout.text_width, KEY_RULE)

    return Piece(height, draw)
