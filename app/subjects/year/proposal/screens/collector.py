"""What F6 does anywhere in the window: the row handed over becomes evidence for the 提案書."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.subjects.year.proposal.services.collecting import collect
from app.widgets.sending import Sending
from app.window.desk import Desk


class Collector(Sending, QObject):
    """Collects what any list hands over. Signals: none."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.collecting.connect(self.collect)

    def collect(self, kind: str, key: str) -> None:
        """Collect one row; why it can't be stands in the line below the page, and nothing is lost."""
        self.do(collect, kind=kind, key=key)
