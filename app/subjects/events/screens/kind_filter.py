"""The segmented filter over the list of events: すべて 12 | 講習会 7 | 派遣 3 | 意見交換会 2."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.subjects.events.services.event_lists import EventList
from app.window import theme as t
from db.records.programme import KINDS

ALL = "すべて"


class _Segment(QAbstractButton):
    """One kind. Signals: ``clicked(bool)``."""

    def __init__(self, kind: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self.kind = kind
        self._ends = (first, last)
        self.count = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell(0)

    def tell(self, count: int) -> None:
        """Show how many there are."""
        self.count = count
        self.setAccessibleName(f"{self.kind} {count}件")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The bold words with 12 px on both sides."""
        width = QFontMetricsF(t.font("body", bold=True)).horizontalAdvance(f"{self.kind} {self.count}")
        return QSize(round(width) + 24, t.scaled(t.FIELD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, 0.5 if not self._ends[1] else -0.5, -0.5)
        painter.setBrush(QColor(t.SELECTION if self.isChecked() else t.PAGE))
        painter.setPen(QPen(QColor(t.CONTROL), 1))
        painter.drawRect(area)
        painter.setPen(QColor(t.ACCENT_DARK if self.isChecked() else t.INK))
        painter.setFont(t.font("body", bold=self.isChecked()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self.kind} {self.count}")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.ACCENT), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class KindFilter(QWidget):
    """One kind at a time, or all.

    Signals: ``chosen(str)`` a kind, or "" for all. Arrow keys move.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("種類で絞り込む")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._group = QButtonGroup(self)
        names = (ALL, *KINDS)
        for number, name in enumerate(names):
            segment = _Segment(name, first=number == 0, last=number == len(names) - 1)
            self._group.addButton(segment, number)
            line.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(lambda _number, on: self.chosen.emit(self.current()) if on else None)

    def current(self) -> str:
        """The kind chosen, or empty."""
        number = self._group.checkedId()
        return "" if number <= 0 else KINDS[number - 1]

    def choose(self, kind: str) -> None:
        """Choose a kind; "" for all."""
        self._group.button(KINDS.index(kind) + 1 if kind in KINDS else 0).setChecked(True)

    def show_counts(self, events: EventList) -> None:
        """Show how many events there are of each kind."""
        counts = (events.total, *(events.by_kind.get(kind, 0) for kind in KINDS))
        for number, count in enumerate(counts):
            segment = self._group.button(number)
            if isinstance(segment, _Segment):
                segment.tell(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move between the kinds."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        target = self._group.button(self._group.checkedId() + step) if step is not None else None
        if target is not None:
            target.setChecked(True)
            target.setFocus()
        else:
            super().keyPressEvent(event)
