"""Qt: the screens of 年度の期日, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.year.dates.screens.year_screen import YearScreen

    yield ScreenEntry("year", "flag", "年度の期日", YearScreen, parent_screen="summary")
