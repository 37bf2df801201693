"""Circles of Python objects are taken away from the event loop only: a widget that ends elsewhere ends the process.

Dialogs and their callbacks hold each other, so they end when Python's collector comes by. Left alone it
comes by in any allocation: on the store's thread, or here while Qt goes through a list of widgets (another
style sheet) that it then finds gone.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_at_work: set[int] = set()
_before: list[bool] = []


class TakingAway(QObject):
    """Does the rounds of Python's collector by a timer; while one of these is at work it does none by itself.

    Signals: none.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.go_round)
        self._timer.start()
        if not _at_work:
            _before[:] = [gc.isenabled()]
        _at_work.add(id(self))
        gc.disable()

    def go_round(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Leave it as it was found: call once the other threads have ended."""
        self._timer.stop()
        _at_work.discard(id(self))
        if not _at_work and _before and _before.pop():
            gc.enable()
