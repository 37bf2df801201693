"""Qt: the screens of 配慮の手配・撮影の可否・貸与タブレット, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.arrangements.screens.arrangements_panel import ArrangementsPanel

    yield ScreenEntry(place="arrangements", icon="ear", title="配慮の手配", factory=ArrangementsPanel, under="events")
    from app.subjects.arrangements.screens.tablets_screen import TabletsScreen

    yield ScreenEntry(
        place="tablets", icon="device-tablet", title="貸与タブレット", factory=TabletsScreen, under="events"
    )
