"""Qt: the screens of the 持出し管理簿, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from app.main_window.navigation import ScreenEntry

if TYPE_CHECKING:
    from app.subjects.settings.takeouts.parts.takeouts_panel import BringBack, TakeOut


def screens(*, take_out: TakeOut, bring_back: BringBack) -> Iterator[ScreenEntry]:
    """The screens; both ways of a 当日持出しファイル are handed in."""
    from app.subjects.settings.takeouts.parts.takeouts_panel import TakeoutsScreen

    yield ScreenEntry(
        "takeouts",
        "archive-box",
        "持出し管理簿",
        partial(TakeoutsScreen, take_out=take_out, bring_back=bring_back),
        under="settings",
    )
    from app.subjects.settings.takeouts.screens.purpose_screen import PurposeExportScreen

    yield ScreenEntry(
        "purpose_export",
        "export",
        "目的を選んで出力",
        PurposeExportScreen,
        under="settings",
    )
