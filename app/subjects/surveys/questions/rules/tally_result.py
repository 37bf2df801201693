"""What counting a survey gives: rows in print order, which rows an answer belongs to, sums, percentages, written
answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from app.subjects.surveys.questions.rules.survey_questions import other_option_of
from db.frozen_record import frozen_record
from db.records.surveys import Answer, EventSurvey, Question

MORE_THAN_ONE = "2つ以上を選んだ回答"
NO_ANSWER = "無回答"
OUTSIDE = "選択肢にない回答"
_ONE_PLACE = Decimal("0.1")
TALLY_REPORT, CROSS_REPORT = "アンケート集計表", "クロス集計表"
"""The papers that a tally is printed on."""
REFERENCE_BASE = 30
"""Below this many sheets every percentage is marked 参考値 (domain §4)."""
NOT_RECORDED = "未記録"
_CONTRACTOR = "受託者"
COUNTED_BY_WARD = "区（代行）"


def who_counted(survey: EventSurvey) -> str:
    """Return who counted, or 未記録: the 受託者 only once its numbers came or somebody noted that it counted."""
    known = survey.counted_by != _CONTRACTOR or survey.contractor_counts or survey.counted_on is not None
    return survey.counted_by if known else NOT_RECORDED


def correction_words(survey: EventSurvey) -> str:
    """Return what stands behind who counted once the ward changed what was fixed: nobody else counted that."""
    return "、確定後に区が訂正" if survey.freeze_note and who_counted(survey) != COUNTED_BY_WARD else ""


RowKind = Literal["option", "other", "exclusive", "none", "outside"]


@frozen_record
class AnswerRows:
    """One answer to an SA or MA question: options of the list, その他, and what stands outside the list.

    ``outside`` says whether the person counts in the row 選択肢にない回答; ``strange`` are the texts themselves.
    """

    options: tuple[str, ...] = ()
    has_other: bool = False
    unlisted: tuple[str, ...] = ()
    is_outside: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered (無回答)."""
        return not (self.options or self.has_other or self.unlisted)


def answer_rows(question: Question, answer: Answer) -> AnswerRows:
    """Return the rows of ``answer`` (domain §4).

    A single answer with two ticks belongs to no option: counting both would exceed n. An answer outside the list
    is a row of its own, never 無回答.
    """
    named = other_option_of(question) if question.has_other else ""
    known = [option for option in question.options if option in answer.chosen and option != named]
    strange = [text for text in answer.chosen if text not in question.options and text != named]
    strange += answer.out_of_list
    other = question.has_other and bool(answer.other or named in answer.chosen)
    if not question.has_other and answer.other:
        strange.append(answer.other)
    if question.type == "SA" and len(known) + other > 1:
        known, other, strange = [], False, [MORE_THAN_ONE]
    outside = bool(strange) if question.type == "MA" else bool(strange) and not known and not other
    return AnswerRows(options=tuple(known), has_other=other, unlisted=tuple(strange), is_outside=outside)


def row_names(question: Question, answer: Answer) -> tuple[str, ...]:
    """Return the names of all rows that count ``answer``, in the questionnaire's order; never empty."""
    rows = answer_rows(question, answer)
    names = list(rows.options)
    if rows.has_other:
        names.append(other_option_of(question))
    if rows.is_outside:
        names.append(OUTSIDE)
    return tuple(names) or (NO_ANSWER,)


def was_asked(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question] = ()) -> bool:
    """Whether the branch of ``question`` asked this sheet; a question without a branch is asked of everybody.

    ``questions`` is the whole questionnaire: with it somebody who was not asked the earlier question is not asked
    this one either, and その他 of the earlier question counts also when only its text was written.
    """
    by_code = {one.code: one for one in questions}
    seen: set[str] = set()
    while question.asked_of and question.code not in seen:
        seen.add(question.code)
        answer = answers.get(question.asked_of, Answer())
        parent = by_code.get(question.asked_of)
        if parent is None:
            return any(option in question.asked_of_options for option in answer.chosen)
        if not set(question.asked_of_options) & set(row_names(parent, answer)):
            return False
        question = parent
    return True


def percent(people: int, base: int) -> str:
    """``people`` of ``base`` in per cent with one place ("31.3"), "0.0" when the base is empty."""
    if base <= 0:
        return "0.0"
    return one_decimal(Decimal(100 * people) / Decimal(base))


def one_decimal(value: Decimal) -> str:
    """A decimal number rounded half up to one place, as text."""
    return str(value.quantize(_ONE_PLACE, rounding=ROUND_HALF_UP))


def mean(values: Sequence[Decimal]) -> str:
    """The mean with one place, empty for no values."""
    return one_decimal(sum(values, Decimal(0)) / len(values)) if values else ""


def median(values: Sequence[Decimal]) -> str:
    """The median: exact when it is one of the values, else the middle of the two with one place."""
    if not values:
        return ""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return plain_number(ordered[middle])
    low, high = ordered[middle - 1], ordered[middle]
    return plain_number(low) if low == high else plain_number(Decimal(one_decimal((low + high) / 2)))


def plain_number(value: Decimal) -> str:
    """A number without needless zeros ("3", "3.5")."""
    return f"{value.normalize():f}" if value else "0"


@frozen_record
class CountedOption:
    """One printed row: ``number`` in the questionnaire (0 = has none), people, percent ("31.3"), kind.

    ``paper`` and ``online`` are the people by way of answering, None where all answered the same way.
    """

    number: int
    text: str
    count: int
    percent: str
    kind: RowKind
    paper: int | None = None
    online: int | None = None


@frozen_record
class FreeText:
    """A written answer with its sheet (place from 1 in the counted sheets) and what must be checked first."""

    response_place: int
    text: str
    flags: tuple[str, ...] = ()


@frozen_record
class NumberSummary:
    """Mean, median, least and greatest of the numbers answered, as printed, with how many there are."""

    answered_count: int
    mean: str
    median: str
    minimum: str
    maximum: str


@frozen_record
class QuestionTally:
    """One question counted over ``base`` sheets, 無回答 included.

    ``options`` stand in the questionnaire's order without その他; ``rows()`` gives print order. ``other`` and
    ``outside`` count people, ``out_of_list`` counts each text. ``texts`` are free answers, or the written
    その他. ``over_limit_count`` counts sheets with more ticks than allowed; they are counted all the same.
    ``not_asked_count`` are 非該当: sheets that the branch did not ask; they stand outside ``base``.
    ``channels`` is the same question counted over paper and over online sheets alone, where both came back.
    """

    question: Question
    base: int
    options: tuple[CountedOption, ...] = ()
    other_count: int = 0
    outside_count: int = 0
    out_of_list: tuple[tuple[str, int], ...] = ()
    no_answer: int = 0
    answered_count: int = 0
    over_limit_count: int = 0
    not_asked_count: int = 0
    sum_label: str = ""
    sum_count: int = 0
    sum_percent: str = ""
    numbers: NumberSummary | None = None
    texts: tuple[FreeText, ...] = ()
    channels: tuple[QuestionTally, ...] = ()

    @property
    def is_reference_only(self) -> bool:
        """Whether percentages are only 参考値 (n below 30)."""
        return self.base < REFERENCE_BASE

    def rows(self) -> tuple[CountedOption, ...]:
        """The rows in print order.

        SA: the questionnaire's order; MA: by people, ties in the questionnaire's order. その他, 特になし, answers
        outside the list and 無回答 stand last, in this order; the last is always there.
        """
        plain = [row for row in self.options if row.kind == "option"]
        last = [row for row in self.options if row.kind != "option"]
        if self.question.type == "MA":
            plain.sort(key=lambda row: -row.count)
        rows = plain if self.question.type == "MA" else list(self.options)
        if self.question.has_other:
            named = other_option_of(self.question)
            rows.append(self._row(self._other_number(), named, self.other_count, "other"))
        if self.question.type == "MA":
            rows += last
        if self.outside_count:
            rows.append(self._row(0, OUTSIDE, self.outside_count, "outside"))
        rows.append(self._row(0, NO_ANSWER, self.no_answer, "none"))
        return self._with_channels(rows) if self.channels else tuple(rows)

    def _with_channels(self, rows: list[CountedOption]) -> tuple[CountedOption, ...]:
        """Put the people of both ways of answering beside each row."""
        paper, online = ({(row.kind, row.text): row.count for row in part.rows()} for part in self.channels)
        return tuple(
            replace(row, paper=paper.get((row.kind, row.text), 0), online=online.get((row.kind, row.text), 0))
            for row in rows
        )

    def _row(self, number: int, text: str, count: int, kind: RowKind) -> CountedOption:
        share = percent(count, self.base)
        return CountedOption(number=number, text=text, count=count, percent=share, kind=kind)

    def _other_number(self) -> int:
        named = other_option_of(self.question)
        options = self.question.options
        return options.index(named) + 1 if named in options else len(options) + 1


@frozen_record
class Tally:
    """All questions of one survey with how many sheets were counted, by way of return.

    ``left_out`` sheets were taken out by a person's decision. ``return_rate`` is 回収数 ／ 出席者数 in per cent, never
    above 100, None when the attendance is unknown or nought.
    """

    base: int
    paper: int
    online: int
    left_out_total: int
    attendance: int | None
    return_rate: str | None
    questions: tuple[QuestionTally, ...]
