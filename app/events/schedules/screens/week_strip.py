"""Charts of the load by week: blocks beside an event for its week, and a strip of all weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.events.schedules.rules import BUSY_WEEK_ITEM_COUNT, LOAD_KINDS, WeekLoad
from app.widgets.layouts import fix_size
from app.window import theme as t
from app.window.painting import paint_text, stroke, theme_colour

LOAD_FILLS = (t.CHART_BANDS[0], t.CHART_BANDS[1], t.CHART_BANDS[2], t.PAGE)
LEGEND = ("実施", "資料確認（区）", "人数連絡（区）", "報告書の期限（受託者）")
_BLOCK, _HIGH, _BETWEEN = 22, 8, 2
_MAX_BLOCKS_DRAWN = 8


def week_words(week: WeekLoad, today: date) -> str:
    """Return 「9/7(月) の週 実施 1、人数連絡 2 平日に閉庁日」, for tooltip and screen reader."""
    parts = [f"{kind} {count}" for kind, count in zip(LOAD_KINDS, week.counts, strict=True) if count]
    closed = "　平日に閉庁日" if week.has_closed_weekday else ""
    return f"{short_date(week.monday, today)} の週　{'、'.join(parts) or '何もない'}{closed}"


class WeekBlocks(QWidget):
    """Load of the week of one event: one block an item, at most six, and the number. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._week: WeekLoad | None = None
        fix_size(self)

    def show_week(self, week: WeekLoad | None, today: date) -> None:
        """Show a week; None = nothing."""
        self._week = week
        words = week_words(week, today) if week is not None else ""
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the blocks and a number of two digits."""
        return QSize(t.scaled(6 * 11 + 22), t.scaled(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the blocks."""
        if self._week is None:
            return
        with QPainter(self) as painter:
            ink = t.AMBER if self._week.is_busy else t.CHART_BANDS[1]
            shown = min(self._week.total, 6)
            for number in range(shown):
                painter.fillRect(QRectF(number * t.scaled(11), t.scaled(4), t.scaled(9), t.scaled(10)), QColor(ink))
            left = shown * t.scaled(11) + 3
            area = QRectF(left, 0, self.width() - left, self.height())
            paint_text(
                painter,
                area,
                str(self._week.total),
                t.font("small", bold=self._week.is_busy),
                t.AMBER if self._week.is_busy else t.INK_SECONDARY,
            )


class WeekStrip(QWidget):
    """The weeks from the first item to the last, with stacked items; a closed weekday tints a week. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: tuple[WeekLoad, ...] = ()
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("週ごとの件数")

    def show_weeks(self, weeks: Sequence[WeekLoad], today: date) -> None:
        """Show the weeks from the first item to the last."""
        self._weeks, self._today = tuple(weeks), today
        heavy = [week_words(week, today) for week in self._weeks if week.is_busy]
        self.setAccessibleName("週ごとの件数" + fill_nonempty("　多い週：{}", "／".join(heavy)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the fullest week, at least of a busy one, with the line of the Mondays."""
        most = max((min(week.total, _MAX_BLOCKS_DRAWN) for week in self._weeks), default=0)
        return QSize(300, t.scaled(max(most, BUSY_WEEK_ITEM_COUNT) * (_HIGH + _BETWEEN) + 18 + 20))

    def minimumSizeHint(self) -> QSize:
        """Return the height of the size hint."""
        return QSize(200, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show what falls into the week under the pointer as tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._weeks:
            place = int(event.pos().x() / (self.width() / len(self._weeks)))
            if 0 <= place < len(self._weeks):
                QToolTip.showText(event.globalPos(), week_words(self._weeks[place], self._today), self)
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each week: a tint for a closed weekday, its blocks, and its Monday as far as there is room."""
        if not self._weeks:
            return
        with QPainter(self) as painter:
            step = self.width() / len(self._weeks)
            base = self.height() - t.scaled(20)
            block = min(float(t.scaled(_BLOCK)), step - 3)
            metrics = t.metrics("small")
            widest = max(metrics.horizontalAdvance(_monday_text(week)) for week in self._weeks) + 8
            every = max(1, -(-int(widest) // max(int(step), 1)))
            for number, week in enumerate(self._weeks):
                middle = step * (number + 0.5)
                if week.has_closed_weekday:
                    area = QRectF(step * number + 1, 0, step - 2, base)
                    painter.fillRect(area, t.CLOSED_DAY)
                self._draw_blocks(painter, week, QRectF(middle - block / 2, 0, block, base))
                if number % every == 0:
                    left = min(max(middle - widest / 2, 0.0), self.width() - widest)
                    area = QRectF(left, base + 1, widest, self.height() - base - 1)
                    paint_text(painter, area, _monday_text(week), t.font("small"), t.INK, "center")
            painter.setPen(stroke(t.CONTROL))
            painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))

    @staticmethod
    def _draw_blocks(painter: QPainter, week: WeekLoad, area: QRectF) -> None:
        """Draw one block for each item of a week, at most eight, and the number of all above those of a busy week."""
        high, between = t.scaled(_HIGH), t.scaled(_BETWEEN)
        bottom = area.bottom() - 2
        drawn = 0
        for place, count in enumerate(week.counts):
            for _one in range(count):
                if drawn == _MAX_BLOCKS_DRAWN:
                    break
                box = QRectF(area.left(), bottom - high, area.width(), high)
                painter.setPen(stroke(t.CONTROL if place == len(LOAD_FILLS) - 1 else LOAD_FILLS[place]))
                painter.setBrush(theme_colour(LOAD_FILLS[place]))
                painter.drawRect(box)
                bottom -= high + between
                drawn += 1
        if week.is_busy:
            words = QRectF(area.left() - 14, bottom - t.scaled(17), area.width() + 28, t.scaled(17))
            paint_text(painter, words, f"{week.total}件", t.font("small", bold=True), t.AMBER, "center")


def _monday_text(week: WeekLoad) -> str:
    return f"{week.monday.month}/{week.monday.day}"


class Swatch(QWidget):
    """One colour of the legend of the weekly load. Signals: none."""

    def __init__(self, fill: str, *, lined: bool):
        super().__init__()
        self._fill, self._lined = fill, lined
        fix_size(self)

    def sizeHint(self) -> QSize:
        """Return the size of a small block."""
        return QSize(t.scaled(12), t.scaled(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colour."""
        with QPainter(self) as painter:
            painter.setPen(stroke(t.CONTROL if self._lined else self._fill))
            painter.setBrush(theme_colour(self._fill))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
