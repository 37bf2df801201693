"""Read the words of a received PDF and the places of its numbers, beside the window's thread."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from app.foreign_files.pdf_reading import PageText, read_pdf_words
from app.submissions.reports.rules.number_extraction import FoundNumber, QuestionRows, WordRun, find_numbers
from db.record import record

# The words of the last files, by their hash, so that reopening one needs no waiting.
_PAGE_WORDS_CACHE: dict[bytes, tuple[PageText, ...]] = {}
_KEPT = 4
_BESIDE = 240.0
"""How far to the right of a number, in pt, a note belongs to it."""


@record
class PageArea:
    """Record of a rectangle on a page: page from 1, in pt from the top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@record
class ReadNumber:
    """A number read from the pages, and its place."""

    words: str
    page: int
    area: PageArea


@record
class ReadPages:
    """The proposals for each item from the text of a report.

    ``has_text`` False = a scan; ``readable`` False = its words cannot be extracted at all. ``marked`` are the items
    whose number is struck out, covered or noted, which is not proposed, each with the words beside it.
    """

    has_text: bool
    numbers: Mapping[str, tuple[ReadNumber, ...]]
    readable: bool = True
    marked: Mapping[str, str] = field(default_factory=dict)


def read_numbers(data: bytes, items: Sequence[str], questions: Sequence[QuestionRows], intent: str) -> ReadPages:
    """Return the proposals for ``items`` from a PDF; meant for another thread than the window's.

    Raises:
        UnreadablePdf: its words cannot be extracted.

    """
    pages = _page_words(data)
    pieces = [piece for number, words in enumerate(pages) for piece in word_runs_of(words, number)]
    found = find_numbers(pieces, items, questions, intent)
    numbers = {item: [_proposal(pages, one) for one in several] for item, several in found.items()}
    marked = {
        item: "".join(dict.fromkeys(f"「{text}」" for one in several for text in _marks_at(pages, one.area) if text))
        for item, several in numbers.items()
        if any(True for one in several for _ in _marks_at(pages, one.area))
    }
    return ReadPages(
        has_text=bool(pieces),
        numbers={item: () if item in marked else tuple(several) for item, several in numbers.items()},
        marked=marked,
    )


def _marks_at(pages: Sequence[PageText], area: PageArea) -> Iterator[str]:
    """Yield the words of each mark on a number, or in its line to the right of it."""
    for text, (left, top, right, bottom) in pages[area.page - 1].marks:
        if top < area.y + area.height and bottom > area.y and right > area.x and left < area.x + _BESIDE:
            yield text


def unreadable_pages(items: Sequence[str]) -> ReadPages:
    """Return empty proposals for all ``items`` of an unreadable report."""
    return ReadPages(has_text=False, numbers=dict.fromkeys(items, ()), readable=False)


def _page_words(data: bytes) -> tuple[PageText, ...]:
    """Return the words of each page of a PDF; those of the last four files are remembered."""
    known_as = hashlib.sha256(data).digest()
    said = _PAGE_WORDS_CACHE.pop(known_as, None)
    if said is None:
        said = read_pdf_words(data)
    _PAGE_WORDS_CACHE[known_as] = said
    for oldest in list(_PAGE_WORDS_CACHE)[:-_KEPT]:
        _PAGE_WORDS_CACHE.pop(oldest, None)
    return said


def word_runs_of(page: PageText, number: int) -> Iterator[WordRun]:
    """Yield the runs of words of a page (``number`` from 0), cut at gaps."""
    for line in re.finditer(r"[^\r\n]+", page.text):
        _left, top, _right, bottom = page.area(line.start(), len(line.group()))
        for run in re.finditer(r"[^ ]+", line.group()):
            start, words = line.start() + run.start(), run.group()
            left, _top, right, _bottom = page.area(start, len(words))
            if right > left and bottom > top:
                yield WordRun(
                    page=number + 1, start=start, text=words, x=left, y=top, width=right - left, height=bottom - top
                )


def _proposal(pages: Sequence[PageText], found: FoundNumber) -> ReadNumber:
    ends = sorted(found.spans)
    areas = [pages[found.page - 1].area(start, length) for start, length in {ends[0], ends[-1]}]
    seen = [one for one in areas if any(one)] or [(0.0, 0.0, 0.0, 0.0)]
    left, top = min(one[0] for one in seen), min(one[1] for one in seen)
    right, bottom = max(one[2] for one in seen), max(one[3] for one in seen)
    return ReadNumber(
        words=found.words,
        page=found.page,
        area=PageArea(page=found.page, x=left, y=top, width=right - left, height=bottom - top),
    )
