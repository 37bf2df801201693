"""Writes the PDFs beside the start file: the manual, the page for the IT department, how a definition is written.

Usage: python build_spec/manual.py folder.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec.commit import PROJECT, given_commit

MANUAL = PROJECT / "docs" / "manual.md"
FOR_IT = PROJECT / "docs" / "for-it.md"
DEFINITION = PROJECT / "docs" / "definition.md"
TRIALS = PROJECT / "build_spec" / "windows.md"
"""Contains the list of manual trials on two PCs, appended to the page for the IT department."""
_PLACE = "<!-- contents -->"
_REMARK = re.compile(r"<!--.*?-->\n", re.DOTALL)
_CONTENTS = "もくじ"
_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)


def main(folder: Path) -> int:
    """Write the PDFs into ``folder`` and print how many pages each has."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["manual"])
    assert isinstance(application, QApplication)
    from app.window.fonts import load_fonts

    missing = load_fonts()
    if missing:
        raise SystemExit(f"書体を読み込めません: {', '.join(missing)}")
    for name, write in (
        ("使い方.pdf", write_manual),
        ("情報システム担当へ.pdf", write_for_it),
        ("定義ファイルの書き方.pdf", write_definition),
    ):
        print(f"{name}（{write(folder / name)}ページ）を書き出しました: {folder}")
    return 0


def trials() -> str:
    """Return the list of manual trials on two PCs, from the document on the Windows folder."""
    found = re.search(r"^## .*21項目.*$", TRIALS.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{TRIALS.name}: 21項目の見出しがありません。")
    return f"\n## 付　{found.group().split('　')[-1].lstrip('# ')}\n{found.string[found.end() :]}"


def write_manual(target: Path) -> int:
    """Write the manual (quick card, table of contents, chapters); return the number of pages."""
    from app.widgets.manual.manual_text import CARD, read_manual

    card = next(one for one in read_manual() if one.name == CARD)
    text = MANUAL.read_text(encoding="utf-8").replace(f"## {card.title}\n\n{card.text}\n\n", f"{_PLACE}\n\n")
    return write_pdf(text, target, title="デジ活デスクの使い方", base=MANUAL.parent, card=True)


def write_for_it(target: Path) -> int:
    """Write the page for the IT department with the list of trials; return the number of pages."""
    text = _REMARK.sub("", FOR_IT.read_text(encoding="utf-8")) + trials()
    return write_pdf(text, target, title="デジ活デスク　情報システム担当へ", base=FOR_IT.parent)


def write_definition(target: Path) -> int:
    """Write how a definition file is written; return the number of pages."""
    text = DEFINITION.read_text(encoding="utf-8")
    return write_pdf(text, target, title="デジ活デスク　定義ファイルの書き方", base=DEFINITION.parent)


def write_pdf(text: str, target: Path, *, title: str, base: Path, card: bool = False) -> int:
    """Lay ``text`` out on A4 and write it to ``target``; return the number of pages.

    Args:
        base: the folder of its pictures. card: put the quick card first, and the table of contents at ``_PLACE``.
    """
    from app.widgets.manual import manual_pages as pages

    writer = QPdfWriter(str(target))
    pages.set_up(writer, title)
    before = 1 if card else 0

    def lay(found: dict[str, int]) -> QTextDocument:
        return pages.lay_out_manual(text.replace(_PLACE, _contents(text, found)), writer, base)

    document = lay({})
    # The numbers are set in once they are known; that moves nothing, as the lines of the contents stay what they are.
    while card and (found := _pages_of(document, before)) != _contents_page_numbers(document):
        document = lay(found)
    painter = QPainter(writer)
    whole = before + document.pageCount()
    if card:
        _draw_first(painter, writer, whole)
        writer.newPage()
    pages.draw(document, painter, writer, first=1 + before, of=whole)
    painter.end()
    _date(target)
    return whole


def _draw_first(painter: QPainter, writer: QPdfWriter, whole: int) -> None:
    """Draw the quick card, with the month of the commit."""
    from app.calendar.wareki import era_year_words
    from app.widgets.manual import manual_pages as pages
    from app.widgets.manual.manual_card import draw_card
    from app.widgets.manual.manual_text import CARD, read_manual

    size = QSizeF(writer.pageLayout().paintRectPixels(pages.DOTS).size())
    when = datetime.fromtimestamp(given_commit().seconds, UTC)
    edition = f"{era_year_words(when.date())}{when.month}月"
    draw_card(next(one for one in read_manual() if one.name == CARD), painter, size, edition)
    pages.draw_foot(painter, size, f"1 / {whole}")


def _contents(text: str, found: dict[str, int]) -> str:
    """Return the table of contents, each chapter with its page."""
    lines = [f"| {title} | {found.get(title, 0) or '00'} |" for title in _CHAPTER.findall(text)]
    return "\n".join([f"| {_CONTENTS} | ページ |", "| --- | --- |", *lines])


def _pages_of(document: QTextDocument, before: int) -> dict[str, int]:
    """Return the page on which each chapter begins."""
    found, block = {}, document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            top = document.documentLayout().blockBoundingRect(block).top()
            found[block.text()] = before + 1 + int(top // document.pageSize().height())
        block = block.next()
    return found


def _contents_page_numbers(document: QTextDocument) -> dict[str, int]:
    """Return the page numbers in the table of contents."""
    from app.widgets.manual.manual_pages import tables_of

    table = next(iter(tables_of(document)))
    cells = [
        [table.cellAt(row, column).firstCursorPosition().block().text() for column in (0, 1)]
        for row in range(1, table.rows())
    ]
    return {title: int(page) for title, page in cells}


def _date(target: Path) -> None:
    """Set date and id of the PDF from the commit; Qt uses the clock and a random id, so no two would be identical."""
    when = datetime.fromtimestamp(given_commit().seconds, UTC)
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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
