"""The places of the window: which screen stands where, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

from app.window.app_context import AppContext
from db.frozen_record import frozen_record
from db.records.event_form import EventForm

if TYPE_CHECKING:
    from db.store import Store


def check_page_name(page_name: str, page_names: Container[str]) -> str:
    """Return ``page_name``, by which a link names a page of a screen; an empty one leaves the page to the screen.

    Raises:
        ValueError: the screen has no such page. A wrong link is a fault of the program, and to show another page
            instead would hide it.
    """
    if page_name and page_name not in page_names:
        raise ValueError(f"no page of this screen: {page_name}")
    return page_name


class BadgeCount(Protocol):
    """A read service that counts what the ward itself must do at a place."""

    def __call__(self, store: Store, *, today: date) -> int:
        """Return the number shown beside the place; 0 shows none."""


@dataclass(frozen=True)
class ScreenEntry:
    """One screen of the window: its place, icon and title, and what builds it.

    ``under`` names the place whose side bar entry is lit while this one is shown; such a place has
    no entry of its own. ``badge`` counts what the ward itself must do there.
    """

    screen_name: str
    icon: str
    title: str
    factory: Callable[[AppContext], QWidget]
    _: KW_ONLY
    badge: BadgeCount | None = None
    parent_screen: str = ""


@frozen_record
class EventTab:
    """What a subject shows of one event, beside 概要: its title and what builds it.

    ``only_with_survey`` leaves it out for the kinds of event that have no アンケート in the contract, ``only_form`` for
    all forms but one.
    """

    title: str
    factory: Callable[[AppContext], QWidget]
    only_with_survey: bool = False
    only_form: EventForm | None = None


@frozen_record
class KindPage:
    """What a subject shows in 事業 in the place of the list, where the events of one kind are looked at.

    ``factory`` builds a ``Screen`` with ``tools`` for the heading, ``open_with`` and ``stand`` as a screen of its own
    has them, ``add()`` to begin what is begun there, a signal ``event_asked(int, str)`` for a new event of a 団体 (id,
    name), and ``link_new_event(event_id)`` that is told of it.
    """

    kind: str
    factory: Callable[[AppContext], QWidget]


@dataclass(frozen=True)
class Visit:
    """Somewhere the person has been: a place, what was handed to it, and how it ``view_state`` when it was left."""

    screen_name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    view_state: dict[str, Any] = field(default_factory=dict, compare=False)


class NavigationHistory:
    """The way back and forth through the places, as in a browser; remembers the last fifty."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._position = -1

    @property
    def current(self) -> Visit | None:
        """Where the person is now."""
        return self._visits[self._position] if self._visits else None

    def push(self, visit: Visit) -> None:
        """Note a new stop; what lay ahead is forgotten. Going where one is adds nothing."""
        if visit == self.current:
            return
        self._visits = [*self._visits[: self._position + 1], visit][-50:]
        self._position = len(self._visits) - 1

    @property
    def previous(self) -> Visit | None:
        """Where the person came from, None at the beginning."""
        return self._visits[self._position - 1] if self._position > 0 else None

    def set_view_state(self, view_state: dict[str, Any]) -> None:
        """Note how the place is left."""
        if self.current is not None:
            self._visits[self._position] = replace(self.current, view_state=view_state)

    def back(self) -> Visit | None:
        """The stop before, or None at the beginning."""
        if self._position <= 0:
            return None
        self._position -= 1
        return self._visits[self._position]

    def forward(self) -> Visit | None:
        """The stop after, or None at the end."""
        if self._position >= len(self._visits) - 1:
            return None
        self._position += 1
        return self._visits[self._position]
