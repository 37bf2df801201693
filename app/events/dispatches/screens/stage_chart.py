"""Chart ツール別の段階 of one 団体: six stages a tool, an open dot before, a filled one after.

団体 are never compared with each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.events.dispatches.services.support import StageLine
from app.registers.register.rules import STAGE_WORDS
from app.window import theme as t
from app.window.painting import paint_text, painting, stroke

_STEPS = tuple("012345")
_PADDING = 8.0
_DOT_SIZE = 7.0
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


class StageChart(QWidget):
    """Chart of the stages. Signals: none. Its accessible text gives every line in words."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[StageLine, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[StageLine]) -> None:
        """Show one line for each tool of a 団体, with its stage before and after."""
        self.lines = tuple(lines)
        self.setAccessibleName("ツール別の段階")
        self.setAccessibleDescription("、".join(f"{one.tool}　{_accessible_text(one)}" for one in self.lines))
        self.updateGeometry()
        self.update()

    def _row_height(self) -> float:
        return t.line_height("body") + t.line_height("small") + 6.0

    def _head_height(self) -> float:
        return t.line_height("body") + t.line_height("small") * (2 if self._needs_staggered_labels() else 1) + 8.0

    def heightForWidth(self, _width: int) -> int:
        """Return the height of a head and one row a tool."""
        return round(self._head_height() + self._row_height() * max(1, len(self.lines)) + 2)

    def sizeHint(self) -> QSize:
        """Return room for six stages with their labels."""
        return QSize(t.scaled(480), self.heightForWidth(0))

    def minimumSizeHint(self) -> QSize:
        """Return the width that the labels of the stages need."""
        return QSize(t.scaled(300), self.heightForWidth(0))

    def _scale_and_text_width(self) -> tuple[float, float, float]:
        """Return start and end of the scale, and the width of the words at the right."""
        bold = t.metrics("body", bold=True)
        small = t.metrics("small")
        right = max(bold.horizontalAdvance("3 → 4"), small.horizontalAdvance("希望しない")) + 2 * _PADDING
        tool = min(self.width() * 0.3, t.scaled(128))
        edge = (
            small.horizontalAdvance("定期")
            if self._needs_staggered_labels()
            else small.horizontalAdvance("定期運用") / 2
        )
        return tool + _PADDING + edge, self.width() - right - edge, right

    def _needs_staggered_labels(self) -> bool:
        """Return whether the labels do not fit side by side, so that every other one is a line lower."""
        small = t.metrics("small")
        return self.width() * 0.5 / 5 < small.horizontalAdvance("定期運用") + 4

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the headings and a row for each tool, without any a sentence instead."""
        with painting(self) as painter:
            start, end, right = self._scale_and_text_width()
            places = [start + (end - start) * number / 5 for number in range(6)]
            head = QRectF(0, 0, self.width(), self._head_height())
            painter.fillRect(head, t.PAPER_TINT)
            self._draw_header(painter, head, places, right)
            top = head.bottom()
            for line in self.lines:
                area = QRectF(0, top, self.width(), self._row_height())
                self._draw_line(painter, area, line, places, right)
                painter.setPen(stroke(t.ROW_LINE))
                painter.drawLine(area.bottomLeft(), area.bottomRight())
                top = area.bottom()
            if not self.lines:
                painter.setPen(t.INK_SECONDARY)
                painter.setFont(t.font("body"))
                area = QRectF(_PADDING, top, self.width() - 2 * _PADDING, self._row_height())
                painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter) | _WRAP, "ツールの記録は、まだありません。")

    def _draw_header(self, painter: QPainter, area: QRectF, step_positions: Sequence[float], right: float) -> None:
        left = QRectF(_PADDING, area.top(), area.width(), area.height())
        paint_text(painter, left, "ツール", t.font("small"), t.INK_SECONDARY)
        end = QRectF(area.width() - right, area.top(), right - _PADDING, area.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "前 → 後")
        number, word = t.line_height("body"), t.line_height("small")
        for step, x in zip(_STEPS, step_positions, strict=True):
            paint_text(
                painter, QRectF(x - 40, area.top() + 3, 80, number), step, t.font("body", bold=True), t.INK, "center"
            )
            lower = word if self._needs_staggered_labels() and int(step) % 2 else 0.0
            paint_text(
                painter,
                QRectF(x - 60, area.top() + 3 + number + lower, 120, word),
                STAGE_WORDS[step],
                t.font("small"),
                t.INK_SECONDARY,
                "center",
            )

    def _draw_line(
        self, painter: QPainter, area: QRectF, line: StageLine, step_positions: Sequence[float], right: float
    ) -> None:
        y = area.center().y()
        painter.setPen(t.INK)
        painter.setFont(t.font("body"))
        tool = QRectF(_PADDING, area.top(), step_positions[0] - 2 * _PADDING - _DOT_SIZE, area.height())
        painter.drawText(tool, int(Qt.AlignmentFlag.AlignVCenter) | _WRAP, line.tool)
        half = area.height() / 2
        words = QRectF(
            area.width() - right,
            area.top() + (0 if line.source or line.is_unwanted else half / 2),
            right - _PADDING,
            half,
        )
        painter.setFont(t.font("body", bold=True))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.words)
        under = "希望しない" if line.is_unwanted else line.source
        if line.source and not line.is_unwanted and line.before == line.after:
            under = "変化なし"
        paint_text(painter, words.translated(0, half), under, t.font("small"), t.INK_SECONDARY, "right")
        if line.is_unwanted:
            painter.drawText(
                QRectF(step_positions[0], area.top(), step_positions[-1] - step_positions[0], area.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                "×　段階を付けません",
            )
            return
        painter.setPen(stroke(t.CONTROL))
        painter.drawLine(QPointF(step_positions[0], y), QPointF(step_positions[-1], y))
        for x in step_positions:
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        self._draw_dots(painter, line, step_positions, y)

    def _draw_dots(self, painter: QPainter, line: StageLine, step_positions: Sequence[float], y: float) -> None:
        """Draw the stages before and after, connected where they differ."""
        old = step_positions[int(line.before)] if line.before in _STEPS else None
        new = step_positions[int(line.after)] if line.after in _STEPS else None
        accent = QColor(t.ACCENT)
        if old is not None and new is not None and old != new:
            way = 1 if new > old else -1
            painter.setPen(QPen(accent, 3))
            painter.drawLine(QPointF(old + way * _DOT_SIZE, y), QPointF(new - way * (_DOT_SIZE + 6), y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            tip = new - way * (_DOT_SIZE + 1)
            painter.drawPolygon([QPointF(tip, y), QPointF(tip - way * 7, y - 5), QPointF(tip - way * 7, y + 5)])
        painter.setPen(QPen(accent, 2))
        if old is not None and old != new:
            painter.setBrush(t.PAGE)
            painter.drawEllipse(QPointF(old, y), _DOT_SIZE, _DOT_SIZE)
        if new is not None:
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(new, y), _DOT_SIZE, _DOT_SIZE)


def _accessible_text(line: StageLine) -> str:
    """Return how a screen reader reads a line."""
    if line.is_unwanted:
        return "希望しない"
    return line.words
