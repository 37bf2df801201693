"""Qt: the screens of 事業, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.main_window.navigation import EventTab, ScreenEntry


def screens(tabs: Callable[[], Sequence[EventTab]]) -> Iterator[ScreenEntry]:
    """The screens; ``tabs()`` gives what other subjects show of one event, once a page is built."""
    from app.subjects.events.screens.events_screen import EventsScreen

    yield ScreenEntry(place="events", icon="calendar-blank", title="事業", factory=EventsScreen)
    from app.subjects.events.screens.event_page import EventPage

    yield ScreenEntry(
        place="event",
        icon="calendar-blank",
        title="事業",
        factory=lambda desk: EventPage(desk, tabs=tabs()),
        under="events",
    )
