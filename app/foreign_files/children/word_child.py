"""The child process that opens a Word file of others and returns the lines of its text."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from app.foreign_files.children.child_process import ChildConnection, answer_request
from app.foreign_files.workbooks.workbook_parts import UNREADABLE, LimitExceeded, XmlReader, parse_xml
from app.foreign_files.workbooks.zip_contents import MAX_PART_BYTES

_BODY = "word/document.xml"
_LEFT_OUT = {"w:del", "w:moveFrom", "mc:Fallback"}
_SIGNS = {"w:tab": "　", "w:br": "\n"}


def serve(connection: ChildConnection, megabytes: int) -> None:
    """Answer one request (empty) about a Word file."""
    answer_request(connection, megabytes, lambda _request, data: (handle_request(data), b""))


def handle_request(data: bytes) -> dict[str, Any]:
    """Return the ``lines`` of the text and whether it holds ``changes`` under track; nothing of a file that is damaged
    or too large.
    """
    reader = _Lines()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_BODY).file_size > MAX_PART_BYTES:
                return {}
            with archive.open(_BODY) as source:
                parse_xml(source, reader)
    except (LimitExceeded, MemoryError, *UNREADABLE):
        return {}
    lines = "".join(reader.found).split("\n")
    return {"lines": [line for line in lines if line.strip()], "changes": reader.has_changes}


class _Lines(XmlReader):
    """Collects text, without what is struck out as a change or stands there twice for older programs."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.has_changes = False
        self._around: list[str] = []

    def start(self, name: str, _attributes: dict[str, str], /) -> None:
        """Begin an element; a tab or a line end is text."""
        self._around.append(name)
        self.has_changes |= name in ("w:del", "w:ins")
        if name in _SIGNS and "w:tabs" not in self._around:
            self.found.append(_SIGNS[name])

    def end(self, name: str) -> None:
        """End an element; a paragraph ends its line."""
        self._around.pop()
        if name == "w:p":
            self.found.append("\n")

    def data(self, text: str) -> None:
        """Keep the text of an element for texts."""
        if self._around[-1:] == ["w:t"] and not _LEFT_OUT & set(self._around):
            self.found.append(text)
