"""Qt: the screen of what falls due, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for."""
    from app.subjects.settings.disposal.screens.disposal_screen import DisposalScreen

    yield ScreenEntry("disposal", "shield-check", "消す時期が来たもの", DisposalScreen, under="settings")
