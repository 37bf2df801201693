"""Shapes text into headings and rows, each row with its physical line and with what is broken in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.foreign_files import delimited, table_limits
from app.foreign_files.broken_quotes import recovered_records
from app.foreign_files.decode import DecodedText
from app.foreign_files.delimited import BrokenQuote, Record
from app.foreign_files.heading_search import heading_position
from app.foreign_files.refusal import IntakeRefusal

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_DELIMITERS = (",", "\t", ";")


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One data row: ``row`` counts data rows from 1, ``line`` is where it starts.

    ``problem`` says what is wrong with the row as a whole, ``code`` names it, ``index`` is the cell concerned.
    """

    row: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""
    code: str = ""
    index: int | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Headings with their physical line, data rows as wide as the headings, and the delimiter."""

    header_line: int
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    delimiter: str


def shape_table(decoded: DecodedText, *, known_headings: Iterable[str] = ()) -> Table:
    """Parse text separated by commas, tabs or semicolons.

    ``known_headings`` are heading texts to look for first, such as question titles. Cells are kept letter for
    letter. A row that is broken (too few or too many cells, a quote that is not closed, another encoding) is kept
    and carries a ``problem``; lines with nothing in them are no rows. Raises IntakeRefusal for too many columns or
    rows, a cell that is too long, quotes beyond recovery, or when no heading row is found.
    """
    decoded = replace(decoded, text=delimited.without_outer_quotes(decoded.text))
    delimiter = _delimiter(decoded.text)
    known = frozenset(known_headings)
    try:
        records = delimited.strict_records(decoded.text, delimiter)
        head = _heading(records, decoded, known)
        width = len(records[head].cells)
        numbered = delimited.mostly_numbered(records[head + 1 :])
        broken = any(
            delimited.swallowed(record.cells, delimiter, width, numbered=numbered) for record in records[head:]
        )
    except BrokenQuote as stopped:
        if not stopped.records:
            raise table_limits.quote_refusal(stopped.line) from None
        records, broken = stopped.records, True
        head = _heading(records, decoded, known)
        width = len(records[head].cells)
    heading = records[head]
    if delimited.swallowed(heading.cells, delimiter, width, numbered=False):
        raise table_limits.quote_refusal(heading.line)
    body: Sequence[Record] = records[head + 1 :]
    if broken:
        body = recovered_records(decoded.text, delimiter, heading.line + heading.lines - 1, width)
    if len(body) > table_limits.MOST_ROWS:
        raise table_limits.too_many_rows()
    rows = tuple(_row(number, record, width, decoded) for number, record in enumerate(body, start=1))
    return Table(header_line=heading.line, headings=heading.cells, rows=rows, delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The sign that stands most often outside quotes in the first lines; a comma when none does."""
    head = "\n".join(_QUOTED.sub("", text[:20_000]).splitlines()[:15])
    return max(_DELIMITERS, key=head.count)


def _heading(records: Sequence[Record], decoded: DecodedText, known: frozenset[str]) -> int:
    rows = [() if record.line in decoded.foreign_lines else record.cells for record in records[:40]]
    head = heading_position(rows, known)
    if head < 0:
        raise IntakeRefusal(
            "見出しの行が見つかりませんので、1行目に「タイムスタンプ」や「氏名」などの見出しが並ぶファイルを選んでください。"
        )
    return head


def _row(number: int, record: Record, width: int, decoded: DecodedText) -> TableRow:
    cells = record.cells
    extra = cells[width:]
    problem, code, index = "", "", None
    lines = range(record.line, record.line + record.lines)
    if not decoded.foreign_lines.isdisjoint(lines):
        problem, code = f"{record.line}行目だけ文字コードが違い、正しく読めたか分からない", "decode_error"
        if not decoded.unreadable_lines.isdisjoint(lines):
            cells, extra = ("",) * width, ()
            problem = f"{record.line}行目だけ文字コードが違い、読めない"
    elif record.broken_cell is not None:
        problem, code, index = (
            f'{record.line}行目の引用符（"）が正しく閉じていない',
            "unclosed_quote",
            record.broken_cell,
        )
    elif len(cells) < width:
        problem, code = f"列の数が{len(cells)}しかない（見出しは{width}）", "column_count_mismatch"
    elif any(cell.strip() for cell in extra):
        problem, code = f"列の数が{len(cells)}ある（見出しは{width}）", "column_count_mismatch"
    padded = cells[:width] + ("",) * (width - len(cells))
    index = index if index is not None and index < width else None
    return TableRow(
        row=number, line=record.line, cells=padded + (extra if problem else ()), problem=problem, code=code, index=index
    )
