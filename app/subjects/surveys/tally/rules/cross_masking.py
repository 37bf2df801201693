"""Which cells of a cross table stay hidden outside the ward, so that nothing published gives them back (domain §4).

Published are the totals of every question of every event, by way of answering, noughts among them, and other cross
tables. The proof is an exchange. Let two people of one event, who answered the same way (both on paper, or both
online), exchange what they answered to the question in the columns. Every total of every question stays as it was; in
the table only the cells change that lie in a row of one of the two alone and in a column of one of the two alone. Where
all these cells are hidden, the survey with the exchange looks from outside exactly like the one without, and each of
these cells has at least two possible values. So a small cell is hidden together with all cells of such an exchange, and
a table with a small cell that no exchange reaches does not leave the ward.

Other cross tables stay as they were when everything that hangs on the question in the columns is exchanged with it:
the tables that leave must not close a loop (``closes_loop``), else a third table would tell the two surveys apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, product

from db.frozen_record import frozen_record

SMALL_CELL_PEOPLE = 2
"""Cells of one or two people are hidden (domain §4)."""

_EMPTY_COST = 5
"""What hiding an empty cell costs the reader: it tells a little, and is not hidden gladly."""

CellPosition = tuple[int, int]
QuestionPair = frozenset[str]


@frozen_record
class CrossedResponse:
    """One sheet in a cross table: the rows and the columns that count it, by place.

    ``part`` numbers what has totals of its own in an アンケート集計表: an event and a way of answering.
    """

    channel: int
    rows: frozenset[int]
    columns: frozenset[int]


def hidden_cells(cells: Sequence[Sequence[int]], answers: Iterable[CrossedResponse]) -> frozenset[CellPosition] | None:
    """Return the cells to hide: those of one to ``SMALL_CELL_PEOPLE`` people, each with the cells of an exchange around
    it.

    Of several exchanges the one is taken that costs the reader fewest people.

    Args:
        cells: people by row and column. answers: the sheets behind them.

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
    around: dict[CellPosition, list[frozenset[CellPosition]]] = defaultdict(list)
    for exchange in exchanges:
        for cell in exchange:
            around[cell].append(exchange)
    hidden: set[CellPosition] = set()
    for cell in small:
        if any(exchange <= hidden for exchange in around[cell]):
            continue
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
    """Return, for every two sheets of one part, the cells that change when they exchange their columns."""
    parts: dict[int, set[tuple[frozenset[int], frozenset[int]]]] = defaultdict(set)
    for one in answers:
        parts[one.channel].add((one.rows, one.columns))
    return {
        frozenset(product(one[0] ^ other[0], one[1] ^ other[1]))
        for kinds in parts.values()
        for one, other in combinations(sorted(kinds, key=lambda kind: (sorted(kind[0]), sorted(kind[1]))), 2)
        if one[0] != other[0] and one[1] != other[1]
    }


def closes_loop(new_pair: QuestionPair, others: Collection[QuestionPair]) -> bool:
    """Whether the table of two questions closes a loop with other tables and with branches between questions.

    Args:
        new_pair: the codes of its two questions. others: the pairs that are joined already, by a table that leaves or
        by
            a branch that hangs on the answer.
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
