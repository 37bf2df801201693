"""Screens and pages as registered in the window, and the history for going back."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import KW_ONLY, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

from PySide6.QtWidgets import QWidget

from app.widgets.focus_keeper import FocusPlace
from app.window.app_context import AppContext
from db.record import frozen, record
from db.records.event_form import EventForm

if TYPE_CHECKING:
    from db.store import Store


def check_page_name(page_name: str, page_names: Container[str]) -> str:
    """Return ``page_name``, a page of a screen named by a link; an empty one leaves the choice to the screen.

    Raises:
        ValueError: the screen has no such page. A wrong link is a programming error, and showing another page would
            hide it.
    """
    if page_name and page_name not in page_names:
        raise ValueError(f"no page of this screen: {page_name}")
    return page_name


class BadgeCount(Protocol):
    """A read service that counts what the ward must do on a screen."""

    def __call__(self, store: Store, *, today: date) -> int:
        """Return the number shown at the side bar entry; 0 shows none."""


@frozen
class ScreenEntry:
    """One screen of the window: its name, icon and title, and the function that builds it.

    ``parent_screen`` is the screen whose side bar entry is highlighted while this one is shown; such a screen has no
    entry of its own. ``badge`` counts what the ward must do there, and ``badge_words`` say what that is.
    """

    screen_name: str
    icon: str
    title: str
    factory: Callable[[AppContext], QWidget]
    _: KW_ONLY
    badge: BadgeCount | None = None
    badge_words: str = ""
    parent_screen: str = ""


@record
class EventTab:
    """A tab that a subject adds to an event, beside 概要; ``factory`` builds what it shows.

    ``only_with`` leaves it out where the contract does not ask for this and nothing of it was recorded before,
    ``only_form`` limits it to one form.
    """

    title: str
    factory: Callable[[AppContext], QWidget]
    only_with: Literal["アンケート", "資料"] | None = None
    only_form: EventForm | None = None


@record
class KindPage:
    """A page that replaces the list in 事業 for the kinds of event that work in one form.

    ``factory`` builds a ``Screen`` that has a ``table``, ``tools`` for the heading, ``open_with`` and ``view_state``,
    ``add()`` to start a new entry, ``show_kind(key)`` and a signal ``kind_asked(str)`` for another kind of its form,
    a signal ``event_asked(int, str)`` for a new event of a 団体 (id, name), and ``link_new_event(event_id)``, called
    when that event was created.
    """

    form: EventForm
    factory: Callable[[AppContext], QWidget]


@frozen
class Visit:
    """One entry of the history: a screen, its arguments, and its ``view_state`` and focus when it was left."""

    screen_name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    view_state: dict[str, Any] = field(default_factory=dict, compare=False)
    focus: FocusPlace | None = field(default=None, compare=False)


class NavigationHistory:
    """History of visited screens, back and forward as in a browser; keeps the last fifty."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._position = -1

    @property
    def current(self) -> Visit | None:
        """Return the current entry, None before the first screen."""
        return self._visits[self._position] if self._visits else None

    def push(self, visit: Visit, *, instead: bool = False) -> None:
        """Add a new entry, or put it ``instead`` of the current one, and drop all forward ones.

        Pushing the current entry again adds nothing.
        """
        if visit == self.current:
            return
        self._visits = [*self._visits[: self._position + (not instead)], visit][-50:]
        self._position = len(self._visits) - 1

    @property
    def previous(self) -> Visit | None:
        """Return the entry before the current one, None at the beginning."""
        return self._visits[self._position - 1] if self._position > 0 else None

    def set_view_state(self, view_state: dict[str, Any], focus: FocusPlace | None = None) -> None:
        """Set the state in which the current screen is left, and which of its widgets had the focus."""
        if self.current is not None:
            self._visits[self._position] = replace(self.current, view_state=view_state, focus=focus)

    def back(self) -> Visit | None:
        """Go back one entry and return it, or None at the beginning."""
        if self._position <= 0:
            return None
        self._position -= 1
        return self._visits[self._position]

    def forward(self) -> Visit | None:
        """Go forward one entry and return it, or None at the end."""
        if self._position >= len(self._visits) - 1:
            return None
        self._position += 1
        return self._visits[self._position]
