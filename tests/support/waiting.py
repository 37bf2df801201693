"""Waiting in tests for what runs beside the window, without sleeping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QApplication

from db.store import Store

Result = TypeVar("Result")


def wait_idle(qtbot: Any, desk: Any) -> None:
    """Wait until every result has been delivered to the window, and what the window did with it as well."""
    tasks = desk.tasks
    QApplication.processEvents()
    while tasks.busy:
        with qtbot.waitSignal(tasks.idle_changed, timeout=10_000, check_params_cb=bool):
            pass
        QApplication.processEvents()


def stored(qtbot: Any, desk: Any, ask: Callable[[Store], Result]) -> Result:
    """What ``ask(store)`` returns, asked where the window asks: its own reads and saves may still be under way.

    A test that reads the store by itself meanwhile would use one connection from two threads.
    """
    found: list[Result] = []
    desk.read(ask, found.append, owner=desk)
    qtbot.waitUntil(lambda: bool(found), timeout=30_000)
    return found[0]
