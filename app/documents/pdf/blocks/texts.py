"""Titles, headings, paragraphs, short lists, and 「以上」; headings stay with what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Bullets, Closing, Heading, Paragraph, Title
from app.documents.pdf.typesetting.layout import Layout, draw_line
from app.documents.pdf.typesetting.line_breaking import SetLine
from app.documents.pdf.typesetting.pen import Anchor, Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    BODY,
    CELL,
    HEADING_1,
    HEADING_2,
    HEADING_NUMBER,
    LEAD,
    LETTER_LABEL,
    MM,
    SIDE_NOTE,
    STRONG,
    SUBTITLE,
    TITLE_FORM,
    TITLE_REPORT,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag
from app.documents.text_marks import running_text
from db.digits import is_digits

_FEW_CHARACTERS = 6  # a title this short is spaced out, as printed forms do
_NUMBER_BOX = 6.6
_ROSTER_LINE = 4.2
_HANG = 4.2  # where the text of a bullet starts
_WHOLE_BULLET = 8  # lines of a bullet kept together


def title(block: Title, layout: Layout) -> list[Piece]:
    """Lay out the title in the form of its look: centred, at the left, or with its subtitle beside it.

    The lead of a letter is its opening sentence, set like the rest of the letter.
    """
    if layout.look == "roster":
        return [_roster_title(block, layout)]
    if layout.look == "form" and not block.centred:
        return _form_title(block, layout)
    if layout.look == "letter" and block.lead:
        opening = paragraph(Paragraph(block.lead, style="letter"), layout)
        opening[0].space = 4.6
        return [*_centred_title(replace(block, lead=""), layout), *opening]
    return _centred_title(block, layout)


def _centred_title(block: Title, layout: Layout) -> list[Piece]:
    """Lay out a centred title, smaller where it would need more lines."""
    letter = layout.look == "letter"
    base = layout.density.letter_title if letter else TITLE_REPORT
    style = _shrunk_style(block.text, base, layout.density.letter_size if letter else base.size - 3, layout)
    lines = layout.lines(block.text, style, layout.text_width)
    spaced = 1.2 if not letter and len(block.text) <= _FEW_CHARACTERS else 0.0
    step = style.size * 0.53
    below_style = style if letter else SUBTITLE  # the second half of a letter's subject, not smaller than the first
    below = layout.lines(block.subtitle, below_style, layout.text_width) if block.subtitle else []
    next_line = 5.9 * layout.density.letter_scale if letter else 5.9
    below_top = step * len(lines) + ((1.0 if len(lines) > 1 else 0.0) if letter else -0.9)
    lead_style = _shrunk_style(block.lead, LEAD, 8.75, layout)
    lead = layout.lines(block.lead, lead_style, layout.text_width) if block.lead else []
    lead_top = below_top + next_line * len(below) + 2.6
    first, second = (5.6, 4.6) if not letter else (5.6 * layout.density.letter_scale, 4.6 * layout.density.letter_scale)

    def draw(pen: Pen) -> None:
        """Draw the title and the lines below it."""
        middle = layout.text_width / 2
        pen.lines(middle, first, step, lines, style, "center", spacing=spaced)
        if not letter:  # the second half of a letter's subject is the same heading
            pen.tags.begin_part()
        pen.lines(middle, second + below_top, next_line, below, below_style, "center")
        pen.tags.begin_part()
        pen.lines(0, 4.6 + lead_top, 5.2, lead, lead_style)

    height = (lead_top + 5.2 * len(lead) + 1.0) if lead else below_top + next_line * len(below) + 0.6
    return [Piece(height, draw, space=8.0 if letter else 5.8, keep_with_next=True, tag=Tag("H1"))]


def _form_title(block: Title, layout: Layout) -> list[Piece]:
    """Lay out the title of a form with its subtitle beside it or below."""
    style = _shrunk_style(block.text, TITLE_FORM, 14, layout)
    lines = layout.lines(block.text, style, layout.text_width)
    beside = len(lines) == 1 and (
        layout.width(block.text, style) + layout.width(block.subtitle, SUBTITLE) + 8 <= layout.text_width
    )
    below = [] if beside or not block.subtitle else layout.lines(block.subtitle, SUBTITLE, layout.text_width)
    lead = layout.lines(block.lead, LEAD, layout.text_width) if block.lead else []
    below_top = 8.0 * len(lines)
    lead_top = below_top + 5.8 * len(below)

    def draw(pen: Pen) -> None:
        """Draw the title, its subtitle and the lead."""
        pen.lines(0, 4.2, 8.0, lines, style)
        pen.tags.begin_part()
        if beside:
            pen.text(layout.text_width, 4.2, block.subtitle, SUBTITLE, "right")
        pen.lines(0, 3.4 + below_top, 5.8, below, SUBTITLE)
        pen.tags.begin_part()
        pen.lines(0, 3.2 + lead_top, 5.2, lead, LEAD)

    height = lead_top + 5.2 * len(lead) - (1.0 if not below and not lead else 0.4)
    return [Piece(height, draw, space=3.0, keep_with_next=True, tag=Tag("H1"))]


def _roster_title(block: Title, layout: Layout) -> Piece:
    """Lay out the title of a roster with event and lead, left of the handling mark."""
    offset = layout.width(block.text, TITLE_REPORT) + 10
    room = layout.text_width - offset - 104  # the handling mark stands at the right, beside it what marks the page
    subtitle = _shrunk_style(block.subtitle, SUBTITLE, 9, layout, room)
    named = layout.lines(block.subtitle, subtitle, room) if block.subtitle else []
    more = _ROSTER_LINE * max(len(named) - 1, 0)
    below = _shrunk_style(block.lead, CELL, 8, layout, room)
    # Day, hours and place are broken at their spaces, so that no venue is split.
    lines = layout.lines(block.lead, below, room, names=True) if block.lead else []

    def draw(pen: Pen) -> None:
        """Draw the title, and right of it the event with the lead below; the handling mark is drawn elsewhere."""
        pen.text(0, -3.8, block.text, TITLE_REPORT)
        pen.tags.begin_part()
        pen.lines(offset, -5.1, _ROSTER_LINE, named, subtitle)
        pen.tags.begin_part()
        pen.lines(offset, -0.9 + more, 4.0, lines, below)

    return Piece(more + 4.0 * max(len(lines) - 1, 0) + 0.6, draw, keep_with_next=True, tag=Tag("H1"))


def _shrunk_style(text: str, style: Style, floor: float, layout: Layout, room: float | None = None) -> Style:
    """Return the style in which a text fits one line of ``room``, at least ``floor`` points."""
    width = room if room is not None else layout.text_width
    return style.shrunk(floor, lambda one: layout.width(text, one) <= width)


def heading(block: Heading, layout: Layout) -> list[Piece]:
    """Lay out a heading that stays with what follows, a main one with its number in a black box; a letter has none."""
    letter, density, number = layout.look == "letter", layout.density, block.number
    boxed = block.level == 1 and not letter
    box = max(_NUMBER_BOX, layout.width(number, HEADING_NUMBER) + 2.6)
    if boxed:
        style, base, step, space, offset = HEADING_1, 4.95, 6.2, density.heading_space, box + 2.5
        least = _NUMBER_BOX + density.below_heading
    else:
        style, base, step, least, space = LETTER_LABEL if letter else HEADING_2, 4.2, 5.4, 5.0, density.above_part
        offset = max(5.0 if letter else 8.6, layout.width(number, style) + 1.6)
    offset = offset if number else 0.0
    lines, rights = _heading_lines(block, style, layout.text_width - offset, layout)

    def draw(pen: Pen) -> None:
        """Draw the number, the heading and the note at the right."""
        if boxed and number:
            pen.fill(0, 0, box, _NUMBER_BOX, 0)
            pen.text(box / 2, 4.85, number, HEADING_NUMBER, "center", white=True)
        elif not boxed:
            # A bracket leaves white at its left; the text below starts at the edge, so does the bracket.
            pen.text(-(0.6 if number.startswith("（") else 0), base, number, style)
        pen.lines(offset, base, step, lines, style)
        pen.tags.begin_part()
        pen.lines(layout.text_width, base, _SIDE_STEP, rights, SIDE_NOTE, "right")

    higher = max(step * (len(lines) - 1), _SIDE_STEP * (len(rights) - 1))
    return [Piece(least + higher, draw, space=space, keep_with_next=True, tag=_heading_tag(block))]


_SIDE_STEP = 4.4
_SIDES_APART = 4


def _heading_lines(block: Heading, style: Style, whole: float, layout: Layout) -> tuple[list[str], list[str]]:
    """Return the lines of a heading and of the text at its right.

    A heading gets at least half of the width if it needs it; what does not fit beside it goes below.
    """
    own, beside = layout.width(block.text, style), layout.width(block.right, SIDE_NOTE)
    room = max(whole - beside - _SIDES_APART, min(own + 0.1, whole / 2))
    lines = list(layout.lines(block.text, style, room))
    if not block.right or beside <= whole - room:
        return lines, [block.right]
    return lines, list(layout.lines(block.right, SIDE_NOTE, whole - room - _SIDES_APART))


def _heading_tag(block: Heading) -> Tag:
    """Return the tag of a heading below the title, with the text of its bookmark."""
    number = f"({block.number})" if block.level == 2 and is_digits(block.number) else block.number
    return Tag("H2" if block.level == 1 else "H3", words=join_nonempty(number, block.text))


def paragraph(block: Paragraph, layout: Layout) -> list[Piece]:
    """Lay out a paragraph line by line, so that a page break may fall inside it but leaves no single line."""
    if block.style == "note":
        return [layout.note(block.text)]
    style, leading = _style_of(block, layout)
    pieces = []
    for number, text in enumerate(block.text.split("\n")):
        if block.align != "left" or not text.strip():
            pieces.append(_aligned(text, block.align, style, leading, 1.4 if number == 0 else 0.0, layout))
        else:
            made = _running(text, style, leading, layout, strong=block.style == "strong")
            made[0].space = 1.4
            pieces += made
    return pieces


def _style_of(block: Paragraph, layout: Layout) -> tuple[Style, float]:
    density = layout.density
    if block.style == "strong":
        return STRONG, density.body_leading
    if block.style == "letter" or layout.look == "letter":
        return Style("mincho", density.letter_size), density.letter_leading
    if layout.look == "card":  # a form for people outside
        return density.letter_contact, density.body_leading
    return BODY, density.body_leading


def _aligned(text: str, align: Anchor, style: Style, leading: float, space: float, layout: Layout) -> Piece:
    """Lay out a paragraph that is centred, flush right or flush left."""
    lines = layout.lines(text, style, layout.text_width)
    at = {"left": 0.0, "center": layout.text_width / 2, "right": layout.text_width}[align]
    return Piece(
        leading * len(lines), lambda pen: pen.lines(at, leading * 0.72, leading, lines, style, align), space=space
    )


def _running(text: str, style: Style, leading: float, layout: Layout, *, strong: bool) -> list[Piece]:
    """Lay out a justified paragraph as ``running_text`` says that it begins."""
    begins = running_text(text, strong=strong)
    if begins.mark:
        hang = max(layout.width(begins.mark, style), style.size / MM * 1.7)
        lines = layout.justified(begins.text, style, layout.text_width - hang)
        return _line_pieces(lines, begins.mark.rstrip("　 "), hang, 0.0, style, leading, layout)
    indent = style.size / MM if begins.is_indented else 0.0
    lines = layout.justified(begins.text, style, layout.text_width, indent)
    return _line_pieces(lines, "", 0.0, indent, style, leading, layout)


def _line_pieces(
    lines: Sequence[SetLine], mark: str, hang: float, indent: float, style: Style, leading: float, layout: Layout
) -> list[Piece]:
    """Return each line as a piece of its own, so that a page may end between them."""
    last = len(lines) - 1
    pieces = []
    tag = Tag(owner=object())
    for number, line in enumerate(lines):
        start = hang + (indent if number == 0 else 0.0)
        drawn = _line_drawing(line, mark if number == 0 else "", start, style, leading, layout)
        pieces.append(Piece(leading, drawn, keep_with_next=number in (0, last - 1) and number != last, tag=tag))
    return pieces


def _line_drawing(line: SetLine, mark: str, start: float, style: Style, leading: float, layout: Layout) -> Draw:
    def draw(pen: Pen) -> None:
        pen.text(0, leading * 0.72, mark, style)
        draw_line(pen, start, leading * 0.72, line, style, layout.text_width - start)

    return draw


def bullets(block: Bullets, layout: Layout) -> list[Piece]:
    """Lay out a short list; its title stays with the first item, and no item is split."""
    pieces = []
    leading = layout.density.bullet_leading
    style = Style("mincho", layout.density.letter_size) if layout.look == "letter" else LEAD
    if block.title:
        pieces.append(_bullet_title(block.title))
    for number, item in enumerate(block.items):
        made = _bullet(item, style, leading, layout, of=block)
        made[0].space = 0.0 if pieces else 1.4
        if number in (1, len(block.items) - 1) and pieces:
            pieces[-1].keep_with_next = True  # neither the first nor the last of a list stands alone on its page
        pieces += made
    return pieces


def _bullet_title(text: str) -> Piece:
    def draw(pen: Pen) -> None:
        pen.text(0, 4.0, text, STRONG)

    return Piece(5.2, draw, space=4.0, keep_with_next=True)


def _bullet(item: str, style: Style, leading: float, layout: Layout, *, of: Bullets) -> list[Piece]:
    body = item.lstrip("・").lstrip(" 　")
    lines = [line for part in body.split("\n") for line in layout.justified(part, style, layout.text_width - _HANG)]
    pieces = _line_pieces(lines, "・", _HANG, 0.0, style, leading, layout)
    tag = Tag("LI", owner=object(), list=of)
    for piece in pieces:
        piece.tag = tag
    for piece in pieces[:-1] if len(lines) <= _WHOLE_BULLET else []:
        piece.keep_with_next = True
    return pieces


def closing(block: Closing, layout: Layout) -> list[Piece]:
    """Lay out 「以上」 at the right end, one character in when it closes a letter."""
    letter = layout.look == "letter"
    style = Style("mincho", layout.density.letter_size) if letter else BODY
    inset, scale = (4.0, layout.density.letter_scale) if letter else (0.0, 1.0)

    def draw(pen: Pen) -> None:
        pen.text(layout.text_width - inset, 4.0 * scale, block.text, style, "right")

    return [Piece(5.4 * scale, draw, space=1.6)]
