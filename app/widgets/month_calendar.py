"""A month with its events, deadlines and closed days, and the buttons that turn the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.kind_square import paint_kind
from app.widgets.labels import label
from app.widgets.month_days import DayMarks, month_after, month_title
from app.widgets.month_page import MonthPage
from app.widgets.screen import row
from app.window import theme as t
from app.window.icons import paint_icon


class MonthCalendar(QWidget):
    """A month calendar.

    Signals: ``day_chosen(date)``; ``day_opened(date)`` Enter or double click; ``month_changed(int,
    int)`` year and month after turning the page: give the marks of that month then.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)
    month_changed = Signal(int, int)

    def __init__(
        self, *, today: date, compact: bool = False, title: bool = True, parent: QWidget | None = None
    ) -> None:
        """``compact`` draws squares and counts only (home); ``title`` False leaves the month's name out."""
        super().__init__(parent)
        self._today = today
        self._at = (today.year, today.month)
        self.page = MonthPage(compact=compact)
        self.page.today = today
        self.page.setAccessibleName("カレンダー")
        self._title = label("", "strong" if compact else "h2")
        self._western = label("", "second")
        back = Button("前の月", lambda: self.turn(-1), kind="icon", icon_name="caret-left")
        now = Button("今日", self._to_today)
        on = Button("つぎの月", lambda: self.turn(1), kind="icon", icon_name="caret-right")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = row(self._title, self._western, None, back, now, on)
        column.addLayout(head)
        if compact:
            now.hide()
            self._western.hide()
        if not title:
            self._title.hide()
            self._western.hide()
        column.addWidget(self.page, 1)
        column.addWidget(Legend())
        self.page.day_chosen.connect(self._choose)
        self.page.day_opened.connect(self.day_opened)
        self.page.turned.connect(self.turn)
        self._show()

    def month(self) -> tuple[int, int]:
        """Year and month shown."""
        return self._at

    def show_western(self, on: bool) -> None:
        """Show or leave out the western year beside the title, where the room is short."""
        self._western.setVisible(on)

    def show_month(self, year: int, month: int) -> None:
        """Show a month (without telling)."""
        self._at = (year, month)
        self._show()

    def show_marks(self, marks: dict[date, DayMarks], is_closed: Callable[[date], bool] | None = None) -> None:
        """Show what is on the days; without ``is_closed`` only weekends are shaded."""
        self.page.show_marks(marks, is_closed or (lambda day: day.weekday() >= 5))

    def choose(self, day: date | None) -> None:
        """Mark a day, turning to its month when needed."""
        if day is not None and (day.year, day.month) != self._at:
            self._at = (day.year, day.month)
            self._show()
            self.month_changed.emit(*self._at)
        self.page.choose(day)

    def turn(self, step: int) -> None:
        """Turn the page."""
        self._at = month_after(*self._at, step)
        self._show()
        self.month_changed.emit(*self._at)

    def _to_today(self) -> None:
        self.choose(self._today)
        self.day_chosen.emit(self._today)

    def _choose(self, day: date) -> None:
        if (day.year, day.month) != self._at:
            self.choose(day)
        self.day_chosen.emit(day)

    def _show(self) -> None:
        year, month = self._at
        self._title.setText(month_title(year, month))
        self._western.setText(str(year))
        self.page.show_month(year, month)
        self.page.setAccessibleName(f"{month_title(year, month)}のカレンダー")


class Legend(QWidget):
    """What the signs of the calendar mean, wrapping where the room is short. Signals: none."""

    _ENTRIES = ("講習会", "派遣", "意見交換会", "期限", "閉庁日")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("凡例　" + "　".join(self._ENTRIES))

    def _places(self, width: int) -> list[tuple[str, QRectF]]:
        metrics = QFontMetricsF(t.font("small"))
        side = t.scaled(14)
        height = t.line_height("small") + 2
        x, y = 0.0, 0.0
        places: list[tuple[str, QRectF]] = []
        for entry in self._ENTRIES:
            need = side + 4 + metrics.horizontalAdvance(entry) + 10
            if x and x + need - 10 > width:
                x, y = 0.0, y + height
            places.append((entry, QRectF(x, y, need, height)))
            x += need
        return places

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        return round(self._places(width)[-1][1].bottom()) + 1

    def sizeHint(self) -> QSize:
        """One line where it fits."""
        return QSize(200, self.heightForWidth(max(self.width(), 276)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setFont(t.font("small"))
        side = t.scaled(14)
        for entry, place in self._places(self.width()):
            square = QRectF(place.left(), place.center().y() - side / 2, side, side)
            if entry == "期限":
                paint_icon(painter, "flag-fill", square, t.AMBER)
            elif entry == "閉庁日":
                painter.setPen(QPen(QColor(t.STRONG_LINE), 1))
                painter.setBrush(QColor(t.CLOSED_DAY))
                painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
            else:
                paint_kind(painter, square, entry)
            painter.setPen(QColor(t.SECOND))
            words = place.adjusted(side + 4, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry)
        painter.end()
