"""Reads the records of delimited text; a record with a broken quote is named and the ones after it are recovered."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.intake.refusal import IntakeRefusal

MOST_COLUMNS = 200
MOST_ROWS = 20_000
LONGEST_CELL = 32_767
"""Characters; no more fit into one Excel cell, so a longer one is not an answer."""

LONGEST_RECORD = 60
"""Lines of one record while quotes are in doubt; a cell with more line breaks is only read in a sound file."""

MOST_BROKEN = 50
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NUMBERED = re.compile(r"[\"']?\s*[A-Za-z]{0,4}-?\d[\d/.:\-]*")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record: the physical line where it starts and how many lines it has, its cells, and the broken cell if any."""

    line: int
    lines: int
    cells: tuple[str, ...]
    broken_cell: int | None = None


class BrokenQuote(Exception):
    """A strict reading stopped: ``records`` were sound before ``line``."""

    def __init__(self, line: int, records: list[Record]) -> None:
        super().__init__(line)
        self.line = line
        self.records = records


def strict_records(text: str, delimiter: str) -> list[Record]:
    """All records that have something in them. Raises BrokenQuote, or IntakeRefusal for sizes beyond every list."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            if "field larger" in str(error):
                raise long_cell_refusal(start) from None
            raise BrokenQuote(start, records) from None
        _refuse_sizes(cells, start)
        if any(cell.strip() for cell in cells):
            records.append(Record(line=start, lines=reader.line_num + 1 - start, cells=tuple(cells)))
            if len(records) > MOST_ROWS + 20:
                raise too_many_rows()
        start = reader.line_num + 1


def recovered_records(text: str, delimiter: str, header_line: int, width: int) -> list[Record]:
    """The records below ``header_line`` where quotes are broken: each line that begins a record ends the one before.

    Raises IntakeRefusal when too many records are broken to say what was meant.
    """
    lines = [match.group() for match in _LINE.finditer(text)]
    records: list[Record] = []
    broken = 0
    position = header_line
    numbered = _mostly_numbered(lines[position:], delimiter)
    while position < len(lines):
        found = _sound_record(lines, position, delimiter, width, numbered)
        if found is None:
            end = _next_start(lines, position + 1, delimiter, width, numbered)
            chunk = "".join(lines[position:end]).rstrip("\r\n")
            cells, index = lenient_cells(chunk, delimiter, width)
            broken += 1
            if broken > MOST_BROKEN:
                raise quote_refusal(position + 1)
            found = Record(line=position + 1, lines=end - position, cells=tuple(cells), broken_cell=index)
        _refuse_sizes(found.cells, found.line)
        if any(cell.strip() for cell in found.cells):
            records.append(found)
            if len(records) > MOST_ROWS + 20:
                raise too_many_rows()
        position += found.lines
    return records


def swallowed(cells: Sequence[str], delimiter: str, width: int, *, numbered: bool) -> bool:
    """Whether a cell holds whole lines of the table: its quote was closed by a later row's quote."""
    if width < 3:
        return False
    for cell in cells:
        if "\n" not in cell and "\r" not in cell:
            continue
        for part in re.split(r"\r\n|\r|\n", cell)[1:]:
            if part.count(delimiter) >= width - 1 and (not numbered or _NUMBERED.match(part)):
                return True
    return False


def mostly_numbered(records: Sequence[Record]) -> bool:
    """Whether rows begin with a number or a day: then a line of running text is no row."""
    firsts = [record.cells[0] for record in records[:200] if record.cells and record.cells[0].strip()]
    return len(firsts) > 2 and sum(bool(_NUMBERED.match(first)) for first in firsts) * 10 >= len(firsts) * 8


def _mostly_numbered(lines: Sequence[str], delimiter: str) -> bool:
    firsts = [line.split(delimiter, 1)[0] for line in lines[:200] if delimiter in line]
    return len(firsts) > 2 and sum(bool(_NUMBERED.match(first)) for first in firsts) * 10 >= len(firsts) * 6


def _sound_record(lines: Sequence[str], position: int, delimiter: str, width: int, numbered: bool) -> Record | None:
    window = itertools.islice(lines, position, position + LONGEST_RECORD)
    reader = csv.reader(window, delimiter=delimiter, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error as error:
        if "field larger" in str(error):
            raise long_cell_refusal(position + 1) from None
        return None
    if swallowed(cells, delimiter, width, numbered=numbered):
        return None
    count = max(reader.line_num, 1)
    stray = None
    if "".join(lines[position : position + count]).count('"') % 2:
        stray = next((index for index, cell in enumerate(cells) if '"' in cell), None)
    return Record(line=position + 1, lines=count, cells=tuple(cells), broken_cell=stray)


def _next_start(lines: Sequence[str], position: int, delimiter: str, width: int, numbered: bool) -> int:
    """The first line from ``position`` on that begins a record of the table's width."""
    for line in range(position, min(position + LONGEST_RECORD, len(lines))):
        if numbered and not _NUMBERED.match(lines[line]):
            continue
        found = _sound_record(lines, line, delimiter, width, numbered)
        if found is not None and len(found.cells) == width:
            return line
        if found is None and lines[line].count(delimiter) >= width - 1:
            return line
    return min(position, len(lines))


def lenient_cells(chunk: str, delimiter: str, width: int) -> tuple[list[str], int | None]:
    """Cut a broken record into cells; the place of the cell whose quote is not closed, or None.

    A quote that does not close is taken as a slip: when the plain pieces fit the table they are the cells,
    otherwise everything behind it is one cell.
    """
    cells: list[str] = []
    broken: int | None = None
    position = 0
    while position <= len(chunk):
        if chunk.startswith('"', position) and broken is None:
            match = re.compile(r'"((?:[^"]|"")*)"(?=' + re.escape(delimiter) + r"|$)").match(chunk, position)
            if match:
                cells.append(match.group(1).replace('""', '"'))
                position = match.end() + 1
                continue
            broken = len(cells)
            rest = chunk[position + 1 :]
            pieces = rest.split(delimiter)
            if len(cells) + len(pieces) != width and width > len(cells):
                return [*cells, rest.removesuffix('"')], broken
            position += 1
        end = chunk.find(delimiter, position)
        end = len(chunk) if end < 0 else end
        cells.append(chunk[position:end])
        position = end + 1
    return cells, broken


def _refuse_sizes(cells: Sequence[str], line: int) -> None:
    if len(cells) > MOST_COLUMNS:
        raise too_many_columns(len(cells))
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise long_cell_refusal(line)


def too_many_columns(count: int) -> IntakeRefusal:
    """The refusal of a table wider than every list."""
    return IntakeRefusal(
        f"列が多すぎて（{count}列、上限{MOST_COLUMNS}列）、"
        "アンケートや申込の一覧ではないようですので、ファイルを確かめて選び直してください。"
    )


def too_many_rows() -> IntakeRefusal:
    """The refusal of a table longer than every list."""
    return IntakeRefusal(
        f"行が多すぎますので（上限{MOST_ROWS}行）、必要な行だけのファイルにしてから選び直してください。"
    )


def long_cell_refusal(line: int) -> IntakeRefusal:
    """The refusal of a cell longer than any answer; ``line`` is where its record starts."""
    return IntakeRefusal(
        f"{line}行目に長すぎるセルがあり（上限{LONGEST_CELL}字）、表の見出しや行として読めませんので、"
        "ファイルを確かめて、ダウンロードをやり直してください。"
    )


def quote_refusal(line: int) -> IntakeRefusal:
    """The refusal of a table whose quotes cannot be put right."""
    return IntakeRefusal(
        f'{line}行目の引用符（"）が正しく閉じておらず、後の行を飲み込むおそれがあるため読みませんでしたので、'
        "その行を直すか、ダウンロードをやり直してください。"
    )
