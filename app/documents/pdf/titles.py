"""Titles, headings and letterheads: how a paper begins and how its parts are named."""

from __future__ import annotations

from dataclasses import replace

from app.documents.blocks import Heading, Letterhead, Paragraph, Title
from app.documents.pdf.layout import Layout
from app.documents.pdf.pen import Pen
from app.documents.pdf.pieces import Piece, Place
from app.documents.pdf.sizes import (
    BODY,
    CELL,
    HEADING_1,
    HEADING_2,
    HEADING_NUMBER,
    LEAD,
    LETTER_LABEL,
    SIDE_NOTE,
    SUBTITLE,
    TITLE_FORM,
    TITLE_LETTER,
    TITLE_REPORT,
    Style,
)
from app.documents.pdf.texts import paragraph

_NUMBER_BOX = 6.6
_FEW_CHARACTERS = 6  # a title this short is spaced out, as printed forms do


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
    sender_top = addressee_top + lead * len(addressee) + gap + 1.2

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        edge = x + layout.text_width
        for number, line in enumerate(top):
            pen.text(edge, y + 0.9 + lead * number, line, style, "right")
        for number, (indent, line) in enumerate(addressee):
            pen.text(x + indent, y + 0.9 + addressee_top + lead * number, line, style)
        _draw_sender(pen, edge, y + 0.9 + sender_top, block.sender, style, lead)

    return [Piece(sender_top + lead * len(block.sender) - 2.4, draw)]


def _draw_sender(pen: Pen, edge: float, y: float, lines: tuple[str, ...], style: Style, leading: float) -> None:
    for number, line in enumerate(lines):
        small = line.startswith(("（", "("))  # 担当 and 公印省略 stand below the name, smaller
        shown = Style(style.face, style.size - 2) if small else style
        pen.text(edge, y + leading * number, line, shown, "right")


def title(block: Title, layout: Layout) -> list[Piece]:
    """Lay out the title as the look asks: centred, at the left, or with its subtitle beside it.

    The lead of a letter is its opening sentence, set like the rest of the letter.
    """
    if layout.look == "roster":
        return [_roster_title(block, layout)]
    if layout.look == "form":
        return _form_title(block, layout)
    if layout.look == "letter" and block.lead:
        opening = paragraph(Paragraph(text=block.lead, style="letter"), layout)
        opening[0].space = 4.6
        return [*_centred_title(replace(block, lead=""), layout), *opening]
    return _centred_title(block, layout)


def _centred_title(block: Title, layout: Layout) -> list[Piece]:
    letter = layout.look == "letter"
    base = TITLE_LETTER if letter else TITLE_REPORT
    style = _shrunk(block.text, base, base.size - 3, layout)
    lines = layout.lines(block.text, style, layout.text_width)
    spaced = 1.2 if not letter and len(block.text) <= _FEW_CHARACTERS else 0.0
    step = style.size * 0.53
    below_style = TITLE_LETTER if letter else SUBTITLE
    below = layout.lines(block.subtitle, below_style, layout.text_width) if block.subtitle else []
    below_top = step * len(lines) + (0 if letter else -0.9)
    lead_style = _shrunk(block.lead, LEAD, 8.75, layout)
    lead = layout.lines(block.lead, lead_style, layout.text_width) if block.lead else []
    lead_top = below_top + 5.9 * len(below) + 2.6

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        middle = x + layout.text_width / 2
        for number, line in enumerate(lines):
            pen.text(middle, y + 5.6 + step * number, line, style, "center", spacing=spaced)
        for number, line in enumerate(below):
            pen.text(middle, y + 4.6 + below_top + 5.9 * number, line, below_style, "center")
        for number, line in enumerate(lead):
            pen.text(x, y + 4.6 + lead_top + 5.2 * number, line, lead_style)

    height = (lead_top + 5.2 * len(lead) + 1.0) if lead else below_top + 5.9 * len(below) + 0.6
    return [Piece(height, draw, space=8.0 if letter else 5.8, keep=True)]


def _form_title(block: Title, layout: Layout) -> list[Piece]:
    style = _shrunk(block.text, TITLE_FORM, 14, layout)
    lines = layout.lines(block.text, style, layout.text_width)
    beside = len(lines) == 1 and (
        layout.width(block.text, style) + layout.width(block.subtitle, SUBTITLE) + 8 <= layout.text_width
    )
    below = [] if beside or not block.subtitle else layout.lines(block.subtitle, SUBTITLE, layout.text_width)
    lead = layout.lines(block.lead, LEAD, layout.text_width) if block.lead else []
    below_top = 8.0 * len(lines)
    lead_top = below_top + 5.8 * len(below)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        for number, line in enumerate(lines):
            pen.text(x, y + 4.2 + 8.0 * number, line, style)
        if beside:
            pen.text(x + layout.text_width, y + 4.2, block.subtitle, SUBTITLE, "right")
        for number, line in enumerate(below):
            pen.text(x, y + 3.4 + below_top + 5.8 * number, line, SUBTITLE)
        for number, line in enumerate(lead):
            pen.text(x, y + 3.2 + lead_top + 5.2 * number, line, LEAD)

    height = lead_top + 5.2 * len(lead) - (1.0 if not below and not lead else 0.4)
    return [Piece(height, draw, space=3.0, keep=True)]


def _roster_title(block: Title, layout: Layout) -> Piece:
    offset = layout.width(block.text, TITLE_REPORT) + 10
    room = layout.text_width - offset - 78  # the handling mark stands at the right
    subtitle = _shrunk(block.subtitle, SUBTITLE, 9, layout, room)
    below = _shrunk(block.lead, CELL, 8, layout, room)
    lines = layout.lines(block.lead, below, room) if block.lead else []

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.text(x, y - 9.0, block.text, TITLE_REPORT)
        pen.text(x + offset, y - 9.2, block.subtitle, subtitle)
        for number, line in enumerate(lines):
            pen.text(x + offset, y - 4.4 + 4.0 * number, line, below)

    return Piece(max(0.0, 4.0 * (len(lines) - 1) - 1.0), draw, keep=True)


def _shrunk(text: str, style: Style, floor: float, layout: Layout, room: float | None = None) -> Style:
    width = room if room is not None else layout.text_width
    size = style.size
    while size > floor and layout.width(text, Style(style.face, size)) > width:
        size -= 0.25
    return Style(style.face, size)


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
