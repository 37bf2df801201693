"""Counts survey answers the way the report prints them (domain §4): people first, then percentages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.subjects.register.rules.free_text import Fold, NameFinder, personal_flags
from app.subjects.surveys.questions.rules.answer_rows import MORE_THAN_ONE, answer_rows, was_asked
from app.subjects.surveys.questions.rules.rounding import percent
from app.subjects.surveys.questions.rules.survey_questions import plain_options, sum_label
from app.subjects.surveys.questions.rules.tally_result import CountedOption, FreeText, QuestionTally, RowKind, Tally
from app.subjects.surveys.tally.rules.tally_numbers import tally_numbers
from db.records.surveys import Answer, AnswerSheet, Question

__all__ = ["MORE_THAN_ONE", "tally", "tally_answers", "was_asked"]

Answers = Mapping[str, Answer]
PAPER = "紙"


def tally(
    questions: Sequence[Question],
    sheets: Sequence[AnswerSheet],
    *,
    attendance: int | None = None,
    names: Collection[str] = (),
    fold: Fold | None = None,
    finder: NameFinder | None = None,
) -> Tally:
    """Count the sheets that a person has not taken out.

    ``attendance`` is 出席者数 or None when unknown; ``names`` and ``fold``, or a ``finder`` made of them, serve the
    check of free texts (see ``app.subjects.register.rules.free_text``). Where sheets came back on paper and online, every question
    also tells both apart.
    """
    counted = [sheet for sheet in sheets if sheet.counted]
    on_paper = [sheet.answers for sheet in counted if sheet.source == PAPER]
    online = [sheet.answers for sheet in counted if sheet.source != PAPER]
    known = finder or (NameFinder(names, fold) if names else None)
    return Tally(
        base=len(counted),
        paper=len(on_paper),
        online=len(online),
        left_out=len(sheets) - len(counted),
        attendance=attendance,
        return_rate=percent(len(counted), attendance) if attendance else None,
        questions=_count(
            questions, [sheet.answers for sheet in counted], known, (on_paper, online) if on_paper and online else ()
        ),
    )


def tally_answers(
    questions: Sequence[Question],
    answers: Sequence[Answers],
    *,
    names: Collection[str] = (),
    fold: Fold | None = None,
) -> tuple[QuestionTally, ...]:
    """Count plain answers (one mapping from question code a sheet); a missing code is 無回答.

    A question with ``asked_of`` is counted over the sheets that were asked; the others are 非該当 and stand
    outside n, also when somebody wrote an answer all the same.
    """
    return _count(questions, answers, NameFinder(names, fold) if names else None, ())


def _count(
    questions: Sequence[Question],
    answers: Sequence[Answers],
    finder: NameFinder | None,
    channels: tuple[Sequence[Answers], ...],
) -> tuple[QuestionTally, ...]:
    counted = []
    for question in questions:
        if question.type in ("SA", "MA"):
            # Each way is counted once; both together are the whole.
            alike = [_alike(question, _given(question, part, questions)) for part in channels or (answers,)]
            whole: Alike = sum(alike, Counter())
            one = _tally_options(question, whole, len(answers))
            parts = [_tally_options(question, found, len(part)) for found, part in zip(alike, channels, strict=False)]
            written = any(other for _chosen, other, _strange in whole)
        else:
            one = _question(question, answers, questions)
            parts = [_question(question, part, questions) for part in channels]
            written = question.type == "FA"
        if channels:
            one = replace(one, channels=tuple(parts))
        counted.append(_with_texts(one, answers, questions, finder) if written else one)
    return tuple(counted)


def _given(question: Question, sheets: Sequence[Answers], questions: Sequence[Question]) -> list[Answer]:
    """The answers of those who were asked."""
    nothing, code = Answer(), question.code
    if not question.asked_of:
        return [sheet.get(code, nothing) for sheet in sheets]
    return [sheet.get(code, nothing) for sheet in sheets if was_asked(question, sheet, questions)]


def _question(question: Question, sheets: Sequence[Answers], questions: Sequence[Question]) -> QuestionTally:
    """A question that is written and not ticked: a number or free words."""
    given = _given(question, sheets, questions)
    if question.type == "NUM":
        one = tally_numbers(question, given)
    else:
        written = sum(1 for answer in given if answer.text.strip())
        one = QuestionTally(question=question, base=len(given), no_answer=len(given) - written, answered=written)
    return replace(one, not_asked=len(sheets) - len(given)) if len(given) < len(sheets) else one


@dataclass
class _Sums:
    """What an SA or MA question comes to."""

    people: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    other: int = 0
    outside: int = 0
    empty: int = 0
    over: int = 0
    positive: int = 0


Alike = Counter[tuple[tuple[str, ...], str, tuple[str, ...]]]
"""Different answers to one question and how often each came: chosen, その他, outside the list."""


def _alike(question: Question, given: Sequence[Answer]) -> Alike:
    """Many sheets tick the same: each different answer is judged once and counted as often as it came."""
    if question.has_other:
        return Counter((answer.chosen, "。" if answer.other else "", answer.out_of_list) for answer in given)
    return Counter((answer.chosen, answer.other, answer.out_of_list) for answer in given)


def _tally_options(question: Question, alike: Alike, sheets: int) -> QuestionTally:
    sums = _sum_up(question, alike)
    base = alike.total()
    label = sum_label(question)
    return QuestionTally(
        question=question,
        base=base,
        options=tuple(_counted(question, option, sums.people[option], base) for option in plain_options(question)),
        other=sums.other,
        outside=sums.outside,
        out_of_list=tuple(sums.strange.items()),
        no_answer=sums.empty,
        answered=base - sums.empty,
        over_limit=sums.over,
        not_asked=sheets - base,
        sum_label=label,
        sum_count=sums.positive if label else 0,
        sum_percent=percent(sums.positive, base) if label else "",
    )


def _sum_up(question: Question, alike: Alike) -> _Sums:
    sums = _Sums()
    limit, positive = question.max_select or 0, frozenset(question.positive)
    for (chosen, other, out_of_list), times in alike.items():
        rows = answer_rows(question, Answer(chosen=chosen, other=other, out_of_list=out_of_list))
        for option in rows.options:
            sums.people[option] += times
        for text in rows.strange:
            sums.strange[text] += times
        sums.other += times * rows.other
        sums.outside += times * rows.outside
        sums.empty += times * rows.empty
        sums.over += times * (bool(limit) and len(rows.options) + rows.other > limit)
        sums.positive += times * (not positive.isdisjoint(rows.options))
    return sums


def _counted(question: Question, option: str, count: int, base: int) -> CountedOption:
    kind: RowKind = "exclusive" if option == question.exclusive_option else "option"
    number = question.options.index(option) + 1
    return CountedOption(number=number, text=option, count=count, percent=percent(count, base), kind=kind)


def _with_texts(
    one: QuestionTally, sheets: Sequence[Answers], questions: Sequence[Question], finder: NameFinder | None
) -> QuestionTally:
    """Add what was written: free answers, or the text beside その他, each with its sheet and what to check first."""
    question = one.question
    found = []
    for place, sheet in enumerate(sheets, start=1):
        answer = sheet.get(question.code)
        text = "" if answer is None else answer.text if question.type == "FA" else answer.other
        if text.strip() and was_asked(question, sheet, questions):
            found.append(FreeText(place=place, text=text, flags=personal_flags(text, finder=finder)))
    return replace(one, texts=tuple(found))
