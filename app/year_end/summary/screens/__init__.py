"""Qt screens of 年度 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.year_end.summary.screens.summary_screen import SummaryScreen

    yield ScreenEntry("summary", "chart-bar", "年度", SummaryScreen)
