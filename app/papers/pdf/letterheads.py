"""The top of a letter or report: addressee, date and sender."""

from __future__ import annotations

from app.papers.blocks import Letterhead
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import BODY, Style

_WINDOW = 82.0  # what a window envelope of the usual size shows
_WINDOW_TYPE = Style("mincho", 10.5)


def letterhead(block: Letterhead, layout: Layout) -> list[Piece]:
    """Lay out addressee, date and sender; a report puts addressee and date on one line."""
    return _letter_head(block, layout) if layout.look == "letter" else _report_head(block, layout)


def _report_head(block: Letterhead, layout: Layout) -> list[Piece]:
    right = layout.width(block.date, BODY)
    addressee = layout.lines(block.addressee, BODY, layout.text_width - right - 6)
    above = [block.reference] if block.reference else []
    sender_top = 6.2 * len(above) + 5.4 * len(addressee) + 3.4

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        edge = x + layout.text_width
        for line in above:
            pen.text(edge, y + 0.9, line, BODY, "right")
        base = y + 0.9 + 6.2 * len(above)
        for number, line in enumerate(addressee):
            pen.text(x, base + 5.4 * number, line, BODY)
        pen.text(edge, base, block.date, BODY, "right")
        _draw_sender(pen, edge, y + sender_top + 0.9, block.sender, BODY, 5.4)

    height = sender_top + 5.4 * len(block.sender) - 3.0
    return [Piece(height, draw)]


def _letter_head(block: Letterhead, layout: Layout) -> list[Piece]:
    style = Style("mincho", layout.density.letter_size)
    lead = layout.density.letter_leading
    top = [line for line in (block.reference, block.date) if line]
    addressee = [
        (4.0 if number else 0.0, line)
        for number, part in enumerate(block.addressee.split("\n"))
        for line in layout.lines(part.lstrip(" 　"), style, layout.text_width - 4)
    ]
    gap = max(4.6, lead - 1.6)
    addressee_top = lead * len(top) + gap
    window = [line for part in block.window for line in layout.lines(part, _WINDOW_TYPE, _WINDOW)]
    if block.window:  # address and addressee stand beside number and date, where the envelope shows them
        addressee = [
            (4.0 if number else 0.0, line)
            for number, part in enumerate(block.addressee.split("\n"))
            for line in layout.lines(part.lstrip(" 　"), _WINDOW_TYPE, _WINDOW - 4, names=True)
        ]
        style_to, step, addressee_top = _WINDOW_TYPE, 5.2, 5.2 * len(window) + 1.4
    else:
        style_to, step = style, lead
    sender_top = max(addressee_top + step * len(addressee), lead * len(top)) + gap + 1.2

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        edge = x + layout.text_width
        for number, line in enumerate(top):
            pen.text(edge, y + 0.9 + lead * number, line, style, "right")
        for number, (indent, line) in enumerate(addressee):
            pen.text(x + indent, y + 0.9 + addressee_top + step * number, line, style_to)
        for number, line in enumerate(window):
            pen.text(x, y + 0.9 + step * number, line, style_to)
        _draw_sender(pen, edge, y + 0.9 + sender_top, block.sender, style, lead)

    return [Piece(sender_top + lead * len(block.sender) - 2.4, draw)]


def _draw_sender(pen: Pen, edge: float, y: float, lines: tuple[str, ...], style: Style, leading: float) -> None:
    for number, line in enumerate(lines):
        small = line.startswith(("（", "("))  # 担当 and 公印省略 stand below the name, smaller
        shown = Style(style.face, style.size - 2) if small else style
        pen.text(edge, y + leading * number, line, shown, "right")
