"""The parts of a workbook in its zip: sheets in order, shared texts, cell formats.

Parts are parsed as streams, and a document type declaration stops it at once. A cell's cached value becomes text:
dates in ISO form, whole numbers as digits, leading zeros as shown; furigana are left out of shared texts.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import IO, Any, Literal
from xml.parsers import expat

from app.foreign_files.tables.table_limits import MAX_CELL_LENGTH
from app.foreign_files.workbooks.struck_out import RUN_PARTS, RunReader, StruckLetters, is_font_flag_on
from db.digits import is_digits, whole_number
from db.record import frozen, group_by_key, record

_CHUNK = 64 * 1024
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_GENERAL = re.compile(r"general|標準|@", re.IGNORECASE)
_DATE_SIGNS = re.compile(r"[ydge]|a{3}", re.IGNORECASE)
_TIME_SIGNS = re.compile(r"[hs]|\[m+\]", re.IGNORECASE)
_SECOND_FRACTIONS = re.compile(r"(?<=s)\.0+", re.IGNORECASE)
_ZERO_PADDING = re.compile(r"[0\-() ]*0[0\-() ]*")
# Beside the formats of every Excel (14-22, 45-47) those that a Japanese Excel writes without spelling them out.
_DATES = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAX_ELEMENTS = 300_000
Element = tuple[str, dict[str, str], tuple[str, ...]]
"""Local name, attributes, and the names of the elements around it."""
MAX_TEXTS = 600_000
MAX_NAMES = 5_000


UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
)
"""What is raised for a file that is damaged."""


class LimitExceeded(Exception):
    """Error for a workbook larger than any list; its text names the limit.

    Limits are sheets, columns, rows, cells, cell, empty, texts and doctype.
    """


class XmlReader:
    """Callbacks for ``parse_xml``, which do nothing here; element names are as in the file, with their prefix."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Do nothing; a subclass reads the start of an element."""

    def end(self, name: str) -> None:
        """Do nothing; a subclass reads the end of an element."""

    def data(self, text: str) -> None:
        """Do nothing; a subclass reads text inside an element, which may come in several pieces."""


def parse_xml(source: IO[bytes], reader: XmlReader) -> None:
    """Parse ``source`` to its end; raises LimitExceeded for a document type (no entities, so no entity bomb)."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _reject_doctype
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def local_name(name: str) -> str:
    """Return an element's name without its prefix."""
    return name.rpartition(":")[2]


def _reject_doctype(*_: Any) -> None:
    """Raise LimitExceeded for a document type in XML, whose entities could blow up."""
    raise LimitExceeded("doctype")


@frozen
class CellFormat:
    """How a number is shown: as a number, a day, a time, or zero-padded to a ``pattern`` (``000-0000``).

    ``struck`` = the font of the cell is struck through (取消線).
    """

    shows: Literal["number", "day", "time", "padded"] = "number"
    pattern: str = ""
    struck: bool = False


def cell_format(number: int, code: str) -> CellFormat:
    """Return the format of the number format ``number``; ``code`` is its text for custom ones.

    Plain for all that is no day, no time and not filled up with zeros.
    """
    if number in _DATES:
        return CellFormat("day")
    if number in _TIMES:
        return CellFormat("time")
    first = code.split(";", 1)[0]
    bare = _SECOND_FRACTIONS.sub("", _QUOTED.sub("", first))
    if not bare or _GENERAL.search(bare):
        return CellFormat()
    if {"0", "#"} & set(bare):
        pattern = first.replace('"', "").replace("\\", "")
        padded = _ZERO_PADDING.fullmatch(pattern) and pattern.count("0") > 1
        return CellFormat("padded", pattern) if padded else CellFormat()
    return _calendar_format(bare)


def _calendar_format(bare: str) -> CellFormat:
    """Return the format of a code without digits: a day (with or without a time), a time, or a number.

    An m means months unless h or s is anywhere in the code; ``[m]`` counts minutes on.
    """
    timed = bool(_TIME_SIGNS.search(bare))
    if _DATE_SIGNS.search(bare) or ("m" in bare.lower() and not timed):
        return CellFormat("day")
    return CellFormat("time") if timed else CellFormat()


def unescape_text(raw: str) -> str:
    """Return text with ``_x000D_`` escapes decoded, and uniform line breaks.

    Escapes are halves of UTF-16: two make one sign (an emoji), and one alone is a lost character (U+FFFD), which could
    be neither stored nor printed.
    """
    if "_x" in raw:
        raw = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), raw)
        raw = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw


def error_text(raw: str) -> str:
    """Return an error value as the cell shows it (``#N/A``)."""
    return raw.strip() or "#VALUE!"


def value_text(raw: str, shown: CellFormat, *, epoch_1904: bool) -> str:
    """Return the text of a number cell with the cached value ``raw``, by its format ``shown``.

    A day becomes 「2026-09-30T00:00:00」, a time 「14:30:00」 (「25:00:00」 of counted hours), a number its digits,
    padded where the format does so. A value that is no number is returned without outer blanks.
    """
    text = raw.strip()
    try:
        number = float(text)
    except ValueError:
        # A workbook may save days as ISO text (cell type d).
        return text
    if shown.shows == "day":
        return _day(number, epoch_1904) or _plain(text, number)
    if shown.shows == "time" and 0 <= number < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(number * 86_400))).strftime("%H:%M:%S")  # noqa: DTZ001
    if shown.shows == "time" and number < _MOST_DAYS_OF_A_TIME:
        # 25:00 of a format that counts hours on ([h]:mm) is no time of a day, and no day of 1900.
        seconds = round(number * 86_400)
        return f"{seconds // 3_600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" if number > 0 else _plain(text, number)
    if shown.shows == "time":
        return _day(number, epoch_1904) or _plain(text, number)
    plain = _plain(text, number)
    return _padded(plain, shown.pattern) if shown.shows == "padded" and is_digits(plain) else plain


_MOST_DAYS_OF_A_TIME = 60
_FROM_1904 = 1462
"""Days from the end of 1899 to the first of 1904."""


def may_be_1904_serial(text: str) -> bool:
    """Return whether a bare number would be a day of 2009 to 2069 in a workbook that counts from 1904."""
    return bool(_SERIAL.fullmatch(text)) and 40_000 <= float(text) + _FROM_1904 <= 62_000


def to_1900_serial(text: str) -> str:
    """Return the serial number ``text`` of a 1904 workbook in the usual count."""
    return f"{float(text) + _FROM_1904:.10g}"


def _day(number: float, epoch_1904: bool) -> str:
    if not 1 <= number < 2_958_466:
        return ""
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
    return (start + timedelta(seconds=round(number * 86_400))).isoformat()


def _plain(text: str, number: float) -> str:
    """Return a number cell's text as people write it: whole numbers without ".0", none with an exponent."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return text if "e" not in text.lower() else repr(number)


def _padded(digits: str, pattern: str) -> str:
    """Return digits filled up with zeros in the pattern of a number format; too many stay as they are."""
    wanted = pattern.count("0")
    if len(digits) > wanted:
        return digits
    rest = iter(digits.zfill(wanted))
    return "".join(next(rest) if sign == "0" else sign for sign in pattern)


@record
class WorkbookSheet:
    """One sheet: its name, whether it is hidden, and the part that holds its cells."""

    name: str
    hidden: bool
    part: str


@record
class WorkbookParts:
    """The names of a workbook's parts that are read, its sheets, cell formats, and whether days count from 1904."""

    main: str
    sheets: tuple[WorkbookSheet, ...]
    texts: str
    formats: tuple[CellFormat, ...]
    epoch_1904: bool


def find_parts(archive: zipfile.ZipFile) -> WorkbookParts:
    """Return the parts of the workbook in ``archive``; raises KeyError or expat.ExpatError when it is broken."""
    main = _main_part(archive)
    relations = _relations(archive, main)
    sheets = []
    epoch_1904 = False
    for name, attributes, _ in _elements(archive, main):
        if name == "workbookPr":
            epoch_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet":
            number = attributes.get(f"{_RELATIONS} id") or attributes.get(f"{_STRICT_RELATIONS} id") or ""
            kind, part = relations.get(number, ("", ""))
            if kind.endswith("/worksheet") and part in archive.namelist():
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(WorkbookSheet(name=attributes.get("name", ""), hidden=hidden, part=part))
    return WorkbookParts(
        main=main,
        sheets=tuple(sheets),
        texts=_part_of_kind(relations, "/sharedStrings", archive),
        formats=_formats(archive, _part_of_kind(relations, "/styles", archive)),
        epoch_1904=epoch_1904,
    )


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that another one refers to, each by its id as kind and path; a part may refer to none."""
    folder, name = posixpath.split(part)
    beside = f"{folder}/_rels/{name}.rels".lstrip("/")
    return {
        attributes.get("Id", ""): (attributes.get("Type", ""), _resolved(folder, attributes.get("Target", "")))
        for name, attributes, _ in (_elements(archive, beside) if beside in archive.namelist() else ())
        if name == "Relationship" and attributes.get("TargetMode") != "External"
    }


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return the name of the main part of a workbook, the usual one where none is named."""
    for name, attributes, _ in _elements(archive, "_rels/.rels"):
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            return _resolved("", attributes.get("Target", ""))
    return "xl/workbook.xml"


def _resolved(folder: str, target: str) -> str:
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)


def _part_of_kind(relations: dict[str, tuple[str, str]], kind: str, archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    return next((part for name, part in relations.values() if name.endswith(kind) and part in names), "")


def _formats(archive: zipfile.ZipFile, part: str) -> tuple[CellFormat, ...]:
    """Return the format of each cell style, in the order of their numbers; () without a part of styles."""
    if not part:
        return ()
    codes = {}
    numbers = []
    fonts = -1
    struck = set()
    for name, attributes, around in _elements(archive, part):
        if name == "numFmt" and "dxf" not in around:
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and around and around[-1] == "fonts":
            fonts += 1
        elif name == "strike" and around == ("fonts", "font") and is_font_flag_on(attributes):
            struck.add(fonts)
        elif name == "xf" and around and around[-1] == "cellXfs":
            numbers.append((_number(attributes.get("numFmtId")), _number(attributes.get("fontId"))))
    found = [(cell_format(number, codes.get(number, "")), font) for number, font in numbers]
    return tuple(replace(one, struck=True) if font in struck else one for one, font in found)


def _number(text: str | None) -> int:
    return whole_number(text or "") or 0


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    """Yield name, attributes and two surrounding names of each element of a small part; raises LimitExceeded.

    Document types are refused (no entities, so no entity bomb).
    """
    found: list[Element] = []
    around: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        """Record an element with the names of those around it; too many raise LimitExceeded."""
        local = name.rpartition(" ")[2]
        if len(found) > _MAX_ELEMENTS:
            raise LimitExceeded("empty")
        found.append((local, attributes, tuple(around[-2:])))
        around.append(local)

    def refuse(*_: object) -> None:
        """Raise LimitExceeded for a document type."""
        raise LimitExceeded("doctype")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: around.pop()
    parser.StartDoctypeDeclHandler = refuse
    with archive.open(part) as source:
        _parse(parser, source)
    yield from found


def _parse(parser: expat.XMLParserType, source: IO[bytes]) -> None:
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def read_names(source: IO[bytes]) -> list[tuple[str, str]]:
    """Return the named cells of a workbook, each with its reference (「'数字'!$D$9」, 「#REF!」 once that is gone)."""
    reader = _NamedTexts("definedName", "name")
    parse_xml(source, reader)
    return reader.texts


_REMARKS = {"comments": ("comment", "ref"), "threadedComment": ("threadedComment", "ref"), "drawing": ("txBody", "")}


def read_remarks(archive: zipfile.ZipFile, sheet: str) -> list[tuple[str, str]]:
    """Return the texts beside the cells of the part ``sheet``: comments with their cell (C3), those of shapes with "".

    A comment that was answered stands once, as the answers say it.
    """
    comments: dict[str, list[str]] = {}
    for kind, part in sorted(_relations(archive, sheet).values()):
        element = _REMARKS.get(posixpath.basename(kind))
        if element and part in archive.namelist():
            reader = _NamedTexts(*element)
            with archive.open(part) as source:
                parse_xml(source, reader)
            found = group_by_key((place, text) for place, text in reader.texts)
            comments |= found
    return [(place, text) for place, texts in comments.items() for text in texts if text]


class _NamedTexts(XmlReader):
    """Reads the texts of all elements of one name, each with one attribute of it."""

    def __init__(self, element: str, attribute: str):
        self.texts: list[tuple[str, str]] = []
        self._element, self._attribute = element, attribute
        self._inside = False
        self._name = ""
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Begin a text, if the element is one; too many raise LimitExceeded."""
        if local_name(name) == self._element:
            if len(self.texts) >= MAX_NAMES:
                raise LimitExceeded("texts")
            self._inside, self._name, self._parts = True, attributes.get(self._attribute, ""), []

    def end(self, name: str) -> None:
        """Add the finished text with its attribute."""
        if local_name(name) == self._element:
            self.texts.append((self._name, "".join(self._parts).strip()))
            self._inside = False

    def data(self, text: str) -> None:
        """Collect a piece of the text."""
        if self._inside:
            self._parts.append(text)


@dataclass
class SharedTexts:
    """The shared texts of a workbook in order, and for those with runs what is struck out."""

    texts: list[str] = field(default_factory=list)
    runs: dict[int, StruckLetters] = field(default_factory=dict)


def read_shared_texts(source: IO[bytes], *, struck_fonts: bool) -> SharedTexts:
    """Return the shared texts of a workbook; ``struck_fonts`` = some cell may be struck out as a whole."""
    reader = _SharedTexts(struck_fonts=struck_fonts)
    parse_xml(source, reader)
    return reader.found


class TextReader(XmlReader):
    """Collects the text of a cell and what is struck out of it; refuses a too long one."""

    def __init__(self) -> None:
        self._runs = RunReader()
        self._rich = self._taking = self._phonetic = False
        self._parts: list[str] = []
        self._length = 0

    def data(self, text: str) -> None:
        """Collect text inside the elements that hold cell text; too long a text raises LimitExceeded."""
        if self._taking:
            self._length += len(text)
            if self._length > MAX_CELL_LENGTH * 2:
                raise LimitExceeded("cell")
            self._parts.append(text)
            if self._rich:
                self._runs.count_letters(text)


class _SharedTexts(TextReader):
    """Reads the shared texts of a workbook, without their readings."""

    def __init__(self, *, struck_fonts: bool):
        super().__init__()
        self.found = SharedTexts()
        self.texts = self.found.texts
        self._struck_fonts = struck_fonts

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a shared text or a part of one; too many texts raise LimitExceeded."""
        if ":" in name:
            name = local_name(name)
        if name == "si":
            if len(self.texts) >= MAX_TEXTS:
                raise LimitExceeded("texts")
            self._parts, self._length = [], 0
            if self._rich:
                self._runs.begin_text()
                self._rich = False
        elif name in RUN_PARTS:
            self._rich = True
            self._runs.on_font_element(name, attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._taking = not self._phonetic

    def end(self, name: str) -> None:
        """Finish a shared text or a part of one, at the end of its element."""
        if ":" in name:
            name = local_name(name)
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            if self._rich and self._runs.rich and (self._struck_fonts or self._runs.letters.struck):
                self.found.runs[len(self.texts)] = self._runs.letters
            self.texts.append(unescape_text("".join(self._parts)))
