"""The pieces a document is laid out in, and their distribution over pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from app.documents.pdf.typesetting.pen import Pen, RunPosition
from app.documents.pdf.typesetting.sizes import Paper
from app.documents.pdf.typesetting.tags import PARAGRAPH, Tag

_LEAST_REST = 36.0
"""Millimetres that a last page holds at least, about six lines: less looks as if something was left over."""
_REST_STEP, _MOST_MOVED = 6, 72
"""Millimetres by which the page before the last is shortened step by step, and at most."""
_MIN_ROWS_ON_LAST_PAGE = 3
"""Minimum number of a table's rows on the page on which it ends."""


Draw = Callable[[Pen], None]


@dataclass(eq=False)
class Piece:
    """Something of a known height that is never split over pages.

    ``draw`` gets the pen at its upper left corner. ``space`` stands above the piece unless it opens a page.
    ``keep_with_next`` holds it together with the next piece. Pieces of one ``run`` (a table) repeat ``heading`` after
    a page break; ``run_on`` is the height of the heading's 「（つづき）」 line. ``new_page`` starts a page, ``at_foot``
    moves the piece to the foot of its page. A piece with another ``paper`` than the page before (None = that of the
    document) starts a page of it. ``tag`` says what the piece is to whoever reads the file.
    """

    height: float
    draw: Draw
    space: float = 0
    keep_with_next: bool = False
    run: object | None = None
    heading: Piece | None = None
    run_on: float = 0
    new_page: bool = False
    at_foot: bool = False
    paper: Paper | None = None
    tag: Tag = PARAGRAPH


class PlacedPiece(NamedTuple):
    """A piece on its page, with its upper edge in millimetres."""

    piece: Piece
    y: float
    position: RunPosition = RunPosition()


@dataclass
class Sheet:
    """One page: its paper size, its pieces, and how far it is filled."""

    paper: Paper
    placed: list[PlacedPiece] = field(default_factory=list)
    y: float = 0


def paginate(pieces: list[Piece], paper: Paper) -> list[Sheet]:
    """Distribute pieces over pages of ``paper``; those kept together go to one page if they fit.

    A last page with next to nothing on it takes some of the page before it.
    """
    sheets = _share_rest(pieces, paper, _fill_pages(pieces, paper))
    for sheet in sheets:
        _finish_page(sheet)
    return [sheet for sheet in sheets if sheet.placed] or sheets[:1]


def _fill_pages(pieces: list[Piece], paper: Paper, shorter: Mapping[int, float] = MappingProxyType({})) -> list[Sheet]:
    """Fill one page after the other; ``shorter`` is what a page, by its number from 0, leaves free at its foot."""
    sheets = [Sheet(paper, y=paper.top)]

    def is_full(sheet: Sheet, more: float) -> bool:
        """Return whether a page with something on it has no room for ``more`` mm."""
        return bool(sheet.placed) and sheet.y + more > sheet.paper.body_end - shorter.get(len(sheets) - 1, 0.0) + 0.01

    position = 0
    while position < len(pieces):
        group = _group(pieces, position)
        position += len(group)
        wanted = group[0].paper or paper
        sheet = sheets[-1]
        if wanted is not sheet.paper or (group[0].new_page and sheet.placed):
            sheet = _new_page(sheets, wanted)
        if is_full(sheet, _height(group, sheet)):
            sheet = _new_page(sheets, wanted)
        for piece in group:
            if is_full(sheet, piece.space + piece.height):
                sheet = _new_page(sheets, wanted)
            if not sheet.placed and len(sheets) > 1:
                for row in _take_companions(pieces, pieces.index(piece, position - len(group)), sheets[-2]):
                    _put(sheet, row)
            _put(sheet, piece)
    return sheets


def is_nearly_white(sheet: Sheet) -> bool:
    """Return whether a page holds a few lines alone, unless it was begun on purpose (``new_page``)."""
    return bool(sheet.placed) and not sheet.placed[0].piece.new_page and 0 < sheet.y - sheet.paper.top < _LEAST_REST


def _share_rest(pieces: list[Piece], paper: Paper, sheets: list[Sheet]) -> list[Sheet]:
    """Return the pages after moving as little as fills the last page enough; as they are where that fails."""
    if len(sheets) < 2 or sheets[-2].paper is not sheets[-1].paper or not is_nearly_white(sheets[-1]):
        return sheets
    for free in range(_REST_STEP, _MOST_MOVED + 1, _REST_STEP):
        shared = _fill_pages(pieces, paper, {len(sheets) - 2: float(free)})
        if len(shared) == len(sheets) and not is_nearly_white(shared[-1]):
            return shared
    return sheets


def _take_companions(pieces: list[Piece], place: int, before: Sheet) -> list[Piece]:
    """Remove rows of a long table from the page ``before`` and return them, so that they go to the next page.

    None are taken if ``_MIN_ROWS_ON_LAST_PAGE`` stand on the next page anyway, or fewer would be left.
    """
    piece = pieces[place]
    if piece.run is None or piece.heading is None or piece.new_page:
        return []
    over = 0
    while place + over < len(pieces) and pieces[place + over].run is piece.run:
        over += 1
    rows = [one for one in before.placed if one.piece.run is piece.run and one.piece is not piece.heading]
    wanted = _MIN_ROWS_ON_LAST_PAGE - over
    if wanted <= 0 or len(rows) < wanted + _MIN_ROWS_ON_LAST_PAGE:
        return []
    while rows[-wanted - 1].piece.keep_with_next:  # a heading among the rows goes with the row below it
        wanted += 1
        if len(rows) < wanted + _MIN_ROWS_ON_LAST_PAGE:
            return []
    taken = before.placed[-wanted:]
    if [one.piece for one in taken] != [one.piece for one in rows[-wanted:]]:
        return []
    del before.placed[-wanted:]
    before.y = taken[0].y
    return [one.piece for one in taken]


def _group(pieces: list[Piece], start: int) -> list[Piece]:
    """Return the pieces from ``start`` on that must stay on one page."""
    end = start
    while pieces[end].keep_with_next and end + 1 < len(pieces) and not pieces[end + 1].new_page:
        end += 1
    return pieces[start : end + 1]


def _height(group: list[Piece], sheet: Sheet) -> float:
    """Return the height of a group on a sheet; the space before it is dropped at the top of a page."""
    height = sum(piece.space + piece.height for piece in group)
    return height if sheet.placed else height - group[0].space


def _new_page(sheets: list[Sheet], paper: Paper) -> Sheet:
    """Return a new page added at the end, or the last one while it is empty."""
    if not sheets[-1].placed:
        sheets[-1] = Sheet(paper, y=paper.top)
    else:
        sheets.append(Sheet(paper, y=paper.top))
    return sheets[-1]


def _put(sheet: Sheet, piece: Piece) -> None:
    """Place a piece on a sheet, after its repeated heading at the top of a page."""
    runs_on = not sheet.placed and piece.heading is not None
    if runs_on and piece.heading is not None:
        sheet.y += piece.run_on
        sheet.placed.append(PlacedPiece(piece.heading, sheet.y, RunPosition(continued=True)))
        sheet.y += piece.heading.height
    if sheet.placed and not runs_on:
        sheet.y += piece.space
    sheet.placed.append(PlacedPiece(piece, sheet.y))
    sheet.y += piece.height


def _shift_to_foot(placed: list[PlacedPiece], number: int, paper: Paper) -> float:
    """Return how far a piece moves down so that it and the foot pieces after it end at the page end."""
    end = number
    while end + 1 < len(placed) and placed[end + 1].piece.at_foot:
        end += 1
    return max(0.0, paper.body_end - placed[end].y - placed[end].piece.height)


def _finish_page(sheet: Sheet) -> None:
    """Set each piece's position within its run, and move foot pieces down."""
    placed = sheet.placed
    settled = []
    for number, (piece, top, place) in enumerate(placed):
        before = placed[number - 1].piece if number else None
        after = placed[number + 1].piece if number + 1 < len(placed) else None
        first = before is None or before.run is not piece.run or before is piece.heading
        last = after is None or after.run is not piece.run
        y = top + _shift_to_foot(placed, number, sheet.paper) if piece.at_foot else top
        settled.append(PlacedPiece(piece, y, RunPosition(first, last, place.continued)))
    sheet.placed = settled
