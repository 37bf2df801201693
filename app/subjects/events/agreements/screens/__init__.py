"""Qt: the screen of 協議・打合せ, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.agreements.screens.agreements_screen import AgreementsScreen

    yield ScreenEntry("agreements", "chats", "協議・打合せ", AgreementsScreen, parent_screen="events")
