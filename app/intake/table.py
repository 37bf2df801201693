"""Reads delimited text strictly into headings and rows, each row with its physical line in the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.intake.refusal import IntakeRefusal

MOST_COLUMNS = 200
MOST_ROWS = 10_000
LONGEST_CELL = 32_767
"""Characters; no more fit into one Excel cell, so a longer one is not an answer."""

_HEADING_SEARCH = 15
_HEADING_WORDS = re.compile(
    "タイムスタンプ|timestamp|日時|番号|氏名|名前|フリガナ|ふりがな|メール|電話|団体|町会|自治会|支部|年代|住所|役職"
    "|満足|理解|意見|感想|希望|^(?:q|問|設問)[0-9０-９]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One data row: ``row`` counts data rows from 1, ``line`` is the physical line where it starts."""

    row: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Headings with their physical line, data rows as wide as the headings, and the delimiter."""

    header_line: int
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    delimiter: str


def read_table(text: str, *, known_headings: Iterable[str] = ()) -> Table:
    """Parse ``text`` (comma or tab separated).

    ``known_headings`` are heading texts to look for first, such as question titles. Cells are kept letter for
    letter. Rows with too few or too many cells are kept and carry a ``problem``; lines with nothing in them
    are not rows. Raises IntakeRefusal for unclosed quotes, too many columns or rows, a cell that is too
    long, or when no heading row is found.
    """
    delimiter = _delimiter(text)
    records = list(_records(text, delimiter))
    position = _heading_position(records, frozenset(known_headings))
    header_line, headings = records[position]
    _refuse_swallowed_rows(records, delimiter, len(headings))
    rows = tuple(
        _row(number, line, cells, len(headings))
        for number, (line, cells) in enumerate(records[position + 1 :], start=1)
    )
    return Table(header_line=header_line, headings=headings, rows=rows, delimiter=delimiter)


def _delimiter(text: str) -> str:
    head = text[:20_000].split("\n", 3)[:3]
    commas = sum(line.count(",") for line in head)
    tabs = sum(line.count("\t") for line in head)
    return "\t" if tabs > commas else ","


def _records(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (first physical line, cells) of every record that has something in it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    count = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _parse_refusal(str(error), start) from None
        if len(cells) > MOST_COLUMNS:
            raise IntakeRefusal(
                f"列が多すぎて（{len(cells)}列、上限{MOST_COLUMNS}列）、"
                "アンケートや申込の一覧ではないようですので、ファイルを確かめて選び直してください。"
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise _long_cell_refusal(start)
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MOST_ROWS:
                raise IntakeRefusal(
                    f"行が多すぎますので（上限{MOST_ROWS}行）、必要な行だけのCSVにしてから選び直してください。"
                )
            yield start, tuple(cells)
        start = reader.line_num + 1


def _parse_refusal(message: str, line: int) -> IntakeRefusal:
    if "field larger" in message:
        return _long_cell_refusal(line)
    return _quote_refusal(line)


def _long_cell_refusal(line: int) -> IntakeRefusal:
    return IntakeRefusal(
        f"{line}行目に長すぎるセルがあり（上限{LONGEST_CELL}字）、表の見出しや行として読めませんので、"
        "ファイルを確かめて、ダウンロードをやり直してください。"
    )


def _quote_refusal(line: int) -> IntakeRefusal:
    return IntakeRefusal(
        f'{line}行目の引用符（"）が正しく閉じておらず、後の行を飲み込むおそれがあるため読みませんでしたので、'
        "その行を直すか、ダウンロードをやり直してください。"
    )


def _refuse_swallowed_rows(records: list[tuple[int, tuple[str, ...]]], delimiter: str, width: int) -> None:
    """Refuse a cell that holds whole lines of the table: its quote was closed by a later row's quote."""
    if width < 3:
        return
    for line, cells in records:
        for cell in cells:
            if "\n" in cell and any(part.count(delimiter) >= width - 1 for part in cell.split("\n")[1:]):
                raise _quote_refusal(line)


def _heading_position(records: list[tuple[int, tuple[str, ...]]], known: frozenset[str]) -> int:
    """The record with the most known headings among the first; ties go to the first of them."""
    best, best_score = -1, 0
    for position, (_, cells) in enumerate(records[:_HEADING_SEARCH]):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) < 2:
            continue
        score = sum(3 if cell in known else 1 for cell in filled if cell in known or _looks_like_heading(cell))
        if score > best_score:
            best, best_score = position, score
    if best < 0:
        raise IntakeRefusal(
            "見出しの行が見つかりませんので、1行目に「タイムスタンプ」や設問の文が並ぶCSVを選んでください。"
        )
    return best


def _looks_like_heading(cell: str) -> bool:
    return len(cell) <= 120 and "：" not in cell and bool(_HEADING_WORDS.search(cell))


def _row(number: int, line: int, cells: tuple[str, ...], width: int) -> TableRow:
    extra = cells[width:]
    problem = ""
    if len(cells) < width:
        problem = f"列の数が{len(cells)}しかない（見出しは{width}）"
    elif any(cell.strip() for cell in extra):
        problem = f"列の数が{len(cells)}ある（見出しは{width}）"
    padded = cells[:width] + ("",) * (width - len(cells))
    return TableRow(row=number, line=line, cells=padded + (extra if problem else ()), problem=problem)
