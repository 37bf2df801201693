"""Screen of 協議・打合せ."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose module is imported now and whose widget is built when it is first shown."""
    from app.events.agreements.screens.agreements_screen import AgreementsScreen

    yield ScreenEntry("agreements", "chats", "協議・打合せ", AgreementsScreen, parent_screen="events")
