"""Reads a choice spread over columns of ticks (希望［LINE講習会］ 1, LINE講習会 ○): a tick means its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.foreign_files.cells.answer_reading import fold_cell, parse_tick
from app.foreign_files.foreign_shape import ForeignFile

_FIELDS = ("wishes", "themes")
_ONLY_COMBINED = frozenset({"1", "x"})
"""Marks that may also be an event number or a no, valid only if several columns hold nothing else."""
_BRACKETED = re.compile(r"[\[［【「(（]\s*([^\]］】」)）]+?)\s*[\]］】」)）]\s*$")


def ticked_options(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, str]:
    """Return the columns of wishes and themes that hold only ticks, each with the option that a tick means.

    A column of nothing but 1 and 0 counts only where several columns are so: it may be the number of an event.
    """
    found = {}
    for field in _FIELDS:
        places = [index for index, known in sorted(columns.items()) if known == field]
        marked = {index: _marks(file, index) for index in places}
        sure = {index: not marks & _ONLY_COMBINED for index, marks in marked.items()}
        ticked = any(marks and sure[index] and _all_ticks(marks) for index, marks in marked.items())
        by_number = sum(len(marks) == 1 and marks <= _ONLY_COMBINED for marks in marked.values()) > 1
        for index, marks in marked.items():
            if _all_ticks(marks) and (by_number or sure[index]) and (marks or ticked or by_number):
                found[index] = option_in_heading(file.headings[index])
    return found


def is_tick(cell: str) -> bool:
    """Return whether a cell in a column of ticks is ticked."""
    return parse_tick(cell) is True


def _all_ticks(marks: frozenset[str]) -> bool:
    return all(map(is_tick, marks))


def option_in_heading(heading: str) -> str:
    """Return the option in a heading: the text in final brackets, else all of it."""
    inside = _BRACKETED.search(heading.strip())
    return inside.group(1) if inside else heading.strip()


def _marks(file: ForeignFile, index: int) -> frozenset[str]:
    """Return the distinct folded cells of a column that are not a no; any text but a tick excludes the column."""
    return frozenset(cell for cell in map(fold_cell, file.texts_in(index)) if parse_tick(cell) is not False)
