"""Crosses one question with another, or with the events of the year: people first, small cells hidden outside the
office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from app.subjects.surveys.questions.rules.survey_questions import options_without_other, other_option_of
from app.subjects.surveys.questions.rules.tally_result import (
    NO_ANSWER,
    OUTSIDE,
    REFERENCE_BASE,
    percent,
    row_names,
    was_asked,
)
from app.subjects.surveys.tally.rules.cross_masking import SMALL_CELL_PEOPLE, CrossedResponse, hidden_cells
from db.frozen_record import frozen_record
from db.records.surveys import Answer, Question

PercentBase = Literal["", "row", "column"]
AskedResponses = tuple[Sequence[Question], Iterable[Mapping[str, Answer]]]
"""A questionnaire and the answers to it, one mapping a sheet: of one event, and of one way of answering (紙,
オンライン).

Every such part has its totals in an アンケート集計表 of its own, which whoever masks has to reckon with.
"""
HIDDEN = "＊"
"""What stands for a hidden number in print."""
_ROLE = re.compile(r"役割|役職|お立場|立場")
_AGE = re.compile(r"年代|年齢")
Comparability = Literal["同じ", "文が違う", "選択肢が違う", "聞き方が違う", "聞いていない"]
COMPARABLE_KINDS: tuple[Comparability, ...] = ("同じ", "文が違う")


@frozen_record
class CrossTable:
    """People by row and column; ``total`` are the sheets counted, 非該当 of either question outside.

    The totals count people, so that those of a question with several answers are fewer than its ticks. Rows and
    columns stand in the questionnaire's order with その他, 選択肢にない回答 and 無回答 last. ``answers`` are the sheets
    behind it; ``narrowed`` True when a branch did not ask some of the sheets one of the questions. ``published`` True
    where every number stands in an アンケート集計表 of its own (one question by events).
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
        """Return the cells to hide outside the ward as (row, column), or None when hiding would be of no use.

        The totals are those of アンケート集計表. Behind a branch they stand nowhere else, and a small one tells of one
        or two people as a cell would.
        """
        if self.is_published:
            return frozenset()
        if self.is_narrowed and any(
            0 < people <= SMALL_CELL_PEOPLE for people in (*self.row_totals, *self.column_totals)
        ):
            return None
        return hidden_cells(self.cells, self.answers)


@frozen_record
class PrintedCell:
    """One number as printed: people, or ＊ for a hidden one, and the percentage asked for, empty without one."""

    people: str
    percent: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether the number is not shown."""
        return self.people == HIDDEN


@frozen_record
class PrintedCross:
    """A cross table as it is shown: ``lines`` hold the cells of each row with its total last, the sums at the end.

    ``hidden`` numbers are not shown; ``reference_only`` when a percentage stands on fewer than 30 people.
    """

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[PrintedCell, ...]], ...]
    hidden_count: int
    is_reference_only: bool


def cross_questions(row: Question, column: Question, asked_responses: Iterable[AskedResponses]) -> CrossTable:
    """Cross two SA or MA questions over the sheets that were asked both.

    ``asked_responses`` are one or several questionnaires with their sheets; a branch is judged by the sheet's own
    questionnaire. Raises ValueError for a question without options.
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
    """Cross one SA or MA question with the events whose questionnaire and sheets are given by name."""
    pairs = [
        (part, row_names(question, sheet.get(question.code, Answer())), (event,))
        for part, (event, (questions, sheets)) in enumerate(by_event.items())
        for sheet in sheets
        if _was_asked(question, sheet, questions)
    ]
    return replace(
        _count_cross(cross_rows(question), tuple(by_event), pairs, allows_multiple=question.type == "MA"),
        is_published=True,
    )


def _was_asked(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question]) -> bool:
    own = next((one for one in questions if one.code == question.code), question)
    return was_asked(own, answers, questions)


def cross_rows(question: Question) -> tuple[str, ...]:
    """Every row of a question in the order of a cross table; raises ValueError for one without options."""
    if question.type not in ("SA", "MA"):
        raise ValueError(f"{question.code}: only SA and MA can be crossed")
    other = (other_option_of(question),) if question.has_other else ()
    plain = options_without_other(question)
    exclusive = tuple(option for option in plain if option == question.exclusive_option and question.type == "MA")
    ordinary = tuple(option for option in plain if option not in exclusive)
    return (*ordinary, *other, *exclusive, OUTSIDE, NO_ANSWER)


def _count_cross(
    rows: Sequence[str],
    columns: Sequence[str],
    pairs: Iterable[tuple[int, Sequence[str], Sequence[str]]],
    *,
    allows_multiple: bool,
) -> CrossTable:
    both: Counter[tuple[str, str]] = Counter()
    across: Counter[str] = Counter()
    down: Counter[str] = Counter()
    answers = []
    for part, in_rows, in_columns in pairs:
        answers.append((part, in_rows, in_columns))
        across.update(in_rows)
        down.update(in_columns)
        both.update((row, column) for row in in_rows for column in in_columns)
    # A row that only exists for what went wrong is left out while nothing did.
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
    """Return the table as shown: people, with ``percent_base`` of the row or the column in per cent (ROUND_HALF_UP).

    ``masked`` hides cells of one or two people, and as many others as keep them from being computed from the totals,
    which stand in アンケート集計表 and report and are never hidden. A table in which that cannot be done is hidden
    whole; on paper it may not leave the ward at all.
    """
    hidden = table.hidden_cells_of_table() if masked else frozenset()
    if hidden is None:
        hidden = frozenset((row, column) for row in range(len(table.rows)) for column in range(len(table.columns)))
    cells: Sequence[Sequence[int | None]] = [
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
    if count is None:
        return PrintedCell(people=HIDDEN)
    return PrintedCell(people=str(count), percent=percent(count, base) if base else "")


def cross_note(table: CrossTable, printed: PrintedCross, *, percent_base: PercentBase, masked: bool) -> str:
    """The note under a cross table: n, the unit, several answers, what percentages stand on, what is hidden and why."""
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
    """The questions that ask for 役割 and for 年代, when both are asked (domain §8.4); None otherwise."""
    choices = [question for question in questions if question.type in ("SA", "MA")]
    role = next((one for one in choices if _ROLE.search(one.title)), None)
    age = next((one for one in choices if _AGE.search(one.title)), None)
    return (role, age) if role is not None and age is not None and role is not age else None


def role_and_age_warning(questions: Sequence[Question], base: int) -> str:
    """A sentence when 役割 and 年代 together could tell who answered because n is small; empty otherwise."""
    if base >= REFERENCE_BASE or role_and_age_questions(questions) is None:
        return ""
    return (
        f"役割と年代の両方を聞いていて、回収数が{base}枚と少ないため、組み合わせると誰の回答か分かるおそれがあります。"
        "外に出すときは、役割と年代を組み合わせた表を使わないでください。"
    )


def question_comparability(newest: Question, question: Question | None) -> Comparability:
    """How ``question`` stands to ``newest`` of the same code: same code and same options may be compared.

    Another kind, another limit or another branch is another way of asking. Other words of the title are shown,
    and compared all the same; the order of the options does not matter.
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
