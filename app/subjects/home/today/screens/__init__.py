"""Qt: the screens of ホーム・検索, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.home.today.screens.home_screen import HomeScreen
    from app.subjects.home.today.services.home import count_due

    yield ScreenEntry("home", "house", "ホーム", HomeScreen, badge=count_due)
