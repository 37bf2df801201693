"""One paper over the window: the same preview and buttons, for screens that have no room beside."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.papers.screens.paper_view import PaperView
from app.widgets.buttons import Button
from app.widgets.dialog_frame import TALLEST, DialogFrame
from app.window.desk import Desk


class PaperDialog(DialogFrame):
    """Shows the paper ``kind`` of an event. Signals: those of ``DialogFrame``."""

    def __init__(
        self, desk: Desk, *, event_id: int, kind: str, subject: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(kind, subject, cancel="閉じる", width=880, parent=parent)
        self.view = PaperView(desk)
        self.finished.connect(self.deleteLater)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(self.view, 1)
        self.put_button(Button("帳票の画面で開く", lambda: self._go(desk, event_id, kind), tall=True))
        window = parent.window() if parent is not None else None
        room = (window.height() if window is not None else TALLEST) - 72 - 120
        self.view.setMinimumHeight(max(300, room))
        desk.changed.connect(self.view.refresh)
        self.view.show_paper(event_id, kind)

    def _go(self, desk: Desk, event_id: int, kind: str) -> None:
        self.accept()
        desk.go("documents", event_id=event_id, kind=kind)
