"""What takes long runs in short in ``make test`` and in full in ``make faults PART=in_full``.

What cannot be shortened is marked ``in_full`` and waits for that.
"""

import os
from collections.abc import Iterable
from typing import TypeVar

VARIABLE = "DESK_IN_FULL"
IN_FULL = bool(os.environ.get(VARIABLE))
One = TypeVar("One")


def times(number: int, *, of: int) -> int:
    """Return how often to try: ``number`` times in a full run, every ``of``-th of them otherwise."""
    return number if IN_FULL else max(1, number // of)


def some(everything: Iterable[One], *, of: int) -> list[One]:
    """Return every ``of``-th of them, beginning with the first; in a full run all of them."""
    return list(everything)[:: 1 if IN_FULL else of]
