"""The table of the tests that wait for ``make nightly`` (``tests/nightly.md``): each with its reason and its rooms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
TABLE = _TESTS / "nightly.md"
_MARK = "pytest.mark.nightly"
_ROW = re.compile(r"\| `(?P<test>[^`]+)` \| (?P<reason>[^|]+) \| (?P<rooms>[^|]+) \|")


@dataclass(frozen=True)
class WaitingTest:
    """One row: ``documents/test_a.py::test_x`` (or ``tables/test_*_step.py``), why it waits, and the places whose
    change must run it."""

    test: str
    reason: str
    rooms: tuple[str, ...]


def waiting_tests(text: str | None = None) -> tuple[WaitingTest, ...]:
    """Return the rows of the table."""
    found = _ROW.finditer(TABLE.read_text(encoding="utf-8") if text is None else text)
    return tuple(
        WaitingTest(row["test"], row["reason"].strip(), tuple(re.findall(r"`([^`]+)`", row["rooms"]))) for row in found
    )


def marked_tests() -> tuple[str, ...]:
    """Return every test with the mark; a module that is marked as a whole by its path alone."""
    return tuple(
        name
        for path in sorted(_TESTS.rglob("test_*.py"))
        if _MARK in (source := path.read_text(encoding="utf-8"))
        for name in _marked(path.relative_to(_TESTS).as_posix(), source)
    )


def _marked(path: str, source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and any(_MARK in ast.unparse(one) for one in node.decorator_list):
            yield f"{path}::{node.name}"
        elif isinstance(node, ast.Assign) and ast.unparse(node).startswith("pytestmark") and _MARK in ast.unparse(node):
            yield path


def asked_by(changed: Iterable[str]) -> tuple[str, ...]:
    """Return the waiting tests that a change of these paths needs."""
    paths = tuple(changed)
    return tuple(
        f"tests/{one.test}"
        for one in waiting_tests()
        for places in [(*one.rooms, f"tests/{one.test.partition('::')[0]}")]
        if any(fnmatch(path, f"{place}*") for path in paths for place in places)
    )
