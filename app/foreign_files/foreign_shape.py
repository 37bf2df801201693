"""The data structure of every file of others as read: headings, rows, and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property
from itertools import zip_longest
from typing import Any, Literal

from app.foreign_files.tables.heading_roles import fold_heading
from db.record import record

Kind = Literal["申込", "団体一覧", "アンケート", "会場予約"]
LeftOutKind = Literal["合計", "小計", "区切り", "注記", "見出し", "番号だけ"]


@record
class Finding:
    """One doubtful place of a file, by data row and column.

    ``row`` counts data rows from 1 (0 = whole file), ``index`` columns from 0 (None = whole row). ``column`` is the
    heading in the file, ``reason`` a Japanese sentence for staff without any value on a person's needs, ``code`` a
    fixed English word for programs.
    """

    row: int = 0
    index: int | None = None
    column: str | None = None
    reason: str
    code: str


@record
class ForeignRow:
    """One data row: ``row`` counts data rows from 1, ``source_line`` is its physical line or its row in the sheet.

    ``spreadsheet_row`` is the number that a person sees in Excel: a text's row with line breaks in a cell is one row
    there.

    ``cells`` are texts as wide as the headings (surplus cells follow): dates of a workbook in ISO form, numbers
    as digits. ``problem`` says why the cells cannot be trusted as a whole (empty = they can); such a row is
    shown and never taken over by itself. ``remarks`` are the comments that somebody attached to its cells.
    """

    row: int
    source_line: int
    cells: tuple[str, ...]
    problem: str = ""
    number: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def spreadsheet_row(self) -> int:
        """Return the row number as in a spreadsheet."""
        return self.number or self.source_line


@record
class LeftOutRow:
    """A line of the table that is no data row, of what ``kind``; ``cells`` are kept to compare totals.

    ``source_line`` is the line of the text or the row of the sheet, ``number`` the row in a spreadsheet where that
    differs (0 = it does not).
    """

    source_line: int
    kind: LeftOutKind
    cells: tuple[str, ...]
    number: int = 0

    @property
    def spreadsheet_row(self) -> int:
        """Return the row number as in a spreadsheet."""
        return self.number or self.source_line


@record
class EarlierTable:
    """A table as earlier versions read it: headings with group headings, and cells by source line."""

    headings: tuple[str, ...]
    groups: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]


@record
class ForeignFile:
    """A foreign file as read; nothing in it is judged against our own data yet.

    ``source`` is the word for what the file is (with its damage, if any), ``service`` the word for the form or list
    behind it, the same for every download. ``encoding`` is Python's name, None for workbooks. ``header_row`` is the
    physical line or sheet row of the headings. ``headings`` are as in the file, ``groups`` the heading above each of
    them where there are two rows of headings. ``sheets`` are the sheets that hold a table. ``sha256`` is that of the
    bytes as read. ``notices`` with row 0 concern the whole file. ``cells_above`` are the cells above the headings:
    titles, and the day the list is true for. ``left_out`` are the lines that are no data rows. ``hidden_columns`` are
    hidden in the sheet and read all the same; ``lost_characters`` counts the signs for lost characters in names.
    ``read_earlier_table`` reads the table as it was read before, when somebody asks.
    """

    source: str
    service: str
    kind: Kind
    encoding: str | None
    header_row: int
    headings: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[ForeignRow, ...]
    sha256: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    problems: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    left_out: tuple[LeftOutRow, ...]
    cells_above: tuple[str, ...]
    hidden_columns: tuple[int, ...] = ()
    lost_characters: int
    read_earlier_table: Callable[[], EarlierTable | None] | None = field(default=None, repr=False, compare=False)

    @property
    def spreadsheet_rows(self) -> dict[int, int]:
        """Return the spreadsheet row number of every data row (from 1), as shown to people."""
        return {row.row: row.spreadsheet_row for row in self.rows}

    def finding(self, row: int, index: int | None, reason: str, code: str) -> Finding:
        """Return a finding at a column (None = the whole row)."""
        column = None if index is None else self.headings[index]
        return Finding(row=row, index=index, column=column, reason=reason, code=code)

    def texts_in(self, index: int) -> Counter[str]:
        """Return how often each text stands in a column, in the order of the rows, without those of damaged rows."""
        return self._texts.get(index, Counter())

    @cached_property
    def _texts(self) -> dict[int, Counter[str]]:
        cells = zip_longest(*[row.cells for row in self.rows if not row.problem], fillvalue="")
        return dict(enumerate(map(Counter, cells)))


@record
class ReadTable:
    """The rows of a file as its subject reads them, with the notices that concern the whole file."""

    rows: tuple[Any, ...]
    file_notices: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Return the problems of all rows."""
        return tuple(one for row in self.rows for one in row.problems)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """Return the notices on the whole file, then those of all rows."""
        return (*self.file_notices, *(one for row in self.rows for one in row.notices))


def column_of(columns: Mapping[int, str], field: str) -> int | None:
    """Return the first column of a field, None where it has none."""
    return next((index for index, known in sorted(columns.items()) if known == field), None)


def row_words(spreadsheet_rows: Iterable[int]) -> str:
    """Return rows as named to people by spreadsheet number: 「7行目」, 「3、7行目」."""
    return "、".join(map(str, spreadsheet_rows)) + "行目"


def with_earlier_reading(file: ForeignFile) -> ForeignFile | None:
    """Return ``file`` with headings and cells as earlier versions read them; None if there is no difference.

    Each row has its current number, below 0 if it is none today. Used only to recognise rows imported by those
    versions.
    """
    table = file.read_earlier_table() if file.read_earlier_table is not None else None
    if table is None:
        return None
    now = {row.source_line: row for row in file.rows}
    rows = tuple(
        replace(now[place], cells=cells) if place in now else ForeignRow(row=-place, source_line=place, cells=cells)
        for place, cells in table.rows.items()
    )
    if table.headings == file.headings and tuple(row for row in rows if row.row > 0) == file.rows:
        return None
    width = len(table.headings)
    return replace(
        file,
        headings=table.headings,
        groups=table.groups,
        rows=rows,
        problems=(),
        notices=(),
        hidden_columns=tuple(index for index in file.hidden_columns if index < width),
    )


def source_key(file: ForeignFile) -> str:
    """Return the key under which the columns of this form are remembered: its service and folded headings."""
    return "\n".join([file.service, *(fold_heading(heading) for heading in file.headings)])


_LEFT_OUT_TEXTS: Mapping[LeftOutKind, str] = {
    "合計": "合計の行", "小計": "小計の行", "区切り": "区切りの行", "注記": "注記の行", "番号だけ": "番号だけの行",
}  # fmt: skip
_MAX_TEXT_LENGTH = 80


def left_out_lines(file: ForeignFile, row_noun: str) -> tuple[tuple[LeftOutRow, str], ...]:
    """Return the lines below the headings that are no ``row_noun``, each with its sentence; no repeated headings.

    The sentence is 「合計の行「合計　34」です。団体ではありません」.
    """
    found = []
    for line in file.left_out:
        if line.kind in _LEFT_OUT_TEXTS and line.source_line > file.header_row:
            said = "　".join(cell.strip() for cell in line.cells if cell.strip())[:_MAX_TEXT_LENGTH]
            found.append((line, f"{_LEFT_OUT_TEXTS[line.kind]}「{said}」です。{row_noun}ではありません"))
    return tuple(found)
