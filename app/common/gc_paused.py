"""Work that makes very many things which all stay: Python does not look among them for rings that nobody needs any
more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_gc() -> Iterator[None]:
    """Within, no search for unused rings; what nobody holds any more goes at once all the same.

    Of a list of 10,000 rows everything stays until the last one is done: looking through it again and again costs a
    third of the time and finds nothing. In the window no thread searches anyhow (``window.background_task``).
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
