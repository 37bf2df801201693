"""Photos of a report, two by two in frames of 79×52 mm, each with its number, time and scene below."""

from __future__ import annotations

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Photo, Photos
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import CELL, HEAD_RULE, STRONG
from app.documents.pdf.typesetting.tags import Tag

FRAME_WIDTH, FRAME_HEIGHT = 79.0, 52.0
"""Size of a photo frame in millimetres."""
_ROWS_ON_PAGE = 2
_LEADING = 4.3
_CAPTION = 4.6
_GAP = 3.0


def photos(block: Photos, layout: Layout) -> list[Piece]:
    """Lay out two photos per row with their captions; four fit a page."""
    pieces = []
    rows = [block.photos[start : start + 2] for start in range(0, len(block.photos), 2)]
    for number, row in enumerate(rows):
        captions = [_caption(photo, layout) for photo in row]
        tallest = max(len(lines) for _, lines in captions)
        pieces.append(
            Piece(
                FRAME_HEIGHT + _CAPTION + _LEADING * tallest,
                _drawing(row, captions, layout),
                space=_GAP,
                new_page=number > 0 and number % _ROWS_ON_PAGE == 0,
                tag=Tag("P"),
            )
        )
    return pieces


def _caption(photo: Photo, layout: Layout) -> tuple[float, list[str]]:
    """Return the indent of the caption after its label, and its lines."""
    words = join_nonempty(photo.time, photo.scene)
    left = layout.width(photo.label, STRONG) + 3
    return left, layout.lines(words, CELL, FRAME_WIDTH - left) if words else [""]


def _drawing(row: tuple[Photo, ...], captions: list[tuple[float, list[str]]], layout: Layout) -> Draw:
    """Return the function that draws two photos side by side with their captions."""

    def draw(pen: Pen) -> None:
        """Draw the photos, or empty frames, with their captions."""
        for number, (photo, (hang, lines)) in enumerate(zip(row, captions, strict=True)):
            left = number * (layout.text_width - FRAME_WIDTH)
            pen.tags.begin_figure(join_nonempty(photo.label, photo.time, photo.scene))
            if photo.data:
                pen.picture(left, FRAME_WIDTH, FRAME_HEIGHT, photo.data)
            pen.box(left, 0, FRAME_WIDTH, FRAME_HEIGHT, HEAD_RULE)
            pen.tags.begin_part()
            base = FRAME_HEIGHT + _CAPTION
            pen.text(left, base, photo.label, STRONG)
            pen.lines(left + hang, base, _LEADING, lines, CELL)

    return draw
