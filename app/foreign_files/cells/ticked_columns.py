"""Reads a choice that a form spreads over columns of ticks (希望［LINE講習会］ 1, LINE講習会 ○): the tick means its
heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from app.foreign_files.foreign_shape import ForeignFile

_FIELDS = ("wishes", "themes")
_SIGNS = frozenset(
    {"○", "〇", "◯", "●", "◎", "✓", "✔", "☑", "レ", "v", "はい", "希望", "希望する", "参加", "参加する", "true"}
)
_NUMBERS = frozenset({"1"})
_NOTHING = frozenset(
    {
        "",
        "0",
        "×",
        "✕",
        "✗",
        "-",
        "ー",
        "―",
        "－",
        "いいえ",
        "希望しない",
        "不参加",
        "参加しない",
        "なし",
        "false",
        "☐",
        "□",
    }
)
_INSIDE = re.compile(r"[\[［【「(（]\s*([^\]］】」)）]+?)\s*[\]］】」)）]\s*$")


def ticked_options(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, str]:
    """The columns of wishes and themes that hold nothing but ticks, with the option that a tick stands for.

    A column of bare 1 and 0 counts only where several columns are so: elsewhere it may be the number of an event.
    """
    found: dict[int, str] = {}
    for field in _FIELDS:
        places = [index for index, known in sorted(columns.items()) if known == field]
        marked = {index: _marks(file, index) for index in places}
        ticked = [index for index, marks in marked.items() if marks & _SIGNS and marks <= _SIGNS]
        for index, marks in marked.items():
            by_number = sum(other == _NUMBERS for other in marked.values()) > 1
            if marks <= (_SIGNS | _NUMBERS if by_number else _SIGNS) and (marks or ticked or by_number):
                found[index] = option_of(file.headings[index])
    return found


def is_tick(cell: str) -> bool:
    """Whether a cell of such a column says yes."""
    return _folded(cell) in _SIGNS | _NUMBERS


def option_of(heading: str) -> str:
    """The option in a heading: what stands in brackets at its end, else all of it."""
    inside = _INSIDE.search(heading.strip())
    return inside.group(1) if inside else heading.strip()


def _marks(file: ForeignFile, index: int) -> frozenset[str]:
    """The signs in a column that are not a no; any other text makes it no column of ticks."""
    return frozenset(_folded(row.cells[index]) for row in file.rows if not row.problem) - _NOTHING


def _folded(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split()).casefold()
