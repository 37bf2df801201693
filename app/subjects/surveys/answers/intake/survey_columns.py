"""Decides what each column of an answer file is: time, question, written その他, or a person's data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.foreign_files.heading_roles import ColumnRole, fold_heading, heading_role, title_core
from app.subjects.surveys.answers.intake.survey_ticks import is_other, tick_parts
from app.subjects.surveys.questions.intake.option_fold import option_reader
from db.records.surveys import Question

_OTHER_TEXT = re.compile(r"その他(?:の?(?:内容|記述|記入|回答|場合|詳細|具体.*))?(?:欄|\(.*\)|[:：].*)?|自由記入欄?")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: place from 0, heading as in the file, role, and the question it belongs to.

    ``option`` is the one option that a column of ticks stands for (その他 for the written one).
    """

    index: int
    heading: str
    role: ColumnRole
    code: str = ""
    option: str = ""


def map_columns(headings: Sequence[str], questions: Sequence[Question]) -> tuple[Column, ...]:
    """Give every heading its role.

    ``questions`` are matched first: by whole title, then by title without number and notes, then by a heading
    that is the bare code. A question without a column of its own may have one for each option. A column for the
    written その他 belongs to the question whose title it repeats, or to the choices that stand just before it.
    """
    codes = _match_questions(headings, questions)
    open_ones = [one for one in questions if one.type in {"SA", "MA"} and one.code not in codes.values()]
    by_code = {question.code: question for question in questions}
    columns: list[Column] = []
    for index, heading in enumerate(headings):
        before = by_code.get(columns[-1].code) if columns else None
        if index in codes:
            columns.append(Column(index=index, heading=heading, role="question", code=codes[index]))
            continue
        code, option = _tick_of(heading, open_ones)
        if code:
            columns.append(Column(index=index, heading=heading, role="tick", code=code, option=option))
            continue
        code = other_text_of(heading, questions, before)
        if code:
            columns.append(Column(index=index, heading=heading, role="other_text", code=code))
        else:
            columns.append(Column(index=index, heading=heading, role=heading_role(heading)))
    return tuple(columns)


def _match_questions(headings: Sequence[str], questions: Sequence[Question]) -> dict[int, str]:
    matched: dict[int, str] = {}
    for key in (fold_heading, title_core, None):
        for question in questions:
            if question.code in matched.values():
                continue
            wanted = fold_heading(question.code) if key is None else key(question.title)
            for index, heading in enumerate(headings):
                found = fold_heading(heading) if key is None else key(heading)
                if index not in matched and wanted and found == wanted:
                    matched[index] = question.code
                    break
    return matched


def _tick_of(heading: str, questions: Sequence[Question]) -> tuple[str, str]:
    """The question and the option that a column of ticks stands for, or empty texts."""
    parts = tick_parts(heading)
    core = title_core(parts[0]) if parts else ""
    for question in questions:
        if parts and core and core == title_core(question.title):
            option = option_reader(question.options).meant(parts[1])
            if option or (question.has_other and is_other(parts[1])):
                return question.code, option or parts[1]
    return "", ""


def other_text_of(heading: str, questions: Sequence[Question], before: Question | None) -> str:
    """The code of the question whose その他 is written in this column, or an empty text.

    ``before`` is the question of the column to the left.
    """
    core = title_core(heading)
    if "その他" not in core and not _OTHER_TEXT.fullmatch(core):
        return ""
    for question in questions:
        title = title_core(question.title)
        if question.type in {"SA", "MA"} and title and core.startswith(title) and core != title:
            return question.code
    choices = before is not None and before.type in {"SA", "MA"}
    return before.code if before is not None and choices and _OTHER_TEXT.fullmatch(fold_heading(heading)) else ""
