"""Counts the answers to a numeric question: every value with its people, mean and median, odd texts apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from app.subjects.surveys.questions.rules.rounding import mean, median, percent, plain_number
from app.subjects.surveys.questions.rules.survey_values import parse_number
from app.subjects.surveys.questions.rules.tally_result import CountedOption, NumberSummary, QuestionTally
from db.records.surveys import Answer, Question

MOST_VALUES = 12
"""With more different values than these the rows are classes: a list of single values tells nothing and fills pages."""
_MOST_CLASSES = 10


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
