"""Writes a table as programs of others save it: texts in any encoding, and workbooks put together by hand, without a
library.

A workbook is a few hundred bytes of XML here: ten thousand of them cost seconds, where a library needs minutes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DAYS_BETWEEN_EPOCHS = 1462
Spelling = Literal["usual", "prefixed"]
STYLES = ("number", "day", "moment", "time", "wareki", "text", "padded")
"""How a number is shown, in the order of the formats of every workbook made here."""

Texts = Literal["inline", "shared", "furigana", "runs"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one cell holds: ``text`` in a text file; in a workbook ``number`` shown by ``style``, where there is one.

    ``serial`` says that the number counts days, so that a workbook of the calendar of 1904 holds another one.
    ``formula`` stands before the value, which is missing where ``saved`` is False; ``kind`` is the type of a cell that
    no text has: an error, a day in ISO form, a yes or no.
    """

    text: str
    number: float | None = None
    style: str = "number"
    serial: bool = False
    formula: str = ""
    saved: bool = True
    kind: Literal["", "e", "d", "b"] = ""


@dataclass(frozen=True, kw_only=True)
class Text:
    """How a text file is written; ``encoding`` is Python's name, ``mark`` stands before the text.

    ``begins_with`` is a first line that is no row, ``swapped`` are pieces of the finished text put in place of others,
    and the row ``other_line`` (from 0) was saved in the other of UTF-8 and cp932: what damages a file on its way.
    """

    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    every_quoted: bool = False
    end_sign: bool = False
    mark: bytes = b""
    begins_with: str = ""
    swapped: Sequence[tuple[bytes, bytes]] = ()
    other_line: int = -1
    zipped: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: rows from ``top`` (from 1) and columns from ``left`` (from 0); ``merges`` are references such as
    A1:B2."""

    name: str
    rows: Sequence[Sequence[Cell]]
    top: int = 1
    left: int = 0
    merges: Sequence[str] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    formatted_below: int = 0


def text_bytes(rows: Sequence[Sequence[Cell]], how: Text) -> bytes:
    """The bytes of a text file with ``rows``."""
    out = io.StringIO()
    # A line break inside a cell is quoted whatever ends a line.
    writer = csv.writer(out, delimiter=how.delimiter, quoting=csv.QUOTE_ALL if how.every_quoted else csv.QUOTE_MINIMAL)
    lines = []
    for row in rows:
        writer.writerow([cell.text for cell in row])
        lines.append(out.getvalue().removesuffix("\r\n") + how.line_end)
        out.seek(0)
        out.truncate()
    # In one go: Python puts the mark of UTF-16 before each text that it encodes.
    first, last = how.begins_with, "\x1a" if how.end_sign else ""
    if how.other_line < 0:
        data = how.mark + (first + "".join(lines) + last).encode(how.encoding)
    else:
        before, line, after = (
            "".join(lines[: how.other_line]),
            lines[how.other_line],
            "".join(lines[how.other_line + 1 :]),
        )
        other = "cp932" if how.encoding == "utf-8" else "utf-8"
        data = (first + before).encode(how.encoding) + line.encode(other) + (after + last).encode(how.encoding)
    for sound, damaged in how.swapped:
        data = data.replace(sound, damaged, 1)
    return _packed({"申込.csv": data}) if how.zipped else data


def book_bytes(
    sheets: Sequence[Sheet], *, texts: Texts = "inline", epoch_1904: bool = False, spelling: Spelling = "usual"
) -> bytes:
    """The bytes of a workbook with ``sheets`` in their order; programs spell the same sheet in several ways."""
    shared: dict[str, int] = {}
    parts: dict[str, bytes] = {}
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _spelt(_sheet_xml(sheet, texts, shared, epoch_1904), spelling)
    named = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}'
        f'"{" state=" + chr(34) + "hidden" + chr(34) if sheet.hidden else ""}'
        f' r:id="r{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    system = '<workbookPr date1904="1"/>' if epoch_1904 else ""
    links = [(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{system}<sheets>{named}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relations(
            [*links, ("s1", "styles", "styles.xml"), ("t1", "sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(shared)}</sst>'.encode(),
    }
    return _packed(parts)


def letters(column: int) -> str:
    """Letters of a column from 0, up to ZZ."""
    high, low = divmod(column, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _sheet_xml(sheet: Sheet, texts: Texts, shared: dict[str, int], epoch_1904: bool) -> str:
    rows = []
    for place, cells in enumerate(sheet.rows, start=sheet.top):
        hidden = ' hidden="1"' if place in sheet.hidden_rows else ""
        inside = "".join(
            _cell_xml(f"{letters(column)}{place}", cell, texts, shared, epoch_1904)
            for column, cell in enumerate(cells, start=sheet.left)
        )
        rows.append(f'<row r="{place}"{hidden}>{inside}</row>')
    last = sheet.top + len(sheet.rows)
    rows += [f'<row r="{row}"><c r="A{row}" s="5"/></row>' for row in range(last, last + sheet.formatted_below)]
    columns = "".join(f'<col min="{one + 1}" max="{one + 1}" hidden="1"/>' for one in sorted(sheet.hidden_columns))
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merges)
    return (
        f'<worksheet xmlns="{_MAIN}">{f"<cols>{columns}</cols>" if columns else ""}<sheetData>{"".join(rows)}'
        f"</sheetData>"
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _spelt(xml: str, spelling: Spelling) -> bytes:
    if spelling == "prefixed":
        xml = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=", 1)
    return xml.encode()


def _cell_xml(place: str, cell: Cell, texts: Texts, shared: dict[str, int], epoch_1904: bool) -> str:
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    style = f' s="{STYLES.index(cell.style)}"' if cell.style != "number" else ""
    if cell.kind:
        return f'<c r="{place}" t="{cell.kind}"{style}>{formula}<v>{_spelled(cell.text)}</v></c>'
    if cell.number is not None:
        number = cell.number - (_DAYS_BETWEEN_EPOCHS if cell.serial and epoch_1904 else 0)
        value = f"<v>{number:.10g}</v>" if cell.saved else ""
        return f'<c r="{place}"{style}>{formula}{value}</c>'
    if not cell.text and not formula:
        return f'<c r="{place}"{style}/>' if style else ""
    spelled = _spelled(cell.text)
    if formula:
        return f'<c r="{place}" t="str"{style}>{formula}{f"<v>{spelled}</v>" if cell.saved else ""}</c>'
    if texts == "inline":
        return f'<c r="{place}" t="inlineStr"{style}><is><t xml:space="preserve">{spelled}</t></is></c>'
    inside = f'<t xml:space="preserve">{spelled}</t>'
    if texts == "furigana":
        inside += '<rPh sb="0" eb="1"><t>フリガナ</t></rPh><phoneticPr fontId="1"/>'
    elif texts == "runs" and len(cell.text) > 1:
        first, rest = _spelled(cell.text[:1]), _spelled(cell.text[1:])
        inside = "".join(f'<r><t xml:space="preserve">{part}</t></r>' for part in (first, rest))
    number_of = shared.setdefault(f"<si>{inside}</si>", len(shared))
    return f'<c r="{place}" t="s"{style}><v>{number_of}</v></c>'


def _spelled(text: str) -> str:
    """The text as XML has it: signs that XML cannot hold stand as ``_x001A_``."""
    plain = "".join(f"_x{ord(sign):04X}_" if ord(sign) < 32 and sign not in "\n\t" else sign for sign in text)
    return escape(plain)


def _relations(links: Sequence[tuple[str, str, str]]) -> bytes:
    inner = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="0000000000"/></numFmts>'
    f"<cellXfs>{''.join(f'<xf numFmtId={chr(34)}{one}{chr(34)}/>' for one in (0, 14, 22, 20, 176, 49, 177))}"
    f"</cellXfs></styleSheet>"
).encode()

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def strangers(rows: Sequence[Sequence[Cell]]) -> dict[str, tuple[bytes, str]]:
    """Files that are no list of rows, with the word by which each is refused."""
    text = text_bytes(rows, Text())
    page = "ウェブページ"
    return {
        "password": (_COMPOUND + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512, "パスワード"),
        "old workbook": (_COMPOUND + "Workbook".encode("utf-16-le") + b"\x00" * 512, "旧形式"),
        "old letter": (_COMPOUND + "WordDocument".encode("utf-16-le") + b"\x00" * 512, "Word"),
        "page": (_web_page(rows, "<html><meta charset=utf-8>", "utf-8"), page),
        "page in UTF-16": (_web_page(rows, "<html>", "utf-16"), page),
        "page without a head": (_web_page(rows, "<div>", "cp932"), page),
        "page with a remark": (_web_page(rows, "<!-- 出力 -->\r\n<html>", "utf-8-sig"), page),
        "page as a letter": (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n" + text, page),
        "spreadsheet of 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', page),
        "open document": (_packed({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"}), "OpenDocument"),
        "letter": (_packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "Word"),
        "two in a zip": (_packed({"1.csv": text, "2.csv": text}), "展開"),
        "half a workbook": (book_bytes([Sheet(name="一覧", rows=rows)])[:900], "壊れて"),
        "nothing": (b"", "空のファイル"),
        "blanks": (b"\xef\xbb\xbf \r\n\r\n", "空のファイル"),
        "PDF": (b"%PDF-1.7\n" + text, "PDF"),
        "EUC": (text_bytes(rows, Text(encoding="euc_jp")), "EUC"),
        "JIS": (text_bytes(rows, Text(encoding="iso2022_jp")), "JIS"),
        "UTF-32": (text_bytes(rows, Text(encoding="utf-32")), "UTF-32"),
    }


def _web_page(rows: Sequence[Sequence[Cell]], begin: str, encoding: str) -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell.text)}</td>' for cell in row)}</tr>" for row in rows)
    return f"{begin}<body><table>{lines}</table></body></html>".encode(encoding)
