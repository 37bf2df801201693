"""Builds a table from the cells of a sheet: titles, merged cells, two heading rows, totals, far cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from app.foreign_files.cells.plain_cells import escape_code, plain_cell, plain_cells
from app.foreign_files.cells.suspicious_texts import is_blank
from app.foreign_files.foreign_shape import LeftOutRow
from app.foreign_files.tables.heading_detection import (
    DECORATED,
    heading_position,
    heading_score,
    is_other_table_heading,
    left_out_kind,
    other_table_above,
    read_headings,
)
from app.foreign_files.tables.heading_roles import fold_heading
from app.foreign_files.tables.heading_rows import SheetHeadings, fill_row
from app.foreign_files.tables.merged_columns import (
    ColumnMerge,
    duplicate_columns,
    has_choice_row,
    merged_columns,
    with_choice_headings,
)
from app.foreign_files.workbooks.workbook_parts import to_1900_serial
from db.record import record

SheetRow = tuple[int, bool, Sequence[tuple[int, str, str]]]
"""Row number from 1, whether hidden, and its cells as (column from 0, text, mark)."""

FIRST_ROWS = 40
_DAYS = re.compile(r"日(?:$|[時付(\[【※*])|月日|期日|期限|時刻|タイムスタンプ|timestamp|date|time")


@record
class SheetCells:
    """The cells of one sheet; ``merges`` are (top, left, bottom, right), rows from 1 and columns from 0.

    ``far_cells`` are cells far from the table, not read but named (「XFD9」). ``struck`` are the cells that are struck
    out by (row, column): True as a whole, False some of their letters. ``remarks`` are comments with their cell (C3),
    and texts of shapes with "".
    """

    name: str
    rows: Sequence[SheetRow]
    far_cells: tuple[str, ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    struck: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    remarks: Sequence[tuple[str, str]] = ()


@record
class SheetTableRow:
    """One data row: its row in the sheet, its cells, marks by column, the columns filled from a merged cell above.

    A mark is "e" for an error value, "f" for a formula and "F" for one without a stored value. ``struck`` are the
    columns that are struck out: True as a whole, False some of their letters. ``collided_texts`` are the texts where
    several cells stand under one heading, ``escape_codes`` how a system wrote a cell otherwise, each by its column.
    """

    sheet_row: int
    cells: tuple[str, ...]
    marks: dict[int, str]
    carried_columns: tuple[int, ...]
    hidden: bool
    struck: Mapping[int, bool]
    collided_texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    escape_codes: Mapping[int, str] = field(default_factory=dict)


@record
class SheetTable:
    """The table of one sheet, with what lies around it.

    ``other_table`` is the row where another one begins, ``table_above`` that of one that ends above, ``table_beside`` a
    column of one beside it. ``columns`` are the columns of the sheet, ``joined_headings`` the headings of questions
    that stood in several of them. ``score`` says how much the row of headings looks like one, to choose between sheets.
    """

    name: str
    headings: SheetHeadings
    rows: tuple[SheetTableRow, ...]
    left_out: tuple[LeftOutRow, ...]
    score: int
    cells_above: tuple[str, ...]
    other_table: int | None
    table_above: int | None
    table_beside: int | None
    far_cells: tuple[str, ...]
    hidden_columns: tuple[int, ...]
    columns: tuple[int, ...]
    joined_headings: tuple[str, ...]


def build_sheet_table(sheet: SheetCells, known: frozenset[str], *, answers: bool) -> SheetTable | None:
    """Return the table on ``sheet``, or None when there is none.

    ``answers`` says that it holds answers: their words (満足, 理解) look like headings and begin no other table.
    """
    width = 1 + max((cells[-1][0] for _, _, cells in sheet.rows if cells), default=0)
    head = [fill_row(cells, width) for _, _, cells in sheet.rows[:FIRST_ROWS]]
    head = [plain_cells(cells) for cells in head]
    position = heading_position(head, known, first=FIRST_ROWS)
    if position < 0:
        return None
    score = heading_score(head[position], known)
    headings = read_headings(sheet.rows, position, sheet.merges, width)
    if answers:
        headings = _with_choices(sheet, headings, position, width)
    body = [row for row in sheet.rows if row[0] > headings.row]
    merged = merged_columns(headings, sheet.merges, sheet.rows[position][0])
    segment, beside = _find_table_columns(headings, body, merged)
    first, last = segment
    headings = headings.between(first, last)
    rows, left_out, other = _read_body(sheet, headings, body, segment, answers=answers)
    owners = {column - first: owner - first for column, owner in merged.items() if first <= owner and column <= last}
    doubled = _duplicate_columns(headings, owners, rows, answers=answers)
    joined = tuple(dict.fromkeys(headings.texts[owner] for owner in doubled.values()))
    owners |= doubled
    kept = list(range(last - first + 1))
    if owners:
        folding, wide = ColumnMerge(target_columns=owners), len(kept)
        rows = [_merge_row(row, folding, wide) for row in rows]
        kept = folding.remaining_columns(wide)
        left_out = [replace(line, cells=folding.merge_cells(line.cells, wide)[0]) for line in left_out]
        headings = replace(
            headings, texts=folding.merge_headings(headings.texts), groups=folding.merge_headings(headings.groups)
        )
    return SheetTable(
        name=sheet.name,
        headings=headings,
        rows=tuple(rows),
        left_out=(*_title_of_section(sheet.rows[:position], width), *left_out),
        score=score,
        cells_above=tuple(text for _, _, cells in sheet.rows[:position] for _, text, _ in cells),
        other_table=other,
        table_above=_table_above(sheet.rows[:position], headings, width),
        table_beside=beside,
        far_cells=sheet.far_cells,
        hidden_columns=tuple(at for at, column in enumerate(kept) if first + column in sheet.hidden_columns),
        columns=tuple(first + column for column in kept),
        joined_headings=joined,
    )


def _with_choices(sheet: SheetCells, headings: SheetHeadings, position: int, width: int) -> SheetHeadings:
    """Return the headings with the choices that a second row names; ``headings`` where it names none."""
    number = sheet.rows[position][0]
    rows = {row[0]: fill_row(row[2], width) for row in sheet.rows if row[0] >= number}
    upper, lower = rows[number], rows.get(number + 1, ("",) * width)
    data = [cells for place, cells in rows.items() if place > number + 1]
    # A cell merged downwards into the second row says nothing of what stands there.
    if not has_choice_row(upper, lower, data):
        return headings
    texts, groups = with_choice_headings(upper, lower)
    return SheetHeadings(row=number + 1, texts=texts, groups=groups)


def _duplicate_columns(
    headings: SheetHeadings, owners: Mapping[int, int], rows: Sequence[SheetTableRow], *, answers: bool
) -> dict[int, int]:
    """Return the columns that repeat a question once merged cells are joined, each with the column it joins."""
    if len({text for text in headings.texts if text.strip()}) == sum(bool(text.strip()) for text in headings.texts):
        return {}
    folding, width = ColumnMerge(target_columns=owners), len(headings.texts)
    kept = folding.remaining_columns(width)
    cells = [folding.merge_cells(row.cells, width)[0] for row in rows]
    found = duplicate_columns(
        folding.merge_headings(headings.texts), folding.merge_headings(headings.groups), cells, answers=answers
    )
    return {kept[column]: kept[owner] for column, owner in found.items()}


def _merge_row(row: SheetTableRow, folding: ColumnMerge, width: int) -> SheetTableRow:
    cells, met = folding.merge_cells(row.cells, width)
    return replace(
        row,
        cells=cells,
        collided_texts=met,
        marks=folding.merge_marks(row.marks, width),
        struck=folding.merge_marks(row.struck, width),
        escape_codes=folding.merge_marks(row.escape_codes, width),
        carried_columns=tuple(folding.merge_marks(dict.fromkeys(row.carried_columns, True), width)),
    )


def _table_above(above: Sequence[SheetRow], headings: SheetHeadings, width: int) -> int | None:
    """Return the sheet row where another table above the headings begins, None if there is none."""
    found = other_table_above([fill_row(cells, width) for _, _, cells in above], headings.texts)
    return None if found is None else above[found][0]


def _title_of_section(above: Sequence[SheetRow], width: int) -> list[LeftOutRow]:
    """Return the line above the headings if it is one decorated cell (【桜支部】), the title of the first section."""
    place, _, cells = above[-1] if above else (0, False, ())
    if len(cells) != 1 or not DECORATED.search(cells[0][1].strip()):
        return []
    return [LeftOutRow(source_line=place, kind="区切り", cells=fill_row(cells, width))]


def _find_table_columns(
    headings: SheetHeadings, body: Sequence[SheetRow], merged: Mapping[int, int]
) -> tuple[tuple[int, int], int | None]:
    """Return first and last column of the table with the most headings, and the first column beside it or None.

    A gap covered by a merged cell (``merged``) does not end the table.
    """
    segments = runs_of_columns(headings, body, merged)
    joined = widest_run(headings, segments)
    apart = [segment for segment in segments if segment[0] > joined[1] or segment[1] < joined[0]]
    # What stands apart without a heading in this row is not read either: a table that begins lower down, a remark.
    return joined, apart[0][0] if apart else None


def runs_of_columns(
    headings: SheetHeadings, body: Sequence[SheetRow], covered: Iterable[int] = ()
) -> list[tuple[int, int]]:
    """Return first and last column of each run of columns that have a heading or a cell, or are ``covered``."""
    used = {column for column, text in enumerate(headings.texts) if text.strip()} | set(covered)
    for _, _, cells in body:
        used.update([cell[0] for cell in cells])
    runs: list[tuple[int, int]] = []
    for column in sorted(used):
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def widest_run(headings: SheetHeadings, runs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return first and last column of the run with the most headings, with small runs one empty column beside it.

    A run of up to two headings is joined, unless it repeats one: a column left empty inside one table of a form parts
    it only when both sides are tables of their own.
    """
    titled = [run for run in runs if any(text.strip() for text in headings.texts[run[0] : run[1] + 1])]
    best = max(titled, key=lambda run: (heading_score(headings.texts[run[0] : run[1] + 1]), run[1] - run[0], -run[0]))
    first, last = best
    names = {text.strip() for text in headings.texts[first : last + 1]}
    for run in titled:
        texts = [text.strip() for text in headings.texts[run[0] : run[1] + 1] if text.strip()]
        near = run[0] - last in {2} or first - run[1] in {2}
        if run != best and near and len(texts) < 3 and not names & set(texts):
            first, last = min(first, run[0]), max(last, run[1])
    return first, last


def _read_body(
    sheet: SheetCells, headings: SheetHeadings, body: Sequence[SheetRow], segment: tuple[int, int], *, answers: bool
) -> tuple[list[SheetTableRow], list[LeftOutRow], int | None]:
    """Return the data rows of the table, the lines left out, and the row where another table begins (or None)."""
    first, last = segment
    above, wide = _merged_cells(sheet.merges, headings.row, segment)
    tops = set(above.values())
    values = {}
    rows: list[SheetTableRow] = []
    left_out = []
    after_total = False
    for place, hidden, found in body:
        cells, marks, written = _cells_of(found, headings, segment)
        values.update({(place, column): text for column, text, _ in found if (place, column) in tops})
        if all(map(is_blank, cells)) and not marks:
            continue
        kind = left_out_kind(cells, headings.texts, merged_wide=place in wide, after_total=after_total)
        if kind:
            left_out.append(LeftOutRow(source_line=place, kind=kind, cells=tuple(cells)))
            after_total = after_total or kind == "合計"
            continue
        if not answers and is_other_table_heading(cells, headings.texts):
            return rows, left_out, place
        carried = []
        for column in range(first, last + 1) if above else ():
            value = values.get(above[place, column]) if (place, column) in above else None
            if value and not cells[column - first].strip():
                cells[column - first] = value
                carried.append(column - first)
        struck = _struck_columns(sheet, place, segment) if sheet.struck else {}
        rows.append(
            SheetTableRow(
                sheet_row=place,
                cells=tuple(cells),
                marks=marks,
                carried_columns=tuple(carried),
                hidden=hidden,
                struck=struck,
                escape_codes=written,
            )
        )
    return rows, left_out, None


def _cells_of(
    found: Sequence[tuple[int, str, str]], headings: SheetHeadings, segment: tuple[int, int]
) -> tuple[list[str], dict[int, str], dict[int, str]]:
    """Return the texts of a row by column, the marks of its cells, and the codes of escaped ones."""
    first, last = segment
    cells = [""] * (last - first + 1)
    marks = {}
    written = {}
    for column, text, mark in found:
        if not first <= column <= last:
            continue
        at = column - first
        cells[at] = text
        if mark == "n":
            cells[at] = to_1900_serial(text) if _DAYS.search(fold_heading(headings.texts[at])) else text
        elif mark:
            marks[at] = mark
        elif code := escape_code(text):
            cells[at], written[at] = plain_cell(text), code
    return cells, marks, written


def _struck_columns(sheet: SheetCells, place: int, segment: tuple[int, int]) -> dict[int, bool]:
    first, last = segment
    places = ((column, sheet.struck.get((place, column))) for column in range(first, last + 1))
    return {column - first: whole for column, whole in places if whole is not None}


def _merged_cells(
    merges: Sequence[tuple[int, int, int, int]], below: int, segment: tuple[int, int]
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[int]]:
    """Return the lower cells of merges down one column with the place of their value, and rows merged across.

    A row counts as merged across where a merge covers half of the table or more; of several rows only the first does.

    Args:
        merges: each as (top, left, bottom, right).
        below: the row of the headings; only merges that begin below it count.
        segment: first and last column of the table; merges beside it are ignored.
    """
    first, last = segment
    above: dict[tuple[int, int], tuple[int, int]] = {}
    wide = set()
    for top, left, bottom, right in merges:
        if top <= below or right < first or left > last:
            continue
        if right - left + 1 >= max(2, (last - first + 1) / 2):
            wide.add(top)
        if left == right and 0 < bottom - top <= 5_000 and len(above) < 100_000:
            above.update({(row, left): (top, left) for row in range(top + 1, bottom + 1)})
    return above, wide
