"""What the subjects declare to the rooms below them, which know none of them by name.

A lower room says what it takes (``FOLLOW_UPS: ExtensionPoint[FollowUpSource] = ExtensionPoint("follow_ups")``);
``app.subjects.contributions`` says once, when the program starts, where that comes from. Nothing is loaded before it is
asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Offer = TypeVar("Offer")

_sources: dict[str, Callable[[], Iterable[Any]]] = {}


def register(name: str, source: Callable[[], Iterable[Any]]) -> None:
    """Say where ``name`` comes from: ``source`` is called once, when somebody asks for the first time."""
    _sources[name] = source


class ExtensionPoint(Generic[Offer]):
    """Everything that the subjects declare under one word, in their order.

    Raises:
        LookupError: on asking before anybody said where it comes from
        (``app.subjects.contributions.register_contributions``).
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._contributions: tuple[Offer, ...] | None = None

    def __iter__(self) -> Iterator[Offer]:
        return iter(self.all())

    def all_if_registered(self) -> tuple[Offer, ...]:
        """Return what was declared, nothing where nobody said where it comes from (a part of the program that runs by
        itself)."""
        return self.all() if self._contributions is not None or self._name in _sources else ()

    def all(self) -> tuple[Offer, ...]:
        """Return what was declared; read once, then kept."""
        if self._contributions is None:
            if self._name not in _sources:
                raise LookupError(f"nobody has declared {self._name!r}")
            self._contributions = tuple(_sources[self._name]())
        return self._contributions
