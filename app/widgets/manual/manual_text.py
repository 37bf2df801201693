"""The text of the manual (使い方) by chapter, from one file for the window and for printing."""

from __future__ import annotations

import re
from functools import lru_cache

from app.common.file_locations import manual_file
from app.common.phrase_search import likely_answers
from db.record import frozen

CARD = "早見表"
"""The chapter printed on one page of its own as cards."""
_HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
_SIGNS = re.compile(r"[#*`|>]|^\s*[-\d]+[.)]?\s|^[\s|:-]+$|\[|\]\([^)]*\)")
"""Signs of Markdown, which nobody reads in a result."""
_PASSAGE = 0.9


@frozen
class Chapter:
    """One chapter.

    Attributes:
        title: its heading, with its number (「4　事業」); that of the quick card has no number.
        text: the Markdown below the heading.
    """

    title: str
    text: str

    @property
    def name(self) -> str:
        """Return the heading without its number (「事業」), by which screens name their chapter."""
        return self.title.rpartition("　")[2]


@lru_cache(maxsize=1)
def read_manual() -> tuple[Chapter, ...]:
    """Return the chapters in order, the quick card first; raises OSError if the file is missing."""
    text = manual_file().read_text(encoding="utf-8")
    found = list(_HEADING.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return tuple(
        Chapter(title=one["title"].strip(), text=text[one.end() : end].strip())
        for one, end in zip(found, ends, strict=True)
    )


def found_passages(text: str) -> list[tuple[Chapter, str]]:
    """Return the paragraphs of the manual that answer what was typed, best first, each with its chapter."""
    known = [
        ((chapter, said), {chapter.name: 1.0, said: _PASSAGE})
        for chapter in read_manual()
        for line in without_pictures(chapter.text).splitlines()
        if (said := _SIGNS.sub("", line).strip())
    ]
    return likely_answers(text, known)


def without_pictures(markdown: str) -> str:
    """Return ``markdown`` without the paragraphs and tables that hold a picture."""
    tables = re.split(r"\n{2,}", markdown)
    return "\n\n".join(part for part in tables if "![" not in part)
