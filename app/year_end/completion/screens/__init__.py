"""Qt screens of 完了・検査・支払 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.year_end.completion.screens.completion_screen import CompletionScreen

    yield ScreenEntry("completion", "receipt", "完了・検査・支払", CompletionScreen, parent_screen="summary")
