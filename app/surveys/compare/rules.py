"""Compare the same question of several events or years, and report where it differed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from decimal import ROUND_HALF_UP, Decimal

from app.surveys.questions.rules import NO_ANSWER, OUTSIDE, RowKind, percent
from app.surveys.tally.rules import COMPARABLE_KINDS, Comparability, QuestionTally
from db.record import record
from db.records.surveys import EarlierCounts, QuestionType

_SPECIAL = (OUTSIDE, NO_ANSWER)
_LAST: dict[RowKind, int] = {"option": 0, "other": 1, "exclusive": 2, "outside": 3, "none": 4}


@record
class AskedQuestion:
    """One question as asked and counted once; ``counts`` are people by printed row (無回答 too), ``base`` is n.

    ``branch`` says who was asked (question code and options), "" for everybody; ``limit`` how many could be chosen
    (「2つまで」「いくつでも」); None = unknown, as of an earlier year. ``kinds`` name the rows that are no ordinary
    option. ``positive`` are the options summed for ``sum_label`` (満足計 …).
    """

    code: str
    title: str
    type: QuestionType
    base: int
    counts: Mapping[str, int]
    kinds: Mapping[str, RowKind] = field(default_factory=dict)
    branch: str | None = None
    limit: str | None = None
    positive: tuple[str, ...] = ()
    sum_label: str = ""
    sum_count: int | None = None

    @property
    def options(self) -> frozenset[str]:
        """Return the options that were on the paper, without the rows 無回答 and 選択肢にない回答."""
        return frozenset(self.counts) - set(_SPECIAL)


@record
class ComparisonSource:
    """One column of a comparison (an event, all events of a year, or an earlier year) with its questions.

    ``has_totals_only``: only totals are known, and a question without one may have been asked all the same.
    ``changed_codes``: of several parts, the questions left out because they changed among them.
    """

    label: str
    response_count: int
    questions: tuple[AskedQuestion, ...]
    note: str = ""
    has_totals_only: bool = False
    changed_codes: frozenset[str] = frozenset()

    def find(self, code: str) -> AskedQuestion | None:
        """Return the question with ``code``, or None."""
        return next((question for question in self.questions if question.code == code), None)


@record
class ComparedCell:
    """One number as people and per cent of its n; ``people`` None where the question differed or has no such row.

    ``percent`` is as printed, without a sign; "" where ``people`` is None or n is 0.
    """

    people: int | None
    percent: str = ""


@record
class SourceDifference:
    """The last source minus the first in words: people (「+3」) and percentage points (「−1.4」).

    The points are rounded to one decimal at the end, from percentages that were not rounded.
    """

    people: str
    points: str


@record
class ComparedLine:
    """One printed row over all sources; ``difference`` None unless there are two sources and both have it.

    ``is_total``: the line of the sum (満足計 …), the last of its question.
    """

    text: str
    cells: tuple[ComparedCell, ...]
    difference: SourceDifference | None
    kind: RowKind = "option"
    is_total: bool = False


@record
class ComparedQuestion:
    """One question over all sources.

    ``comparabilities`` say for each source whether it was the same question. ``wordings`` are the titles that differ
    from the newest, by source; ``bases`` the n of each source.
    """

    code: str
    title: str
    comparabilities: tuple[Comparability, ...]
    wordings: tuple[tuple[str, str], ...]
    bases: tuple[int | None, ...]
    lines: tuple[ComparedLine, ...]

    @property
    def is_comparable(self) -> bool:
        """Return whether at least two sources asked it in a comparable way."""
        return sum(standing in COMPARABLE_KINDS for standing in self.comparabilities) > 1


def asked_questions(tallies: Sequence[QuestionTally]) -> tuple[AskedQuestion, ...]:
    """Return the SA and MA questions of a tally in the form for comparison."""
    found = []
    for one in tallies:
        question = one.question
        if not question.type.has_options:
            continue
        rows = one.rows()
        branch = f"{question.asked_of}={'・'.join(sorted(question.asked_of_options))}" if question.asked_of else ""
        found.append(
            AskedQuestion(
                code=question.code,
                title=question.title,
                type=question.type,
                base=one.base,
                counts={row.text: row.count for row in rows},
                kinds={row.text: row.kind for row in rows if row.kind != "option"},
                branch=branch,
                limit=f"{question.max_select}つまで" if question.max_select else "いくつでも",
                positive=question.positive,
                sum_label=one.sum_label,
                sum_count=one.sum_count,
            )
        )
    return tuple(found)


def earlier_source(earlier: EarlierCounts, label: str) -> ComparisonSource:
    """Return an earlier year as a column of a comparison."""
    asked = tuple(
        AskedQuestion(code=one.code, title=one.title, type=one.type, base=one.base, counts=dict(one.counts))
        for one in earlier.questions
    )
    return ComparisonSource(
        label=label, response_count=earlier.sheets, questions=asked, note=earlier.source, has_totals_only=True
    )


def combine_sources(label: str, parts: Sequence[ComparisonSource]) -> ComparisonSource:
    """Return all ``parts`` summed as one column, by question code, without questions that changed among the parts.

    A question that not every part asked is summed over those that did; other words of its title are no change. Title
    and options are those of the last part that has it.
    """
    codes = dict.fromkeys(question.code for part in parts for question in part.questions)
    asked, changed = [], []
    for code in codes:
        found = [question for part in parts if (question := part.find(code)) is not None]
        newest = found[-1]
        if any(_comparability(newest, one) not in COMPARABLE_KINDS for one in found):
            changed.append(code)
            continue
        sums = [_summed_people(newest, one) for one in found]
        names = dict.fromkeys(name for one in found for name in one.counts)
        asked.append(
            replace(
                newest,
                base=sum(one.base for one in found),
                counts={name: sum(one.counts.get(name, 0) for one in found) for name in names},
                kinds={name: kind for one in found for name, kind in one.kinds.items()},
                sum_count=None if None in sums else sum(people or 0 for people in sums),
            )
        )
    return ComparisonSource(
        label=label,
        response_count=sum(part.response_count for part in parts),
        questions=tuple(asked),
        changed_codes=frozenset(changed),
    )


def compare_sources(sources: Sequence[ComparisonSource]) -> tuple[ComparedQuestion, ...]:
    """Return every question of all sources compared, in the order of the last source.

    Questions that only earlier sources have follow.
    """
    if not sources:
        return ()
    codes = dict.fromkeys(question.code for source in reversed(sources) for question in source.questions)
    return tuple(_compare_question(code, sources) for code in codes)


def _compare_question(code: str, sources: Sequence[ComparisonSource]) -> ComparedQuestion:
    """Return one question compared between the sources: a line for each row, and one for the sum."""
    asked = [source.find(code) for source in sources]
    newest = next(one for one in reversed(asked) if one is not None)
    standings = tuple(_comparability(newest, one) for one in asked)
    usable = [one if standing in COMPARABLE_KINDS else None for one, standing in zip(asked, standings, strict=True)]
    lines = [_line(name, usable, _kind(name, newest)) for name in _row_names(newest, usable)]
    if newest.sum_label:
        sums = [None if one is None else _summed_people(newest, one) for one in usable]
        lines.append(_line_of_counts(newest.sum_label, sums, usable, total=True))
    return ComparedQuestion(
        code=code,
        title=newest.title,
        comparabilities=standings,
        wordings=tuple(
            (source.label, one.title)
            for source, one in zip(sources, asked, strict=True)
            if one is not None and one.title != newest.title
        ),
        bases=tuple(one.base if one is not None else None for one in asked),
        lines=tuple(lines),
    )


def _comparability(newest: AskedQuestion, question: AskedQuestion | None) -> Comparability:
    """Return in one word how far a question is the same as the newest: 同じ, 文が違う, 選択肢が違う or 聞き方が違う.

    「聞いていない」 for None. What is not known of one of the two (branch, limit) does not count as a difference.
    """
    if question is None:
        return "聞いていない"
    asked = (question.branch, question.limit), (newest.branch, newest.limit)
    if question.type != newest.type or any(
        None not in pair and pair[0] != pair[1] for pair in zip(*asked, strict=True)
    ):
        return "聞き方が違う"
    if question.options != newest.options:
        return "選択肢が違う"
    return "同じ" if question.title == newest.title else "文が違う"


def _row_names(newest: AskedQuestion, usable: Sequence[AskedQuestion | None]) -> list[str]:
    """Return the names of the rows: those of the newest, 選択肢にない回答 also where only another source has it.

    Ordinary options come first, then その他, exclusive options, 選択肢にない回答, and 無回答 last.
    """
    names = list(newest.counts)
    for one in usable:
        names += [name for name in (one.counts if one is not None else ()) if name not in names]
    return sorted(names, key=lambda name: _LAST[_kind(name, newest)])


def _kind(name: str, newest: AskedQuestion) -> RowKind:
    """Return the kind of a row by its name: none (無回答), outside (outside the list), else as the question has it."""
    if name == NO_ANSWER:
        return "none"
    return "outside" if name == OUTSIDE else newest.kinds.get(name, "option")


def _line(name: str, usable: Sequence[AskedQuestion | None], kind: RowKind) -> ComparedLine:
    """Return a line with the counts of each source, None where it was not comparable or has no such row.

    A missing 選択肢にない回答 counts as 0.
    """
    # 選択肢にない回答 is shown only where there was one; elsewhere it is not 0 but absent.
    counts = [None if one is None else one.counts.get(name, 0 if name == OUTSIDE else None) for one in usable]
    return _line_of_counts(name, counts, usable, kind=kind)


def _summed_people(newest: AskedQuestion, question: AskedQuestion) -> int | None:
    """Return how many people of ``question`` count for the sum of the newest (満足計 …), None = unknown.

    SA: those who chose an option that is positive in the newest, added up. Else the sum counted then, None where its
    positive options were others.
    """
    if newest.type.takes_one:
        return sum(question.counts.get(option, 0) for option in newest.positive)
    return question.sum_count if question.positive == newest.positive else None


def _line_of_counts(
    text: str,
    counts: Sequence[int | None],
    usable: Sequence[AskedQuestion | None],
    *,
    kind: RowKind = "option",
    total: bool = False,
) -> ComparedLine:
    """Return the line of one option or sum: people and percentage in each source, and the change if there are two."""
    bases = [one.base if one is not None else 0 for one in usable]
    cells = tuple(
        ComparedCell(people=count, percent=percent(count, base) if count is not None and base else "")
        for count, base in zip(counts, bases, strict=True)
    )
    first, last = counts[0], counts[-1]
    change = None
    if len(counts) == 2 and first is not None and last is not None and bases[0] and bases[-1]:
        points = Decimal(100 * last) / bases[-1] - Decimal(100 * first) / bases[0]
        change = SourceDifference(
            people=with_sign(str(last - first)),
            points=with_sign(str(points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))),
        )
    return ComparedLine(text=text, cells=cells, difference=change, kind=kind, is_total=total)


def with_sign(number: str) -> str:
    """Return a number with its sign (「+3」「−3」); zero has none."""
    if number.startswith("-"):
        return f"−{number[1:]}" if number.strip("-0.") else number[1:]
    return f"+{number}" if number.strip("0.") else number
