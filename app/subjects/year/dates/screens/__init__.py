"""Qt screens of 年度の期日 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each imported when it is opened."""
    from app.subjects.year.dates.screens.year_screen import YearScreen

    yield ScreenEntry("year", "flag", "年度の期日", YearScreen, parent_screen="summary")
