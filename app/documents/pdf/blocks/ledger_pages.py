"""Draws a ledger: title and heading row on every page, whole rows, and its counts and confirmations at the foot.

A correction is never the first row of a page: it stays under the row it corrects. A corrected value is struck out and
stays readable.
"""

from __future__ import annotations

from dataclasses import replace

from app.documents.blocks import Column, DocumentContent, Table
from app.documents.ledger_blocks import EMPTY, LedgerRowOnPaper, LedgerSheet, totals_words
from app.documents.pdf.blocks.table_cells import PADDING
from app.documents.pdf.blocks.tables import heading_piece, row_pieces, setting_of
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece, PlacedPiece, Sheet, paginate
from app.documents.pdf.typesetting.sizes import (
    CELL,
    CELL_BOLD,
    HEAD_RULE,
    HEAVY,
    LANDSCAPE,
    NORMAL,
    STRONG,
    TITLE_FORM,
)
from app.documents.pdf.typesetting.tags import Tag
from app.documents.pdf.typesetting.typefaces import FontCollection
from db.record import frozen

_TITLE_HEIGHT = 12.6
_BOX_HEIGHT = 9.6
_GAP = 3.4
_TOTALS_HEIGHT = 6.4
_CONTINUED_HEIGHT = 4.0


@frozen
class _Foot:
    """What stands under the rows of a page: its counts, the note, and the confirmation boxes."""

    note: Piece | None
    height: float


def lay_out_ledger(content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    """Lay out the pages of a document that is one ledger."""
    block = next(one for one in content.blocks if isinstance(one, LedgerSheet))
    layout = Layout(collection, NORMAL, LANDSCAPE, "ledger")
    note = layout.note(block.note) if block.note else None
    lines = len(layout.lines(totals_words(block, block.rows, where="この頁"), CELL, layout.text_width))
    foot = _Foot(note, _TOTALS_HEIGHT + 4.3 * (lines - 1) + (note.height + 1.2 if note else 0) + _GAP + _BOX_HEIGHT)
    inside = replace(LANDSCAPE, top=LANDSCAPE.top + _TITLE_HEIGHT, bottom=LANDSCAPE.bottom + foot.height)
    pieces, rows_of = _rows(block, replace(layout, paper=inside))
    sheets = paginate(pieces, inside)
    for sheet in sheets:
        _complete_page(sheet, block, rows_of, foot, layout)
    return sheets


def _rows(block: LedgerSheet, layout: Layout) -> tuple[list[Piece], dict[int, LedgerRowOnPaper]]:
    """Return heading and rows (or words for none) as pieces, and the row that begins at each piece, by its ``id``."""
    columns = tuple(
        Column(title, width=width, align="right" if place in block.numbers else "left" if place else "center")
        for place, (title, width) in enumerate(zip(block.titles, block.widths, strict=True))
    )
    table = Table(columns, tuple(row.cells for row in block.rows), ruled=True, landscape=True)
    setting = replace(setting_of(table, layout), style=CELL, leading=4.2)
    run = object()
    tag = Tag("TR", run)
    heading = heading_piece(setting, layout, run)
    heading.tag = tag
    heading.keep_with_next = bool(block.rows)
    limit = layout.paper.body_height - heading.height - _CONTINUED_HEIGHT
    pieces, rows_of = [heading], {}
    for number, row in enumerate(block.rows):
        # What is said about a cancelled row stays as it is.
        struck = range(len(row.cells) - 1) if row.cancelled else row.struck
        made = row_pieces(
            number, (row.cells, row.cells), table, setting, layout, limit, struck=struck, going_on=row.cells[0]
        )
        for piece in made:
            piece.run, piece.heading, piece.run_on, piece.tag = run, heading, _CONTINUED_HEIGHT, tag
        rows_of[id(made[0])] = row
        made[-1].keep_with_next = number + 1 < len(block.rows) and block.rows[number + 1].correction
        pieces += made
    if not block.rows:
        pieces.append(_empty())
    return pieces, rows_of


def _empty() -> Piece:
    """Return a line that says that a ledger has no entries."""
    return Piece(9.0, lambda pen: pen.text(PADDING, 5.6, EMPTY, CELL))


def _complete_page(
    sheet: Sheet, block: LedgerSheet, rows_of: dict[int, LedgerRowOnPaper], foot: _Foot, layout: Layout
) -> None:
    """Draw the title over the rows of a page, and counts, note and boxes under them."""
    here = tuple(rows_of[id(placed.piece)] for placed in sheet.placed if id(placed.piece) in rows_of)
    end = max((placed.y + placed.piece.height for placed in sheet.placed), default=sheet.paper.top)
    sheet.paper = LANDSCAPE
    sheet.placed.insert(0, PlacedPiece(_title(block, layout), LANDSCAPE.top))
    counted = _totals(totals_words(block, here, where="この頁"), layout)
    sheet.placed.append(PlacedPiece(counted, end + 1.6))
    end += 1.6 + counted.height
    if foot.note is not None:
        sheet.placed.append(PlacedPiece(foot.note, end + 1.2))
    if block.boxes:
        sheet.placed.append(PlacedPiece(_boxes(block, layout), LANDSCAPE.body_end - _BOX_HEIGHT))
    sheet.y = LANDSCAPE.body_end


def _title(block: LedgerSheet, layout: Layout) -> Piece:
    """Lay out the title of a ledger page with its handling mark and what it is about."""
    style = TITLE_FORM.shrunk(11, lambda one: layout.width(block.title, one) <= 110.0, 0.5)
    wide = layout.width(block.title, style)
    handling = layout.width(block.handling, STRONG) + 8 if block.handling else 0.0
    about_room = layout.text_width - wide - 8 - handling - 4
    about = CELL.shrunk(6.5, lambda one: layout.width(block.about, one) <= about_room)

    def draw(pen: Pen) -> None:
        """Draw the title, what the page is about, and the framed handling mark."""
        pen.text(0, 6.6, block.title, style)
        pen.text(wide + 8, 6.2, block.about, about)
        if block.handling:
            pen.box(layout.text_width - handling, 1.6, handling, 7.0, HEAVY)
            pen.text(layout.text_width - handling / 2, 6.4, block.handling, STRONG, "center")

    return Piece(_TITLE_HEIGHT, draw, tag=Tag("H1", words=block.title))


def _totals(words: str, layout: Layout) -> Piece:
    lines = layout.lines(words, CELL, layout.text_width)

    def draw(pen: Pen) -> None:
        pen.lines(0, 3.6, 4.3, lines, CELL)

    return Piece(4.8 + 4.3 * (len(lines) - 1), draw)


def _boxes(block: LedgerSheet, layout: Layout) -> Piece:
    """Lay out the boxes for signatures side by side."""
    width = layout.text_width / len(block.boxes)

    def draw(pen: Pen) -> None:
        for number, (label, words) in enumerate(block.boxes):
            left = width * number
            pen.tags.begin_part()
            pen.box(left, 0, width, _BOX_HEIGHT, HEAD_RULE)
            pen.text(left + 3, 6.1, label, CELL_BOLD)
            pen.text(left + 3 + pen.width(label, CELL_BOLD) + 4, 6.1, words, CELL)

    return Piece(_BOX_HEIGHT, draw)
