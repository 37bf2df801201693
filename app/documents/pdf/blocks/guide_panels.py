"""Distributes the parts of a folded しおり over its panels, so that its type stays large: moved, or on more sheets.

A folded sheet has four panels. Where a panel is too full, a part of it goes to another one with room; where none has
room, the guide becomes a booklet of several sheets, laid into each other and folded together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from app.documents.guide_blocks import GuideLines, GuidePanel, GuidePart, GuideRows, GuideSheet, GuideWriting

A_SHEET = 4
"""Panels of one folded sheet."""
NUMBER_ROOM = 5.0
"""Millimetres that the number of a page takes at the foot of each page of a booklet."""
_MOST_MOVES = 2
_WRITING_PAGE = GuidePanel(parts=(GuideWriting("書きとめる", lines=15, least=15),))
_GOES_ON = "（つづき）"

Measure = Callable[[GuidePart, bool], float]
"""The height of a part with the space below it, in the closest setting and in mm; whether it stands inside."""


class _Move(NamedTuple):
    """A group of parts that goes from one panel to another."""

    source: int
    group: tuple[GuidePart, ...]
    target: int


def arrange_panels(block: GuideSheet, measure: Measure, room: float) -> tuple[GuidePanel, ...]:
    """Return the panels in reading order, four for each sheet; none is higher than ``room`` if that can be reached."""
    panels = block.in_order
    if not _overfull(panels, measure, room):
        return panels
    return _with_parts_moved(panels, measure, room) or _booklet(panels, measure, room - NUMBER_ROOM)


def _overfull(panels: Sequence[GuidePanel], measure: Measure, room: float) -> list[int]:
    last = len(panels) - 1
    return [
        number
        for number, panel in enumerate(panels)
        if _height((*panel.parts, *panel.foot), measure, inside=0 < number < last) > room
    ]


def _height(parts: Sequence[GuidePart], measure: Measure, *, inside: bool = True) -> float:
    return sum(measure(part, inside) for part in parts)


def _groups(parts: Sequence[GuidePart]) -> Iterator[tuple[GuidePart, ...]]:
    """Yield the parts, each with those below it that have no heading of their own."""
    group: list[GuidePart] = []
    for part in parts:
        if group and not (isinstance(part, GuideLines | GuideRows) and not part.heading):
            yield tuple(group)
            group.clear()
        group.append(part)
    if group:
        yield tuple(group)


def _with_parts_moved(panels: Sequence[GuidePanel], measure: Measure, room: float) -> tuple[GuidePanel, ...] | None:
    """Return the panels after moving as little as possible between them; None if that is not enough."""
    moves = [
        _Move(source, group, target)
        for source in _overfull(panels, measure, room)
        for group in _groups(panels[source].parts)
        if not isinstance(group[0], GuideWriting)
        for target in range(len(panels) - 1, 0, -1)
        if target != source and source
    ]
    tries = sorted(
        (chosen for count in range(1, _MOST_MOVES + 1) for chosen in combinations(moves, count)),
        key=lambda chosen: (len(chosen), sum(_height(move.group, measure) for move in chosen)),
    )
    for chosen in tries:
        if len({id(move.group[0]) for move in chosen}) == len(chosen):
            moved = _moved(panels, chosen)
            if not _overfull(moved, measure, room):
                return moved
    return None


def _moved(panels: Sequence[GuidePanel], moves: Sequence[_Move]) -> tuple[GuidePanel, ...]:
    """Return the panels after the moves; what comes stands before the lines to write on."""
    parts = [list(panel.parts) for panel in panels]
    for move in moves:
        parts[move.source] = [part for part in parts[move.source] if not any(part is one for one in move.group)]
        target = parts[move.target]
        at = next((place for place, part in enumerate(target) if isinstance(part, GuideWriting)), len(target))
        target[at:at] = move.group
    return tuple(replace(panel, parts=tuple(held)) for panel, held in zip(panels, parts, strict=True))


def _booklet(panels: Sequence[GuidePanel], measure: Measure, room: float) -> tuple[GuidePanel, ...]:
    """Let the parts follow each other over as many pages as they need, and fill whole sheets with pages to write on.

    The cover stays, and what stands at the foot of the last panel stands at the foot of the last page.
    """
    cover, *others, back = panels
    parts = [*(part for panel in others for part in (*panel.parts, *panel.foot)), *back.parts]
    pages: list[list[GuidePart]] = [[]]
    for part in (piece for whole in parts for piece in _divided(whole, measure, room)):
        if pages[-1] and _height((*pages[-1], part), measure) > room:
            pages.append([])
        pages[-1].append(part)
    if _height((*pages[-1], *back.foot), measure) > room:
        pages.append([])
    missing = -(1 + len(pages)) % A_SHEET
    inner = [GuidePanel(parts=tuple(held)) for held in pages[:-1]]
    return (cover, *inner, *([_WRITING_PAGE] * missing), GuidePanel(parts=tuple(pages[-1]), foot=back.foot))


def _divided(part: GuidePart, measure: Measure, room: float) -> Iterator[GuidePart]:
    """Yield a part, or where it is higher than a panel, as many of its rows or lines as fit, one after another."""
    left = part
    while measure(left, True) > room and isinstance(left, GuideRows | GuideLines):
        count = next((one for one in range(_size(left) - 1, 0, -1) if measure(_cut(left, 0, one), True) <= room), 0)
        if not count:
            break
        yield _cut(left, 0, count)
        rest = _cut(left, count, _size(left))
        heading = f"{part.heading}{_GOES_ON}" if isinstance(part, GuideRows | GuideLines) and part.heading else ""
        left = replace(rest, heading=heading)
    yield left


def _size(part: GuideRows | GuideLines) -> int:
    return len(part.rows if isinstance(part, GuideRows) else part.lines)


def _cut(part: GuideRows | GuideLines, start: int, end: int) -> GuideRows | GuideLines:
    """Return a part with some of its rows or lines; the QR code of lines stays only with the first of them."""
    if isinstance(part, GuideRows):
        return replace(part, rows=part.rows[start:end])
    lines = part.lines[start:end]
    return replace(part, lines=lines, url="", leading=0) if start else replace(part, lines=lines)
