"""The processes that a test has started and that are still there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "resource_tracker" not in " ".join(child.cmdline())]


@contextmanager
def none_left() -> Iterator[None]:
    """Whatever is started in here has ended; one that another test keeps waiting for its next file may stay."""
    before = _children()
    yield
    assert [child for child in _children() if child not in before] == []
