"""情報保護: the ledgers, one page for each; Qt lives here."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The one screen of all ledgers, and that of a filled check list."""
    from app.ledgers.screens.check_sheet_screen import CheckSheetScreen
    from app.ledgers.screens.ledgers_screen import LedgersScreen

    yield ScreenEntry(
        place="ledgers",
        icon="shield-check",
        title="情報保護",
        factory=LedgersScreen,
        under="settings",
    )
    yield ScreenEntry(
        place="check_sheet",
        icon="shield-check",
        title="確認票",
        factory=CheckSheetScreen,
        under="settings",
    )
