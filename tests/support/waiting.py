"""Waiting in tests for what runs beside the window, without sleeping."""

from __future__ import annotations

from typing import Any


def wait_idle(qtbot: Any, desk: Any) -> None:
    """Wait until every result has been delivered to the window."""
    qtbot.waitUntil(lambda: desk.tasks.idle, timeout=10_000)
