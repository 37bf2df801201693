"""Sees the signs that stand for a character lost before the file came to us; guesses none of them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.foreign_files.heading_roles import heading_role

LOST = "?〓\ufffd"
_ROLES = frozenset({"name", "organisation"})


def has_lost_sign(cell: str) -> bool:
    """Whether a name holds ``?``, 〓 or the sign of replacement."""
    return any(sign in cell for sign in LOST)


def count_lost_signs(cells: Iterable[str]) -> int:
    """How many such signs the cells hold."""
    return sum(cell.count(sign) for cell in cells for sign in LOST)


def name_columns(headings: Sequence[str]) -> tuple[int, ...]:
    """The columns of names of people and 団体: only there does such a sign mean a loss."""
    return tuple(index for index, heading in enumerate(headings) if heading_role(heading) in _ROLES)
