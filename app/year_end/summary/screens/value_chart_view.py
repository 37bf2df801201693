"""A chart of values on the screen, drawn from the same block as in PDF and Excel; each mark is a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.common.join_nonempty import join_nonempty
from app.documents.chart_blocks import (
    ChartMark,
    MarkFill,
    ValueChart,
    bar_sides,
    connected_pairs,
    is_valley,
    mark_lines,
    share_of_scale,
)
from app.documents.screens.painted_table import Drawing, PaintedTable, paint_fill
from app.widgets.keys import is_enter
from app.window import theme as t
from app.window.line_breaks import wrap_words
from app.window.painting import frame_area, paint_focus, painting, stroke
from db.digits import is_digits

_FILLS: dict[MarkFill, str] = {
    "solid": t.ACCENT, "outlined": t.PAGE, "tinted": t.CHART_BANDS[2], "hatched": "hatch", "light": t.CHART_BANDS[3],
}  # fmt: skip
_PLOT, _BAR, _BAR_ROW = 132, 14, 22
_LEAST_SLOT, _WIDEST_SLOT = 44, 84
_COLUMN, _RANGE_SHARE = 24, 0.66
_DOT = 5.0
_WIDEST_NAME = 150
_TWO_SIDES_WIDTH, _BETWEEN_SIDES = 460, 24
_LEAST_WIDTH = 260


def mark_words(chart: ValueChart, place: int) -> str:
    """Return a mark in words, joined by 「　」: its group, its name, its value with unit, the range of the contract.

    Args:
        place: of the mark, from 0.
    """
    mark = chart.marks[place]
    group = next((one.group for one in reversed(chart.marks[: place + 1]) if one.group), "")
    unit = chart.unit if is_digits(mark.text.replace(".", "", 1)) else ""
    reference = f"（{chart.reference_name}）" if mark.reference_only else ""
    limits = ""
    if mark.lowest is not None and mark.highest is not None:
        span = f"{mark.lowest}" if mark.lowest == mark.highest else f"{mark.lowest}–{mark.highest}"
        limits = f"{chart.range_name} {span}{chart.unit}"
    return join_nonempty(group, mark.label, mark.below, f"{mark.text}{unit}{reference}", limits)


class _MarkButton(QAbstractButton):
    """The area of one mark: Enter or a click opens what it stands for. Signals: those of ``QAbstractButton``."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, as rows of a list do."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame of the focus, or a hairline while the mouse is over it."""
        with painting(self) as painter:
            area = frame_area(self)
            if self.hasFocus():
                paint_focus(painter, area, t.RADIUS)
            elif self.underMouse():
                painter.setPen(stroke(t.CONTROL))
                painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)


class ValueChartView(PaintedTable):
    """A chart whose marks are buttons, left to right or top to bottom. Ctrl+C copies its numbers.

    Signals: ``mark_chosen(int)`` the place of a mark that was clicked, or on which Enter was pressed.
    """

    mark_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart: ValueChart | None = None
        self.buttons: list[_MarkButton] = []

    def show_chart(self, chart: ValueChart, titles: Sequence[str] = ()) -> None:
        """Show a chart with a button on each mark, which emits ``mark_chosen``; ``titles`` say more of each mark."""
        self.chart = chart
        self.setAccessibleName(chart.name)
        self.setAccessibleDescription("、".join(mark_words(chart, place) for place in range(len(chart.marks))))
        while len(self.buttons) > len(chart.marks):
            self.buttons.pop().deleteLater()
        while len(self.buttons) < len(chart.marks):
            made = _MarkButton(self)
            made.clicked.connect(lambda _on, button=made: self.mark_chosen.emit(self.buttons.index(button)))
            made.show()
            self.buttons.append(made)
        for place, button in enumerate(self.buttons):
            words = join_nonempty(titles[place] if place < len(titles) else "", mark_words(chart, place))
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._place_buttons()
        self.updateGeometry()
        self.update()

    def as_clipboard_text(self) -> str:
        """Return headings, names and values of the shown chart separated by tabs, "" without a chart."""
        if self.chart is None:
            return ""
        lines, group = [f"{self.chart.label_name}\t{self.chart.value_name}"], ""
        for mark in self.chart.marks:
            group = mark.group or group
            value = mark.text if mark.value is None else f"{mark.value:g}"
            lines.append(f"{join_nonempty(group, mark.label, mark.below)}\t{value}")
        return "\n".join(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the buttons to their marks."""
        super().resizeEvent(event)
        self._place_buttons()

    def sizeHint(self) -> QSize:
        """Return the present width, at least 260 pixels, with the height that it needs."""
        width = max(self.width(), _LEAST_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return 260 pixels as width, with the height that the present width needs."""
        return QSize(_LEAST_WIDTH, self.heightForWidth(max(self.width(), _LEAST_WIDTH)))

    def _place_buttons(self) -> None:
        """Place a button over each mark, so that marks can be reached by keyboard."""
        if self.chart is not None:
            drawing = _Drawing(self.chart, float(self.width()), None)
            for button, area in zip(self.buttons, drawing.areas, strict=True):
                button.setGeometry(area.toRect())

    def _paint_from_top(self, painter: QPainter | None, width: float) -> float:
        """Draw the chart, only measured if ``painter`` is None; return its height, 0 without a chart."""
        return _Drawing(self.chart, width, painter).height if self.chart is not None else 0.0


class _Drawing(Drawing):
    """One chart of values."""

    def __init__(self, chart: ValueChart, width: float, painter: QPainter | None):
        super().__init__(width, painter)
        self.chart = chart
        self._body = t.line_height()
        self.areas: list[QRectF] = []
        y = self._legend(0.0)
        if chart.shape == "bars":
            y = self._bars(y)
        else:
            room = width - self._axis_width()
            for marks in mark_lines(chart.marks, int(room / self._least_slot())):
                y = self._plot(y, marks, room)
        self.height = self._note(chart.note, y)

    # legend and note

    def _legend(self, y: float) -> float:
        """Draw what the fills, the range and the dashed marks are, if there are any; return where that ends."""
        chart, x, top = self.chart, 0.0, y
        dashed = chart.reference_name if any(mark.reference_only for mark in chart.marks) else ""
        entries = [(_FILLS[fill], words) for fill, words in chart.legend]
        entries += [("range", chart.range_name)] if chart.range_name else []
        entries += [("dashed", dashed)] if dashed else []
        metrics = t.metrics("small")
        for sign, words in entries:
            need = 22 + metrics.horizontalAdvance(words) + 14
            if x and x + need - 14 > self.width:
                x, top = 0.0, top + self._small + 2
            self._sign(QRectF(x, top + self._small / 2 - 5, 16, 10), sign)
            self._text(QPointF(x + 22, top), words)
            x += need
        return top + self._small + 6 if entries else y

    def _sign(self, area: QRectF, sign: str) -> None:
        if self._painter is None:
            return
        if sign == "range":
            self._range(area)
        elif sign == "dashed":
            self._dot(area.center(), dashed=True)
        else:
            paint_fill(self._painter, area, sign)

    # columns and line

    def _axis_width(self) -> float:
        metrics = t.metrics("small")
        return max(metrics.horizontalAdvance(f"{tick}{self.chart.unit}") for tick in self.chart.ticks) + 8

    def _least_slot(self) -> float:
        metrics = t.metrics("small")
        words = [word for mark in self.chart.marks for word in (mark.label, mark.below)]
        return max(float(_LEAST_SLOT), *(metrics.horizontalAdvance(word) + 8 for word in words or [""]))

    def _plot(self, y: float, marks: Sequence[ChartMark], room: float) -> float:
        """Draw a chart of columns or a line with its axis, and return where it ends."""
        high, left = float(t.scaled(_PLOT)), self._axis_width()
        top = y + self._body + 2
        slot = min(room / max(len(marks), 1), float(t.scaled(_WIDEST_SLOT)))

        def height_of(value: float) -> float:
            """Return the y of a value on the scale, in pixels."""
            return top + high * (1 - share_of_scale(value, self.chart.ticks))

        for tick in self.chart.ticks:
            at = height_of(tick)
            self._text(QPointF(left - 6, at - self._small / 2), f"{tick}{self.chart.unit}", align=1.0)
            self._rule(left, at, slot * len(marks), t.CONTROL if tick == self.chart.ticks[0] else t.HAIRLINE)
        middles = [left + slot * (place + 0.5) for place in range(len(marks))]
        draw = self._columns if self.chart.shape == "columns" else self._line
        draw(marks, middles, slot, height_of)
        foot = top + high + 4
        for mark, middle in zip(marks, middles, strict=True):
            self._text(QPointF(middle, foot), mark.label, "small", t.INK, align=0.5)
            self._text(QPointF(middle, foot + self._small), mark.below, align=0.5)
            self.areas.append(QRectF(middle - slot / 2 + 1, y, slot - 2, foot + 2 * self._small + 2 - y))
        return foot + 2 * self._small + 8

    def _columns(
        self, marks: Sequence[ChartMark], middles: Sequence[float], slot: float, height_of: Callable[[float], float]
    ) -> None:
        wide = min(slot * 0.5, float(t.scaled(_COLUMN)))
        for mark, middle in zip(marks, middles, strict=True):
            if mark.lowest is not None and mark.highest is not None:
                upper, lower = height_of(mark.highest), height_of(mark.lowest)
                self._range(QRectF(middle - slot * _RANGE_SHARE / 2, upper, slot * _RANGE_SHARE, lower - upper))
            if mark.value is None:
                self._text(QPointF(middle, height_of(0) - self._small), mark.text, align=0.5)
                continue
            top = height_of(mark.value)
            if self._painter is not None and mark.value:
                paint_fill(self._painter, QRectF(middle - wide / 2, top, wide, height_of(0) - top), _FILLS[mark.fill])
            self._value(QPointF(middle, top - self._body), mark.text)

    def _line(
        self, marks: Sequence[ChartMark], middles: Sequence[float], _slot: float, height_of: Callable[[float], float]
    ) -> None:
        """Draw the points of a line chart and connect neighbours that both have a value."""
        points = [
            QPointF(middle, height_of(mark.value)) if mark.value is not None else None
            for mark, middle in zip(marks, middles, strict=True)
        ]
        if self._painter is not None:
            self._painter.setPen(stroke(t.ACCENT, 2))
            for one, two in connected_pairs(points):
                self._painter.drawLine(one, two)
        for place, (mark, point) in enumerate(zip(marks, points, strict=True)):
            if point is None:
                at = QPointF(middles[place], height_of(self.chart.ticks[0]) - self._small)
                self._text(at, mark.text, align=0.5)
                continue
            self._dot(point, dashed=mark.reference_only)
            below = is_valley(marks, place)
            self._value(QPointF(point.x(), point.y() + 8 if below else point.y() - self._body - 7), mark.text)

    # bars

    def _bars(self, y: float) -> float:
        """Draw horizontal bars in one or two columns, and return where they end."""
        sides = bar_sides(self.chart.marks, room_for_two=self.width >= t.scaled(_TWO_SIDES_WIDTH))
        width = (self.width - _BETWEEN_SIDES * (len(sides) - 1)) / len(sides)
        return max(
            self._bar_rows(side, number * (width + _BETWEEN_SIDES), y, width) for number, side in enumerate(sides)
        )

    def _bar_rows(self, marks: Sequence[ChartMark], x: float, y: float, width: float) -> float:
        """Draw the bars of one side with their names, and return where they end."""
        small, bold = t.metrics("small"), t.metrics(bold=True)
        limit = min(float(t.scaled(_WIDEST_NAME)), width * 0.4)
        names = [wrap_words(mark.label, t.font("small"), limit) for mark in marks]
        widest = max((small.horizontalAdvance(line) for lines in names for line, _w in lines), default=0.0)
        left = x + widest + 12
        widest_text = max((bold.horizontalAdvance(mark.text) for mark in self.chart.marks), default=0.0)
        full = x + width - left - widest_text - 10
        for mark, lines in zip(marks, names, strict=True):
            if mark.group:
                self._text(QPointF(x, y), mark.group, "small", t.INK, bold=True)
                y += self._small + 2
            height = max(float(t.scaled(_BAR_ROW)), len(lines) * self._small + 4)
            self._bar(mark, y, height, left, full)
            top = y + (height - len(lines) * self._small) / 2
            for number, (line, _w) in enumerate(lines):
                self._text(QPointF(x, top + number * self._small), line, "small", t.INK)
            self.areas.append(QRectF(x, y, width, height))
            y += height
        return y

    def _bar(self, mark: ChartMark, y: float, height: float, left: float, full: float) -> None:
        """Draw one horizontal bar with its value, or the text of a mark without one."""
        middle = y + height / 2
        if mark.value is None:
            self._text(QPointF(left, middle - self._small / 2), mark.text)
            return
        wide, high = full * share_of_scale(mark.value, self.chart.ticks), float(t.scaled(_BAR))
        if self._painter is not None and wide:
            paint_fill(self._painter, QRectF(left, middle - high / 2, max(wide, 2.0), high), _FILLS[mark.fill])
        self._text(QPointF(left + wide + 8, middle - self._body / 2), mark.text, "body", t.INK, bold=True)

    # pen

    def _range(self, area: QRectF) -> None:
        """Draw the range of the contract as a tinted area between two hairlines; a single number is a narrow one."""
        if self._painter is None:
            return
        if area.height() < 2:
            area = area.adjusted(0, -4, 0, 4)
        self._painter.fillRect(area, QColor(t.SELECTION))
        for edge in (area.top(), area.bottom()):
            self._rule(area.left(), edge, area.width(), t.CHART_BANDS[1])

    def _dot(self, middle: QPointF, *, dashed: bool) -> None:
        """Draw one point of a line, dashed where its value is only provisional."""
        if self._painter is None:
            return
        pen = stroke(t.ACCENT, 1.6)
        if dashed:
            pen.setStyle(Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        self._painter.setBrush(QColor(t.PAGE if dashed else t.ACCENT))
        self._painter.drawEllipse(middle, _DOT, _DOT)

    def _value(self, at: QPointF, words: str) -> None:
        """Write a value on white around ``at``, clear of the lines of the scale."""
        if self._painter is not None:
            wide = t.metrics(bold=True).horizontalAdvance(words) + 4
            self._painter.fillRect(QRectF(at.x() - wide / 2, at.y() + 1, wide, self._body - 2), QColor(t.PAGE))
        self._text(at, words, "body", t.INK, bold=True, align=0.5)

    def _text(
        self,
        at: QPointF,
        words: str,
        role: t.Role = "small",
        colour: str = "",
        *,
        bold: bool = False,
        align: float = 0.0,
    ) -> None:
        """Write one line whose top is at ``at``: from it on (0), around it (0.5), or up to it (1)."""
        height = self._small if role == "small" else self._body
        self._write(at.x(), at.y(), height, words, role, colour, bold=bold, align=align)
