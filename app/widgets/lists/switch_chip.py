"""A toggle filter with icon, word and count; when on, only the counted rows are shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from app.widgets.layouts import fix_size
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.painting import frame_area, paint_box, paint_focus, paint_text, painting, stroke

_PAD, _GAP = 10, 6


class SwitchChip(QAbstractButton):
    """A toggle button with icon, word and count, for a filter that its user applies. Signals: ``toggled(bool)``.

    When on it has the accent colour, and also a thick line and bold text to be told apart without colour.
    """

    def __init__(self, word: str, icon_name: str, *, tone: str):
        super().__init__()
        self._word, self._icon, self._tone = word, icon_name, tone
        self.count = 0
        self.setCheckable(True)
        fix_size(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._update_accessible_name)
        self._update_accessible_name()

    def show_count(self, count: int) -> None:
        """Show how many rows the filter would leave, as counted by the caller."""
        self.count = count
        self._update_accessible_name()
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return the text, 「区の対応待ち 5」."""
        return f"{self._word} {self.count}"

    def _update_accessible_name(self) -> None:
        self.setAccessibleName(f"{self.words()}件　{'出ています' if self.isChecked() else '出ていません'}")

    def sizeHint(self) -> QSize:
        """Return the size of the bold text, so that nothing moves when it is toggled."""
        words = t.metrics("body", bold=True).horizontalAdvance(self._word)
        number = t.metrics("h2").horizontalAdvance(str(self.count))
        return QSize(round(2 * _PAD + t.scaled(16) + words + number + 2 * _GAP), t.scaled(32))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint, so that it is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, word and count in a frame, which is thick, tinted and in bold text when on."""
        with painting(self) as painter:
            on = self.isChecked()
            area = frame_area(self)
            paint_box(
                painter, area, stroke(t.ACCENT if on else t.CONTROL, 2 if on else 1), t.SELECTION if on else t.PAGE
            )
            side = float(t.scaled(16))
            left = float(_PAD)
            paint_icon(painter, self._icon, QRectF(left, area.center().y() - side / 2, side, side), self._tone)
            left += side + _GAP
            paint_text(
                painter, area.adjusted(left, 0, 0, 0), self._word, t.font("body", bold=on), t.ACCENT if on else t.INK
            )
            painter.setFont(t.font("h2"))
            number = area.adjusted(0, 0, -_PAD, 0)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(number, right, str(self.count))
            if self.hasFocus():
                paint_focus(painter, area.adjusted(3, 3, -3, -3), 2)
