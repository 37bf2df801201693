"""Qt screens of ホーム・検索 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; each is built when it is first shown."""
    from app.home.today.screens.home_screen import HomeScreen
    from app.home.today.services.home import count_due

    yield ScreenEntry(
        "home", "house", "ホーム", HomeScreen, badge=count_due, badge_words="区がやることのうち、今日と期限超過"
    )
