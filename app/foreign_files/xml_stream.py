"""Feeds a part of a workbook to a reader piece by piece; a document type ends it at once."""

from __future__ import annotations

from typing import IO, Any
from xml.parsers import expat

_CHUNK = 64 * 1024


class Excess(Exception):
    """The workbook is larger than any list; the text names which limit (columns, rows, cell, empty, texts, doctype)."""


class XmlReader:
    """What expat calls; a prefix before an element's name is of no interest here."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text inside an element."""


def feed(source: IO[bytes], reader: XmlReader) -> None:
    """Read ``source`` to its end. Raises Excess for a document type (no entities, so no bomb of them)."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def _refuse_doctype(*_: Any) -> None:
    raise Excess("doctype")
