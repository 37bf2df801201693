"""The other work of the day: the door, the paper list, 班, 配慮, handouts, the ledger of what is taken out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.widgets.buttons import Button
from app.widgets.panel import Panel


class WorkBox(Panel):
    """Buttons that lead on.

    Signals: ``went(str, dict)`` place and arguments; ``handouts_asked()``; ``day_file_asked()`` take the event out.
    """

    went = Signal(str, object)
    handouts_asked = Signal()
    day_file_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("当日の作業", parent=parent)
        self.handouts = Button("配布資料を印刷", self.handouts_asked.emit, icon_name="files")
        self.day_file = Button("持出しファイルを作る", self.day_file_asked.emit, icon_name="lock-key")
        self.groups = self._way("班分け", "users-three", "groups")
        self.buttons = (
            self._way("受付を開く", "identification-badge", "reception"),
            self._way("紙の名簿から出欠", "list-numbers", "attendance"),
            self.handouts,
            self.groups,
            self._way("配慮・撮影の可否", "ear", "arrangements"),
            self._way("貸与タブレット", "device-tablet", "tablets"),
            self.day_file,
            self._way("持出し管理簿", "notebook", "takeouts"),
        )
        for button in self.buttons:
            self.put(button)

    def show_kind(self, kind: str, *, handouts: bool) -> None:
        """Show what this kind of event has: 班 belong to an 意見交換会."""
        self.groups.setVisible(kind == "意見交換会")
        self.handouts.setVisible(handouts)

    def _way(self, words: str, icon_name: str, place: str, **arguments: object) -> Button:
        return Button(words, lambda: self.went.emit(place, dict(arguments)), icon_name=icon_name)
