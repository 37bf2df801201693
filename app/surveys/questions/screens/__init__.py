"""Qt screens of 設問 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.surveys.questions.screens.library_screen import LibraryScreen

    yield ScreenEntry("questionnaires", "list-numbers", "設問のひな形", LibraryScreen, parent_screen="survey")
