"""Qt: the screens of 完了・検査・支払, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.year.completion.screens.completion_screen import CompletionScreen

    yield ScreenEntry("completion", "receipt", "完了・検査・支払", CompletionScreen, parent_screen="summary")
