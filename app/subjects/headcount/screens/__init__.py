"""Qt: the screens of 参加人数, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.headcount.screens.count_panel import CountPanel

    yield ScreenEntry(
        place="participants", icon="users-three", title="参加人数", factory=CountPanel, under="organisations"
    )


def tabs() -> Iterator[EventTab]:
    """What it shows of one event."""
    from app.subjects.headcount.screens.count_panel import CountPanel

    yield EventTab(title="人数連絡", factory=partial(CountPanel, embedded=True))
