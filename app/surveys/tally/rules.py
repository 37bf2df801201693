"""Count survey answers and cross tables as printed, hide small cells, and group free texts (domain §4).

Hiding is proved by exchange. Published are the totals of every question of every event, by channel, zeros included,
and other cross tables. Let two people of one event and channel exchange their answers to the question in the columns:
all totals stay, and only cells in a row and a column of one of the two alone change. Where all these are hidden, both
surveys look the same from outside, and each cell has at least two possible values. So a small cell is hidden with all
cells of such an exchange, and a table with a small cell that no exchange reaches does not leave the ward.

Other cross tables stay the same when all that depends on the question in the columns is exchanged with it: the tables
that leave must not close a loop (``closes_loop``), else a third table would distinguish the two surveys.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations, product
from typing import Literal

from app.common.join_nonempty import fill_nonempty
from app.registers.register.rules import NameFinder, personal_flags, without_personal_data
from app.surveys.questions.rules import (
    COUNTED_BY_WARD,
    NO_ANSWER,
    OUTSIDE,
    REFERENCE_BASE,
    RowKind,
    answer_rows,
    one_decimal,
    options_without_other,
    other_option_of,
    parse_number,
    percent,
    row_names,
    sum_label_of,
    was_asked,
    who_counted,
)
from db.record import group_by_key, record
from db.records.surveys import Answer, CommentMark, CommentTheme, EventSurvey, Question, SurveyResponse

SMALL_CELL_PEOPLE = 2
"""Cells of up to this many people are hidden (domain §4)."""

_EMPTY_COST = 5
"""The cost of hiding an empty cell, which tells a little and is hidden only if needed."""

CellPosition = tuple[int, int]
QuestionPair = frozenset[str]


@record
class CountedOption:
    """One printed row, with number in the questionnaire (0 = none), people, percent ("31.3"), kind.

    ``paper`` and ``online`` are the people by channel, None where all used the same one.
    """

    number: int
    text: str
    count: int
    percent: str
    kind: RowKind
    paper: int | None = None
    online: int | None = None


@record
class FreeText:
    """A written answer with its response (place from 1 among those counted) and flags to check.

    ``masked`` is the text of a flagged one without personal data.
    """

    response_place: int
    text: str
    flags: tuple[str, ...] = ()
    masked: str = ""


@record
class NumberSummary:
    """Mean, median, minimum and maximum of the numbers answered, as printed, with their count."""

    answered_count: int
    mean: str
    median: str
    minimum: str
    maximum: str


@record
class QuestionTally:
    """One question counted over ``base`` responses, 無回答 included.

    ``options`` are in the questionnaire's order without その他; ``rows()`` gives print order. ``other_count`` and
    ``outside_count`` count people, ``out_of_list`` counts each text. ``texts`` are free answers, or the written
    その他. ``over_limit_count`` counts responses with more choices than allowed; they are counted all the same.
    ``not_asked_count`` are 非該当: responses to which the branch does not apply, outside ``base``. ``channels``
    is the same question counted over paper and over online responses alone, where both exist.
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
        """Return whether percentages are only 参考値 (n below 30)."""
        return self.base < REFERENCE_BASE

    def rows(self) -> tuple[CountedOption, ...]:
        """Return the rows in print order.

        SA: the questionnaire's order; MA: by people, ties in the questionnaire's order. その他, 特になし, answers
        outside the list and 無回答 come last, in this order; the last is always there.
        """
        plain = [row for row in self.options if row.kind == "option"]
        last = [row for row in self.options if row.kind != "option"]
        if self.question.type.takes_several:
            plain.sort(key=lambda row: -row.count)
        rows = plain if self.question.type.takes_several else list(self.options)
        if self.question.has_other:
            named = other_option_of(self.question)
            rows.append(self._row(self._other_number(), named, self.other_count, "other"))
        if self.question.type.takes_several:
            rows += last
        if self.outside_count:
            rows.append(self._row(0, OUTSIDE, self.outside_count, "outside"))
        rows.append(self._row(0, NO_ANSWER, self.no_answer, "none"))
        return self._with_channels(rows) if self.channels else tuple(rows)

    def _with_channels(self, rows: list[CountedOption]) -> tuple[CountedOption, ...]:
        """Return the rows with the number of people in each channel (paper, online) added."""
        paper, online = ({(row.kind, row.text): row.count for row in part.rows()} for part in self.channels)
        return tuple(
            replace(row, paper=paper.get((row.kind, row.text), 0), online=online.get((row.kind, row.text), 0))
            for row in rows
        )

    def _row(self, number: int, text: str, count: int, kind: RowKind) -> CountedOption:
        share = percent(count, self.base)
        return CountedOption(number=number, text=text, count=count, percent=share, kind=kind)

    def _other_number(self) -> int:
        """Return the printed number of その他: its place among the options from 1, else one after the last."""
        named = other_option_of(self.question)
        options = self.question.options
        return options.index(named) + 1 if named in options else len(options) + 1


@record
class Tally:
    """All questions of one survey, with the number of counted responses by channel.

    ``left_out_total`` responses were left out by decision. ``return_rate`` is 回収数 ／ 出席者数 in per cent, None
    where the attendance is unknown, zero, or below the number of responses.
    """

    base: int
    paper: int
    online: int
    left_out_total: int
    attendance: int | None
    return_rate: str | None
    questions: tuple[QuestionTally, ...]


@record
class CrossedResponse:
    """One response in a cross table, with the rows and columns that count it, by place.

    ``channel`` numbers what has totals of its own in an アンケート集計表: an event and a way of answering.
    """

    channel: int
    rows: frozenset[int]
    columns: frozenset[int]


def hidden_cells(cells: Sequence[Sequence[int]], answers: Iterable[CrossedResponse]) -> frozenset[CellPosition] | None:
    """Return the cells to hide, those of one to ``SMALL_CELL_PEOPLE`` people with those of an exchange.

    Of several exchanges the one is taken that costs the reader fewest people.

    Args:
        cells: people by row and column.
        answers: the responses behind them.

    Returns:
        The places of hidden cells; None when a small cell could be computed whatever is hidden.
    """
    small = [
        (row, column)
        for row, line in enumerate(cells)
        for column, people in enumerate(line)
        if 0 < people <= SMALL_CELL_PEOPLE
    ]
    exchanges = _exchange_cells(answers)
    around = group_by_key((cell, exchange) for exchange in exchanges for cell in exchange)
    hidden: set[CellPosition] = set()
    for cell in small:
        if not around[cell]:
            return None
        cheapest = min(
            around[cell],
            key=lambda exchange: (
                sum(cells[row][column] or _EMPTY_COST for row, column in exchange - hidden),
                sorted(exchange),
            ),
        )
        hidden |= cheapest
    return frozenset(hidden)


def _exchange_cells(answers: Iterable[CrossedResponse]) -> set[frozenset[CellPosition]]:
    """Return, for every two responses of one channel, the cells that change by exchanging their columns."""
    parts = defaultdict(set)
    for one in answers:
        parts[one.channel].add((one.rows, one.columns))
    return {
        frozenset(product(one[0] ^ other[0], one[1] ^ other[1]))
        for kinds in parts.values()
        for one, other in combinations(kinds, 2)
    }


def closes_loop(new_pair: QuestionPair, others: Collection[QuestionPair]) -> bool:
    """Return whether the table of two questions closes a loop with other tables and with branches.

    Args:
        new_pair: the codes of its two questions.
        others: the pairs connected already, by a table that leaves or by a branch; the pair itself does not count.
    """
    start, goal = sorted(new_pair)
    reached, frontier = {start}, [start]
    while frontier:
        here = frontier.pop()
        for pair in others:
            if here in pair and pair != new_pair:
                (following,) = pair - {here}
                if following not in reached:
                    reached.add(following)
                    frontier.append(following)
    return goal in reached


PercentBase = Literal["", "row", "column"]
AskedResponses = tuple[Sequence[Question], Iterable[Mapping[str, Answer]]]
"""A questionnaire and its answers, one mapping a response, of one event and channel (紙, オンライン).

Every such part has its totals in an アンケート集計表 of its own, which masking must consider.
"""
HIDDEN = "＊"
"""Printed in place of a hidden number."""
_ROLE = re.compile(r"役割|役職|お立場|立場")
_AGE = re.compile(r"年代|年齢")
Comparability = Literal["同じ", "文が違う", "選択肢が違う", "聞き方が違う", "聞いていない"]
COMPARABLE_KINDS: tuple[Comparability, ...] = ("同じ", "文が違う")


@record
class CrossTable:
    """People by row and column; ``total`` are the responses counted, without 非該当 of either question.

    The totals count people, so that those of a question with several answers are fewer than its choices. Rows and
    columns are in the questionnaire's order with その他, 選択肢にない回答 and 無回答 last. ``answers`` are the
    responses behind it; ``is_narrowed`` True when a branch excluded some of them from one of the questions.
    ``is_published`` True where every number is in an アンケート集計表 of its own (one question by events).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    allows_multiple: bool = False
    is_published: bool = False
    is_narrowed: bool = False
    answers: tuple[CrossedResponse, ...] = field(default=(), repr=False, compare=False)

    def hidden_cells_of_table(self) -> frozenset[tuple[int, int]] | None:
        """Return the cells to hide outside the ward as (row, column), or None when hiding would be useless.

        The totals are those of アンケート集計表. Behind a branch they are published nowhere else, and a small one
        tells of one or two people as a cell would.
        """
        if self.is_published:
            return frozenset()
        if self.is_narrowed and any(
            0 < people <= SMALL_CELL_PEOPLE for people in (*self.row_totals, *self.column_totals)
        ):
            return None
        return hidden_cells(self.cells, self.answers)


@record
class PrintedCell:
    """One number as printed, people or ＊, and the requested percentage, "" without one."""

    people: str
    percent: str = ""

    @property
    def is_hidden(self) -> bool:
        """Return whether the number is hidden."""
        return self.people == HIDDEN


@record
class PrintedCross:
    """A cross table as shown; ``lines`` hold the cells of each row with its total last, the sums at the end.

    ``hidden_count`` numbers are hidden; ``is_reference_only`` when a percentage is based on fewer than 30 people.
    """

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[PrintedCell, ...]], ...]
    hidden_count: int
    is_reference_only: bool


def cross_questions(row: Question, column: Question, asked_responses: Iterable[AskedResponses]) -> CrossTable:
    """Cross two SA or MA questions over the responses to which both apply.

    ``asked_responses`` are one or several questionnaires with their responses; a branch is judged by the
    response's own questionnaire.

    Raises:
        ValueError: a question without options.
    """
    pairs, narrowed = [], False
    for part, (questions, sheets) in enumerate(asked_responses):
        for sheet in sheets:
            if not (_was_asked(row, sheet, questions) and _was_asked(column, sheet, questions)):
                narrowed = True
                continue
            in_rows, in_columns = (row_names(one, sheet.get(one.code, Answer())) for one in (row, column))
            pairs.append((part, in_rows, in_columns))
    several = "MA" in (row.type, column.type)
    return replace(
        _count_cross(cross_rows(row), cross_rows(column), pairs, allows_multiple=several), is_narrowed=narrowed
    )


def cross_by_event(question: Question, by_event: Mapping[str, AskedResponses]) -> CrossTable:
    """Cross one SA or MA question with events, given by name with questionnaire and responses."""
    pairs = [
        (part, row_names(question, sheet.get(question.code, Answer())), (event,))
        for part, (event, (questions, sheets)) in enumerate(by_event.items())
        for sheet in sheets
        if _was_asked(question, sheet, questions)
    ]
    return replace(
        _count_cross(cross_rows(question), tuple(by_event), pairs, allows_multiple=question.type.takes_several),
        is_published=True,
    )


def _was_asked(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question]) -> bool:
    """Return whether the question was asked of this respondent, by its branch in ``questions`` (their own paper)."""
    own = next((one for one in questions if one.code == question.code), question)
    return was_asked(own, answers, questions)


def cross_rows(question: Question) -> tuple[str, ...]:
    """Return the names of all rows of a question in cross table order; raises ValueError for one without options.

    Options, その他, the exclusive option of an MA, and always 選択肢にない回答 and 無回答.
    """
    if not question.type.has_options:
        raise ValueError(f"{question.code}: only SA and MA can be crossed")
    other = (other_option_of(question),) if question.has_other else ()
    plain = options_without_other(question)
    exclusive = [option for option in plain if option == question.exclusive_option and question.type.takes_several]
    ordinary = [option for option in plain if option not in exclusive]
    return (*ordinary, *other, *exclusive, OUTSIDE, NO_ANSWER)


def _count_cross(
    rows: Sequence[str],
    columns: Sequence[str],
    pairs: Iterable[tuple[int, Sequence[str], Sequence[str]]],
    *,
    allows_multiple: bool,
) -> CrossTable:
    """Return the table of how often each row was answered together with each column.

    ``pairs`` are (channel, rows, columns) of each response. 選択肢にない回答 is left out where nobody answered so.
    """
    both: Counter[tuple[str, str]] = Counter()
    across: Counter[str] = Counter()
    down: Counter[str] = Counter()
    answers = []
    for part, in_rows, in_columns in pairs:
        answers.append((part, in_rows, in_columns))
        across.update(in_rows)
        down.update(in_columns)
        both.update((row, column) for row in in_rows for column in in_columns)
    # A row that only exists for irregular answers is left out while there is none.
    shown_rows = tuple(row for row in rows if row != OUTSIDE or across[row])
    shown_columns = tuple(column for column in columns if column != OUTSIDE or down[column])
    row_at = {name: place for place, name in enumerate(shown_rows)}
    column_at = {name: place for place, name in enumerate(shown_columns)}
    return CrossTable(
        rows=shown_rows,
        columns=shown_columns,
        cells=tuple(tuple(both[row, column] for column in shown_columns) for row in shown_rows),
        row_totals=tuple(across[row] for row in shown_rows),
        column_totals=tuple(down[column] for column in shown_columns),
        total=len(answers),
        allows_multiple=allows_multiple,
        answers=tuple(
            CrossedResponse(
                channel=part,
                rows=frozenset(row_at[name] for name in in_rows),
                columns=frozenset(column_at[name] for name in in_columns),
            )
            for part, in_rows, in_columns in answers
        ),
    )


def print_cross(table: CrossTable, *, percent_base: PercentBase = "", masked: bool) -> PrintedCross:
    """Return the table as shown, people, with ``percent_base`` of row or column in per cent (ROUND_HALF_UP).

    ``masked`` hides cells of one or two people, and as many others as keep them from being computed from the
    totals, which are in アンケート集計表 and report and are never hidden. A table in which that is impossible is
    hidden entirely; on paper it may not leave the ward at all.
    """
    hidden = table.hidden_cells_of_table() if masked else frozenset()
    if hidden is None:
        hidden = frozenset((row, column) for row in range(len(table.rows)) for column in range(len(table.columns)))
    cells = [
        [None if (row, column) in hidden else people for column, people in enumerate(line)]
        for row, line in enumerate(table.cells)
    ]
    across, down, total = table.row_totals, table.column_totals, table.total
    lines = []
    for name, line, whole in zip((*table.rows, "計"), (*cells, down), (*across, total), strict=True):
        bases = (
            [whole] * len(line)
            if percent_base == "row"
            else list(down)
            if percent_base == "column"
            else [None] * len(line)
        )
        printed = [_printed(count, base) for count, base in zip(line, bases, strict=True)]
        last = whole if percent_base == "row" else total if percent_base == "column" else None
        lines.append((name, (*printed, _printed(whole, last))))
    wholes = table.row_totals if percent_base == "row" else table.column_totals if percent_base == "column" else ()
    return PrintedCross(
        columns=(*table.columns, "計"),
        lines=tuple(lines),
        hidden_count=len(hidden),
        is_reference_only=bool(percent_base) and any(whole < REFERENCE_BASE for whole in wholes),
    )


def _printed(count: int | None, base: int | None) -> PrintedCell:
    """Return a cell as it is printed: 「＊」 for None (hidden), else people, and per cent of ``base`` if it has one."""
    if count is None:
        return PrintedCell(people=HIDDEN)
    return PrintedCell(people=str(count), percent=percent(count, base) if base else "")


def cross_note(table: CrossTable, printed: PrintedCross, *, percent_base: PercentBase, masked: bool) -> str:
    """Return the note under a cross table (n, unit, several answers, base of percentages, hidden cells)."""
    note = f"ｎ＝{table.total}（回収数。非該当の回答を除く）。単位は人。"
    if table.allows_multiple:
        note += "複数回答の設問を含むため、欄の合計は計と一致しない。"
    if percent_base:
        of = "横の計" if percent_base == "row" else "縦の計"
        note += f"％は{of}に対する割合（小数第2位を四捨五入）。"
    if printed.is_reference_only:
        note += f"{REFERENCE_BASE}人未満を分母とする％は参考値。"
    if printed.hidden_count:
        note += (
            f"{HIDDEN}は、{SMALL_CELL_PEOPLE}人以下の欄と、"
            f"そこから逆算できる欄を伏せたもの（{printed.hidden_count}か所）。"
        )
    elif table.is_published:
        note += "各回の集計表に載る人数を並べたもの。"
    elif masked:
        note += f"1人から{SMALL_CELL_PEOPLE}人の欄はない。"
    else:
        note += f"{SMALL_CELL_PEOPLE}人以下の欄も伏せていない（区の内部用）。"
    return note


def role_and_age_questions(questions: Sequence[Question]) -> tuple[Question, Question] | None:
    """Return the questions on 役割 and 年代, when both are asked (domain §8.4); else None."""
    choices = [question for question in questions if question.type.has_options]
    role = next((one for one in choices if _ROLE.search(one.title)), None)
    age = next((one for one in choices if _AGE.search(one.title)), None)
    return (role, age) if role is not None and age is not None and role is not age else None


def role_and_age_warning(questions: Sequence[Question], base: int) -> str:
    """Return a warning when 役割 and 年代 together could identify people because n is small; else ""."""
    if base >= REFERENCE_BASE or role_and_age_questions(questions) is None:
        return ""
    return (
        f"役割と年代の両方を聞いていて、回収数が{base}枚と少ないため、組み合わせると誰の回答か分かるおそれがあります。"
        "外に出すときは、役割と年代を組み合わせた表を使わないでください。"
    )


def question_comparability(newest: Question, question: Question | None) -> Comparability:
    """Return how ``question`` compares with ``newest`` of the same code; 「聞いていない」 for None.

    Another type, another limit or another branch is another question. Other words of the title are shown, and
    compared all the same; the order of the options does not matter.
    """
    if question is None:
        return "聞いていない"
    branch = (question.asked_of, frozenset(question.asked_of_options)) == (
        newest.asked_of,
        frozenset(newest.asked_of_options),
    )
    if question.type != newest.type or question.max_select != newest.max_select or not branch:
        return "聞き方が違う"
    if frozenset(question.options) != frozenset(newest.options) or question.has_other != newest.has_other:
        return "選択肢が違う"
    return "同じ" if question.title == newest.title else "文が違う"


MAX_VALUES = 12
"""With more different values than this, rows are classes, since single values would fill pages."""
_MAX_CLASSES = 10
AnswersByCode = Mapping[str, Answer]
AnswerCounts = Counter[tuple[tuple[str, ...], str, tuple[str, ...]]]
"""Different answers to one question (chosen, その他, outside the list) and how often each occurs."""


def tally_numbers(question: Question, answers: Sequence[Answer]) -> QuestionTally:
    """Return the tally of ``answers`` in numbers; a text that is not exactly one number is outside the list."""
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
    """Return whether the values of a numeric question are printed in classes of equal width."""
    return question_tally.question.type.is_number and len(question_tally.options) > MAX_VALUES


def printed_rows(question_tally: QuestionTally) -> tuple[CountedOption, ...]:
    """Return the rows as printed, the values of a numeric question in classes when there are many."""
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
    made = [
        _class_row(start * width, width, held, question_tally.base, is_integer=whole) for start, held in classes.items()
    ]
    return (*made, *(row for row in rows if row.kind != "option"))


def _class_of(value: Decimal, width: Decimal) -> Decimal:
    """Return the class of a value, correct for negative ones, where ``//`` rounds toward zero."""
    found = value // width
    return found - 1 if found * width > value else found


def _class_width(minimum: Decimal, maximum: Decimal) -> Decimal:
    """Return the smallest width of 1, 2, 5, 10, 20, 50 … that needs no more than ten classes."""
    power = Decimal(1)
    while True:
        for step in (1, 2, 5):
            if _class_of(maximum, step * power) - _class_of(minimum, step * power) < _MAX_CLASSES:
                return step * power
        power *= 10


def _class_row(
    start: Decimal, width: Decimal, options: Sequence[CountedOption], base: int, *, is_integer: bool
) -> CountedOption:
    """Return the row of the class of numbers from ``start``, with the people of ``options`` added up.

    Its text is 「10～19」 (``is_integer``) or 「10以上20未満」.
    """
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
    """Count the responses that were not left out by decision.

    ``attendance`` is 出席者数 or None when unknown; a ``finder`` of known people serves the check of free
    texts (see ``app.registers.register.rules``). Where sheets came back on paper
    and online, every question also tells both apart.
    """
    counted = [sheet for sheet in responses if sheet.counted]
    on_paper = [sheet.answers for sheet in counted if sheet.source.is_paper]
    online = [sheet.answers for sheet in counted if not sheet.source.is_paper]
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
    """Count plain answers (one mapping by question code for each response); a missing code is 無回答.

    A question with ``asked_of`` is counted over the responses to which it applies; the others are 非該当 and
    outside n, also when somebody wrote an answer all the same.
    """
    return _count(questions, answers, None, ())


def _count(
    questions: Sequence[Question],
    answers: Sequence[AnswersByCode],
    finder: NameFinder | None,
    channels: tuple[Sequence[AnswersByCode], ...],
) -> tuple[QuestionTally, ...]:
    """Return the tally of every question; ``channels`` are the same answers on paper and online, () = not apart."""
    counted = []
    for question in questions:
        if question.type.has_options:
            # Each channel is counted once; both together are the whole.
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
            written = question.type.is_text
        if channels:
            one = replace(one, channels=tuple(parts))
        counted.append(_add_texts(one, answers, questions, finder) if written else one)
    return tuple(counted)


def _answers_of_asked(
    question: Question, responses: Sequence[AnswersByCode], questions: Sequence[Question]
) -> list[Answer]:
    nothing, code = Answer(), question.code
    if not question.asked_of:
        return [sheet.get(code, nothing) for sheet in responses]
    return [sheet.get(code, nothing) for sheet in responses if was_asked(question, sheet, questions)]


def _count_written(
    question: Question, responses: Sequence[AnswersByCode], questions: Sequence[Question]
) -> QuestionTally:
    """Return the tally of a question with a written answer, a number or free text."""
    given = _answers_of_asked(question, responses, questions)
    if question.type.is_number:
        one = tally_numbers(question, given)
    else:
        written = sum(1 for answer in given if answer.text.strip())
        one = QuestionTally(question=question, base=len(given), no_answer=len(given) - written, answered_count=written)
    return replace(one, not_asked_count=len(responses) - len(given))


@dataclass
class _OptionSums:
    """Sums of a question with options, filled while counting."""

    people: Counter[str] = field(default_factory=Counter)
    unlisted: Counter[str] = field(default_factory=Counter)
    other: int = 0
    outside: int = 0
    empty: int = 0
    over_limit: int = 0
    positive: int = 0


def _count_same_answers(question: Question, answers: Sequence[Answer]) -> AnswerCounts:
    """Return each different answer with its count, so that it is judged only once.

    Where the question has その他, its written text is only 「。」, so that answers with different texts are one.
    """
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
    """Add up how often each option was answered."""
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
    """Add free answers, or the text beside その他, each with its response and flags to check."""
    question = question_tally.question
    found = []
    for place, sheet in enumerate(responses, 1):
        answer = sheet.get(question.code)
        text = "" if answer is None else answer.text if question.type.is_text else answer.other
        if text.strip() and was_asked(question, sheet, questions):
            flags = personal_flags(text, finder=finder)
            masked = without_personal_data(text, finder=finder) if flags else ""
            found.append(FreeText(response_place=place, text=text, flags=flags, masked=masked))
    return replace(question_tally, texts=tuple(found))


QuoteDecision = Literal["引用する", "引用しない", "確認が必要"]
NO_THEME = "分類なし"
EDITED = "（表記を整えた）"
"""The suffix of a quote whose words were edited."""


@record
class Comment:
    """One written answer with the decision about it.

    ``sheet_id`` is the response, ``number`` its place among the written answers of the question from 1, ``flags``
    what may identify the author, ``masked`` the words without that, ``mark`` the decision or None.
    """

    sheet_id: int
    number: int
    text: str
    source: str = ""
    flags: tuple[str, ...] = ()
    masked: str = ""
    mark: CommentMark | None = None

    @property
    def theme_id(self) -> int | None:
        """Return the id of its theme, or None."""
        return self.mark.theme_id if self.mark is not None else None

    @property
    def quote_decision(self) -> QuoteDecision:
        """Return whether it goes into a document; a flagged text does only in words that somebody chose."""
        if self.mark is not None and not self.mark.quoted:
            return "引用しない"
        if self.flags and not (self.mark is not None and self.mark.quote):
            return "確認が必要"
        return "引用する"

    @property
    def quoted_words(self) -> str:
        """Return the words for documents; "" when it is not quoted."""
        if self.quote_decision != "引用する":
            return ""
        return self.mark.quote if self.mark is not None and self.mark.quote else self.text

    @property
    def is_edited(self) -> bool:
        """Return whether the quoted words differ from the written ones."""
        return bool(self.quoted_words) and self.quoted_words != self.text


@record
class ThemeGroup:
    """The comments of one theme; ``theme`` None = those without one."""

    theme: CommentTheme | None
    comments: tuple[Comment, ...]

    @property
    def name(self) -> str:
        """Return the printed name of the group."""
        return self.theme.name if self.theme is not None else NO_THEME


def group_comments(themes: Sequence[CommentTheme], comments: Iterable[Comment]) -> tuple[ThemeGroup, ...]:
    """Return one question's comments by theme, in theme order, themes without comments too.

    Those without a theme, or with one that is not among ``themes``, come last, if any.
    """
    known = {theme.id for theme in themes}
    by_theme = group_by_key((comment.theme_id if comment.theme_id in known else None, comment) for comment in comments)
    groups = [ThemeGroup(theme=theme, comments=tuple(by_theme.get(theme.id, ()))) for theme in themes]
    if None in by_theme:
        groups.append(ThemeGroup(theme=None, comments=tuple(by_theme[None])))
    return tuple(groups)


def theme_counts(comments: Iterable[Comment]) -> Counter[int | None]:
    """Return how many comments each theme has (None = no theme)."""
    return Counter(comment.theme_id for comment in comments)


def left_out_words(comments: Iterable[Comment]) -> str:
    """Return how many comments are not quoted (「ほか2件は掲載していない（うち1件は、…確認中）。」), "" for none."""
    counted = Counter(comment.quote_decision for comment in comments)
    waiting = counted["確認が必要"]
    missing = waiting + counted["引用しない"]
    if not missing:
        return ""
    open_ones = fill_nonempty("（うち{}件は、個人が分かるおそれがないか確認中）", waiting)
    return f"ほか{missing}件は掲載していない{open_ones}。"


def correction_words(survey: EventSurvey) -> str:
    """Return 「、確定後に区が訂正」, to follow who counted, once fixed totals were changed or opened again.

    "" before, and where the ward itself counted.
    """
    return "、確定後に区が訂正" if survey.freeze_note and who_counted(survey) != COUNTED_BY_WARD else ""


def mean(values: Sequence[Decimal]) -> str:
    """Return the mean with one decimal, "" for no values."""
    return one_decimal(sum(values, Decimal(0)) / len(values)) if values else ""


def median(values: Sequence[Decimal]) -> str:
    """Return the median, exact when it is one of the values, else the middle of two with one decimal; "" for none."""
    if not values:
        return ""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return plain_number(ordered[middle])
    low, high = ordered[middle - 1], ordered[middle]
    return plain_number(low) if low == high else plain_number(Decimal(one_decimal((low + high) / 2)))


def plain_number(value: Decimal) -> str:
    """Return a number without trailing zeros ("3", "3.5")."""
    return f"{value.normalize():f}" if value else "0"
