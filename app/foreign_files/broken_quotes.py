"""Recovers the records of a text whose quotes are broken: the broken record is named, the ones after it are saved."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from app.foreign_files.delimited import NUMBERED, Record, swallowed
from app.foreign_files.table_limits import (
    MOST_CELLS,
    MOST_ROWS,
    long_cell_refusal,
    quote_refusal,
    refuse_sizes,
    too_many_cells,
    too_many_rows,
)

LONGEST_RECORD = 60
"""Lines of one record while quotes are in doubt; a cell with more line breaks is only read in a sound file."""

MOST_BROKEN = 50
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def recovered_records(text: str, delimiter: str, header_line: int, width: int) -> list[Record]:
    """The records below ``header_line`` where quotes are broken: each line that begins a record ends the one before.

    Raises IntakeRefusal when too many records are broken to say what was meant.
    """
    lines = [match.group() for match in _LINE.finditer(text)]
    records: list[Record] = []
    broken = filled = 0
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
        refuse_sizes(found.cells, found.line)
        filled += len(found.cells)
        if filled > MOST_CELLS:
            raise too_many_cells()
        if any(cell.strip() for cell in found.cells):
            records.append(found)
            if len(records) > MOST_ROWS + 20:
                raise too_many_rows()
        position += found.lines
    return records


def _mostly_numbered(lines: Sequence[str], delimiter: str) -> bool:
    firsts = [line.split(delimiter, 1)[0] for line in lines[:200] if delimiter in line]
    return len(firsts) > 2 and sum(bool(NUMBERED.match(first)) for first in firsts) * 10 >= len(firsts) * 6


def _sound_record(lines: Sequence[str], position: int, delimiter: str, width: int, numbered: bool) -> Record | None:
    reader = csv.reader(lines[position : position + LONGEST_RECORD], delimiter=delimiter, strict=True)
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
        if numbered and not NUMBERED.match(lines[line]):
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
