"""Fits one table cell: shrinks, then wraps, then asks for a higher row, but never cuts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.papers.pdf.column_plans import UNIT, ColumnPlan
from app.papers.pdf.layout import Layout
from app.papers.pdf.sizes import CELL_HEADING, TABLE_FLOOR, Style

_STEP = 0.25
_READING = re.compile("[ぁ-ゖァ-ヺー・ 　]+")
_EMPTY_BOX = frozenset(("", "□", "☐"))
_READING_FLOOR = 5.5
_READING_STYLE = Style("gothic", 6.5)
RING = 1.7  # between a word and the ring around it


@dataclass(frozen=True)
class CellText:
    """A cell ready to draw: lines in their style, leading in mm, and the reading above a name."""

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
    aside: Style | None = None

    @property
    def height(self) -> float:
        """Return the height of the text in mm, without padding."""
        extra = 2.4 if self.reading else 0.0
        return (4.8 if self.box else 0.0) if not self.lines else self.leading * len(self.lines) + extra


def fit_cell(text: str, plan: ColumnPlan, layout: Layout, style: Style, leading: float) -> CellText:
    """Set one cell of a body row in its column."""
    if plan.kind == "choice":
        return CellText((text,), _choice_style(plan, layout), leading, choices=plan.choices)
    if not text or (plan.kind == "tick" and text in _EMPTY_BOX):
        return CellText((), style, leading, box=plan.kind == "tick")
    if plan.reading and "\n" in text:
        return _name_with_reading(text, plan, layout)
    if plan.unit_width and (match := UNIT.fullmatch(text)):
        return CellText((text,), style, leading, figure=match[1], unit=match[2])
    parts = text.split("\n")
    sizes = [_on_one_line(part, plan, layout, style, typed_lines=len(parts) > 1) for part in parts]
    fitted = [size for size in sizes if size]
    if len(fitted) < len(parts):
        return _wrapped(text, plan, layout, style, leading)
    asides = [size for size, part in zip(fitted, parts, strict=True) if is_aside(part)]
    mains = [size for size, part in zip(fitted, parts, strict=True) if not is_aside(part)]
    # A basis in brackets may stand smaller than the word it explains, but the word keeps its size.
    smallest = min(mains or asides, key=lambda shown: shown.size)
    aside = min(asides, key=lambda shown: shown.size) if asides and mains else None
    return CellText(tuple(parts), smallest, leading, aside=aside)


def is_aside(line: str) -> bool:
    """Say whether a line of a cell is a remark in brackets."""
    return line.startswith(("（", "("))


def _choice_style(plan: ColumnPlan, layout: Layout) -> Style:
    size = 8.5
    while size > 7 and _choices_width(plan, layout, Style("bold", size)) > plan.room:
        size -= _STEP
    return Style("bold", size)


def _choices_width(plan: ColumnPlan, layout: Layout, style: Style) -> float:
    return sum(layout.width(word, style) + 2 * RING for word in plan.choices)


def _on_one_line(text: str, plan: ColumnPlan, layout: Layout, style: Style, *, typed_lines: bool) -> Style | None:
    # Running text wraps at its size; names, figures and lines that were typed as lines shrink first.
    floor = style.size - 0.5 if plan.kind == "text" and not typed_lines else TABLE_FLOOR
    width = layout.width(text, style)
    if width <= plan.room + 0.01:
        return style
    size = style.size - _STEP
    while size >= floor:
        if width * size / style.size <= plan.room + 0.01:
            return Style(style.face, size)
        size -= _STEP
    return None


def _wrapped(text: str, plan: ColumnPlan, layout: Layout, style: Style, leading: float) -> CellText:
    small = plan.kind == "group" and layout.look == "roster"
    shown = Style(style.face, TABLE_FLOOR + 0.25) if small else style
    lines = layout.lines(text, shown, plan.room, names=plan.kind == "name")
    if small:
        leading = 3.3
    return CellText(tuple(lines), shown, leading)


def _name_with_reading(text: str, plan: ColumnPlan, layout: Layout) -> CellText:
    """Set a name large and bold under its ふりがな; too long a name takes two lines at its space."""
    first, _, second = text.partition("\n")
    reading, name = (first, second) if _READING.fullmatch(first) else (second, first)
    size = 12.0
    while size > 9.5 and layout.width(name, Style("bold", size)) > plan.room:
        size -= _STEP
    style = Style("bold", size)
    above = _READING_STYLE
    while above.size > _READING_FLOOR and layout.width(reading, above) > plan.room:
        above = Style("gothic", above.size - _STEP)
    lines = layout.lines(name, style, plan.room, names=True)
    return CellText(tuple(lines), style, 4.3, reading=reading, reading_style=above)


def fit_heading(plan: ColumnPlan, layout: Layout) -> CellText:
    """Set a column heading: shrunk a little, then on several lines."""
    if not plan.title:
        return CellText((), CELL_HEADING, 3.9)
    size = CELL_HEADING.size
    while (
        size > TABLE_FLOOR
        and max(layout.width(part, Style("bold", size)) for part in plan.title.split("\n")) > plan.room + 0.6
    ):
        size -= _STEP
    style = Style("bold", size)
    return CellText(tuple(layout.lines(plan.title, style, plan.room + 0.6)), style, 3.9, heading=True)
