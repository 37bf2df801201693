"""A workbook of 10,000 applications read by our reader, child and all, against openpyxl alone in read-only mode."""

import tempfile
from pathlib import Path

import openpyxl

from app.foreign_files.foreign_file import read_foreign_file
from tests.bench.paired import Paired, pair
from tests.support.foreign_books import HEADINGS, book, rows

ROWS = 10_000
EXTRA = 12


def measure() -> Paired:
    """Time both on one file of 10,000 rows and twenty columns, in turn."""
    with tempfile.TemporaryDirectory() as place:
        path = book(Path(place) / "申込.xlsx", lambda sheet, _: rows(sheet, 1, _lines()))

        def ours() -> None:
            if len(read_foreign_file(path).rows) != ROWS:
                raise RuntimeError("rows were lost")

        def bare() -> None:
            workbook = openpyxl.load_workbook(path, read_only=True)
            for _ in workbook.worksheets[0].iter_rows(values_only=True):
                pass
            workbook.close()

        return pair(ours, bare, rounds=7, warm=1)


def _lines() -> list[tuple[object, ...]]:
    heading: tuple[object, ...] = (*HEADINGS, *(f"項目{number}" for number in range(EXTRA)))
    return [heading, *(_person(number) for number in range(ROWS))]


def _person(number: int) -> tuple[object, ...]:
    phone = f"03-{number // 10_000:04d}-{number % 10_000:04d}"
    person = (
        f"{number:06d}",
        f"2026/09/01 10:{number % 60:02d}",
        f"見本 {number}子",
        "ミホン",
        phone,
        f"みほん{number % 247}町会",
    )
    return (*person, "LINE講習会", "特になし", *(f"値{number * place}" for place in range(EXTRA)))
