"""Qt: the screen 資料・報告 and its cuts in an event, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from app.main_window.navigation import EventTab, ScreenEntry
from app.window.desk import Desk

MakeDetail = Callable[[Desk], QWidget]


def screens(*, handout: MakeDetail, outstanding: MakeDetail) -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for; ``handout`` and ``outstanding`` make what stands beside a row of each
    kind.
    """
    from app.subjects.submissions.turns.screens.turns_screen import TurnsScreen
    from app.subjects.submissions.turns.services.turns import count_turns

    yield ScreenEntry(
        "turns",
        "files",
        "資料・報告",
        lambda desk: TurnsScreen(desk, handout=handout(desk), outstanding=outstanding(desk)),
        badge=count_turns,
    )


def handout_tab(*, beside: MakeDetail) -> Iterator[EventTab]:
    """The handouts of one event; ``beside`` makes what stands beside a row."""
    from app.subjects.submissions.turns.screens.event_turns import EventTurns

    yield EventTab(title="資料", factory=lambda desk: EventTurns(desk, "資料", beside=beside(desk)))


def report_tab(*, beside: MakeDetail) -> Iterator[EventTab]:
    """The report of one event, as ``handout_tab``."""
    from app.subjects.submissions.turns.screens.event_turns import EventTurns

    yield EventTab(title="報告", factory=lambda desk: EventTurns(desk, "報告", beside=beside(desk)))
