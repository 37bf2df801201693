"""Qt: the screens of 実施報告書, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.submissions.reports.screens.report_panel import ReportPanel

    yield ScreenEntry("report", "file-text", "報告書", ReportPanel, parent_screen="turns")
