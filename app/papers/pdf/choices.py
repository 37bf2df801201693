"""Choices on paper: all words of a result are shown and the chosen one is ringed."""

from __future__ import annotations

from app.papers.blocks import Choice
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import CELL, CELL_BOLD, HAIR, HAIR_GREY, HEAVY


def choices(blocks: list[Choice], layout: Layout) -> list[Piece]:
    """Lay out neighbouring choices as rows: the label, all words, and a ring around the chosen one."""
    run = object()
    row = 7.8
    widest = max((layout.width(word, CELL_BOLD) for block in blocks for word in block.words), default=10.0)
    step = widest + 6.0
    longest = max((len(block.words) for block in blocks), default=1)
    words_start = layout.text_width - step * longest
    pieces = []
    for number, block in enumerate(blocks):
        lines = layout.lines(block.label, CELL, words_start - 4)
        height = max(row, 4.4 * len(lines) + 3.4)
        drawing = _choice_drawing(block, lines, height, words_start, step, layout)
        last = number == len(blocks) - 1
        pieces.append(
            Piece(height, drawing, space=2.0 if number == 0 else 0.0, run=run, keep=not last and len(blocks) < 5)
        )
    return pieces


def _choice_drawing(block: Choice, lines: list[str], height: float, start: float, step: float, layout: Layout) -> Draw:
    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        if place.first:
            pen.rule(x, y, layout.text_width, HEAVY)
        else:
            pen.rule(x, y, layout.text_width, HAIR, HAIR_GREY)
        middle = y + height / 2
        for number, line in enumerate(lines):
            pen.text(x + 1.5, middle + 1.15 + 4.4 * (number - (len(lines) - 1) / 2), line, CELL)
        for number, word in enumerate(block.words):
            centre = x + start + step * (number + 0.5)
            chosen = word == block.chosen
            style = CELL_BOLD if chosen else CELL
            if chosen:
                width = pen.width(word, style) + 4.4
                pen.box(centre - width / 2, middle - 2.7, width, 5.4, 1.1, radius=2.65)
            pen.text(centre, middle + 1.15, word, style, "center")
        if place.last:
            pen.rule(x, y + height, layout.text_width, HEAVY)

    return draw
