"""Groups unreadable answers, so that equal words of one question under one heading are asked about once.

Only 撮影, 端末 and 状態 are grouped: 配慮, 同行者 and what somebody says in his own words belong to each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.events.applications.intake.application_answers import (
    CANCELLED_ROW,
    OWN_WORDS,
    TOLD_NEED,
    UNCLEAR_ANSWER,
    UNNAMED,
)
from app.events.applications.intake.application_rows import ApplicationRow, ApplicationTable
from app.foreign_files.cells.answer_headings import About
from app.foreign_files.cells.answer_reading import fold_cell
from app.foreign_files.cells.date_parsing import WITHOUT_ORDER, DateOrder
from app.foreign_files.cells.spoken_answers import acts_in
from app.foreign_files.foreign_shape import Finding
from app.importing.missing_years import ORDERS
from db.record import record

LEFT_EMPTY = "空のまま"
CONDITIONAL = "条件つき"
OWN = "note"
AS_NEED, WITH_OTHERS, AS_KEPT = "配慮へ", "同行者", "そのまま"
_PROPOSALS: Mapping[About, str] = {
    "need": AS_NEED, "consent": "撮影不可", "state": "欠席", "device": "端末を貸す", "companions": WITH_OTHERS,
}  # fmt: skip
_FROM_WORDS: Mapping[str, Mapping[str, Any]] = {
    "撮影不可": {"photo": "不可"}, CONDITIONAL: {"photo": CONDITIONAL}, "欠席": {"withdrawn": True},
    "端末を貸す": {"device": "貸与"}, "端末を持参": {"device": "持参"},
}  # fmt: skip
"""What the words of an applicant change at his application."""
TAKES_PART = "参加"
WITHDRAWN = "取下げ"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "photo": ("可", "不可", CONDITIONAL, LEFT_EMPTY),
    "publication": ("可", "不可", CONDITIONAL, LEFT_EMPTY),
    "device": ("貸与", "持参", LEFT_EMPTY),
    "status": (TAKES_PART, WITHDRAWN),
    OWN: (AS_NEED, "撮影不可", CONDITIONAL, "欠席", "端末を貸す", WITH_OTHERS, AS_KEPT, "端末を持参"),
}
"""Possible answers about a cell of each field."""
_PICTURES = ("photo", "publication")
_REMARK_LABELS = {"photo": "撮影の返事", "publication": "掲載の返事", "status": "状態"}
"""Fields whose words an application stores nowhere else; once decided they are kept as a remark."""

AnswerKey = tuple[str, int, str]
"""Field, number of the column (of own words that of the row), and the words in the form in which they are compared."""


@record
class AnswerQuestion:
    """Equal words of one question under one ``heading`` ("" = somebody's own words), with the numbers of their rows.

    ``proposal`` is the answer that the words suggest, ``names`` are those of the rows, ``answer`` "" = none yet,
    ``options`` the possible answers where they are its own.
    """

    key: AnswerKey
    heading: str
    words: str
    rows: tuple[int, ...]
    proposal: str = ""
    names: tuple[str, ...] = ()
    answer: str = ""
    options: tuple[str, ...] = ()

    @property
    def id(self) -> AnswerKey:
        """Return the key, which stays the same when the file is judged again."""
        return self.key

    @property
    def field(self) -> str:
        """Return the field that is asked about."""
        return self.key[0]

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the possible answers."""
        return self.options or CHOICES.get(self.field, tuple(ORDERS))


def find_unclear_answers(table: ApplicationTable) -> tuple[AnswerQuestion, ...]:
    """Return the questions of ``table``, in the order of the columns and of the first row of each."""
    found: dict[AnswerKey, list[tuple[ApplicationRow, Finding]]] = {}
    for row in table.rows:
        for problem in row.problems:
            key = _key(table, row, problem)
            if problem.code == WITHOUT_ORDER and problem.index is not None:
                key = table.columns[problem.index], problem.index, ""
            if key is not None:
                found.setdefault(key, []).append((row, problem))
    asked = [
        AnswerQuestion(
            key=key,
            heading=" ".join((places[0][1].column or "").split()),
            words=" ".join(places[0][0].values.get(key[0], "").split()),
            rows=tuple(row.row for row, _problem in places),
            proposal=CONDITIONAL if key[0] in _PICTURES else "",
        )
        for key, places in found.items()
    ]
    asked.sort(key=lambda one: (one.key[1], one.rows[0]))
    own = [_own_words(row) for row in table.rows if row.note and not row.is_broken]
    return (*asked, *sorted(own, key=lambda one: (one.key[2], one.rows[0])))


def day_orders(answers: Mapping[AnswerKey, str]) -> dict[int, DateOrder]:
    """Return by column which of day and month comes first, as far as ``answers`` say it."""
    return {index: ORDERS[answer] for (_, index, _), answer in answers.items() if answer in ORDERS}


def _own_words(row: ApplicationRow) -> AnswerQuestion:
    """Return the question what to make of somebody's own words, with what the reader finds in them as proposal."""
    is_need = any(one.code == TOLD_NEED for one in row.problems)
    found = [AS_NEED] if is_need else [_PROPOSALS[about] for about in acts_in(row.note)]
    return AnswerQuestion(
        key=_own_key(row),
        heading="",
        words=" ".join(row.note.split()),
        rows=(row.row,),
        proposal=found[0] if found else "",
    )


def _own_key(row: ApplicationRow) -> AnswerKey:
    return OWN, row.row, fold_cell(row.note)


def _key(table: ApplicationTable, row: ApplicationRow, problem: Finding) -> AnswerKey | None:
    """Return the key of an unclear answer, equal for those asked about once; None for any other problem."""
    if problem.code != UNCLEAR_ANSWER or problem.index is None:
        return None
    field = table.columns.get(problem.index, "")
    return (field, problem.index, fold_cell(row.values.get(field, ""))) if field in CHOICES and field != OWN else None


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
    rows = tuple(
        _use_words(table, _apply_answers(table, row, answers, row_answers.get(row.row, {})), answers)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _use_words(table: ApplicationTable, row: ApplicationRow, answers: Mapping[AnswerKey, str]) -> ApplicationRow:
    use = answers.get(_own_key(row), "") if row.note else ""
    if not use:
        return row
    problems = [
        one
        for one in row.problems
        if not _settles(use, one.code) or (one.index is not None and table.columns.get(one.index) != OWN)
    ]
    if use == WITH_OTHERS and not row.names:
        index = next((at for at, key in table.columns.items() if key == OWN), None)
        reason = "お連れの方のお名前を伺って、「直す」で入れてください"
        problems.append(Finding(row=row.row, index=index, column=None, reason=reason, code=UNNAMED))
    values = {**_FROM_WORDS.get(use, {}), "words_use": use, "problems": tuple(problems)}
    if use == AS_NEED and row.note not in row.care:
        values["care"] = "\n".join(filter(None, (row.care, row.note)))
    if use == CONDITIONAL:
        values["photo_words"] = row.note
    return replace(row, **values)


def _settles(use: str, code: str) -> bool:
    """Return whether what was made of own words answers the question ``code``; only 欠席 says who comes or not."""
    if code not in (CANCELLED_ROW, TOLD_NEED, *OWN_WORDS.values()):
        return False
    if use in ("欠席", AS_KEPT):
        return use == "欠席" or code not in (CANCELLED_ROW, OWN_WORDS["state"])
    matters: Mapping[str, About] = {"photo": "consent", "device": "device"}
    said = {AS_NEED: TOLD_NEED, WITH_OTHERS: OWN_WORDS["companions"]}
    return code in (said.get(use), *(OWN_WORDS[matters[field]] for field in _FROM_WORDS.get(use, ())))


def _apply_answers(
    table: ApplicationTable, row: ApplicationRow, answers: Mapping[AnswerKey, str], row_answers: Mapping[str, str]
) -> ApplicationRow:
    settled: list[tuple[str, str]] = []
    open_ones = []
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
    values: dict[str, Any] = {key: "" if one == LEFT_EMPTY else one for key, one in said.items() if key != "status"}
    conditions = [" ".join(row.values[key].split()) for key in _PICTURES if said.get(key) == CONDITIONAL]
    return replace(
        row,
        problems=tuple(open_ones),
        **values,
        photo_words="　".join(conditions) or row.photo_words,
        withdrawn=row.withdrawn or said.get("status") == WITHDRAWN,
        remark_words=(*row.remark_words, *_unanswered_remarks(row, list(said))),
    )


def _unanswered_remarks(row: ApplicationRow, fields: Sequence[str]) -> list[str]:
    """Return 「撮影の返事「…」」 and 「状態「…」」 with the words of a row, of those that are in ``fields``."""
    return [
        f"{label}「{' '.join(row.values.get(field, '').split())}」"
        for field, label in _REMARK_LABELS.items()
        if field in fields
    ]
