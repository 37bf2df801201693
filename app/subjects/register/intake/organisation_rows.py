"""Reads the rows of a list of 団体: 支部 carried down, 段階 per tool, numbers as numbers, and what is doubtful."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow
from app.foreign_files.telltale_texts import count_lost_signs, has_lost_sign
from app.subjects.register.intake import person_values
from app.subjects.register.intake.organisation_branches import branches_by_row
from app.subjects.register.intake.organisation_fields import ORGANISATION_FIELDS, STAGE, propose_organisation_columns
from app.subjects.register.intake.organisation_matching import plain_organisation
from app.subjects.register.intake.organisation_shape import OrganisationRow, OrganisationTable

__all__ = [
    "ORGANISATION_FIELDS",
    "STAGE",
    "OrganisationRow",
    "OrganisationTable",
    "propose_organisation_columns",
    "read_organisations",
]

_VACANT = re.compile(r"[(（【]?\s*(?:空席|不在|未定|欠員|なし|選任中|調整中)\s*[)）】]?")
_CROSSES = "✕✖✗❌xX"
_NAMES = ("branch", "name", "furigana", "chair", "chair_furigana")
_LABELS = {**ORGANISATION_FIELDS, "chair": "会長名"}


def read_organisations(file: ForeignFile, columns: Mapping[int, str] | None = None) -> OrganisationTable:
    """Read every row of ``file``; ``columns`` (column number to field) default to the proposal.

    Totals and subtotals are no 団体. × (希望しない), 0 (未着手) and an empty cell are three different things; a
    value out of range is named and not taken.
    """
    used = propose_organisation_columns(file.headings, file.groups) if columns is None else columns
    branches = branches_by_row(file, used)
    rows = [_Row(file, used, row, *branches[row.row]).read() for row in file.rows]
    rows = _compared(rows, file, used)
    tools = [field.removeprefix(STAGE) for _, field in sorted(used.items()) if field.startswith(STAGE)]
    whole = tuple(notice for notice in file.notices if not notice.row)
    return OrganisationTable(
        rows=tuple(rows),
        columns=dict(used),
        tools=tuple(tools),
        unmapped=tuple(h.strip() for index, h in enumerate(file.headings) if h.strip() and index not in used),
        problems=tuple(problem for row in rows for problem in row.problems),
        notices=(*whole, *(notice for row in rows for notice in row.notices)),
        lost_characters=count_lost_signs(row.values.get(field, "") for row in rows for field in _NAMES),
    )


class _Row:
    """Reads one row and notes what is odd in it."""

    def __init__(
        self, file: ForeignFile, columns: Mapping[int, str], row: ForeignRow, branch: str, branch_doubt: str
    ) -> None:
        self._file = file
        self._columns = columns
        self._row = row
        self._branch = branch
        self._branch_doubt = branch_doubt
        self._places = {field: index for index, field in sorted(columns.items(), reverse=True)}
        self._values = {
            field: person_values.clean(row.cells[index])
            for field, index in self._places.items()
            if index < len(row.cells)
        }
        self._problems = [finding for finding in file.problems if finding.row == row.row]
        self._notices = [finding for finding in file.notices if finding.row == row.row]

    def read(self) -> OrganisationRow:
        """The row with everything that is doubtful in it; nothing is judged in a broken one."""
        values = self._values
        broken = bool(self._row.problem)
        if not broken:
            self._judge_names()
        chair = values.get("chair", "")
        vacant = bool(_VACANT.fullmatch(chair))
        if vacant and not broken:
            self._note("chair", "会長が空席", "chair_vacant")
        households, households_text = self._amount("households", "世帯数", broken=broken)
        subsidy, subsidy_note = self._amount("subsidy", "補助金", broken=broken)
        pairs = [[self._file.headings[i].strip(), self._row.cells[i]] for i in range(len(self._file.headings))]
        return OrganisationRow(
            row=self._row.row,
            place=self._row.place,
            raw=json.dumps([pair for pair in pairs if pair[1]], ensure_ascii=False),
            values=values,
            branch=self._branch,
            name=values.get("name", ""),
            furigana=values.get("furigana", ""),
            chair="" if vacant else chair,
            chair_furigana=values.get("chair_furigana", ""),
            chair_vacant=vacant,
            phone=self._phone(broken=broken),
            fax=person_values.read_phone(values.get("fax", "")).digits,
            email=values.get("email", "") if "@" in values.get("email", "") else "",
            address=values.get("address", ""),
            households=households,
            households_text=households_text,
            stages=self._stages(broken=broken),
            subsidy=subsidy,
            subsidy_note=subsidy_note,
            support_policy=values.get("support_policy", ""),
            note=values.get("note", ""),
            lost=tuple(field for field in _NAMES if has_lost_sign(values.get(field, ""))),
            broken=broken,
            problems=tuple(self._problems),
            notices=tuple(self._notices),
        )

    def _judge_names(self) -> None:
        if not self._values.get("name"):
            self._object("name", "団体名が空", "missing_required")
        if self._branch_doubt == "carried":
            self._note("branch", f"支部が空のため、上の「{self._branch}」を使う", "branch_carried")
        elif self._branch_doubt == "missing":
            self._object("branch", "支部が空。連合会未加盟か書き忘れかを確かめる", "branch_missing")
        for field in _NAMES:
            if has_lost_sign(self._values.get(field, "")):
                reason = f"{_LABELS[field]}に「?」などがあり、文字が失われたおそれがある"
                self._object(field, reason, "lost_character")

    def _phone(self, *, broken: bool) -> str:
        text = self._values.get("phone", "")
        if broken or not text:
            return ""
        reading = person_values.read_phone(text)
        if reading.problem and (text in person_values.NOT_PUBLIC or not any(sign.isdecimal() for sign in text)):
            self._note("phone", f"電話番号の欄が「{text[:20]}」", "phone_absent")
        elif reading.problem:
            self._object("phone", reading.problem, "phone_invalid")
        elif reading.restored:
            shown = person_values.shown_phone(reading.digits)
            self._note("phone", f"先頭の0が落ちた電話番号。{shown} と読む", "phone_leading_zero_restored")
        return reading.digits

    def _amount(self, field: str, word: str, *, broken: bool) -> tuple[int | None, str]:
        """A number, or the text that is none (約300, 申請中)."""
        text = self._values.get(field, "")
        if not text:
            if field == "households" and field in self._values and not broken:
                self._note(field, f"{word}が空", "blank_value")
            return None, ""
        number = person_values.read_amount(text)
        if number is not None and number >= 0:
            return number, ""
        if not broken:
            self._object(field, f"{word}「{text[:20]}」を数として読めない", "not_a_number")
        return None, text

    def _stages(self, *, broken: bool) -> dict[str, str]:
        stages: dict[str, str] = {}
        for field, text in self._values.items():
            if not field.startswith(STAGE) or broken:
                continue
            tool = field.removeprefix(STAGE)
            folded = unicodedata.normalize("NFKC", text)
            if not text:
                self._note(field, f"{tool}が空（×とは区別する）", "blank_value")
            elif text == "×" or text in _CROSSES:
                stages[tool] = "×"
                if text != "×":
                    self._note(field, f"「{text}」は×と同じ", "batsu_variant")
            elif folded in {"0", "1", "2", "3", "4", "5"}:
                stages[tool] = folded
            else:
                self._object(field, f"{tool}が「{text[:20]}」（0〜5か×）", "value_out_of_range")
        return stages

    def _object(self, field: str, reason: str, code: str) -> None:
        self._problems.append(self._finding(field, reason, code))

    def _note(self, field: str, reason: str, code: str) -> None:
        self._notices.append(self._finding(field, reason, code))

    def _finding(self, field: str, reason: str, code: str) -> Finding:
        index = self._places.get(field)
        column = None if index is None else self._file.headings[index]
        return Finding(row=self._row.row, index=index, column=column, reason=reason, code=code)


def _compared(rows: Sequence[OrganisationRow], file: ForeignFile, columns: Mapping[int, str]) -> list[OrganisationRow]:
    """Name 団体 that stand twice, and those whose name another 支部 has too (the key is 支部 and 団体名)."""
    index = next((place for place, field in sorted(columns.items()) if field == "name"), None)
    column = None if index is None else file.headings[index]
    first: dict[tuple[str, str], int] = {}
    branches: dict[str, set[str]] = {}
    for row in rows:
        if row.name and not row.broken:
            first.setdefault((plain_organisation(row.name), row.branch), row.row)
            branches.setdefault(plain_organisation(row.name), set()).add(row.branch)
    compared = []
    for row in rows:
        name = plain_organisation(row.name)
        earlier = first.get((name, row.branch), row.row)
        if earlier != row.row and not row.broken:
            reason = f"データ{earlier}行目と同じ団体（支部と団体名が同じ）"
            found = Finding(row=row.row, index=index, column=column, reason=reason, code="duplicate_organisation")
            compared.append(replace(row, problems=(*row.problems, found)))
        elif len(branches.get(name, ())) > 1 and not row.broken:
            reason = "同じ名の団体が別の支部にある。まとめない"
            found = Finding(row=row.row, index=index, column=column, reason=reason, code="same_name_other_branch")
            compared.append(replace(row, notices=(*row.notices, found)))
        else:
            compared.append(row)
    return compared
