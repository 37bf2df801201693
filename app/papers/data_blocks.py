"""Blocks for a workbook alone: rows that staff filter and count again; a PDF leaves them out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DataSheet:
    """A sheet of its own, one row an answer: ``columns`` are the headings, each cell a text or a written number.

    ``sheet`` names the sheet, ``title`` stands above the table, ``notes`` under it; ``numbers`` are the places of
    the columns (from 0) that hold numbers and nothing else.
    """

    sheet: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    lead: str = ""
    notes: tuple[str, ...] = ()
