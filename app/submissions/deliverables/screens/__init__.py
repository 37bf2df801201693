"""Qt screens beside a report or a document of the year in 資料・報告."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.window.app_context import AppContext


def detail(app_context: AppContext) -> QWidget:
    """Return the right column of the list for all due documents except handouts."""
    from app.submissions.deliverables.screens.outstanding_detail import OutstandingDetail

    return OutstandingDetail(app_context)
