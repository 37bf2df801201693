"""Reads a workbook in a child process with time and memory limits."""

from __future__ import annotations

from typing import Any

from app.foreign_files.children import workbook_child
from app.foreign_files.children.limited_child import ChildLimits, ask_child
from app.foreign_files.intake_refusal import IntakeRefusal, not_started_refusal
from app.foreign_files.tables.sheet_table import SheetCells
from app.foreign_files.workbooks.zip_contents import broken_workbook_refusal
from db.record import record

_SENTENCES = {
    "columns": "列が多すぎるか、表の外に値のあるセルが多すぎて、申込や名簿の一覧ではないようですので、",
    "rows": "行が多すぎますので（上限20000行）、",
    "cells": "行と列が多すぎますので、",
    "cell": "長すぎるセルがあり（上限32767字）、表として読めませんので、",
    "empty": "値のないセルや書式だけの行が多すぎますので、",
    "texts": "文字のあるセルが多すぎますので、",
    "sheets": "シートが多すぎますので、",
    "doctype": "ふつうのExcelにはない仕掛け（文書型の宣言）があり、安全に読めませんので、",
    "memory": "読むのに多くのメモリーが要り、安全のために途中で止めましたので、",
    "time": "読むのに時間がかかりすぎ、安全のために途中で止めましたので、",
}
_ADVICE = "必要な表だけを新しいブックに写して保存し、選び直してください。"


@record
class WorkbookSheets:
    """The sheets as read, the names of hidden ones, and whether the workbook has macros (never run).

    ``names`` are the named cells with their references, if requested.
    """

    sheets: tuple[SheetCells, ...]
    hidden: tuple[str, ...]
    macros: bool
    names: tuple[tuple[str, str], ...]


def read_workbook(
    data: bytes, *, unpacked: int, sheet: str = "", names: bool = False, caps: ChildLimits | None = None
) -> WorkbookSheets:
    """Read the workbook ``data`` in a child process: its visible sheets, or the one named ``sheet``.

    With ``names`` all sheets and named cells are read. ``unpacked`` is its size in bytes when unpacked; ``caps``
    default to what an ordinary list of this size needs, several times over. Raises IntakeRefusal with the reason when
    the workbook is broken or beyond the caps.
    """
    limits = caps or ChildLimits(seconds=1.5 + unpacked / 4_000_000)
    answer, _ = ask_child(workbook_child.serve, {"sheet": sheet, "names": "1" if names else ""}, data, limits)
    refused = answer.get("refused")
    if refused == "broken":
        raise broken_workbook_refusal()
    if refused == "start":
        raise not_started_refusal()
    if refused:
        raise IntakeRefusal(f"Excelのブックですが、{_SENTENCES[refused]}{_ADVICE}")
    return WorkbookSheets(
        sheets=tuple(_sheet(found) for found in answer["sheets"]),
        hidden=tuple(answer["hidden"]),
        macros=bool(answer["macros"]),
        names=tuple((name, place) for name, place in answer["names"]),
    )


def _sheet(found: dict[str, Any]) -> SheetCells:
    return SheetCells(
        name=found["name"],
        rows=found["rows"],
        far_cells=tuple(found["far"]),
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in found["merges"]),
        hidden_columns=frozenset(found["hidden_columns"]),
        struck={(row, column): whole for row, column, whole in found["struck"]},
        remarks=tuple((place, text) for place, text in found["remarks"]),
    )
