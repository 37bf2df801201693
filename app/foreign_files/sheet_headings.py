"""Reads the headings of a sheet's table, one row of them or two with a group above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

Merge = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class SheetHeadings:
    """The lowest row of the headings, the heading of every column and, where there is one, the group above it."""

    row: int
    texts: tuple[str, ...]
    groups: tuple[str, ...]

    def between(self, first: int, last: int) -> SheetHeadings:
        """The headings of the columns ``first`` to ``last``."""
        return replace(self, texts=self.texts[first : last + 1], groups=self.groups[first : last + 1])


def read_headings(
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]],
    position: int,
    merges: Sequence[Merge],
    width: int,
) -> SheetHeadings:
    """The headings around the row at ``position`` of ``rows``, which has the most usual words."""
    number = rows[position][0]
    here = _texts(rows, position, width)
    below = _texts(rows, position + 1, width) if _number(rows, position + 1) == number + 1 else ()
    above = _texts(rows, position - 1, width) if position and _number(rows, position - 1) == number - 1 else ()
    if below and (_spans(merges, number, number + 1) or _completes(here, below, rows, position, width)):
        groups = _spread(here, merges, number, below)
        return SheetHeadings(row=number + 1, texts=_lower_or_upper(below, here), groups=groups)
    if above and _is_group_row(above, merges, number - 1, here):
        groups = _spread(above, merges, number - 1, here)
        return SheetHeadings(row=number, texts=_lower_or_upper(here, above), groups=groups)
    # A cell merged downwards over rows that are otherwise empty: the data begin below it.
    lowest = max((bottom for top, _, bottom, _ in merges if top == number and bottom - top < 4), default=number)
    return SheetHeadings(row=lowest if not below else number, texts=here, groups=("",) * width)


def completes_headings(upper: Sequence[str], lower: Sequence[str], next_row: Sequence[str]) -> bool:
    """Whether ``lower`` fills just the gaps of ``upper``: two rows of headings without any merged cell to tell."""
    filled = [index for index, text in enumerate(lower) if text.strip()]
    gaps = [index for index, text in enumerate(upper) if not text.strip()]
    if len(filled) < 2 or not gaps or not next_row:
        return False
    allowed = {*gaps, *(index - 1 for index in gaps)}
    starts_blank = next(index for index, text in enumerate(upper) if text.strip()) not in filled
    return starts_blank and set(filled) <= allowed and bool(next_row[_first(upper)].strip())


def _completes(
    here: Sequence[str],
    below: Sequence[str],
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]],
    position: int,
    width: int,
) -> bool:
    return completes_headings(here, below, _texts(rows, position + 2, width))


def _first(texts: Sequence[str]) -> int:
    return next(index for index, text in enumerate(texts) if text.strip())


def _number(rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]], position: int) -> int:
    return rows[position][0] if position < len(rows) else -1


def _texts(
    rows: Sequence[tuple[int, bool, Sequence[tuple[int, str, str]]]], position: int, width: int
) -> tuple[str, ...]:
    texts = [""] * width
    if position < len(rows):
        for column, text, _ in rows[position][2]:
            texts[column] = text
    return tuple(texts)


def _spans(merges: Sequence[Merge], upper: int, lower: int) -> bool:
    """Two or more cells merged over just these two rows."""
    return sum(top == upper and bottom == lower for top, _, bottom, _ in merges) >= 2


def _is_group_row(above: Sequence[str], merges: Sequence[Merge], number: int, here: Sequence[str]) -> bool:
    """A row of groups is merged sideways over some of the headings, or downwards into them; a title over all."""
    used = [index for index, text in enumerate(here) if text.strip()]
    sideways = [m for m in merges if m[0] == m[2] == number and m[3] > m[1] and m[3] - m[1] + 1 < len(used)]
    filled = [index for index, text in enumerate(above) if text.strip()]
    return _spans(merges, number, number + 1) or (bool(sideways) and len(filled) >= 2)


def _spread(upper: Sequence[str], merges: Sequence[Merge], number: int, lower: Sequence[str]) -> tuple[str, ...]:
    """The group above each column that has a heading of its own below."""
    groups = ["" if not lower[index].strip() else text.strip() for index, text in enumerate(upper)]
    for top, left, bottom, right in merges:
        if top == bottom == number and right > left and left < len(upper):
            for column in range(left, min(right + 1, len(groups))):
                groups[column] = upper[left].strip() if lower[column].strip() else ""
    last = ""
    for column, text in enumerate(upper):
        last = text.strip() or last
        if lower[column].strip() and not groups[column]:
            groups[column] = last
    return tuple(groups)


def _lower_or_upper(lower: Sequence[str], upper: Sequence[str]) -> tuple[str, ...]:
    return tuple(below if below.strip() else above for below, above in zip(lower, upper, strict=True))
