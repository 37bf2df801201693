"""Hides small cells of a cross table that leaves the office, so that totals do not give them back."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SMALL_CELL = 2
"""Cells of one or two people are hidden (domain §4)."""

_MARGIN_COST = 1_000_000


@dataclass(frozen=True, kw_only=True)
class MaskedTable:
    """A cross table for outside: None stands for a hidden number; totals are hidden only when they must be."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    hidden: int


def mask_small_cells(cells: Sequence[Sequence[int]], *, smallest_shown: int = SMALL_CELL + 1) -> MaskedTable:
    """Hide every number from 1 to ``smallest_shown`` − 1 and enough others that none can be computed.

    Rows, columns and totals together form a table in which every row and column adds up. A hidden number stays
    unknown when its row and its column are also joined by a way over other hidden numbers; the cheapest such
    way (fewest people lost to the reader, totals last) is hidden as well.
    """
    table = _with_totals(cells)
    height, width = len(table), len(table[0])
    small = [
        (row, column) for row in range(height) for column in range(width) if 0 < table[row][column] < smallest_shown
    ]
    hidden: set[tuple[int, int]] = set(small)
    for cell in small:
        hidden |= set(_cheapest_way(table, hidden, cell))
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


def _with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in cells]
    width = len(cells[0]) + 1 if cells else 1
    return [*rows, [sum(row[column] for row in rows) for column in range(width)]]


def _cheapest_way(table: list[list[int]], hidden: set[tuple[int, int]], cell: tuple[int, int]) -> list[tuple[int, int]]:
    """Cells that join the row and the column of ``cell`` without it (Dijkstra over rows and columns)."""
    height, width = len(table), len(table[0])
    start, goal = cell[0], height + cell[1]
    best: dict[int, int] = {start: 0}
    came: dict[int, tuple[int, tuple[int, int]]] = {}
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for following, step in _neighbours(node, height, width):
            if step == cell:
                continue
            price = cost + _price(table, hidden, step)
            if price < best.get(following, price + 1):
                best[following] = price
                came[following] = (node, step)
                heapq.heappush(queue, (price, following))
    way = []
    node = goal
    while node in came and node != start:
        node, step = came[node]
        way.append(step)
    return way


def _neighbours(node: int, height: int, width: int) -> Iterator[tuple[int, tuple[int, int]]]:
    if node < height:
        yield from ((height + column, (node, column)) for column in range(width))
    else:
        yield from ((row, (row, node - height)) for row in range(height))


def _price(table: list[list[int]], hidden: set[tuple[int, int]], step: tuple[int, int]) -> int:
    """What hiding one more number costs the reader; an empty cell tells little and is not hidden gladly."""
    if step in hidden:
        return 0
    row, column = step
    value = table[row][column] or 5
    return value + (_MARGIN_COST if row == len(table) - 1 or column == len(table[0]) - 1 else 0)
