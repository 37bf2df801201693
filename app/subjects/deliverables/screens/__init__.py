"""Qt: the screens of 提出物, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.deliverables.screens.deliverables_screen import DeliverablesScreen

    yield ScreenEntry(
        place="deliverables", icon="tray", title="受託者の提出物", factory=DeliverablesScreen, under="report"
    )
