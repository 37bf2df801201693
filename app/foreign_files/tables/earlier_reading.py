"""Reads a table exactly as earlier versions did, to compute the keys of rows imported by them.

A row is recognised by a keyed hash over its headings and cells as they were read. Rows imported by an earlier version
have its keys for good: nothing in this module may ever change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from app.foreign_files.foreign_shape import EarlierTable
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.tables.sheet_table import SheetCells, SheetRow
from app.foreign_files.tables.text_table import (
    BrokenQuote,
    Record,
    detect_delimiter,
    has_numbered_rows,
    parse_recovering,
    parse_strict,
    swallows_lines,
)
from app.foreign_files.text_decoding import DecodedText
from app.foreign_files.workbooks.workbook_parts import to_1900_serial
from db.digits import is_digits, one_width
from db.record import record


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
    heading = _as_wide_as_below(records, head)
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
    head = [_dense(cells, width) for _, _, cells in sheet.rows[:_FIRST_ROWS]]
    position = heading_position(head, known, first=_FIRST_ROWS)
    if position < 0:
        return None
    headings = read_headings(sheet.rows, position, sheet.merges, width)
    body = [row for row in sheet.rows if row[0] > headings.row]
    first, last = _segment(headings, body)
    headings = headings.between(first, last)
    above = {
        (row, left): (top, left)
        for top, left, bottom, right in sheet.merges
        if top > headings.row and first <= left <= last and left == right and 0 < bottom - top <= 5_000
        for row in range(top + 1, bottom + 1)
    }
    tops = set(above.values())
    values: dict[tuple[int, int], str] = {}
    rows: dict[int, tuple[str, ...]] = {}
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


_RUNNING = re.compile(r"no\.?|番号|連番|#|項番|id")


_LEADING_NUMBER = re.compile(r"^(?:q|問|設問|質問)?\s*[0-9]+(?:-[0-9]+)?[.、:)\-]?(?=\D)")


_NOTE = re.compile(
    r"[(\[【〔](?:[^()\[\]【】〔〕]*(?:いくつでも|つまで|複数|すべて|任意|必須|自由記述|ひとつ|1つ|○は)[^()\["
    r"\]【】〔〕]*)[)\]】〕]"
    r"|[※*]+(?:必須|任意)?$"
)


@lru_cache(maxsize=4_000)
def fold_heading(text: str) -> str:
    """Return the comparison key of a heading: half width, no spaces, one case; never shown."""
    return "".join(one_width(text.replace("\x00", "")).split()).casefold()


def title_core(text: str) -> str:
    """Return the key of a question title without its number and notes such as （3つまで）."""
    folded = fold_heading(text)
    return _LEADING_NUMBER.sub("", _NOTE.sub("", folded))


LONGEST_HEADING = 120


_WORDS = re.compile(
    "タイムスタンプ|timestamp|日時|番号|氏名|名前|フリガナ|ふりがな|メール|電話|団体|町会|自治会|支部|年代|住所|役職"
    "|満足|理解|意見|感想|希望|受付日|申込日|受付月日|人数|備考|端末|配慮|会長|世帯|連絡先|補助金|代表者"
    "|施設|室場|部屋|会場|[利使]用(?:年月)?日|時間帯|開始|終了|使用料|状態|状況|利用目的"
    "|^(?:no\\.?|id|line|instagram|hp|fax|参加者|申込者|担当|担当者|経路|テーマ|キャッシュレス|(?:q|問|設問)[0-9]+.*)$",
    re.IGNORECASE,
)


_PLAIN_HEADING = re.compile(
    r"no\.?|id|番号|.{0,4}"
    r"(?:番号|日時|月日|年月日|日付?|名称?|氏名|人数|件数|金額|区分|種別|状態|状況|時間帯?|時刻)|支部|団体|町"
    r"会|自治会"
    r"|会長|代表者|担当者?|電話|連絡先|世帯数?|補助金|お?名前|ふりがな|フリガナ|住所|備考|メール(?:アドレス)?"
    r"|役職|年代|施設|室場|部屋|会場"
    r"|使用料|利用目的|希望.{0,6}|経路|テーマ|端末|配慮.{0,4}"
    r"|参加者|申込者|line|instagram|hp|fax|キャッシュレス|タイムスタンプ|timestamp"
)


_STAMP = re.compile(r"\s*(?:\d{4}[/\-.]\d{1,2}[/\-.]\d{1,2}|\d{1,2}/\d{1,2}/\d{4})[T\s]+\d{1,2}:\d{2}")


_PLAIN_NUMBER = re.compile(r"[\d,./:\-年月日 ()（）０-９]+")


Merge = tuple[int, int, int, int]


def heading_score(cells: Sequence[str], known: frozenset[str] = frozenset()) -> int:
    """Return how much a row looks like headings: one per cell with a usual word, three for a known heading.

    A row with a date and time of day is data and scores nothing, and so does one with fewer than two filled cells.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or any(_STAMP.match(cell) for cell in filled):
        # Above a moment of sending stands its heading: such a row is data, whatever its answers are called.
        return 0
    return sum(3 if cell in known else 1 for cell in filled if cell in known or looks_like_heading(cell))


def looks_like_heading(cell: str) -> bool:
    """Return whether a cell's text has a usual word of headings (氏名, 電話 …).

    False for a number, for a text with 「：」 or 「。」, and for one longer than ``LONGEST_HEADING``.
    """
    text = cell.strip()
    return not is_digits(text) and _holds_word_of_heading(text)


@lru_cache(maxsize=4_000)
def _holds_word_of_heading(text: str) -> bool:
    """Return whether the text has a word that headings have; False for a sentence, a number or a long text."""
    if len(text) > LONGEST_HEADING or "：" in text or "。" in text or _PLAIN_NUMBER.fullmatch(text):
        return False
    return bool(_WORDS.search(fold_heading(text)))


def heading_position(rows: Sequence[Sequence[str]], known: frozenset[str], *, first: int = 15) -> int:
    """Return the index of the row with the best score among the ``first`` rows, the first of equals; -1 for none.

    Where no row has a usual word, the first row of at least three short, different texts is taken if a row as wide
    follows:
    an unknown form, whose columns are mapped by hand. Of repeated headings the first counts, even where they were
    written in two rows then and in one later. Data rows contain heading words too (第3支部, みほん町会, 車いすを希望):
    a row above them that holds only headings wins, whatever the scores.
    """
    best, best_score = -1, 0
    for position, cells in enumerate(rows[:first]):
        score = heading_score(cells, known)
        if score > best_score or (0 < score == best_score and _filled(cells) > 2 * _filled(rows[best])):
            # Of equals the first, but no letterhead of three cells above a list of seven columns.
            best, best_score = position, score
    if best < 0:
        return _unknown_headings(rows[:first])
    if known.isdisjoint(rows[best]):
        plain = _plain_headings(rows[best])
        # A letterhead or a small table above is narrower than the headings below it.
        wide = _filled(rows[best])
        above = [
            (_plain_headings(cells), position)
            for position, cells in enumerate(rows[:best])
            if _filled(cells) * 2 > wide
        ]
        count, position = max(above, key=lambda one: (one[0], -one[1]), default=(0, 0))
        fits = count > plain or (count == plain and _filled(rows[position]) >= wide)
        best = position if count > 1 and fits else best
    return next((position for position in range(best) if _says_in_part(rows[position], rows[best])), best)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _plain_headings(cells: Sequence[str]) -> int:
    """Return how many cells are plain headings; 0 for a row where they are less than a third."""
    filled = [cell for cell in cells if cell.strip()]
    plain = sum(bool(_PLAIN_HEADING.fullmatch(title_core(cell))) for cell in filled)
    return plain if plain * 3 >= len(filled) else 0


def _says_in_part(earlier: Sequence[str], later: Sequence[str]) -> bool:
    """Return whether more than half of ``earlier``, at least two cells, are headings in the same places below."""
    filled = [(index, fold_heading(cell)) for index, cell in enumerate(earlier) if cell.strip()]
    same = [text for index, text in filled if index < len(later) and fold_heading(later[index]) == text]
    return len(same) > 1 and len(same) * 2 > len(filled) and heading_score(earlier) > 1


def _unknown_headings(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the heading row of an unknown form (three short texts above a row as wide), else -1."""
    for position, cells in enumerate(rows[:-1]):
        if any(_STAMP.match(cell) for cell in cells):
            continue
        filled = [cell.strip() for cell in cells if cell.strip()]
        below = [cell for cell in rows[position + 1] if cell.strip()]
        texts = all(len(cell) <= 40 and not _PLAIN_NUMBER.fullmatch(cell) for cell in filled)
        if len(filled) >= 3 and texts and len(set(filled)) == len(filled) and len(below) >= len(filled) - 1:
            return position
    return -1


@record
class SheetHeadings:
    """The headings of a table: their lowest row, one text per column, and group headings above, if any."""

    row: int
    texts: tuple[str, ...]
    groups: tuple[str, ...]

    def between(self, first: int, last: int) -> SheetHeadings:
        """Return the headings of the columns ``first`` to ``last``."""
        return replace(self, texts=self.texts[first : last + 1], groups=self.groups[first : last + 1])


def read_headings(
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]],
    position: int,
    merges: Sequence[Merge],
    width: int,
) -> SheetHeadings:
    """Return the headings around the row at ``position`` of ``rows``, which has the most usual words.

    A second heading row below it is joined, or a row of groups above it.
    """
    number = rows[position][0]
    here = _texts(rows, position, width)
    below = _texts(rows, position + 1, width) if _number(rows, position + 1) == number + 1 else ()
    above = _texts(rows, position - 1, width) if position and _number(rows, position - 1) == number - 1 else ()
    if below and (_spans(merges, number, number + 1) or _completes(here, below, rows, position, width)):
        groups = _spread(here, merges, number, below)
        return SheetHeadings(row=number + 1, texts=_lower_or_upper(below, here), groups=groups)
    if above and _is_group_row(above, merges, number - 1, here):
        groups = _spread(above, merges, number - 1, here)
        return SheetHeadings(row=number, texts=_lower_or_upper(here, above), groups=groups)
    # A cell merged downwards over rows that are otherwise empty: the data begin below it.
    lowest = max((bottom for top, _, bottom, _ in merges if top == number and bottom - top < 4), default=number)
    return SheetHeadings(row=lowest if not below else number, texts=here, groups=("",) * width)


def completes_headings(upper: Sequence[str], lower: Sequence[str], next_row: Sequence[str]) -> bool:
    """Return whether ``lower`` fills only gaps of ``upper`` or cells left of them: two rows of headings, not merged.

    It fills at least two, and the row below holds data in more than half of the columns.
    """
    filled = [index for index, text in enumerate(lower) if text.strip()]
    gaps = [index for index, text in enumerate(upper) if not text.strip()]
    if len(filled) < 2 or not gaps or not next_row:
        return False
    allowed = {*gaps, *(index - 1 for index in gaps)}
    starts_blank = next(index for index, text in enumerate(upper) if text.strip()) not in filled
    used = {*filled, *(index for index, text in enumerate(upper) if text.strip())}
    data = sum(bool(next_row[index].strip()) for index in used)
    return starts_blank and set(filled) <= allowed and data * 2 > len(used)


def _completes(
    here: Sequence[str],
    below: Sequence[str],
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]],
    position: int,
    width: int,
) -> bool:
    """Return whether the row ``below`` completes the headings of ``here``, judged with the row after it."""
    return completes_headings(here, below, _texts(rows, position + 2, width))


def _number(rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]], position: int) -> int:
    """Return the sheet's number of the row at a position, -1 behind the last."""
    return rows[position][0] if position < len(rows) else -1


def _texts(
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]], position: int, width: int
) -> tuple[str, ...]:
    """Return the texts of the row at a position, one for each column; all empty behind the last row."""
    texts = [""] * width
    if position < len(rows):
        for column, text, _ in rows[position][2]:
            texts[column] = text
    return tuple(texts)


def _spans(merges: Sequence[Merge], upper: int, lower: int) -> bool:
    return sum(top == upper and bottom == lower for top, _, bottom, _ in merges) >= 2


def _is_group_row(above: Sequence[str], merges: Sequence[Merge], number: int, here: Sequence[str]) -> bool:
    """Return whether a row holds group headings, merged sideways over some headings or down into them."""
    used = [index for index, text in enumerate(here) if text.strip()]
    sideways = [m for m in merges if m[0] == m[2] == number and m[3] > m[1] and m[3] - m[1] + 1 < len(used)]
    filled = [index for index, text in enumerate(above) if text.strip()]
    return _spans(merges, number, number + 1) or (bool(sideways) and len(filled) >= 2)


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


def _lower_or_upper(lower: Sequence[str], upper: Sequence[str]) -> tuple[str, ...]:
    return tuple(below if below.strip() else above for below, above in zip(lower, upper, strict=True))


_FIRST_ROWS = 40


_DAYS = re.compile(r"日(?:$|[時付(\[【※*])|月日|期日|期限|時刻|タイムスタンプ|timestamp|date|time")


def _dense(cells: Sequence[tuple[int, str, str]], width: int) -> tuple[str, ...]:
    """Return a row with a text for each column, "" where the sheet has no cell."""
    row = [""] * width
    for column, text, _ in cells:
        row[column] = text
    return tuple(row)


def _segment(headings: SheetHeadings, body: Sequence[SheetRow]) -> tuple[int, int]:
    """Return first and last column of the table: the run of used columns with the most headings."""
    used = {column for column, text in enumerate(headings.texts) if text.strip()}
    for _, _, cells in body:
        used.update([cell[0] for cell in cells])
    segments: list[tuple[int, int]] = []
    for column in sorted(used):
        if segments and segments[-1][1] == column - 1:
            segments[-1] = (segments[-1][0], column)
        else:
            segments.append((column, column))
    titled = [
        segment for segment in segments if any(text.strip() for text in headings.texts[segment[0] : segment[1] + 1])
    ]
    best = max(titled, key=lambda s: (heading_score(headings.texts[s[0] : s[1] + 1]), s[1] - s[0], -s[0]))
    # A column left empty inside one table of a form parts it only when both sides are tables of their own.
    return _joined(best, titled, headings)


def _joined(best: tuple[int, int], titled: Sequence[tuple[int, int]], headings: SheetHeadings) -> tuple[int, int]:
    """Return first and last column of the run ``best`` with small runs one gap beside it joined to it."""
    first, last = best
    names = {text.strip() for text in headings.texts[first : last + 1]}
    for segment in titled:
        texts = [text.strip() for text in headings.texts[segment[0] : segment[1] + 1] if text.strip()]
        near = segment[0] - last in {2} or first - segment[1] in {2}
        if segment != best and near and len(texts) < 3 and not names & set(texts):
            first, last = min(first, segment[0]), max(last, segment[1])
    return first, last


def _day_or_number(text: str, heading: str) -> str:
    """Return a number of days counted from 1904 as one counted from 1900, if the heading asks for a day."""
    return to_1900_serial(text) if _DAYS.search(fold_heading(heading)) else text


def _as_wide_as_below(records: Sequence[Record], head: int) -> Record:
    """Return the headings, as wide as a second heading row if empty cells at their end were cut off."""
    heading = records[head]
    if not heading.was_truncated or head + 2 >= len(records):
        return heading
    below, after = records[head + 1].cells, records[head + 2].cells
    wide = heading.cells + ("",) * (len(below) - len(heading.cells))
    padded = after + ("",) * (len(wide) - len(after))
    return replace(heading, cells=wide) if completes_headings(wide, below, padded) else heading
