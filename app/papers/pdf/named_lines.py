"""An item of a letter whose lines have a second part at the right end: people, each with their 端末."""

from __future__ import annotations

from app.papers.handout_blocks import NamedLines
from app.papers.pdf.layout import Layout
from app.papers.pdf.letter_items import VALUE_COLUMN
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import LETTER_LABEL, Style


def named_lines(block: NamedLines, layout: Layout) -> list[Piece]:
    """Lay out one line a person; a long name wraps beside its right part, and a page may turn between people."""
    style = Style("mincho", layout.density.letter_size)
    leading = layout.density.letter_leading
    side = max((layout.width(right, style) for _, right in block.rows), default=0.0)
    room = layout.text_width - VALUE_COLUMN - (side + 5 if side else 0)
    names = layout.lines(block.label, LETTER_LABEL, VALUE_COLUMN - 12.5)
    pieces = []
    for position, (left, right) in enumerate(block.rows):
        lines = layout.lines(left, style, room, names=True)
        head = (str(block.number), names) if position == 0 else ("", [])
        height = max(leading * len(lines), 5.4 * len(head[1]))
        space = layout.density.item_space if position == 0 else 0.0
        pieces.append(Piece(height, _drawing(head, lines, right, layout, style), space=space, keep=position == 0))
    if pieces:
        pieces[-1].keep = False
    return pieces


def _drawing(head: tuple[str, list[str]], lines: list[str], right: str, layout: Layout, style: Style) -> Draw:
    leading = layout.density.letter_leading

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.text(x + 4, y + 4.6, head[0], LETTER_LABEL)
        for number, name in enumerate(head[1]):
            pen.text(x + 11, y + 4.6 + 5.4 * number, name, LETTER_LABEL)
        for number, line in enumerate(lines):
            pen.text(x + VALUE_COLUMN, y + 4.6 + leading * number, line, style)
        pen.text(x + layout.text_width, y + 4.6, right, style, "right")

    return draw
