"""Which printed rows one answer belongs to: counting, cross tables and the raw sheet must agree on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.subjects.surveys.questions.rules.survey_questions import other_option
from db.records.surveys import Answer, Question

MORE_THAN_ONE = "2つ以上を選んだ回答"
NO_ANSWER = "無回答"
OUTSIDE = "選択肢にない回答"


@dataclass(frozen=True, kw_only=True)
class AnswerRows:
    """One answer to an SA or MA question: options of the list, その他, and what stands outside the list.

    ``outside`` says whether the person counts in the row 選択肢にない回答; ``strange`` are the texts themselves.
    """

    options: tuple[str, ...] = ()
    other: bool = False
    strange: tuple[str, ...] = ()
    outside: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was answered (無回答)."""
        return not (self.options or self.other or self.strange)


def answer_rows(question: Question, answer: Answer) -> AnswerRows:
    """Return the rows of ``answer`` (domain §4).

    A single answer with two ticks belongs to no option: counting both would exceed n. An answer outside the list
    is a row of its own, never 無回答.
    """
    named = other_option(question) if question.has_other else ""
    known = [option for option in question.options if option in answer.chosen and option != named]
    strange = [text for text in answer.chosen if text not in question.options and text != named]
    strange += answer.out_of_list
    other = question.has_other and bool(answer.other or named in answer.chosen)
    if not question.has_other and answer.other:
        strange.append(answer.other)
    if question.type == "SA" and len(known) + other > 1:
        known, other, strange = [], False, [MORE_THAN_ONE]
    outside = bool(strange) if question.type == "MA" else bool(strange) and not known and not other
    return AnswerRows(options=tuple(known), other=other, strange=tuple(strange), outside=outside)


def row_names(question: Question, answer: Answer) -> tuple[str, ...]:
    """Return the names of all rows that count ``answer``, in the questionnaire's order; never empty."""
    rows = answer_rows(question, answer)
    names = list(rows.options)
    if rows.other:
        names.append(other_option(question))
    if rows.outside:
        names.append(OUTSIDE)
    return tuple(names) or (NO_ANSWER,)


def was_asked(question: Question, sheet: Mapping[str, Answer], questions: Sequence[Question] = ()) -> bool:
    """Whether the branch of ``question`` asked this sheet; a question without a branch is asked of everybody.

    ``questions`` is the whole questionnaire: with it somebody who was not asked the earlier question is not asked
    this one either, and その他 of the earlier question counts also when only its text was written.
    """
    by_code = {one.code: one for one in questions}
    seen: set[str] = set()
    while question.asked_of and question.code not in seen:
        seen.add(question.code)
        answer = sheet.get(question.asked_of, Answer())
        parent = by_code.get(question.asked_of)
        if parent is None:
            return any(option in question.asked_of_options for option in answer.chosen)
        if not set(question.asked_of_options) & set(row_names(parent, answer)):
            return False
        question = parent
    return True
