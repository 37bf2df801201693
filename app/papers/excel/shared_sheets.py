"""Lets chapters of a workbook share a sheet, so that its print takes few pages: which, and at what cost to columns."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import NamedTuple

from app.papers import blocks as b
from app.papers.blocks import InputTable
from app.papers.excel.grid import SHORT, Grid, Strip, choose_grid, cost_of, room_of, spans
from app.papers.excel.measure import SHRUNK
from app.papers.excel.page import Fill, page_width_mm
from app.papers.excel.sheet_pen import SheetPen

# Papers of chapters, which may share a sheet: letters, lists and cards are dealt out for a reason of their own.
_JOINED = ("report", "form")
# How small two chapters share a page at least, and the part of a question's height that it does without as PDF.
_CLOSER = 0.75
_CHART_SAVES = 0.4
# The part of their height that chapters of one sheet take together: a heading and what stands over it are said once.
_HEADS_SAVE = 0.97
# How many mm of height a shared set of columns may cost, before chapters that suit each other better go first.
_NO_STRAIN = 10.0
# So much of the room that its words fill a column of a table keeps at least where chapters share their columns.
_KEPT_ROOM = 0.55
# A PDF sets its lines closer and keeps nothing free for another font.
_AS_PDF = 0.75


@dataclass
class Sheet:
    """What stands on one sheet of the workbook, and how."""

    name: str
    look: str
    blocks: list[b.Block] = field(default_factory=list)
    width: float = 0.0
    printed: int = 0
    """How many of its columns are printed; 0 = all."""
    alone: bool = False
    low_rows: bool = False
    """Whether its rows have only as much white as they need: a paper that shall not take more pages."""
    chapters: dict[str, int] = field(default_factory=dict)
    """The chapters that share the sheet with the one it is named after, each with the number of its first block."""


class Drawn(NamedTuple):
    """A finished sheet: what is on it, where, and what it takes in print."""

    given: Sheet
    pen: SheetPen
    fill: Fill


Draw = Callable[[Sheet], Drawn]
"""Draws one sheet, which is no part of the workbook yet."""


def on_few_pages(
    draw: Draw, lower: Callable[[Drawn], Drawn], content: b.DocumentContent, drawn: list[Drawn]
) -> list[Drawn]:
    """Let chapters share sheets, so that the book prints on few pages.

    A paper that should take few (``at_most``) and would not has only as much white in its rows as their words need:
    ``lower`` makes a finished sheet so. Returns the sheets in their order.
    """
    most = content.at_most + 1
    if not content.at_most or sum(one.fill.whole / one.fill.room for one in drawn) <= most:
        shared = _on_fewer_pages(draw, content, drawn)
        if not content.at_most or _pages(shared) <= most:
            return shared
    return _on_fewest_pages(draw, content, [lower(one) for one in drawn])


def _on_fewer_pages(draw: Draw, content: b.DocumentContent, drawn: list[Drawn]) -> list[Drawn]:
    """Put short chapters on the sheet before until the book prints on a page more than its words fill, at most, or
    than the paper should take.

    Those whose tables suit the same columns go first, the shortest of them; a chapter keeps a sheet of its own where
    that costs no page, or where its columns or those before would be too narrow for their words. A book that comes
    back filled in keeps every sheet: it is read by their names.
    """
    if any(isinstance(block, InputTable) for block in content.blocks):
        return drawn
    drawn, kept = list(drawn), set()
    strains: dict[tuple[str, str], float] = {}
    while True:
        chapters = [one for one in drawn if one.given.look in _JOINED and not one.given.alone]
        if not chapters:
            return drawn
        room = min(one.fill.room for one in chapters)
        filled = sum(one.fill.whole - one.pen.charted * _CHART_SAVES for one in chapters) * _AS_PDF
        most = min(math.ceil(filled / room), content.at_most or math.inf) + 1
        if _pages(drawn) <= most:
            return drawn
        pairs = []
        for number, (before, after) in enumerate(itertools.pairwise(drawn)):
            if after.given.name not in kept and _may_share(before, after, room):
                names = before.given.name, after.given.name
                if names not in strains:
                    strains[names] = _strain(before.pen, after.pen, page_mm=page_width_mm(content))
                if strains[names] < math.inf:
                    pairs.append((max(strains[names], _NO_STRAIN), after.fill.whole, number))
        if not pairs:
            return drawn
        number = min(pairs)[2]
        before, after = drawn[number : number + 2]
        one, two = before.given, after.given
        both = draw(_shared(one, two))
        if both.fill.pages < before.fill.pages + after.fill.pages:
            strains = {names: strain for names, strain in strains.items() if not {one.name, two.name} & {*names}}
            drawn[number : number + 2] = [both]
        else:
            kept.add(two.name)


def _shared(one: Sheet, two: Sheet) -> Sheet:
    """Both on the first sheet, which knows where the chapters of the second begin."""
    chapters = {**one.chapters, two.name: len(one.blocks)}
    chapters |= {name: len(one.blocks) + place for name, place in two.chapters.items()}
    return replace(one, blocks=[*one.blocks, *two.blocks], chapters=chapters)


def _on_fewest_pages(draw: Draw, content: b.DocumentContent, drawn: list[Drawn]) -> list[Drawn]:
    """Share sheets so that the book takes a page more than the paper should, or as near to that as its chapters allow,
    with as few and as short chapters joined as will do: neighbours alone, as ``_on_fewer_pages`` joins them one by
    one, do not find that.

    What chapters take together is counted from what they take alone; drawn is only what a way so found needs.
    """
    room = min(one.fill.room for one in drawn) / _CLOSER
    together: dict[tuple[int, int], Drawn] = {}
    # The pages of every run of chapters that may share a sheet, counted until it is drawn.
    pages = {(start, start + 1): one.fill.pages for start, one in enumerate(drawn)}
    for start, end in itertools.combinations(range(len(drawn) + 1), 2):
        run = drawn[start:end]
        counted = math.ceil(sum(one.fill.whole for one in run) * _HEADS_SAVE / room)
        if len(run) > 1 and counted < _pages(run) and _alike(run):
            pages[start, end] = counted
    while True:
        way = _best_way(drawn, pages, content.at_most + 1)
        unknown = next((one for one in way if one[1] - one[0] > 1 and one not in together), None)
        if unknown is None:
            return [together.get(one, drawn[one[0]]) for one in way]
        run = drawn[slice(*unknown)]
        del pages[unknown]
        if _strain(*(one.pen for one in run), page_mm=page_width_mm(content)) < math.inf:
            sheet = draw(reduce(_shared, (one.given for one in run)))
            if sheet.fill.pages < _pages(run):
                together[unknown], pages[unknown] = sheet, sheet.fill.pages


def _best_way(drawn: list[Drawn], pages: dict[tuple[int, int], int], most: int) -> list[tuple[int, int]]:
    """Return the runs of chapters that make the book, by ``pages`` of each run: down to ``most`` pages, then the
    fewest and shortest chapters joined."""
    # For every number of chapters from the first on: by pages, what is joined and by which runs.
    ways: list[dict[int, tuple[int, float, list[tuple[int, int]]]]] = [{0: (0, 0.0, [])}]
    for end in range(1, len(drawn) + 1):
        found: dict[int, tuple[int, float, list[tuple[int, int]]]] = {}
        for start in range(end):
            if (taken := pages.get((start, end))) is None:
                continue
            joined = sum(one.fill.whole for one in drawn[start:end]) if end - start > 1 else 0.0
            for before, (number, height, runs) in ways[start].items():
                way = number + end - start - 1, height + joined, [*runs, (start, end)]
                found[before + taken] = min(found.get(before + taken, way), way)
        ways.append(found)
    return ways[-1][min(ways[-1], key=lambda count: (max(count, most), ways[-1][count]))][2]


def _alike(run: list[Drawn]) -> bool:
    """Whether chapters may share a sheet at all."""
    looks = {(one.given.look, one.given.width) for one in run}
    return (
        len(looks) == 1
        and run[0].given.look in _JOINED
        and not any(one.given.alone for one in run)
        and sum(heading_stays(one.pen) for one in run) <= 1
    )


def _strain(*pens: SheetPen, page_mm: float) -> float:
    """Return how much more height the tables of chapters need, in mm, on columns that they share.

    Infinite where a column would be narrower than its words need: such chapters keep their sheets, whatever it costs.
    """
    of_all = [strip for pen in pens for strip in pen.strips]
    shared = choose_grid(of_all, page_mm)
    if any(_squeezed(strip, pen.grid, shared) for pen in pens for strip in pen.strips):
        return math.inf
    return cost_of(of_all, shared) - sum(cost_of(pen.strips, pen.grid) for pen in pens)


def _squeezed(strip: Strip, own: Grid, shared: Grid) -> bool:
    """Whether a column of a table breaks a short word, or loses more of the room that its words fill than it may.

    Only tables that are sorted: elsewhere a text runs over all the columns that it has.
    """
    if not strip.rows_move:
        return False
    for slot, was, now in zip(strip.slots, spans(strip, own), spans(strip, shared), strict=True):
        room, left = room_of(slot, was, own), room_of(slot, now, shared)
        filled = min(max(slot.texts, default=0.0) * SHRUNK, room)
        if left < max(filled * _KEPT_ROOM, min(filled, SHORT)):
            return True
    return False


def _may_share(before: Drawn, after: Drawn, room: float) -> bool:
    """Whether two chapters may fit on a page less than they take on sheets of their own."""
    one, two = before.given, after.given
    if (
        one.look != two.look
        or one.look not in _JOINED
        or one.alone
        or two.alone
        or one.width != two.width
        or after.fill.pages > 1
        or (heading_stays(before.pen) and heading_stays(after.pen))
    ):
        return False
    return before.fill.whole + after.fill.whole <= before.fill.pages * room / _CLOSER


def _pages(drawn: list[Drawn]) -> int:
    return sum(one.fill.pages for one in drawn)


def heading_stays(pen: SheetPen) -> bool:
    """Whether the sheet has one table, a long one, whose heading stays in sight and filters it."""
    return len(pen.tables) == 1 and bool(pen.tables[0].filter_to)
