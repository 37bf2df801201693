"""The child process that unpacks and reads a workbook and returns plain data.

It imports as little as possible, so that it starts quickly; its time and memory are watched from outside.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from app.foreign_files.children.child_process import ChildConnection, answer_request
from app.foreign_files.workbooks.sheet_stream import read_sheet
from app.foreign_files.workbooks.workbook_parts import (
    UNREADABLE,
    LimitExceeded,
    SharedTexts,
    find_parts,
    read_names,
    read_remarks,
    read_shared_texts,
)

MAX_SHEETS = 40


def serve(connection: ChildConnection, megabytes: int) -> None:
    """Answer one request about a workbook."""
    answer_request(
        connection,
        megabytes,
        lambda wanted, data: (handle_request(data, wanted["sheet"], names=bool(wanted["names"])), b""),
    )


def handle_request(data: bytes, sheet: str, *, names: bool = False) -> dict[str, Any]:
    """Return the visible sheets of the workbook ``data`` (or the one named), or the word for what is wrong with it.

    Args:
        names: include hidden sheets, and named cells, for a form that came back filled in.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_sheets(archive, sheet, names=names)
    except LimitExceeded as excess:
        return {"refused": str(excess)}
    except MemoryError:
        return {"refused": "memory"}
    except UNREADABLE:
        return {"refused": "broken"}


def _read_sheets(archive: zipfile.ZipFile, sheet: str, *, names: bool) -> dict[str, Any]:
    """Return the sheets of a workbook with their cells as plain data; raises ``LimitExceeded``.

    Hidden ones only if ``names`` or as the one called ``sheet``.
    """
    parts = find_parts(archive)
    wanted = [part for part in parts.sheets if (part.name == sheet if sheet else names or not part.hidden)]
    if len(wanted) > MAX_SHEETS:
        raise LimitExceeded("sheets")
    texts = SharedTexts()
    if parts.texts:
        struck = any(one.struck for one in parts.formats)
        with archive.open(parts.texts) as source:
            texts = read_shared_texts(source, struck_fonts=struck)
    sheets = []
    for part in wanted:
        with archive.open(part.part) as source:
            grid = read_sheet(source, texts, parts.formats, epoch_1904=parts.epoch_1904)
        sheets.append(
            {
                "name": part.name,
                "rows": grid.rows,
                "far": grid.far,
                "merges": grid.merges,
                "hidden_columns": grid.hidden_columns,
                "struck": grid.struck,
            }
            | {"remarks": read_remarks(archive, part.part)}
        )
    hidden = [part.name for part in parts.sheets if part.hidden]
    named = []
    if names:
        with archive.open(parts.main) as source:
            named = read_names(source)
    macros = any(name.endswith("vbaProject.bin") for name in archive.namelist())
    return {"sheets": sheets, "hidden": hidden, "macros": macros, "names": named}
