"""Prints the manual as a PDF that staff open and print. Usage: python build_spec/manual.py file.pdf."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from PySide6.QtCore import QMarginsF, QSizeF, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec.commit import PROJECT, told

MANUAL = PROJECT / "docs" / "manual.md"
_MARGIN_MM = 14.0
_POINTS = 9.5
_LINE = 100.0
_DOTS = 150
_SCREEN_DOTS = 96
"""What Qt counts the width of a picture in, whatever is written on."""
_PADDING = 6.0
_RULE = QColor("#B9B4A8")


def main(target: Path) -> int:
    """Write the PDF and say how many pages it has."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["manual"])
    assert isinstance(application, QApplication)
    from app.window.fonts import load_fonts

    missing = load_fonts()
    if missing:
        raise SystemExit(f"書体を読み込めません: {', '.join(missing)}")
    pages = write_pdf(MANUAL, target)
    print(f"手引き（{pages}ページ）を書き出しました: {target}")
    return 0


def write_pdf(source: Path, target: Path) -> int:
    """Lay ``source`` out on A4 and write it to ``target``; return the number of pages."""
    from app.window.fonts import face

    writer = QPdfWriter(str(target))
    writer.setResolution(_DOTS)
    writer.setTitle("デジ活デスクの使い方")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    room = QSizeF(writer.pageLayout().paintRectPixels(_DOTS).size())
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(face(_POINTS))
    document.setBaseUrl(QUrl.fromLocalFile(f"{source.parent}/"))
    document.setMarkdown(source.read_text(encoding="utf-8"), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    document.setDocumentMargin(0)
    document.setPageSize(room)
    _space_lines(document)
    for table in _tables(document):
        _fit(table, room.width())
    document.print_(writer)
    _date(target)
    return document.pageCount()


def _date(target: Path) -> None:
    """Date the PDF by the commit it is printed from: Qt takes the clock and a name by chance, and no two are the same."""
    when = datetime.fromtimestamp(told().seconds, UTC)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = pikepdf.String(f"D:{when:%Y%m%d%H%M%S}Z")
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        for number, font in enumerate(fonts):
            # Each part of a font has six letters before its name; Qt makes them anew in every process.
            font.FontName = pikepdf.Name(f"/QAAAA{chr(ord('A') + number)}+{str(font.FontName).rpartition('+')[2]}")
        # Both say the same once more, with the clock and the name by chance; the name is made anew of what it holds.
        del pdf.Root.Metadata, pdf.trailer.ID
        pdf.save(target, deterministic_id=True)


def _tables(document: QTextDocument) -> Iterator[QTextTable]:
    return (frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))


def _space_lines(document: QTextDocument) -> None:
    """Give running text the line height of the window, which its font carries."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    lines = QTextBlockFormat()
    lines.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(lines)


def _fit(table: QTextTable, width: float) -> None:
    """Give a table the whole width; its pictures share it."""
    look = QTextTableFormat(table.format().toTableFormat())
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setCellPadding(_PADDING)
    look.setCellSpacing(0)
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QBrush(_RULE))
    look.setBorderCollapse(True)
    shares = _pictures(table, (width / 2 - 4 * _PADDING) * _SCREEN_DOTS / _DOTS)
    if shares:
        each = QTextLength(QTextLength.Type.PercentageLength, 100 / table.columns())
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 50 * table.columns()))
        look.setColumnWidthConstraints([each] * table.columns())
    table.setFormat(look)


def _pictures(table: QTextTable, width: float) -> int:
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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
