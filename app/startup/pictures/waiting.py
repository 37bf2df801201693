"""Waits until the window is idle while the event loop keeps running."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from app.window.background_task import Tasks

_PATIENCE = 20_000
_QUIET = 6
_TURN_MS = 50


def wait_until_idle(tasks: Tasks) -> None:
    """Wait until nothing has run for a while, as one result may start the next request."""
    quiet = 0
    while quiet < _QUIET:
        if not tasks.is_idle:
            _wait_for(lambda: tasks.is_idle)
            quiet = 0
        run_event_loop(_TURN_MS)
        quiet += 1


def _wait_for(condition: Callable[[], bool]) -> None:
    """Run the event loop until ``condition()`` holds or a time limit is over."""
    loop = QEventLoop()
    ticker = QTimer(interval=10)
    ticker.timeout.connect(lambda: loop.quit() if condition() else None)
    end = QTimer(singleShot=True, interval=_PATIENCE)
    end.timeout.connect(loop.quit)
    ticker.start()
    end.start()
    if not condition():
        loop.exec()


def run_event_loop(milliseconds: int) -> None:
    """Run the event loop for so many milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
