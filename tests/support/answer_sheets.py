"""Filled-in sheets by the numbers on the paper: as keys, as rows of a form, counted by hand, read back from files."""

import functools
import io
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries
from pypdf import PdfReader

from tests.support.google_form import AskedQuestion

NONE = "無回答"
SINGLE, TEXT = "単一回答", "自由記述"
Sheet = Mapping[int, Sequence[int] | str]
"""By the number of the question: the numbers ticked, or what was written; what is missing was not answered."""
Counts = dict[str, tuple[int, str]]
"""By choice: people and per cent, as printed."""


def form_answer(questions: Sequence[AskedQuestion], sheet: Sheet) -> dict[str, str]:
    """The sheet as an online form stores it: by title, choices joined with 「;」."""
    answers = {}
    for number, given in sheet.items():
        question = questions[number - 1]
        answers[question.title] = (
            given if isinstance(given, str) else ";".join(question.options[tick - 1] for tick in given)
        )
    return answers


def paper_keys(questions: Sequence[AskedQuestion], sheet: Sheet) -> str:
    """The keys that type the sheet up to its last written text: 0 for no answer, Enter after several choices."""
    keys = ""
    for number, question in enumerate(questions, start=1):
        given = sheet.get(number, ())
        if question.kind == TEXT:
            break
        ticks = "".join(str(tick) for tick in given)
        keys += (ticks if question.kind == SINGLE else f"{ticks}⏎") if ticks else "0"
    return keys


def counted(questions: Sequence[AskedQuestion], sheets: Sequence[Sheet]) -> dict[int, Counts]:
    """Every question counted by hand; no answer is a row of its own, the base is all sheets."""
    found: dict[int, Counts] = {}
    for number, question in enumerate(questions, start=1):
        if question.kind == TEXT:
            continue
        people = dict.fromkeys((*question.options, NONE), 0)
        for sheet in sheets:
            for label in [question.options[int(tick) - 1] for tick in sheet.get(number, ())] or [NONE]:
                people[label] += 1
        found[number] = {label: (count, per_cent(count, len(sheets))) for label, count in people.items()}
    return found


def per_cent(part: int, base: int) -> str:
    """One decimal, halves up."""
    return str((Decimal(part) * 100 / Decimal(base)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def summed(counts: Counts, labels: Sequence[str]) -> tuple[int, str]:
    """People added first, then divided."""
    base = sum(count for count, _percent in counts.values())
    total = sum(counts[label][0] for label in labels)
    return total, per_cent(total, base)


def in_workbook(path: Path) -> dict[int, Counts]:
    """The tally as it stands in the sheet 「集計」 of a report."""
    found: dict[int, Counts] = {}
    here: Counts = {}
    for row in openpyxl.load_workbook(path, data_only=True)["集計"].iter_rows(values_only=True):
        # A column of the sheet may be wider than one of the table: what stands beside the label comes next.
        first, label, count, percent = (*row[:2], *[value for value in row[2:] if value is not None], None, None)[:4]
        start = re.match(r"問(\d+)　", str(first or ""))
        if start is not None:
            here = found.setdefault(int(start[1]), {})
        elif label and isinstance(count, int) and isinstance(percent, int | float):
            here[str(label)] = (count, f"{percent:.1f}")
    return found


def key_figures(path: Path) -> dict[str, object]:
    """The large numbers at the top of a report, by their names; what stands beside the printed page is left out."""
    sheet = openpyxl.load_workbook(path, data_only=True)["概要"]
    _left, _top, right, _bottom = range_boundaries(sheet.print_area.rpartition("!")[2])
    rows = list(sheet.iter_rows(values_only=True, max_col=right))
    names = next(n for n, row in enumerate(rows) if "アンケート回収" in row)
    return {str(name): value for name, value in zip(rows[names], rows[names + 1], strict=True) if name}


def charts_in(path: Path) -> int:
    """How many charts the workbook draws."""
    return sum(len(sheet._charts) for sheet in openpyxl.load_workbook(path))


def pdf_words(path: Path) -> str:
    """Everything a PDF says, its line breaks inside cells taken out as far as they can be."""
    return _words_in(path.read_bytes())


@functools.lru_cache
def _words_in(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def pdf_of_question(path: Path, number: int, title: str) -> str:
    """What a PDF says between the heading of a question and the next one."""
    words = pdf_words(path)
    start = words.index(f"問{number} {title}")
    return words[start:].split("\n注 ", 1)[0]
