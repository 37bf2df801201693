"""Qt: the slips of 派遣 and the tab 支援のあゆみ, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.dispatches.screens.wishes_screen import WishesScreen

    yield ScreenEntry(
        place="dispatches", icon="note-pencil", title="派遣の希望票", factory=WishesScreen, under="events"
    )


def tabs() -> Iterator[EventTab]:
    """What it shows of one 派遣."""
    from app.subjects.dispatches.screens.support_panel import SupportPanel

    yield EventTab(title="支援のあゆみ", factory=SupportPanel, only_kind="派遣")
