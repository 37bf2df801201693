"""Reads a table exactly as earlier versions did, to compute the keys of rows imported by them.

A row is recognised by a keyed hash over its headings and cells as they were read. Rows imported by an earlier version
have its keys for good: nothing in this module may ever change. It has only what was read otherwise; the rest is that of
today, and where that changes, what it was moves here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.foreign_files.foreign_shape import EarlierTable
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.tables.heading_detection import completes_headings, heading_position, read_headings
from app.foreign_files.tables.heading_roles import fold_heading
from app.foreign_files.tables.heading_rows import Merge, fill_row, is_merged_over
from app.foreign_files.tables.sheet_table import FIRST_ROWS, SheetCells, runs_of_columns, widest_run
from app.foreign_files.tables.text_table import (
    BrokenQuote,
    Record,
    as_wide_as_below,
    detect_delimiter,
    has_numbered_rows,
    parse_recovering,
    parse_strict,
    swallows_lines,
)
from app.foreign_files.text_decoding import DecodedText
from app.foreign_files.workbooks.workbook_parts import to_1900_serial


def read_text_as_before(decoded: DecodedText, known: frozenset[str]) -> EarlierTable | None:
    """Return the table of a text as read earlier; None where it was refused."""
    try:
        return _read_text(decoded, known)
    except IntakeRefusal:
        return None


def _read_text(decoded: DecodedText, known: frozenset[str]) -> EarlierTable | None:
    """Return the table of a text as an earlier version read it, or None where it found no headings."""
    text, delimiter, named = detect_delimiter(decoded.text)
    decoded = replace(decoded, text=text)
    try:
        records = parse_strict(text, delimiter, directive_lines=1 if named else 0)
        broken = False
    except BrokenQuote as stopped:
        records, broken = stopped.records, True
    first = [() if record.line in decoded.foreign_lines else record.cells for record in records[:40]]
    head = heading_position(first, known)
    if head < 0:
        return None
    width = len(records[head].cells)
    numbered = has_numbered_rows(records[head + 1 :])
    broken = broken or any(
        swallows_lines(record.cells, delimiter, width, numbered=numbered)
        for record in records[head:]
        if record.line_count > 1
    )
    heading = as_wide_as_below(records, head)
    width = len(heading.cells)
    body: Sequence[Record] = records[head + 1 :]
    if broken:
        body = parse_recovering(text, delimiter, heading.line + heading.line_count - 1, width)
    rows = {record.line: _cells_of(record, width, decoded) for record in body}
    return _with_second_heading(heading.cells, rows, sound=_is_sound(body[:1], width, decoded))


def _is_sound(first: Sequence[Record], width: int, decoded: DecodedText) -> bool:
    """Return whether the first row below the headings exists and is undamaged."""
    return bool(first) and not _is_damaged(first[0], width, decoded)


def _is_damaged(record: Record, width: int, decoded: DecodedText) -> bool:
    """Return whether a record lost characters or cells."""
    lines = range(record.line, record.line + record.line_count)
    if not decoded.foreign_lines.isdisjoint(lines) or record.broken_cell is not None:
        return True
    if len(record.cells) < width:
        return not record.was_truncated
    return any(cell.strip() for cell in record.cells[width:])


def _cells_of(record: Record, width: int, decoded: DecodedText) -> tuple[str, ...]:
    """Return the cells of a record, empty where they can't be read."""
    cells, extra = record.cells, record.cells[width:]
    if not decoded.unreadable_lines.isdisjoint(range(record.line, record.line + record.line_count)):
        return ("",) * width
    padded = cells[:width] + ("",) * (width - len(cells))
    return padded + (extra if _is_damaged(record, width, decoded) else ())


def _with_second_heading(upper: tuple[str, ...], rows: Mapping[int, tuple[str, ...]], *, sound: bool) -> EarlierTable:
    """Return the table with headings completed by a second row of headings below, where that is one."""
    places = list(rows)
    below = rows[places[0]] if places else ()
    data = next((rows[place] for place in places[1:] if any(cell.strip() for cell in rows[place])), ())
    if not sound or not completes_headings(upper, below, data):
        return EarlierTable(headings=upper, groups=("",) * len(upper), rows=rows)
    texts = tuple(low if low.strip() else up for low, up in zip(below, upper, strict=True))
    groups, last = [], ""
    for up, low in zip(upper, below, strict=True):
        last = up.strip() or last
        groups.append(last if low.strip() else "")
    return EarlierTable(headings=texts, groups=tuple(groups), rows={place: rows[place] for place in places[1:]})


_HOURS = re.compile(r"(\d{2,4}):(\d{2}):(\d{2})")


def _hours_as_day(text: str) -> str:
    """Return 24 hours and more as earlier shown: as a moment of the first days that a sheet knows; else unchanged."""
    found = _HOURS.fullmatch(text)
    if found is None or int(found[1]) < 24:
        return text
    hours, minutes, seconds = map(int, found.groups())
    first = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
    return (first + timedelta(hours=hours, minutes=minutes, seconds=seconds)).isoformat()


def read_sheet_as_before(sheet: SheetCells, known: frozenset[str]) -> EarlierTable | None:
    """Return the table of a sheet as read earlier; None where none was found."""
    width = 1 + max((cells[-1][0] for _, _, cells in sheet.rows if cells), default=0)
    head = [fill_row(cells, width) for _, _, cells in sheet.rows[:FIRST_ROWS]]
    position = heading_position(head, known, first=FIRST_ROWS)
    if position < 0:
        return None
    headings = read_headings(sheet.rows, position, sheet.merges, width, is_group_row=_is_group_row, spread=_spread)
    body = [row for row in sheet.rows if row[0] > headings.row]
    first, last = widest_run(headings, runs_of_columns(headings, body))
    headings = headings.between(first, last)
    above = {
        (row, left): (top, left)
        for top, left, bottom, right in sheet.merges
        if top > headings.row and first <= left <= last and left == right and 0 < bottom - top <= 5_000
        for row in range(top + 1, bottom + 1)
    }
    tops = set(above.values())
    values = {}
    rows = {}
    for place, _, found in body:
        cells = [""] * (last - first + 1)
        for column, text, mark in found:
            if first <= column <= last:
                shown = _day_or_number(text, headings.texts[column - first]) if mark == "n" else _hours_as_day(text)
                cells[column - first] = shown
                if (place, column) in tops:
                    values[place, column] = text
        for column in range(first, last + 1) if above else ():
            value = values.get(above[place, column]) if (place, column) in above else None
            if value and not cells[column - first].strip():
                cells[column - first] = value
        rows[place] = tuple(cells)
    return EarlierTable(headings=headings.texts, groups=headings.groups, rows=rows)


def _is_group_row(above: Sequence[str], merges: Sequence[Merge], number: int, here: Sequence[str]) -> bool:
    """Return whether a row holds group headings, merged sideways over some headings or down into them."""
    used = [index for index, text in enumerate(here) if text.strip()]
    sideways = [m for m in merges if m[0] == m[2] == number and m[3] > m[1] and m[3] - m[1] + 1 < len(used)]
    filled = [index for index, text in enumerate(above) if text.strip()]
    return is_merged_over(merges, number, number + 1) or (bool(sideways) and len(filled) >= 2)


def _spread(upper: Sequence[str], merges: Sequence[Merge], number: int, lower: Sequence[str]) -> tuple[str, ...]:
    """Return the group heading above each column that has its own heading below."""
    groups = ["" if not lower[index].strip() else text.strip() for index, text in enumerate(upper)]
    for top, left, bottom, right in merges:
        if top == bottom == number and right > left and left < len(upper):
            for column in range(left, min(right + 1, len(groups))):
                groups[column] = upper[left].strip() if lower[column].strip() else ""
    last = ""
    for column, text in enumerate(upper):
        last = text.strip() or last
        if lower[column].strip() and not groups[column]:
            groups[column] = last
    return tuple(groups)


_DAYS = re.compile(r"日(?:$|[時付(\[【※*])|月日|期日|期限|時刻|タイムスタンプ|timestamp|date|time")


def _day_or_number(text: str, heading: str) -> str:
    """Return a number of days counted from 1904 as one counted from 1900, if the heading asks for a day."""
    return to_1900_serial(text) if _DAYS.search(fold_heading(heading)) else text
