"""What the subjects declare to the rooms below them, which know none of them by name.

A lower room says what it takes (``FOLLOW_UPS: Declared[FollowUpSource] = Declared("follow_ups")``);
``app.subjects.offers`` says once, when the program starts, where that comes from. Nothing is loaded before it is asked
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Offer = TypeVar("Offer")

_sources: dict[str, Callable[[], Iterable[Any]]] = {}


def come_from(what: str, source: Callable[[], Iterable[Any]]) -> None:
    """Say where ``what`` comes from: ``source`` is called once, when somebody asks for the first time."""
    _sources[what] = source


class Declared(Generic[Offer]):
    """Everything that the subjects declare under one word, in their order.

    Raises:
        LookupError: on asking before anybody said where it comes from (``app.subjects.offers.declare_subjects``).
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._known: tuple[Offer, ...] | None = None

    def __iter__(self) -> Iterator[Offer]:
        return iter(self.all())

    def known(self) -> tuple[Offer, ...]:
        """Return what was declared, nothing where nobody said where it comes from (a part of the program that runs by
        itself)."""
        return self.all() if self._known is not None or self._what in _sources else ()

    def all(self) -> tuple[Offer, ...]:
        """Return what was declared; read once, then kept."""
        if self._known is None:
            if self._what not in _sources:
                raise LookupError(f"nobody has declared {self._what!r}")
            self._known = tuple(_sources[self._what]())
        return self._known
