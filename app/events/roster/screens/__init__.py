"""Screens of rosters."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry
from app.widgets.screen import Screen
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """Yield the two screens, whose modules are imported in turn and whose widgets are built when first shown."""
    from app.events.roster.screens.roster_panel import RosterPanel

    yield ScreenEntry("roster", "users-three", "参加者", RosterPanel, parent_screen="events")
    from app.events.roster.screens.selection_screen import SelectionScreen

    yield ScreenEntry("choice", "users-three", "参加者を決める", SelectionScreen, parent_screen="events")


def roster_tab(app_context: AppContext) -> Screen:
    """Return the roster for the tab of an event."""
    from app.events.roster.screens.roster_panel import RosterPanel

    return RosterPanel(app_context, embedded=True)
