"""Lets the processes of a run collect one after the other while nobody has compiled the tests' modules for it yet.

To compile all of them takes a process ten seconds, to rewrite every ``assert`` on the way as many again, to read what
another one has left five. Two that begin together on a fresh copy would both do it, file by file.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]


def mostly_compiled(tests: Path, *, rewritten: bool) -> bool:
    """Say whether most modules of tests lie there as they are wanted (``rewritten`` by pytest), of whatever age."""
    modules = sum(1 for _ in tests.rglob("test_*.py"))
    found = sum(1 for one in tests.rglob("__pycache__/test_*.pyc") if ("-pytest-" in one.name) == rewritten)
    return 2 * found > modules


@contextmanager
def one_after_the_other(tests: Path = _TESTS, *, rewritten: bool = True) -> Iterator[None]:
    """Hold a lock on the conftest of ``tests`` if this is one of several processes and they would compile the same
    modules.

    Args:
        rewritten: whether pytest rewrites them in this run.
    """
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    if sys.platform == "win32" or alone or sys.dont_write_bytecode or mostly_compiled(tests, rewritten=rewritten):
        yield
        return
    import fcntl

    with (tests / "conftest.py").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
