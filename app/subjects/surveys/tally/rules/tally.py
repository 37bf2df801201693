"""Counts survey answers the way the report prints them (domain §4): people first, then percentages, numbers with their
mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.surveys.questions.rules.survey_questions import options_without_other, parse_number, sum_label_of
from app.subjects.surveys.questions.rules.tally_result import (
    CountedOption,
    FreeText,
    NumberSummary,
    QuestionTally,
    RowKind,
    Tally,
    answer_rows,
    mean,
    median,
    percent,
    plain_number,
    was_asked,
)
from db.records.surveys import Answer, Question, SurveyResponse

MAX_VALUES = 12
"""With more different values than these the rows are classes: a list of single values tells nothing and fills pages."""
_MAX_CLASSES = 10
AnswersByCode = Mapping[str, Answer]
PAPER = "紙"
AnswerCounts = Counter[tuple[tuple[str, ...], str, tuple[str, ...]]]
"""Different answers to one question and how often each came: chosen, その他, outside the list."""


def tally_numbers(question: Question, answers: Sequence[Answer]) -> QuestionTally:
    """Count ``answers``; a text that is not exactly one number is an answer outside the list."""
    written = [text for answer in answers if (text := answer.text.strip() or "".join(answer.chosen))]
    read = {text: parse_number(text) for text in dict.fromkeys(written)}
    numbers = [Decimal(read[text]) for text in written if read[text]]
    unreadable = Counter(text for text in written if not read[text])
    base = len(answers)
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
        outside_count=sum(unreadable.values()),
        out_of_list=tuple(unreadable.items()),
        no_answer=base - len(written),
        answered_count=len(written),
        numbers=NumberSummary(
            answered_count=len(numbers),
            mean=mean(numbers),
            median=median(numbers),
            minimum=plain_number(min(numbers)) if numbers else "",
            maximum=plain_number(max(numbers)) if numbers else "",
        ),
    )


def is_in_classes(question_tally: QuestionTally) -> bool:
    """Whether the values of a numeric question are printed in classes of equal width."""
    return question_tally.question.type == "NUM" and len(question_tally.options) > MAX_VALUES


def printed_rows(question_tally: QuestionTally) -> tuple[CountedOption, ...]:
    """The rows as printed: those of the tally, the values of a numeric question in classes when there are many."""
    rows = question_tally.rows()
    if not is_in_classes(question_tally):
        return rows
    values = [Decimal(row.text) for row in rows if row.kind == "option"]
    whole = all(value == value.to_integral_value() for value in values)
    width = _class_width(min(values), max(values))
    classes: dict[Decimal, list[CountedOption]] = {}
    first, last = _class_of(min(values), width), _class_of(max(values), width)
    for number in range(int(first), int(last) + 1):
        classes[Decimal(number)] = []
    for row in rows:
        if row.kind == "option":
            classes[_class_of(Decimal(row.text), width)].append(row)
    made = tuple(
        _class_row(start * width, width, held, question_tally.base, is_integer=whole) for start, held in classes.items()
    )
    return (*made, *(row for row in rows if row.kind != "option"))


def _class_of(value: Decimal, width: Decimal) -> Decimal:
    """Which class a value falls into; below nought too, where ``//`` would go towards nought."""
    found = value // width
    return found - 1 if found * width > value else found


def _class_width(minimum: Decimal, maximum: Decimal) -> Decimal:
    """1, 2, 5, 10, 20, 50 …: the first width with which no more than ten classes are needed."""
    power = Decimal(1)
    while True:
        for step in (1, 2, 5):
            if _class_of(maximum, step * power) - _class_of(minimum, step * power) < _MAX_CLASSES:
                return step * power
        power *= 10


def _class_row(
    start: Decimal, width: Decimal, options: Sequence[CountedOption], base: int, *, is_integer: bool
) -> CountedOption:
    people = sum(row.count for row in options)
    end = start + width
    if is_integer:
        text = plain_number(start) if width == 1 else f"{plain_number(start)}～{plain_number(end - 1)}"
    else:
        text = f"{plain_number(start)}以上{plain_number(end)}未満"
    apart = any(row.paper is not None for row in options)
    return CountedOption(
        number=0,
        text=text,
        count=people,
        percent=percent(people, base),
        kind="option",
        paper=sum(row.paper or 0 for row in options) if apart else None,
        online=sum(row.online or 0 for row in options) if apart else None,
    )


def count_responses(
    questions: Sequence[Question],
    responses: Sequence[SurveyResponse],
    *,
    attendance: int | None = None,
    finder: NameFinder | None = None,
) -> Tally:
    """Count the sheets that a person has not taken out.

    ``attendance`` is 出席者数 or None when unknown; a ``finder`` of known people serves the check of free
    texts (see ``app.subjects.organisations.register.rules.free_text``). Where sheets came back on paper
    and online, every question also tells both apart.
    """
    counted = [sheet for sheet in responses if sheet.counted]
    on_paper = [sheet.answers for sheet in counted if sheet.source == PAPER]
    online = [sheet.answers for sheet in counted if sheet.source != PAPER]
    return Tally(
        base=len(counted),
        paper=len(on_paper),
        online=len(online),
        left_out_total=len(responses) - len(counted),
        attendance=attendance,
        return_rate=percent(len(counted), attendance) if attendance and len(counted) <= attendance else None,
        questions=_count(
            questions, [sheet.answers for sheet in counted], finder, (on_paper, online) if on_paper and online else ()
        ),
    )


def tally_answers(
    questions: Sequence[Question],
    answers: Sequence[AnswersByCode],
) -> tuple[QuestionTally, ...]:
    """Count plain answers (one mapping from question code a sheet); a missing code is 無回答.

    A question with ``asked_of`` is counted over the sheets that were asked; the others are 非該当 and stand
    outside n, also when somebody wrote an answer all the same.
    """
    return _count(questions, answers, None, ())


def _count(
    questions: Sequence[Question],
    answers: Sequence[AnswersByCode],
    finder: NameFinder | None,
    channels: tuple[Sequence[AnswersByCode], ...],
) -> tuple[QuestionTally, ...]:
    counted = []
    for question in questions:
        if question.type in ("SA", "MA"):
            # Each way is counted once; both together are the whole.
            alike = [
                _count_same_answers(question, _answers_of_asked(question, part, questions))
                for part in channels or (answers,)
            ]
            whole: AnswerCounts = sum(alike, Counter())
            one = _tally_options(question, whole, len(answers))
            parts = [_tally_options(question, found, len(part)) for found, part in zip(alike, channels, strict=False)]
            written = any(other for _chosen, other, _strange in whole)
        else:
            one = _count_written(question, answers, questions)
            parts = [_count_written(question, part, questions) for part in channels]
            written = question.type == "FA"
        if channels:
            one = replace(one, channels=tuple(parts))
        counted.append(_add_texts(one, answers, questions, finder) if written else one)
    return tuple(counted)


def _answers_of_asked(
    question: Question, responses: Sequence[AnswersByCode], questions: Sequence[Question]
) -> list[Answer]:
    """The answers of those who were asked."""
    nothing, code = Answer(), question.code
    if not question.asked_of:
        return [sheet.get(code, nothing) for sheet in responses]
    return [sheet.get(code, nothing) for sheet in responses if was_asked(question, sheet, questions)]


def _count_written(
    question: Question, responses: Sequence[AnswersByCode], questions: Sequence[Question]
) -> QuestionTally:
    """A question that is written and not ticked: a number or free words."""
    given = _answers_of_asked(question, responses, questions)
    if question.type == "NUM":
        one = tally_numbers(question, given)
    else:
        written = sum(1 for answer in given if answer.text.strip())
        one = QuestionTally(question=question, base=len(given), no_answer=len(given) - written, answered_count=written)
    return replace(one, not_asked_count=len(responses) - len(given)) if len(given) < len(responses) else one


@dataclass
class _OptionSums:
    """What an SA or MA question comes to."""

    people: Counter[str] = field(default_factory=Counter)
    unlisted: Counter[str] = field(default_factory=Counter)
    other: int = 0
    outside: int = 0
    empty: int = 0
    over_limit: int = 0
    positive: int = 0


def _count_same_answers(question: Question, answers: Sequence[Answer]) -> AnswerCounts:
    """Many sheets tick the same: each different answer is judged once and counted as often as it came."""
    if question.has_other:
        return Counter((answer.chosen, "。" if answer.other else "", answer.out_of_list) for answer in answers)
    return Counter((answer.chosen, answer.other, answer.out_of_list) for answer in answers)


def _tally_options(question: Question, answer_counts: AnswerCounts, response_count: int) -> QuestionTally:
    sums = _sum_up(question, answer_counts)
    base = answer_counts.total()
    label = sum_label_of(question)
    return QuestionTally(
        question=question,
        base=base,
        options=tuple(
            _counted_option(question, option, sums.people[option], base) for option in options_without_other(question)
        ),
        other_count=sums.other,
        outside_count=sums.outside,
        out_of_list=tuple(sums.unlisted.items()),
        no_answer=sums.empty,
        answered_count=base - sums.empty,
        over_limit_count=sums.over_limit,
        not_asked_count=response_count - base,
        sum_label=label,
        sum_count=sums.positive if label else 0,
        sum_percent=percent(sums.positive, base) if label else "",
    )


def _sum_up(question: Question, answer_counts: AnswerCounts) -> _OptionSums:
    sums = _OptionSums()
    limit, positive = question.max_select or 0, frozenset(question.positive)
    for (chosen, other, out_of_list), times in answer_counts.items():
        rows = answer_rows(question, Answer(chosen=chosen, other=other, out_of_list=out_of_list))
        for option in rows.options:
            sums.people[option] += times
        for text in rows.unlisted:
            sums.unlisted[text] += times
        sums.other += times * rows.has_other
        sums.outside += times * rows.is_outside
        sums.empty += times * rows.is_empty
        sums.over_limit += times * (bool(limit) and len(rows.options) + rows.has_other > limit)
        sums.positive += times * (not positive.isdisjoint(rows.options))
    return sums


def _counted_option(question: Question, option: str, count: int, base: int) -> CountedOption:
    kind: RowKind = "exclusive" if option == question.exclusive_option else "option"
    number = question.options.index(option) + 1
    return CountedOption(number=number, text=option, count=count, percent=percent(count, base), kind=kind)


def _add_texts(
    question_tally: QuestionTally,
    responses: Sequence[AnswersByCode],
    questions: Sequence[Question],
    finder: NameFinder | None,
) -> QuestionTally:
    """Add what was written: free answers, or the text beside その他, each with its sheet and what to check first."""
    question = question_tally.question
    found = []
    for place, sheet in enumerate(responses, 1):
        answer = sheet.get(question.code)
        text = "" if answer is None else answer.text if question.type == "FA" else answer.other
        if text.strip() and was_asked(question, sheet, questions):
            found.append(FreeText(response_place=place, text=text, flags=personal_flags(text, finder=finder)))
    return replace(question_tally, texts=tuple(found))
