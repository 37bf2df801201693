"""The row of counts over the list, 期限超過 to 来週から; a press shows only those."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.window import theme as t
from app.window.icons import paint_icon

# bucket → icon, ink, tint when chosen, line
_LOOK: dict[str, tuple[str, str, str, str]] = {
    "期限超過": ("warning-octagon-fill", t.RED, t.RED_TINT, t.RED),
    "今日": ("clock-fill", t.AMBER, t.AMBER_TINT, t.AMBER),
    "今週": ("calendar-blank", t.INK, t.SELECTION, t.CONTROL),
    "来週から": ("dots-three", t.SECOND, t.SELECTION, t.CONTROL),
}
_PAD = 10
_GAP = 6


class BucketChip(QAbstractButton):
    """One count. Signals: ``clicked(bool)``."""

    def __init__(self, bucket: str) -> None:
        super().__init__()
        self.bucket = bucket
        self.count = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell(0)

    def tell(self, count: int) -> None:
        """Show how many there are."""
        self.count = count
        self.setAccessibleName(f"{self.bucket} {count}件")
        self.setToolTip(f"{self.bucket}の{count}件だけを表示します。もう一度押すと戻ります。")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, word and number."""
        words = QFontMetricsF(t.font("body")).horizontalAdvance(self.bucket)
        number = QFontMetricsF(t.font("h2")).horizontalAdvance(str(self.count))
        return QSize(round(2 * _PAD + t.scaled(16) + 2 * _GAP + words + number), t.scaled(t.FIELD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        icon, ink, tint, line = _LOOK[self.bucket]
        colour = ink if self.count else t.SECOND
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = line if self.count or self.isChecked() else t.STRONG_LINE
        painter.setPen(QPen(QColor(edge), 2.0 if self.isChecked() else 1.0))
        painter.setBrush(QColor(tint if self.isChecked() or self.underMouse() else t.PAGE))
        painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
        side = t.scaled(16)
        paint_icon(painter, icon, QRectF(_PAD, (self.height() - side) / 2, side, side), colour)
        left = _PAD + side + _GAP
        painter.setPen(QColor(colour))
        painter.setFont(t.font("body"))
        words = QFontMetricsF(painter.font()).horizontalAdvance(self.bucket)
        painter.drawText(QRectF(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.bucket)
        painter.setFont(t.font("h2"))
        rest = QRectF(left + words + _GAP, 0, self.width(), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(self.count))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.ACCENT), 2))
            painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
        painter.end()


class BucketChips(QWidget):
    """The chips in a row; at most one is pressed.

    Signals: ``chosen(str)`` the bucket now shown alone, or "" for what is due up to this week.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.chips = {bucket: BucketChip(bucket) for bucket in _LOOK}
        for chip in self.chips.values():
            line.addWidget(chip)
            chip.clicked.connect(lambda _on, chip=chip: self._press(chip))

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each bucket has."""
        for bucket, chip in self.chips.items():
            chip.tell(counts.get(bucket, 0))

    def current(self) -> str:
        """The bucket shown alone, or empty."""
        return next((bucket for bucket, chip in self.chips.items() if chip.isChecked()), "")

    def choose(self, bucket: str) -> None:
        """Press a chip from outside; "" releases all."""
        for name, chip in self.chips.items():
            chip.setChecked(name == bucket)
        self.chosen.emit(bucket)

    def _press(self, pressed: BucketChip) -> None:
        self.choose(pressed.bucket if pressed.isChecked() else "")
