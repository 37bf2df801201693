"""The report as xlsx against openpyxl alone writing the same cells, looks, sizes and charts."""

import copy
import io
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.excel.render import render_xlsx
from tests.bench.paired import Paired, pair
from tests.bench.report import content


def measure() -> Paired:
    """Read our workbook once, then time us against openpyxl writing just what is in it."""
    pattern = openpyxl.load_workbook(io.BytesIO(render_xlsx(content())))
    sheets = [_described(sheet) for sheet in pattern]

    def bare() -> bytes:
        book = openpyxl.Workbook()
        for title, cells, charts, heights, widths in sheets:
            sheet = book.create_sheet(title)
            for row, column, value, look in cells:
                cell = sheet.cell(row, column, value)
                cell.font, cell.border, cell.alignment, cell.fill, cell.number_format = look
            for number, height in heights.items():
                sheet.row_dimensions[number].height = height
            for letter, width in widths.items():
                sheet.column_dimensions[letter].width = width
            for anchor, series in charts:
                _chart(sheet, anchor, series)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return pair(lambda: render_xlsx(content()), bare, rounds=11, warm=2)


def _described(sheet: Worksheet) -> tuple[str, list[Any], list[Any], dict[int, float], dict[str, float]]:
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style:
                look = tuple(copy.copy(part) for part in (cell.font, cell.border, cell.alignment, cell.fill))
                cells.append((cell.row, cell.column, cell.value, (*look, cell.number_format)))
    charts = [(chart.anchor, len(chart.series)) for chart in sheet._charts]
    heights = {number: place.height for number, place in sheet.row_dimensions.items() if place.height}
    widths = {letter: place.width for letter, place in sheet.column_dimensions.items()}
    return sheet.title, cells, charts, heights, widths


def _chart(sheet: Worksheet, anchor: Any, series: int) -> None:
    chart = BarChart()
    chart.grouping = "percentStacked"
    for number in range(series):
        chart.add_data(Reference(sheet, min_col=3, min_row=number + 1, max_row=number + 2))
    chart.anchor = copy.deepcopy(anchor)
    sheet.add_chart(chart)
