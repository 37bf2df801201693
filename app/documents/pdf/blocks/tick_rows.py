"""Rows to tick and to write in by hand: boxes large enough for a pen, in large type."""

from __future__ import annotations

from app.documents.handout_blocks import TickRow, TickRows
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece
from app.documents.pdf.typesetting.sizes import HAIR, HAIR_GREY, HEAD_RULE, HEAVY, Style

_TEXT = Style("gothic", 12)
_NAME = Style("bold", 12)
_BOX = 4.6
_STEP = 5.6
_VALUES = 34.0
_FRAME_PAD = 4.4
_TICK_POSITIONS = 109.0
"""Position and spacing of the boxes at the right end of a row between rules."""
_TICK_STEP = 26.0


def tick_rows(block: TickRows, layout: Layout) -> list[Piece]:
    """Lay out the rows; none is split, and those between rules stay on one page."""
    last = len(block.rows) - 1
    return [_row(row, block, layout, first=number == 0, last=number == last) for number, row in enumerate(block.rows)]


def _row(row: TickRow, block: TickRows, layout: Layout, *, first: bool, last: bool) -> Piece:
    """Lay out one row of tick boxes with its name, value or room to write."""
    kind, width = block.kind, layout.text_width
    start = {"frame": _FRAME_PAD, "rules": _TICK_POSITIONS, "bare": _VALUES}[kind]
    style, alone = _TEXT if kind == "rules" else _NAME, not (row.ticks or row.value or row.room)
    if kind == "bare" and row.text:
        start = max(start, min(layout.width(row.text, _NAME) + 4, width / 2))
    names = layout.lines(row.text, style, width if alone else start - 4) if row.text else []
    values = layout.lines(row.value, _TEXT, width - start, names=True) if row.value else []
    height = max(_STEP * max(len(names), len(values), 1) + 3.0, 15.0 if kind == "frame" else 8.6)

    def draw(pen: Pen) -> None:
        """Draw the boxes with their options, and the name of the row."""
        middle = height / 2
        if kind == "frame":
            pen.box(0, 0, width, height, HEAD_RULE)
        elif kind == "rules":
            pen.rule(0, 0, width, HEAVY if first else HAIR, 0.0 if first else HAIR_GREY)
            if last:
                pen.rule(0, height, width, HEAVY)
        pen.centred(2 if kind == "rules" else 0, middle + 1.5, _STEP, names, style)
        pen.centred(start, middle + 1.5, _STEP, values, _TEXT)
        if row.room:
            pen.rule(start, middle + 4.0, row.room, HEAD_RULE)
        at = start
        for word in row.ticks:
            pen.box(at, middle - _BOX / 2, _BOX, _BOX, HEAD_RULE)
            pen.text(at + _BOX + 1.6, middle + 1.5, word, _TEXT)
            at += _TICK_STEP if kind == "rules" else _BOX + 1.6 + pen.width(word, _TEXT) + 9.0

    return Piece(height, draw, space=3.0 if first else 0.0, keep_with_next=not last and kind == "rules")
