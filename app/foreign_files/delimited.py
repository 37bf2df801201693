"""Reads the records of sound delimited text, and sees where a quote swallows later rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.foreign_files.table_limits import (
    MOST_CELLS,
    MOST_ROWS,
    long_cell_refusal,
    refuse_sizes,
    too_many_cells,
    too_many_rows,
)

_WHOLE_LINE = re.compile(r'\s*"(?:[^"]|"")*"\s*')
NUMBERED = re.compile(r"[\"']?\s*[A-Za-z]{0,4}-?\d[\d/.:\-]*")
"""How the rows of most lists begin: a number, a receipt number, a day."""


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
    start, filled = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            if "field larger" in str(error):
                raise long_cell_refusal(start) from None
            raise BrokenQuote(start, records) from None
        refuse_sizes(cells, start)
        filled += len(cells)
        if filled > MOST_CELLS:
            raise too_many_cells()
        if any(cell.strip() for cell in cells):
            records.append(Record(line=start, lines=reader.line_num + 1 - start, cells=tuple(cells)))
            if len(records) > MOST_ROWS + 20:
                raise too_many_rows()
        start = reader.line_num + 1


def without_outer_quotes(text: str) -> str:
    """The text of a table whose whole lines were quoted once more (saved twice as CSV); any other text as it is."""
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2 or not all(_WHOLE_LINE.fullmatch(line) for line in filled):
        return text
    inside = [line.strip()[1:-1].replace('""', '"') for line in lines]
    return (
        "\n".join(inside) + "\n"
        if all("," in one for one, line in zip(inside, lines, strict=True) if line.strip())
        else text
    )


def swallowed(cells: Sequence[str], delimiter: str, width: int, *, numbered: bool) -> bool:
    """Whether a cell holds whole lines of the table: its quote was closed by a later row's quote."""
    if width < 3:
        return False
    for cell in cells:
        if "\n" not in cell and "\r" not in cell:
            continue
        for part in re.split(r"\r\n|\r|\n", cell)[1:]:
            if part.count(delimiter) >= width - 1 and (not numbered or NUMBERED.match(part)):
                return True
    return False


def mostly_numbered(records: Sequence[Record]) -> bool:
    """Whether rows begin with a number or a day: then a line of running text is no row."""
    firsts = [record.cells[0] for record in records[:200] if record.cells and record.cells[0].strip()]
    return len(firsts) > 2 and sum(bool(NUMBERED.match(first)) for first in firsts) * 10 >= len(firsts) * 8
