"""Lets the processes of a run collect one after the other while nobody has rewritten the tests' modules for pytest yet.

To rewrite the ``assert`` of all of them takes a process a quarter of a minute, to read what another one has rewritten
four seconds. Two that begin together on a fresh copy would both do it, file by file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]


def mostly_rewritten(tests: Path) -> bool:
    """Say whether most modules of tests lie there as pytest has rewritten them, of whatever age."""
    modules = sum(1 for _ in tests.rglob("test_*.py"))
    return 2 * sum(1 for _ in tests.rglob("__pycache__/test_*pytest*.pyc")) > modules


@contextmanager
def one_after_the_other(tests: Path = _TESTS) -> Iterator[None]:
    """Hold a lock on the conftest of ``tests`` if this is one of several processes and they would rewrite the same
    modules."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    if sys.platform == "win32" or alone or sys.dont_write_bytecode or mostly_rewritten(tests):
        yield
        return
    import fcntl

    with (tests / "conftest.py").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
