"""The context for laying out blocks: fonts, measures and the position of the text column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from app.documents.pdf.typesetting.line_breaking import SetLine, break_lines, justify_lines
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece
from app.documents.pdf.typesetting.sizes import MM, NOTE, NOTE_LEADING, Density, Paper, Style
from app.documents.pdf.typesetting.typefaces import FontCollection
from db.record import frozen

Look = Literal["report", "letter", "form", "roster", "card", "sheet", "ledger", "wall", "guide"]


@frozen
class Layout:
    """Fonts, density, paper and look of the document being laid out; lengths are millimetres."""

    fonts: FontCollection
    density: Density
    paper: Paper
    look: Look

    @property
    def text_width(self) -> float:
        """Return the width of the text column."""
        return self.paper.text_width

    def width(self, text: str, style: Style) -> float:
        """Return the width of a text."""
        return self.fonts.face(style.face).width(text) * style.size / MM

    def lines(self, text: str, style: Style, width: float, *, names: bool = False) -> list[str]:
        """Break a text, which may hold line ends, into ragged lines of ``width``; ``names`` breaks no personal name."""
        face = self.fonts.face(style.face)
        measure = width * MM / style.size
        return [
            line.text for paragraph in text.split("\n") for line in break_lines(paragraph, face, measure, names=names)
        ]

    def justified(self, text: str, style: Style, width: float, indent: float = 0) -> Sequence[SetLine]:
        """Break one paragraph into justified lines of ``width``; the first begins at ``indent``."""
        em = style.size / MM
        return justify_lines(text, self.fonts.face(style.face), width / em, indent / em)

    def note(self, text: str, *, left: float = 0, width: float | None = None, space: float = 1.2) -> Piece:
        """Lay out a 注 in small type with a hanging indent, ``left`` mm into the text column; ``width`` None = all."""
        mark, body = split_note(text)
        hang = 4.6 if mark else 0
        room = (width if width is not None else self.text_width) - hang
        lines = [line for part in body.split("\n") for line in self.justified(part, NOTE, room)]

        def draw(pen: Pen) -> None:
            pen.text(left, 2.9, mark, NOTE)
            for number, line in enumerate(lines):
                draw_line(pen, left + hang, 2.9 + number * NOTE_LEADING, line, NOTE, room)

        return Piece(NOTE_LEADING * len(lines) + 0.4, draw, space=space)


def split_note(text: str) -> tuple[str, str]:
    """Return the mark of a note (「注」 or 「※」) and its text; a note without a mark gets 「注」."""
    for mark in ("注", "※"):
        if text.startswith((mark + "　", mark + " ", mark + "：")):
            return mark, text[len(mark) + 1 :].lstrip(" 　")
    if text.startswith("※"):
        return "※", text[1:]
    return "注", text


def draw_line(pen: Pen, x: float, y: float, line: SetLine, style: Style, width: float) -> None:
    """Draw one line of justified text, stretched or compressed to ``width`` where it should be."""
    spacing = 0.0
    if line.stretch and len(line.text) > 1:
        spacing = (width - line.width * style.size / MM) / (len(line.text) - 1)
    pen.text(x, y, line.text, style, spacing=spacing)
