"""Circles of Python objects are taken away where Qt lives: a widget that died on another thread would end the process."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
_at_work: set[int] = set()


class TakingAway(QObject):
    """Does the rounds of Python's collector by a timer, in place of whichever thread happens to ask for memory.

    Dialogs and their callbacks hold each other; the collector finds such circles, and by itself it runs
    on any thread, the store's too. While one of these is at work it rests, and the timer calls it here.
    Signals: none.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.go_round)
        self._timer.start()
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
        """Leave it to Python again: call once the other threads have ended."""
        self._timer.stop()
        _at_work.discard(id(self))
        if not _at_work:
            gc.enable()
