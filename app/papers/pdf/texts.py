"""Running text: paragraphs, short lists, and 「以上」."""

from __future__ import annotations

import re

from app.papers.blocks import Bullets, Closing, Paragraph
from app.papers.pdf.layout import Layout, draw_line
from app.papers.pdf.line_atoms import Line
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import BODY, LEAD, MM, STRONG, Style

# 「ア　…」「(1)　…」「・…」 hang beside their mark instead of being indented.
_MARKED = re.compile(r"(?:[ア-ン]|[0-9]{1,2}|[①-⑳]|[(（][0-9ア-ン]{1,2}[)）])[　 ]+|[・※][　 ]?")

_HANG = 4.2  # where the text of a bullet starts
_WHOLE_BULLET = 8  # lines of a bullet kept together


def paragraph(block: Paragraph, layout: Layout) -> list[Piece]:
    """Lay out a paragraph line by line, so that a page may turn within it but leaves no lone line."""
    if block.style == "note":
        return [layout.note(block.text)]
    style, leading = _style_of(block, layout)
    pieces: list[Piece] = []
    for number, text in enumerate(block.text.split("\n")):
        if block.align != "left" or not text.strip():
            space = 1.4 if number == 0 else 0.0
            pieces.append(_aligned(text, block.align, style, leading, space, layout))
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
    return BODY, density.body_leading


def _aligned(text: str, align: str, style: Style, leading: float, space: float, layout: Layout) -> Piece:
    lines = layout.lines(text, style, layout.text_width)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        for number, line in enumerate(lines):
            base = y + leading * number + leading * 0.72
            if align == "center":
                pen.text(x + layout.text_width / 2, base, line, style, "center")
            elif align == "right":
                pen.text(x + layout.text_width, base, line, style, "right")
            else:
                pen.text(x, base, line, style)

    return Piece(leading * len(lines), draw, space=space)


def _running(text: str, style: Style, leading: float, layout: Layout, *, strong: bool) -> list[Piece]:
    marked = _MARKED.match(text)
    if marked:
        mark, body = marked.group().rstrip("　 "), text[marked.end() :]
        hang = max(layout.width(marked.group(), style), style.size / MM * 1.7)
        lines = layout.justified(body, style, layout.text_width - hang)
        return _line_pieces(lines, mark, hang, 0.0, style, leading, layout)
    # A sentence starts one character in; a bare phrase such as 「別紙のとおり」 does not.
    typed = text.startswith("　")
    indents = typed or (not strong and "。" in text and text[0] not in " （(「")
    indent = style.size / MM if indents else 0.0
    text = text.lstrip("　")
    return _line_pieces(
        layout.justified(text, style, layout.text_width, indent), "", 0.0, indent, style, leading, layout
    )


def _line_pieces(
    lines: list[Line], mark: str, hang: float, indent: float, style: Style, leading: float, layout: Layout
) -> list[Piece]:
    last = len(lines) - 1
    pieces = []
    for number, line in enumerate(lines):
        start = hang + (indent if number == 0 else 0.0)
        drawn = _line_drawing(line, mark if number == 0 else "", start, style, leading, layout)
        pieces.append(Piece(leading, drawn, keep=number in (0, last - 1) and number != last))
    return pieces


def _line_drawing(line: Line, mark: str, start: float, style: Style, leading: float, layout: Layout) -> Draw:
    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.text(x, y + leading * 0.72, mark, style)
        draw_line(pen, x + start, y + leading * 0.72, line, style, layout.text_width - start)

    return draw


def bullets(block: Bullets, layout: Layout) -> list[Piece]:
    """Lay out a short list; its title stays with the first item, and no item is split."""
    pieces: list[Piece] = []
    leading = layout.density.bullet_leading
    style = Style("mincho", layout.density.letter_size) if layout.look == "letter" else LEAD
    if block.title:
        pieces.append(_bullet_title(block.title))
    for item in block.items:
        made = _bullet(item, style, leading, layout)
        made[0].space = 0.0 if pieces else 1.4
        pieces += made
    return pieces


def _bullet_title(text: str) -> Piece:
    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.text(x, y + 4.0, text, STRONG)

    return Piece(5.2, draw, space=4.0, keep=True)


def _bullet(item: str, style: Style, leading: float, layout: Layout) -> list[Piece]:
    body = item.lstrip("・").lstrip(" 　")
    lines = [line for part in body.split("\n") for line in layout.justified(part, style, layout.text_width - _HANG)]
    pieces = _line_pieces(lines, "・", _HANG, 0.0, style, leading, layout)
    for piece in pieces[:-1] if len(lines) <= _WHOLE_BULLET else []:
        piece.keep = True
    return pieces


def closing(block: Closing, layout: Layout) -> list[Piece]:
    """Lay out 「以上」 at the right end, one character in when it closes a letter."""
    letter = layout.look == "letter"
    style = Style("mincho", layout.density.letter_size) if letter else BODY
    inset = 4.0 if letter else 0.0

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.text(x + layout.text_width - inset, y + 4.0, block.text, style, "right")

    return [Piece(5.4, draw, space=1.6)]
