"""できるようになったこと of a 派遣: one row per ability, its numbers, and one square per person; never split."""

from __future__ import annotations

from app.documents.blocks import SquareChart, SquareLine
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import CELL, CELL_HEADING, HAIR, HAIR_GREY, HEAD_RULE, HEAVY, NOTE
from app.documents.pdf.typesetting.tags import Tag

_TEXT_LEFT, _BEFORE, _AFTER, _GROWTH, _SQUARES = 12.0, 76.0, 86.0, 96.0, 99.0
"""Left edge of the text, right edges of the three numbers, and left edge of the squares, in millimetres."""
_WIDEST, _NARROWEST, _HIGH, _BETWEEN = 5.6, 1.2, 3.2, 0.5
_HEAD, _ROW, _LEADING = 6.6, 7.0, 4.3
_KEY = (("前から", 0.0), ("当日できた", None), ("これから", 1.0))


def square_chart(block: SquareChart, layout: Layout) -> list[Piece]:
    """Lay out the heading with its legend and one row per ability; the rows stay together with the note."""
    run = object()
    heading = Piece(_HEAD, _heading(layout), space=2.0, keep_with_next=True, run=run, tag=Tag("TR", run))
    pieces = [heading]
    for number, line in enumerate(block.lines):
        words = layout.lines(line.text, CELL, _BEFORE - 10 - _TEXT_LEFT)
        height = _ROW + _LEADING * (len(words) - 1)
        last = number == len(block.lines) - 1
        draw = _row(line, words, height, block.people, layout)
        keep = not last or bool(block.note)
        pieces.append(
            Piece(height, draw, keep_with_next=keep, run=run, heading=heading, run_on=4.0, tag=Tag("TR", run))
        )
    if block.note:
        pieces.append(layout.note(block.note))
    return pieces


def _heading(layout: Layout) -> Draw:
    def draw(pen: Pen) -> None:
        """Draw the column headings between their rules."""
        pen.rule(0, 0, layout.text_width, HEAVY)
        base = 4.4
        for words, at, anchor in (
            ("目標", 5.0, "center"),
            ("内容", _TEXT_LEFT, "left"),
            ("前", _BEFORE, "right"),
            ("後", _AFTER, "right"),
            ("増", _GROWTH, "right"),
        ):
            pen.tags.begin_cell("TH")
            pen.text(at, base, words, CELL_HEADING, anchor)  # type: ignore[arg-type]
        pen.tags.begin_cell("TH")
        left = _SQUARES
        for words, grey in _KEY:
            _square(pen, left, 2.0, 4.2, grey)
            pen.text(left + 5.0, base - 0.2, words, NOTE)
            left += 5.0 + pen.width(words, NOTE) + 3.0
        pen.rule(0, _HEAD, layout.text_width, HEAD_RULE)

    return draw


def _row(line: SquareLine, words: list[str], height: float, people: int, layout: Layout) -> Draw:
    def draw(pen: Pen) -> None:
        """Draw the goal, its text, the three numbers and its squares."""
        base = 4.7
        if not pen.place.first:
            pen.rule(0, 0, layout.text_width, HAIR, HAIR_GREY)
        pen.tags.begin_cell("TD")
        pen.text(5.0, base, line.goal, CELL, "center")
        pen.tags.begin_cell("TH", scope="Row")
        pen.lines(_TEXT_LEFT, base, _LEADING, words, CELL)
        for at, number_words in (
            (_BEFORE, people_count_words(line.before)),
            (_AFTER, people_count_words(line.after)),
            (_GROWTH, growth_words(line)),
        ):
            pen.tags.begin_cell("TD")
            pen.text(at, base, number_words, CELL, "right")
        pen.tags.begin_cell("TD")
        _squares(pen, (height - _HIGH) / 2, line, people, layout.text_width - _SQUARES)
        if pen.place.last:
            pen.rule(0, height, layout.text_width, HEAVY)

    return draw


def people_count_words(people: int | None) -> str:
    """Return 「9人」, or "" where it was not recorded."""
    return "" if people is None else f"{people}人"


def growth_words(line: SquareLine) -> str:
    """Return 「+7」「±0」「−1」, or "" where before or after was not recorded."""
    if line.before is None or line.after is None:
        return ""
    more = line.after - line.before
    return "±0" if not more else f"{'+' if more > 0 else '−'}{abs(more)}"


def _squares(pen: Pen, y: float, line: SquareLine, people: int, room: float) -> None:
    """Draw one square per person; if they would be too small only the numbers are shown."""
    if line.before is None or line.after is None or not people:
        return
    step = min(_WIDEST, room / people)
    if step < _NARROWEST:
        return
    for number in range(people):
        grey = 0.0 if number < line.before else None if number < line.after else 1.0
        _square(pen, _SQUARES + step * number, y, step - _BETWEEN, grey)


def _square(pen: Pen, x: float, y: float, width: float, grey: float | None) -> None:
    """Draw one square: filled grey, or hatched where ``grey`` is None."""
    pen.box(x, y, width, _HIGH, 0.5, fill=1.0 if grey is None else grey)
    if grey is None:
        pen.hatch(x, y, width, _HIGH, 1.0)
