"""Draws a chart of values: its numbers as cells, and a native chart linked to them at their right."""

from __future__ import annotations

from typing import Any, NamedTuple

from openpyxl.chart import LineChart
from openpyxl.chart.data_source import AxDataSource
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from app.common.join_nonempty import join_nonempty
from app.documents.chart_blocks import ChartMark, MarkFill, ValueChart, is_valley
from app.documents.excel.book_cells import cell_name, range_name
from app.documents.excel.chart_parts import (
    HALF_POINT,
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
from app.documents.excel.looks import HAIR, HEAVY, LINE, Look
from app.documents.excel.running_text import draw_note
from app.documents.excel.sheet_pen import ColumnRange, SheetPen
from app.documents.excel.text_measure import text_width
from app.documents.excel.xlsx_writer import describe_chart

_LABEL_MM, _NUMBER_MM, _GAP_MM = 38.0, 16.0, 3.0
_CHART_COLUMNS = 3
_ROW, _HEAD = 14.25, 20.0
_SIZE = 9.5
_LOWEST, _HIGHEST = "下限", "上限"
_GREYS: dict[MarkFill, str | None] = {
    "solid": "404040", "outlined": "FFFFFF", "tinted": "B8B8B8", "hatched": None, "light": "E6E6E6",
}  # fmt: skip
_LEAST_PLOT, _LEAST_BARS = 150.0, 60.0
"""The least height of a chart with columns or a line, and of one with bars, in points."""
_FILL_WORDS: dict[MarkFill, str] = {
    "solid": "濃い灰", "outlined": "白", "tinted": "灰", "hatched": "斜線", "light": "淡い灰",
}  # fmt: skip


class _Cells(NamedTuple):
    """The cells of a chart's numbers: rows from 1, columns of name, value, lowest and highest (0 = none)."""

    head: int
    first: int
    last: int
    label: int
    value: int
    lowest: int
    highest: int


def _has_range(chart: ValueChart) -> bool:
    return any(mark.lowest is not None for mark in chart.marks)


def _labels(chart: ValueChart) -> tuple[str, ...]:
    """Return the name of each mark, under its heading where marks are grouped."""
    found, group = [], ""
    for mark in chart.marks:
        group = mark.group or group
        found.append(join_nonempty(group, mark.label, f"{mark.below}（参考）" if mark.reference_only else mark.below))
    return tuple(found)


_WIDEST_NUMBER = text_width("000.0 ", _SIZE)
"""The room in points of a number with its unit: in a narrower column of its own it shows only hashes."""


def value_chart_columns(chart: ValueChart, page_mm: float) -> BlockColumns:
    """Return the columns of names, values and range, and those over which the chart stands."""
    numbers = 3 if _has_range(chart) else 1
    rest = page_mm - _LABEL_MM - _NUMBER_MM * numbers - _GAP_MM
    return BlockColumns(
        (
            ColumnSlot(_LABEL_MM, tuple(text_width(label, _SIZE) for label in _labels(chart))),
            *(ColumnSlot(_NUMBER_MM, (_WIDEST_NUMBER,), _WIDEST_NUMBER) for _ in range(numbers)),
            ColumnSlot(_GAP_MM),
            *(ColumnSlot(rest / _CHART_COLUMNS) for _ in range(_CHART_COLUMNS)),
        ),
        weight=2.0,
    )


def draw_value_chart(pen: SheetPen, chart: ValueChart, places: list[Span]) -> None:
    """Draw the numbers, the chart at their right, legend and note; the block is never split over pages."""
    label, value, *more = places
    ranges = tuple(more[:2]) if _has_range(chart) else ()
    first = pen.row
    _heading(pen, chart, (label, value, *ranges))
    for number, (mark, words) in enumerate(zip(chart.marks, _labels(chart), strict=True)):
        look = Look(size=_SIZE, bottom=HEAVY if number == len(chart.marks) - 1 else HAIR)
        pen.write_over_span(label, words, look, _ROW)
        _value(pen, value, mark, look._replace(align="right", bold=True), chart)
        for span, limit in zip(ranges, (mark.lowest, mark.highest), strict=False):
            pen.blank(pen.row, span.first, span.last, look)
            if limit is not None:
                pen.number(pen.row, span.widest, limit, look._replace(align="right"))
        pen.row += 1
    if chart.marks:
        cells = _Cells(
            head=first,
            first=first + 1,
            last=pen.row - 1,
            label=label.first,
            value=value.widest,
            lowest=ranges[0].widest if ranges else 0,
            highest=ranges[1].widest if ranges else 0,
        )
        pen.columns[chart.name, chart.value_name] = ColumnRange(cells.value, cells.first, cells.last)
        _add(pen, chart, cells, Span(places[-_CHART_COLUMNS].first, places[-1].last, places[-1].widest))
        enlarge_rows(pen, first, pen.row - 1, _LEAST_BARS if chart.shape == "bars" else _LEAST_PLOT)
    draw_note(pen, _legend_words(chart) + chart.note)
    pen.end_block(first, 7.5)


def _heading(pen: SheetPen, chart: ValueChart, places: tuple[Span, ...]) -> None:
    """Write the headings of the numbers beside a chart."""
    head = Look(size=9.0, bold=True, top=HEAVY, bottom=LINE)
    titles = (chart.label_name, chart.value_name, _LOWEST, _HIGHEST)
    for number, (span, title) in enumerate(zip(places, titles, strict=False)):
        pen.write_over_span(span, title, head._replace(align="right" if number else "left"), _HEAD)
    pen.row += 1


def _value(pen: SheetPen, span: Span, mark: ChartMark, look: Look, chart: ValueChart) -> None:
    """Write the value of a mark, or its text where it has none."""
    if mark.value is None:
        pen.write_over_span(span, mark.text, look._replace(bold=False), _ROW)
        return
    pen.blank(pen.row, span.first, span.last, look)
    pen.number(pen.row, span.widest, mark.value, look._replace(number_format=_form(chart)))
    pen.height(pen.row, _ROW)


def _form(chart: ValueChart) -> str:
    """Return the number format of the values with their unit (「0"人"」), for ％ 「0.0」 without it."""
    return "0.0" if chart.unit == "％" else f'0"{chart.unit}"'


def _legend_words(chart: ValueChart) -> str:
    """Return what fills, range and dashed marks are: 「下限・上限＝…。濃い灰＝講習会。点線の印＝…。」, or ""."""
    dashed = chart.reference_name if any(mark.reference_only for mark in chart.marks) else ""
    limits = f"{_LOWEST}・{_HIGHEST}＝{chart.range_name}。" if _has_range(chart) else ""
    fills = "、".join(f"{_FILL_WORDS[fill]}＝{words}" for fill, words in chart.legend)
    return f"{limits}{f'{fills}。' if fills else ''}{f'点線の印＝{dashed}。' if dashed else ''}"


def _add(pen: SheetPen, chart: ValueChart, cells: _Cells, place: Span) -> None:
    """Add the chart over its cells, with a description for screen readers."""
    drawn = _line(pen, chart, cells) if chart.shape == "line" else _bars(pen, chart, cells)
    drawn.anchor = TwoCellAnchor(
        editAs="twoCell",
        _from=AnchorMarker(col=place.first - 1, row=cells.head - 1),
        to=AnchorMarker(col=place.last, row=cells.last),
    )
    describe_chart(drawn, f"{chart.name}　{'、'.join(f'{mark.label} {mark.text}' for mark in chart.marks)}")
    pen.sheet.add_chart(drawn)


def _bars(pen: SheetPen, chart: ValueChart, cells: _Cells) -> Any:
    """Return columns with the limits of the contract as dashes over them, or bars from the top down."""
    bar = _scaled(bar_frame(), chart)
    bar.grouping, bar.gapWidth, bar.legend = "clustered", 60, None
    series = _series(pen, chart, cells)
    series.spPr = fill_properties(_GREYS["solid"])
    series.invertIfNegative = False
    series.dPt = [
        DataPoint(idx=place, spPr=fill_properties(_GREYS[mark.fill]), invertIfNegative=False)
        for place, mark in enumerate(chart.marks)
        if mark.fill != "solid"
    ]
    series.dLbls = DataLabelList(**_value_labels(chart, "outEnd"))
    bar.series.append(series)
    if chart.shape == "bars":
        bar.x_axis.scaling.orientation = "maxMin"
        bar.y_axis.delete = True
        bar.y_axis.majorGridlines = None
        return bar
    bar.type = "col"
    if cells.lowest:
        bar += _limits(pen, chart, cells)
    return bar


def _limits(pen: SheetPen, chart: ValueChart, cells: _Cells) -> LineChart:
    """Return the limits as short dashes without a line, one series each."""
    line = LineChart()
    for order, (name, column, limits) in enumerate(
        (
            (_LOWEST, cells.lowest, [mark.lowest for mark in chart.marks]),
            (_HIGHEST, cells.highest, [mark.highest for mark in chart.marks]),
        ),
        1,
    ):
        series = _series(pen, chart, cells, column=column, name=name, numbers=limits, order=order)
        series.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
        dash = LineProperties(solidFill="000000", w=HALF_POINT * 2)
        series.marker = Marker(symbol="dash", size=14, spPr=GraphicalProperties(solidFill="000000", ln=dash))
        series.smooth = False
        line.series.append(series)
    return line


def _line(pen: SheetPen, chart: ValueChart, cells: _Cells) -> Any:
    """Return one line whose marks are filled, and open and dashed where they are reference values."""
    line = _scaled(LineChart(), chart)
    line.legend = None
    series = _series(pen, chart, cells)
    stroke = LineProperties(solidFill="000000", w=HALF_POINT * 3)
    series.spPr = GraphicalProperties(ln=stroke)
    series.marker = Marker(symbol="circle", size=7, spPr=fill_properties("000000"))
    series.smooth = False
    dashed = GraphicalProperties(solidFill="FFFFFF", ln=LineProperties(solidFill="000000", prstDash="sysDash", w=9525))
    series.dPt = [
        DataPoint(idx=place, marker=Marker(symbol="circle", size=7, spPr=dashed), spPr=GraphicalProperties(ln=stroke))
        for place, mark in enumerate(chart.marks)
        if mark.reference_only
    ]
    series.dLbls = DataLabelList(**_value_labels(chart, "t"))
    series.dLbls.dLbl = [
        DataLabel(idx=place, **_value_labels(chart, "b"))
        for place in range(len(chart.marks))
        if is_valley(chart.marks, place)
    ]
    line.series.append(series)
    return line


def _scaled(chart: Any, block: ValueChart) -> Any:
    """Give a chart the scale of its block and hairlines at each of its numbers, and return it."""
    frame = bar_frame()
    chart.roundedCorners = False
    chart.graphical_properties = frame.graphical_properties
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.txPr = chart.y_axis.txPr = text_format(700)
    chart.x_axis.majorTickMark = chart.y_axis.majorTickMark = "none"
    chart.x_axis.title = chart.y_axis.title = None
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = block.ticks[0], block.ticks[-1]
    chart.y_axis.majorUnit = block.ticks[1] - block.ticks[0]
    chart.y_axis.number_format = f'0"{block.unit}"'
    chart.y_axis.majorGridlines.spPr = scale_lines()
    return chart


def _series(
    pen: SheetPen,
    chart: ValueChart,
    cells: _Cells,
    *,
    column: int = 0,
    name: str = "",
    numbers: list[int | None] | None = None,
    order: int = 0,
) -> Series:
    """Return the series of one column, named by its heading, over the names of the marks."""
    used, title = column or cells.value, name or chart.value_name
    series = Series(idx=order, order=order)
    series.tx = SeriesLabel(strRef=linked_texts(cell_name(pen, cells.head, used), [title]))
    labels = range_name(pen, ColumnRange(cells.label, cells.first, cells.last))
    series.cat = AxDataSource(strRef=linked_texts(labels, _labels(chart)))
    given = [mark.value for mark in chart.marks] if numbers is None else numbers
    place = range_name(pen, ColumnRange(used, cells.first, cells.last))
    series.val = cached_numbers(place, list(given), _form(chart) if numbers is None else "0")
    return series


def _value_labels(chart: ValueChart, position: str) -> dict[str, Any]:
    return VALUE_ALONE | {
        "numFmt": _form(chart),
        "dLblPos": position,
        "txPr": text_format(800, bold=True),
        "spPr": label_background(white=True),
    }
