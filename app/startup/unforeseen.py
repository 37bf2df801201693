"""The last net: an error nobody foresaw is said safely and noted for IT without a word of the data."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.window.failure_messages import Failure, failure_of
from db import on_disk

_LARGEST = 1_000_000


def watch(log: Path) -> None:
    """From now on, show and note what nobody caught; ``log`` holds times, numbers and places in our code only."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        failure = failure_of(error.with_traceback(trace))
        note(log, failure, moment=datetime.now().astimezone())
        # Later, when the call that failed has come to its end: a dialog inside a paint event would hang.
        QTimer.singleShot(0, lambda: _show(failure))

    sys.excepthook = caught


def note(log: Path, failure: Failure, *, moment: datetime) -> None:
    """Add a failure to the log: number and places in our code; nothing that was typed or stored."""
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LARGEST:
            on_disk.replace(log, log.with_suffix(".old.log"))
        places = failure.details.replace("\n", " | ")
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{moment:%Y-%m-%d %H:%M:%S} {places}\n")


def _show(failure: Failure) -> None:
    from app.widgets.failure_dialog import show_failure

    window = QApplication.activeWindow() or next(
        (one for one in QApplication.topLevelWidgets() if one.isVisible()), None
    )
    if isinstance(window, QWidget):
        show_failure(failure, window)
