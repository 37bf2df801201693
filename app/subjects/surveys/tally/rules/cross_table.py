"""Crosses one question with another, or with the events of the year: people first, small cells hidden outside the office."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.subjects.surveys.questions.rules.survey_questions import other_option, plain_options
from app.subjects.surveys.questions.rules.tally_result import (
    NO_ANSWER,
    OUTSIDE,
    REFERENCE_BASE,
    percent,
    row_names,
    was_asked,
)
from db.records.surveys import Answer, Question

SMALL_CELL = 2
"""Cells of one or two people are hidden (domain §4)."""

_MARGIN_COST = 1_000_000
_FORCED_COST = 1_000_000_000
Cell = tuple[int, int]
Step = tuple[int, Cell]
Share = Literal["", "row", "column"]
Asked = tuple[Sequence[Question], Iterable[Mapping[str, Answer]]]
"""A questionnaire and the answers to it, one mapping a sheet."""
HIDDEN = "＊"
"""What stands for a hidden number in print."""
_ROLE = re.compile(r"役割|役職|お立場|立場")
_AGE = re.compile(r"年代|年齢")
Standing = Literal["同じ", "文が違う", "選択肢が違う", "聞き方が違う", "聞いていない"]
COMPARABLE: tuple[Standing, ...] = ("同じ", "文が違う")


@dataclass(frozen=True, kw_only=True)
class MaskedTable:
    """A cross table for outside: None stands for a hidden number; totals are hidden only when they must be."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    hidden: int


def mask_small_cells(
    cells: Sequence[Sequence[int]],
    *,
    row_totals: Sequence[int] | None = None,
    column_totals: Sequence[int] | None = None,
    total: int | None = None,
    smallest_shown: int = SMALL_CELL + 1,
) -> MaskedTable:
    """Hide every number from 1 to ``smallest_shown`` − 1 and enough others that none can be computed.

    Totals not given are the sums; those of a question with several answers are people, fewer than the ticks.
    Rows, columns and totals together form a table in which every row and column adds up. A hidden number stays
    unknown when people can be moved along a way over other hidden numbers, out of its row and back into its
    column, without any number falling below zero: a reader knows that there are no fewer than no people. The
    cheapest such way (fewest people lost to the reader, totals last) is hidden as well.
    """
    table = _with_totals(cells, row_totals, column_totals, total)
    height, width = len(table), len(table[0])
    small = [
        (row, column) for row in range(height) for column in range(width) if 0 < table[row][column] < smallest_shown
    ]
    hidden: set[Cell] = set(small)
    for cell in small:
        hidden |= _Ways(table, hidden, cell).cheapest()
    shown = [
        [None if (row, column) in hidden else table[row][column] for column in range(width)] for row in range(height)
    ]
    return MaskedTable(
        cells=tuple(tuple(line[:-1]) for line in shown[:-1]),
        row_totals=tuple(line[-1] for line in shown[:-1]),
        column_totals=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
        hidden=len(hidden),
    )


def _with_totals(
    cells: Sequence[Sequence[int]],
    row_totals: Sequence[int] | None,
    column_totals: Sequence[int] | None,
    total: int | None,
) -> list[list[int]]:
    across = [sum(row) for row in cells] if row_totals is None else list(row_totals)
    down = [sum(column) for column in zip(*cells, strict=True)] if column_totals is None else list(column_totals)
    rows = [[*row, whole] for row, whole in zip(cells, across, strict=True)]
    return [*rows, [*down, sum(across) if total is None else total]]


class _Ways:
    """Ways over other numbers that join the row and the column of one hidden number."""

    def __init__(self, table: list[list[int]], hidden: set[Cell], cell: Cell) -> None:
        self._table = table
        self._hidden = hidden
        self._cell = cell
        self._height, self._width = len(table), len(table[0])

    def cheapest(self) -> set[Cell]:
        """The numbers of the cheapest way on which people can be moved, in whichever direction costs less."""
        row, column = self._cell[0], self._height + self._cell[1]
        fewer, more = self._shortest(row, column), self._shortest(column, row)
        return min((fewer, more), key=lambda found: found[0])[1]

    def _shortest(self, start: int, goal: int) -> tuple[int, set[Cell]]:
        """Dijkstra over rows and columns: from a row to a column a number grows, the other way it shrinks."""
        best: dict[int, int] = {start: 0}
        came: dict[int, Step] = {}
        queue = [(0, start)]
        while queue:
            cost, node = heapq.heappop(queue)
            if node == goal:
                break
            if cost > best[node]:
                continue
            for following, step in self._neighbours(node):
                if step == self._cell:
                    continue
                price = cost + self._price(step, grows=node < self._height)
                if price < best.get(following, price + 1):
                    best[following] = price
                    came[following] = (node, step)
                    heapq.heappush(queue, (price, following))
        way: set[Cell] = set()
        node = goal
        while node in came and node != start:
            node, step = came[node]
            way.add(step)
        return best.get(goal, 2 * _FORCED_COST), way

    def _neighbours(self, node: int) -> Iterator[Step]:
        height = self._height
        if node < height:
            yield from ((height + column, (node, column)) for column in range(self._width))
        else:
            yield from ((row, (row, node - height)) for row in range(height))

    def _price(self, step: Cell, *, grows: bool) -> int:
        """What hiding one more number costs the reader; an empty cell tells little and is not hidden gladly.

        A total stands on the other side of the sum: it shrinks where a cell would grow. A number that would fall
        below zero opens no way; it is taken only when nothing else is left.
        """
        row, column = step
        value = self._table[row][column]
        margin = (row == self._height - 1) != (column == self._width - 1)
        blocked = value < 1 and grows == margin
        if step in self._hidden:
            return _FORCED_COST if blocked else 0
        outer = row == self._height - 1 or column == self._width - 1
        return (value or 5) + (_MARGIN_COST if outer else 0) + (_FORCED_COST if blocked else 0)


@dataclass(frozen=True, kw_only=True)
class CrossTable:
    """People by row and column; ``total`` are the sheets counted, 非該当 of either question outside.

    The totals count people, so that those of a question with several answers are fewer than its ticks. Rows and
    columns stand in the questionnaire's order with その他, 選択肢にない回答 and 無回答 last.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    several: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintedCell:
    """One number as printed: people, or ＊ for a hidden one, and the percentage asked for, empty without one."""

    people: str
    percent: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the number is not shown."""
        return self.people == HIDDEN


@dataclass(frozen=True, kw_only=True)
class PrintedCross:
    """A cross table as it is shown: ``lines`` hold the cells of each row with its total last, the sums at the end.

    ``hidden`` numbers are not shown; ``reference_only`` when a percentage stands on fewer than 30 people.
    """

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[PrintedCell, ...]], ...]
    hidden: int
    reference_only: bool


def cross(row: Question, column: Question, asked: Iterable[Asked]) -> CrossTable:
    """Cross two SA or MA questions over the sheets that were asked both.

    ``asked`` are one or several questionnaires with their sheets; a branch is judged by the sheet's own
    questionnaire. Raises ValueError for a question without options.
    """
    pairs = (
        (row_names(row, sheet.get(row.code, Answer())), row_names(column, sheet.get(column.code, Answer())))
        for questions, sheets in asked
        for sheet in sheets
        if _was_asked(row, sheet, questions) and _was_asked(column, sheet, questions)
    )
    several = "MA" in (row.type, column.type)
    return _cross(all_rows(row), all_rows(column), pairs, several=several)


def cross_by_event(question: Question, by_event: Mapping[str, Asked]) -> CrossTable:
    """Cross one SA or MA question with the events whose questionnaire and sheets are given by name."""
    pairs = (
        (row_names(question, sheet.get(question.code, Answer())), (event,))
        for event, (questions, sheets) in by_event.items()
        for sheet in sheets
        if _was_asked(question, sheet, questions)
    )
    return _cross(all_rows(question), tuple(by_event), pairs, several=question.type == "MA")


def _was_asked(question: Question, sheet: Mapping[str, Answer], questions: Sequence[Question]) -> bool:
    own = next((one for one in questions if one.code == question.code), question)
    return was_asked(own, sheet, questions)


def all_rows(question: Question) -> tuple[str, ...]:
    """Every row of a question in the order of a cross table; raises ValueError for one without options."""
    if question.type not in ("SA", "MA"):
        raise ValueError(f"{question.code}: only SA and MA can be crossed")
    other = (other_option(question),) if question.has_other else ()
    plain = plain_options(question)
    exclusive = tuple(option for option in plain if option == question.exclusive_option and question.type == "MA")
    ordinary = tuple(option for option in plain if option not in exclusive)
    return (*ordinary, *other, *exclusive, OUTSIDE, NO_ANSWER)


def _cross(
    rows: Sequence[str],
    columns: Sequence[str],
    pairs: Iterable[tuple[Sequence[str], Sequence[str]]],
    *,
    several: bool,
) -> CrossTable:
    both: Counter[tuple[str, str]] = Counter()
    across: Counter[str] = Counter()
    down: Counter[str] = Counter()
    total = 0
    for in_rows, in_columns in pairs:
        total += 1
        across.update(in_rows)
        down.update(in_columns)
        both.update((row, column) for row in in_rows for column in in_columns)
    # A row that only exists for what went wrong is left out while nothing did.
    shown_rows = tuple(row for row in rows if row != OUTSIDE or across[row])
    shown_columns = tuple(column for column in columns if column != OUTSIDE or down[column])
    return CrossTable(
        rows=shown_rows,
        columns=shown_columns,
        cells=tuple(tuple(both[row, column] for column in shown_columns) for row in shown_rows),
        row_totals=tuple(across[row] for row in shown_rows),
        column_totals=tuple(down[column] for column in shown_columns),
        total=total,
        several=several,
    )


def printed_cross(table: CrossTable, *, share: Share = "", masked: bool) -> PrintedCross:
    """Return the table as shown: people, with ``share`` of the row or the column in per cent (ROUND_HALF_UP).

    ``masked`` hides cells of one or two people, and as many others as keep them from being computed.
    """
    cells: Sequence[Sequence[int | None]] = table.cells
    across: Sequence[int | None] = table.row_totals
    down: Sequence[int | None] = table.column_totals
    total: int | None = table.total
    hidden = 0
    if masked:
        found = mask_small_cells(
            table.cells, row_totals=table.row_totals, column_totals=table.column_totals, total=table.total
        )
        cells, across, down, total, hidden = (
            found.cells, found.row_totals, found.column_totals, found.total, found.hidden,
        )  # fmt: skip
    lines = []
    for name, line, whole in zip((*table.rows, "計"), (*cells, down), (*across, total), strict=True):
        bases = [whole] * len(line) if share == "row" else list(down) if share == "column" else [None] * len(line)
        printed = [_printed(count, base) for count, base in zip(line, bases, strict=True)]
        last = whole if share == "row" else total if share == "column" else None
        lines.append((name, (*printed, _printed(whole, last))))
    wholes = table.row_totals if share == "row" else table.column_totals if share == "column" else ()
    return PrintedCross(
        columns=(*table.columns, "計"),
        lines=tuple(lines),
        hidden=hidden,
        reference_only=bool(share) and any(whole < REFERENCE_BASE for whole in wholes),
    )


def _printed(count: int | None, base: int | None) -> PrintedCell:
    if count is None:
        return PrintedCell(people=HIDDEN)
    return PrintedCell(people=str(count), percent=percent(count, base) if base else "")


def cross_note(table: CrossTable, printed: PrintedCross, *, share: Share, masked: bool) -> str:
    """The note under a cross table: n, the unit, several answers, what percentages stand on, what is hidden and why."""
    total = printed.lines[-1][1][-1]
    base = "" if total.hidden else f"ｎ＝{total.people}（回収数。非該当の回答を除く）。"
    note = f"{base}単位は人。"
    if table.several:
        note += "複数回答の設問を含むため、欄の合計は計と一致しない。"
    if share:
        of = "横の計" if share == "row" else "縦の計"
        note += f"％は{of}に対する割合（小数第2位を四捨五入）。"
    if printed.reference_only:
        note += f"{REFERENCE_BASE}人未満を分母とする％は参考値。"
    if printed.hidden:
        note += f"{HIDDEN}は、{SMALL_CELL}人以下の欄と、そこから逆算できる欄を伏せたもの（{printed.hidden}か所）。"
    elif masked:
        note += f"1人から{SMALL_CELL}人の欄はない。"
    else:
        note += f"{SMALL_CELL}人以下の欄も伏せていない（区の内部用）。"
    return note


def who_and_age(questions: Sequence[Question]) -> tuple[Question, Question] | None:
    """The questions that ask for 役割 and for 年代, when both are asked (domain §8.4); None otherwise."""
    choices = [question for question in questions if question.type in ("SA", "MA")]
    role = next((one for one in choices if _ROLE.search(one.title)), None)
    age = next((one for one in choices if _AGE.search(one.title)), None)
    return (role, age) if role is not None and age is not None and role is not age else None


def who_and_age_warning(questions: Sequence[Question], base: int) -> str:
    """A sentence when 役割 and 年代 together could tell who answered because n is small; empty otherwise."""
    if base >= REFERENCE_BASE or who_and_age(questions) is None:
        return ""
    return (
        f"役割と年代の両方を聞いていて、回収数が{base}枚と少ないため、組み合わせると誰の回答か分かるおそれがあります。"
        "外に出すときは、役割と年代を組み合わせた表を使わないでください。"
    )


def question_standing(newest: Question, one: Question | None) -> Standing:
    """How ``one`` stands to ``newest`` of the same code: same code and same options may be compared.

    Another kind, another limit or another branch is another way of asking. Other words of the title are shown,
    and compared all the same; the order of the options does not matter.
    """
    if one is None:
        return "聞いていない"
    branch = (one.asked_of, frozenset(one.asked_of_options)) == (newest.asked_of, frozenset(newest.asked_of_options))
    if one.type != newest.type or one.max_select != newest.max_select or not branch:
        return "聞き方が違う"
    if frozenset(one.options) != frozenset(newest.options) or one.has_other != newest.has_other:
        return "選択肢が違う"
    return "同じ" if one.title == newest.title else "文が違う"
