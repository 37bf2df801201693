"""Turns at the PDF library of Qt, which lets one thread in at a time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Each = TypeVar("Each")
_TURN = 0.004
_BREATH = 0.001
_FIRST = 0.15


def giving_way(work: Iterable[Each]) -> Iterator[Each]:
    """Yield what ``work`` yields, and let others in between: for whoever reads or draws PDFs beside the window's thread.

    A thread that goes into the library again at once shuts all others out until it has finished, and the window could
    not draw its page meanwhile. After 4 ms of work follows a rest of 1 ms. The first piece waits 150 ms, in which a page
    just turned to is drawn: each of its rows would have to wait for the end of a call in here.
    """
    time.sleep(_FIRST)
    begun = time.monotonic()
    for each in work:
        yield each
        if time.monotonic() - begun > _TURN:
            time.sleep(_BREATH)
            begun = time.monotonic()
