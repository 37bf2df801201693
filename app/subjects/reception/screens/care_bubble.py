"""The 配慮 of one person, seen only while a key or the badge is held, and never kept on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.subjects.reception.services.reception import DoorRow, read_care
from app.widgets.labels import Paragraph, label
from app.window import theme as t
from app.window.desk import Desk, with_store


class CareBubble(QFrame):
    """Lies over the list beside the row. Signals: none."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._asked = 0
        self.setObjectName("care")
        self.setStyleSheet(
            f"QFrame#care {{ background: {t.AMBER_TINT}; border: 2px solid {t.AMBER}; border-radius: {t.RADIUS}px; }}"
        )
        self._who = label("", "strong", wrap=True)
        self._words = Paragraph()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(6)
        column.addWidget(self._who)
        column.addWidget(self._words)
        self.hide()

    def hold(self, row: DoorRow, beside: QRect) -> None:
        """Read the 配慮 of ``row`` and show it under (or over) its area, unless it is let go before."""
        self._asked += 1
        turn = self._asked

        def show(care: str) -> None:
            if turn == self._asked:
                self._show(row, care, beside)

        self._desk.read(with_store(read_care, entry_id=row.entry_id), show, owner=self)

    def let_go(self) -> None:
        """Take it away and forget the words."""
        self._asked += 1
        self.hide()
        self._words.say("")
        self._who.setText("")

    def words(self) -> str:
        """What is shown now."""
        return self._words.plain()

    def _show(self, row: DoorRow, care: str, beside: QRect) -> None:
        self._who.setText(f"配慮　{row.spoken}")
        self._words.say(care or "配慮の記入はありません。")
        self.setFixedWidth(min(t.scaled(440), self._over.width() - 32))
        self.adjustSize()
        left = max(16, min(beside.left() + t.scaled(72), self._over.width() - self.width() - 16))
        under = beside.bottom() + 6
        top = under if under + self.height() <= self._over.height() else max(0, beside.top() - self.height() - 6)
        self.move(left, top)
        self.raise_()
        self.show()
