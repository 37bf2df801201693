"""Saves a workbook as bytes: in memory only, the same bytes each time, formulas with cached results.

The rows of a sheet are written as XML here: a long list takes a third of the time openpyxl needs for its cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_APP

from app.common.zip_entry import stable_entry

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


_WORDS = "words_for_whom_cannot_see"
_LINE_END = {"\r": "&#13;"}
_MARKUP = re.compile("[&<>\r]")
_REAL_CELL: Any = Cell
"""The class of real cells; cells covered by a merged range are of another class and hold nothing."""
Results = dict[str, dict[str, float | str]]
_HEADER = re.compile(rb"<oddHeader>.*?</oddHeader>")
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)')

_BAR = re.compile(
    rb'<conditionalFormatting sqref="(?P<cells>[^"]+)"><cfRule '
    rb'[^>]*type="dataBar"[^>]*><dataBar.*?</dataBar>(?=</cfRule>)'
)
NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 - the file format has no zone
_NO_TOOL = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_X14 = b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'


class UnsupportedCellError(TypeError):
    """Error for a cell that holds something else than text, a number or a formula."""


def rows_xml(sheet: Worksheet, results: Mapping[str, float | str]) -> bytes:
    """Return the ``row`` elements of ``sheet``, in order, with the result of each formula beside it.

    Raises:
        UnsupportedCellError: a cell of another kind (a date, a comment): openpyxl has to write that sheet.
    """
    cells: Any = sheet._cells
    shapes: Any = sheet.row_dimensions
    rows: dict[int, list[str]] = {row: [] for row in sorted({*shapes, *map(itemgetter(0), cells)})}
    letters = _ColumnLetters()
    starts: dict[int, tuple[Any, str]] = {}
    at, parts = 0, []
    for (row, column), cell in sorted(cells.items(), key=itemgetter(0)):
        if row != at:
            at, parts = row, rows[row]
        value, kind, style = cell._value, cell.data_type, cell._style
        # Cells of one look share one style, whose words are looked up once; it is kept beside them, so that no
        # other can come to stand at its address.
        known = starts.get(id(style))
        if known is None:
            known = starts[id(style)] = style, f' s="{cell.style_id}"' if cell.has_style else ""
        # Nearly every cell of a list is a text or a number; all the others go the longer way.
        if kind == "s" and type(value) is str and value and not cell._comment and not cell._hyperlink:
            space = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() else ""
            shown = escape(value, _LINE_END) if _MARKUP.search(value) else value
            parts.append(f'<c r="{letters[column]}{row}"{known[1]} t="inlineStr"><is><t{space}>{shown}</t></is></c>')
        elif (
            kind == "n"
            and type(value) is int
            and type(cell) is _REAL_CELL
            and not cell._comment
            and not cell._hyperlink
        ):
            parts.append(f'<c r="{letters[column]}{row}"{known[1]} t="n"><v>{value:.16g}</v></c>')
        else:
            parts.append(_cell(cell, f"{letters[column]}{row}", known[1], results))
    # Rows of one height share one dimension.
    said: dict[int, str] = {}
    whole = []
    for row, parts in rows.items():
        shape = shapes.get(row, {})
        words = said.get(id(shape)) if shape else ""
        if words is None:
            words = said[id(shape)] = "".join(
                f' {name}="{value}"' for name, value in dict(shape).items() if name != "r"
            )
        whole += [f'<row r="{row}"{words}>', *parts, "</row>"]
    return "".join(whole).encode()


class _ColumnLetters(dict[int, str]):
    """Cache of the letters of each column."""

    def __missing__(self, column: int) -> str:
        letter = self[column] = get_column_letter(column)
        return letter


def _cell(cell: Any, address: str, style: str, results: Mapping[str, float | str]) -> str:
    """Return a cell as XML, with the computed result beside its formula; raise for a cell of another kind."""
    start = f'<c r="{address}"{style}'
    value, kind = cell.value, cell.data_type
    if cell.comment is not None or cell.hyperlink is not None:
        raise UnsupportedCellError(address)
    if value is None or value == "":
        return f"{start}/>" if style else ""
    if kind == "s" and isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f'{start} t="inlineStr"><is><t{space}>{escape(value, _LINE_END)}</t></is></c>'
    if kind == "n" and isinstance(value, int | float) and not isinstance(value, bool):
        return f'{start} t="n"><v>{value:.16g}</v></c>'
    if kind == "f" and isinstance(value, str) and address in results:
        result = results[address]
        kind_of_result = ' t="str"' if isinstance(result, str) else ""
        shown = escape(result) if isinstance(result, str) else repr(result)
        return f"{start}{kind_of_result}><f>{escape(value[1:])}</f><v>{shown}</v></c>"
    raise UnsupportedCellError(address)


class _StableArchive(ZipFile):
    """A zip whose entries carry neither a time of writing nor the system they come from."""

    def writestr(self, name: ZipInfo | str, data: bytes | str) -> None:  # type: ignore[override]
        """Add an entry with a fixed date, completing what openpyxl's chart writer leaves out."""
        path = name.filename if isinstance(name, ZipInfo) else name
        if path.startswith("xl/charts/"):
            data = _finish_chart(data if isinstance(data, bytes) else data.encode())
        elif path == ARC_APP:
            data = _NO_TOOL
        super().writestr(stable_entry(path), data)


class _SheetWriter(WorksheetWriter):
    """Writes everything of a sheet except its rows."""

    def write_rows(self) -> None:
        """Write an empty element as placeholder for the rows."""
        xf: Any = self.xf.send(True)
        with xf.element("sheetData"):
            pass
        self.xf.send(None)


class _DescribedDrawing(SpreadsheetDrawing):
    """The drawings of a sheet, each chart with its words for whoever cannot see it (``describe_chart``)."""

    __elements__ = SpreadsheetDrawing.__elements__

    def _chart_frame(self, idx: int) -> Any:
        """Return the frame of a chart with its description for screen readers."""
        frame = super()._chart_frame(idx)  # type: ignore[misc]
        frame.nvGraphicFramePr.cNvPr.descr = getattr(self.charts[idx - 1], _WORDS, None)
        return frame


def describe_chart(chart: Any, words: str) -> None:
    """Give a chart the words that stand for it where it cannot be seen."""
    setattr(chart, _WORDS, words)


class _MemoryWriter(ExcelWriter):
    """Writes the sheets in memory: openpyxl itself would leave them readable in the temporary folder meanwhile."""

    def __init__(self, workbook: Workbook, archive: ZipFile, results: Results):
        super().__init__(workbook, archive)
        self._target = archive
        self._results = results

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet with the results of its formulas."""
        ws._drawing = _DescribedDrawing()  # type: ignore[attr-defined]
        ws._drawing.charts = ws._charts  # type: ignore[attr-defined]
        ws._drawing.images = ws._images  # type: ignore[attr-defined]
        results = self._results.get(ws.title, {})
        try:
            rows: bytes | None = rows_xml(ws, results)
        except UnsupportedCellError:
            rows = None
        content = BytesIO()
        sheet: Any = ws
        links = list(sheet._hyperlinks)  # the writer begins with none
        writer = _SheetWriter(ws, out=content) if rows is not None else WorksheetWriter(ws, out=content)
        sheet._hyperlinks.extend(links)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        data = with_results(content.getvalue(), results)
        if rows is not None:
            data = _NO_ROWS.sub(lambda _found: b"<sheetData>" + rows + b"</sheetData>", data, count=1)
        self._target.writestr(ws.path[1:], solid_bars(data))
        self.manifest.append(ws)


def with_results(sheet: bytes, results: dict[str, float | str]) -> bytes:
    """Return the sheet's XML with the cached result of each formula.

    A mailed workbook is opened without calculating; without a result its formulas would look empty.
    """
    sheet = _HEADER.sub(lambda found: found.group().replace(b"_x000a_", b"&#10;"), sheet)
    if not results:
        return sheet

    def beside(found: re.Match[bytes]) -> bytes:
        """Return a cell with the computed result beside its formula."""
        place, attributes, formula = found.groups()
        result = results[place.decode()]
        text = isinstance(result, str)
        shown = escape(result) if isinstance(result, str) else repr(result)
        kind = b' t="str"' if text else b""
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v>' % (place, attributes, kind, formula, shown.encode())

    return _FORMULA.sub(beside, sheet)


def solid_bars(sheet: bytes) -> bytes:
    """Return the sheet's XML with data bars in solid fill: by default Excel fades them to white."""
    bars: list[bytes] = []

    def marked(found: re.Match[bytes]) -> bytes:
        """Return a data bar rule with the extension that makes its bars solid."""
        key = b"{%08X-0000-4000-8000-000000000000}" % (len(bars) + 1)
        bars.append(
            b'<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
            b'<x14:cfRule type="dataBar" id="%s">'
            b'<x14:dataBar minLength="0" maxLength="100" gradient="0" showValue="0"><x14:cfvo type="num"><xm:f>0</xm:f>'
            b'</x14:cfvo><x14:cfvo type="num"><xm:f>100</xm:f></x14:cfvo></x14:dataBar></x14:cfRule>'
            b"<xm:sqref>%s</xm:sqref></x14:conditionalFormatting>" % (key, found["cells"])
        )
        return found.group() + (
            b"<extLst><ext %s "
            b'uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}'
            b'"><x14:id>%s</x14:id></ext></extLst>' % (_X14, key)
        )

    sheet = _BAR.sub(marked, sheet)
    if not bars:
        return sheet
    listed = b'<extLst><ext %s uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>' % _X14
    return sheet.replace(
        b"</worksheet>", listed + b"".join(bars) + b"</x14:conditionalFormattings></ext></extLst></worksheet>"
    )


def _finish_chart(chart: bytes) -> bytes:
    """Return the chart's XML without an automatic title, and with its own label formats."""
    chart = re.sub(rb"<((?:\w+:)?)plotArea>", rb'<\1autoTitleDeleted val="1" /><\1plotArea>', chart, count=1)
    return re.sub(rb'(<(?:\w+:)?numFmt formatCode="[^"]*") ?/>', rb'\1 sourceLinked="0" />', chart)


def save_workbook(workbook: Workbook, results: Results, properties: DocumentProperties | None = None) -> bytes:
    """Return the workbook as the bytes of an xlsx file, which says of itself its ``properties`` and nothing else."""
    workbook.properties = properties or DocumentProperties(creator="", created=NO_TIME, modified=NO_TIME)
    target = BytesIO()
    _MemoryWriter(workbook, _StableArchive(target, "w", ZIP_DEFLATED), results).save()
    return target.getvalue()
