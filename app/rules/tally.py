"""Counts survey answers the way the report prints them (domain §4): people first, then percentages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.rules.free_text import personal_flags
from app.rules.rounding import mean, median, percent, plain_number
from app.rules.survey_questions import other_option, plain_options, sum_label
from app.rules.survey_values import parse_number
from app.rules.tally_result import CountedOption, FreeText, NumberSummary, QuestionTally, RowKind, Tally
from db.records.surveys import Answer, AnswerSheet, Question

MORE_THAN_ONE = "2つ以上を選んだ回答"


def tally(
    questions: Sequence[Question],
    sheets: Sequence[AnswerSheet],
    *,
    attendance: int | None = None,
    names: Collection[str] = (),
    fold: Callable[[str], str] | None = None,
) -> Tally:
    """Count the sheets that a person has not taken out.

    ``attendance`` is 出席者数 or None when unknown; ``names`` and ``fold`` serve the check of free texts (see
    ``app.rules.free_text.personal_flags``).
    """
    counted = [sheet for sheet in sheets if sheet.counted]
    paper = sum(sheet.source == "紙" for sheet in counted)
    answers = [sheet.answers for sheet in counted]
    return Tally(
        base=len(counted),
        paper=paper,
        online=len(counted) - paper,
        left_out=len(sheets) - len(counted),
        attendance=attendance,
        return_rate=percent(len(counted), attendance) if attendance else None,
        questions=tally_answers(questions, answers, names=names, fold=fold),
    )


def tally_answers(
    questions: Sequence[Question],
    answers: Sequence[Mapping[str, Answer]],
    *,
    names: Collection[str] = (),
    fold: Callable[[str], str] | None = None,
) -> tuple[QuestionTally, ...]:
    """Count plain answers (one mapping from question code a sheet); a missing code is 無回答.

    A question with ``asked_of`` is counted over the sheets that were asked; the others are 非該当 and stand
    outside n, also when somebody wrote an answer all the same.
    """
    counted = []
    for question in questions:
        asked = [sheet for sheet in answers if was_asked(question, sheet)]
        given = [sheet.get(question.code, Answer()) for sheet in asked]
        if question.type == "FA":
            counted.append(_tally_text(question, given, names, fold))
        elif question.type == "NUM":
            counted.append(_tally_numbers(question, given))
        else:
            counted.append(_tally_options(question, given, names, fold))
        if len(asked) < len(answers):
            counted[-1] = replace(counted[-1], not_asked=len(answers) - len(asked))
    return tuple(counted)


def was_asked(question: Question, sheet: Mapping[str, Answer]) -> bool:
    """Whether the sheet chose what the branch asks for; a question without a branch is asked of everybody."""
    if not question.asked_of:
        return True
    return any(option in question.asked_of_options for option in sheet.get(question.asked_of, Answer()).chosen)


def _tally_options(
    question: Question,
    given: Sequence[Answer],
    names: Collection[str],
    fold: Callable[[str], str] | None,
) -> QuestionTally:
    people: Counter[str] = Counter()
    outside_texts: Counter[str] = Counter()
    other = outside = empty = over = positive = 0
    named = other_option(question) if question.has_other else ""
    for answer in given:
        known = [option for option in question.options if option in answer.chosen and option != named]
        strange = [text for text in answer.chosen if text not in question.options and text != named]
        strange += answer.out_of_list
        has_other = question.has_other and bool(answer.other or named in answer.chosen)
        if not question.has_other and answer.other:
            strange.append(answer.other)
        if question.type == "SA" and len(known) + has_other > 1:
            # A single-answer question with two ticks belongs to no option: counting both would exceed n.
            known, has_other, strange = [], False, [MORE_THAN_ONE]
        people.update(known)
        outside_texts.update(strange)
        other += has_other
        outside += bool(strange) if question.type == "MA" else bool(strange) and not known
        empty += not (known or strange or has_other)
        over += bool(question.max_select) and len(known) + has_other > (question.max_select or 0)
        positive += any(option in question.positive for option in known)
    base = len(given)
    label = sum_label(question)
    return QuestionTally(
        question=question,
        base=base,
        options=tuple(_counted(question, option, people[option], base) for option in plain_options(question)),
        other=other,
        outside=outside,
        out_of_list=tuple(outside_texts.items()),
        no_answer=empty,
        answered=base - empty,
        over_limit=over,
        sum_label=label,
        sum_count=positive if label else 0,
        sum_percent=percent(positive, base) if label else "",
        texts=_texts([answer.other for answer in given], names, fold),
    )


def _counted(question: Question, option: str, count: int, base: int) -> CountedOption:
    kind: RowKind = "exclusive" if option == question.exclusive_option else "option"
    number = question.options.index(option) + 1
    return CountedOption(number=number, text=option, count=count, percent=percent(count, base), kind=kind)


def _tally_text(
    question: Question,
    given: Sequence[Answer],
    names: Collection[str],
    fold: Callable[[str], str] | None,
) -> QuestionTally:
    texts = _texts([answer.text for answer in given], names, fold)
    return QuestionTally(
        question=question,
        base=len(given),
        no_answer=len(given) - len(texts),
        answered=len(texts),
        texts=texts,
    )


def _tally_numbers(question: Question, given: Sequence[Answer]) -> QuestionTally:
    written = [text for answer in given if (text := answer.text.strip() or "".join(answer.chosen))]
    numbers = [Decimal(number) for text in written if (number := parse_number(text))]
    unreadable = Counter(text for text in written if not parse_number(text))
    base = len(given)
    values = Counter(numbers)
    return QuestionTally(
        question=question,
        base=base,
        options=tuple(
            CountedOption(
                number=0,
                text=plain_number(value),
                count=values[value],
                percent=percent(values[value], base),
                kind="option",
            )
            for value in sorted(values)
        ),
        outside=sum(unreadable.values()),
        out_of_list=tuple(unreadable.items()),
        no_answer=base - len(written),
        answered=len(written),
        numbers=NumberSummary(
            answered=len(numbers),
            mean=mean(numbers),
            median=median(numbers),
            least=plain_number(min(numbers)) if numbers else "",
            greatest=plain_number(max(numbers)) if numbers else "",
        ),
    )


def _texts(written: Sequence[str], names: Collection[str], fold: Callable[[str], str] | None) -> tuple[FreeText, ...]:
    return tuple(
        FreeText(place=place, text=text, flags=personal_flags(text, names=names, fold=fold))
        for place, text in enumerate(written, start=1)
        if text.strip()
    )
