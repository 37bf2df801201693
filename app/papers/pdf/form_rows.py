"""A form to fill in by hand: grey labels, boxes with small captions, and room to write."""

from __future__ import annotations

from app.papers.handout_blocks import FormField, FormRow, FormRows
from app.papers.pdf.handouts import HANDOUT, on_handout
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import HAIR, HEAD_RULE, HEAVY, LABEL_GREY, Style

_LABEL = 33.0
_SHARES = 4
_NAME, _CAPTION, _TEXT = Style("bold", 12), Style("gothic", 11), Style("gothic", 12)
_STEP = 6.0


def form_rows(block: FormRows, layout: Layout) -> list[Piece]:
    """Lay out the rows; the form is never split over pages."""
    page = on_handout(layout)
    return [
        _row(row, page, first=number == 0, last=number == len(block.rows) - 1) for number, row in enumerate(block.rows)
    ]


def _row(row: FormRow, page: Layout, *, first: bool, last: bool) -> Piece:
    unit = (page.text_width - _LABEL) / _SHARES
    names = page.lines(row.label, _NAME, _LABEL - 5)
    shown = [(field, _lines(field, page, unit)) for field in row.fields]
    needed = max([_STEP * len(lines) + (6.0 if field.caption else 0) for field, lines in shown] + [_STEP * len(names)])
    height = max(row.height, needed + 3.0)

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        pen.fill(x, y, _LABEL, height, LABEL_GREY)
        # The grey of a label would cover half of the rule above it: the rule is drawn once more.
        pen.rule(x, y, page.text_width, HEAVY if first else HEAD_RULE)
        pen.rule(x, y + height, page.text_width, HEAVY if last else HEAD_RULE)
        pen.upright(x, y, height, HEAVY)
        pen.upright(x + page.text_width, y, height, HEAVY)
        pen.upright(x + _LABEL, y, height, HEAD_RULE)
        top = y + (height - _STEP * len(names)) / 2
        for number, name in enumerate(names):
            pen.text(x + 2.5, top + 4.4 + _STEP * number, name, _NAME)
        left = x + _LABEL
        for place, (field, lines) in enumerate(shown):
            if place:
                pen.upright(left, y, height, HAIR)
            pen.text(left + 1.8, y + 4.8, field.caption, _CAPTION)
            start = y + 6.0 if field.caption else y + (height - _STEP * len(lines)) / 2
            for number, line in enumerate(lines):
                pen.text(left + 2.5, start + 4.4 + _STEP * number, line, _TEXT)
            left += unit * field.share

    return Piece(height, draw, space=2.4 if first else 0, keep=not last, paper=HANDOUT)


def _lines(field: FormField, page: Layout, unit: float) -> list[str]:
    return page.lines(field.text, _TEXT, unit * field.share - 5) if field.text else []
