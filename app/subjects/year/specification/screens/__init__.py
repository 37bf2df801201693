"""Qt screen of 仕様書の読み比べ and its entry in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, imported when it is opened."""
    from app.subjects.year.specification.screens.specification_screen import SpecificationScreen

    yield ScreenEntry("specification", "file-text", "仕様書の読み比べ", SpecificationScreen, parent_screen="summary")
