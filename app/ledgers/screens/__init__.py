"""情報保護: the screens of the ledgers."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen of the ledgers, and that of a filled check list."""
    from app.ledgers.screens.check_sheet_screen import CheckSheetScreen
    from app.ledgers.screens.ledgers_screen import LedgersScreen

    yield ScreenEntry(
        "ledgers",
        "shield-check",
        "情報保護",
        LedgersScreen,
        parent_screen="settings",
    )
    yield ScreenEntry(
        "check_sheet",
        "shield-check",
        "確認票",
        CheckSheetScreen,
        parent_screen="settings",
    )
