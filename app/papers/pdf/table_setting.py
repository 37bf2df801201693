"""How the rows of one table are set: columns, type, padding, and the pieces all rows share."""

from __future__ import annotations

from dataclasses import dataclass

from app.papers.blocks import Table
from app.papers.pdf.column_plans import ColumnPlan, plan_columns
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.sizes import CELL, COLUMN_GREY, HAIR, Style

_SHORT_TABLE = 8  # rows of a table in a letter that is set larger


@dataclass(frozen=True)
class TableSetting:
    """How the rows of one table are set."""

    plans: tuple[ColumnPlan, ...]
    style: Style
    leading: float
    padding: float
    middle: bool
    box: float
    ruled: bool
    band_column: int | None

    @property
    def left(self) -> float:
        """Return where the table starts, in mm from the text column."""
        return self.plans[0].x

    @property
    def width(self) -> float:
        """Return the width of the table in mm."""
        return self.plans[-1].x + self.plans[-1].width - self.plans[0].x


def setting_of(block: Table, layout: Layout) -> TableSetting:
    """Decide how a table is set: short ones in letters are set larger, ringed words get room."""
    density = layout.density
    style, leading, padding = CELL, density.table_leading, density.row_padding
    large = len(block.rows) == 1 or (layout.look == "letter" and len(block.rows) <= _SHORT_TABLE)
    if large and not block.ruled and _all_on_one_line(block, layout, Style("gothic", 10)):
        style, leading, padding = Style("gothic", 10), 4.7, density.row_padding + 0.6
    if any(column.choices for column in block.columns):
        padding = max(padding, 3.3)  # room for the ring around a word
    ticks = any(column.tick for column in block.columns)
    bands = [number for number, column in enumerate(block.columns) if column.title == "班"]
    return TableSetting(
        plans=plan_columns(block.columns, block.rows, layout, style),
        style=style,
        leading=leading,
        padding=padding,
        middle=ticks or layout.look == "roster",
        box=4.8 if layout.look == "roster" else 5.0,
        ruled=block.ruled,
        band_column=bands[0] if bands and layout.look == "roster" else None,
    )


def _all_on_one_line(block: Table, layout: Layout, style: Style) -> bool:
    plans = plan_columns(block.columns, block.rows, layout, style)
    return all(
        layout.width(text, style) <= plan.room for row in block.rows for text, plan in zip(row, plans, strict=False)
    )


def draw_column_rules(pen: Pen, x: float, y: float, height: float, setting: TableSetting) -> None:
    """Draw the hairlines between the columns of a form that is filled by hand."""
    if setting.ruled:
        for plan in setting.plans[1:]:
            pen.upright(x + plan.x, y, height, HAIR, COLUMN_GREY)
