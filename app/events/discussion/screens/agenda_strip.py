"""Strip with the 進行表 of the day and its clock times, which shows the current item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.event.rules.agenda import TimedItem, minutes_of
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.line_breaks import wrapped
from app.window.painting import paint_box, painting, stroke

_PAD = 8
_GAP = 5
_MIN_ITEM_WIDTH = 106


class AgendaStrip(QWidget):
    """Items with a width by their minutes, on several lines in a narrow window. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[TimedItem, ...] = ()
        self._minute: int | None = None
        self._short = False
        self.setSizePolicy(QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_items(self, items: Sequence[TimedItem], *, minute: int | None) -> None:
        """Show the timetable; ``minute`` is the minute of the day, None on any other day."""
        self._items, self._minute = tuple(items), minute
        self.setAccessibleName("進行表")
        self.setAccessibleDescription(
            "、".join(f"{one.start} {one.item.title}{self._time_left_text(one)}" for one in self._items)
        )
        self.setToolTip("")
        self._fit_height()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Set whether only the running item with one before and two after it is shown; none while no item runs."""
        if compact != self._short:
            self._short = compact
            self._fit_height()
            self.update()

    def _visible_items(self) -> tuple[TimedItem, ...]:
        """Return the items shown: all, or if compact the running one with one before and two after it (() without)."""
        if not self._short:
            return self._items
        here = next((place for place, one in enumerate(self._items) if self._item_state(one) == "now"), None)
        return () if here is None else self._items[max(here - 1, 0) : here + 3]

    def _item_state(self, item: TimedItem) -> str:
        """Return whether an item is over ("past"), runs ("now") or is to come or without a time ("ahead")."""
        if self._minute is None or not item.start:
            return "ahead"
        if self._minute >= minutes_of(item.end):
            return "past"
        return "now" if self._minute >= minutes_of(item.start) else "ahead"

    def _time_left_text(self, item: TimedItem) -> str:
        """Return how many minutes the running item has left, "" for any other."""
        if self._minute is None or self._item_state(item) != "now":
            return ""
        return f"　あと{minutes_of(item.end) - self._minute}分"

    def _lines_with_widths(self) -> list[list[tuple[TimedItem, float]]]:
        width = self.width()
        least = t.scaled(_MIN_ITEM_WIDTH)
        items = self._visible_items()
        a_line = max(1, int((width + _GAP) // (least + _GAP)))
        count = -(-len(items) // a_line)
        size = -(-len(items) // max(count, 1)) or 1
        lines = [items[at : at + size] for at in range(0, len(items), size)]
        found = []
        for line in lines:
            room = width - _GAP * (len(line) - 1) - least * len(line)
            minutes = sum(one.item.minutes or 0 for one in line) or 1
            found.append([(one, least + max(room, 0) * (one.item.minutes or 0) / minutes) for one in line])
        return found

    def _height(self, line: Sequence[tuple[TimedItem, float]]) -> float:
        metrics = t.metrics("small")
        tallest = 0.0
        for one, width in line:
            font = self._font(one)
            words = wrapped(one.item.title, font, width - 2 - 2 * _PAD)
            tallest = max(tallest, QFontMetricsF(font).size(0, words).height())
        return metrics.lineSpacing() + tallest + 12

    def _font(self, item: TimedItem) -> QFont:
        return t.font("small", bold=self._item_state(item) == "now")

    def _fit_height(self) -> None:
        """Set the height that all lines need."""
        lines = self._lines_with_widths()
        height = round(sum(self._height(line) + _GAP for line in lines))
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(max(height, 1))

    def sizeHint(self) -> QSize:
        """Return the width of one item; the height follows from the width."""
        return QSize(t.scaled(_MIN_ITEM_WIDTH), max(self.minimumHeight(), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines for the new width."""
        super().resizeEvent(event)
        self._fit_height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a box for each item with its time and title, in the colour of its state."""
        with painting(self) as painter:
            y = 1.0
            for line in self._lines_with_widths():
                height = self._height(line)
                x = 0.0
                for one, width in line:
                    self._draw(painter, one, QRectF(x + 1, y, width - 2, height - 2))
                    x += width + _GAP
                y += height + _GAP

    def _draw(self, painter: QPainter, item: TimedItem, area: QRectF) -> None:
        state = self._item_state(item)
        fill, line, ink = {
            "past": (t.PAPER_TINT, t.STRONG_LINE, t.INK_SECONDARY),
            "now": (t.AMBER_TINT, t.AMBER, t.AMBER_INK),
            "ahead": (t.PAGE, t.CONTROL, t.INK),
        }[state]
        paint_box(painter, area, stroke(line, 2 if state == "now" else 1), QColor(fill))
        metrics = QFontMetricsF(self._font(item))
        x = area.x() + _PAD
        if state == "past":
            side = round(metrics.ascent()) + 1
            paint_icon(painter, "check-circle-fill", QRectF(x, area.y() + 4, side, side), t.GREEN)
            x += side + 4
        painter.setPen(QColor(ink))
        painter.setFont(self._font(item))
        painter.drawText(
            QPointF(x, area.y() + 4 + metrics.ascent()),
            f"{item.start}{self._time_left_text(item) or f'　{item.item.minutes}分'}",
        )
        below = area.adjusted(_PAD, 5 + metrics.lineSpacing(), -_PAD, 0)
        painter.drawText(below, 0, wrapped(item.item.title, painter.font(), below.width()))
