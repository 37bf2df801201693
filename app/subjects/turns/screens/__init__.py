"""Qt: the screen 資料・報告, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from app.main_window.navigation import ScreenEntry
from app.window.desk import Desk

MakeDetail = Callable[[Desk], QWidget]


def screens(*, handout: MakeDetail, owed: MakeDetail) -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for; ``handout`` and ``owed`` make what stands beside a row of each kind."""
    from app.subjects.turns.screens.turns_screen import TurnsScreen
    from app.subjects.turns.services.turns import count_turns

    yield ScreenEntry(
        place="turns",
        icon="files",
        title="資料・報告",
        factory=lambda desk: TurnsScreen(desk, handout=handout(desk), owed=owed(desk)),
        badge=count_turns,
    )
