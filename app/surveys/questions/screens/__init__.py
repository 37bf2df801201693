"""Qt: the screens of 設問, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.surveys.questions.screens.library_screen import LibraryScreen

    yield ScreenEntry("questionnaires", "list-numbers", "設問のひな形", LibraryScreen, parent_screen="survey")
