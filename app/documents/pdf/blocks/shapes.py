"""The blocks with a special shape: the scale of a 派遣 and the discussion of a 班.

到達状況 is one row per tool on the scale 0–5, before ○ and after ●, without ranking; a 班 is drawn from left to right
through 課題 ▶ 分類・選定 ▶ 解決策 ▶ 発表.
"""

from __future__ import annotations

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import GroupFlow, StageChart, StageLine
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    CELL,
    CELL_BOLD,
    CELL_HEADING,
    COLUMN_GREY,
    GROUP_GREY,
    HAIR,
    HAIR_GREY,
    HEAD_RULE,
    HEADING_2,
    HEAVY,
    NOTE,
    SMALL,
    STRONG,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag

_SCALE_LEFT = 52.0
_SCALE_RIGHT = 135.0
_ROW = 9.0
_HEAD = 10.4
_DOT = 1.75
_FOUR_COLUMNS = (41.0, 36.0, 45.0, 43.0)
_BAR = 7.4
_STEP_ROW = 6.0
_LEADING = 4.3
_ITEM_GAP = 1.0
_CHOSEN = ("選定：", "選定:")
Item = tuple[bool, list[str]]


def stage_chart(block: StageChart, layout: Layout) -> list[Piece]:
    """Lay out the scale and one row per tool; rows are never split and the scale's heading is repeated."""
    run = object()
    step = (_SCALE_RIGHT - _SCALE_LEFT) / max(len(block.words) - 1, 1)
    heading = Piece(
        _HEAD, _heading_drawing(block, step, layout), space=2.0, keep_with_next=True, run=run, tag=Tag("TR", run)
    )
    pieces = [heading]
    last = len(block.lines) - 1
    for number, line in enumerate(block.lines):
        names = layout.lines(line.tool, CELL, _SCALE_LEFT - 10)
        piece = Piece(
            max(_ROW, 4.3 * len(names) + 3),
            _line_drawing(line, names, len(block.words), step, layout),
            keep_with_next=number != last or bool(block.note),
            run=run,
            heading=heading,
            run_on=4.0,
            tag=Tag("TR", run),
        )
        pieces.append(piece)
    if block.note:
        pieces.append(layout.note(block.note))
    return pieces


def _heading_drawing(block: StageChart, step: float, layout: Layout) -> Draw:
    def draw(pen: Pen) -> None:
        """Draw the headings, with 「（つづき）」 on later pages."""
        if pen.place.continued:
            pen.text(layout.text_width, -1.3, "（つづき）", NOTE, "right")
        pen.rule(0, 0, layout.text_width, HEAVY)
        pen.tags.begin_cell("TH")
        pen.text(1.5, 6.6, "ツール", CELL_BOLD)
        pen.tags.begin_cell("TH")
        for number, word in enumerate(block.words):
            at = _SCALE_LEFT + step * number
            pen.text(at, 4.4, str(number), STRONG, "center")
            pen.text(at, 8.0, word, NOTE, "center")
        edge = layout.text_width - 1.5
        after = pen.width("後", CELL_BOLD)
        pen.text(edge - after - 5.4, 6.6, "前", CELL_BOLD, "right")
        _arrow(pen, edge - after - 4.4, edge - after - 1.0, 5.5)
        pen.text(edge, 6.6, "後", CELL_BOLD, "right")
        pen.rule(0, _HEAD, layout.text_width, HEAD_RULE)

    return draw


def _arrow(pen: Pen, start: float, end: float, y: float) -> None:
    pen.rule(start, y, end - start - 0.8, 0.8)
    pen.arrow_head(end, y, 1.3)


def _line_drawing(line: StageLine, names: list[str], count: int, step: float, layout: Layout) -> Draw:
    """Return the function that draws one tool of a chart of stages with its move."""
    moved = line.before is not None and line.after is not None and line.before != line.after

    def draw(pen: Pen) -> None:
        """Draw the name of the tool and its move on the scale, or its text alone where no stage is known."""
        height = max(_ROW, 4.3 * len(names) + 3)
        middle = height / 2
        if not pen.place.first:
            pen.rule(0, 0, layout.text_width, HAIR, HAIR_GREY)
        pen.tags.begin_cell("TH", scope="Row")
        pen.centred(1.5, middle + 1.15, 4.3, names, CELL)
        pen.tags.begin_cell("TD")
        if line.before is None and line.after is None:
            pen.text((_SCALE_LEFT + _SCALE_RIGHT) / 2, middle + 1.15, line.text, CELL, "center")
        else:
            _scale(pen, middle, count, step)
            _marks(pen, middle, line, step)
            pen.text(layout.text_width - 1.5, middle + 1.2, line.text, STRONG if moved else CELL, "right")
        if pen.place.last:
            pen.rule(0, height, layout.text_width, HEAVY)

    return draw


def _scale(pen: Pen, middle: float, count: int, step: float) -> None:
    """Draw the scale of stages as a grey line with ticks."""
    pen.rule(_SCALE_LEFT, middle, step * (count - 1), 0.5, HAIR_GREY)
    for number in range(count):
        pen.vertical_rule(_SCALE_LEFT + step * number, middle - 0.9, 1.8, 0.5, HAIR_GREY)


def _marks(pen: Pen, middle: float, line: StageLine, step: float) -> None:
    """Mark the stages before and after on the scale, with an arrow where they differ."""

    def at(stage: int) -> float:
        """Return where a stage lies on the scale, in mm."""
        return _SCALE_LEFT + step * stage

    if line.before is not None and line.after is not None and line.before != line.after:
        way = 1 if line.after > line.before else -1
        start, end = at(line.before), at(line.after)
        pen.rule(min(start, end) + _DOT, middle, abs(end - start) - 2 * _DOT, 1.4)
        pen.arrow_head(end - way * _DOT, middle, way * 1.9, 2.2)
    if line.before is not None and line.before != line.after:
        pen.disc(at(line.before), middle, _DOT, 1.2, fill=1)
    if line.after is not None:
        pen.disc(at(line.after), middle, _DOT, 1.0, fill=0)


def group_flow(block: GroupFlow, layout: Layout) -> list[Piece]:
    """Lay out one 班 as a single piece: its bar, the four steps and their texts."""
    widths = _widths(len(block.steps), layout.text_width)
    columns = [_items(text, width, layout) for (_, text), width in zip(block.steps, widths, strict=True)]
    tallest = max((sum(_LEADING * len(lines) + _ITEM_GAP for _, lines in items) for items in columns), default=0.0)
    body = tallest + 4.6
    right = _side(block)
    note = layout.note(block.note, space=0) if block.note else None
    side_width = layout.width(right, SMALL) + 3
    name = layout.lines(block.name, HEADING_2, layout.text_width - side_width - 4)
    bar = _BAR + 5.2 * (len(name) - 1)

    def draw(pen: Pen) -> None:
        """Draw the bar of the 班, the four steps and their texts."""
        pen.fill(0, 0, layout.text_width, bar, GROUP_GREY)
        pen.rule(0, 0, layout.text_width, HEAVY)
        pen.lines(2, 5.1, 5.2, name, HEADING_2)
        pen.tags.begin_part()
        pen.text(layout.text_width - 2, 5.0, right, SMALL, "right")
        left = 0.0
        for number, ((title, _), width) in enumerate(zip(block.steps, widths, strict=True)):
            pen.tags.begin_part()
            pen.text(left + 2, bar + 4.2, title, CELL_HEADING)
            pen.tags.begin_part()
            if number + 1 < len(widths):
                pen.arrow_head(left + width - 1.4, bar + 3.0, 2.0, 2.6)
            if number:
                pen.vertical_rule(left, bar + _STEP_ROW + 1.2, body - 2.4, 0.5, COLUMN_GREY)
            _draw_items(pen, left, bar + _STEP_ROW + 4.6, columns[number])
            left += width
        pen.rule(0, bar + _STEP_ROW, layout.text_width, HEAD_RULE)
        pen.rule(0, bar + _STEP_ROW + body, layout.text_width, HEAVY)
        if note:
            pen.tags.begin_part()
            with pen.at(0, bar + _STEP_ROW + body + 0.8):
                note.draw(pen)

    return [Piece(bar + _STEP_ROW + body + (note.height + 0.8 if note else 0), draw, space=2.4, tag=Tag("H4"))]


def _side(block: GroupFlow) -> str:
    leader = block.facilitator
    if leader and not leader.startswith("ファシリテーター"):
        leader = f"ファシリテーター {leader}"
    return join_nonempty(block.members, leader)


def _widths(count: int, total: float) -> tuple[float, ...]:
    if count == len(_FOUR_COLUMNS):
        return tuple(width * total / sum(_FOUR_COLUMNS) for width in _FOUR_COLUMNS)
    return (total / max(count, 1),) * count


def _items(text: str, width: float, layout: Layout) -> list[Item]:
    """Return each line of a text that is not blank as wrapped lines, with whether it was chosen (「選定：…」)."""
    items = []
    for line in text.split("\n"):
        chosen = line.startswith(_CHOSEN)
        body = line.lstrip("・▸").lstrip(" 　")
        if body:
            items.append((chosen, layout.lines(body, CELL_BOLD if chosen else CELL, width - 6.6)))
    return items


def _draw_items(pen: Pen, x: float, base: float, items: list[Item]) -> None:
    for chosen, lines in items:
        style: Style = CELL_BOLD if chosen else CELL
        if chosen:
            pen.arrow_head(x + 3.6, base - 1.1, 1.2, 1.5)
        else:
            pen.text(x + 1.6, base, "・", style)
        pen.lines(x + 5.1, base, _LEADING, lines, style)
        base += _LEADING * len(lines) + _ITEM_GAP
