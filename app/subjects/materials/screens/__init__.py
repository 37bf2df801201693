"""Qt: the screens of 資料確認, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.materials.screens.materials_panel import MaterialsPanel
    from app.subjects.materials.services.material_board import count_to_review

    yield ScreenEntry(place="materials", icon="files", title="資料確認", factory=MaterialsPanel, badge=count_to_review)


def tabs() -> Iterator[EventTab]:
    """What it shows of one event."""
    from app.subjects.materials.screens.materials_panel import MaterialsPanel

    yield EventTab(title="資料", factory=partial(MaterialsPanel, embedded=True))
