"""Reads a foreign file of any container into one shape: headings, rows, and everything doubtful named by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from app.foreign_files.file_signature import container_of
from app.foreign_files.foreign_shape import ForeignFile, ForeignRow, Kind, LeftOutKind, LeftOutRow
from app.foreign_files.foreign_text import read_text_table
from app.foreign_files.foreign_workbook import read_workbook_table
from app.foreign_files.received_bytes import read_received
from app.foreign_files.upright_form import refuse_upright_form
from app.foreign_files.workbook_reading import Caps
from app.foreign_files.zip_contents import look_into

__all__ = ["ForeignFile", "ForeignRow", "Kind", "LeftOutKind", "LeftOutRow", "read_foreign"]


def read_foreign(
    path: Path,
    *,
    sheet: str = "",
    known_headings: Iterable[str] = (),
    caps: Caps | None = None,
    kind: Kind | None = None,
) -> ForeignFile:
    """Read ``path`` (CSV, tab text, .xlsx, or a zip with one CSV); it is opened for reading only.

    ``sheet`` names the sheet to read (empty = the one with the best table), ``known_headings`` texts to look for
    first, such as question titles; ``caps`` are what the child that reads a workbook may take. ``kind`` is what the
    person says the file is (None = told by its headings): in answers every row is data, whatever it looks like.
    Raises IntakeRefusal, one Japanese sentence, when the file cannot be taken.
    """
    data = read_received(path)
    known = frozenset(known_headings)
    if container_of(data) == "text":
        found = read_text_table(data, path=path, known=known, wanted=kind)
    else:
        contents = look_into(data)
        if contents.workbook:
            found = read_workbook_table(
                data, unpacked=contents.unpacked, sheet=sheet, known=known, caps=caps, wanted=kind
            )
        else:
            container_of(contents.data)
            found = read_text_table(contents.data, path=Path(contents.member), known=known, zipped=True, wanted=kind)
    if found.kind != "アンケート":
        refuse_upright_form(found)
    return replace(found, sha256=sha256(data).hexdigest())
