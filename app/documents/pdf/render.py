"""Draws any document as PDF; the one way from a ``DocumentContent`` to bytes on paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents import fonts
from app.documents.blocks import DocumentContent
from app.documents.pdf.composing import compose, layout_of
from app.documents.pdf.coverage import MissingGlyph, missing_characters, without_unseen
from app.documents.pdf.furniture import draw_furniture
from app.documents.pdf.pen import Pen
from app.documents.pdf.pieces import Sheet, deal
from app.documents.pdf.sizes import MM, NORMAL, TIGHT
from app.documents.pdf.typefaces import FontCollection, open_collection

# Plain compressed streams: a fifth smaller and quicker than their spelling in ASCII.
rl_config.useA85 = 0

_LITTLE = 0.30  # a last page filled less than this is worth a tighter setting


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF and the number of its pages."""

    data: bytes
    pages: int


def render_pdf(content: DocumentContent, *, fonts_folder: Path | None = None) -> RenderedPdf:
    """Draw ``content``; the same content always gives the same bytes.

    ``fonts_folder`` is the folder of the bundled fonts unless given. Raises ``MissingGlyph`` naming
    text and character when a character cannot be printed; nothing is ever replaced. The fonts serve
    one document at a time: two threads must not draw at once.
    """
    folder = fonts_folder or fonts.bundled_fonts_folder()
    missing = missing_characters(content, fonts_folder=folder)
    if missing:
        raise MissingGlyph(missing)
    shown = without_unseen(content)
    collection = open_collection(folder)
    sheets = _lay_out(shown, collection)
    return RenderedPdf(_draw(shown, collection, sheets), len(sheets))


def _lay_out(content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    normal = layout_of(content, collection, NORMAL)
    sheets = deal(compose(content, normal), normal.paper)
    last = sheets[-1]
    if len(sheets) < 2 or last.y - last.paper.top > last.paper.body_height * _LITTLE:
        return sheets
    tight = layout_of(content, collection, TIGHT)
    closer = deal(compose(content, tight), tight.paper)
    return closer if len(closer) < len(sheets) else sheets


def _draw(content: DocumentContent, collection: FontCollection, sheets: list[Sheet]) -> bytes:
    target = io.BytesIO()
    first = collection.face("gothic").primary
    # Without a first font of our own every file would name Helvetica, which it does not hold.
    canvas = Canvas(
        target,
        invariant=1,
        pageCompression=1,
        lang="ja-JP",
        initialFontName=first,  # type: ignore[arg-type]
    )
    _describe(canvas, content)
    for number, sheet in enumerate(sheets, start=1):
        paper = sheet.paper
        canvas.setPageSize((paper.width * MM, paper.height * MM))
        pen = Pen(canvas, collection, paper)
        draw_furniture(pen, content, number, len(sheets))
        for piece, y, place in sheet.placed:
            room = paper.body_end - y
            if piece.height > room + 0.1:  # higher than a page and not to be parted: smaller, never cut
                with pen.reduced(paper.left, y, room / piece.height):
                    piece.draw(pen, paper.left, y, place)
            else:
                piece.draw(pen, paper.left, y, place)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _describe(canvas: Canvas, content: DocumentContent) -> None:
    properties = content.properties
    canvas.setTitle(properties.get("title", content.file_stem or content.kind))
    canvas.setAuthor(properties.get("author", ""))
    canvas.setSubject(properties.get("subject", content.reference))
    canvas.setCreator("デジ活デスク")
    canvas.setProducer("デジ活デスク")
