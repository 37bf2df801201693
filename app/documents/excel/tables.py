"""Draws tables without merged cells: every table column lies in one sheet column.

The 受付名簿 is such a table: one person per row, 氏名 and ふりがな in separate columns, so that it can be sorted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from openpyxl.formatting.rule import DataBarRule

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Column, RosterList, Table
from app.documents.excel.forms import LABEL_MM
from app.documents.excel.grid import POINTS_PER_MM, BlockColumns, ColumnSlot, Span, spans
from app.documents.excel.looks import GREY_GROUP, HAIR, HEAVY, LINE, RULE, Look
from app.documents.excel.numbers import (
    ERAS,
    CellNumber,
    column_number_reader,
    read_day,
    read_day_without_weekday,
    read_moment,
    read_number,
    read_time,
)
from app.documents.excel.running_text import draw_note
from app.documents.excel.sheet_pen import ColumnRange, SheetPen, TableRange
from app.documents.excel.text_measure import (
    CELL_PADDING,
    INDENT,
    OTHER_FONT,
    SHRUNK,
    fitting_size,
    line_count,
    row_height,
    split_tall_text,
    text_width,
    text_widths,
    widest_day,
)
from db.digits import is_digits
from db.record import frozen

_SIZE = 10.0
_HEAD_SIZE = 9.0
_TICK = "□"
_FILTER_FROM = 8
_BRANCH = "支部"
_COLUMNS = (
    Column("No", width=9, align="center"),
    Column("入場番号", width=14, align="center"),
    Column("受付", width=11, tick=True),
    Column("団体", width=62),
    Column(_BRANCH, width=20),
    Column("氏名", width=36),
    Column("ふりがな", width=38),
    Column("役職", width=23),
    Column("端末", width=12, align="center"),
    Column("班", width=9, align="center"),
    Column("配慮", width=11, align="center"),
    Column("撮影", width=17, align="center"),
    Column("備考", width=13),
)
_GROUP, _ADMISSION = "班", "入場番号"
_NUMBERED = frozenset(("No", "番号"))
_CLOCK, _MINUTES = "時刻", "分"
_DAY_MINUTES = 1440
# How small a day is shown at least before its weekday is left out.
_SMALLEST = 0.72
# Twenty people, their heading and the lines below on one sheet of A4.
_ROW_POINTS, _USUAL_POINTS = 17.25, 21.0
# As close as the rows of the PDF, so that a chapter takes the pages it takes there.
_LEAST = 18.0
# A shorter text fits the tallest row.
_LONG_TEXT = 200


@frozen
class _ColumnPosition:
    """Where the cells of one table column lie: the sheet column, the room for text, and its alignment."""

    span: Span
    column: int
    room: float
    align: str
    wrap: bool
    indent: int
    convert: Callable[[str], CellNumber | None] | None
    """Converts its texts to numbers, days or times; None = the column holds text."""
    shrink: bool
    """Whether its text is made smaller to fit into one cell."""

    @property
    def safe_room(self) -> float:
        """Return the room for wrapped text that is safe with another font, too."""
        return self.room * OTHER_FONT if self.wrap else self.room


_WORDS_MM = 9.0


def table_columns(table: Table, page_mm: float, *, letter: bool) -> BlockColumns:
    """Return the columns of a table; in a letter a narrow table is aligned with the values of the items."""
    slots: list[ColumnSlot] = []
    for column, texts in zip(table.columns, _texts(table), strict=True):
        widths = text_widths(texts, _SIZE)
        indent = _indent(table, column, first=not slots)
        number = 0.0
        if column.align == "right":
            number = max((width for text, width in zip(texts, widths, strict=True) if read_number(text)), default=0.0)
        slots.append(
            ColumnSlot(
                column.width,
                (text_width(column.title, _HEAD_SIZE), *widths),
                number,
                max(_widest_date(texts), widest_day(column.title) * _HEAD_SIZE),
                indent * INDENT,
            )
        )
    slots = _widen_for_dates(slots)
    if letter and sum(column.width for column in table.columns) <= page_mm - LABEL_MM + 3:
        slots.insert(0, ColumnSlot(LABEL_MM))
    return BlockColumns(tuple(slots), rows_move=True)


def _indent(table: Table, column: Column, *, first: bool) -> int:
    """Return the indent that keeps text from touching a number, a full cell or a vertical line beside it."""
    if column.tick:
        return 0
    return 1 if (column.align == "left" and not first) or (table.ruled and column.align == "right") else 0


def _texts(table: Table) -> list[list[str]]:
    """Return the texts of each column, without empty cells and group rows."""
    groups = set(table.group_rows)
    rows = [row for number, row in enumerate(table.rows) if number not in groups] if groups else table.rows
    return [list(filter(None, texts)) for texts in zip(*rows, strict=True)] if rows else [[] for _ in table.columns]


def _widest_date(texts: Sequence[str]) -> float:
    """Return the width of the widest day or time of day, which must not be broken."""
    if _holds_times(texts):
        return max(text_width(text, _SIZE) for text in texts)
    days = (text_width(text.replace("\n", " "), _SIZE) for text in texts if text[0] in ERAS and read_moment(text))
    return max(max(days, default=0.0), max((widest_day(text) for text in texts), default=0.0) * _SIZE)


def _widen_for_dates(slots: list[ColumnSlot]) -> list[ColumnSlot]:
    """Return the columns widened to fit their days and times, at the cost of the widest others.

    Columns of text stay readable: one gives only what it has over ``_WORDS_MM``.
    """
    around = CELL_PADDING + INDENT + 1.0
    least = [
        (slot.unbreakable * SHRUNK + around) / POINTS_PER_MM if slot.unbreakable else min(slot.width, _WORDS_MM)
        for slot in slots
    ]
    for place, slot in enumerate(slots):
        missing = least[place] - slot.width
        if missing <= 0:
            continue
        spare = [max(one.width - kept, 0.0) for one, kept in zip(slots, least, strict=True)]
        together, most = sum(spare), max(spare)
        if together <= missing:
            continue
        for giver, room in enumerate(spare):
            alone = missing if giver == spare.index(most) else 0.0
            given = alone if most > missing else missing * room / together
            slots[giver] = replace(slots[giver], width=slots[giver].width - given)
        slots[place] = replace(slot, width=least[place])
    return slots


def draw_table(pen: SheetPen, table: Table, strip: BlockColumns) -> None:
    """Draw heading row, rows and note, and register the range of the table with the sheet."""
    places = _column_positions(pen, table, strip)
    head = pen.row
    _draw_head(pen, table, places)
    first = pen.row
    drawer = _RowWriter(pen, table, places)
    for number, row in enumerate(table.rows):
        drawer.draw(number, row, first)
    if not table.rows:
        _draw_empty(pen, places)
    filterable = len(table.rows) >= _FILTER_FROM and not table.group_rows
    last = pen.row - 1 - (1 if table.total_row else 0)
    pen.tables.append(
        TableRange(head, pen.row - 1, places[0].span.first, places[-1].span.last, table.name, last if filterable else 0)
    )
    if table.name and table.rows:
        for column, place in zip(table.columns, places, strict=True):
            pen.columns[table.name, column.title] = ColumnRange(place.column, first, pen.row - 1)
    _bars(pen, table, places, first)
    pen.keep_together(head, min(first + 1, pen.row - 1))
    if table.total_row and len(table.rows) > 1:
        pen.keep_together(pen.row - 2, pen.row - 1)
    draw_note(pen, table.note)
    pen.space(6.0)


def _bars(pen: SheetPen, table: Table, positions: list[_ColumnPosition], first: int) -> None:
    for column, place in zip(table.columns, positions, strict=True):
        if column.bar and table.rows:
            ends = pen.address(first, place.column), pen.address(pen.row - 1, place.column)
            rule = DataBarRule(  # type: ignore[no-untyped-call]
                start_type="num", start_value=0, end_type="num", end_value=100, color="FF616161", showValue=False
            )
            pen.sheet.conditional_formatting.add(":".join(ends), rule)


def _column_positions(pen: SheetPen, table: Table, strip: BlockColumns) -> list[_ColumnPosition]:
    """Return which grid columns each table column takes, with alignment and wrapping."""
    own = strip.slots[len(strip.slots) - len(table.columns) :]
    found = spans(strip, pen.grid)[len(strip.slots) - len(table.columns) :]
    places: list[_ColumnPosition] = []
    for column, slot, span, texts in zip(table.columns, own, found, _texts(table), strict=True):
        room = pen.grid.width(span.first, span.last)
        align: str = "center" if column.tick else column.align
        indent = _indent(table, column, first=not places)
        at = span.last if align == "right" else span.first
        held = max(slot.unbreakable, slot.number)
        one_line = (
            span.first != span.last
            and slot.sorted_text_widths[0][-1] * SHRUNK <= room - indent * INDENT
            and held * SHRUNK <= pen.grid.width(at, at)
        )
        if one_line:
            align = "centerContinuous" if align == "center" else align
        else:
            at = span.widest
            room = pen.grid.width(at, at)
        reads = _column_reader(column, texts)
        if reads is read_day and slot.unbreakable * _SMALLEST > pen.grid.width(at, at) - indent * INDENT:
            reads = read_day_without_weekday
        if align == "right" and held > room - indent * INDENT:
            # Unbroken content needs the width more than the distance from the border.
            indent = 0
        shrink = max(slot.sorted_text_widths[0][-1], slot.unbreakable) > pen.grid.width(at, at) - indent * INDENT
        if at > pen.last:
            # What stands beside the page makes no row of it higher.
            room, one_line = math.inf, True
        places.append(_ColumnPosition(span, at, room - indent * INDENT, align, not one_line, indent, reads, shrink))
    return places


def _column_reader(column: Column, texts: Sequence[str]) -> Callable[[str], CellNumber | None] | None:
    """Return the function that converts the cells of a column, so that it sorts as numbers or days; None = texts."""
    # A code such as 14:05 among others is none: a column holds times of day or it does not.
    if _holds_times(texts):
        return read_time
    numbers = column_number_reader(texts) if column.align == "right" or _holds_numbers(column, texts) else None
    if not any(text[0] in ERAS and read_moment(text) for text in texts):
        return numbers
    if numbers is None and any("\n" in text and read_moment(text) for text in texts):
        return read_moment
    return read_day if numbers is None else lambda text: numbers(text) or read_day(text)


def _holds_numbers(column: Column, texts: Sequence[str]) -> bool:
    """Return whether a column that is not right-aligned holds numbers all the same: No, 重ね順, 班."""
    if column.tick or not texts or (column.align != "center" and column.title not in _NUMBERED):
        return False
    digits = [text for text in texts if is_digits(text)]
    # Beside its numbers a No may have a 「55-1」; a code with a zero before it is none among others either.
    return (len(digits) == len(texts) or column.title in _NUMBERED) and all(map(read_number, digits))


def _holds_times(texts: Sequence[str]) -> bool:
    return bool(texts) and all(map(read_time, texts))


def _draw_head(pen: SheetPen, table: Table, positions: list[_ColumnPosition]) -> None:
    for number, (column, place) in enumerate(zip(table.columns, positions, strict=True)):
        look = Look(
            size=_HEAD_SIZE, bold=True, align=place.align, wrap=place.wrap, top=HEAVY, bottom=LINE, indent=place.indent
        )
        _cell(pen, pen.row, place, column.title, look, ruled=table.ruled and number > 0)
        pen.height(pen.row, row_height(line_count(column.title, place.room, _HEAD_SIZE), _HEAD_SIZE, _LEAST))
    pen.row += 1


def _draw_empty(pen: SheetPen, positions: list[_ColumnPosition]) -> None:
    """Draw an empty row below a table without rows."""
    for place in positions:
        _cell(pen, pen.row, place, "", Look(bottom=HEAVY), ruled=False)
    pen.height(pen.row, _LEAST)
    pen.row += 1


def _cell(pen: SheetPen, row: int, position: _ColumnPosition, text: str, look: Look, *, ruled: bool) -> None:
    """Write one text cell of the table; the other columns of its span get borders only."""
    if ruled:
        look = look._replace(left=RULE)
    if position.span.first == position.span.last:
        pen.text(row, position.column, text, look)
    else:
        # An empty cell that centres across would let the text before it spread over this column.
        look = look if text or look.align != "centerContinuous" else look._replace(align="center")
        pen.write_in_span(row, position.span, position.column, text, look)


class _RowWriter:
    """Draws the rows of one table; a text too tall for one row continues in the next."""

    def __init__(self, pen: SheetPen, table: Table, positions: list[_ColumnPosition]):
        self._pen = pen
        self._table = table
        self._places = positions
        # Columns of words alone: one cell each, without a line at its side, a tick or a number set right.
        self._words = [
            place.span.first == place.span.last
            and place.convert is None
            and not column.tick
            and not (table.ruled and number > 0)
            and not (place.align == "right" and place.indent)
            for number, (place, column) in enumerate(zip(positions, table.columns, strict=True))
        ]
        self._rooms = [place.safe_room for place in positions]
        self._bold = set(table.bold_rows)
        self._groups = set(table.group_rows)
        self._least = max(_LEAST, table.min_row_height * POINTS_PER_MM)
        self._looks: dict[tuple[bool, str], list[Look]] = {}
        # A look of ``_looks`` stays, so that it is known by its place in memory.
        self._smaller: dict[tuple[int, float], Look] = {}
        self._numbers: dict[tuple[int, str], Look] = {}
        titles = [column.title for column in table.columns]
        both = _CLOCK in titles and _MINUTES in titles
        self._clock, self._minutes = (titles.index(_CLOCK), titles.index(_MINUTES)) if both else (-1, -1)
        self._before: tuple[int, str, str] | None = None

    def draw(self, number: int, row: tuple[str, ...], first: int) -> None:
        """Draw row ``number``; ``first`` is the sheet row of the first table row."""
        pen, last = self._pen, number == len(self._table.rows) - 1
        if number in self._groups:
            self._draw_group(row[0], last=last)
            return
        written = pen.row
        if len(max(row, key=len)) < _LONG_TEXT:
            self._draw_part(number, row, first, last=last, open_below=False)
        else:
            pieces = [
                [text] if len(text) < _LONG_TEXT else split_tall_text(text, place.safe_room, _SIZE)
                for text, place in zip(row, self._places, strict=True)
            ]
            parts = list(zip_longest(*pieces, fillvalue=""))
            for place, part in enumerate(parts, 1):
                ends = place == len(parts)
                self._draw_part(number, part, first, last=last and ends, open_below=not ends)
        if self._clock >= 0:
            self._before = (written, row[self._clock], row[self._minutes])

    def _draw_part(self, number: int, texts: Sequence[str], first: int, *, last: bool, open_below: bool) -> None:
        """Draw one sheet row: a whole table row, or as much of it as one sheet row can hold."""
        pen = self._pen
        bold = number in self._bold or self._is_total(number)
        looks = self._looks_of(bold, "" if open_below else HEAVY if last else HAIR)
        lines = max(
            [
                self._draw_cell(column, number, text, look, first)
                for column, (text, look) in enumerate(zip(texts, looks, strict=True))
            ]
        )
        height = row_height(lines, _SIZE, self._least)
        pen.height(pen.row, height)
        if lines > 1 and height > self._least:
            pen.wrapped.add(pen.row)
        pen.row += 1

    def _looks_of(self, bold: bool, bottom: str) -> list[Look]:
        """Return the look of each column in a row, cached for rows of the same kind."""
        known = self._looks.get((bold, bottom))
        if known is None:
            known = self._looks[bold, bottom] = [self._look_of(at, bold, bottom) for at in range(len(self._places))]
        return known

    def _look_of(self, column: int, bold: bool, bottom: str) -> Look:
        place = self._places[column]
        size = 14.0 if self._table.columns[column].tick else _SIZE
        return Look(size=size, bold=bold, align=place.align, wrap=place.wrap, bottom=bottom, indent=place.indent)

    def _draw_cell(self, column: int, number: int, text: str, look: Look, first: int) -> int:
        pen, place = self._pen, self._places[column]
        if self._words[column]:
            size, lines = fitting_size(text, self._rooms[column], _SIZE) if text else (look.size, 1)
            pen.text(pen.row, place.column, text, look if size == look.size else self._smaller_look(look, size))
            return lines
        ruled = self._table.ruled and column > 0
        if self._table.columns[column].tick and not self._is_total(number):
            text = text or _TICK
        found = place.convert(text) if text and place.convert else None
        if found is None:
            size, lines, room = look.size, 1, place.safe_room
            if place.align == "right" and place.indent and text_width(text, _SIZE) > room:
                # Text needs the width more than the distance from the border.
                look, room = look._replace(indent=0), room + INDENT
            if text and text is not _TICK:
                # In another font the last sign of a full line would go on to a line that the row has no room for.
                size, lines = fitting_size(text, room, _SIZE)
            look = look if size == look.size else look._replace(size=size)
            if place.span.first == place.span.last and not ruled:
                pen.text(pen.row, place.column, text, look)
            else:
                _cell(pen, pen.row, place, text, look, ruled=ruled)
            return lines
        look = self._number_look(look, found.number_format, shrink=place.shrink)
        if place.span.first != place.span.last:
            _cell(pen, pen.row, place, "", look, ruled=ruled)
        elif ruled:
            look = look._replace(left=RULE)
        if self._is_total(number) and self._adds_up(column, found.value):
            whole = f"=SUM({pen.address(first, place.column)}:{pen.address(pen.row - 1, place.column)})"
            pen.formula(pen.row, place.column, whole, found.value, look)
        elif column == self._clock and self._follows_previous_time(text):
            pen.formula(pen.row, place.column, self._time_formula(), found.value, look)
        else:
            pen.number(pen.row, place.column, found.value, look)
        return 1

    def _smaller_look(self, look: Look, size: float) -> Look:
        """Return a look with a smaller type, the same object each time."""
        known = self._smaller.get((id(look), size))
        if known is None:
            known = self._smaller[id(look), size] = look._replace(size=size)
        return known

    def _number_look(self, look: Look, number_format: str, *, shrink: bool) -> Look:
        """Return ``look`` for a number of this format, unwrapped; the same object each time."""
        known = self._numbers.get((id(look), number_format))
        if known is None:
            known = look._replace(number_format=number_format, wrap=False, shrink=shrink)
            self._numbers[id(look), number_format] = known
        return known

    def _follows_previous_time(self, text: str) -> bool:
        """Return whether this time is the time of the row above plus its minutes; False if one is unreadable."""
        if self._before is None:
            return False
        _row, clock, minutes = self._before
        began, lasted, now = read_time(clock), read_number(minutes), read_time(text)
        if began is None or lasted is None or now is None or not isinstance(lasted.value, int):
            return False
        return round(began.value * _DAY_MINUTES) + lasted.value == round(now.value * _DAY_MINUTES)

    def _time_formula(self) -> str:
        """Return the formula that adds the minutes of the row before to its time."""
        row = self._before[0] if self._before else 0
        clock, minutes = (self._pen.address(row, self._places[at].column) for at in (self._clock, self._minutes))
        return f"={clock}+{minutes}/{_DAY_MINUTES}"

    def _is_total(self, number: int) -> bool:
        return self._table.total_row and number == len(self._table.rows) - 1

    def _adds_up(self, column: int, total: float) -> bool:
        """Return whether ``total``, in the last row, is the sum of the rows above, so that a formula can replace it.

        Group headings do not count.
        """
        rows = [row[column] for number, row in enumerate(self._table.rows[:-1]) if number not in self._groups]
        values = [found.value for text in rows if (found := read_number(text)) is not None]
        return bool(values) and round(sum(values) - total, 6) == 0

    def _draw_group(self, text: str, *, last: bool) -> None:
        self._before = None
        pen, look = self._pen, Look(bold=True, fill=GREY_GROUP, bottom=HEAVY if last else HAIR)
        start, end = self._places[0].span.first, self._places[-1].span.last
        pen.blank(pen.row, start, end, look)
        pen.text(pen.row, start, text, look._replace(shrink=text_width(text, _SIZE) > pen.grid.width(start, end)))
        pen.height(pen.row, _LEAST)
        pen.keep_together(pen.row, pen.row + 1)
        pen.row += 1


def roster_as_table(block: RosterList) -> Table:
    """Return the roster as a table of one row a person.

    班 is a column if the roster is grouped, 入場番号 if anybody has one, 支部 if it has a title; the others always are.
    """
    kept = {_GROUP: block.grouped, _ADMISSION: any(line.admission for line in block.lines), _BRANCH: block.branch}
    columns = [column for column in _COLUMNS if kept.get(column.title, True)]
    rows = []
    for line in block.lines:
        cells = {
            "No": line.number, _ADMISSION: line.admission,
            "団体": line.organisation, _BRANCH: line.branch, "氏名": line.name,
            "ふりがな": line.reading, "役職": line.role, "端末": line.device, _GROUP: line.group,
            "配慮": "●" if line.care else "", "撮影": "撮影不可" if line.no_photo else line.photo, "備考": line.note,
        }  # fmt: skip
        rows.append(tuple(cells.get(column.title, "") for column in columns))
    titled = tuple(replace(one, title=block.branch) if one.title == _BRANCH else one for one in columns)
    return Table(titled, tuple(rows), name="受付名簿", ruled=True)


def roster_columns(block: RosterList, page_mm: float) -> BlockColumns:
    """Return the columns of the roster."""
    return table_columns(roster_as_table(block), page_mm, letter=False)


def draw_roster(pen: SheetPen, block: RosterList, strip: BlockColumns) -> None:
    """Draw the people, the totals, the counts to fill in at check-in, and lines for walk-ins."""
    table = roster_as_table(block)
    first = pen.row + 1
    draw_table(pen, table, strip)
    for row in range(first, first + len(block.lines)):
        if pen.heights.get(row, 0.0) <= _USUAL_POINTS:
            pen.heights[row] = _ROW_POINTS
    counted = "　　".join(f"{label}　　　　　{unit}" for label, unit in block.counted)
    pen.running_text(join_nonempty(block.totals, counted, separator="　　　　"), Look(size=9.0), 15.75)
    for number in range(1, block.walk_ins + 1):
        pen.write_over_span(
            pen.full_span(),
            f"当日受付　{number}　団体　　　　　　　　　　　　　　　　　　　　　　　　　氏名（ふりがな）",
            Look(size=9.0, bottom=HAIR),
            18.0,
        )
        pen.row += 1
