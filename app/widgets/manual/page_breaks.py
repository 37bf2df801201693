"""Page breaks of a Markdown document: no split table rows, no heading alone at the bottom of a page.

Qt breaks between lines only, and cuts a table row at the end of a page. So the text is laid out, the first split
element is moved to the next page (a table continues there under its headings), and it is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from db.record import frozen

PAGE_BREAK_MARK = "<!-- next page -->"
"""Placed above a table that begins a page."""

LayOutText = Callable[[str], QTextDocument]
_MOST = 100
_SCREEN_DOTS = 96
"""Resolution in which Qt measures table gaps on any device."""
_GAP = 16.0
"""Gap below a table, which must fit on the same page; otherwise what follows would skip a page."""
_NEW = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore


@frozen
class PagePlan:
    """A text and its planned page breaks: marked tables, and blocks outside of tables by number."""

    text: str
    blocks: frozenset[int] = frozenset()


def with_page_breaks(text: str, lay_out: Callable[[PagePlan], QTextDocument]) -> QTextDocument:
    """Return the document of ``text`` with page breaks that split nothing.

    Args:
        lay_out: returns the laid out document of a plan, using ``laid_out_with_breaks``.

    Raises:
        SystemExit: breaks are still missing after a hundred, as of an element higher than a page.
    """
    plan = PagePlan(text)
    for _ in range(_MOST):
        document = lay_out(plan)
        better = _with_next_break(plan, document)
        if better is None:
            return document
        plan = better
    raise SystemExit("ページの切れ目が決まりません。")


def laid_out_with_breaks(plan: PagePlan, lay_out: LayOutText) -> QTextDocument:
    """Return the document that ``lay_out`` makes of a plan's text, with the page breaks of the plan."""
    lines = plan.text.splitlines()
    document = lay_out("\n".join(line for line in lines if line != PAGE_BREAK_MARK))
    first = QTextBlockFormat()
    first.setPageBreakPolicy(_NEW)
    # At the top of a page: a margin there that no longer fits the page before would leave one empty.
    first.setTopMargin(0)
    gap = QTextBlockFormat(first)
    gap.setBottomMargin(0)
    gap.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    _make_gaps_small(document)
    for table, at in zip(_tables(document), _table_starts(lines), strict=True):
        before = table.firstCursorPosition().block().previous()
        if lines[at - 1] != PAGE_BREAK_MARK:
            continue
        if before.isValid() and not before.text() and QTextCursor(before).currentTable() is None:
            # What stands between two tables goes along: left behind, it might need a page of its own.
            QTextCursor(before).mergeBlockFormat(gap)
        else:
            look = table.format().toTableFormat()
            look.setPageBreakPolicy(_NEW)
            table.setFormat(look)
    for number, block in enumerate(list(_blocks(document))):
        if number in plan.blocks:
            QTextCursor(block).mergeBlockFormat(first)
    return document


def _make_gaps_small(document: QTextDocument) -> None:
    """Make empty blocks outside of tables one point high.

    A gap as high as a line may not fit below a table: it would begin the next page, and the following page break
    would leave that page empty.
    """
    small = QTextCharFormat()
    small.setFontPointSize(1)
    block = document.begin()
    while block.isValid():
        if not block.text() and QTextCursor(block).currentTable() is None:
            QTextCursor(block).setBlockCharFormat(small)
        block = block.next()


def _with_next_break(plan: PagePlan, document: QTextDocument) -> PagePlan | None:
    """Return the plan with the first split element moved to the next page; None when nothing is split."""
    found = [each for each in (_torn_block(plan, document), _torn_row(plan, document)) if each is not None]
    return min(found, key=lambda each: each[0])[1] if found else None


def _torn_block(plan: PagePlan, document: QTextDocument) -> tuple[float, PagePlan] | None:
    """Return the top of the first block that is split or a heading alone, and the plan that moves it on."""
    blocks, begun = list(_blocks(document)), 0
    for number, block in enumerate(blocks):
        if not (_is_code_line(block) and number and _is_code_line(block.previous())):
            begun = number
        follows = block.next()
        ends = _pages(document, block)[1]
        alone = block.blockFormat().headingLevel() and follows.isValid() and _pages(document, follows)[0] != ends
        if (alone or _pages(document, blocks[begun])[0] != ends) and begun not in plan.blocks:
            top = document.documentLayout().blockBoundingRect(blocks[begun]).top()
            # What follows a heading comes along: it need not begin a page of its own any more.
            text = _without_mark(plan.text, document, follows) if alone else plan.text
            return top, PagePlan(text, (plan.blocks - ({number + 1} if alone else set())) | {begun})
    return None


def _without_mark(text: str, document: QTextDocument, follows: QTextBlock) -> str:
    """Return the text without the break mark of the table that begins at a block, if there is one."""
    lines = text.splitlines()
    for table, at in zip(_tables(document), _table_starts(lines), strict=True):
        if table.firstPosition() <= follows.position() <= table.lastPosition() and lines[at - 1] == PAGE_BREAK_MARK:
            return "\n".join([*lines[: at - 1], *lines[at:]])
    return text


def _torn_row(plan: PagePlan, document: QTextDocument) -> tuple[float, PagePlan] | None:
    """Return the top of the first table row that is split, and the plan that moves it to the next page, or None."""
    lines = plan.text.splitlines()
    device = document.documentLayout().paintDevice()
    dot = device.logicalDpiY() / _SCREEN_DOTS if device is not None else 1.0
    for table, at in zip(_tables(document), _table_starts(lines), strict=True):
        look = table.format().toTableFormat()
        # With what lies below a row: else the next page begins with the gap, and is left empty.
        below = (look.cellPadding() + look.bottomMargin() + 2 * look.border() + _GAP) * dot
        head = _pages(document, table.cellAt(0, 0).firstCursorPosition().block())[0]
        for row in range(1, table.rows()):
            cells = [table.cellAt(row, column) for column in range(table.columns())]
            last = max(_pages(document, cell.lastCursorPosition().block(), beyond=below)[1] for cell in cells)
            if last == head:
                continue
            top = document.documentLayout().blockBoundingRect(cells[0].firstCursorPosition().block()).top()
            if row > 1:
                cut = at + row + 1
                return top, PagePlan(
                    "\n".join([*lines[:cut], "", PAGE_BREAK_MARK, *lines[at : at + 2], *lines[cut:]]), plan.blocks
                )
            if lines[at - 1] != PAGE_BREAK_MARK:
                return top, PagePlan("\n".join([*lines[:at], PAGE_BREAK_MARK, *lines[at:]]), plan.blocks)
    return None


def _table_starts(lines: list[str]) -> Iterator[int]:
    """Yield the number of the line (from 0) at which each table begins; none within code."""
    in_code = in_table = False
    for at, line in enumerate(lines):
        in_code ^= line.startswith("```")
        table = line.startswith("|") and not in_code
        if table and not in_table:
            yield at
        in_table = table


def _tables(document: QTextDocument) -> list[QTextTable]:
    frames = document.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Yield the non-empty blocks outside of tables."""
    block = document.begin()
    while block.isValid():
        if block.text() and QTextCursor(block).currentTable() is None:
            yield block
        block = block.next()


def _is_code_line(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _pages(document: QTextDocument, block: QTextBlock, *, beyond: float = 0.0) -> tuple[int, int]:
    """Return the pages on which a block begins and ends, including ``beyond`` dots below it."""
    place, height = document.documentLayout().blockBoundingRect(block), document.pageSize().height()
    return int(place.top() // height), int((place.bottom() + beyond - 1) // height)
