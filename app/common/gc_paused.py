"""Pausing Python's cyclic garbage collector while many long-lived objects are built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_gc() -> Iterator[None]:
    """Pause the cyclic garbage collector within the block; reference counting goes on.

    While a list of 10,000 rows is built nothing can be collected: the collector would take a third of the time for
    nothing. In the window no thread collects anyhow (``window.background_task``).
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
