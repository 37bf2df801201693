"""Qt: the screens of 参加人数, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.main_window.navigation import EventTab, ScreenEntry
from app.widgets.screen import Screen
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.headcount.screens.count_panel import CountPanel

    yield ScreenEntry("participants", "users-three", "参加人数", CountPanel, parent_screen="events")


def tabs(listed: Callable[[AppContext], Screen]) -> Iterator[EventTab]:
    """What it shows of one event: who comes, as ``listed`` makes the list, and what the contractor is told of it."""
    from app.subjects.events.headcount.screens.participants_tab import ParticipantsTab

    yield EventTab(title="参加者", factory=lambda desk: ParticipantsTab(desk, list_screen=listed(desk)))
