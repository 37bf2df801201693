"""Hides small cells of a cross table that leaves the office, so that totals do not give them back."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SMALL_CELL = 2
"""Cells of one or two people are hidden (domain §4)."""

_MARGIN_COST = 1_000_000
_FORCED_COST = 1_000_000_000
Cell = tuple[int, int]
Step = tuple[int, Cell]


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
