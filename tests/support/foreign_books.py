"""Makes workbooks as colleagues and attackers make them: real ones with xlsxwriter, crooked ones by hand from parts."""

import zipfile
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

HEADINGS = ("受付番号", "送信日時", "氏名", "フリガナ", "電話番号", "町会・自治会名", "希望講習会", "備考")
PERSON = (
    "00001",
    "2026/09/01 10:00",
    "見本 花子",
    "ミホン ハナコ",
    "03-0000-1111",
    "みほん町会",
    "LINE講習会",
    "特になし",
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def book(path: Path, fill: Callable[[Worksheet, xlsxwriter.Workbook], object], *, sheet: str = "申込") -> Path:
    """A workbook with one sheet that ``fill`` writes."""
    workbook = xlsxwriter.Workbook(str(path))
    fill(workbook.add_worksheet(sheet), workbook)
    workbook.close()
    return path


def rows(sheet: Worksheet, first: int, lines: Iterable[Sequence[object]]) -> None:
    """Write ``lines`` from the row ``first`` (from 1); None leaves a cell alone."""
    for number, line in enumerate(lines, start=first - 1):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(number, column, value)


def struck_book(path: Path, lines: Sequence[Sequence[object]], struck: Collection[int]) -> Path:
    """A workbook of ``lines``, headings first, of which the rows ``struck`` (from 1 as Excel shows them) are struck
    out."""

    def fill(sheet: Worksheet, workbook: xlsxwriter.Workbook) -> None:
        line_through = workbook.add_format({"font_strikeout": True})
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number - 1, 0, line, line_through if number in struck else None)

    return book(path, fill)


def inline(cells: Sequence[str], row: int) -> str:
    """One row of XML with its texts in place."""
    texts = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{row}">{texts}</row>'


def crooked(path: Path, data: str, *, before: str = "", after: str = "", shared: str = "", prolog: str = "") -> Path:
    """A workbook of one sheet made by hand: ``data`` are its rows, ``before`` and ``after`` stand around them."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="申込" sheetId="1" '
        f'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{_MAIN}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f'{prolog if shared else ""}<sst xmlns="{_MAIN}">{shared}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _relations(*links: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
