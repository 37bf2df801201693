"""Counts survey answers the way the report prints them (domain §4): people first, then percentages, numbers with their
mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.surveys.questions.rules.survey_questions import parse_number, plain_options, sum_label
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
from db.records.surveys import Answer, AnswerSheet, Question

MOST_VALUES = 12
"""With more different values than these the rows are classes: a list of single values tells nothing and fills pages."""
_MOST_CLASSES = 10
Answers = Mapping[str, Answer]
PAPER = "紙"
Alike = Counter[tuple[tuple[str, ...], str, tuple[str, ...]]]
"""Different answers to one question and how often each came: chosen, その他, outside the list."""


def tally_numbers(question: Question, given: Sequence[Answer]) -> QuestionTally:
    """Count ``given``; a text that is not exactly one number is an answer outside the list."""
    written = [text for answer in given if (text := answer.text.strip() or "".join(answer.chosen))]
    read = {text: parse_number(text) for text in dict.fromkeys(written)}
    numbers = [Decimal(read[text]) for text in written if read[text]]
    unreadable = Counter(text for text in written if not read[text])
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


def in_classes(one: QuestionTally) -> bool:
    """Whether the values of a numeric question are printed in classes of equal width."""
    return one.question.type == "NUM" and len(one.options) > MOST_VALUES


def printed_rows(one: QuestionTally) -> tuple[CountedOption, ...]:
    """The rows as printed: those of the tally, the values of a numeric question in classes when there are many."""
    rows = one.rows()
    if not in_classes(one):
        return rows
    values = [Decimal(row.text) for row in rows if row.kind == "option"]
    whole = all(value == value.to_integral_value() for value in values)
    width = _class_width(min(values), max(values))
    classes: dict[Decimal, list[CountedOption]] = {}
    first, last = _floor(min(values), width), _floor(max(values), width)
    for number in range(int(first), int(last) + 1):
        classes[Decimal(number)] = []
    for row in rows:
        if row.kind == "option":
            classes[_floor(Decimal(row.text), width)].append(row)
    made = tuple(_class_row(start * width, width, held, one.base, whole=whole) for start, held in classes.items())
    return (*made, *(row for row in rows if row.kind != "option"))


def _floor(value: Decimal, width: Decimal) -> Decimal:
    """Which class a value falls into; below nought too, where ``//`` would go towards nought."""
    found = value // width
    return found - 1 if found * width > value else found


def _class_width(least: Decimal, greatest: Decimal) -> Decimal:
    """1, 2, 5, 10, 20, 50 …: the first width with which no more than ten classes are needed."""
    power = Decimal(1)
    while True:
        for step in (1, 2, 5):
            if _floor(greatest, step * power) - _floor(least, step * power) < _MOST_CLASSES:
                return step * power
        power *= 10


def _class_row(
    start: Decimal, width: Decimal, held: Sequence[CountedOption], base: int, *, whole: bool
) -> CountedOption:
    people = sum(row.count for row in held)
    end = start + width
    if whole:
        text = plain_number(start) if width == 1 else f"{plain_number(start)}～{plain_number(end - 1)}"
    else:
        text = f"{plain_number(start)}以上{plain_number(end)}未満"
    apart = any(row.paper is not None for row in held)
    return CountedOption(
        number=0,
        text=text,
        count=people,
        percent=percent(people, base),
        kind="option",
        paper=sum(row.paper or 0 for row in held) if apart else None,
        online=sum(row.online or 0 for row in held) if apart else None,
    )


def tally(
    questions: Sequence[Question],
    sheets: Sequence[AnswerSheet],
    *,
    attendance: int | None = None,
    finder: NameFinder | None = None,
) -> Tally:
    """Count the sheets that a person has not taken out.

    ``attendance`` is 出席者数 or None when unknown; a ``finder`` of known people serves the check of free
    texts (see ``app.subjects.organisations.register.rules.free_text``). Where sheets came back on paper
    and online, every question also tells both apart.
    """
    counted = [sheet for sheet in sheets if sheet.counted]
    on_paper = [sheet.answers for sheet in counted if sheet.source == PAPER]
    online = [sheet.answers for sheet in counted if sheet.source != PAPER]
    return Tally(
        base=len(counted),
        paper=len(on_paper),
        online=len(online),
        left_out=len(sheets) - len(counted),
        attendance=attendance,
        return_rate=percent(len(counted), attendance) if attendance and len(counted) <= attendance else None,
        questions=_count(
            questions, [sheet.answers for sheet in counted], finder, (on_paper, online) if on_paper and online else ()
        ),
    )


def tally_answers(
    questions: Sequence[Question],
    answers: Sequence[Answers],
) -> tuple[QuestionTally, ...]:
    """Count plain answers (one mapping from question code a sheet); a missing code is 無回答.

    A question with ``asked_of`` is counted over the sheets that were asked; the others are 非該当 and stand
    outside n, also when somebody wrote an answer all the same.
    """
    return _count(questions, answers, None, ())


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
    for place, sheet in enumerate(sheets, 1):
        answer = sheet.get(question.code)
        text = "" if answer is None else answer.text if question.type == "FA" else answer.other
        if text.strip() and was_asked(question, sheet, questions):
            found.append(FreeText(place=place, text=text, flags=personal_flags(text, finder=finder)))
    return replace(one, texts=tuple(found))
