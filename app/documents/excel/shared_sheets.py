"""Decides which chapters of a workbook share a sheet, so that it prints on few pages."""

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

# Looks with chapters that may share a sheet; letters, lists and cards are divided otherwise.
_JOINED = ("report", "form")
# How small two chapters share a page at least, and the part of a question's height that it does without as PDF.
_CLOSER = 0.75
_CHART_SAVES = 0.4
# The part of their height that chapters of one sheet take together: a heading and what stands over it are said once.
_HEADS_SAVE = 0.97
# How many mm of height a shared set of columns may cost, before chapters that suit each other better go first.
_NO_STRAIN = 10.0
# Minimum share of the text width that a table column keeps where chapters share columns.
_KEPT_ROOM = 0.55
# A PDF sets its lines closer and keeps nothing free for another font.
_AS_PDF = 0.75


@dataclass
class SheetPlan:
    """The plan of one worksheet: its blocks, its look and its chapters.

    ``alone`` = a letter of its own, which shares no sheet and whose pages are numbered from 1; ``width`` is that of the
    sheet in mm, 0 = that of the document.
    """

    name: str
    look: str
    blocks: list[b.Block] = field(default_factory=list)
    width: float = 0.0
    printed: int = 0
    """Number of columns that are printed; 0 = all."""
    alone: bool = False
    low_rows: bool = False
    """Whether its rows get only the height that their text needs, for a document with a page limit."""
    chapters: dict[str, int] = field(default_factory=dict)
    """The further chapters on this sheet, each with the index of its first block."""


class DrawnSheet(NamedTuple):
    """A drawn sheet: its plan, its cells, and what it takes in print."""

    plan: SheetPlan
    pen: SheetPen
    fill: PrintExtent


DrawSheet = Callable[[SheetPlan], DrawnSheet]
"""Draws one sheet that is not yet part of the workbook."""


def join_chapters_on_sheets(
    draw: DrawSheet, lower: Callable[[DrawnSheet], DrawnSheet], content: b.DocumentContent, sheets: list[DrawnSheet]
) -> list[DrawnSheet]:
    """Join chapters onto shared sheets so that the workbook prints on few pages, and return the sheets in order.

    In a document with a page limit (``at_most``) that would be exceeded, ``lower`` reduces the row heights of a drawn
    sheet to what the text needs; so it does for one that is ``packed``.
    """
    if content.packed:
        return [lower(one) for one in sheets]
    most = content.at_most + 1
    if not content.at_most or sum(one.fill.total / one.fill.room for one in sheets) <= most:
        shared = _share_short_chapters(draw, content, sheets)
        if not content.at_most or _pages(shared) <= most:
            return shared
    return _share_for_fewest_pages(draw, content, [lower(one) for one in sheets])


def _share_short_chapters(draw: DrawSheet, content: b.DocumentContent, sheets: list[DrawnSheet]) -> list[DrawnSheet]:
    """Join short chapters to the preceding sheet until the page count is near its minimum or within the limit.

    Chapters whose tables suit the same columns are joined first, the shortest of them; a chapter keeps its own sheet
    where that costs no page, or where columns would become too narrow for their text. A workbook that comes back
    filled in keeps every sheet: it is read by sheet names.
    """
    if any(isinstance(block, InputTable) for block in content.blocks):
        return sheets
    sheets, kept = list(sheets), set()
    strains = {}
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
    """Return one plan with the blocks of both on the first sheet, remembering where the second's chapters begin."""
    chapters = {**first.chapters, second.name: len(first.blocks)}
    chapters |= {name: len(first.blocks) + place for name, place in second.chapters.items()}
    return replace(first, blocks=[*first.blocks, *second.blocks], chapters=chapters)


def _share_for_fewest_pages(draw: DrawSheet, content: b.DocumentContent, sheets: list[DrawnSheet]) -> list[DrawnSheet]:
    """Join chapters so that the workbook comes as near as possible to its page limit, joining as little as possible.

    This finds runs of neighbours that ``_share_short_chapters``, which joins one by one, does not find. The pages of
    joined chapters are estimated from their pages alone; only the chosen combination is drawn.
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
    """Return the division into runs of chapters with at most ``most`` pages that joins the fewest, shortest chapters.

    Where no division has so few pages it is that with the fewest. ``pages`` gives the page count of each possible run.
    """
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
    """Return whether chapters may share a sheet.

    They need the same width and the same look, one that is joined at all; none stands alone, and one has a frozen
    heading at most.
    """
    looks = {(one.plan.look, one.plan.width) for one in run}
    return (
        len(looks) == 1
        and run[0].plan.look in _JOINED
        and not any(one.plan.alone for one in run)
        and sum(has_frozen_heading(one.pen) for one in run) <= 1
    )


def _extra_height(*pens: SheetPen, page_mm: float) -> float:
    """Return how much more height in mm the tables of chapters need on columns that they share.

    Infinite where a column would become narrower than its text needs: such chapters keep their own sheets at any cost.
    """
    of_all = [strip for pen in pens for strip in pen.strips]
    shared = choose_grid(of_all, page_mm)
    if any(_is_squeezed(strip, pen.grid, shared) for pen in pens for strip in pen.strips):
        return math.inf
    return cost_of(of_all, shared) - sum(cost_of(pen.strips, pen.grid) for pen in pens)


def _is_squeezed(strip: BlockColumns, own: Grid, shared: Grid) -> bool:
    """Return whether a table column would break a short word, or lose more of the width of its text than allowed.

    Only sortable tables are concerned: elsewhere a text runs over all its columns.
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
    """Return whether two chapters may need one page less on a shared sheet."""
    together = before.fill.total + after.fill.total
    return after.fill.pages == 1 and together <= before.fill.pages * room / _CLOSER and _can_share([before, after])


def _pages(sheets: list[DrawnSheet]) -> int:
    return sum(one.fill.pages for one in sheets)


def has_frozen_heading(pen: SheetPen) -> bool:
    """Return whether the sheet has a single table that can be filtered, whose heading is therefore frozen."""
    return len(pen.tables) == 1 and bool(pen.tables[0].filter_to)
