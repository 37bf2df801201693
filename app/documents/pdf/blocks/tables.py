"""Tables: whole rows, a heading repeated on every page, totals and notes kept in place.

A row is one piece with a rule, split only when it is higher than a page.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

from app.documents.blocks import Table
from app.documents.pdf.blocks.table_cells import (
    PADDING,
    CellText,
    ColumnPlan,
    draw_cell,
    fit_cell,
    fit_heading,
    plan_columns,
)
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    CELL,
    COLUMN_GREY,
    GROUP_GREY,
    HAIR,
    HAIR_GREY,
    HEAD_RULE,
    HEAVY,
    LABEL_GREY,
    NOTE,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag
from db.record import frozen

_SHORT_TABLE = 8  # rows of a table in a letter that is set larger
_ROSTER_PADDING = 1.1  # twenty people and their readings on one page
_PART_LINES = 16  # a row longer than a page is parted into pieces of so many lines at most
_LEADING = 0.46  # millimetres of leading for a point of a table whose size is given
_STRIKE = 0.12
"""Height of the strike-through line above the baseline, as a fraction of the type size (points to millimetres)."""
_WHOLE_ROWS, _CLOCK = 8, "時刻"
_FEW_ROWS, _LOW_TABLE = 8, 70.0
"""A table of at most so many rows and so many millimetres is not split."""
_SAME = "〃"
_CONTINUED = "（つづき）"
_CONTINUED_HEIGHT = 4.0


@frozen
class TableSetting:
    """The typesetting of the rows of one table.

    ``middle``: cells are centred vertically; ``box`` is the side of a box to tick in mm. ``band_column`` is the column
    班 of a roster, at whose changes a heavy rule stands, None = none.
    """

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
    """Return how a table is set: short ones in letters are set larger, ringed words get room."""
    density = layout.density
    style, leading, padding = Style(CELL.face, density.cell_size), density.table_leading, density.row_padding
    if block.type_size:
        style = Style(CELL.face, block.type_size)
        leading, padding = min(block.type_size * _LEADING, density.letter_leading), density.item_space + 0.6
    large = len(block.rows) == 1 or (layout.look == "letter" and len(block.rows) <= _SHORT_TABLE)
    if large and not block.type_size and not block.ruled and _all_on_one_line(block, layout, Style("gothic", 10)):
        style, leading, padding = Style("gothic", 10), 4.7, density.row_padding + 0.6
    if any(column.choices for column in block.columns):
        padding = max(padding, 3.3)  # room for the ring around a word
    ticks = any(column.tick for column in block.columns)
    bands = [number for number, column in enumerate(block.columns) if column.title == "班"]
    return TableSetting(
        plans=plan_columns(block.columns, block.rows, layout, style, smallest=block.type_size),
        style=style,
        leading=leading,
        padding=padding,
        middle=ticks or layout.look == "roster",
        box=4.8 if layout.look == "roster" else 5.0,
        ruled=block.ruled,
        band_column=bands[0] if bands and layout.look == "roster" else None,
    )


def _all_on_one_line(block: Table, layout: Layout, style: Style) -> bool:
    """Return whether every cell of the table fits on one line in this style."""
    plans = plan_columns(block.columns, block.rows, layout, style)
    return all(
        layout.width(text, style) <= plan.room for row in block.rows for text, plan in zip(row, plans, strict=False)
    )


def draw_column_rules(pen: Pen, height: float, setting: TableSetting) -> None:
    """Draw the hairlines between the columns of a form that is filled by hand."""
    if setting.ruled:
        for plan in setting.plans[1:]:
            pen.vertical_rule(plan.x, 0, height, HAIR, COLUMN_GREY)


def row_pieces(
    number: int,
    values: tuple[tuple[str, ...], tuple[str, ...]],
    block: Table,
    setting: TableSetting,
    layout: Layout,
    limit: float,
    *,
    struck: Collection[int] = (),
    going_on: str = "",
) -> list[Piece]:
    """Lay out one row; only a row higher than a whole page continues in further pieces.

    Args:
        values: the cells as they are, and those for the top of a page (〃 replaced). limit: the height of a page in mm.
        struck: the columns (from 0) whose values get a line through them. going_on: what stands in the first column
            where it goes on.
    """
    total = block.total_row and number == len(block.rows) - 1
    bold = total or number in block.bold_rows
    style = Style("bold", setting.style.size) if bold else setting.style
    as_is = _fit_row(values[0], setting, layout, style, boxes=not total)
    in_full = as_is if values[0] == values[1] else _fit_row(values[1], setting, layout, style, boxes=True)
    natural = max(cell.height for cell in (*as_is, *in_full))
    padding = _ROSTER_PADDING if layout.look == "roster" else setting.padding
    height = max(natural + padding, block.min_row_height)
    if number and not total and setting.band_column is not None:
        column = setting.band_column
        new_band = _value(block.rows[number], column) != _value(block.rows[number - 1], column)
    else:
        new_band = False
    rule = (HEAD_RULE, 0.0) if total else (HEAVY, 0.0) if new_band else (HAIR, HAIR_GREY)
    if height <= limit:
        shaded = number in block.grey_rows
        return [Piece(height, _row_drawing(as_is, in_full, height, rule, setting, shaded=shaded, struck=struck))]
    pieces: list[Piece] = []
    named = fit_cell(going_on, setting.plans[0], layout, style, setting.leading)
    for part in _parts(in_full, _lines_of_part(limit, setting.leading, padding)):
        # At the top of a page it is not to be seen any more which row this is.
        on_top = [named, *part[1:]] if pieces and going_on and not part[0].lines else part
        tall = max(cell.height for cell in on_top) + padding
        pieces.append(Piece(tall, _row_drawing(part, on_top, tall, None if pieces else rule, setting, struck=struck)))
    return pieces


def _lines_of_part(limit: float, leading: float, padding: float) -> int:
    """Return how many lines a part of a row gets, so that whole parts fill a page of ``limit`` mm."""
    parts = math.ceil(limit / (_PART_LINES * leading + padding))
    return max(1, int((limit / parts - padding) / leading))


def _parts(cells: list[CellText], lines: int) -> list[list[CellText]]:
    """Split the cells of a tall row into parts of ``lines`` lines; box and reading stand only in the first part."""
    longest = max(len(cell.lines) for cell in cells)
    return [
        [
            replace(
                cell,
                lines=cell.lines[start : start + lines],
                box=cell.box and not start,
                reading="" if start else cell.reading,
            )
            for cell in cells
        ]
        for start in range(0, longest, lines)
    ]


def _value(row: tuple[str, ...], column: int) -> str:
    return row[column] if column < len(row) else ""


def _fit_row(
    values: tuple[str, ...], setting: TableSetting, layout: Layout, style: Style, *, boxes: bool
) -> list[CellText]:
    cells = []
    for number, plan in enumerate(setting.plans):
        shown = Style("bold", 10.5) if number == setting.band_column else style
        cell = fit_cell(_value(values, number), plan, layout, shown, setting.leading)
        cells.append(cell if boxes or not cell.box else CellText((), style, setting.leading))
    return cells


def _strike(pen: Pen, y: float, cell: CellText, plan: ColumnPlan) -> None:
    """Draw a strike-through line over every line of a cell, which stays readable."""
    left = plan.x + PADDING
    for number, line in enumerate(cell.lines):
        width = pen.width(line, cell.style)
        start = {"left": left, "center": left + (plan.room - width) / 2, "right": left + plan.room - width}[plan.align]
        base = y + number * cell.leading
        pen.rule(start - 0.4, base - cell.style.size * _STRIKE, width + 0.8, HEAD_RULE)


def _row_drawing(
    as_is: list[CellText],
    in_full: list[CellText],
    height: float,
    rule: tuple[float, float] | None,
    setting: TableSetting,
    *,
    shaded: bool = False,
    struck: Collection[int],
) -> Draw:
    """Return the function that draws one table row: ``as_is``, or ``in_full`` where it begins a page."""
    baseline = setting.padding / 2 + setting.style.size * 0.35

    def draw(pen: Pen) -> None:
        """Draw the cells of the row with its rule and shade."""
        left = setting.left
        if shaded:
            pen.fill(left, 0, setting.width, height, LABEL_GREY)
        if rule and not pen.place.first:
            pen.rule(left, 0, setting.width, *rule)
        for number, (cell, plan) in enumerate(zip(in_full if pen.place.first else as_is, setting.plans, strict=True)):
            pen.tags.begin_cell("TD")
            if cell.box:
                middle = plan.x + plan.width / 2
                pen.box(middle - setting.box / 2, (height - setting.box) / 2, setting.box, setting.box, 0.6)
            elif cell.lines:
                base = baseline
                if setting.middle:
                    base = (height - cell.height) / 2 + _ascent(cell)
                draw_cell(pen, base, cell, plan)
                if number in struck:
                    _strike(pen, base, cell, plan)
        draw_column_rules(pen, height, setting)
        if pen.place.last:
            pen.rule(left, height, setting.width, HEAVY)

    return draw


def _ascent(cell: CellText) -> float:
    """Return how far the first baseline lies below the top of a cell."""
    if cell.reading:
        return 2.0
    return cell.leading / 2 + cell.style.size * 0.128


def group_row(text: str, setting: TableSetting, layout: Layout) -> Piece:
    """Lay out a grey sub-heading that spans the table."""
    style = Style("bold", setting.style.size)
    lines = layout.lines(text, style, setting.width - 2 * PADDING)
    height = setting.leading * len(lines) + max(setting.padding - 0.4, 1.6)

    def draw(pen: Pen) -> None:
        """Draw the grey bar and its words."""
        left = setting.left
        pen.tags.begin_cell("TH", scope="Row", span=len(setting.plans))
        pen.fill(left, 0, setting.width, height, GROUP_GREY)
        pen.rule(left, 0, setting.width, *((HEAD_RULE, 0.0) if pen.place.first else (HAIR, HAIR_GREY)))
        pen.centred(left + PADDING, height / 2 + style.size * 0.128, setting.leading, lines, style)
        if pen.place.last:
            pen.rule(left, height, setting.width, HEAVY)

    return Piece(height, draw)


def table(block: Table, layout: Layout) -> list[Piece]:
    """Lay out a table as one piece per row, with its heading and its note.

    Raises:
        ValueError: a row has more cells than there are columns.
    """
    if any(len(row) > len(block.columns) for row in block.rows):
        raise ValueError("表の行に、見出しより多い欄があります。")
    setting = setting_of(block, layout)
    run = object()
    tag = Tag("TR", run)
    heading = heading_piece(setting, layout, run)
    heading.tag = tag
    pieces = [heading]
    last = len(block.rows) - 1
    # A timetable is one glance: it is not parted into three rows and four.
    timetable = any(column.title == _CLOCK for column in block.columns) and len(block.rows) <= _WHOLE_ROWS
    whole = _WHOLE_ROWS if timetable else 4
    limit = layout.paper.body_height - heading.height - _CONTINUED_HEIGHT
    for number, (cells, in_full) in enumerate(_repeated_values(block.rows)):
        if number in block.group_rows:
            made = [group_row(cells[0] if cells else "", setting, layout)]
        else:
            made = row_pieces(number, (cells, in_full), block, setting, layout, limit)
        for piece in made:
            piece.run, piece.heading, piece.run_on = run, heading, _CONTINUED_HEIGHT
            piece.tag = tag
        made[-1].keep_with_next = (
            number in block.group_rows
            or (number in (0, last - 1) and number != last)
            or number < last < whole
            # The last row of a group never stands alone on the next page.
            or (number + 2 in block.group_rows and number + 1 not in block.group_rows)
            or (number == last and bool(block.note))
        )
        pieces += made
    if last < _FEW_ROWS and not block.group_rows and sum(piece.height for piece in pieces) <= _LOW_TABLE:
        for piece in pieces[:-1]:  # as low as a paragraph or two: it goes over to the next page whole
            piece.keep_with_next = True
    if block.note:
        pieces.append(layout.note(block.note, left=setting.left, width=setting.width))
    return pieces


def _repeated_values(rows: tuple[tuple[str, ...], ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return each row as a pair: as it is, and with 〃 replaced by the value above, for the top of a page."""
    full: list[str] = []
    result = []
    for row in rows:
        known = full + [""] * (len(row) - len(full))
        full = [known[number] if cell == _SAME else cell for number, cell in enumerate(row)]
        result.append((row, tuple(full)))
    return result


def heading_piece(setting: TableSetting, layout: Layout, run: object) -> Piece:
    """Lay out the heading row of the table ``run``, which is repeated on every page."""
    cells = [fit_heading(plan, layout) for plan in setting.plans]
    tallest = max(cell.height for cell in cells)
    height = tallest + (layout.density.table_heading if tallest < 4 or not setting.ruled else 3.2)

    def draw(pen: Pen) -> None:
        """Draw the headings between their rules, with 「（つづき）」 on later pages."""
        left = setting.left
        if pen.place.continued:
            pen.text(left + setting.width, -1.3, _CONTINUED, NOTE, "right")
        pen.rule(left, 0, setting.width, HEAVY)
        for cell, plan in zip(cells, setting.plans, strict=True):
            pen.tags.begin_cell("TH")
            draw_cell(pen, (height - cell.height) / 2 + 2.95, cell, plan)
        pen.rule(left, height, setting.width, HEAD_RULE)
        draw_column_rules(pen, height, setting)

    return Piece(height, draw, space=2.0, keep_with_next=True, run=run)
