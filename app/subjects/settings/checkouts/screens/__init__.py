"""The screens of the 持出し管理簿 and their place in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from app.main_window.navigation import ScreenEntry

if TYPE_CHECKING:
    from app.subjects.settings.checkouts.parts.checkouts_panel import CheckOutDayFile, ReturnDayFile


def screens(*, take_out: CheckOutDayFile, bring_back: ReturnDayFile) -> Iterator[ScreenEntry]:
    """Yield the screens; the arguments write and take back a 当日持出しファイル."""
    from app.subjects.settings.checkouts.parts.checkouts_panel import CheckoutsScreen

    yield ScreenEntry(
        "takeouts",
        "archive-box",
        "持出し管理簿",
        partial(CheckoutsScreen, check_out=take_out, return_file=bring_back),
        parent_screen="settings",
    )
    from app.subjects.settings.checkouts.screens.purpose_export_screen import PurposeExportScreen

    yield ScreenEntry(
        "purpose_export",
        "export",
        "目的を選んで出力",
        PurposeExportScreen,
        parent_screen="settings",
    )
