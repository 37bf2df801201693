"""Says, row by row, what a person has to look at in a list of applications before it belongs to any event."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from app.intake.survey_judging import RowProblem
from app.intake.survey_source import fold_heading, parse_timestamp
from app.intake.table import Table
from app.rules.survey_values import parse_number

_KANA = re.compile(r"ふりがな|フリガナ|カナ")
_NAME = re.compile(r"氏名|名前")
_PHONE = re.compile(r"電話|携帯|tel")
_PEOPLE = re.compile(r"人数|何人|何名")
_WISHED = re.compile(r"希望日|実施日|開催日")
_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(r"(\d{4})[/\-.年](\d{1,2})[/\-.月](\d{1,2})")
_SAME_AS_ABOVE = {"同上", "〃", "々"}


def judge_applications(table: Table) -> list[RowProblem]:
    """List what is doubtful in the rows: an empty name or telephone, odd kana, digits, numbers, dates, one person twice.

    Nothing is mended; whether 団体 and wishes exist is judged where their lists are known.
    """
    places = _Places(table.headings)
    found: list[RowProblem] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        # A row that is broken in its columns says so already; its cells stand in the wrong places.
        if row.problem or not any(cell.strip() for cell in row.cells):
            continue
        found += [
            RowProblem(row=row.row, column=table.headings[index], reason=reason, code=code)
            for index, reason, code in [*_required(row.cells, places), *_odd_cells(row.cells, places)]
        ]
        person = _person(row.cells, places)
        if person and person in seen:
            reason = f"データ{seen[person]}行目と電話番号・氏名が同じ（空白とカナの幅を除く）"
            heading = table.headings[places.names[0]]
            found.append(RowProblem(row=row.row, column=heading, reason=reason, code="duplicate_person"))
        elif person:
            seen[person] = row.row
    return found


class _Places:
    """Which columns hold what, by their headings; a heading may stand twice (two contact persons)."""

    def __init__(self, headings: Sequence[str]) -> None:
        folded = [fold_heading(heading) for heading in headings]
        self.kana = [index for index, heading in enumerate(folded) if _KANA.search(heading)]
        self.names = [index for index, heading in enumerate(folded) if _NAME.search(heading) and index not in self.kana]
        self.phones = [index for index, heading in enumerate(folded) if _PHONE.search(heading)]
        self.people = [index for index, heading in enumerate(folded) if _PEOPLE.search(heading)]
        self.wished = [index for index, heading in enumerate(folded) if _WISHED.search(heading)]


def _required(cells: Sequence[str], places: _Places) -> list[tuple[int, str, str]]:
    """The first name and the first telephone number have to be there."""
    wanted = [(indices[0], word) for indices, word in ((places.names, "氏名"), (places.phones, "電話番号")) if indices]
    return [(index, f"{word}が空", "missing_required") for index, word in wanted if not cells[index].strip()]


def _odd_cells(cells: Sequence[str], places: _Places) -> list[tuple[int, str, str]]:
    found = [
        (index, "ふりがなに漢字がある", "kana_invalid")
        for index in places.kana
        if _KANJI.search(cells[index]) and cells[index].strip() not in _SAME_AS_ABOVE
    ]
    for index in places.phones:
        digits = _phone(cells[index])
        if digits and not 10 <= len(digits) <= 11:
            found.append((index, f"電話番号の数字が{len(digits)}桁（ふつうは10桁か11桁）", "phone_invalid"))
    for index in places.people:
        if cells[index].strip() and not parse_number(_without_counter(cells[index])):
            found.append((index, "人数を1つの数にできない", "not_a_number"))
    for index in places.wished:
        if _is_no_day(cells[index]):
            found.append((index, f"「{cells[index].strip()[:40]}」という日はない", "invalid_date"))
    return found


def _phone(cell: str) -> str:
    """The digits of a telephone number; one nought that a sheet took from the front is put back to compare."""
    digits = "".join(_DIGITS.findall(unicodedata.normalize("NFKC", cell)))
    return "0" + digits if digits and not digits.startswith("0") and len(digits) in (9, 10) else digits


def _without_counter(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().removesuffix("名").removesuffix("人")


def _is_no_day(cell: str) -> bool:
    written = _DATE.search(unicodedata.normalize("NFKC", cell))
    if not written or parse_timestamp(cell):
        return False
    try:
        date(*(int(part) for part in written.groups()))
    except ValueError:
        return True
    return False


def _person(cells: Sequence[str], places: _Places) -> tuple[str, str] | None:
    """A key for one person, to see a second application: never stored, never shown."""
    if not places.names or not places.phones:
        return None
    name = "".join(unicodedata.normalize("NFKC", cells[places.names[0]]).split())
    phone = _phone(cells[places.phones[0]])
    return (name, phone) if name and phone else None
