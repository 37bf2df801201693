"""Draws the parts of a flyer in a sheet: its banner, its labelled items, and boxes with running text."""

from __future__ import annotations

from app.papers.excel.grid import Slot, Strip, spans
from app.papers.excel.looks import GREY_LABEL, HAIR, HEAVY, LINE, Look
from app.papers.excel.measure import tall_pieces, text_width
from app.papers.excel.sheet_pen import SheetPen
from app.papers.handout_blocks import Banner, HandoutItems, NoticeBox

_LABEL_MM = 33.0
_SIZE, _LARGE = 14.0, 16.0


def draw_banner(pen: SheetPen, block: Banner) -> None:
    """Draw the head of a flyer: every part centred in a row of its own, the headline between two heavy rules."""
    first = pen.row
    if block.above:
        pen.running(block.above, Look(size=13.0, bold=True, align="center"), 24.0)
    pen.running(block.headline, Look(size=26.0, bold=True, align="center", top=HEAVY, bottom=HEAVY), 48.0)
    if block.below:
        pen.running(block.below, Look(size=14.0, bold=True, align="center"), 27.0)
    if block.lead:
        pen.running(block.lead, Look(size=12.0, valign="top"), 24.0, even=True)
    pen.space(6.0)
    pen.glue(first, pen.row)


def handout_items_strip(block: HandoutItems, page_mm: float) -> Strip:
    """Return the label column and the value column."""
    return Strip((
        Slot(_LABEL_MM, tuple(text_width(label, 12.0) for label, _ in block.rows)),
        Slot(page_mm - _LABEL_MM, tuple(text_width(value, _SIZE) for _, value in block.rows)),
    ))  # fmt: skip


def draw_handout_items(pen: SheetPen, block: HandoutItems, page_mm: float) -> None:
    """Draw grey labels and large values; a value stands in one cell with all its lines."""
    label, value = spans(handout_items_strip(block, page_mm), pen.grid)
    for number, (name, text) in enumerate(block.rows):
        large = number in block.large
        size = _LARGE if large else _SIZE
        for part, piece in enumerate(tall_pieces(text, pen.grid.width(value.first, value.last), size)):
            grey = Look(size=12.0, bold=True, fill=GREY_LABEL, bottom=HAIR)
            pen.spread(pen.row, label, name if part == 0 else "", grey, 27.0)
            pen.spread(pen.row, value, piece, Look(size=size, bold=large, bottom=HAIR), 27.0)
            pen.row += 1
    pen.space(6.0)


def draw_notice_box(pen: SheetPen, block: NoticeBox) -> None:
    """Draw a title and its text between two rules; they stay on one page."""
    first = pen.row
    if block.title:
        pen.running(block.title, Look(size=12.0, bold=True, top=LINE), 24.0)
    top = "" if block.title else LINE
    pen.running(block.text, Look(size=11.0, valign="top", top=top, bottom=LINE), 20.0, even=True)
    pen.glue(first, pen.row - 1)
    pen.space(6.0)
