"""The screens of 設定 and their place in the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.main_window.navigation import ScreenEntry

if TYPE_CHECKING:
    from app.settings.pages.screens.settings_host import SettingsHost
    from app.window.app_context import AppContext


def screens(doors: SettingsHost | None) -> Iterator[ScreenEntry]:
    """Yield the screens of 設定; ``doors`` is the ``SettingsHost`` of the session (None: only to import them)."""
    from app.ledgers.services.ledger_reading import count_open_doubts
    from app.settings.pages.screens.settings_screen import SettingsScreen

    def build(desk: AppContext) -> SettingsScreen:
        """Return a new screen 設定 for the session's host."""
        assert doors is not None
        return SettingsScreen(desk, doors)

    yield ScreenEntry(
        "settings",
        "gear",
        "設定",
        build,
        badge=count_open_doubts,
        badge_words="情報保護の台帳の、まだ答えていない「要確認」",
    )
