"""Native charts of the tally: a 100 % band for one answer, bars for several, both tied to the cells of their table."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter, quote_sheetname

from app.papers.blocks import TallyChart
from app.papers.excel.looks import FONT_NAME
from app.papers.excel.sheet_pen import SheetPen

_HALF_POINT = 6350
_FIVE = ("000000", "666666", "A8A8A8", "D6D6D6", "FFFFFF")
_FOUR = ("000000", "6B6B6B", "B8B8B8", "E6E6E6")
_BAR = "616161"
_WHITE_TEXT_UP_TO = 0x50


class ChartCells(NamedTuple):
    """Where the table of a question and its chart (``top`` to ``bottom``) stand: rows and columns from 1."""

    head: int
    top: int
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
    """Put the chart of ``chart`` where its cells say: beside its table or below."""
    drawn = _band(pen, chart, cells) if chart.type == "SA" else _bars(pen, chart, cells)
    drawn.anchor = TwoCellAnchor(  # type: ignore[assignment]
        editAs="twoCell",
        _from=AnchorMarker(col=cells.left - 1, row=cells.top - 1),
        to=AnchorMarker(col=cells.right, row=cells.bottom),
    )
    pen.sheet.add_chart(drawn)


def _frame() -> BarChart:
    bar = BarChart()
    bar.type = "bar"
    bar.roundedCorners = False
    bar.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    bar.x_axis.delete = bar.y_axis.delete = False
    bar.x_axis.majorTickMark = bar.y_axis.majorTickMark = "none"
    bar.x_axis.txPr = bar.y_axis.txPr = _letters(700)
    bar.x_axis.title = bar.y_axis.title = None
    bar.y_axis.scaling.min = 0
    return bar


def _band(pen: SheetPen, chart: TallyChart, cells: ChartCells) -> BarChart:
    bar = _frame()
    bar.grouping = "percentStacked"
    bar.overlap, bar.gapWidth = 100, 30
    bar.x_axis.delete = True
    bar.y_axis.scaling.max, bar.y_axis.majorUnit = 1, 0.25
    bar.y_axis.number_format, bar.y_axis.majorGridlines = "0%", None
    bar.legend = Legend(legendPos="b", txPr=_letters(700))
    fills = iter(_fills(sum(row.kind != "none" for row in chart.rows)))
    for number, row in enumerate(chart.rows):
        at = cells.first + number
        series = Series(idx=number, order=number)
        name = f"{_place(pen, cells.number, at)}:{_cell(cells.option, at)}"
        points = [StrVal(idx=place, v=text) for place, text in enumerate((row.number, row.text)) if text]
        series.tx = SeriesLabel(strRef=StrRef(f=name, strCache=StrData(ptCount=2, pt=points)))
        series.val = _numbers(_place(pen, cells.people, at), [row.count], "0")
        fill = None if row.kind == "none" else next(fills)
        series.spPr = _paint(fill)
        dark = fill is not None and int(fill[:2], 16) < _WHITE_TEXT_UP_TO
        series.dLbls = DataLabelList(
            numFmt="0;;;", showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
            showPercent=False, dLblPos="ctr", txPr=_letters(800, bold=True, color="FFFFFF" if dark else "000000"),
            spPr=_plate(white=not dark and row.count > 0),
        )  # fmt: skip
        bar.series.append(series)
    return bar


def _bars(pen: SheetPen, chart: TallyChart, cells: ChartCells) -> BarChart:
    bar = _frame()
    bar.grouping = "clustered"
    bar.gapWidth = 45
    bar.legend = None
    bar.x_axis.scaling.orientation = "maxMin"
    bar.y_axis.crosses = "max"
    bar.y_axis.scaling.max, bar.y_axis.majorUnit = 100, 25
    bar.y_axis.number_format = "0"
    bar.y_axis.majorGridlines.spPr = GraphicalProperties(  # type: ignore[union-attr]
        ln=LineProperties(solidFill="BFBFBF", w=_HALF_POINT, prstDash="sysDot")
    )
    texts = [StrVal(idx=place, v=row.text) for place, row in enumerate(chart.rows)]
    options = f"{_place(pen, cells.option, cells.first)}:{_cell(cells.option, cells.last)}"
    shares = f"{_place(pen, cells.percent, cells.first)}:{_cell(cells.percent, cells.last)}"
    head = _place(pen, cells.percent, cells.head)
    series = Series(idx=0, order=0)
    series.tx = SeriesLabel(strRef=StrRef(f=head, strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v="％")])))
    series.cat = AxDataSource(strRef=StrRef(f=options, strCache=StrData(ptCount=len(texts), pt=texts)))
    values = [pen.results[_cell(cells.percent, row).replace("$", "")] for row in range(cells.first, cells.last + 1)]
    series.val = _numbers(shares, values, "0.0")
    series.spPr = _paint(_BAR)
    series.invertIfNegative = False
    series.dPt = [
        DataPoint(idx=place, spPr=_paint(None), invertIfNegative=False)
        for place, row in enumerate(chart.rows)
        if row.kind != "option"
    ]
    series.dLbls = DataLabelList(
        numFmt="0.0", showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
        showPercent=False, dLblPos="outEnd", txPr=_letters(750),
    )  # fmt: skip
    bar.series.append(series)
    bar.layout = _bar_layout(chart)
    return bar


def _bar_layout(chart: TallyChart) -> Layout | None:
    """Give the option texts half of the width at most, or Excel would leave no room for the bars."""
    longest = max(len(row.text) for row in chart.rows)
    left = min(0.06 + 0.035 * longest, 0.5)
    return Layout(manualLayout=ManualLayout(
        layoutTarget="inner", xMode="edge", yMode="edge", x=left, y=0.03, w=0.93 - left, h=0.85,
    ))  # fmt: skip


def _fills(count: int) -> tuple[str, ...]:
    """Return greys from the affirmative end (black) to the other; more options than five in even steps."""
    if count == len(_FOUR):
        return _FOUR
    if count <= len(_FIVE):
        return _FIVE
    return tuple(f"{round(255 * place / (count - 1)):02X}" * 3 for place in range(count))


def _paint(fill: str | None) -> GraphicalProperties:
    """Return a grey or, for the rows outside the scale, the diagonal hatch; both with a thin outline."""
    line = LineProperties(solidFill="000000", w=_HALF_POINT)
    if fill is not None:
        return GraphicalProperties(solidFill=fill, ln=line)
    hatch = PatternFillProperties(prst="wdUpDiag")
    hatch.foreground = ColorChoice(srgbClr="000000")  # type: ignore[arg-type]
    hatch.background = ColorChoice(srgbClr="FFFFFF")  # type: ignore[arg-type]
    return GraphicalProperties(pattFill=hatch, ln=line)


def _plate(*, white: bool) -> GraphicalProperties:
    """Return the ground of a label: a white plate, so that it can be read on grey and hatch, or none."""
    line = LineProperties(noFill=True)
    return GraphicalProperties(solidFill="FFFFFF", ln=line) if white else GraphicalProperties(noFill=True, ln=line)


def _letters(size: int, *, bold: bool = False, color: str = "000000") -> RichText:
    face = Font(typeface=FONT_NAME)
    letters = CharacterProperties(sz=size, b=bold, solidFill=color, latin=face, ea=face)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _numbers(place: str, values: list[float | str] | list[int], shown: str) -> NumDataSource:
    points = [NumVal(idx=number, v=str(value)) for number, value in enumerate(values)]
    return NumDataSource(numRef=NumRef(f=place, numCache=NumData(formatCode=shown, ptCount=len(points), pt=points)))


def _cell(column: int, row: int) -> str:
    return f"${get_column_letter(column)}${row}"


def _place(pen: SheetPen, column: int, row: int) -> str:
    return f"{quote_sheetname(pen.sheet.title)}!{_cell(column, row)}"
