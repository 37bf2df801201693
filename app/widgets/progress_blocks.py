"""Progress as blocks: filled 実施, outlined 予定, dashed 未定; the number stands before them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.window import theme as t

_WORDS = {"done": "済", "next": "つぎ", "planned": "予定", "open": "未定"}


def paint_blocks(painter: QPainter, area: QRectF, states: tuple[str, ...], *, gap: float = 4.0) -> None:
    """Draw one block per state (done, next, planned, open) across ``area``."""
    if not states:
        return
    width = (area.width() - gap * (len(states) - 1)) / len(states)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, state in enumerate(states):
        left = area.left() + number * (width + gap)
        pen = QPen(QColor(t.ACCENT), 1.0)
        painter.setBrush(QColor(t.ACCENT if state == "done" else t.PAGE))
        if state == "next":
            pen.setWidthF(2.0)
        elif state == "open":
            pen.setColor(QColor(t.CONTROL))
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        inset = pen.widthF() / 2
        block = QRectF(left + inset, area.top() + inset, width - 2 * inset, area.height() - 2 * inset)
        painter.drawRoundedRect(block, 2, 2)
    painter.restore()


def blocks_of(done: int, planned: int, undecided: int) -> tuple[str, ...]:
    """States for so many done, planned and still undecided."""
    return ("done",) * done + ("planned",) * planned + ("open",) * undecided


class ProgressBlocks(QWidget):
    """A band of blocks, one an item. Signals: none."""

    def __init__(self, states: tuple[str, ...] = (), *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: tuple[str, ...] = ()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_states(states)

    def show_states(self, states: tuple[str, ...]) -> None:
        """Show other states; the accessible name says them in words."""
        self._states = states
        told = [f"{word} {states.count(state)}" for state, word in _WORDS.items() if state in states]
        self.setAccessibleName("　".join([self._name, *told]).strip())
        self.setToolTip("　".join(told))
        self.update()

    @property
    def states(self) -> tuple[str, ...]:
        """The states shown."""
        return self._states

    def sizeHint(self) -> QSize:
        """A thin band."""
        return QSize(120, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        paint_blocks(painter, QRectF(self.rect()), self._states)
        painter.end()
