"""Draws any document as PDF; the one way from a ``DocumentContent`` to bytes on paper."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.papers import fonts
from app.papers.blocks import DocumentContent
from app.papers.pdf.coverage import MissingGlyph, missing_characters, without_unseen
from app.papers.pdf.furniture import draw_furniture
from app.papers.pdf.parts import NumberedSheet, numbered_sheets
from app.papers.pdf.pen import Pen
from app.papers.pdf.sizes import MM
from app.papers.pdf.typefaces import FontCollection, open_collection

# Plain compressed streams: a fifth smaller and quicker than their spelling in ASCII.
rl_config.useA85 = 0


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF and the number of its pages."""

    data: bytes
    pages: int


def render_pdf(content: DocumentContent, *, fonts_folder: Path | None = None) -> RenderedPdf:
    """Draw ``content``; the same content always gives the same bytes.

    ``fonts_folder`` is the folder of the bundled fonts unless given. Raises ``MissingGlyph`` naming
    text and character when a character cannot be printed; nothing is ever replaced. The fonts serve
    one document at a time: two threads must not draw at once. Raises ``NameTooLong`` for a name of a
    roster, tag or card that fits at no allowed size.
    """
    folder = fonts_folder or fonts.bundled_fonts_folder()
    missing = missing_characters(content, fonts_folder=folder)
    if missing:
        raise MissingGlyph(missing)
    shown = without_unseen(content)
    collection = open_collection(folder)
    sheets = numbered_sheets(shown, collection)
    copies = [copied for mark in _copy_marks(shown) for copied in _marked(sheets, mark)]
    return RenderedPdf(_draw(shown, collection, copies), len(copies))


def _copy_marks(content: DocumentContent) -> list[str]:
    """Return 「1／2」 and 「2／2」 for a paper of two numbered copies, else one empty mark."""
    total = content.numbered_copies
    return [f"　{copy}／{total}" for copy in range(1, total + 1)] or [""]


def _marked(sheets: list[NumberedSheet], mark: str) -> list[NumberedSheet]:
    """Return the sheets of one copy, its number beside the handling mark."""
    if not mark:
        return sheets
    return [
        sheet._replace(content=replace(sheet.content, header_right=sheet.content.header_right + mark))
        for sheet in sheets
    ]


def _draw(content: DocumentContent, collection: FontCollection, sheets: list[NumberedSheet]) -> bytes:
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
    for part, sheet, number, pages in sheets:
        paper = sheet.paper
        canvas.setPageSize((paper.width * MM, paper.height * MM))
        pen = Pen(canvas, collection, paper)
        draw_furniture(pen, part, number, pages)
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
