"""The columns of one sheet, chosen so that tables of different widths share them without merged cells."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import field
from functools import cached_property

from app.documents.excel.text_measure import CELL_PADDING, SHRUNK
from db.record import frozen

POINTS_PER_MM = 72 / 25.4
_LINE_MM = 4.4
_SNAP_MM = 4.0
# What a millimetre that a column is shifted, and one column more on the sheet, are held to cost.
_SHIFT = 0.06
_COLUMN = 1.5
_HASHES = 200.0
# A word of three signs is not broken: 「無回答」.
SHORT = 26.0


@frozen
class ColumnSlot:
    """One column that a block needs: its width in mm; in points the widths of its texts and of its widest number.

    ``unbreakable`` is the width of the widest part that must not be broken: a day, a time of day. ``indent`` is the
    free space in front of its texts.
    """

    width: float
    texts: tuple[float, ...] = ()
    number: float = 0.0
    unbreakable: float = 0.0
    indent: float = 0.0

    @cached_property
    def sorted_text_widths(self) -> tuple[list[float], list[float]]:
        """Return the text widths in order, and for each position the sum of the rest."""
        widths = sorted(self.texts)
        rest = [0.0] * (len(widths) + 1)
        for place in range(len(widths) - 1, -1, -1):
            rest[place] = rest[place + 1] + widths[place]
        return widths, rest

    def extra_lines(self, usable: float) -> float:
        """Return about how many lines beyond one per text are needed in ``usable`` points."""
        widths, rest = self.sorted_text_widths
        place = bisect_right(widths, usable)
        return rest[place] / max(usable, 8.0) - (len(widths) - place) * 0.5 if place < len(widths) else 0.0


@frozen
class BlockColumns:
    """The columns of one block; ``rows_move`` is True for tables that staff sort, where no cell may be merged.

    ``weight`` is how much the block counts when the columns of the sheet are chosen (``cost_of``).
    """

    slots: tuple[ColumnSlot, ...]
    rows_move: bool = False
    weight: float = 1.0

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the wanted widths in mm."""
        return tuple(slot.width for slot in self.slots)


@frozen
class Span:
    """The sheet columns (from 1) of one slot: first, last, and the widest one, which holds long texts."""

    first: int
    last: int
    widest: int


@frozen
class Grid:
    """Column widths of a sheet in points."""

    widths: tuple[float, ...]
    total: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.widths))

    @property
    def last(self) -> int:
        """Return the number of the last column."""
        return len(self.widths)

    def width(self, first: int, last: int) -> float:
        """Return the room for text in points from column ``first`` to ``last``."""
        return sum(self.widths[first - 1 : last]) - CELL_PADDING


def choose_grid(blocks: list[BlockColumns], page_mm: float) -> Grid:
    """Return the grid on which all ``blocks`` together need the least height and move their columns least."""
    shapes = list(dict.fromkeys(strip.widths for strip in blocks))
    candidates = [_edges(shape, page_mm) for shape in shapes]
    if len(shapes) > 1:
        candidates += [_union(one, [two]) for one in candidates[:4] for two in candidates[:6] if one is not two]
        candidates += [_union(one, candidates[: len(shapes)]) for one in candidates[:3]]
        candidates += [part for one in shapes[:4] for two in shapes[:6] for part in _end_edges(one, two, page_mm)]
    grids = list(dict.fromkeys(_to_grid(edges) for edges in candidates)) or [_to_grid([page_mm])]
    if len(grids) == 1:
        return grids[0]
    best = min(grids, key=lambda grid: cost_of(blocks, grid))
    return _improved(blocks, best, sorted({edge for shape in shapes for edge in _edges(shape, page_mm)}))


def cost_of(blocks: list[BlockColumns], grid: Grid) -> float:
    """Return the cost of ``grid``: the height in mm beyond one line per row, plus a cost for its columns."""
    return sum(_fit(strip, grid)[0] * strip.weight for strip in blocks) + grid.last * _COLUMN


def _improved(blocks: list[BlockColumns], grid: Grid, edges: list[float]) -> Grid:
    """Return the grid improved by adding or removing each block edge, tried twice, wherever this costs less."""
    cost = cost_of(blocks, grid)
    for edge in edges[:-1] * 2:
        place = int(edge / 25.4 * 96) * 0.75
        have = list(itertools.accumulate(grid.widths))
        if place in have:
            tried = [known for known in have if known != place]
        elif all(abs(known - place) > _SNAP_MM * POINTS_PER_MM for known in have):
            tried = sorted([*have, place])
        else:
            continue
        other = Grid(tuple(end - start for start, end in itertools.pairwise([0.0, *tried])))
        if (found := cost_of(blocks, other)) < cost:
            grid, cost = other, found
    return grid


def spans(block: BlockColumns, grid: Grid) -> list[Span]:
    """Return the sheet columns of each slot of ``block``."""
    same = grid.last == len(block.slots)
    cuts = list(range(grid.last + 1)) if same else _fit(block, grid)[1]
    found = []
    for start, end in itertools.pairwise(cuts):
        widest = max(range(start, end), key=lambda column: grid.widths[column])
        found.append(Span(start + 1, end, widest + 1))
    return found


def text_room(slot: ColumnSlot, span: Span, grid: Grid) -> float:
    """Return the room in points for the texts of a slot in a sortable table.

    No cell is merged there: a text that does not fit over all columns of the slot wraps in its widest.
    """
    whole = sum(grid.widths[span.first - 1 : span.last]) - CELL_PADDING - slot.indent
    if max(slot.texts, default=0.0) * SHRUNK <= whole:
        return whole
    return grid.widths[span.widest - 1] - CELL_PADDING - slot.indent


def _edges(widths: tuple[float, ...], page_mm: float) -> list[float]:
    """Return the right edges of columns, scaled to the page where they nearly fill it."""
    edges, place = [], 0.0
    for width in widths:
        place += width
        edges.append(place)
    scale = page_mm / place if place > page_mm or place > page_mm * 0.97 else 1.0
    edges = [edge * scale for edge in edges]
    if edges[-1] < page_mm - 0.5:
        edges.append(page_mm)
    return edges


def _union(base: list[float], others: list[list[float]]) -> list[float]:
    """Return the column edges of several blocks together; those that nearly meet become one."""
    edges = list(base)
    for other in others:
        edges += [edge for edge in other if all(abs(edge - known) > _SNAP_MM for known in edges)]
    return sorted(edges)


def _end_edges(few: tuple[float, ...], many: tuple[float, ...], page_mm: float) -> list[list[float]]:
    """Return the edges of ``few`` plus only the first or last edges of ``many``, so that wide columns stay whole."""
    base, other = _edges(few, page_mm), _edges(many, page_mm)
    if len(base) >= len(other):
        return []
    missing = len(other) - len(base)
    return [_union(base, [other[:missing]]), _union(base, [other[-1 - missing :]])]


def _to_grid(edges: list[float]) -> Grid:
    """Return the grid with these edges, rounded to screen pixels, so that the widths in the file are exact."""
    pixels = [int(edge / 25.4 * 96) for edge in edges]
    return Grid(tuple(max(end - start, 5) * 0.75 for start, end in zip([0, *pixels], pixels, strict=False)))


def _fit(block: BlockColumns, grid: Grid) -> tuple[float, list[int]]:
    """Return the cost in mm and the column cuts of the best way to place ``block`` on ``grid``."""
    columns, slots = grid.last, block.slots
    if columns == len(slots):
        own = [_slot_cost(block, slot, grid, start, start + 1) for start, slot in enumerate(slots)]
        return sum(own), list(range(columns + 1))
    if columns < len(slots):
        return 1e6 * (len(slots) - columns), list(range(columns + 1)) + [columns] * (len(slots) - columns)
    full = sum(block.widths) * POINTS_PER_MM > grid.total * 0.93
    best = [{0: (0.0, [0])}]
    for number, slot in enumerate(slots):
        reached: dict[int, tuple[float, list[int]]] = {}
        left = len(slots) - number - 1
        for start, (cost, cuts) in best[-1].items():
            for end in range(start + 1, columns - left + 1):
                whole = cost + _slot_cost(block, slot, grid, start, end)
                if end not in reached or whole < reached[end][0]:
                    reached[end] = (whole, [*cuts, end])
        best.append(reached)
    ends = best[-1]
    return ends[columns] if full else min(ends.values())


def _slot_cost(block: BlockColumns, slot: ColumnSlot, grid: Grid, start: int, end: int) -> float:
    """Return how badly a column fits the grid columns from ``start`` to ``end``."""
    width = sum(grid.widths[start:end])
    usable = width - CELL_PADDING - slot.indent
    cost = abs(width / POINTS_PER_MM - slot.width) * _SHIFT
    longest = slot.sorted_text_widths[0][-1] if slot.texts else 0.0
    if block.rows_move and end - start > 1 and longest * SHRUNK > usable:
        usable = max(grid.widths[start:end]) - CELL_PADDING - slot.indent
        cost += 3.0
    cost += max(min(longest * SHRUNK, SHORT) - usable, 0.0) * 2.0
    # A number that has no room shows hashes; outside tables it may take all columns of its slot.
    if slot.number > (grid.widths[end - 1] if block.rows_move else width) - CELL_PADDING:
        cost += _HASHES
    # A day that has no room is shown smaller, or without its weekday.
    cost += max(slot.unbreakable * SHRUNK + CELL_PADDING - max(grid.widths[start:end]), 0.0)
    return cost + slot.extra_lines(usable) * _LINE_MM
