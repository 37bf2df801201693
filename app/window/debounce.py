"""What is done a moment later, once however often it was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def debounce(owner: QObject, callback: Callable[[], object], ms: int = 0) -> QTimer:
    """Return the timer that does ``callback`` once, ``ms`` milliseconds after its last start; it goes with
    ``owner``."""
    timer = QTimer(owner, singleShot=True, interval=ms)
    timer.timeout.connect(callback)
    return timer
