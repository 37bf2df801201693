"""Finds answers that may come from one person: re-submissions and double clicks. Decides nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.subjects.surveys.answers.intake.survey_columns import Column
from app.subjects.surveys.answers.intake.survey_judging import RowProblem
from app.subjects.surveys.answers.intake.survey_rows import SurveyRow
from db.records.surveys import Answer

DOUBLE_CLICK_SECONDS = 600
UNKEYED_SECONDS = 60
_UNKEYED_ANSWERS = 3


@dataclass(frozen=True, kw_only=True)
class DuplicateSet:
    """Data rows that may be one answer, why, and which row stays if a person decides to merge them."""

    rows: tuple[int, ...]
    reason: str
    kind: Literal["resubmission", "double_submit"]
    keep: int


def find_duplicates(rows: Sequence[SurveyRow]) -> tuple[DuplicateSet, ...]:
    """Group rows by respondent; rows without one are compared with the row just before them."""
    groups: dict[str, list[SurveyRow]] = {}
    unkeyed: list[SurveyRow] = []
    for row in rows:
        if row.respondent:
            groups.setdefault(row.respondent, []).append(row)
        else:
            unkeyed.append(row)
    found = [_keyed_set(group) for group in groups.values() if len(group) > 1]
    found += _unkeyed_sets(unkeyed)
    return tuple(sorted(found, key=lambda duplicate: duplicate.rows))


def duplicate_problems(
    rows: Sequence[SurveyRow], duplicates: Sequence[DuplicateSet], columns: Sequence[Column]
) -> list[RowProblem]:
    """One problem for every row of a set but its first, at the column that told it."""
    by_number = {row.row: row for row in rows}
    found = []
    for duplicate in duplicates:
        column = _telling_column(by_number[duplicate.rows[0]], columns)
        for earlier, later in zip(duplicate.rows, duplicate.rows[1:], strict=False):
            doubled = _same_answers(by_number[earlier], by_number[later])
            if doubled and duplicate.kind == "double_submit":
                reason, code = "直前の回答と同じ内容（二度押しの疑い）", "double_submit"
            else:
                name = by_number[later].respondent.split(":", 1)[0]
                reason, code = f"{name}が同じ前の回答がある", "resubmission"
            found.append(RowProblem(row=later, column=column, reason=reason, code=code))
    return found


def _keyed_set(group: list[SurveyRow]) -> DuplicateSet:
    name = group[0].respondent.split(":", 1)[0]
    numbers = tuple(row.row for row in group)
    pairs = list(itertools.pairwise(group))
    gaps = [_seconds_between(earlier, later) for earlier, later in pairs]
    same = all(_same_answers(earlier, later) for earlier, later in pairs)
    if same and all(gap is not None and gap <= DOUBLE_CLICK_SECONDS for gap in gaps):
        reason = f"{name}が同じで答えも同じ、{_gap_words(max(gap or 0 for gap in gaps))}（二度押し）"
        return DuplicateSet(rows=numbers, reason=reason, kind="double_submit", keep=numbers[0])
    words = "答えも同じ" if same else "答えが違う"
    reason = f"{name}が同じで{words}（再送信）。まとめるなら後の回答を残す"
    return DuplicateSet(rows=numbers, reason=reason, kind="resubmission", keep=_latest(group).row)


def _latest(group: list[SurveyRow]) -> SurveyRow:
    """The last answer by time stamp; the file's order decides where a stamp is missing."""
    if any(row.answered_at is None for row in group):
        return group[-1]
    return max(group, key=lambda row: (row.answered_at, row.row))


def _unkeyed_sets(rows: list[SurveyRow]) -> list[DuplicateSet]:
    found: list[DuplicateSet] = []
    for earlier, later in itertools.pairwise(rows):
        gap = _seconds_between(earlier, later)
        answered = sum(answer != Answer() for answer in earlier.answers.values())
        if gap is None or gap > UNKEYED_SECONDS or answered < _UNKEYED_ANSWERS:
            continue
        if _same_answers(earlier, later):
            reason = f"答えがすべて同じで{_gap_words(gap)}（二度押しの疑い。だれの回答かは分からない）"
            numbers = (earlier.row, later.row)
            found.append(DuplicateSet(rows=numbers, reason=reason, kind="double_submit", keep=earlier.row))
    return found


def _same_answers(one: SurveyRow, other: SurveyRow) -> bool:
    return one.answers == other.answers and one.extra == other.extra


def _seconds_between(earlier: SurveyRow, later: SurveyRow) -> int | None:
    if earlier.answered_at is None or later.answered_at is None:
        return None
    return int(abs((later.answered_at - earlier.answered_at).total_seconds()))


def _gap_words(seconds: int) -> str:
    """A source that only keeps minutes gives no difference at all."""
    return f"{seconds}秒差" if seconds else "同じ時刻"


def _telling_column(row: SurveyRow, columns: Sequence[Column]) -> str | None:
    role = {"メールアドレス": "mail", "番号": "badge", "団体名と氏名": "name"}.get(row.respondent.split(":", 1)[0])
    return next((column.heading for column in columns if column.role == role), None)
