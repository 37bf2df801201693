"""The outcomes of an import as buttons with counts that add up to the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from app.widgets.badge import badge_size, paint_badge
from app.widgets.flow_row import FlowRow
from app.window import theme as t

ALL = "すべて"
_PAD = 12
_GAP = 8


class OutcomeChip(QAbstractButton):
    """One outcome with its count. Signals: ``clicked(bool)``."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = word
        self.count = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many rows there are."""
        self.count = count
        self.setAccessibleName(f"{self.word} {count}行")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The word or badge, then the number."""
        number = QFontMetricsF(t.font("h2")).horizontalAdvance(str(self.count))
        return QSize(round(self._word_width() + number + 2 * _PAD + _GAP) + 1, t.scaled(36))

    def _word_width(self) -> float:
        if self.word == ALL:
            return QFontMetricsF(t.font()).horizontalAdvance(self.word)
        return float(badge_size(self.word).width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        marked = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(t.ACCENT if marked else t.HAIRLINE), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(t.SELECTION if self.isChecked() else t.PAGE))
        painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
        if self.word == ALL:
            painter.setPen(QColor(t.INK))
            painter.setFont(t.font())
            words = area.adjusted(_PAD, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.word)
        else:
            height = badge_size(self.word).height()
            paint_badge(painter, QPointF(_PAD, area.center().y() - height / 2), self.word)
        painter.setPen(QColor(t.INK))
        painter.setFont(t.font("h2"))
        painter.drawText(
            area.adjusted(0, 0, -_PAD, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self.count)
        )
        painter.end()


class OutcomeChips(FlowRow):
    """All outcomes side by side, すべて first. Signals: ``chosen(str)`` the outcome to show, or すべて."""

    chosen = Signal(str)

    def __init__(self, outcomes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._group = QButtonGroup(self)
        self.chips = {word: OutcomeChip(word) for word in (ALL, *outcomes)}
        for chip in self.chips.values():
            self._group.addButton(chip)
            self.add(chip)
            chip.clicked.connect(lambda _on, word=chip.word: self.chosen.emit(word))
        self.chips[ALL].setChecked(True)

    @property
    def word(self) -> str:
        """The outcome shown now, or すべて."""
        return next((word for word, chip in self.chips.items() if chip.isChecked()), ALL)

    def show_counts(self, counts: Mapping[str, int], *, start_again: bool = True) -> None:
        """Show the counts by outcome; すべて is their sum. ``start_again`` shows every row again."""
        self.chips[ALL].show_count(sum(counts.values()))
        for word, count in counts.items():
            self.chips[word].show_count(count)
        if start_again:
            self.chips[ALL].setChecked(True)
