"""Qt: the screens of 資料確認, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.main_window.navigation import EventTab, ScreenEntry
from app.window.desk import Desk


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.materials.screens.materials_panel import MaterialsPanel

    yield ScreenEntry(
        place="materials", icon="files", title="資料のページと指摘", factory=MaterialsPanel, under="turns"
    )


def tabs() -> Iterator[EventTab]:
    """What it shows of one event."""
    from app.subjects.materials.screens.materials_panel import MaterialsPanel

    yield EventTab(title="資料", factory=partial(MaterialsPanel, embedded=True))


def detail(desk: Desk) -> QWidget:
    """The right column of 資料・報告 for a handout."""
    from app.subjects.materials.screens.handout_steps import HandoutSteps

    return HandoutSteps(desk)
