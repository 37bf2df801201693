"""Turns rows of a list into text for the clipboard and for export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.ui.widgets.record_columns import Column, as_cell

_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def plain_rows(columns: Sequence[Column], rows: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
    """Every row as the texts of its columns."""
    return tuple(tuple(_text(column, row) for column in columns) for row in rows)


def as_table(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    """Headings and rows, cells parted by tabs, as a spreadsheet takes them.

    A cell that a spreadsheet would take for a formula is marked as text with an apostrophe.
    """
    lines = ["\t".join(column.title for column in columns)]
    for cells in plain_rows(columns, rows):
        lines.append("\t".join(_safe(cell) for cell in cells))
    return "\n".join(lines)


def _text(column: Column, row: Any) -> str:
    return column.copied(row) if column.copied is not None else as_cell(column.show(row)).plain()


def _safe(cell: str) -> str:
    flat = " ".join(cell.split())
    if flat.startswith(_DANGEROUS) and not flat.replace(".", "", 1).lstrip("+-").isdigit():
        return f"'{flat}"
    return flat
