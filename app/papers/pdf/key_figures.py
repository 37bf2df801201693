"""Key figures on paper: up to five numerals side by side between two rules."""

from __future__ import annotations

from app.papers.blocks import Figure, KeyFigures
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import CELL, CELL_HEADING, FIGURE, HAIR_GREY, HEAVY, NOTE, Style


def key_figures(block: KeyFigures, layout: Layout) -> list[Piece]:
    """Lay out up to five figures side by side between two rules."""
    count = max(len(block.figures), 1)
    share = layout.text_width / count

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.rule(x, y, layout.text_width, HEAVY)
        for number, figure in enumerate(block.figures):
            if number:
                pen.upright(x + share * number, y + 3.0, 14.6, 0.4, HAIR_GREY)
            _draw_figure(pen, x + share * (number + 0.5), y, share - 1.6, figure)
        pen.rule(x, y + 20.6, layout.text_width, HEAVY)

    return [Piece(20.6, draw, space=2.4)]


def _draw_figure(pen: Pen, middle: float, y: float, room: float, figure: Figure) -> None:
    pen.text(middle, y + 5.0, figure.label, _narrowed(pen, figure.label, CELL_HEADING, 6.5, room), "center")
    unit = CELL
    value = FIGURE
    gap = 1.2 if figure.unit and figure.value else 0.0
    while value.size > 11 and pen.width(figure.value, value) + gap + pen.width(figure.unit, unit) > room:
        value = Style(value.face, value.size - 0.5)
    if figure.value:
        width = pen.width(figure.value, value) + gap + pen.width(figure.unit, unit)
        pen.text(middle - width / 2, y + 12.9, figure.value, value)
        pen.text(middle + width / 2, y + 12.9, figure.unit, unit, "right")
    pen.text(middle, y + 17.7, figure.note, _narrowed(pen, figure.note, NOTE, 6, room), "center")


def _narrowed(pen: Pen, text: str, style: Style, floor: float, room: float) -> Style:
    while style.size > floor and pen.width(text, style) > room:
        style = Style(style.face, style.size - 0.25)
    return style
