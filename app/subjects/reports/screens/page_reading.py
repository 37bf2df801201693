"""The words of a received PDF with their places, and where on its pages a number stands; beside the window's thread."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtPdf import QPdfDocument

from app.subjects.reports.rules.page_numbers import AskedRows, FoundNumber, Piece, find_numbers
from app.widgets.pdf_turns import giving_way

Span = tuple[float, float]
_JOINED = 1.5
# What the last papers say, by their hash: whoever looks at the same one again need not wait for its words.
_SAID: dict[bytes, tuple[Piece, ...]] = {}
_KEPT = 4


@dataclass(frozen=True, kw_only=True)
class Place:
    """A rectangle on a page: page from 1, in pt from the top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A number read from the pages, and where."""

    words: str
    page: int
    place: Place


@dataclass(frozen=True, kw_only=True)
class ReadPages:
    """What the text of a report says: for each item its proposals; ``has_text`` False = a scan."""

    has_text: bool
    numbers: Mapping[str, tuple[Proposal, ...]]


def read_numbers(
    data: bytes, items: Sequence[str], questions: Sequence[AskedRows], intent: str
) -> ReadPages:
    """Return what the pages of a PDF say for ``items``; meant for another thread than the window's."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        pieces = _said_by(document, hashlib.sha256(data).digest())
        found = find_numbers(pieces, items, questions, intent)
        numbers = {item: tuple(_proposal(document, one) for one in several) for item, several in found.items()}
        return ReadPages(has_text=bool(pieces), numbers=numbers)
    finally:
        document.close()
        buffer.close()


def _said_by(document: QPdfDocument, known_as: bytes) -> tuple[Piece, ...]:
    said = _SAID.pop(known_as, None)
    if said is None:
        pages = range(document.pageCount())
        said = tuple(giving_way(piece for number in pages for piece in pieces_of(document, number)))
    _SAID[known_as] = said
    for oldest in list(_SAID)[:-_KEPT]:
        _SAID.pop(oldest, None)
    return said


def pieces_of(document: QPdfDocument, number: int) -> Iterator[Piece]:
    """Yield the runs of words of a page (``number`` from 0), cut where a gap is."""
    text = document.getAllText(number).text()
    for line in re.finditer(r"[^\r\n]+", text):
        runs = [(line.start() + run.start(), run.group()) for run in re.finditer(r"[^ ]+", line.group())]
        areas = _areas(document, number, line.start(), len(line.group()))
        places = spread([words for _start, words in runs], [(one.x(), one.width()) for one in areas])
        if places is None:
            whole = [_area(document, number, start, len(words)) for start, words in runs]
            places = [(one.x(), one.width()) for one in whole]
        top = min((one.y() for one in areas), default=0.0)
        bottom = max((one.bottom() for one in areas), default=0.0)
        for (start, words), (x, width) in zip(runs, places, strict=True):
            if width > 0 and bottom > top:
                yield Piece(page=number + 1, start=start, text=words, x=x, y=top, width=width, height=bottom - top)


def _areas(document: QPdfDocument, number: int, start: int, length: int) -> list[QRectF]:
    """The rectangles of a line; letters of several fonts in one word have one each, which are put together."""
    found = [shape.boundingRect() for shape in document.getSelectionAtIndex(number, start, length).bounds()]
    joined: list[QRectF] = []
    for area in sorted(found, key=lambda area: area.x()):
        if joined and area.x() - joined[-1].right() < _JOINED:
            joined[-1] = joined[-1].united(area)
        else:
            joined.append(area)
    return joined


def _area(document: QPdfDocument, number: int, start: int, length: int) -> QRectF:
    return document.getSelectionAtIndex(number, start, length).boundingRectangle()


def spread(runs: Sequence[str], areas: Sequence[Span]) -> list[Span] | None:
    """Return where each run of a line stands (left, width); a rectangle may hold several runs with their gaps.

    To ask for each run by itself would take seconds a page. None where there are more rectangles than runs.
    """
    if len(areas) > len(runs) or not areas:
        return None
    widths = [letters(words) for words in runs]
    scale = sum(width for _x, width in areas) / max(sum(widths) + 0.3 * (len(runs) - len(areas)), 0.1)
    # best[n]: the least misfit of the first n runs on the rectangles so far, and how many each took.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, (_x, width) in enumerate(areas, start=1):
        fitted: dict[int, tuple[float, tuple[int, ...]]] = {}
        for taken, (misfit, shares) in best.items():
            for upto in range(taken + 1, len(runs) - (len(areas) - number) + 1):
                inside = sum(widths[taken:upto]) + 0.3 * (upto - taken - 1)
                total = misfit + abs(inside * scale - width)
                if upto not in fitted or total < fitted[upto][0]:
                    fitted[upto] = (total, (*shares, upto - taken))
        best = fitted
    places: list[Span] = []
    rest = iter(widths)
    for (x, width), share in zip(areas, best[len(runs)][1], strict=True):
        inside_widths = [next(rest) for _ in range(share)]
        unit = width / max(sum(inside_widths) + 0.3 * (share - 1), 0.1)
        at = x
        for one in inside_widths:
            places.append((at, one * unit))
            at += (one + 0.3) * unit
    return places


def letters(words: str) -> float:
    """How wide words are, in full letters."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.55 for one in words)


def _proposal(document: QPdfDocument, found: FoundNumber) -> Proposal:
    area = QRectF()
    ends = sorted(found.spans)
    for start, length in {ends[0], ends[-1]}:
        area = area.united(_area(document, found.page - 1, start, length))
    return Proposal(
        words=found.words,
        page=found.page,
        place=Place(page=found.page, x=area.x(), y=area.y(), width=area.width(), height=area.height()),
    )
