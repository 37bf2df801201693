"""Prints the papers that lie beside the start file as PDFs: the manual for staff, the page for the IT department.

Usage: python build_spec/manual.py folder.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QUrl
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
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec.commit import PROJECT, told
from build_spec.page_breaks import Plan, broken_well, planned

MANUAL = PROJECT / "docs" / "manual.md"
FOR_IT = PROJECT / "docs" / "for-it.md"
TRIALS = PROJECT / "build_spec" / "windows.md"
"""Holds the list of what people try on two PCs, which stands at the end of the page for the IT department."""
_REMARK = re.compile(r"<!--.*?-->\n", re.DOTALL)
_MARGIN_MM = 14.0
_POINTS = 9.5
_LINE = 100.0
_DOTS = 150
_SCREEN_DOTS = 96
"""What Qt counts the width of a picture in, whatever is written on."""
_PADDING = 6.0
_HALF = _POINTS * _DOTS / 72 / 2
_OVER = 5.0
"""So many dots the ink of a line may reach above it."""
_RULE = QColor("#B9B4A8")
_TYPED = QColor("#F3F1EC")


def main(folder: Path) -> int:
    """Write the PDFs into ``folder`` and say how many pages each has."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["manual"])
    assert isinstance(application, QApplication)
    from app.window.fonts import load_fonts

    missing = load_fonts()
    if missing:
        raise SystemExit(f"書体を読み込めません: {', '.join(missing)}")
    for name, title, source, also in (
        ("使い方.pdf", "デジ活デスクの使い方", MANUAL, ""),
        ("情報システム担当へ.pdf", "デジ活デスク　情報システム担当へ", FOR_IT, trials()),
    ):
        pages = write_pdf(source, folder / name, title=title, also=also)
        print(f"{name}（{pages}ページ）を書き出しました: {folder}")
    return 0


def trials() -> str:
    """Return the list of what is to be tried on two PCs, as it stands in the paper about the Windows folder."""
    found = re.search(r"^## .*21項目.*$", TRIALS.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{TRIALS.name}: 21項目の見出しがありません。")
    return f"\n## 付　{found.group().split('　')[-1].lstrip('# ')}\n{found.string[found.end() :]}"


def write_pdf(source: Path, target: Path, *, title: str = "デジ活デスクの使い方", also: str = "") -> int:
    """Lay ``source``, with ``also`` after it, out on A4 and write it to ``target``; return the number of pages."""
    from app.window.fonts import face

    writer = QPdfWriter(str(target))
    writer.setResolution(_DOTS)
    writer.setTitle(title)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    font = face(_POINTS)
    font.setFeature(QFont.Tag("liga"), 0)  # a command that is copied out of the PDF has its own signs
    room = QSizeF(writer.pageLayout().paintRectPixels(_DOTS).size())

    def fill(text: str) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(writer)
        document.setDefaultFont(font)
        document.setBaseUrl(QUrl.fromLocalFile(f"{source.parent}/"))
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(0)
        _space_lines(document)
        _dress_code(document)
        for table in _tables(document):
            _fit(table, room.width())
        return document

    def lay(plan: Plan) -> QTextDocument:
        document = planned(plan, fill)
        document.setPageSize(room)  # last: a layout that sees the changes one by one loses lines
        return document

    text = _REMARK.sub("", source.read_text(encoding="utf-8")) + also
    # The manual is to be six pages at most; its rows are cut where a page ends.
    document = broken_well(text, lay) if also else lay(Plan(text))
    _print(document, writer)
    _date(target)
    return document.pageCount()


def _print(document: QTextDocument, writer: QPdfWriter) -> None:
    """Draw the pages; a line's ink that reaches above the top of its page is not left at the foot of the one before."""
    size, layout = document.pageSize(), document.documentLayout()
    painter = QPainter(writer)
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
        painter.setClipRect(QRectF(0, top - _OVER, size.width(), size.height()))
        layout.draw(painter, context)
        painter.restore()
    painter.end()


def _date(target: Path) -> None:
    """Date the PDF by the commit it is printed from: Qt takes the clock and a name by chance, and no two
    are the same."""
    when = datetime.fromtimestamp(told().seconds, UTC)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = pikepdf.String(f"D:{when:%Y%m%d%H%M%S}Z")
        descriptors = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
        fonts = [one for one in descriptors if one.get("/Type") == "/FontDescriptor"]
        # They come in another order in every process, and so do their numbers: what they are decides.
        fonts.sort(key=lambda one: (str(one.FontName).rpartition("+")[2], one.FontFile2.read_raw_bytes()))
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


def _dress_code(document: QTextDocument) -> None:
    """Write what is typed in the font of the rest, which is the same wherever this is made; long lines go on below."""
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
    lines, places = [], []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().nonBreakableLines():
            lines.append(block.position())
            places.append((block.position(), block.length() - 1))
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
    for start, length in places:
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(own)
    cursor.endEditBlock()


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
    look.setBottomMargin(_PADDING)
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
