"""Reads a workbook in a child process that is ended when it takes too long or too much memory.

The watch is the parent's own (process size by psutil, time by the clock), so it holds on Windows too.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType
from typing import Any

import psutil

from app.foreign_files import workbook_child
from app.foreign_files.refusal import IntakeRefusal
from app.foreign_files.sheet_table import Sheet
from app.foreign_files.zip_contents import broken_workbook

_LOOK_SECONDS = 0.02
_START_SECONDS = 30.0
_MAIN = sys.modules["__main__"]
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


@dataclass(frozen=True, kw_only=True)
class Caps:
    """What the child may take: seconds after its start, and megabytes."""

    seconds: float
    megabytes: int = 190


@dataclass(frozen=True, kw_only=True)
class WorkbookSheets:
    """The sheets as read, the names of hidden ones, and whether the workbook carries macros (never run)."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    macros: bool


def read_workbook(data: bytes, *, unpacked: int = 0, sheet: str = "", caps: Caps | None = None) -> WorkbookSheets:
    """Read the workbook ``data``: the visible sheets, or the one named ``sheet``.

    ``unpacked`` is its size in bytes when unpacked; ``caps`` default to what an ordinary list of this size needs,
    several times over. Raises IntakeRefusal with the reason when the workbook is broken or beyond the caps.
    """
    limits = caps or Caps(seconds=1.5 + unpacked / 4_000_000)
    answer = _ask(data, sheet, limits)
    refused = answer.get("refused")
    if refused == "broken":
        raise broken_workbook()
    if refused:
        raise IntakeRefusal(f"Excelのブックですが、{_SENTENCES[refused]}{_ADVICE}")
    return WorkbookSheets(
        sheets=tuple(_sheet(found) for found in answer["sheets"]),
        hidden=tuple(answer["hidden"]),
        macros=bool(answer["macros"]),
    )


def _ask(data: bytes, sheet: str, caps: Caps) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=workbook_child.serve, args=(theirs, caps.megabytes), daemon=True)
    with _without_main_module():
        child.start()
    theirs.close()
    try:
        late = _wait(ours, child, _START_SECONDS, caps.megabytes)
        if late:
            return {"refused": late}
        ours.recv_bytes()
        ours.send_bytes(json.dumps({"sheet": sheet}).encode("ascii"))
        ours.send_bytes(data)
        stopped = _wait(ours, child, caps.seconds, caps.megabytes)
        if stopped:
            return {"refused": stopped}
        answer: dict[str, Any] = json.loads(ours.recv_bytes())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The system refused it memory in a place where it could not say so any more.
        return {"refused": "memory"}
    else:
        return answer
    finally:
        ours.close()
        _end(child)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Let the child begin without the program's own first module: it needs none of it, and a script without a guard
    around its last lines would run a second time there."""
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = _MAIN


def _wait(connection: Connection, child: SpawnProcess, seconds: float, megabytes: int) -> str:
    """Wait for an answer; the word for the cap that was reached, or an empty text."""
    until = time.monotonic() + seconds
    watched = psutil.Process(child.pid)
    while not connection.poll(_LOOK_SECONDS):
        try:
            size = watched.memory_info().rss
        except psutil.Error:
            return ""
        if size > megabytes * 1024 * 1024:
            return "memory"
        if time.monotonic() > until:
            return "time"
    return ""


def _end(child: SpawnProcess) -> None:
    if child.is_alive():
        child.kill()
    child.join(5)
    child.close()


def _sheet(found: dict[str, Any]) -> Sheet:
    return Sheet(
        name=found["name"],
        rows=found["rows"],
        far=tuple(found["far"]),
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in found["merges"]),
        hidden_columns=frozenset(found["hidden_columns"]),
    )
