"""A chart of values as PDF, in black and white: columns, a line or bars, each mark with its text; never split."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.documents.chart_blocks import (
    ChartMark,
    MarkFill,
    ValueChart,
    bar_sides,
    connected_pairs,
    is_valley,
    mark_lines,
    share_of_scale,
)
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import HAIR, HAIR_GREY, NOTE, NOTE_BOLD, SMALL, Style
from app.documents.pdf.typesetting.tags import Tag

Body = tuple[float, Draw]
_VALUE = Style("bold", 8.5)
_AXIS = 12.0
"""Room for the numbers of the scale at the left."""
_LEAST_SLOT, _WIDEST_SLOT = 12.6, 24.0
_COLUMN_SHARE, _WIDEST_COLUMN = 0.5, 7.0
_RANGE_SHARE = 0.8
_PLOT, _ABOVE_PLOT, _FOOT = 30.0, 4.6, 7.8
"""Heights of the plot, of the room for the text over its highest mark, and of the names under it."""
_RANGE_GREY = 0.9
_BAR_ROW, _BAR, _GROUP_ROW = 4.7, 3.1, 4.6
_WIDEST_NAME = 46.0
_BETWEEN_SIDES = 8.0
_LEGEND = 4.6
_DISC = 1.15
_DASH = (1.4, 1.1)


def value_chart(block: ValueChart, layout: Layout) -> list[Piece]:
    """Lay out legend, marks and note as a single piece, so that a chart stands on one page."""
    parts = [_legend(block, layout), *(_bars(block, layout) if block.shape == "bars" else _plots(block, layout))]
    note = layout.note(block.note) if block.note else None
    height = sum(part[0] for part in parts)

    def draw(pen: Pen) -> None:
        """Draw the parts one below the other, and the note."""
        top = 0.0
        for part_height, draw_part in parts:
            with pen.at(0, top):
                draw_part(pen)
            top += part_height
        if note:
            pen.tags.begin_part()
            with pen.at(0, top + 0.9):
                note.draw(pen)

    whole = height + (note.height + 0.9 if note else 0)
    return [Piece(whole, draw, space=layout.density.between_charts, tag=Tag("P"))]


def _legend(block: ValueChart, layout: Layout) -> Body:
    """Lay out the line that explains fills, range and dashed marks; without any there is none."""
    dashed = block.reference_name if any(mark.reference_only for mark in block.marks) else ""
    if not (block.legend or block.range_name or dashed):
        return 0.0, lambda _pen: None

    def draw(pen: Pen) -> None:
        """Draw the line of signs with their meaning."""
        left, middle = 0.0, 1.7

        def name(words: str) -> None:
            """Write what the sign before it means, and move on to the next entry."""
            nonlocal left
            pen.text(left + 6.0, middle + 1.0, words, NOTE)
            left += 6.0 + layout.width(words, NOTE) + 5.0

        for fill, words in block.legend:
            _filled(pen, left, middle - 1.4, (5.0, 2.8), fill)
            name(words)
        if block.range_name:
            _range(pen, left, middle - 1.4, 5.0, 2.8)
            name(block.range_name)
        if dashed:
            pen.disc(left + 2.6, middle, _DISC, 0.7, fill=1, dash=_DASH)
            name(dashed)

    return _LEGEND, draw


def _plots(block: ValueChart, layout: Layout) -> list[Body]:
    """Lay out columns or a line over a scale; marks that would stand too close go on in a further plot."""
    room = layout.text_width - _AXIS
    return [_plot(block, line, room) for line in mark_lines(block.marks, int(room / _LEAST_SLOT))]


def _plot(block: ValueChart, marks: Sequence[ChartMark], room: float) -> Body:
    """Return the drawing of one row of columns or points with axis and labels."""
    slot = min(room / max(len(marks), 1), _WIDEST_SLOT)
    width = slot * len(marks)

    def draw(pen: Pen) -> None:
        """Draw the axis, the marks and their labels."""
        top, left = _ABOVE_PLOT, _AXIS

        def height_of(value: float) -> float:
            """Return the y of a value on the scale, in mm."""
            return top + _PLOT * (1 - share_of_scale(value, block.ticks))

        for tick in block.ticks:
            at = height_of(tick)
            pen.text(left - 1.6, at + 1.0, f"{tick}{block.unit}", NOTE, "right")
            pen.rule(left, at, width, HAIR, 0 if tick == block.ticks[0] else HAIR_GREY)
        middles = [left + slot * (place + 0.5) for place in range(len(marks))]
        if block.shape == "columns":
            for mark, middle in zip(marks, middles, strict=True):
                _column(pen, middle, slot, mark, height_of)
        else:
            _line(pen, middles, marks, height_of)
        for mark, middle in zip(marks, middles, strict=True):
            pen.text(middle, top + _PLOT + 3.4, mark.label, SMALL, "center")
            pen.text(middle, top + _PLOT + 6.6, mark.below, NOTE, "center")

    return _ABOVE_PLOT + _PLOT + _FOOT, draw


def _column(pen: Pen, middle: float, slot: float, mark: ChartMark, height_of: Callable[[float], float]) -> None:
    if mark.lowest is not None and mark.highest is not None:
        upper, lower = height_of(mark.highest), height_of(mark.lowest)
        _range(pen, middle - slot * _RANGE_SHARE / 2, upper, slot * _RANGE_SHARE, lower - upper)
    bottom = height_of(0)
    if mark.value is None:
        pen.text(middle, bottom - 1.2, mark.text, NOTE, "center")
        return
    top, width = height_of(mark.value), min(slot * _COLUMN_SHARE, _WIDEST_COLUMN)
    if bottom > top:
        _filled(pen, middle - width / 2, top, (width, bottom - top), mark.fill)
    _value(pen, middle, top - 1.1, mark.text)


def _value(pen: Pen, middle: float, base: float, text: str) -> None:
    """Write the value of a mark on white, clear of the lines of the scale."""
    wide = pen.width(text, _VALUE) + 0.8
    pen.fill(middle - wide / 2, base - 2.6, wide, 3.1, 1)
    pen.text(middle, base, text, _VALUE, "center")


def _line(pen: Pen, middles: Sequence[float], marks: Sequence[ChartMark], height_of: Callable[[float], float]) -> None:
    """Draw the points of a line chart and connect neighbours that both have a value."""
    points = [
        None if mark.value is None else (middle, height_of(mark.value))
        for middle, mark in zip(middles, marks, strict=True)
    ]
    for one, two in connected_pairs(points):
        pen.line(*one, *two, 0.9)
    for place, (mark, point) in enumerate(zip(marks, points, strict=True)):
        if point is None:
            pen.text(middles[place], height_of(0) - 1.2, mark.text, NOTE, "center")
            continue
        x, y = point
        pen.disc(x, y, _DISC, 0.8, fill=1 if mark.reference_only else 0, dash=_DASH if mark.reference_only else None)
        _value(pen, x, y + 4.4 if is_valley(marks, place) else y - 2.0, mark.text)


def _bars(block: ValueChart, layout: Layout) -> list[Body]:
    """Lay out one bar a row; many of them in two halves side by side, each read down."""
    halves = bar_sides(block.marks, room_for_two=True)
    width = (layout.text_width - _BETWEEN_SIDES * (len(halves) - 1)) / len(halves)
    sides = [_bar_rows(block, side, width, layout) for side in halves]

    def draw(pen: Pen) -> None:
        for number, (_height, draw_side) in enumerate(sides):
            with pen.at(number * (width + _BETWEEN_SIDES), 0):
                draw_side(pen)

    return [(max(height for height, _draw in sides), draw)]


def _bar_rows(block: ValueChart, marks: Sequence[ChartMark], width: float, layout: Layout) -> Body:
    """Return the drawing of horizontal bars, grouped, with names at the left."""
    names = [layout.lines(mark.label, SMALL, _WIDEST_NAME) for mark in marks]
    name_room = max((layout.width(line, SMALL) for lines in names for line in lines), default=0.0) + 3.0
    text_room = max((layout.width(mark.text, _VALUE) for mark in block.marks), default=0.0) + 2.5
    full = width - name_room - text_room
    heights = [max(_BAR_ROW, 3.6 * len(lines) + 1.0) for lines in names]
    whole = sum(heights) + sum(_GROUP_ROW for mark in marks if mark.group)

    def draw(pen: Pen) -> None:
        top = 0.0
        for mark, lines, height in zip(marks, names, heights, strict=True):
            if mark.group:
                pen.text(0, top + 3.6, mark.group, NOTE_BOLD)
                top += _GROUP_ROW
            middle = top + height / 2
            pen.centred(0, middle + 1.05, 3.6, lines, SMALL)
            left = name_room
            pen.vertical_rule(left, top, height, HAIR)
            if mark.value is None:
                pen.text(left + 1.5, middle + 1.05, mark.text, SMALL)
            else:
                length = full * share_of_scale(mark.value, block.ticks)
                if length > 0:
                    _filled(pen, left, middle - _BAR / 2, (length, _BAR), mark.fill)
                pen.text(left + length + 1.5, middle + 1.1, mark.text, _VALUE)
            top += height

    return whole, draw


_GREYS: dict[MarkFill, float] = {"solid": 0.2, "outlined": 1.0, "tinted": 0.72, "hatched": 1.0, "light": 0.88}


def _filled(pen: Pen, x: float, y: float, size: tuple[float, float], fill: MarkFill) -> None:
    """Draw a field in the grey or hatching of a kind of mark."""
    width, height = size
    pen.box(x, y, width, height, 0.5, fill=_GREYS[fill])
    if fill == "hatched":
        pen.hatch(x, y, width, height, 1.1)


def _range(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    """Draw the range of the contract as a light area between two thin rules; a single number is a thicker one."""
    if height > 0:
        pen.fill(x, y, width, height, _RANGE_GREY)
        pen.rule(x, y, width, 0.4, 0.45)
        pen.rule(x, y + height, width, 0.4, 0.45)
    else:
        pen.rule(x, y, width, 2.0, 0.35)
