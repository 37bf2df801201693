"""Where a differing number stands in the received PDF: found in its text, marked over the page, never in the file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtPdf import QPdfDocument

from app.rules.report_figures import differs
from app.ui.widgets.pdf_pages import PageMark
from db.records.reports import ReportFigure

SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAD = 2.0


def numbered(figures: Sequence[ReportFigure]) -> dict[int, int]:
    """The number each differing figure carries at the left, in the table and in the draft, by its id."""
    found = [figure.id for figure in figures if differs(figure)]
    return {figure_id: number for number, figure_id in enumerate(found, start=1)}


def sign(number: int) -> str:
    """「①」, or the plain number from 21 on."""
    return SIGNS[number - 1] if 1 <= number <= len(SIGNS) else str(number)


def marks_for(document: QPdfDocument, figures: Sequence[ReportFigure]) -> tuple[PageMark, ...]:
    """A mark for every difference whose page is known and whose words are found there (a scan has no words)."""
    marks = []
    numbers = numbered(figures)
    for figure in figures:
        page = int(figure.page) if figure.page.isdecimal() else 0
        if figure.id in numbers and 1 <= page <= document.pageCount():
            mark = _mark(document, page, figure, str(numbers[figure.id]))
            if mark is not None:
                marks.append(mark)
    return tuple(marks)


def _mark(document: QPdfDocument, page: int, figure: ReportFigure, words: str) -> PageMark | None:
    text = document.getAllText(page - 1).text()
    place = find_near(text, figure.item.split("　")[-1], figure.theirs)
    if place is None:
        return None
    start, length = place
    area = document.getSelectionAtIndex(page - 1, start, length).boundingRectangle()
    if area.isEmpty():
        return None
    return PageMark(
        page=page,
        x=area.x() - _PAD,
        y=area.y() - _PAD,
        width=area.width() + 2 * _PAD,
        height=area.height() + 2 * _PAD,
        words=words,
    )


def find_near(text: str, item: str, typed: str) -> tuple[int, int] | None:
    """Start and length of ``typed`` in ``text``, the first after a mention of ``item``; spaces in between don't count."""
    places = [number for number, letter in enumerate(text) if not letter.isspace()]
    tight = "".join(text[number] for number in places)
    wanted = "".join(typed.split())
    if not wanted:
        return None
    named = tight.find("".join(item.split()))
    at = tight.find(wanted, max(named, 0))
    if at < 0:
        at = tight.find(wanted)
    if at < 0:
        return None
    first, last = places[at], places[at + len(wanted) - 1]
    return first, last - first + 1
