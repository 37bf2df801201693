"""Counts the answers to a numeric question: every value with its people, mean and median, odd texts apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from app.rules.rounding import mean, median, percent, plain_number
from app.rules.survey_values import parse_number
from app.rules.tally_result import CountedOption, NumberSummary, QuestionTally
from db.records.surveys import Answer, Question


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
