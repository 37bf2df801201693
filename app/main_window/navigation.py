"""The places of the window: which screen stands where, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

from app.window.desk import Desk
from db.frozen_record import frozen_record

if TYPE_CHECKING:
    from db.store import Store


def known_word(word: str, words: Container[str]) -> str:
    """Return ``word``, by which a link names a page of a screen; an empty one leaves the page to the screen.

    Raises:
        ValueError: the screen has no such page. A wrong link is a fault of the program, and to show another page
            instead would hide it.
    """
    if word and word not in words:
        raise ValueError(f"no page of this screen: {word}")
    return word


class PlaceCount(Protocol):
    """A read service that counts what the ward itself must do at a place."""

    def __call__(self, store: Store, *, today: date) -> int:
        """Return the number shown beside the place; 0 shows none."""


@dataclass(frozen=True)
class ScreenEntry:
    """One screen of the window: its place, icon and title, and what builds it.

    ``under`` names the place whose side bar entry is lit while this one is shown; such a place has
    no entry of its own. ``badge`` counts what the ward itself must do there.
    """

    place: str
    icon: str
    title: str
    factory: Callable[[Desk], QWidget]
    _: KW_ONLY
    badge: PlaceCount | None = None
    under: str = ""


@frozen_record
class EventTab:
    """What a subject shows of one event, beside 概要: its title and what builds it.

    ``only_with_survey`` leaves it out for the kinds of event that have no アンケート in the contract, ``only_kind`` for
    all kinds but one.
    """

    title: str
    factory: Callable[[Desk], QWidget]
    only_with_survey: bool = False
    only_kind: str = ""


@frozen_record
class KindPage:
    """What a subject shows in 事業 in the place of the list, where the events of one kind are looked at.

    ``factory`` builds a ``Screen`` with ``tools`` for the heading, ``open_with`` and ``stand`` as a screen of its own
    has them, ``add()`` to begin what is begun there, a signal ``event_asked(int, str)`` for a new event of a 団体 (id,
    name), and ``take_event(event_id)`` that is told of it.
    """

    kind: str
    factory: Callable[[Desk], QWidget]


@dataclass(frozen=True)
class Stop:
    """Somewhere the person has been: a place, what was handed to it, and how it ``stood`` when it was left."""

    place: str
    arguments: dict[str, Any] = field(default_factory=dict)
    stood: dict[str, Any] = field(default_factory=dict, compare=False)


class Way:
    """The way back and forth through the places, as in a browser; remembers the last fifty."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    @property
    def here(self) -> Stop | None:
        """Where the person is now."""
        return self._stops[self._at] if self._stops else None

    def go(self, stop: Stop) -> None:
        """Note a new stop; what lay ahead is forgotten. Going where one is adds nothing."""
        if stop == self.here:
            return
        self._stops = [*self._stops[: self._at + 1], stop][-50:]
        self._at = len(self._stops) - 1

    @property
    def before(self) -> Stop | None:
        """Where the person came from, None at the beginning."""
        return self._stops[self._at - 1] if self._at > 0 else None

    def leave(self, stood: dict[str, Any]) -> None:
        """Note how the place is left."""
        if self.here is not None:
            self._stops[self._at] = replace(self.here, stood=stood)

    def back(self) -> Stop | None:
        """The stop before, or None at the beginning."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._stops[self._at]

    def forward(self) -> Stop | None:
        """The stop after, or None at the end."""
        if self._at >= len(self._stops) - 1:
            return None
        self._at += 1
        return self._stops[self._at]
