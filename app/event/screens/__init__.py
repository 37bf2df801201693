"""Screens of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.main_window.navigation import EventTab, KindPage, ScreenEntry


def screens(
    tabs: Callable[[], Sequence[EventTab]], kind_pages: Callable[[], Sequence[KindPage]]
) -> Iterator[ScreenEntry]:
    """Yield the screens of events.

    Args:
        tabs: returns the tabs of other subjects on the page of one event, called when the page is built.
        kind_pages: returns the pages of other subjects about all events of a kind.
    """
    from app.event.screens.events_screen import EventsScreen

    yield ScreenEntry(
        "events",
        "calendar-blank",
        "事業",
        lambda desk: EventsScreen(desk, kind_pages=kind_pages()),
    )
    from app.event.screens.event_page import EventPage

    yield ScreenEntry(
        "event",
        "calendar-blank",
        "事業",
        lambda desk: EventPage(desk, tabs=tabs()),
        parent_screen="events",
    )
