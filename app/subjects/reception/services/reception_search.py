"""Whom a few keys at the door mean: a number of the list, the beginning of a name or ふりがな, a 団体.

- ``matching_rows(rows, text) -> tuple[DoorRow, ...]``; ``typed_number(text) -> int | None``
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from app.subjects.reception.services.reception import DoorRow
from app.subjects.register.services.search import search_keys


def matching_rows(rows: Iterable[DoorRow], text: str) -> tuple[DoorRow, ...]:
    """Return the people a typed text means: digits by the number of the list, else name, ふりがな or 団体.

    A typed number finds exactly that number first, then those it begins. Of several words each must be found; who is
    called so from the beginning comes first. An empty text means everybody.
    """
    found = list(rows)
    digits = typed_number(text)
    if digits is not None:
        starting = [row for row in found if row.number is not None and str(row.number).startswith(str(digits))]
        return tuple(sorted(starting, key=lambda row: row.number != digits))
    keys = search_keys(text)
    found = [row for row in found if all(any(key in own for own in row.keys) for key in keys)]
    if keys:
        found.sort(key=lambda row: not any(own.startswith(keys[0]) for own in row.keys[:2]))
    return tuple(found)


def typed_number(text: str) -> int | None:
    """Return the number typed (full width or half), or None when it is no number."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("番")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 6 else None
