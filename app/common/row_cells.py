"""A typed row with as many cells as its table has columns."""

from __future__ import annotations

from collections.abc import Sequence


def filled_cells(row: Sequence[str], width: int) -> tuple[str, ...]:
    """Return ``width`` cells of a row; those that it lacks are empty, further ones are left out."""
    return (*row, *("",) * width)[:width]
