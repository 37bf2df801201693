"""Columns and answers as a person set them by hand, laid over what the headings and the options tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.heading_roles import ColumnRole, fold_heading
from app.subjects.surveys.answers.intake.survey_columns import Column, map_columns
from db.records.surveys import Answer, Question

LEFT_OUT = ""
"""A column that is neither counted nor kept."""
AS_TEXT = "#text"
"""A column that is no question and is kept beside the answer as it stands."""
TIME = "#time"
BADGE = "#badge"
"""A column that only serves to see a re-submission; its values are not kept."""
OTHER = "#other:"
"""Before a question's code: the written その他 of that question."""

_ROLES: dict[str, ColumnRole] = {LEFT_OUT: "left_out", AS_TEXT: "unknown", TIME: "time", BADGE: "badge"}
PERSONAL: frozenset[ColumnRole] = frozenset({"mail", "badge", "name", "organisation", "personal"})
"""What a heading tells to be a person's data: never kept as text, also when asked for."""

Values = Mapping[tuple[str, str], str]
"""By question code and text: the option that is meant, or an empty text for an answer outside the list."""


def source_key(file: ForeignFile) -> str:
    """The key under which the columns of this form are remembered: its service and its folded headings."""
    return "\n".join([file.service, *(fold_heading(heading) for heading in file.headings)])


def assigned_columns(
    headings: Sequence[str], questions: Sequence[Question], assigned: Mapping[int, str]
) -> tuple[Column, ...]:
    """The columns as the headings tell them, with those ``assigned`` by hand (number from 0) laid over.

    A question that was given to another column leaves its own one, which is kept as text.
    """
    codes = {question.code for question in questions}
    wanted = {index: word for index, word in assigned.items() if _is_known(word, codes)}
    given = {word for word in wanted.values() if word in codes}
    columns = []
    for column in map_columns(headings, questions):
        word = wanted.get(column.index)
        if word is None:
            freed = column.role == "question" and column.code in given
            columns.append(Column(index=column.index, heading=column.heading, role="unknown") if freed else column)
        elif word != assigned_word(column):
            columns.append(_set(column, word, codes))
        else:
            columns.append(column)
    return tuple(columns)


def assigned_word(column: Column) -> str:
    """How the role of a column is written down when it is remembered."""
    if column.role in {"question", "tick"}:
        return column.code
    if column.role == "other_text":
        return OTHER + column.code
    return {"time": TIME, "badge": BADGE, "unknown": AS_TEXT}.get(column.role, LEFT_OUT)


def mapped_answers(
    answers: Mapping[str, Answer], values: Values, questions: Mapping[str, Question]
) -> dict[str, Answer]:
    """The answers with every text outside the list that a person gave to an option counted there."""
    found = dict(answers)
    for code, answer in answers.items():
        options = questions[code].options
        meant = {text: values.get((code, text), "") for text in answer.out_of_list}
        known = {text: option for text, option in meant.items() if option in options}
        if known:
            chosen = tuple(dict.fromkeys((*answer.chosen, *known.values())))
            rest = tuple(text for text in answer.out_of_list if text not in known)
            found[code] = replace(answer, chosen=chosen, out_of_list=rest)
    return found


def _is_known(word: str, codes: set[str]) -> bool:
    return word in codes or word in _ROLES or (word.startswith(OTHER) and word.removeprefix(OTHER) in codes)


def _set(column: Column, word: str, codes: set[str]) -> Column:
    role, code = _ROLES.get(word, column.role), ""
    if word in codes:
        role, code = "question", word
    elif word.startswith(OTHER):
        role, code = "other_text", word.removeprefix(OTHER)
    elif word == AS_TEXT and column.role in PERSONAL:
        role = column.role
    elif word == LEFT_OUT and column.role in PERSONAL:
        # Not kept either way; what tells a re-submission goes on doing so.
        role = column.role
    return Column(index=column.index, heading=column.heading, role=role, code=code)
