"""Runs a callback once, a moment after the last of several requests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def debounce(owner: QObject, callback: Callable[[], object], ms: int = 0) -> QTimer:
    """Return a timer owned by ``owner`` that calls ``callback`` once, ``ms`` milliseconds after its last start."""
    timer = QTimer(owner, singleShot=True, interval=ms)
    timer.timeout.connect(callback)
    return timer
