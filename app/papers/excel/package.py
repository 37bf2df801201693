"""Saves a workbook as bytes: in memory only, the same bytes each time, with results beside the formulas."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from app.papers.excel.sheet_rows import OtherCell, rows_xml

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Results = dict[str, dict[str, float | str]]
_HEADER = re.compile(rb"<oddHeader>.*?</oddHeader>")
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)')


class _StableArchive(ZipFile):
    """A zip whose entries carry no time of writing and no system of origin."""

    def writestr(self, name: ZipInfo | str, data: bytes | str) -> None:  # type: ignore[override]
        """Add an entry with a fixed date, mending what the chart writer leaves out."""
        path = name.filename if isinstance(name, ZipInfo) else name
        entry = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        entry.external_attr = 0o600 << 16
        if path.startswith("xl/charts/"):
            data = _finish_chart(data if isinstance(data, bytes) else data.encode())
        super().writestr(entry, data)


class _SheetWriter(WorksheetWriter):
    """Writes everything of a sheet but its rows."""

    def write_rows(self) -> None:
        """Leave the place of the rows empty."""
        xf: Any = self.xf.send(True)
        with xf.element("sheetData"):
            pass
        self.xf.send(None)


class _MemoryWriter(ExcelWriter):
    """Writes the sheets in memory: openpyxl's own way leaves them readable in the temporary folder meanwhile."""

    def __init__(self, workbook: Workbook, archive: ZipFile, results: Results) -> None:
        super().__init__(workbook, archive)
        self._target = archive
        self._results = results

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet with the results of its formulas."""
        ws._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined]
        ws._drawing.charts = ws._charts  # type: ignore[attr-defined]
        ws._drawing.images = ws._images  # type: ignore[attr-defined]
        results = self._results.get(ws.title, {})
        try:
            rows: bytes | None = rows_xml(ws, results)
        except OtherCell:
            rows = None
        content = BytesIO()
        writer = _SheetWriter(ws, out=content) if rows is not None else WorksheetWriter(ws, out=content)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        data = with_results(content.getvalue(), results)
        if rows is not None:
            data = _NO_ROWS.sub(lambda _found: b"<sheetData>" + rows + b"</sheetData>", data, count=1)
        self._target.writestr(ws.path[1:], data)
        self.manifest.append(ws)


def with_results(sheet: bytes, results: dict[str, float | str]) -> bytes:
    """Return the sheet's XML with the result of each formula written beside it.

    A mailed workbook opens without calculating; without a result its formulas would look empty.
    """
    sheet = _HEADER.sub(lambda found: found.group().replace(b"_x000a_", b"&#10;"), sheet)
    if not results:
        return sheet

    def beside(found: re.Match[bytes]) -> bytes:
        place, attributes, formula = found.groups()
        result = results[place.decode()]
        text = isinstance(result, str)
        shown = escape(result) if isinstance(result, str) else repr(result)
        kind = b' t="str"' if text else b""
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v>' % (place, attributes, kind, formula, shown.encode())

    return _FORMULA.sub(beside, sheet)


def _finish_chart(chart: bytes) -> bytes:
    """Say that there is no automatic title, and that label formats are the chart's own."""
    chart = re.sub(rb"<((?:\w+:)?)plotArea>", rb'<\1autoTitleDeleted val="1" /><\1plotArea>', chart, count=1)
    return re.sub(rb'(<(?:\w+:)?numFmt formatCode="[^"]*") ?/>', rb'\1 sourceLinked="0" />', chart)


def save(workbook: Workbook, results: Results) -> bytes:
    """Return the workbook as the bytes of an xlsx file."""
    target = BytesIO()
    archive = _StableArchive(target, "w", ZIP_DEFLATED)
    _MemoryWriter(workbook, archive, results).save()
    return target.getvalue()
