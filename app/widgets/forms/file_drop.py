"""Accepts a file dropped on a widget, one at a time, as if it had been chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Accepts one dropped file over ``part``. Signals: ``dropped(Path)``.

    ``is_allowed`` is called for each file: a read-only user cannot drop a file where it would be stored at once.
    """

    dropped = Signal(object)

    def __init__(self, part: QWidget, *, is_allowed: Callable[[], bool] = lambda: True):
        super().__init__(part)
        self._may = is_allowed
        part.setAcceptDrops(True)
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a single local file that is dropped and emit ``dropped``; pass other events on."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            urls = event.mimeData().urls()
            if len(urls) == 1 and urls[0].isLocalFile() and self._may():
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(Path(urls[0].toLocalFile()))
                return True
        return super().eventFilter(watched, event)
