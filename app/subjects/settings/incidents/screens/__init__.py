"""The screen 事故の対応 and its place in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the one screen, loaded when first shown."""
    from app.subjects.settings.incidents.screens.incidents_screen import IncidentsScreen

    yield ScreenEntry("incidents", "shield-check", "事故の対応", IncidentsScreen, parent_screen="settings")
