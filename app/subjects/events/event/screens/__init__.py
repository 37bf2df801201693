"""Qt: the screens of 事業, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.main_window.navigation import EventTab, KindPage, ScreenEntry


def screens(
    tabs: Callable[[], Sequence[EventTab]], kind_pages: Callable[[], Sequence[KindPage]]
) -> Iterator[ScreenEntry]:
    """The screens; once a page is built ``tabs()`` gives what other subjects show of one event, ``kind_pages()`` of all
    events of a kind."""
    from app.subjects.events.event.screens.events_screen import EventsScreen

    yield ScreenEntry(
        "events",
        "calendar-blank",
        "事業",
        lambda desk: EventsScreen(desk, kind_pages=kind_pages()),
    )
    from app.subjects.events.event.screens.event_page import EventPage

    yield ScreenEntry(
        "event",
        "calendar-blank",
        "事業",
        lambda desk: EventPage(desk, tabs=tabs()),
        parent_screen="events",
    )
