"""Which tests fail by the Windows Python under Wine, and by which fact: each fact is said once, here.

A plugin of pytest, loaded in `make faults PART=windows` alone. A marked test that passes fails the run: the fact is gone,
and so goes the mark. What a real Windows should show has its line among those of build_spec/windows.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pytest


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Why tests cannot pass there.

    Attributes: ``says`` the fact; ``of`` wine (Windows itself does otherwise) or linux (the test is about Linux, or by its
    means); ``line`` the line of build_spec/windows.md by which a person sees it on Windows, 0 where nothing is to be seen;
    ``tests`` what it stands against, as file::function, with [parameters] where it is some of them.
    """

    says: str
    of: Literal["wine", "linux"]
    line: int = 0
    tests: tuple[str, ...]


FACTS: Final[tuple[Fact, ...]] = ()


def fact_of(node: str) -> Fact | None:
    """Return the fact against a test, named as pytest does."""
    return next((one for one in FACTS for test in one.tests if node == test or node.startswith(f"{test}[")), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each mark where it belongs."""
    for item in items:
        fact = fact_of(item.nodeid)
        if fact is not None:
            item.add_marker(pytest.mark.xfail(reason=f"{fact.of}: {fact.says}", strict=True))
