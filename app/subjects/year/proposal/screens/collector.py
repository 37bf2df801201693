"""What F6 does anywhere in the window: the row handed over becomes evidence for the 提案書."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.subjects.year.proposal.services.collecting import collect
from app.window.desk import Desk, acting


class Collector(QObject):
    """Collects what any list hands over. Signals: none."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.collecting.connect(self.collect)

    def collect(self, kind: str, key: str) -> None:
        """Collect one row; why it can't be stands in the line below the page, and nothing is lost."""
        self._desk.write(acting(self._desk, collect, kind=kind, key=key), owner=self, failed=self._say)

    def _say(self, problem: Exception) -> None:
        self._desk.fail(problem)
