"""Extension points: lower packages read what the subjects contribute without importing them.

A lower package defines the point (``FOLLOW_UPS: ExtensionPoint[FollowUpSource] = ExtensionPoint("follow_ups")``);
``app.contributions`` registers at program start where its contributions come from. Nothing is imported before
it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Contribution = TypeVar("Contribution")

_sources: dict[str, Callable[[], Iterable[Any]]] = {}


def register(name: str, source: Callable[[], Iterable[Any]]) -> None:
    """Register ``source`` as the supplier of the extension point ``name``; it is called once, at the first read."""
    _sources[name] = source


class ExtensionPoint(Generic[Contribution]):
    """The contributions that subjects registered under one name, in their order.

    Raises:
        LookupError: on reading before a source was registered
        (``app.contributions.register_contributions``).
    """

    def __init__(self, name: str):
        self._name = name
        self._contributions: tuple[Contribution, ...] | None = None

    def __iter__(self) -> Iterator[Contribution]:
        return iter(self.all())

    def all_if_registered(self) -> tuple[Contribution, ...]:
        """Return the contributions, () when no source is registered, as in a part of the program that runs alone."""
        return self.all() if self._contributions is not None or self._name in _sources else ()

    def all(self) -> tuple[Contribution, ...]:
        """Return the contributions; they are loaded once and then cached."""
        if self._contributions is None:
            if self._name not in _sources:
                raise LookupError(f"nobody has declared {self._name!r}")
            self._contributions = tuple(_sources[self._name]())
        return self._contributions
