"""The parts of a native chart that every chart of a workbook shares: frame, fills, type, and links to cells."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

from app.documents.excel.looks import FONT_NAME
from app.documents.excel.sheet_pen import SheetPen

HALF_POINT = 6350
LEAST_CHART = 108.0
"""The least height of a chart, in points."""
VALUE_ALONE = {
    "showVal": True, "showSerName": False, "showCatName": False, "showLegendKey": False, "showPercent": False,
}  # fmt: skip
"""What a label says: the value, and nothing of where it belongs."""


def bar_frame() -> BarChart:
    """Return an empty bar chart without frame, title and tick marks, its scale from 0."""
    bar = BarChart()
    bar.type = "bar"
    bar.roundedCorners = False
    bar.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    bar.x_axis.delete = bar.y_axis.delete = False
    bar.x_axis.majorTickMark = bar.y_axis.majorTickMark = "none"
    bar.x_axis.txPr = bar.y_axis.txPr = text_format(700)
    bar.x_axis.title = bar.y_axis.title = None
    bar.y_axis.scaling.min = 0
    return bar


def fill_properties(fill: str | None) -> GraphicalProperties:
    """Return the fill of a chart's mark, with a thin outline.

    Args:
        fill: a grey as hex digits; None = a diagonal hatch, for rows outside the scale.
    """
    line = LineProperties(solidFill="000000", w=HALF_POINT)
    if fill is not None:
        return GraphicalProperties(solidFill=fill, ln=line)
    hatch = PatternFillProperties(prst="wdUpDiag")
    hatch.foreground = ColorChoice(srgbClr="000000")  # type: ignore[arg-type]
    hatch.background = ColorChoice(srgbClr="FFFFFF")  # type: ignore[arg-type]
    return GraphicalProperties(pattFill=hatch, ln=line)


def text_format(size: int, *, bold: bool = False, color: str = "000000") -> RichText:
    """Return the type of labels; ``size`` is in hundredths of a point."""
    face = Font(typeface=FONT_NAME)
    letters = CharacterProperties(sz=size, b=bold, solidFill=color, latin=face, ea=face)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def cached_numbers(place: str, values: Sequence[float | str | None], shown: str) -> NumDataSource:
    """Return the link to the cells of ``place`` with their numbers, for a program that does not calculate."""
    points = [NumVal(idx=number, v=str(value)) for number, value in enumerate(values) if value is not None]
    return NumDataSource(numRef=NumRef(f=place, numCache=NumData(formatCode=shown, ptCount=len(values), pt=points)))


def linked_texts(place: str, texts: Sequence[str]) -> StrRef:
    """Return the link to the cells of ``place`` with their texts, for a program that does not calculate."""
    points = [StrVal(idx=number, v=text) for number, text in enumerate(texts) if text]
    return StrRef(f=place, strCache=StrData(ptCount=len(texts), pt=points))


def scale_lines() -> GraphicalProperties:
    """Return the lines at the numbers of a scale: dotted hairlines in grey."""
    return GraphicalProperties(ln=LineProperties(solidFill="BFBFBF", w=HALF_POINT, prstDash="sysDot"))


def label_background(*, white: bool) -> GraphicalProperties:
    """Return the background of a label: white, so that it can be read on grey and hatch, or none."""
    line = LineProperties(noFill=True)
    return GraphicalProperties(solidFill="FFFFFF", ln=line) if white else GraphicalProperties(noFill=True, ln=line)


def enlarge_rows(pen: SheetPen, head: int, bottom: int, least: float = LEAST_CHART) -> None:
    """Enlarge the rows of a very short table, so that the chart beside it has at least ``least`` points."""
    missing = least - sum(pen.heights[row] for row in range(head, bottom + 1))
    if missing > 0:
        share = round(missing / (bottom - head + 1) / 0.75 + 0.49) * 0.75
        for row in range(head, bottom + 1):
            pen.height(row, pen.heights[row] + share)
