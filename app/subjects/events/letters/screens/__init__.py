"""Screens of letters and recruitment documents."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each loaded when it is first opened."""
    from app.subjects.events.letters.screens.letters_screen import LettersScreen

    yield ScreenEntry("letters", "printer", "通知・募集", LettersScreen, parent_screen="events")
