"""Where a paper written in Markdown goes on to the next page: no row of a table and no block of typed lines is
cut, no heading stands alone at the foot.

Qt breaks between lines only, and cuts a row where the page ends. So the text is laid out, the first thing that is cut is
moved to the next page by a mark in the text (a table goes on there under its headings), and it is laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat, QTextFrame, QTextTable

MARK = "<!-- next page -->"
Lay = Callable[[str], QTextDocument]
_MOST = 60
_FENCE = re.compile(r"^```")
_HEADING = re.compile(r"^#+ ")


def broken_well(text: str, lay: Lay) -> QTextDocument:
    """Return the document of ``text`` with its pages broken where nothing is torn.

    Args:
        lay: makes the laid out document of a text, through ``with_breaks``.
    """
    for _ in range(_MOST):
        document = lay(text)
        moved = _moved(text, document)
        if moved is None:
            return document
        text = moved
    raise SystemExit("ページの切れ目が決まりません。")


def with_breaks(text: str, fill: Callable[[str], QTextDocument]) -> QTextDocument:
    """Return the document that ``fill`` makes of ``text`` without its marks, each marked heading or table on a new page."""
    lines = text.splitlines()
    document = fill("\n".join(line for line in lines if line != MARK))
    tables, headings, typed = _tables(document), _headings(document), _typed(document)
    for kind, number, at in _things(lines):
        if at and lines[at - 1] == MARK:
            if kind == "table":
                look = tables[number].format().toTableFormat()
                look.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                tables[number].setFormat(look)
            else:
                broken = QTextBlockFormat()
                broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                first = headings[number] if kind == "heading" else typed[number][0]
                QTextCursor(first).mergeBlockFormat(broken)
    return document


def _moved(text: str, document: QTextDocument) -> str | None:
    """Return the text with one more mark, at the first thing that is torn; None when nothing is."""
    lines = text.splitlines()
    tables, headings, typed = _tables(document), _headings(document), _typed(document)
    for kind, number, at in _things(lines):
        if kind == "typed":
            first, last = typed[number][0], typed[number][-1]
            if _page(document, first)[0] != _page(document, last)[1] and lines[at - 1] != MARK:
                return "\n".join([*lines[:at], MARK, *lines[at:]])
            continue
        if kind == "heading":
            follows = headings[number].next()
            if follows.isValid() and _page(document, headings[number])[0] != _page(document, follows)[0]:
                return "\n".join([*lines[:at], MARK, *lines[at:]])
            continue
        table = tables[number]
        for row in range(1, table.rows()):
            ends = [_page_of_cell(document, table, row, column) for column in range(table.columns())]
            if min(first for first, _last in ends) == max(last for _first, last in ends):
                continue
            if row > 1:
                cut = at + row + 1
                return "\n".join([*lines[:cut], "", MARK, *lines[at : at + 2], *lines[cut:]])
            if lines[at - 1] != MARK:
                above = at - 2 if at >= 2 and _HEADING.match(lines[at - 2]) else at
                return "\n".join([*lines[:above], MARK, *lines[above:]])
    return None


def _things(lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield what may begin a page, in order: its kind, which one of its kind, the line where it begins."""
    seen = {"table": 0, "heading": 0, "typed": 0}
    in_code = in_table = False
    for at, line in enumerate(lines):
        fence = bool(_FENCE.match(line))
        kind = "" if in_code else "heading" if _HEADING.match(line) else "table" if line.startswith("|") else ""
        kind = "typed" if fence and not in_code else kind
        in_code ^= fence
        if kind and not (kind == "table" and in_table):
            yield kind, seen[kind], at
            seen[kind] += 1
        in_table = kind == "table"


def _tables(document: QTextDocument) -> list[QTextTable]:
    frames: list[QTextFrame] = document.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]


def _headings(document: QTextDocument) -> list[QTextBlock]:
    block, found = document.begin(), []
    while block.isValid():
        if block.blockFormat().headingLevel():
            found.append(block)
        block = block.next()
    return found


def _typed(document: QTextDocument) -> list[list[QTextBlock]]:
    """Return the blocks of typed lines; between two of them stands something else."""
    block, found, before = document.begin(), list[list[QTextBlock]](), False
    while block.isValid():
        fenced = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        if fenced and before:
            found[-1].append(block)
        elif fenced:
            found.append([block])
        before = fenced
        block = block.next()
    return found


def _page(document: QTextDocument, block: QTextBlock) -> tuple[int, int]:
    """Return the pages on which a block begins and ends."""
    place, height = document.documentLayout().blockBoundingRect(block), document.pageSize().height()
    return int(place.top() // height), int((place.bottom() - 1) // height)


def _page_of_cell(document: QTextDocument, table: QTextTable, row: int, column: int) -> tuple[int, int]:
    cell = table.cellAt(row, column)
    first = _page(document, cell.firstCursorPosition().block())[0]
    return first, _page(document, cell.lastCursorPosition().block())[1]
