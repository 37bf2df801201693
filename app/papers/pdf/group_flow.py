"""One 班 of an 意見交換会 on paper: 課題 ▶ 分類・選定 ▶ 解決策 ▶ 発表 side by side."""

from __future__ import annotations

from app.papers.blocks import GroupFlow
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import (
    CELL,
    CELL_BOLD,
    CELL_HEADING,
    COLUMN_GREY,
    GROUP_GREY,
    HEAD_RULE,
    HEADING_2,
    HEAVY,
    SMALL,
    Style,
)

_FOUR_COLUMNS = (41.0, 36.0, 45.0, 43.0)
_BAR = 7.4
_STEP_ROW = 6.0
_LEADING = 4.3
_ITEM_GAP = 1.0
_CHOSEN = ("選定：", "選定:")

Item = tuple[bool, list[str]]


def group_flow(block: GroupFlow, layout: Layout) -> list[Piece]:
    """Lay out one 班 as a single piece: its bar, the four steps and their texts."""
    widths = _widths(len(block.steps), layout.text_width)
    columns = [_items(text, width, layout) for (_, text), width in zip(block.steps, widths, strict=True)]
    tallest = max((_height(items) for items in columns), default=0.0)
    body = tallest + 4.6
    right = _side(block)
    note = layout.note(block.note, space=0) if block.note else None
    side_width = layout.width(right, SMALL) + 3
    name = layout.lines(block.name, HEADING_2, layout.text_width - side_width - 4)
    bar = _BAR + 5.2 * (len(name) - 1)

    def draw(pen: Pen, x: float, y: float, place: Place) -> None:
        pen.fill(x, y, layout.text_width, bar, GROUP_GREY)
        pen.rule(x, y, layout.text_width, HEAVY)
        for number, line in enumerate(name):
            pen.text(x + 2, y + 5.1 + 5.2 * number, line, HEADING_2)
        pen.text(x + layout.text_width - 2, y + 5.0, right, SMALL, "right")
        left = x
        for number, ((title, _), width) in enumerate(zip(block.steps, widths, strict=True)):
            pen.text(left + 2, y + bar + 4.2, title, CELL_HEADING)
            if number + 1 < len(widths):
                pen.arrow_head(left + width - 1.4, y + bar + 3.0, 2.0, 2.6)
            if number:
                pen.upright(left, y + bar + _STEP_ROW + 1.2, body - 2.4, 0.5, COLUMN_GREY)
            _draw_items(pen, left, y + bar + _STEP_ROW + 4.6, columns[number])
            left += width
        pen.rule(x, y + bar + _STEP_ROW, layout.text_width, HEAD_RULE)
        pen.rule(x, y + bar + _STEP_ROW + body, layout.text_width, HEAVY)
        if note:
            note.draw(pen, x, y + bar + _STEP_ROW + body + 0.8, place)

    height = bar + _STEP_ROW + body + (note.height + 0.8 if note else 0)
    return [Piece(height, draw, space=2.4)]


def _side(block: GroupFlow) -> str:
    leader = block.facilitator
    if leader and not leader.startswith("ファシリテーター"):
        leader = f"ファシリテーター {leader}"
    return "　".join(part for part in (block.members, leader) if part)


def _widths(count: int, total: float) -> tuple[float, ...]:
    if count == len(_FOUR_COLUMNS):
        return tuple(width * total / sum(_FOUR_COLUMNS) for width in _FOUR_COLUMNS)
    return (total / max(count, 1),) * count


def _items(text: str, width: float, layout: Layout) -> list[Item]:
    items = []
    for line in text.split("\n"):
        chosen = line.startswith(_CHOSEN)
        body = line.lstrip("・▸").lstrip(" 　")
        if body:
            style = CELL_BOLD if chosen else CELL
            items.append((chosen, layout.lines(body, style, width - 6.6)))
    return items


def _height(items: list[Item]) -> float:
    return sum(_LEADING * len(lines) + _ITEM_GAP for _, lines in items)


def _draw_items(pen: Pen, x: float, base: float, items: list[Item]) -> None:
    for chosen, lines in items:
        style: Style = CELL_BOLD if chosen else CELL
        if chosen:
            pen.arrow_head(x + 3.6, base - 1.1, 1.2, 1.5)
        else:
            pen.text(x + 1.6, base, "・", style)
        for line in lines:
            pen.text(x + 5.1, base, line, style)
            base += _LEADING
        base += _ITEM_GAP
