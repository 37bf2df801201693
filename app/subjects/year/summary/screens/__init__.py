"""Qt: the screens of 年度, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.year.summary.screens.summary_screen import SummaryScreen

    yield ScreenEntry("summary", "chart-bar", "年度", SummaryScreen)
