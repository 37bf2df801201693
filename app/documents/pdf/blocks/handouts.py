"""The blocks of a flyer: its banner, its labelled items in large type, and boxes with running text."""

from __future__ import annotations

from dataclasses import replace

from app.documents.handout_blocks import Banner, HandoutItems, NoticeBox
from app.documents.pdf.blocks.questionnaire_form import QR, draw_qr
from app.documents.pdf.typesetting.layout import Layout, draw_line
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece
from app.documents.pdf.typesetting.sizes import HAIR, HAIR_GREY, KEY_RULE, NORMAL, Paper, Style

HANDOUT_PAPER = Paper(210, 297, 28, 20, 18, 16)
"""A4 for people outside, with a wider left margin for filing."""

LINE = 0.53  # millimetres of leading for a point of type
_LABEL = 33.0
_HEADLINES = (40.0, 22.0)
_LEAD = Style("gothic", 14)


def on_handout(layout: Layout) -> Layout:
    """Return the same layout with the paper of a handout."""
    return replace(layout, paper=HANDOUT_PAPER)


def banner(block: Banner, layout: Layout) -> list[Piece]:
    """Lay out the head of a flyer; the headline takes the largest size at which its lines are few (``_headline``)."""
    page = on_handout(layout)
    width = page.text_width
    style, lines = _headline(block.headline, page, width - 14, 24.0 if block.plain else _HEADLINES[0])
    step = style.size * 0.46
    box = step * len(lines) + (2 if block.plain else 9)
    inset = 0.7 if block.plain else 4.2
    above = page.lines(block.above, Style("bold", 14), width) if block.above else []
    under = Style("bold", max(16.0, layout.density.letter_size))
    below = page.lines(block.below, under, width) if block.below else []
    lead = (
        [line for part in block.lead.split("\n") for line in page.justified(part, _LEAD, width)] if block.lead else []
    )
    box_top = 7.4 * len(above) + (1.5 if above else 0)
    below_top = box_top + box + (2.5 if below else 0)
    lead_top = below_top + 8.4 * len(below) + (2.5 if lead else 0)

    def draw(pen: Pen) -> None:
        """Draw the head of the flyer."""
        middle = width / 2
        pen.lines(middle, 5.4, 7.4, above, Style("bold", 14), "center")
        pen.tags.begin_part("H1")
        if not block.plain:
            pen.fill(0, box_top, width, box, 0, radius=2)
        for number, line in enumerate(lines):
            base = box_top + inset + step * (number + 0.80)
            pen.text(middle, base, line, style, "center", white=not block.plain)
        pen.tags.begin_part()
        pen.lines(middle, below_top + 6.0, 8.4, below, under, "center")
        pen.tags.begin_part()
        for number, shown in enumerate(lead):
            draw_line(pen, 0, lead_top + 5.6 + 7.6 * number, shown, _LEAD, width)

    return [Piece(lead_top + 7.6 * len(lead) + 2.5, draw, keep_with_next=True, paper=HANDOUT_PAPER)]


def _headline(text: str, page: Layout, width: float, largest: float) -> tuple[Style, list[str]]:
    """Return the largest style in which a headline takes one line (two from 30 points down), and its lines.

    As many lines as it is typed in are always allowed, and at the smallest size any number.
    """
    size, floor = largest, _HEADLINES[1]
    while True:
        style = Style("bold", size)
        lines = page.lines(text, style, width, names=True)
        if size <= floor or len(lines) <= max(text.count("\n") + 1, 1 if size > 30 else 2):
            return style, lines
        size -= 1


def handout_items(block: HandoutItems, layout: Layout) -> list[Piece]:
    """Lay out labels on grey and values in 14 pt; the rows named large stand in 20 pt bold."""
    page = on_handout(layout)
    return [_item(label, value, page, large=number in block.large) for number, (label, value) in enumerate(block.rows)]


def _item(label: str, value: str, page: Layout, *, large: bool) -> Piece:
    """Lay out one row of a flyer: label at the left, and its value, ``large`` in 20 points bold, down to 16 to fit."""
    roomy = page.density is NORMAL
    pad, space = (1.9, 1.1) if roomy else (1.2, 0.7) if page.density.handout_line >= 0.9 else (0.8, 0.5)
    room = page.text_width - _LABEL - 4
    style = Style("gothic", 14)
    if large:
        style = Style("bold", 20).shrunk(
            16, lambda one: all(page.width(part, one) <= room for part in value.split("\n")), 0.5
        )
    step = style.size * LINE * min(page.density.handout_line, 0.92 if large else 1.0 if roomy else 0.94)
    lines = page.lines(value, style, room, names=True)
    names = page.lines(label, Style("bold", 13), _LABEL - 5)
    height = max(step * len(lines), 6.6 * len(names)) + 2 * pad

    def draw(pen: Pen) -> None:
        """Draw the label and the value."""
        pen.fill(0, 0, _LABEL, height, 0.90)
        top = (height - 6.6 * len(names)) / 2
        pen.lines(2.5, top + 4.9, 6.6, names, Style("bold", 13))
        first = (height - step * len(lines)) / 2 + step * 0.5 + style.size * 0.125
        pen.lines(_LABEL + 4, first, step, lines, style)
        pen.rule(_LABEL, height, page.text_width - _LABEL, HAIR, HAIR_GREY)

    return Piece(height, draw, space=space, paper=HANDOUT_PAPER)


def notice_box(block: NoticeBox, layout: Layout) -> list[Piece]:
    """Lay out a box with a title and text, with the margins of the handout or letter it is in."""
    handout = layout.look == "card"
    page = on_handout(layout) if handout else layout
    size = max(block.size, layout.density.letter_size)
    style = Style("bold" if block.strong else "gothic", size)
    step = size * LINE * layout.density.handout_line
    room = page.text_width - 10 - (QR + 4 if block.url else 0)
    # Who cannot scan the code types its address.
    texts = [*block.text.split("\n"), *([block.url] if block.url and block.url not in block.text else [])]
    lines = [line for part in texts for line in page.justified(part, style, room)]
    head = 7.0 * max(1.0, (size + 1) / 14) if block.title else 0.0
    height = max(2.6 + head + step * len(lines) + 2.0, QR + 5 if block.url else 0)

    def draw(pen: Pen) -> None:
        """Draw the frame, the title and the text, and the QR code if it has an address."""
        pen.box(0, 0, page.text_width, height, KEY_RULE)
        pen.tags.begin_part("H2" if block.title else "P")
        pen.text(5, head + 0.2, block.title, Style("bold", size + 1))
        pen.tags.begin_part()
        for number, line in enumerate(lines):
            draw_line(pen, 5, 2.6 + head + step * (number + 0.72), line, style, room)
        if block.url:
            draw_qr(pen, page.text_width - QR - 2.5, 2.5, block.url)

    return [Piece(height, draw, space=2.6, paper=HANDOUT_PAPER if handout else None)]
