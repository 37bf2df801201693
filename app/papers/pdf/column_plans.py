"""Where the columns of a table stand and how the cells of each are to be set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.papers.blocks import Align, Column
from app.papers.pdf.layout import Layout
from app.papers.pdf.sizes import Style

PADDING = 1.5
UNIT_GAP = 0.9
_LETTER_VALUES = 118.0
UNIT = re.compile(r"([+＋\-−△▲]?[0-9][0-9,]*(?:\.[0-9]+)?)[ 　]?([^0-9\s.,:/／（(][^0-9]{0,3})")
_FIGURE = re.compile(r"[+＋\-−]?[0-9][0-9,.]*")
_NAME_TITLE = re.compile("氏名|担当|責任者|講師|記入者|確認者|出席者|参加者名")
_GROUP_TITLE = re.compile("団体|町会|自治会|会社|事業者名")
Kind = Literal["text", "figure", "tick", "name", "group", "choice"]


@dataclass(frozen=True)
class ColumnPlan:
    """Where a column stands (mm from the table's edge) and how its cells are set."""

    title: str
    x: float
    width: float
    align: Align
    kind: Kind
    unit_width: float = 0.0
    reading: bool = False
    choices: tuple[str, ...] = ()

    @property
    def room(self) -> float:
        """Return the width between the paddings."""
        return self.width - 2 * PADDING


def plan_columns(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], layout: Layout, style: Style
) -> tuple[ColumnPlan, ...]:
    """Place the columns; a table wider than the page is narrowed evenly, a nearly full one widened."""
    total = sum(column.width for column in columns)
    room = layout.text_width
    scale = room / total if total > room or total > room * 0.97 else 1.0
    start = 0.0
    if layout.look == "letter":
        if abs(total - _LETTER_VALUES) < 12:  # it belongs under the values of the letter's items
            scale = _LETTER_VALUES / total
        start = room - total * scale
    plans = []
    x = start
    for number, column in enumerate(columns):
        body = [row[number] for row in rows if number < len(row)]
        plans.append(
            ColumnPlan(
                title=column.title,
                x=x,
                width=column.width * scale,
                align=column.align,
                kind=_kind(column),
                unit_width=_unit_width(column, body, layout, style),
                reading="ふりがな" in column.title or "フリガナ" in column.title,
                choices=column.choices,
            )
        )
        x += column.width * scale
    return tuple(plans)


def _kind(column: Column) -> Kind:
    if column.choices:
        return "choice"
    if column.tick:
        return "tick"
    if column.align != "left":
        return "figure"
    if _NAME_TITLE.search(column.title):
        return "name"
    return "group" if _GROUP_TITLE.search(column.title) else "text"


def _unit_width(column: Column, body: Sequence[str], layout: Layout, style: Style) -> float:
    """Return the width kept for units when a column mixes them, so that the figures still align."""
    if column.align != "right":
        return 0.0
    units = {match[2] for match in map(UNIT.fullmatch, body) if match}
    if len(units) < 2 or any(_FIGURE.fullmatch(text) for text in body):
        return 0.0
    return max(layout.width(unit, unit_style(style)) for unit in units) + UNIT_GAP


def unit_style(style: Style) -> Style:
    """Return the smaller style of a unit beside its figure."""
    return Style(style.face, style.size - 0.75)
