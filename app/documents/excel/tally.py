"""Draws one tallied question: counts as numbers, sums and percentages as formulas, a native chart beside them.

The chart is a 100 % band for a single answer and bars for multiple answers, both linked to the cells of their table.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from app.documents.blocks import TallyChart, TallyRow
from app.documents.excel.book_cells import cell_name, fixed_cell, range_name
from app.documents.excel.chart_parts import (
    VALUE_ALONE,
    bar_frame,
    cached_numbers,
    enlarge_rows,
    fill_properties,
    label_background,
    linked_texts,
    scale_lines,
    text_format,
)
from app.documents.excel.grid import BlockColumns, ColumnSlot, Span
from app.documents.excel.looks import DASHED, HAIR, HEAVY, LINE, Look
from app.documents.excel.numbers import read_number
from app.documents.excel.running_text import draw_note
from app.documents.excel.sheet_pen import ColumnRange, QuestionSums, SheetPen
from app.documents.excel.text_measure import SHRUNK, fitting_size, row_height, text_width
from app.documents.excel.xlsx_writer import describe_chart
from db.digits import is_digits
from db.records.surveys import QuestionType

_FIVE = ("000000", "666666", "A8A8A8", "D6D6D6", "FFFFFF")
_FOUR = ("000000", "6B6B6B", "B8B8B8", "E6E6E6")
_BAR = "616161"
_WHITE_TEXT_UP_TO = 0x50
# 4.2, 27, 7, 8.5, 1.2 and three times 12 characters, in mm; the chart stands over the last three.
_WIDTHS = (9.0, 51.3, 14.3, 17.0, 3.4, 23.3, 23.3, 23.3)
# Separate columns for paper and online take their width from options and chart.
_APART = (9.0, 45.0, 12.0, 16.0, 11.0, 18.0, 3.0, 17.0, 17.0, 17.0)
_SIZE = 10.0
# As close as in the PDF, so that several questions share a page.
_ROW = 14.25
_TYPES = {
    QuestionType.ONE: "単一回答",
    QuestionType.SEVERAL: "複数回答（％はｎに対する割合。合計は100％にならない）",
    QuestionType.NUMBER: "数値回答",
}
_PAPER, _ONLINE = "紙", "オンライン"


class ChartCells(NamedTuple):
    """The cells of a question's table and chart (``head`` to ``bottom``): rows and columns from 1."""

    head: int
    first: int
    last: int
    bottom: int
    number: int
    option: int
    people: int
    percent: int
    left: int
    right: int


def add_chart(pen: SheetPen, chart: TallyChart, cells: ChartCells) -> None:
    """Add the chart of ``chart`` beside its table, at the position given by its cells."""
    drawn = _band(pen, chart, cells) if chart.type.takes_one else _bars(pen, chart, cells)
    drawn.anchor = TwoCellAnchor(  # type: ignore[assignment]
        editAs="twoCell",
        _from=AnchorMarker(col=cells.left - 1, row=cells.head - 1),
        to=AnchorMarker(col=cells.right, row=cells.bottom),
    )
    told = "、".join(f"{row.text} {row.count}人" for row in chart.rows)
    describe_chart(drawn, f"{chart.code} {chart.title}　{chart.base_name}{chart.base}。{told}")
    pen.sheet.add_chart(drawn)


def _band(pen: SheetPen, chart: TallyChart, cells: ChartCells) -> BarChart:
    bar = bar_frame()
    bar.grouping = "percentStacked"
    bar.overlap, bar.gapWidth = 100, 30
    bar.x_axis.delete = True
    bar.y_axis.scaling.max, bar.y_axis.majorUnit = 1, 0.25
    bar.y_axis.number_format, bar.y_axis.majorGridlines = "0%", None
    bar.legend = Legend(legendPos="b", txPr=text_format(700))
    fills = iter(_fills(sum(row.kind != "none" for row in chart.rows)))
    for number, row in enumerate(chart.rows):
        at = cells.first + number
        series = Series(idx=number, order=number)
        name = f"{cell_name(pen, at, cells.number)}:{fixed_cell(cells.option, at)}"
        series.tx = SeriesLabel(strRef=linked_texts(name, (row.number, row.text)))
        series.val = cached_numbers(cell_name(pen, at, cells.people), [row.count], "0")
        fill = None if row.kind == "none" else next(fills)
        series.spPr = fill_properties(fill)
        dark = fill is not None and int(fill[:2], 16) < _WHITE_TEXT_UP_TO
        series.dLbls = DataLabelList(
            numFmt="0;;;",
            **VALUE_ALONE,
            dLblPos="ctr",
            txPr=text_format(800, bold=True, color="FFFFFF" if dark else "000000"),
            spPr=label_background(white=not dark and row.count > 0),
        )
        bar.series.append(series)
    return bar


def _bars(pen: SheetPen, chart: TallyChart, cells: ChartCells) -> BarChart:
    """Return the bar chart of a question with several answers, or of one answered by a number."""
    bar = bar_frame()
    bar.grouping = "clustered"
    bar.gapWidth = 45
    bar.legend = None
    bar.x_axis.scaling.orientation = "maxMin"
    bar.y_axis.crosses = "max"
    bar.y_axis.scaling.max, bar.y_axis.majorUnit = 100, 25
    bar.y_axis.number_format = "0"
    bar.y_axis.majorGridlines.spPr = scale_lines()  # type: ignore[union-attr]
    options = range_name(pen, ColumnRange(cells.option, cells.first, cells.last))
    shares = range_name(pen, ColumnRange(cells.percent, cells.first, cells.last))
    series = Series(idx=0, order=0)
    series.tx = SeriesLabel(strRef=linked_texts(cell_name(pen, cells.head, cells.percent), ["％"]))
    series.cat = AxDataSource(strRef=linked_texts(options, [row.text for row in chart.rows]))
    values = [
        pen.results[fixed_cell(cells.percent, row).replace("$", "")] for row in range(cells.first, cells.last + 1)
    ]
    series.val = cached_numbers(shares, values, "0.0")
    series.spPr = fill_properties(_BAR)
    series.invertIfNegative = False
    series.dPt = [
        DataPoint(idx=place, spPr=fill_properties(None), invertIfNegative=False)
        for place, row in enumerate(chart.rows)
        if row.kind != "option"
    ]
    series.dLbls = DataLabelList(
        numFmt="0.0",
        **VALUE_ALONE,
        dLblPos="outEnd",
        txPr=text_format(750),
    )
    bar.series.append(series)
    bar.layout = _bar_layout(chart)
    return bar


def _bar_layout(chart: TallyChart) -> Layout | None:
    """Return a layout that leaves the option texts at most half the width, or Excel leaves no room for the bars."""
    longest = max(len(row.text) for row in chart.rows)
    left = min(0.06 + 0.035 * longest, 0.5)
    return Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner",
            xMode="edge",
            yMode="edge",
            x=left,
            y=0.03,
            w=0.93 - left,
            h=0.85,
        )
    )


def _fills(count: int) -> tuple[str, ...]:
    """Return at least ``count`` greys, black (affirmative) first: fixed ones up to five, else even steps to white."""
    if count == len(_FOUR):
        return _FOUR
    if count <= len(_FIVE):
        return _FIVE
    return tuple(f"{round(255 * place / (count - 1)):02X}" * 3 for place in range(count))


def tally_columns(chart: TallyChart, page_mm: float) -> BlockColumns:
    """Return the columns of a question, the same for all; they dominate the choice of the sheet's columns."""
    widths = _APART if shows_channels(chart) else _WIDTHS
    stretch = page_mm / sum(widths)

    texts = tuple(text_width(row.text, _SIZE) for row in chart.rows)
    slots = [ColumnSlot(width * stretch) for width in widths]
    slots[1] = ColumnSlot(widths[1] * stretch, texts)
    slots[2] = ColumnSlot(widths[2] * stretch, number=text_width("0000", _SIZE))
    slots[3] = ColumnSlot(widths[3] * stretch, (text_width("％（参考）", 9.0),), text_width("100.0", _SIZE))
    if shows_channels(chart):
        slots[4] = ColumnSlot(widths[4] * stretch, number=text_width("0000", _SIZE))
        slots[5] = ColumnSlot(widths[5] * stretch, (text_width(_ONLINE, 9.0),), text_width("0000", _SIZE))
    return BlockColumns(tuple(slots), rows_move=True, weight=5.0)


def shows_channels(chart: TallyChart) -> bool:
    """Return whether paper and online responses are shown beside the people of each row."""
    return any(row.paper is not None for row in chart.rows)


def percent(count: int, base: int) -> float:
    """Return count ÷ base in percent as Excel's ROUND gives it: one place, halves away from zero."""
    return float((Decimal(count) * 100 / Decimal(base)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def draw_tally(pen: SheetPen, chart: TallyChart, places: list[Span]) -> None:
    """Draw title, table, chart and note of one question; the block is never split over pages."""
    first = pen.row
    kind = _TYPES[chart.type] + ("" if chart.type.takes_several else f"　ｎ＝{chart.base}")
    pen.left_and_right(f"{chart.code}　{chart.title}", Look(size=10.5, bold=True), kind, Look(size=8.0), 16.5)
    head = pen.row
    question = _QuestionTable(pen, chart, places)
    question.draw()
    pen.tallied.append(question.question_sums())
    options = head + 1
    cells = ChartCells(
        head=head,
        first=options,
        last=options + len(chart.rows) - 1,
        bottom=pen.row - 1,
        number=places[0].first,
        option=question.option,
        people=places[2].last,
        percent=places[3].last,
        left=places[-3].first,
        right=places[-1].last,
    )
    if chart.rows and chart.base:
        add_chart(pen, chart, cells)
        enlarge_rows(pen, head, pen.row - 1)
    draw_note(pen, chart.note)
    pen.end_block(first, 7.5)
    pen.charted += sum(pen.heights[row] for row in range(first, pen.row))


class _QuestionTable:
    """Writes the table of one question from the pen's row on."""

    def __init__(self, pen: SheetPen, chart: TallyChart, places: list[Span]):
        self._pen = pen
        self._chart = chart
        self._number, self._option, self._count, self._percent = places[:4]
        self._ways = tuple(places[4:6]) if shows_channels(chart) else ()
        self._end = (self._ways or (self._percent,))[-1].last
        # Options that fit on one line may reach over the next column; longer ones wrap in the widest one.
        whole = pen.grid.width(self._option.first, self._option.last)
        longest = max((text_width(row.text, _SIZE) for row in chart.rows), default=0.0)
        self._wrap = self._option.first == self._option.last or longest * SHRUNK > whole
        self.option = self._option.widest if self._wrap else self._option.first
        self._room = pen.grid.width(self.option, self.option) if self._wrap else whole
        self._first = pen.row + 1
        self._last = pen.row + len(chart.rows)
        people = sum(row.count for row in chart.rows)
        # The people of a single answer add up to n; otherwise n stands in a row of its own.
        self._adds_up = not chart.type.takes_several and people == chart.base
        self._base_row = self._last + (1 if self._adds_up or chart.type.takes_several else 2)

    def draw(self) -> None:
        """Write heading row, options, sums and n."""
        chart, pen = self._chart, self._pen
        self._texts(
            "No",
            "選択肢（多い順）" if chart.type.takes_several else "選択肢",
            Look(size=9.0, bold=True, top=HEAVY, bottom=LINE),
        )
        share = "％（参考）" if chart.reference_only else "％"
        head = Look(size=9.0, bold=True, align="right", top=HEAVY, bottom=LINE)
        pen.text(pen.row, self._count.last, "人数", head)
        pen.text(pen.row, self._percent.last, share, head)
        for place, word in zip(self._ways, (_PAPER, _ONLINE), strict=False):
            pen.text(pen.row, place.last, word, head)
        pen.row += 1
        for number, row in enumerate(chart.rows):
            self._option_row(row, chart.rows[number + 1] if number + 1 < len(chart.rows) else None)
        if not chart.type.takes_several:
            self._sum_row()
        if not self._adds_up:
            self._base_line()
        if chart.sum_label:
            self._write_positive_sum()

    def question_sums(self) -> QuestionSums:
        """Return the cells of n and of the highlighted sum, for the figures of the first sheet."""
        chart, pen = self._chart, self._pen
        row = pen.row - 1  # the added people close the table
        return QuestionSums(
            code=chart.code,
            label=chart.sum_label,
            people=chart.sum_count,
            people_cell=cell_name(pen, row, self._count.last),
            percent=chart.sum_percent,
            percent_cell=cell_name(pen, row, self._percent.last),
            base=chart.base,
            base_cell=cell_name(pen, self._base_row, self._count.last),
        )

    def _texts(self, number: str, option: str, look: Look) -> None:
        """Write number and option of a row and set the height of the row."""
        pen = self._pen
        pen.blank(pen.row, self._number.first, self._end, look)
        counted = read_number(number) if is_digits(number) else None
        if counted is not None:
            pen.number(pen.row, self._number.first, counted.value, look._replace(align="center", number_format="0"))
        else:
            pen.text(pen.row, self._number.first, number, look._replace(align="center"))
        size, lines = fitting_size(option, self._room, look.size)
        pen.text(pen.row, self.option, option, look._replace(wrap=self._wrap, size=size))
        pen.height(pen.row, row_height(lines, size, _ROW))

    def _option_row(self, row: TallyRow, following: TallyRow | None) -> None:
        """Write one option with its counts, by way of answering too, and its percentage."""
        pen, chart = self._pen, self._chart
        special = (
            chart.type.takes_several and row.kind == "option" and following is not None and following.kind != "option"
        )
        look = Look(bottom=DASHED if special else HAIR)
        self._texts(row.number, row.text, look)
        number = look._replace(align="right", number_format="0")
        if self._ways:
            ways = [pen.address(pen.row, place.last) for place in self._ways]
            pen.formula(pen.row, self._count.last, f"={'+'.join(ways)}", row.count, number)
            for place, people in zip(self._ways, (row.paper, row.online), strict=True):
                pen.number(pen.row, place.last, people or 0, number)
        else:
            pen.number(pen.row, self._count.last, row.count, number)
        self._write_percent(row.count, look)
        pen.row += 1

    def _write_percent(self, count: int, look: Look) -> None:
        """Write ％ as a formula of the people in this row and n."""
        pen, chart = self._pen, self._chart
        look = look._replace(align="right", number_format="0.0")
        base = pen.address(self._base_row, self._count.last, fixed_row=True)
        rounded = f"ROUND({pen.address(pen.row, self._count.last)}/{base}*100,1)"
        if chart.base:
            pen.formula(pen.row, self._percent.last, f"={rounded}", percent(count, chart.base), look)
        else:
            pen.formula(pen.row, self._percent.last, f'=IF({base}=0,"—",{rounded})', "—", look)

    def _write_people(self, label: str, formula: str, count: int, look: Look) -> None:
        """Write a row with a label and a number of people, as a formula if there is one."""
        pen = self._pen
        self._texts("", label, look)
        number = look._replace(align="right", number_format="0")
        if formula:
            pen.formula(pen.row, self._count.last, formula, count, number)
        else:
            pen.number(pen.row, self._count.last, count, number)

    def _sum_row(self) -> None:
        """Write the row 「計」: people and percentage, and the people by way of answering, as formulas."""
        pen, column = self._pen, self._count.last
        look = Look(bold=True, bottom=HEAVY if self._adds_up and not self._chart.sum_label else HAIR)
        people = sum(row.count for row in self._chart.rows)
        self._write_people("計", self._sum_of(column) if self._chart.rows else "", people, look)
        self._write_percent(people, look)
        ways = ([row.paper or 0 for row in self._chart.rows], [row.online or 0 for row in self._chart.rows])
        for place, found in zip(self._ways, ways, strict=False):
            number = look._replace(align="right", number_format="0")
            pen.formula(pen.row, place.last, self._sum_of(place.last), sum(found), number)
        pen.row += 1

    def _sum_of(self, column: int) -> str:
        return f"=SUM({self._pen.address(self._first, column)}:{self._pen.address(self._last, column)})"

    def _base_line(self) -> None:
        """Write the row with the number of people on which the percentages are based."""
        look = Look(bold=True, top=LINE, bottom=HEAVY if not self._chart.sum_label else HAIR)
        self._write_people(f"{self._chart.base_name}（ｎ）", "", self._chart.base, look)
        self._pen.row += 1

    def _write_positive_sum(self) -> None:
        """Write the highlighted sum (満足計): people are added first, then divided."""
        chart, look = self._chart, Look(bold=True, bottom=HEAVY)
        self._write_people(chart.sum_label, self._positive_sum_formula(), chart.sum_count, look)
        self._write_percent(chart.sum_count, look)
        self._pen.row += 1

    def _positive_sum_formula(self) -> str:
        """Return the formula of the highlighted sum; "" if it can't be added cell by cell."""
        chart, column = self._chart, self._count.last
        rows = _positive_rows(chart)
        people = sum(chart.rows[number].count for number in rows)
        if not rows or not chart.type.takes_one or people != chart.sum_count:
            return ""
        if rows == list(range(rows[0], rows[-1] + 1)):
            first, last = (self._pen.address(self._first + number, column) for number in (rows[0], rows[-1]))
            return f"=SUM({first}:{last})"
        return "=" + "+".join(self._pen.address(self._first + number, column) for number in rows)


def _positive_rows(chart: TallyChart) -> list[int]:
    """Return the indexes of the rows of the highlighted sum: those named, else the leading rows that add up to it.

    Without named rows the list is empty if no number of leading rows, or more than one, gives that sum.
    """
    if chart.positive:
        return [number for number, row in enumerate(chart.rows) if row.text in chart.positive and row.kind == "option"]
    options = [number for number, row in enumerate(chart.rows) if row.kind == "option"]
    sums = [sum(chart.rows[number].count for number in options[: last + 1]) for last in range(len(options))]
    fitting = [last for last, people in enumerate(sums) if people == chart.sum_count]
    return options[: fitting[0] + 1] if len(fitting) == 1 and chart.sum_count else []
