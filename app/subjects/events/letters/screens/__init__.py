"""Qt: the screens of 通知・募集の書類, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.letters.screens.letters_screen import LettersScreen

    yield ScreenEntry("letters", "printer", "通知・募集", LettersScreen, parent_screen="events")
