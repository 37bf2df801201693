"""The manual on paper: Markdown laid out on A4 without split rows or a heading alone at the bottom of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from app.widgets.manual.manual_card import draw_card
from app.widgets.manual.manual_text import CARD, Chapter, without_pictures
from app.widgets.manual.page_breaks import PagePlan, laid_out_with_breaks, with_page_breaks
from app.window.fonts import FAMILIES, ui_font

MARGIN_MM = 14.0
DOTS = 150
_POINTS = 9.5
_FOOT_POINTS = 8.0
_LINE = 100.0
_SCREEN_DOTS = 96
"""Resolution in which Qt measures picture widths on any device."""
_PADDING = 6.0
_HALF = _POINTS * DOTS / 72 / 2
_GLYPH_OVERSHOOT = 5.0
"""Dots by which glyphs may reach above their line."""
_RULE = QColor("#B9B4A8")
_TYPED = QColor("#F3F1EC")
_NO_DIGITS = re.compile(r"[!-/:-~]+")


def set_up(writer: QPdfWriter, title: str) -> None:
    """Set ``writer`` to A4 with the margins of the manual."""
    writer.setResolution(DOTS)
    writer.setTitle(title)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))


def lay_out_manual(text: str, writer: QPdfWriter, base: Path | None = None) -> QTextDocument:
    """Return ``text`` (Markdown) laid out for ``writer``; pictures are loaded from the folder ``base``.

    Raises:
        SystemExit: an element is higher than a page.
    """
    font = ui_font(_POINTS)
    font.setFeature(QFont.Tag("liga"), 0)  # a command that is copied out of the PDF has its own signs
    room = QSizeF(writer.pageLayout().paintRectPixels(DOTS).size())

    def fill(markdown: str) -> QTextDocument:
        """Return a document with the text."""
        document = QTextDocument()
        document.documentLayout().setPaintDevice(writer)
        document.setDefaultFont(font)
        if base is not None:
            document.setBaseUrl(QUrl.fromLocalFile(f"{base}/"))
        document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(0)
        apply_manual_style(document, width=room.width())
        return document

    def lay(plan: PagePlan) -> QTextDocument:
        """Return the document of a plan, laid out on pages."""
        document = laid_out_with_breaks(plan, fill)
        document.setPageSize(room)  # last: a layout that sees the changes one by one loses lines
        return document

    return with_page_breaks(text, lay)


def draw(document: QTextDocument, painter: QPainter, writer: QPdfWriter, *, first: int = 1, of: int = 0) -> None:
    """Draw the pages with page numbers, without glyph parts of a page's first line on the page before.

    Args:
        first: the number of the first page. of: how many pages the whole document has; 0 writes no numbers.
    """
    size, layout = document.pageSize(), document.documentLayout()
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        context = QAbstractTextDocumentLayout.PaintContext()
        top = page * size.height()
        # Half a line less above and a dot less below: lines of the pages beside it are not drawn here, unseen.
        context.clip = QRectF(0, top + _HALF, size.width(), size.height() - _HALF - 1)
        context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))
        painter.save()
        painter.translate(0, -top)
        painter.setClipRect(QRectF(0, top - _GLYPH_OVERSHOOT, size.width(), size.height()))
        layout.draw(painter, context)
        painter.restore()
        if of:
            draw_foot(painter, size, f"{first + page} / {of}")


def draw_foot(painter: QPainter, size: QSizeF, words: str) -> None:
    """Write the number of a page into its lower margin."""
    painter.setFont(ui_font(_FOOT_POINTS))
    foot = QRectF(0, size.height() + 10, size.width(), MARGIN_MM / 25.4 * DOTS / 2)
    painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)


def chapter_pdf(chapter: Chapter) -> bytes:
    """Return one chapter as a PDF, as printed from the manual; the quick card as its page of cards."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    set_up(writer, f"使い方　{chapter.name}")
    if chapter.name == CARD:
        with QPainter(writer) as painter:
            draw_card(chapter, painter, QSizeF(writer.pageLayout().paintRectPixels(DOTS).size()))
    else:
        document = lay_out_manual(f"## {chapter.title}\n\n{without_pictures(chapter.text)}\n", writer)
        with QPainter(writer) as painter:
            draw(document, painter, writer, of=document.pageCount())
    return bytes(buffer.data().data())


def apply_manual_style(document: QTextDocument, *, width: float) -> None:
    """Apply the manual's style to a document read from Markdown; its tables become ``width`` wide."""
    _space_lines(document)
    _style_code(document)
    for table in tables_of(document):
        _fit_table(table, width)


def tables_of(document: QTextDocument) -> Iterator[QTextTable]:
    """Yield the tables of a document."""
    return (frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))


def _space_lines(document: QTextDocument) -> None:
    """Set the line height of running text as in the window, where it comes from the font."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    lines = QTextBlockFormat()
    lines.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(lines)


def _style_code(document: QTextDocument) -> None:
    """Set code in fonts that are the same on every machine, with long lines wrapped.

    Lines to be typed are set in the fallback, whose ``_`` and letters below the line are seen whole; but not their
    digits, which Qt tells a PDF as signs beyond the first plane, nor their kanji, which it tells as radicals: neither
    could be copied.
    """
    anywhere = QTextOption()
    anywhere.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(anywhere)
    own, typed = QTextCharFormat(), QTextBlockFormat()
    own.setFontFamilies(document.defaultFont().families())
    own.setFontFixedPitch(False)
    own.setFontPointSize(document.defaultFont().pointSizeF())
    typed.setNonBreakableLines(False)
    typed.setBackground(_TYPED)
    typed.setLeftMargin(2 * _PADDING)
    clear = QTextCharFormat()
    clear.setFontFamilies(FAMILIES[1:])
    lines, places, clear_places = [], [], []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().nonBreakableLines():
            lines.append(block.position())
            places.append((block.position(), block.length() - 1))
            clear_places += [(block.position() + one.start(), len(one[0])) for one in _NO_DIGITS.finditer(block.text())]
        each = block.begin()
        while not each.atEnd():
            fragment = each.fragment()
            if fragment.charFormat().fontFixedPitch():
                places.append((fragment.position(), fragment.length()))
            each += 1
        block = block.next()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for start in lines:
        cursor.setPosition(start)
        cursor.mergeBlockFormat(typed)
    for look, spans in ((own, places), (clear, clear_places)):
        for start, length in spans:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)
    cursor.endEditBlock()


def _fit_table(table: QTextTable, width: float) -> None:
    """Make a table fill the width, one with pictures half of it per column, and fit the pictures."""
    look = QTextTableFormat(table.format().toTableFormat())
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setCellPadding(_PADDING)
    look.setCellSpacing(0)
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QBrush(_RULE))
    look.setBorderCollapse(True)
    look.setBottomMargin(_PADDING)
    shares = _fit_pictures(table, (width / 2 - 4 * _PADDING) * _SCREEN_DOTS / DOTS)
    if shares:
        each = QTextLength(QTextLength.Type.PercentageLength, 100 / table.columns())
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 50 * table.columns()))
        look.setColumnWidthConstraints([each] * table.columns())
    table.setFormat(look)


def _fit_pictures(table: QTextTable, width: float) -> int:
    """Make every picture of a table ``width`` wide; return how many there are."""
    found = []
    for row in range(table.rows()):
        for column in range(table.columns()):
            block = table.cellAt(row, column).firstCursorPosition().block()
            places = block.begin()
            while not places.atEnd():
                fragment = places.fragment()
                if fragment.charFormat().isImageFormat():
                    found.append((fragment.position(), fragment.charFormat().toImageFormat()))
                places += 1
    for position, picture in found:
        cursor = QTextCursor(table.document())
        cursor.setPosition(position)
        cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
        picture.setWidth(width)
        cursor.setCharFormat(picture)
        alone = QTextBlockFormat()
        alone.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        cursor.mergeBlockFormat(alone)
    return len(found)
