"""Qt screens of 実施報告書 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.submissions.reports.screens.report_panel import ReportPanel

    yield ScreenEntry("report", "file-text", "報告書", ReportPanel, parent_screen="turns")
