"""Sets ragged text, as table cells and lists need it, without a lone last word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.papers.pdf.line_atoms import UNIT, UNIT_OR_WORD, Atom, Line, atoms_of, count_cells, fit_atoms, line_of
from app.papers.pdf.typefaces import Face

_PHRASE_ENDS = frozenset("、。，．）」』】")
_PHRASE_REACH = 2.6  # em that may be given up for a break at a mark
_SHORT_LINE = 10  # em; in a narrower column whole words would leave holes


def break_lines(text: str, face: Face, measure: float, *, names: bool = False) -> list[Line]:
    """Set ``text`` in lines of at most ``measure`` em, ragged, as table cells and lists need it.

    ``names`` lets a line end only at a space or a 読点, so that no personal name is torn.
    """
    width = face.width(text)
    if width <= measure or not text:
        return [Line(text, width, stretch=False)]
    pattern = UNIT_OR_WORD if measure >= _SHORT_LINE else UNIT
    atoms = fit_atoms(atoms_of(text, face, pattern, names=names), face, measure)
    lines = _greedy(atoms, measure)
    if len(lines) > 1 and count_cells(lines[-1]) <= 3:
        lines = _rebalanced(atoms, measure, lines)
    lines = _at_phrases(lines, measure)
    return [line_of(line, stretch=False) for line in lines]


def _greedy(atoms: Sequence[Atom], measure: float) -> list[list[Atom]]:
    lines: list[list[Atom]] = []
    line: list[Atom] = []
    used = 0.0
    for atom in atoms:
        if line and not atom.space and used + atom.width - atom.hang > measure + 1e-6:
            lines.append(line)
            line, used = [], 0.0
        if not line and atom.space and lines:
            continue
        line.append(atom)
        used += atom.width
    if line:
        lines.append(line)
    return lines


def _rebalanced(atoms: Sequence[Atom], measure: float, lines: list[list[Atom]]) -> list[list[Atom]]:
    """Narrow the measure until the last line holds more than three characters, or as many as it can."""
    best = lines
    for step in range(1, 13):
        tried = _greedy(atoms, measure - step * 0.5)
        if len(tried) != len(lines):
            break
        if count_cells(tried[-1]) > count_cells(best[-1]):
            best = tried
        if count_cells(best[-1]) > 3:
            break
    return best


def _at_phrases(lines: list[list[Atom]], measure: float) -> list[list[Atom]]:
    """Let a ragged line end at a mark or space close before its end, when the next line has room."""
    for line, after in pairwise(lines):
        start = len(line)
        while start and not (line[start - 1].space or line[start - 1].text[-1] in _PHRASE_ENDS):
            start -= 1
        tail = line[start:]
        moved = sum(atom.width for atom in tail)
        room = measure - sum(atom.width for atom in after) + after[-1].hang
        if start and tail and moved <= min(_PHRASE_REACH, measure / 4) and moved <= room:
            del line[start:]
            after[:0] = tail
    return lines
