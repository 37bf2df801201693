"""Sets running text with straight edges: the breaks that stretch or squeeze each line least."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from app.papers.pdf.line_atoms import UNIT, Atom, Line, atoms_of, count_cells, fit_atoms, line_of
from app.papers.pdf.typefaces import Face

_SLACK_SEEN = 9.0


def justify_lines(text: str, face: Face, measure: float, indent: float = 0) -> list[Line]:
    """Set running text in lines of ``measure`` em whose breaks stretch or squeeze each line least.

    ``indent`` em are taken from the first line. Lines within 1.6 characters may be set to full width.
    """
    atoms = fit_atoms(atoms_of(text, face, UNIT), face, measure)
    total = sum(atom.width for atom in atoms)
    if total + indent <= measure:
        return [Line(text, total, stretch=False)]
    lines = _least_uneven(atoms, measure, indent)
    last = len(lines) - 1
    result = []
    for number, line in enumerate(lines):
        room = measure - (indent if number == 0 else 0)
        made = line_of(line, stretch=False)
        # 、 and 。 that stand outside the measure take no part in filling it.
        width = made.width - line[-1].hang if made.width > room else made.width
        result.append(Line(made.text, width, number != last and abs(room - width) <= 1.65))
    return result


def _least_uneven(atoms: Sequence[Atom], measure: float, indent: float) -> list[list[Atom]]:
    """Choose breaks by the least sum of squared unevenness over the paragraph."""
    number = len(atoms)
    reach = [0.0, *accumulate(atom.width for atom in atoms)]
    best = [0.0] + [float("inf")] * number
    back = [0] * (number + 1)
    for start in range(number):
        here = best[start]
        if here == float("inf"):
            continue
        if start and atoms[start].space:  # a space is dropped at a break
            if here < best[start + 1]:
                best[start + 1], back[start + 1] = here, start
            continue
        room = measure - (indent if start == 0 else 0)
        limit = reach[start] + room
        # Lines much shorter than the measure are never chosen, save the last one and for want of others.
        fits = bisect_right(reach, limit) - 1
        first = max(min(bisect_left(reach, limit - _SLACK_SEEN), fits), start + 1)
        for end in range(first, number + 1):
            atom = atoms[end - 1]
            over = reach[end] - limit
            slack = min(0.0, atom.hang - over) if over > 0 else -over
            if slack < -1.6 and end > first:
                break
            count = count_cells(atoms[start:end]) if end == number else 4
            cost = here + _cost(slack, last=end == number, count=count)
            if cost < best[end]:
                best[end], back[end] = cost, start
    lines: list[list[Atom]] = []
    end = number
    while end > 0:
        line = list(atoms[back[end] : end])
        if not (len(line) == 1 and line[0].space):
            lines.append(line)
        end = back[end]
    return lines[::-1]


def _cost(slack: float, *, last: bool, count: int) -> float:
    if last:
        if slack < 0:
            return 1e6 * slack * slack
        return 30.0 if count <= 3 else 0.0
    if slack < -1.6:
        return 1e6 * slack * slack
    uneven = slack * slack if slack >= 0 else 2 * slack * slack
    return uneven if abs(slack) <= 1.6 else 100 + 10 * uneven
