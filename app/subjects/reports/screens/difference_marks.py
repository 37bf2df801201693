"""Where a differing number stands in the received PDF: found in its text, marked over the page, never in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtPdf import QPdfDocument

from app.subjects.reports.rules.report_figures import differs
from app.widgets.pdf_pages import PageMark
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
    place = find_near(text, figure.item, figure.theirs)
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
    """Start and length in ``text`` of what was typed for ``item``: the first after its name is mentioned.

    Spaces don't count; where the words as typed are not found (「18枚」 for 「18件」) the number alone is sought.
    """
    places = [number for number, letter in enumerate(text) if not letter.isspace()]
    tight = "".join(text[number] for number in places)
    name = "".join(item.rsplit("　", maxsplit=1)[-1].split()).removesuffix("数")
    named = max(tight.find(name), 0)
    words = "".join(typed.split())
    digits = re.search(r"\d+", words)
    for wanted in (words, digits.group() if digits else ""):
        pattern = rf"(?<!\d){re.escape(wanted)}(?!\d)" if wanted else ""
        found = (re.compile(pattern).search(tight, named) or re.search(pattern, tight)) if wanted else None
        if found is not None:
            first, last = places[found.start()], places[found.end() - 1]
            return first, last - first + 1
    return None
