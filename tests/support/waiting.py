"""Waiting in tests for what runs beside the window, without sleeping."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication


def wait_idle(qtbot: Any, desk: Any) -> None:
    """Wait until every result has been delivered to the window, and what the window did with it as well."""
    tasks = desk.tasks
    QApplication.processEvents()
    while tasks.busy:
        with qtbot.waitSignal(tasks.idle_changed, timeout=10_000, check_params_cb=bool):
            pass
        QApplication.processEvents()
