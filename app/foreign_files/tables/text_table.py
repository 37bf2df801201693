"""Parses delimited text into records, headings and rows, and reports what is broken in each line.

Intact text is parsed strictly; if quotes are broken, the broken record is reported and the following ones are
recovered.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.foreign_files.cells.plain_cells import escape_code, may_hold_escapes, plain_cells
from app.foreign_files.cells.suspicious_texts import is_blank
from app.foreign_files.foreign_shape import row_words
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.tables import table_limits
from app.foreign_files.tables.heading_detection import completes_headings, heading_position, other_table_above
from app.foreign_files.tables.table_limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    check_record_size,
    long_cell_refusal,
    quote_refusal,
    strip_trailing_blanks,
    too_many_cells_refusal,
    too_many_rows_refusal,
)
from app.foreign_files.text_decoding import DecodedText
from db.record import record

_QUOTED_LINE = re.compile(r'\s*"(?:[^"]|"")*"\s*')
NUMBERED_LINE = re.compile(r"[\"']?\s*[A-Za-z]{0,4}-?\d[\d/.:\-]*")
"""Beginning of the rows of most lists: a number, a receipt number, a day."""
MAX_RECORD_LENGTH = 60
"""Lines of one record while quotes are in doubt; longer cells are only read in an intact file."""
MAX_BROKEN_RECORDS = 50
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEP_DIRECTIVE = re.compile(r'"?sep=([,;\t])"?[,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line that tells Excel the separator."""
_DELIMITERS = (",", "\t", ";")


@record
class Record:
    """One record of a delimited text: first line and number of lines, cells, and the broken cell if any.

    ``number`` is its row in a spreadsheet (a cell with line breaks is one row there, an empty line too; 0 = not
    known). ``was_truncated`` = empty cells far at the right were cut off; ``escape_codes`` are the codes of escaped
    cells.
    """

    line: int
    line_count: int
    cells: tuple[str, ...]
    broken_cell: int | None = None
    number: int = 0
    was_truncated: bool = False
    escape_codes: tuple[tuple[int, str], ...] = ()


class BrokenQuote(Exception):
    """Raised when strict parsing stops at a broken quote: ``records`` before ``line`` are intact."""

    def __init__(self, line: int, records: list[Record]):
        super().__init__(line)
        self.line = line
        self.records = records


def parse_strict(text: str, delimiter: str, *, directive_lines: int) -> list[Record]:
    """Return all non-empty records below the ``directive_lines``, the number of first lines that a spreadsheet hides.

    Raises BrokenQuote, or IntakeRefusal for sizes beyond every list.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    start, filled, number = 1, 0, -directive_lines
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            if "field larger" in str(error):
                raise long_cell_refusal(number + 1) from None
            raise BrokenQuote(start, records) from None
        number += 1
        width = len(cells)
        if width > MAX_COLUMNS:
            cells = list(strip_trailing_blanks(cells))
        check_record_size(cells, number)
        filled += len(cells)
        if filled > MAX_CELLS:
            raise too_many_cells_refusal()
        if number > 0 and not all(map(is_blank, cells)):
            lines = reader.line_num + 1 - start
            cut = len(cells) < width
            records.append(Record(line=start, line_count=lines, cells=tuple(cells), number=number, was_truncated=cut))
            if len(records) > MAX_ROWS + 20:
                raise too_many_rows_refusal()
        start = reader.line_num + 1


def without_outer_quotes(text: str) -> str:
    """Return the text without quotes around whole lines (saved twice as CSV); any other text unchanged."""
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2 or not all(_QUOTED_LINE.fullmatch(line) for line in filled):
        return text
    inside = [line.strip()[1:-1].replace('""', '"') for line in lines]
    return (
        "\n".join(inside) + "\n"
        if all("," in one for one, line in zip(inside, lines, strict=True) if line.strip())
        else text
    )


def swallows_lines(cells: Sequence[str], delimiter: str, width: int, *, numbered: bool) -> bool:
    """Return whether a cell contains whole lines of the table because its quote was closed by a later row's.

    False for a table of fewer than three columns.
    """
    if width < 3:
        return False
    for cell in cells:
        if "\n" not in cell and "\r" not in cell:
            continue
        for part in re.split(r"\r\n|\r|\n", cell)[1:]:
            if part.count(delimiter) >= width - 1 and (not numbered or NUMBERED_LINE.match(part)):
                return True
    return False


def has_numbered_rows(records: Sequence[Record]) -> bool:
    """Return whether at least 8 of 10 rows begin with a number or a day, so that a line of running text is no row.

    False for fewer than three; only the first 200 are looked at.
    """
    firsts = [record.cells[0] for record in records[:200] if record.cells and record.cells[0].strip()]
    return len(firsts) > 2 and sum(bool(NUMBERED_LINE.match(first)) for first in firsts) * 10 >= len(firsts) * 8


def parse_recovering(text: str, delimiter: str, header_line: int, width: int) -> list[Record]:
    """Parse records below ``header_line`` with broken quotes: each line that looks like a record ends the one before.

    Raises IntakeRefusal when too many records are broken.
    """
    lines = [match.group() for match in _LINE.finditer(text)]
    records = []
    broken = filled = 0
    position = header_line
    numbered = _has_numbered_lines(lines[position:], delimiter)
    while position < len(lines):
        found = _sound_record(lines, position, delimiter, width, numbered)
        if found is None:
            end = _next_start(lines, position + 1, delimiter, width, numbered)
            chunk = "".join(lines[position:end]).rstrip("\r\n")
            cells, index = split_broken_record(chunk, delimiter, width)
            broken += 1
            if broken > MAX_BROKEN_RECORDS:
                raise quote_refusal(position + 1)
            found = Record(line=position + 1, line_count=end - position, cells=tuple(cells), broken_cell=index)
        plain = strip_trailing_blanks(found.cells)
        found = replace(found, cells=tuple(plain), was_truncated=True) if len(plain) < len(found.cells) else found
        check_record_size(found.cells, found.line)
        filled += len(found.cells)
        if filled > MAX_CELLS:
            raise too_many_cells_refusal()
        if not all(map(is_blank, found.cells)):
            records.append(found)
            if len(records) > MAX_ROWS + 20:
                raise too_many_rows_refusal()
        position += found.line_count
    return records


def _has_numbered_lines(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether at least 6 of 10 lines begin with a number or a day, so that a line of running text is no row.

    False for fewer than three; only the first 200 are looked at.
    """
    firsts = [line.split(delimiter, 1)[0] for line in lines[:200] if delimiter in line]
    return len(firsts) > 2 and sum(bool(NUMBERED_LINE.match(first)) for first in firsts) * 10 >= len(firsts) * 6


def _sound_record(lines: Sequence[str], position: int, delimiter: str, width: int, numbered: bool) -> Record | None:
    """Return the record that begins at a line, None where it is broken or swallows other lines.

    Raises:
        IntakeRefusal: a cell is too long.
    """
    reader = csv.reader(lines[position : position + MAX_RECORD_LENGTH], delimiter=delimiter, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error as error:
        if "field larger" in str(error):
            raise long_cell_refusal(position + 1) from None
        return None
    if swallows_lines(cells, delimiter, width, numbered=numbered):
        return None
    count = max(reader.line_num, 1)
    stray = None
    if "".join(lines[position : position + count]).count('"') % 2:
        stray = next((index for index, cell in enumerate(cells) if '"' in cell), None)
    return Record(line=position + 1, line_count=count, cells=tuple(cells), broken_cell=stray)


def _next_start(lines: Sequence[str], position: int, delimiter: str, width: int, numbered: bool) -> int:
    """Return the first line from ``position`` on that begins a record of the table's width, else ``position``.

    A broken record counts where its line has delimiters enough.
    """
    for line in range(position, min(position + MAX_RECORD_LENGTH, len(lines))):
        if numbered and not NUMBERED_LINE.match(lines[line]):
            continue
        found = _sound_record(lines, line, delimiter, width, numbered)
        if found is not None and len(found.cells) == width:
            return line
        if found is None and lines[line].count(delimiter) >= width - 1:
            return line
    return min(position, len(lines))


def split_broken_record(chunk: str, delimiter: str, width: int) -> tuple[list[str], int | None]:
    """Return the cells of a broken record, and the index of the cell with an unclosed quote, or None.

    An unclosed quote counts as a typo: if the plain pieces fit the table they are the cells, otherwise everything
    after it is one cell.
    """
    cells = []
    broken = None
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


@record
class TableRow:
    """One data row: ``row`` counts data rows from 1, ``line`` is where it starts.

    ``source_line`` is the row that a spreadsheet shows it in, ``problem`` says what is wrong with the row as a whole,
    ``code`` names it, ``index`` is the cell concerned (None = the row), ``escape_codes`` are the cells that a system
    wrote otherwise, as column and code.
    """

    row: int
    line: int
    source_line: int
    cells: tuple[str, ...]
    problem: str = ""
    code: str = ""
    index: int | None = None
    escape_codes: tuple[tuple[int, str], ...] = ()


@record
class TextTable:
    """Headings with their physical line, data rows as wide as the headings, and the delimiter.

    ``lines_above`` is the row of Excel where another table begins that ends above this one.
    """

    header_line: int
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    delimiter: str
    lines_above: int | None = None


def build_text_table(decoded: DecodedText, *, known_headings: Iterable[str]) -> TextTable:
    """Parse text separated by commas, tabs or semicolons.

    ``known_headings`` are heading texts to look for first, such as question titles. Cells are kept letter for
    letter, except escaped ones (``plain_cell``), whose row has ``escape_codes``. A row that is broken (too few or
    too many cells, a quote that is not closed, another encoding) is kept and carries a ``problem``; lines with
    nothing in them are no rows. Raises IntakeRefusal for too many columns or rows, a cell that is too long, quotes
    beyond recovery, or when no heading row is found.
    """
    text, delimiter, named = detect_delimiter(
        _INNER_BOM.sub("", decoded.text) if "\ufeff" in decoded.text else decoded.text
    )
    decoded = replace(decoded, text=text)
    known = frozenset(known_headings)
    otherwise = may_hold_escapes(text)
    try:
        records = parse_strict(decoded.text, delimiter, directive_lines=1 if named else 0)
        records = [_unescape_record(record) for record in records] if otherwise else records
        head = _heading(records, decoded, known)
        width = len(records[head].cells)
        numbered = has_numbered_rows(records[head + 1 :])
        # Of one line nothing can have swallowed another.
        long = [record for record in records[head:] if record.line_count > 1]
        broken = any(swallows_lines(record.cells, delimiter, width, numbered=numbered) for record in long)
    except BrokenQuote as stopped:
        if not stopped.records:
            raise table_limits.quote_refusal(stopped.line) from None
        records, broken = [_unescape_record(record) for record in stopped.records], True
        head = _heading(records, decoded, known)
        width = len(records[head].cells)
    heading = as_wide_as_below(records, head)
    width = len(heading.cells)
    if swallows_lines(heading.cells, delimiter, width, numbered=False):
        raise table_limits.quote_refusal(heading.line)
    body: Sequence[Record] = records[head + 1 :]
    if broken:
        body = parse_recovering(decoded.text, delimiter, heading.line + heading.line_count - 1, width)
        body = [_unescape_record(record) for record in body]
    if len(body) > table_limits.MAX_ROWS:
        raise table_limits.too_many_rows_refusal()
    rows = tuple(_row(number, record, width, decoded) for number, record in enumerate(body, 1))
    above = other_table_above([record.cells for record in records[:head]], heading.cells)
    return TextTable(
        header_line=heading.line,
        headings=heading.cells,
        rows=rows,
        delimiter=delimiter,
        lines_above=None if above is None else records[above].number,
    )


def detect_delimiter(text: str) -> tuple[str, str, bool]:
    """Return the text, its separator, and whether its first line names that (``sep=;``).

    The text is without quotes around each of its lines and without an end-of-file character.
    """
    plain = without_outer_quotes(_without_dos_eof(text))
    named = _SEP_DIRECTIVE.match(plain)
    return plain, named[1] if named else _most_frequent_delimiter(plain), named is not None


def as_wide_as_below(records: Sequence[Record], head: int) -> Record:
    """Return the headings, as wide as a second heading row if empty cells at their end were cut off."""
    heading = records[head]
    if not heading.was_truncated or head + 2 >= len(records):
        return heading
    below, after = records[head + 1].cells, records[head + 2].cells
    wide = heading.cells + ("",) * (len(below) - len(heading.cells))
    padded = after + ("",) * (len(wide) - len(after))
    return replace(heading, cells=wide) if completes_headings(wide, below, padded) else heading


_INNER_BOM = re.compile("^\ufeff+", re.MULTILINE)


def _unescape_record(record: Record) -> Record:
    """Return the record with unescaped cells; ``escape_codes`` says which were escaped."""
    written = tuple((index, code) for index, cell in enumerate(record.cells) if (code := escape_code(cell)))
    return replace(record, cells=plain_cells(record.cells), escape_codes=written) if written else record


def _without_dos_eof(text: str) -> str:
    bare = text.rstrip("\x1a\r\n")
    return f"{bare}\n" if "\x1a" in text[len(bare) :] else text


def _most_frequent_delimiter(text: str) -> str:
    """Return the most frequent separator outside quotes in the first lines; a comma if none."""
    head = "\n".join(_QUOTED.sub("", text[:20_000]).splitlines()[:15])
    return max(_DELIMITERS, key=head.count)


def _heading(records: Sequence[Record], decoded: DecodedText, known: frozenset[str]) -> int:
    """Return the index of the heading row; raises IntakeRefusal where there is none."""
    rows = [() if record.line in decoded.foreign_lines else record.cells for record in records[:40]]
    head = heading_position(rows, known)
    if head < 0:
        raise IntakeRefusal(
            "見出しの行が見つかりませんので、1行目に「タイムスタンプ」や「氏名」"
            "などの見出しが並ぶファイルを選んでください。"
        )
    return head


def _row(number: int, record: Record, width: int, decoded: DecodedText) -> TableRow:
    """Return a record as a data row of the table's width, with what is wrong with it."""
    cells = record.cells
    extra = cells[width:]
    problem, code, index = "", "", None
    if record.broken_cell is None and len(cells) == width and not decoded.foreign_lines:
        return TableRow(
            row=number,
            line=record.line,
            source_line=record.number or record.line,
            cells=cells,
            escape_codes=record.escape_codes,
        )
    where = row_words([record.number or record.line])
    lines = range(record.line, record.line + record.line_count)
    if not decoded.foreign_lines.isdisjoint(lines):
        problem, code = f"{where}だけ文字コードが違い、正しく読めたか分からない", "decode_error"
        if not decoded.unreadable_lines.isdisjoint(lines):
            cells, extra = ("",) * width, ()
            problem = f"{where}だけ文字コードが違い、読めない"
    elif record.broken_cell is not None:
        problem, code, index = (
            f'{where}の引用符（"）が正しく閉じていない',
            "unclosed_quote",
            record.broken_cell,
        )
    elif len(cells) < width and not record.was_truncated:
        problem, code = f"列の数が{len(cells)}しかない（見出しは{width}）", "column_count_mismatch"
    elif any(cell.strip() for cell in extra):
        problem, code = f"列の数が{len(cells)}ある（見出しは{width}）", "column_count_mismatch"
    padded = cells[:width] + ("",) * (width - len(cells))
    index = index if index is not None and index < width else None
    return TableRow(
        row=number,
        line=record.line,
        source_line=record.number or record.line,
        cells=padded + (extra if problem else ()),
        problem=problem,
        code=code,
        index=index,
        escape_codes=record.escape_codes,
    )
