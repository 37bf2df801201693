"""Finds the parts of a workbook in its zip: sheets in their order, shared texts, formats of cells."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from app.foreign_files.cell_values import CellFormat, cell_format
from app.foreign_files.xml_stream import Excess

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CHUNK = 64 * 1024
_MOST_ELEMENTS = 300_000

Element = tuple[str, dict[str, str], tuple[str, ...]]
"""Local name, attributes, and the names of the elements around it."""


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """One sheet: its name, whether it is hidden, and the part that holds its cells."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, kw_only=True)
class WorkbookParts:
    """The parts that are read of a workbook."""

    sheets: tuple[SheetPart, ...]
    texts: str
    formats: tuple[CellFormat, ...]
    epoch_1904: bool


def find_parts(archive: zipfile.ZipFile) -> WorkbookParts:
    """The parts of the workbook in ``archive``. Raises KeyError or expat.ExpatError when it is broken."""
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    relations = {
        attributes.get("Id", ""): (attributes.get("Type", ""), _resolved(folder, attributes.get("Target", "")))
        for name, attributes, _ in _elements(archive, f"{folder}/_rels/{posixpath.basename(main)}.rels".lstrip("/"))
        if name == "Relationship" and attributes.get("TargetMode") != "External"
    }
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
                sheets.append(SheetPart(name=attributes.get("name", ""), hidden=hidden, part=part))
    return WorkbookParts(
        sheets=tuple(sheets),
        texts=_part_of_kind(relations, "/sharedStrings", archive),
        formats=_formats(archive, _part_of_kind(relations, "/styles", archive)),
        epoch_1904=epoch_1904,
    )


def _main_part(archive: zipfile.ZipFile) -> str:
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
    """One format for each style number that a cell may carry."""
    if not part:
        return ()
    codes: dict[int, str] = {}
    numbers: list[int] = []
    for name, attributes, around in _elements(archive, part):
        if name == "numFmt" and "dxf" not in around:
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and around and around[-1] == "cellXfs":
            numbers.append(_number(attributes.get("numFmtId")))
    return tuple(cell_format(number, codes.get(number, "")) for number in numbers)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    """Yield every element of a small part; document types are refused (no entities, so no bomb of them)."""
    found: list[Element] = []
    around: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if len(found) > _MOST_ELEMENTS:
            raise Excess("empty")
        found.append((local, attributes, tuple(around[-2:])))
        around.append(local)

    def refuse(*_: object) -> None:
        raise Excess("doctype")

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
