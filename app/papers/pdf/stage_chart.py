"""到達状況 on paper: one line a tool on the scale 0–5, before ○ and after ●, without any ranking."""

from __future__ import annotations

from app.papers.blocks import StageChart, StageLine
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import CELL, CELL_BOLD, HAIR, HAIR_GREY, HEAD_RULE, HEAVY, NOTE, STRONG

_SCALE_LEFT = 52.0
_SCALE_RIGHT = 135.0
_ROW = 9.0
_HEAD = 10.4
_DOT = 1.75


def stage_chart(block: StageChart, layout: Layout) -> list[Piece]:
    """Lay out the scale and one row a tool; rows are whole and the words of the scale come again."""
    run = object()
    step = (_SCALE_RIGHT - _SCALE_LEFT) / max(len(block.words) - 1, 1)
    heading = Piece(_HEAD, _heading_drawing(block, step, layout), space=2.0, keep=True, run=run)
    pieces = [heading]
    last = len(block.lines) - 1
    for number, line in enumerate(block.lines):
        names = layout.lines(line.tool, CELL, _SCALE_LEFT - 10)
        piece = Piece(
            max(_ROW, 4.3 * len(names) + 3),
            _line_drawing(line, names, len(block.words), step, layout),
            keep=number != last or bool(block.note),
            run=run,
            heading=heading,
            run_on=4.0,
        )
        pieces.append(piece)
    if block.note:
        pieces.append(layout.note(block.note))
    return pieces


def _heading_drawing(block: StageChart, step: float, layout: Layout) -> Draw:
    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        if place.continued:
            pen.text(x + layout.text_width, y - 1.3, "（つづき）", NOTE, "right")
        pen.rule(x, y, layout.text_width, HEAVY)
        pen.text(x + 1.5, y + 6.6, "ツール", CELL_BOLD)
        for number, word in enumerate(block.words):
            at = x + _SCALE_LEFT + step * number
            pen.text(at, y + 4.4, str(number), STRONG, "center")
            pen.text(at, y + 8.0, word, NOTE, "center")
        edge = x + layout.text_width - 1.5
        after = pen.width("後", CELL_BOLD)
        pen.text(edge, y + 6.6, "後", CELL_BOLD, "right")
        _arrow(pen, edge - after - 4.4, edge - after - 1.0, y + 5.5)
        pen.text(edge - after - 5.4, y + 6.6, "前", CELL_BOLD, "right")
        pen.rule(x, y + _HEAD, layout.text_width, HEAD_RULE)

    return draw


def _arrow(pen: Pen, start: float, end: float, y: float) -> None:
    pen.rule(start, y, end - start - 0.8, 0.8)
    pen.arrow_head(end, y, 1.3)


def _line_drawing(line: StageLine, names: list[str], count: int, step: float, layout: Layout) -> Draw:
    moved = line.before is not None and line.after is not None and line.before != line.after

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        height = max(_ROW, 4.3 * len(names) + 3)
        middle = y + height / 2
        if not place.first:
            pen.rule(x, y, layout.text_width, HAIR, HAIR_GREY)
        for number, name in enumerate(names):
            pen.text(x + 1.5, middle + 1.15 + 4.3 * (number - (len(names) - 1) / 2), name, CELL)
        if line.before is None and line.after is None:
            centre = x + (_SCALE_LEFT + _SCALE_RIGHT) / 2
            pen.text(centre, middle + 1.15, line.text, CELL, "center")
        else:
            _scale(pen, x, middle, count, step)
            _marks(pen, x, middle, line, step)
            style = STRONG if moved else CELL
            pen.text(x + layout.text_width - 1.5, middle + 1.2, line.text, style, "right")
        if place.last:
            pen.rule(x, y + height, layout.text_width, HEAVY)

    return draw


def _scale(pen: Pen, x: float, middle: float, count: int, step: float) -> None:
    pen.rule(x + _SCALE_LEFT, middle, step * (count - 1), 0.5, HAIR_GREY)
    for number in range(count):
        pen.upright(x + _SCALE_LEFT + step * number, middle - 0.9, 1.8, 0.5, HAIR_GREY)


def _marks(pen: Pen, x: float, middle: float, line: StageLine, step: float) -> None:
    def at(stage: int) -> float:
        return x + _SCALE_LEFT + step * stage

    if line.before is not None and line.after is not None and line.before != line.after:
        way = 1 if line.after > line.before else -1
        start, end = at(line.before), at(line.after)
        pen.rule(min(start, end) + _DOT, middle, abs(end - start) - 2 * _DOT, 1.4)
        pen.arrow_head(end - way * _DOT, middle, way * 1.9, 2.2)
    if line.before is not None and line.before != line.after:
        pen.disc(at(line.before), middle, _DOT, 1.2, fill=1)
    if line.after is not None:
        pen.disc(at(line.after), middle, _DOT, 1.0, fill=0)
