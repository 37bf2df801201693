"""Screens of headcounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.main_window.navigation import EventTab, ScreenEntry
from app.widgets.screen import Screen
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose module is imported now and whose widget is built when it is first shown."""
    from app.events.headcount.screens.count_panel import CountPanel

    yield ScreenEntry("participants", "users-three", "参加人数", CountPanel, parent_screen="events")


def tabs(listed: Callable[[AppContext], Screen]) -> Iterator[EventTab]:
    """Yield the tab of one event: participants, in the list made by ``listed``, and the 人数連絡."""
    from app.events.headcount.screens.participants_tab import ParticipantsTab

    yield EventTab(title="参加者", factory=lambda desk: ParticipantsTab(desk, list_screen=listed(desk)))
