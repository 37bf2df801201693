"""Turns rows of a list into text for the clipboard and for export."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from app.widgets.record_columns import Column, SheetPart

_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")

Texts = tuple[str, ...]


def sheet_of(
    columns: Sequence[Column], rows: Sequence[Any], group: Callable[[Any], str] | None = None
) -> tuple[Texts, tuple[Texts, ...]]:
    """Headings and rows as texts; ``group`` puts the heading under which a row stands before it."""
    parts = [part for column in columns for part in column.sheet_parts()]
    if group is not None:
        parts.insert(0, SheetPart(title="区分", show=group))
    return tuple(part.title for part in parts), tuple(tuple(part.show(row) for part in parts) for row in rows)


def as_table(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    """Headings and rows, cells parted by tabs, as a spreadsheet takes them.

    A cell that a spreadsheet would take for a formula is marked as text with an apostrophe.
    """
    headings, lines = sheet_of(columns, rows)
    return "\n".join("\t".join(_safe(cell) for cell in cells) for cells in (headings, *lines))


def _safe(cell: str) -> str:
    # Only what would end a cell or a line goes: a full-width space belongs to the name it stands in.
    flat = _BREAKS.sub(" ", cell).strip(" ")
    if flat.startswith(_DANGEROUS) and not flat.replace(".", "", 1).lstrip("+-").isdigit():
        return f"'{flat}"
    return flat
