"""Screens of 中止・変更の連絡 and of 確認の電話."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the two screens, whose widgets are built when they are first shown."""
    from app.events.calls.screens.calls_screen import CallsScreen
    from app.events.calls.screens.confirmation_screen import TITLE, ConfirmationScreen

    yield ScreenEntry("calls", "phone", "中止・変更の連絡", CallsScreen, parent_screen="events")
    yield ScreenEntry("confirmations", "phone", TITLE, ConfirmationScreen, parent_screen="events")
