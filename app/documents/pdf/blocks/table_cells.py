"""The cells of a table: positions of its columns, fitting a cell into its column, and drawing it.

A cell shrinks, then wraps, then gets a higher row, but is never cut off; figures are aligned, readings stand above
names, and a ring stands around the chosen word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from app.documents.blocks import Align, Column
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Anchor, Pen
from app.documents.pdf.typesetting.sizes import CELL_HEADING, TABLE_FLOOR, Style
from db.record import frozen

PADDING = 1.5
UNIT_GAP = 0.9
_LETTER_VALUES = 118.0
UNIT = re.compile(r"([+＋\-−△▲]?[0-9][0-9,]*(?:\.[0-9]+)?)[ 　]?([^0-9\s.,:/／（(][^0-9]{0,3})")
_DAY = re.compile(r"[RHS]?[0-9]+\.[0-9]+\.[0-9]+(?:（[日月火水木金土](?:・[祝休])?）|\([日月火水木金土]\))?")
_FIGURE = re.compile(r"[+＋\-−]?[0-9][0-9,.]*")
_NAME_TITLE = re.compile("氏名|担当|責任者|講師|記入者|確認者|出席者|参加者名|引渡者|受領者|持ち出した者|承認者|立会者")
_GROUP_TITLE = re.compile("団体|町会|自治会|会社|事業者名")
Kind = Literal["text", "figure", "tick", "name", "group", "choice", "bar"]
_STEP = 0.25
_READING = re.compile("[ぁ-ゖァ-ヺー・ 　]+")
_EMPTY_BOX = frozenset(("", "□", "☐"))
_READING_FLOOR = 5.5
_READING_STYLE = Style("gothic", 6.5)
_BAR_GREY = 0.38
RING = 1.7  # between a word and the ring around it


@frozen
class ColumnPlan:
    """The position of a column (``x`` in mm from the table's edge) and how its cells are set.

    ``unit_width`` is the room kept for units, 0 = none; ``reading``: its cells hold a ふりがな and a name. ``smallest``
    is the least type in points, 0 = as a table may.
    """

    title: str
    x: float
    width: float
    align: Align
    kind: Kind
    unit_width: float = 0.0
    reading: bool = False
    choices: tuple[str, ...] = ()
    smallest: float = 0.0

    @property
    def room(self) -> float:
        """Return the width between the paddings."""
        return self.width - 2 * PADDING


def plan_columns(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    layout: Layout,
    style: Style,
    *,
    smallest: float = 0.0,
) -> tuple[ColumnPlan, ...]:
    """Return the columns placed; a table wider than the page is narrowed evenly, a nearly full one widened.

    Args:
        smallest: points below which no cell and no heading is set; 0 = as a table may.
    """
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
                smallest=smallest,
            )
        )
        x += column.width * scale
    return tuple(plans)


def _kind(column: Column) -> Kind:
    """Return how the cells of a column are drawn: as choice, bar, tick, number, name of a person or group, or text."""
    if column.choices:
        return "choice"
    if column.bar:
        return "bar"
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


@frozen
class CellText:
    """A cell ready to draw: lines in their style, leading in mm, and the reading above a name.

    ``box`` = an empty box to tick; ``figure`` and ``unit`` are drawn apart, "" = the lines alone. ``remark_style`` is
    that of lines in brackets, None = ``style``.
    """

    lines: tuple[str, ...]
    style: Style
    leading: float
    box: bool = False
    reading: str = ""
    reading_style: Style = _READING_STYLE
    figure: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    heading: bool = False
    remark_style: Style | None = None

    @property
    def height(self) -> float:
        """Return the height of the text in mm, without padding."""
        extra = 2.4 if self.reading else 0.0
        return (4.8 if self.box else 0.0) if not self.lines else self.leading * len(self.lines) + extra


def fit_cell(text: str, plan: ColumnPlan, layout: Layout, style: Style, leading: float) -> CellText:
    """Return the text of one cell of a body row, set to fit its column."""
    if plan.kind == "choice":
        return CellText((text,), _choice_style(plan, layout), leading, choices=plan.choices)
    if not text or (plan.kind == "tick" and text in _EMPTY_BOX):
        return CellText((), style, leading, box=plan.kind == "tick")
    if plan.reading and "\n" in text:
        return _name_with_reading(text, plan, layout)
    if plan.unit_width and (match := UNIT.fullmatch(text)):
        return CellText((text,), style, leading, figure=match[1], unit=match[2])
    parts = text.split("\n")
    sizes = [_on_one_line(part, plan, layout, style) for part in parts]
    fitted = [size for size in sizes if size]
    if len(fitted) < len(parts):
        return _wrapped(text, plan, layout, style, leading)
    asides = [size for size, part in zip(fitted, parts, strict=True) if is_remark(part)]
    mains = [size for size, part in zip(fitted, parts, strict=True) if not is_remark(part)]
    # A basis in brackets may stand smaller than the word it explains, but the word keeps its size.
    smallest = min(mains or asides, key=lambda shown: shown.size)
    aside = min(asides, key=lambda shown: shown.size) if asides and mains else None
    return CellText(tuple(parts), smallest, leading, remark_style=aside)


def is_remark(line: str) -> bool:
    """Return whether a line of a cell is a remark in brackets."""
    return line.startswith(("（", "("))


def _choice_style(plan: ColumnPlan, layout: Layout) -> Style:
    """Return the largest style in which the choices of a column fit beside each other."""
    return Style("bold", 8.5).shrunk(
        7, lambda one: sum(layout.width(word, one) + 2 * RING for word in plan.choices) <= plan.room
    )


def _on_one_line(text: str, plan: ColumnPlan, layout: Layout, style: Style) -> Style | None:
    """Return the style in which the text fits on one line, None if it must wrap."""
    # Text wraps at its size, so that a cell stands in no smaller type than its neighbours; names, figures and days
    # shrink first.
    floor = style.size - 0.5 if plan.kind == "text" and _DAY.fullmatch(text) is None else TABLE_FLOOR
    floor = plan.smallest or floor
    width = layout.width(text, style)
    if width <= plan.room + 0.01:
        return style
    size = style.size - _STEP
    while size >= floor:
        if width * size / style.size <= plan.room + 0.01:
            return Style(style.face, size)
        size -= _STEP
    # A number is never torn: it rather stands close to the column beside it.
    close = plan.kind == "figure" and _FIGURE.fullmatch(text) and width * TABLE_FLOOR / style.size <= plan.width
    return Style(style.face, TABLE_FLOOR) if close else None


def _wrapped(text: str, plan: ColumnPlan, layout: Layout, style: Style, leading: float) -> CellText:
    small = plan.kind == "group" and layout.look == "roster"
    shown = Style(style.face, TABLE_FLOOR + 0.25) if small else style
    lines = layout.lines(text, shown, plan.room, names=plan.kind == "name")
    if small:
        leading = 3.3
    return CellText(tuple(lines), shown, leading)


def _name_with_reading(text: str, plan: ColumnPlan, layout: Layout) -> CellText:
    """Set a name large and bold under its ふりがな; a too long name takes two lines, broken at its space."""
    first, _, second = text.partition("\n")
    reading, name = (first, second) if _READING.fullmatch(first) else (second, first)
    style = Style("bold", 12.0).shrunk(9.5, lambda one: layout.width(name, one) <= plan.room)
    above = _READING_STYLE.shrunk(_READING_FLOOR, lambda one: layout.width(reading, one) <= plan.room)
    lines = layout.lines(name, style, plan.room, names=True)
    return CellText(tuple(lines), style, 4.3, reading=reading, reading_style=above)


def fit_heading(plan: ColumnPlan, layout: Layout) -> CellText:
    """Set a column heading: slightly smaller if that is enough, else on several lines."""
    if not plan.title:
        return CellText((), CELL_HEADING, 3.9)
    style = Style("bold", max(CELL_HEADING.size, plan.smallest)).shrunk(
        plan.smallest or TABLE_FLOOR,
        lambda one: all(layout.width(part, one) <= plan.room + 0.6 for part in plan.title.split("\n")),
    )
    return CellText(tuple(layout.lines(plan.title, style, plan.room + 0.6)), style, 3.9, heading=True)


def draw_cell(pen: Pen, base: float, cell: CellText, plan: ColumnPlan) -> None:
    """Draw a cell's text with its first baseline at ``base``."""
    left = plan.x
    if plan.kind == "bar":
        draw = _draw_scale if cell.heading else _draw_bar
        draw(pen, left, base, cell, plan)
        return
    if cell.reading:
        pen.text(left + PADDING, base, cell.reading, cell.reading_style)
        base += 4.25
    if cell.unit:
        edge = left + plan.width - PADDING
        pen.digits(edge - plan.unit_width, base, cell.figure, cell.style)
        pen.text(edge - plan.unit_width + UNIT_GAP, base, cell.unit, unit_style(cell.style))
        return
    if cell.choices:
        _draw_choices(pen, left + PADDING, base, cell, plan.room)
        return
    for line in cell.lines:
        style = cell.remark_style if cell.remark_style and is_remark(line) else cell.style
        if plan.align == "right":
            edge = left + plan.width - PADDING
            pen.digits(edge - (plan.unit_width if cell.heading else 0), base, line, style)
        elif plan.align == "center":
            pen.digits(left + plan.width / 2, base, line, style, "center")
        else:
            pen.text(left + PADDING, base, line, style)
        base += cell.leading


def _draw_bar(pen: Pen, left: float, base: float, cell: CellText, plan: ColumnPlan) -> None:
    """Draw the value of a cell, printed in another column, as a bar of 0–100 with quarter marks."""
    share = float(cell.lines[0]) if cell.lines else 0.0
    start, full, middle = left + PADDING, plan.room, base - 1.15
    for quarter in range(5):
        pen.dashed(
            start + full * quarter / 4, middle - 2.2, start + full * quarter / 4, middle + 2.2, 0.4, 0.6, (0.6, 1.4)
        )
    if share > 0:
        pen.box(start, middle - 1.4, full * min(share, 100.0) / 100, 2.8, 0.5, fill=_BAR_GREY)


def _draw_scale(pen: Pen, left: float, base: float, cell: CellText, plan: ColumnPlan) -> None:
    """Draw the labels of a bar's scale in even steps, the first and the last at its ends."""
    words = plan.title.split()
    for number, word in enumerate(words):
        at = left + PADDING + plan.room * number / max(len(words) - 1, 1)
        anchor: Anchor = "left" if not number else "right" if number == len(words) - 1 else "center"
        pen.text(at, base, word, cell.style, anchor)


def _draw_choices(pen: Pen, x: float, base: float, cell: CellText, room: float) -> None:
    """Draw all words in even steps and a ring around the chosen one."""
    widths = [pen.width(word, cell.style) + 2 * RING for word in cell.choices]
    gap = (room - sum(widths)) / max(len(widths) - 1, 1)
    for word, width in zip(cell.choices, widths, strict=True):
        chosen = word in cell.lines
        style = cell.style if chosen else Style("gothic", cell.style.size)
        if chosen:
            pen.box(x, base - 3.75, width, 5.3, 1.1, radius=2.6)
        pen.text(x + width / 2, base, word, style, "center")
        x += width + max(gap, 0)
