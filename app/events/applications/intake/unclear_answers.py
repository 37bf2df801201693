"""Groups unreadable answers, so that equal words of one question under one heading are asked about once.

Only 撮影, 端末 and 状態 are grouped: 配慮 and 同行者 belong to each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.events.applications.intake.application_answers import UNCLEAR_ANSWER
from app.events.applications.intake.application_rows import ApplicationRow, ApplicationTable
from app.foreign_files.cells.answer_reading import fold_cell
from app.foreign_files.foreign_shape import Finding
from db.record import record

LEFT_EMPTY: Final = "空のまま"
TAKES_PART: Final = "参加"
WITHDRAWN: Final = "取下げ"
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "photo": ("可", "不可", LEFT_EMPTY),
    "device": ("貸与", "持参", LEFT_EMPTY),
    "status": (TAKES_PART, WITHDRAWN),
}
"""Possible answers about a cell of each field."""
_REMARK_LABELS: Final = {"photo": "撮影の返事", "status": "状態"}
"""Fields whose words an application stores nowhere else; once decided they are kept as a remark."""

AnswerKey = tuple[str, int, str]
"""Field, number of the column, and the words in the form in which they are compared."""


@record
class UnclearAnswer:
    """Equal words of one question under one ``heading``, with the numbers of their rows."""

    key: AnswerKey
    heading: str
    words: str
    rows: tuple[int, ...]

    @property
    def field(self) -> str:
        """Return the field that is asked about."""
        return self.key[0]

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the possible answers."""
        return CHOICES[self.field]


def find_unclear_answers(table: ApplicationTable) -> tuple[UnclearAnswer, ...]:
    """Return the questions of ``table``, in the order of the columns and of the first row of each."""
    found: dict[AnswerKey, list[tuple[ApplicationRow, Finding]]] = {}
    for row in table.rows:
        for problem in row.problems:
            key = _key(table, row, problem)
            if key is not None:
                found.setdefault(key, []).append((row, problem))
    asked = [
        UnclearAnswer(
            key=key,
            heading=" ".join((places[0][1].column or "").split()),
            words=" ".join(places[0][0].values.get(key[0], "").split()),
            rows=tuple(row.row for row, _problem in places),
        )
        for key, places in found.items()
    ]
    return tuple(sorted(asked, key=lambda one: (one.key[1], one.rows[0])))


def _key(table: ApplicationTable, row: ApplicationRow, problem: Finding) -> AnswerKey | None:
    """Return the key of an unclear answer, equal for those asked about once; None for any other problem."""
    if problem.code != UNCLEAR_ANSWER or problem.index is None:
        return None
    field = table.columns.get(problem.index, "")
    return (field, problem.index, fold_cell(row.values.get(field, ""))) if field in CHOICES else None


def unclear_words_by_row(table: ApplicationTable) -> dict[int, dict[str, str]]:
    """Return the unreadable answers of an application file, by row and field."""
    found: dict[int, dict[str, str]] = {}
    for row in table.rows:
        for problem in row.problems:
            key = _key(table, row, problem)
            if key is not None:
                found.setdefault(row.row, {})[key[0]] = " ".join(row.values.get(key[0], "").split())
    return found


def with_answers(
    table: ApplicationTable, answers: Mapping[AnswerKey, str], row_answers: Mapping[int, Mapping[str, str]]
) -> ApplicationTable:
    """Return ``table`` with the clerk's answers to the questions about unreadable words.

    Args:
        answers: for all equal words of a question.
        row_answers: row to field to answer, which take precedence.
    """
    if not answers and not row_answers:
        return table
    rows = tuple(_apply_answers(table, row, answers, row_answers.get(row.row, {})) for row in table.rows)
    return replace(table, rows=rows)


def _apply_answers(
    table: ApplicationTable, row: ApplicationRow, answers: Mapping[AnswerKey, str], row_answers: Mapping[str, str]
) -> ApplicationRow:
    """Return the row with the answers that the user gave to its unclear cells."""
    settled: list[tuple[str, str]] = []
    open_ones: list[Finding] = []
    for problem in row.problems:
        key = _key(table, row, problem)
        answer = row_answers.get(key[0], answers.get(key, "")) if key is not None else ""
        if key is not None and answer in CHOICES[key[0]]:
            settled.append((key[0], answer))
        else:
            open_ones.append(problem)
    if not settled:
        return row
    said = dict(settled)
    return replace(
        row,
        problems=tuple(open_ones),
        photo=_answer_word(said["photo"]) if "photo" in said else row.photo,
        device=_answer_word(said["device"]) if "device" in said else row.device,
        withdrawn=row.withdrawn or said.get("status") == WITHDRAWN,
        remark_words=(*row.remark_words, *_unanswered_remarks(row, list(said))),
    )


def _answer_word(answer: str) -> str:
    return "" if answer == LEFT_EMPTY else answer


def _unanswered_remarks(row: ApplicationRow, fields: Sequence[str]) -> list[str]:
    """Return 「撮影の返事「…」」 and 「状態「…」」 with the words of a row, of those that are in ``fields``."""
    return [
        f"{label}「{' '.join(row.values.get(field, '').split())}」"
        for field, label in _REMARK_LABELS.items()
        if field in fields
    ]
