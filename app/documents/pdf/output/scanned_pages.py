"""Draws the pages of a scan as a PDF of our own, so that nothing of a PDF of others is opened in this process."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from db.record import record


@record
class ScannedPage:
    """One page: its size in pt, and its grey pixels row by row."""

    size: tuple[float, float]
    pixels: bytes
    width: int
    height: int
    stride: int


def draw_scan(pages: Sequence[ScannedPage], title: str) -> bytes:
    """Return a PDF with one picture a page."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.setTitle(title)
    for page in pages:
        canvas.setPageSize(page.size)
        canvas.drawImage(ImageReader(BytesIO(_png(page))), 0, 0, *page.size)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _png(page: ScannedPage) -> bytes:
    """Return the pixels of a page as a grey PNG (ISO/IEC 15948)."""
    rows = (page.pixels[at * page.stride : at * page.stride + page.width] for at in range(page.height))
    head = struct.pack(">IIBBBBB", page.width, page.height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
