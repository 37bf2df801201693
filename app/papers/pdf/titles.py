"""Titles: centred on a report or letter, at the left on a form, in one line on a roster."""

from __future__ import annotations

from dataclasses import replace

from app.papers.blocks import Paragraph, Title
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import CELL, LEAD, SUBTITLE, TITLE_FORM, TITLE_LETTER, TITLE_REPORT, Style
from app.papers.pdf.texts import paragraph

_FEW_CHARACTERS = 6  # a title this short is spaced out, as printed forms do


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
