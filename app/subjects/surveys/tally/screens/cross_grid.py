"""A cross table drawn on the screen: people in every cell, percentages small below, sums at the right and the foot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.subjects.surveys.tally.rules.cross_table import PrintedCross
from app.widgets.cell_painting import wrapped
from app.window import theme as t

_PAD = 8
_LABEL_SHARE = 0.24
_LEAST_COLUMN = 52.0


class CrossGrid(QWidget):
    """One cross table. Ctrl+C copies what is shown, hidden numbers as they are shown. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: PrintedCross | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_table(self, table: PrintedCross, title: str) -> None:
        """Show a table; ``title`` is what a screen reader says of it."""
        self._table = table
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.as_table().replace("\t", " ").replace("\n", "、"))
        self.updateGeometry()
        self.update()

    def as_table(self) -> str:
        """What is shown, parted by tabs."""
        if self._table is None:
            return ""
        lines = ["\t".join(("", *self._table.columns))]
        for name, cells in self._table.lines:
            lines.append("\t".join((name, *(cell.people for cell in cells))))
            if any(cell.percent for cell in cells):
                lines.append("\t".join(("％", *(cell.percent for cell in cells))))
        return "\n".join(lines)

    def heightForWidth(self, width: int) -> int:
        """As tall as the headings and all rows."""
        return round(self._go(None, float(width))) + 2

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        width = self.width() if self.width() > 200 else 560
        return QSize(560, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its columns."""
        columns = len(self._table.columns) if self._table is not None else 1
        least = round(120 + columns * _LEAST_COLUMN)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._go(painter, float(self.width()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.ACCENT), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_table())
        else:
            super().keyPressEvent(event)

    # drawing

    def _go(self, painter: QPainter | None, width: float) -> float:
        """Place everything from top to bottom and, with a painter, draw it; return the height."""
        table = self._table
        if table is None:
            return 0.0
        left = max(120.0, width * _LABEL_SHARE)
        column = (width - left) / len(table.columns)
        y = self._head(painter, table, left, column, width)
        last = len(table.lines) - 1
        for number, (name, cells) in enumerate(table.lines):
            total = number == last
            lines = wrapped(name, t.font(bold=total), left - 2 * _PAD)
            shares = any(cell.percent for cell in cells)
            tall = max(len(lines) * t.line_height(), t.line_height() + (t.line_height("small") if shares else 0)) + 10
            if painter is not None and total:
                painter.fillRect(QRectF(0, y, width, tall), QColor(t.FOOTER))
            top = y + 5
            for line, _w in lines:
                _write(painter, QRectF(_PAD, top, left, t.line_height()), line, bold=total)
                top += t.line_height()
            for place, cell in enumerate(cells):
                area = QRectF(left + place * column, y + 5, column - _PAD, t.line_height())
                bold = total or place == len(cells) - 1
                _write(painter, area, cell.people, bold=bold, right=True, colour=t.SECOND if cell.hidden else t.INK)
                below = area.translated(0, t.line_height())
                _write(painter, below, cell.percent, role="small", right=True, colour=t.SECOND)
            y += tall
            _line(painter, y, width, t.STRONG_LINE if number == last - 1 else t.ROW_LINE)
        return y

    def _head(self, painter: QPainter | None, table: PrintedCross, left: float, column: float, width: float) -> float:
        font = t.font("small", bold=True)
        titles = [wrapped(title, font, column - _PAD) for title in table.columns]
        small = t.line_height("small")
        tall = max(len(lines) for lines in titles) * small + 10
        if painter is not None:
            painter.fillRect(QRectF(0, 0, width, tall), QColor(t.PAPER))
        for place, lines in enumerate(titles):
            top = tall - 5 - len(lines) * small
            for line, _w in lines:
                area = QRectF(left + place * column, top, column - _PAD, small)
                _write(painter, area, line, role="small", bold=True, right=True, colour=t.SECOND)
                top += small
        words = "人数・％" if any(cell.percent for _name, cells in table.lines for cell in cells) else "人数"
        _write(painter, QRectF(_PAD, tall - 5 - small, left, small), words, role="small", bold=True, colour=t.SECOND)
        _line(painter, tall, width, t.STRONG_LINE)
        return tall


def _line(painter: QPainter | None, y: float, width: float, colour: str) -> None:
    if painter is not None:
        painter.setPen(QPen(QColor(colour), 1))
        painter.drawLine(QPointF(0, y), QPointF(width, y))


def _write(
    painter: QPainter | None,
    area: QRectF,
    words: str,
    *,
    role: t.Role = "body",
    bold: bool = False,
    right: bool = False,
    colour: str = t.INK,
) -> None:
    if painter is None or not words:
        return
    font = t.font(role, bold=bold)
    metrics = QFontMetricsF(font)
    x = area.right() - metrics.horizontalAdvance(words) if right else area.left()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(x, area.top() + (area.height() + metrics.ascent() - metrics.descent()) / 2), words)
