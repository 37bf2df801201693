"""Qt: the screen of 仕様書の読み比べ, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screen, loaded when it is asked for."""
    from app.subjects.year.specification.screens.specification_screen import SpecificationScreen

    yield ScreenEntry("specification", "file-text", "仕様書の読み比べ", SpecificationScreen, parent_screen="summary")
