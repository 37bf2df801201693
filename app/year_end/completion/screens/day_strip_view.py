"""The payment period as a strip of days, with counted, suspended, remaining and closed days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.calendar.dates import short_date, short_date_plain
from app.window import theme as t
from app.window.painting import paint_box, stroke
from app.year_end.completion.rules import CellState, DayCell, DayStrip

_STEP = 17
_MIN_DAY_WIDTH = 11
_TALL = 22
_GAP = 8
_LEGEND: tuple[tuple[CellState, str], ...] = (
    ("数えた", "数えた日"),
    ("止めた", "止めた日（返戻の日から再受領の日まで）"),
    ("これから", "これから"),
    ("閉庁日", "閉庁日"),
)


class DayStripView(QWidget):
    """The strip, with its content as accessible text; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self._strip: DayStrip | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_strip(self, strip: DayStrip | None) -> None:
        """Show a payment period, None = nothing is counted yet."""
        self._strip = strip
        self.setAccessibleName(strip_words(strip) if strip is not None else "")
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return the shown days in words, as for a screen reader; "" for none."""
        return self.accessibleName()

    # measures

    def _across(self, width: int) -> tuple[float, int]:
        """Return the width of a day, and the days in a line."""
        count = len(self._strip.cells) if self._strip is not None else 1
        step = max(_MIN_DAY_WIDTH, min(_STEP, (width - 2) / count))
        return step, max(1, min(count, int((width - 2) // step)))

    def _line_height(self) -> float:
        return t.scaled(_TALL) + t.line_height("small") + 4

    def _legend_lines(self, width: int) -> list[list[tuple[CellState, str]]]:
        """Return the entries (state, words) of the legend, in lines that fit the width."""
        metrics = t.metrics("small")
        lines: list[list[tuple[CellState, str]]] = [[]]
        used = 0.0
        for state, words in _LEGEND:
            wide = metrics.horizontalAdvance(words) + 16 + 20
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0.0
            lines[-1].append((state, words))
            used += wide
        return lines

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines of days with their dates, and the legend."""
        if self._strip is None:
            return 0
        _step, per_line = self._across(width)
        lines = -(-len(self._strip.cells) // per_line)
        legend = len(self._legend_lines(width)) * t.line_height("small")
        return round(lines * self._line_height() + _GAP / 2 + legend) + 2

    def sizeHint(self) -> QSize:
        """Return 480 wide, with the height that the content needs at the current width."""
        return QSize(480, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        """Return 240 wide, since days wrap to further lines, with the height needed at the current width."""
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def changeEvent(self, event: QEvent) -> None:
        """Update the height for another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the days with their dates, and the legend below; nothing without a period."""
        if self._strip is None:
            return
        with QPainter(self) as painter:
            step, per_line = self._across(self.width())
            cells = self._strip.cells
            at = 1.0
            for first in range(0, len(cells), per_line):
                line = cells[first : first + per_line]
                for number, cell in enumerate(line):
                    _paint_cell(painter, QRectF(1 + number * step, at, step - 3, t.scaled(_TALL)), cell)
                _paint_days(painter, line, step, at + t.scaled(_TALL) + 2, self.width())
                at += self._line_height()
            self._paint_legend(painter, at + _GAP / 2)

    def _paint_legend(self, painter: QPainter, at: float) -> None:
        """Draw the legend below the strip, from ``at`` downward."""
        painter.setFont(t.font("small"))
        metrics = t.metrics("small")
        high = t.line_height("small")
        for line in self._legend_lines(self.width()):
            left = 1.0
            for state, words in line:
                side = 11.0
                _paint_ground(painter, QRectF(left, at + (high - side) / 2, side, side), state)
                painter.setPen(t.INK_SECONDARY)
                wide = metrics.horizontalAdvance(words)
                painter.drawText(QRectF(left + 16, at, wide + 4, high), Qt.AlignmentFlag.AlignVCenter, words)
                left += wide + 16 + 20
            at += high


def _paint_ground(painter: QPainter, area: QRectF, state: CellState) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == "数えた":
        painter.setPen(stroke(t.ACCENT_DARK))
        painter.setBrush(t.ACCENT)
    elif state == "閉庁日":
        painter.setPen(stroke(t.STRONG_LINE))
        painter.setBrush(t.CLOSED_DAY)
    elif state == "これから":
        painter.setPen(stroke(t.ACCENT))
        painter.setBrush(t.PAGE)
    else:
        painter.setPen(stroke(t.CONTROL))
        painter.setBrush(t.PAGE)
    painter.drawRoundedRect(area, 2, 2)
    if state == "止めた":
        painter.save()
        painter.setClipRect(area)
        painter.setPen(stroke(t.CONTROL))
        across = area.height()
        start = area.left() - across
        while start < area.right():
            painter.drawLine(QPointF(start, area.top()), QPointF(start + across, area.bottom()))
            start += 4
        painter.restore()


def _paint_cell(painter: QPainter, area: QRectF, cell: DayCell) -> None:
    """Draw the square of one day; the last day has an amber frame."""
    _paint_ground(painter, area, cell.state)
    if cell.last:
        paint_box(painter, area, stroke(t.AMBER, 2), t.AMBER_TINT, radius=2)


def _paint_days(painter: QPainter, line: Sequence[DayCell], step: float, top: float, width: int) -> None:
    """Draw the dates under a line, in the order of ``_labels``; one that overlaps an earlier one is left out."""
    metrics = t.metrics("small", bold=True)
    taken: list[tuple[float, float]] = []
    for place, words, strong in _labels(line):
        wide = metrics.horizontalAdvance(words) + 4
        left = min(max(0.0, (place + 0.5) * step - wide / 2), width - wide)
        if any(left < end and begin < left + wide for begin, end in taken):
            continue
        taken.append((left - 4, left + wide + 4))
        painter.setFont(t.font("small", bold=strong))
        painter.setPen(t.AMBER if strong else t.INK_SECONDARY)
        painter.drawText(
            QRectF(left, top, wide, t.line_height("small")),
            int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter),
            words,
        )


def _labels(line: Sequence[DayCell]) -> list[tuple[float, str, bool]]:
    """Return (place in the line, words, whether it is the last day or today) of each label, most important first.

    After those two come the receipt, each span of stopped days, and Mondays to come.
    """

    def plain(cell: DayCell) -> str:
        """Return 「4/5」."""
        return f"{cell.day.month}/{cell.day.day}"

    found = [(float(place), plain(cell), True) for place, cell in enumerate(line) if cell.last]
    found += [(float(place), plain(cell), True) for place, cell in enumerate(line) if cell.today and not cell.last]
    found += [(float(place), plain(cell), False) for place, cell in enumerate(line) if cell.state == "受領"]
    start = None
    for place, cell in enumerate([*line, None]):
        stopped = cell is not None and cell.state == "止めた"
        if stopped and start is None:
            start = place
        if not stopped and start is not None:
            end = place - 1
            words = plain(line[start]) + (f"–{plain(line[end])}" if end > start else "")
            found.append(((start + end) / 2, words, False))
            start = None
    found += [
        (float(place), plain(cell), False)
        for place, cell in enumerate(line)
        if cell.state == "これから" and cell.day.weekday() == 0
    ]
    return found


def strip_words(strip: DayStrip) -> str:
    """Return the period as a sentence.

    E.g. 「支払の時計　4/5(月) 受領、経過 2日、止めた日 6日、残り 28日（開庁日 16日）、期限 5/11(火)」.
    """
    parts = [
        f"{short_date_plain(strip.cells[0].day)} 受領",
        f"経過 {strip.passed}日",
        f"止めた日 {strip.stopped}日",
    ]
    if strip.last_day is not None:
        parts += [f"残り {strip.remaining}日（開庁日 {strip.remaining_open}日）", f"期限 {short_date(strip.last_day)}"]
    else:
        parts.append("再受領まで期限は数えない")
    return "支払の時計　" + "、".join(parts)
