"""The block of a chart: one value for each day, place or year, drawn as columns, as a line or as bars.

The value stands beside its mark, so that the chart can be read without the table below it and in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeVar

from db.record import record

PointT = TypeVar("PointT")
ChartShape = Literal["columns", "line", "bars"]
MarkFill = Literal["solid", "outlined", "tinted", "hatched", "light"]
FILLS: tuple[MarkFill, ...] = ("solid", "outlined", "tinted", "hatched", "light")
"""The fills of the kinds of event in the order of the year; they differ without colour."""


@record
class ChartMark:
    """One value: its name (``label``, and ``below`` it in small type), the number, and the text beside the mark.

    ``value`` None = not recorded: ``text`` stands alone. ``lowest`` and ``highest`` are the range of the contract,
    None = it gives none. ``reference_only`` draws the mark dashed. ``group`` is the heading of the bars that begin
    with this mark, "" = they go on.
    """

    label: str
    value: float | None
    text: str
    below: str = ""
    fill: MarkFill = "solid"
    lowest: int | None = None
    highest: int | None = None
    reference_only: bool = False
    group: str = ""


@record
class ValueChart:
    """A chart of several values, never split over pages.

    ``name`` says what it shows and names its cells in a workbook. ``ticks`` are the numbers of its scale, lowest first.
    ``label_name`` is what the marks are named by, ``value_name`` what is counted, ``unit`` its unit; ``range_name`` is
    what the range of the marks is. ``legend`` explains the fills, ``reference_name`` the dashed marks.
    """

    name: str
    shape: ChartShape
    marks: tuple[ChartMark, ...]
    ticks: tuple[int, ...]
    label_name: str
    value_name: str
    unit: str
    range_name: str = ""
    legend: tuple[tuple[MarkFill, str], ...] = ()
    reference_name: str = ""
    note: str = ""


def mark_lines(marks: Sequence[ChartMark], most: int) -> tuple[tuple[ChartMark, ...], ...]:
    """Return the marks in as few lines as hold at most ``most`` each, about as many on every line."""
    lines = max(1, -(-len(marks) // max(1, most)))
    each = max(1, -(-len(marks) // lines))
    return tuple(tuple(marks[start : start + each]) for start in range(0, len(marks), each)) or ((),)


def bar_sides(marks: Sequence[ChartMark], *, room_for_two: bool) -> tuple[tuple[ChartMark, ...], ...]:
    """Return the marks of bars in two halves, each read down, if there are eight or more, no groups, and room.

    Else all of them are in one.
    """
    if room_for_two and len(marks) >= _TWO_SIDES_FROM and not any(mark.group for mark in marks):
        return mark_lines(marks, -(-len(marks) // 2))
    return (tuple(marks),)


def connected_pairs(points: Sequence[PointT | None]) -> list[tuple[PointT, PointT]]:
    """Return the neighbours of a line chart to be joined by a line: both have a value (None = no value)."""
    return [(one, two) for one, two in pairwise(points) if one is not None and two is not None]


def is_valley(marks: Sequence[ChartMark], place: int) -> bool:
    """Return whether a mark is lower than the average of those beside it, so that its text stands clear below it."""
    around = [marks[at].value for at in (place - 1, place + 1) if 0 <= at < len(marks)]
    beside = [value for value in around if value is not None]
    value = marks[place].value
    return value is not None and bool(beside) and value < sum(beside) / len(beside)


def share_of_scale(value: float, ticks: Sequence[int]) -> float:
    """Return where a value stands on a scale: 0 at its lowest number or below, 1 at its highest or above."""
    return min(max((value - ticks[0]) / (ticks[-1] - ticks[0]), 0.0), 1.0)


def ticks_up_to(highest: float) -> tuple[int, ...]:
    """Return the numbers of a scale from 0 to ``highest`` or just above it, in round steps."""
    size = next(one for one in _STEPS if one * 4 >= highest)
    count = max(1, -int(-highest // size))
    return tuple(size * place for place in range(count + 1))


_TWO_SIDES_FROM = 8
_STEPS = tuple(base * 10**power for power in range(6) for base in (1, 2, 5))
