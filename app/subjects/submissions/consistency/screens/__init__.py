"""Qt screens of 数字の食い違い検査 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each imported when it is opened."""
    from app.subjects.submissions.consistency.screens.consistency_screen import ConsistencyScreen

    yield ScreenEntry("numbers", "warning-octagon", "数字の食い違い検査", ConsistencyScreen, parent_screen="turns")
