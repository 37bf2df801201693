"""Lets chapters of a workbook share a sheet, so that its print takes few pages: which, and at what cost to columns."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import NamedTuple

from app.documents import blocks as b
from app.documents.blocks import InputTable
from app.documents.excel.grid import SHORT, BlockColumns, Grid, choose_grid, cost_of, spans, text_room
from app.documents.excel.page_setup import PrintExtent, page_width_mm
from app.documents.excel.sheet_pen import SheetPen
from app.documents.excel.text_measure import SHRUNK

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
class SheetPlan:
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


class DrawnSheet(NamedTuple):
    """A finished sheet: what is on it, where, and what it takes in print."""

    plan: SheetPlan
    pen: SheetPen
    fill: PrintExtent


DrawSheet = Callable[[SheetPlan], DrawnSheet]
"""Draws one sheet, which is no part of the workbook yet."""


def share_sheets(
    draw: DrawSheet, lower: Callable[[DrawnSheet], DrawnSheet], content: b.DocumentContent, sheets: list[DrawnSheet]
) -> list[DrawnSheet]:
    """Let chapters share sheets, so that the book prints on few pages.

    A paper that should take few (``at_most``) and would not has only as much white in its rows as their words need:
    ``lower`` makes a finished sheet so. Returns the sheets in their order.
    """
    most = content.at_most + 1
    if not content.at_most or sum(one.fill.total / one.fill.room for one in sheets) <= most:
        shared = _share_short_chapters(draw, content, sheets)
        if not content.at_most or _pages(shared) <= most:
            return shared
    return _share_for_fewest_pages(draw, content, [lower(one) for one in sheets])


def _share_short_chapters(draw: DrawSheet, content: b.DocumentContent, sheets: list[DrawnSheet]) -> list[DrawnSheet]:
    """Put short chapters on the sheet before until the book prints on a page more than its words fill, at most, or
    than the paper should take.

    Those whose tables suit the same columns go first, the shortest of them; a chapter keeps a sheet of its own where
    that costs no page, or where its columns or those before would be too narrow for their words. A book that comes
    back filled in keeps every sheet: it is read by their names.
    """
    if any(isinstance(block, InputTable) for block in content.blocks):
        return sheets
    sheets, kept = list(sheets), set()
    strains: dict[tuple[str, str], float] = {}
    while True:
        chapters = [one for one in sheets if one.plan.look in _JOINED and not one.plan.alone]
        if not chapters:
            return sheets
        room = min(one.fill.room for one in chapters)
        filled = sum(one.fill.total - one.pen.charted * _CHART_SAVES for one in chapters) * _AS_PDF
        most = min(math.ceil(filled / room), content.at_most or math.inf) + 1
        if _pages(sheets) <= most:
            return sheets
        pairs = []
        for number, (before, after) in enumerate(itertools.pairwise(sheets)):
            if after.plan.name not in kept and _may_save_page(before, after, room):
                names = before.plan.name, after.plan.name
                if names not in strains:
                    strains[names] = _extra_height(before.pen, after.pen, page_mm=page_width_mm(content))
                if strains[names] < math.inf:
                    pairs.append((max(strains[names], _NO_STRAIN), after.fill.total, number))
        if not pairs:
            return sheets
        number = min(pairs)[2]
        before, after = sheets[number : number + 2]
        one, two = before.plan, after.plan
        both = draw(_joined_plan(one, two))
        if both.fill.pages < before.fill.pages + after.fill.pages:
            strains = {names: strain for names, strain in strains.items() if not {one.name, two.name} & {*names}}
            sheets[number : number + 2] = [both]
        else:
            kept.add(two.name)


def _joined_plan(first: SheetPlan, second: SheetPlan) -> SheetPlan:
    """Both on the first sheet, which knows where the chapters of the second begin."""
    chapters = {**first.chapters, second.name: len(first.blocks)}
    chapters |= {name: len(first.blocks) + place for name, place in second.chapters.items()}
    return replace(first, blocks=[*first.blocks, *second.blocks], chapters=chapters)


def _share_for_fewest_pages(draw: DrawSheet, content: b.DocumentContent, sheets: list[DrawnSheet]) -> list[DrawnSheet]:
    """Share sheets so that the book takes a page more than the paper should, or as near to that as its chapters allow,
    with as few and as short chapters joined as will do: neighbours alone, as ``_share_short_chapters`` joins them one
    by one, do not find that.

    What chapters take together is counted from what they take alone; drawn is only what a way so found needs.
    """
    room = min(one.fill.room for one in sheets) / _CLOSER
    together: dict[tuple[int, int], DrawnSheet] = {}
    # The pages of every run of chapters that may share a sheet, counted until it is drawn.
    pages = {(start, start + 1): one.fill.pages for start, one in enumerate(sheets)}
    for start, end in itertools.combinations(range(len(sheets) + 1), 2):
        run = sheets[start:end]
        counted = math.ceil(sum(one.fill.total for one in run) * _HEADS_SAVE / room)
        if len(run) > 1 and counted < _pages(run) and _can_share(run):
            pages[start, end] = counted
    while True:
        way = _best_chapter_runs(sheets, pages, content.at_most + 1)
        unknown = next((one for one in way if one[1] - one[0] > 1 and one not in together), None)
        if unknown is None:
            return [together.get(one, sheets[one[0]]) for one in way]
        run = sheets[slice(*unknown)]
        del pages[unknown]
        if _extra_height(*(one.pen for one in run), page_mm=page_width_mm(content)) < math.inf:
            sheet = draw(reduce(_joined_plan, (one.plan for one in run)))
            if sheet.fill.pages < _pages(run):
                together[unknown], pages[unknown] = sheet, sheet.fill.pages


def _best_chapter_runs(sheets: list[DrawnSheet], pages: dict[tuple[int, int], int], most: int) -> list[tuple[int, int]]:
    """Return the runs of chapters that make the book, by ``pages`` of each run: down to ``most`` pages, then the
    fewest and shortest chapters joined."""
    # For every number of chapters from the first on: by pages, what is joined and by which runs.
    ways: list[dict[int, tuple[int, float, list[tuple[int, int]]]]] = [{0: (0, 0.0, [])}]
    for end in range(1, len(sheets) + 1):
        found: dict[int, tuple[int, float, list[tuple[int, int]]]] = {}
        for start in range(end):
            if (taken := pages.get((start, end))) is None:
                continue
            joined = sum(one.fill.total for one in sheets[start:end]) if end - start > 1 else 0.0
            for before, (number, height, runs) in ways[start].items():
                way = number + end - start - 1, height + joined, [*runs, (start, end)]
                found[before + taken] = min(found.get(before + taken, way), way)
        ways.append(found)
    return ways[-1][min(ways[-1], key=lambda count: (max(count, most), ways[-1][count]))][2]


def _can_share(run: list[DrawnSheet]) -> bool:
    """Whether chapters may share a sheet at all."""
    looks = {(one.plan.look, one.plan.width) for one in run}
    return (
        len(looks) == 1
        and run[0].plan.look in _JOINED
        and not any(one.plan.alone for one in run)
        and sum(has_fixed_heading(one.pen) for one in run) <= 1
    )


def _extra_height(*pens: SheetPen, page_mm: float) -> float:
    """Return how much more height the tables of chapters need, in mm, on columns that they share.

    Infinite where a column would be narrower than its words need: such chapters keep their sheets, whatever it costs.
    """
    of_all = [strip for pen in pens for strip in pen.strips]
    shared = choose_grid(of_all, page_mm)
    if any(_is_squeezed(strip, pen.grid, shared) for pen in pens for strip in pen.strips):
        return math.inf
    return cost_of(of_all, shared) - sum(cost_of(pen.strips, pen.grid) for pen in pens)


def _is_squeezed(strip: BlockColumns, own: Grid, shared: Grid) -> bool:
    """Whether a column of a table breaks a short word, or loses more of the room that its words fill than it may.

    Only tables that are sorted: elsewhere a text runs over all the columns that it has.
    """
    if not strip.rows_move:
        return False
    for slot, was, now in zip(strip.slots, spans(strip, own), spans(strip, shared), strict=True):
        room, left = text_room(slot, was, own), text_room(slot, now, shared)
        filled = min(max(slot.texts, default=0.0) * SHRUNK, room)
        if left < max(filled * _KEPT_ROOM, min(filled, SHORT)):
            return True
    return False


def _may_save_page(before: DrawnSheet, after: DrawnSheet, room: float) -> bool:
    """Whether two chapters may fit on a page less than they take on sheets of their own."""
    one, two = before.plan, after.plan
    if (
        one.look != two.look
        or one.look not in _JOINED
        or one.alone
        or two.alone
        or one.width != two.width
        or after.fill.pages > 1
        or (has_fixed_heading(before.pen) and has_fixed_heading(after.pen))
    ):
        return False
    return before.fill.total + after.fill.total <= before.fill.pages * room / _CLOSER


def _pages(sheets: list[DrawnSheet]) -> int:
    return sum(one.fill.pages for one in sheets)


def has_fixed_heading(pen: SheetPen) -> bool:
    """Whether the sheet has one table, a long one, whose heading stays in sight and filters it."""
    return len(pen.tables) == 1 and bool(pen.tables[0].filter_to)
