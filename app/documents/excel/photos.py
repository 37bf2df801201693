"""Photos of a report on a sheet, two by two over their own cells, with number, time and scene below."""

from __future__ import annotations

from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D

from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Photo, Photos
from app.documents.excel.grid import POINTS_PER_MM, BlockColumns, ColumnSlot, Span, spans
from app.documents.excel.looks import Look
from app.documents.excel.sheet_pen import SheetPen
from app.documents.excel.text_measure import text_width

_WIDTH_MM, _HEIGHT_MM = 79.0, 52.0
_EMU = 36_000
"""Drawing units (EMU) in a millimetre."""


def photo_columns(block: Photos, page_mm: float) -> BlockColumns:
    """Return two halves of the page."""
    texts = [tuple(text_width(_words(photo), 10.0) for photo in block.photos[side::2]) for side in (0, 1)]
    return BlockColumns(tuple(ColumnSlot(page_mm / 2, side) for side in texts))


def draw_photos(pen: SheetPen, block: Photos, page_mm: float) -> None:
    """Draw a row for two photos and a row for their captions, both on one page."""
    halves = spans(photo_columns(block, page_mm), pen.grid)
    for start in range(0, len(block.photos), 2):
        first = pen.row
        pen.height(first, _HEIGHT_MM * POINTS_PER_MM + 4)
        for photo, span in zip(block.photos[start : start + 2], halves, strict=False):
            _place_picture(pen, first, span, photo)
            pen.write_over_span(first + 1, span, _words(photo), Look(valign="top"), 21.0, even=True)
        pen.row += 2
        pen.keep_together(first, pen.row - 1)
        pen.space(6.0)


def _words(photo: Photo) -> str:
    return join_nonempty(photo.label, photo.time, photo.scene)


def _place_picture(pen: SheetPen, row: int, span: Span, photo: Photo) -> None:
    """Place the photo over the row, uncropped and in its own proportions, no wider than its half."""
    if not photo.data:
        return
    image = Image(BytesIO(photo.data))
    room = min(_WIDTH_MM, pen.grid.width(span.first, span.last) / POINTS_PER_MM - 2)
    scale = min(room / image.width, _HEIGHT_MM / image.height)
    size = XDRPositiveSize2D(round(image.width * scale * _EMU), round(image.height * scale * _EMU))
    corner = AnchorMarker(col=span.first - 1, colOff=_EMU // 2, row=row - 1, rowOff=_EMU // 2)
    image.anchor = OneCellAnchor(_from=corner, ext=size)
    pen.sheet.add_image(image)
