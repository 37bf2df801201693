"""Reads the shared texts of a workbook in their order; furigana above a name stay out of it."""

from __future__ import annotations

from typing import IO

from app.foreign_files.cell_values import plain_text
from app.foreign_files.table_limits import LONGEST_CELL
from app.foreign_files.xml_stream import Excess, XmlReader, feed, local_name

MOST_TEXTS = 600_000


def read_shared_texts(source: IO[bytes]) -> list[str]:
    """The shared texts of a workbook in their order."""
    reader = _SharedTexts()
    feed(source, reader)
    return reader.texts


class _SharedTexts(XmlReader):
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._taking = False
        self._phonetic = False
        self._length = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        if ":" in name:
            name = local_name(name)
        if name == "si":
            if len(self.texts) >= MOST_TEXTS:
                raise Excess("texts")
            self._parts, self._length = [], 0
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._taking = not self._phonetic

    def end(self, name: str) -> None:
        if ":" in name:
            name = local_name(name)
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(plain_text("".join(self._parts)))

    def data(self, text: str) -> None:
        if self._taking:
            self._length += len(text)
            if self._length > LONGEST_CELL * 2:
                raise Excess("cell")
            self._parts.append(text)
