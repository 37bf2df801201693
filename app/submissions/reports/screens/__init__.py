"""Qt screens of 実施報告書 and their entries in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from app.main_window.navigation import EventTab, ScreenEntry
from app.widgets.screen import Screen
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.submissions.reports.screens.report_panel import ReportPanel

    yield ScreenEntry("report", "file-text", "報告書", partial(ReportPanel, leads_on=True), parent_screen="turns")


def tabs(listed: Callable[[AppContext], Screen]) -> Iterator[EventTab]:
    """Yield the tab of one event: what it owes, in the list made by ``listed``, and the form of its report."""
    from app.submissions.reports.screens.report_panel import ReportPanel

    yield EventTab(title="報告", factory=lambda desk: ReportPanel(desk, list_screen=listed(desk)))
