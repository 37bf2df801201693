"""Answer files as other forms hand them out: any table of texts as CSV in any encoding, or as a workbook."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl


def write_csv(
    path: Path,
    rows: Sequence[Sequence[str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    newline: str = "\r\n",
) -> Path:
    """Write ``rows``, headings first."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_book(path: Path, rows: Sequence[Sequence[Any]], *, above: Sequence[Sequence[Any]] = ()) -> Path:
    """Write ``rows``, headings first, into one sheet, below the lines ``above``."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*above, *rows):
        sheet.append(list(row))
    book.save(path)
    return path
