"""What counting a survey gives: rows in print order, sums, numbers and written answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from app.subjects.surveys.questions.rules.answer_rows import NO_ANSWER, OUTSIDE
from app.subjects.surveys.questions.rules.rounding import percent
from app.subjects.surveys.questions.rules.survey_questions import other_option
from db.records.surveys import Question

TALLY_REPORT, CROSS_REPORT = "アンケート集計表", "クロス集計表"
"""The papers that a tally is printed on."""

REFERENCE_BASE = 30
"""Below this many sheets every percentage is marked 参考値 (domain §4)."""

RowKind = Literal["option", "other", "exclusive", "none", "outside"]


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class FreeText:
    """A written answer with its sheet (place from 1 in the counted sheets) and what must be checked first."""

    place: int
    text: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NumberSummary:
    """Mean, median, least and greatest of the numbers answered, as printed, with how many there are."""

    answered: int
    mean: str
    median: str
    least: str
    greatest: str


@dataclass(frozen=True, kw_only=True)
class QuestionTally:
    """One question counted over ``base`` sheets, 無回答 included.

    ``options`` stand in the questionnaire's order without その他; ``rows()`` gives print order. ``other`` and
    ``outside`` count people, ``out_of_list`` counts each text. ``texts`` are free answers, or the written
    その他. ``over_limit`` counts sheets with more ticks than allowed; they are counted all the same.
    ``not_asked`` are 非該当: sheets that the branch did not ask; they stand outside ``base``.
    ``channels`` is the same question counted over paper and over online sheets alone, where both came back.
    """

    question: Question
    base: int
    options: tuple[CountedOption, ...] = ()
    other: int = 0
    outside: int = 0
    out_of_list: tuple[tuple[str, int], ...] = ()
    no_answer: int = 0
    answered: int = 0
    over_limit: int = 0
    not_asked: int = 0
    sum_label: str = ""
    sum_count: int = 0
    sum_percent: str = ""
    numbers: NumberSummary | None = None
    texts: tuple[FreeText, ...] = ()
    channels: tuple[QuestionTally, ...] = ()

    @property
    def reference_only(self) -> bool:
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
            named = other_option(self.question)
            rows.append(self._row(self._other_number(), named, self.other, "other"))
        if self.question.type == "MA":
            rows += last
        if self.outside:
            rows.append(self._row(0, OUTSIDE, self.outside, "outside"))
        rows.append(self._row(0, NO_ANSWER, self.no_answer, "none"))
        return self._by_channel(rows) if self.channels else tuple(rows)

    def _by_channel(self, rows: list[CountedOption]) -> tuple[CountedOption, ...]:
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
        named = other_option(self.question)
        options = self.question.options
        return options.index(named) + 1 if named in options else len(options) + 1


@dataclass(frozen=True, kw_only=True)
class Tally:
    """All questions of one survey with how many sheets were counted, by way of return.

    ``left_out`` sheets were taken out by a person's decision. ``return_rate`` is 回収数 ／ 出席者数 in per cent, None
    when the attendance is unknown or nought.
    """

    base: int
    paper: int
    online: int
    left_out: int
    attendance: int | None
    return_rate: str | None
    questions: tuple[QuestionTally, ...]
