"""Qt: the screens of 数字の食い違い検査, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.submissions.consistency.screens.consistency_screen import ConsistencyScreen

    yield ScreenEntry("numbers", "warning-octagon", "数字の食い違い検査", ConsistencyScreen, parent_screen="turns")
