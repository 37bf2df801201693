"""A month calendar: a page with events, flags and closed days, and buttons to change the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.widgets.badges import kind_looks, paint_kind
from app.widgets.buttons import Button
from app.widgets.keys import ENTER
from app.widgets.labels import label
from app.widgets.layouts import in_column
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.announce import announce
from app.window.icons import paint_icon
from app.window.painting import frame_area, paint_box, paint_focus, paint_text, stroke, theme_colour
from db.record import record

WEEK = "日月火水木金土"


@record
class DayMarks:
    """The content of one day: events as (kind, short text), number of deadlines, whether the office is closed.

    ``flag_words`` replaces the bare number of deadlines at the flag (「資料」「3件」); ``overdue`` draws it red with
    「!」. ``closed_words`` names the holiday (「敬老」), shown if there is room. ``tip`` has everything in full.
    """

    events: tuple[tuple[str, str], ...] = ()
    flags: int = 0
    flag_words: str = ""
    overdue: bool = False
    closed: bool = False
    closed_words: str = ""
    tip: str = ""


def page_days(year: int, month: int) -> tuple[date, ...]:
    """Return the days of a calendar page, whole weeks from Sunday on."""
    first = date(year, month, 1)
    start = first - timedelta(days=(first.weekday() + 1) % 7)
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    weeks = ((last - start).days // 7) + 1
    return tuple(start + timedelta(days=n) for n in range(weeks * 7))


def month_after(year: int, month: int, step: int) -> tuple[int, int]:
    """Return year and month (1–12) ``step`` months later, earlier for a negative ``step``."""
    number = year * 12 + month - 1 + step
    return number // 12, number % 12 + 1


def month_title(year: int, month: int) -> str:
    """Return 「令和8年9月」."""
    from app.calendar.wareki import month_words

    return month_words(date(year, month, 1))


_NOTHING = DayMarks()
_WARD_DUE = "区の期限"
"""Flags are those of the ward; what the contractor owes stands in lists."""
_OVERDUE = "!"


@spoken_as(QAccessible.Role.Table)
class MonthPage(QWidget):
    """The grid of days.

    Signals: ``day_chosen(date)`` click or arrow keys; ``day_opened(date)`` Enter or double click; ``turned(int)``
    PageUp (-1), PageDown (1), or an arrow beyond the page.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._month = 1
        self._marks: dict[date, DayMarks] = {}
        self._is_closed: Callable[[date], bool] = lambda day: day.weekday() >= 5
        self.today: date | None = None
        self.chosen: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_month(self, year: int, month: int) -> None:
        """Show the page of a month, with the days of others that fill its weeks; marks and selection stay."""
        self._days = page_days(year, month)
        self._month = month
        self.updateGeometry()
        self.update()

    def show_marks(self, marks: dict[date, DayMarks], is_closed: Callable[[date], bool]) -> None:
        """Show the content of the days; ``is_closed(day)`` says whether a day is closed whose marks don't say so."""
        self._marks = marks
        self._is_closed = is_closed
        self.update()

    def choose(self, day: date | None) -> None:
        """Select a day (None = none), and have its text spoken if the page has the focus."""
        self.chosen = day
        words = self.day_text(day) if day is not None else ""
        if self.hasFocus() and words != self.accessibleDescription():
            announce(self, words)
        self.setAccessibleDescription(words)
        self.update()

    def day_text(self, day: date) -> str:
        """Return the tip given for a day, else its content as text: 「9/1(火)　講習会 第1回　期限 2件」."""
        marks = self._marks.get(day, _NOTHING)
        parts = [f"{day.month}/{day.day}({WEEK[(day.weekday() + 1) % 7]})"]
        parts += [f"{kind} {words}".strip() for kind, words in marks.events]
        if marks.flags:
            parts.append(f"期限 {marks.flags}件" + ("（超過あり）" if marks.overdue else ""))
        if marks.closed or self._is_closed(day):
            parts.append(f"閉庁日 {marks.closed_words}".strip())
        return marks.tip or "　".join(parts)

    def rect_of(self, day: date) -> QRectF:
        """Return the rectangle of a day, which must be on the page shown."""
        number = self._days.index(day)
        head = self._heading_height()
        weeks = len(self._days) // 7
        width = (self.width() - 1) / 7
        height = (self.height() - head - 1) / weeks
        return QRectF(number % 7 * width, head + number // 7 * height, width, height)

    def day_at(self, position: QPointF) -> date | None:
        """Return the day at a point of the page; None above or beside the days."""
        return next((day for day in self._days if self.rect_of(day).contains(position)), None)

    def sizeHint(self) -> QSize:
        """Return a size with a comfortable height for the weeks shown, at least five."""
        return QSize(276, t.scaled(24 + 48 * max(5, len(self._days) // 7)))

    def minimumSizeHint(self) -> QSize:
        """Return the size at which no number of the weeks shown, at least five, is cut."""
        return QSize(196, t.scaled(24 + 40 * max(5, len(self._days) // 7)))

    def _heading_height(self) -> int:
        return t.line_height("small") + 4

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the weekdays and all days with their marks, and frames around the selected day and the focused page."""
        with QPainter(self) as painter:
            if self._days:
                self._paint_head(painter)
                for day in self._days:
                    self._paint_day(painter, day, self.rect_of(day))
                if self.chosen in self._days and self.chosen is not None:
                    paint_focus(painter, self.rect_of(self.chosen).adjusted(1, 1, -1, -1))
            if self.hasFocus():
                paint_focus(painter, frame_area(self))

    def _paint_head(self, painter: QPainter) -> None:
        width = (self.width() - 1) / 7
        painter.setFont(t.font("small", bold=True))
        for number, word in enumerate(WEEK):
            painter.setPen(t.RED if number == 0 else t.INK_SECONDARY)
            area = QRectF(number * width, 0, width, self._heading_height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_day(self, painter: QPainter, day: date, area: QRectF) -> None:
        """Draw one day: its number, its marks, tinted if closed; red on Sundays and holidays, boxed if today."""
        marks = self._marks.get(day, _NOTHING)
        closed = marks.closed or self._is_closed(day)
        if closed:
            painter.fillRect(area, t.CLOSED_DAY)
        painter.setPen(stroke(t.ROW_LINE))
        painter.drawRect(area)
        inside = day.month == self._month
        height = t.line_height("body") - 1
        number = QRectF(area.left(), area.top() + 1, area.width(), height)
        painter.setFont(t.font("body"))
        holiday = bool(marks.closed_words) or day.weekday() == 6
        colour = t.INK_WEAK if not inside else t.RED if holiday else t.INK
        if day == self.today:
            box = QRectF(0, 0, t.scaled(24), height - 2)
            box.moveCenter(number.center())
            paint_box(painter, box, Qt.PenStyle.NoPen, t.INK, radius=3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setFont(t.font("small", bold=True))
            colour = t.PAGE
        painter.setPen(theme_colour(colour))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._paint_marks(painter, marks, area.adjusted(1, height + 1, -1, -1), inside=inside)

    def _paint_marks(self, painter: QPainter, marks: DayMarks, area: QRectF, *, inside: bool) -> None:
        """Draw the marks of a day: up to two events and the flag, or the name of the holiday if there is none.

        In a low page they stand side by side in one line. ``inside`` False = a day of another month, in weak colour.
        """
        side = float(t.scaled(14))
        if marks.closed_words and not marks.events and not marks.flags:
            painter.setPen(t.RED if inside else t.INK_WEAK)
            painter.setFont(t.font("small"))
            is_long = t.metrics("small").horizontalAdvance(marks.closed_words) > area.width()
            words = marks.closed_words[:2] if is_long else marks.closed_words  # 勤労, 天皇
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)
        top = area.top()
        one_line = area.height() < 2 * side + 2
        pieces = [*marks.events[: 1 if one_line and marks.flags else 2]]
        if marks.flags:
            # 超過 is said by a sign too: red beside amber is the same grey in print and to some eyes.
            sign = _OVERDUE if marks.overdue else ""
            pieces.append(("flag", sign + (marks.flag_words or (str(marks.flags) if marks.flags > 1 else ""))))
        if one_line and len(pieces) > 1:
            pieces, slots = self._side_by_side(pieces, area, side, marks)
        else:
            slots = [QRectF(area.left(), top + n * (side + 1), area.width(), side) for n in range(len(pieces))]
        for (what, words), slot in zip(pieces, slots, strict=True):
            self._paint_piece(painter, what, words, slot, marks)

    def _side_by_side(
        self, pieces: list[tuple[str, str]], area: QRectF, side: float, marks: DayMarks
    ) -> tuple[list[tuple[str, str]], list[QRectF]]:
        """Return the pieces that fit in one line with their rectangles; texts of events are dropped first."""
        metrics = t.metrics("small")

        def need(piece: tuple[str, str]) -> float:
            """Return the width that a piece takes with its text."""
            return side + (metrics.horizontalAdvance(piece[1]) + 6 if piece[1] else 2)

        if sum(need(piece) for piece in pieces) > area.width():
            pieces = [(what, words if what == "flag" else "") for what, words in pieces]
        if sum(need(piece) for piece in pieces) > area.width():
            pieces = [(what, _OVERDUE if what == "flag" and marks.overdue else "") for what, _words in pieces]
        left = area.center().x() - sum(need(piece) for piece in pieces) / 2
        slots = []
        for piece in pieces:
            slots.append(QRectF(left, area.top(), need(piece), side))
            left += need(piece)
        return pieces, slots

    def _paint_piece(self, painter: QPainter, kind: str, words: str, slot: QRectF, marks: DayMarks) -> None:
        """Draw the square of a kind, or the flag (``kind`` "flag"), with its text if that fits."""
        side = slot.height() if kind != "flag" else slot.height() * 0.86
        font = t.font("small")
        width = QFontMetricsF(font).horizontalAdvance(words) + 2 if words else 0
        if side + width > slot.width():
            words = _OVERDUE if kind == "flag" and marks.overdue else ""
            width = QFontMetricsF(font).horizontalAdvance(words)
        left = slot.center().x() - (side + width) / 2
        square = QRectF(left, slot.center().y() - side / 2, side, side)
        colour = t.RED if marks.overdue else t.AMBER
        if kind == "flag":
            paint_icon(painter, "flag-fill", square, colour)
        else:
            paint_kind(painter, square, kind)
            colour = t.INK
        if words:
            rest = QRectF(square.right() + 2, slot.top(), width + 2, slot.height())
            paint_text(painter, rest, words, font, t.current_colour(colour))

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the day under the mouse and emit ``day_chosen``."""
        day = self.day_at(event.position())
        if day is not None:
            self.choose(day)
            self.day_chosen.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Emit ``day_opened`` for the day."""
        day = self.day_at(event.position())
        if day is not None:
            self.day_opened.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select with arrow keys (emits ``day_chosen``), beyond the page emit ``turned``.

        PageUp and PageDown emit ``turned``, Enter ``day_opened`` for the selected day.
        """
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps:
            start = self.chosen if self.chosen in self._days else self.today
            if start not in self._days or start is None:
                start = next(day for day in self._days if day.month == self._month)
            day = start + timedelta(days=steps[key]) if self.chosen in self._days else start
            if day in self._days:
                self.choose(day)
                self.day_chosen.emit(day)
            else:
                self.turned.emit(1 if steps[key] > 0 else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in ENTER and self.chosen is not None:
            self.day_opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show the day's text as a tool tip."""
        if isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.day_text(day) if day is not None else "", self)
            return True
        return super().event(event)


class MonthCalendar(QWidget):
    """A month calendar.

    Signals: ``day_chosen(date)`` by click, arrow key or 「今日」; ``day_opened(date)`` Enter or double click;
    ``month_changed(int, int)`` year and month after changing the month: show the marks of that month then.
    """

    day_chosen = Signal(object)
    day_opened = Signal(object)
    month_changed = Signal(int, int)

    def __init__(self, *, today: date):
        super().__init__()
        self._today = today
        self._at = (today.year, today.month)
        self.page = MonthPage()
        self.page.today = today
        self.page.setAccessibleName("カレンダー")
        self._title = label("", "h2")
        self._western = label("", "second")
        back = Button("前の月", lambda: self.turn(-1), kind="icon", icon_name="caret-left")
        now = Button("今日", self._to_today)
        on = Button("つぎの月", lambda: self.turn(1), kind="icon", icon_name="caret-right")
        head = widget_row(self._title, self._western, None, back, now, on)
        self._legend = Legend()
        in_column(head, (self.page, 1), self._legend, owner=self, spacing=8)
        self.page.day_chosen.connect(self._choose)
        self.page.day_opened.connect(self.day_opened)
        self.page.turned.connect(self.turn)
        self._show()

    def month(self) -> tuple[int, int]:
        """Return year and month shown."""
        return self._at

    def show_western(self, on: bool) -> None:
        """Show or hide the western year beside the title."""
        self._western.setVisible(on)

    def show_month(self, year: int, month: int) -> None:
        """Show a month without emitting a signal."""
        self._at = (year, month)
        self._show()

    def show_marks(self, marks: dict[date, DayMarks], is_closed: Callable[[date], bool] | None = None) -> None:
        """Show the content of the days, and the kinds of the year in the legend.

        ``is_closed`` as for ``MonthPage.show_marks``; without it days marked as closed and weekends are shaded.
        """
        self.page.show_marks(marks, is_closed or (lambda day: day.weekday() >= 5))
        self._legend.show_kinds()

    def choose(self, day: date | None) -> None:
        """Select a day (None = none); if it lies in another month, show that and emit ``month_changed``."""
        if day is not None and (day.year, day.month) != self._at:
            self._at = (day.year, day.month)
            self._show()
            self.month_changed.emit(*self._at)
        self.page.choose(day)

    def turn(self, step: int) -> None:
        """Show the month ``step`` months later, and emit ``month_changed``; the selected day stays selected."""
        self._at = month_after(*self._at, step)
        self._show()
        self.month_changed.emit(*self._at)

    def _to_today(self) -> None:
        """Select today, turning to its month, and emit ``day_chosen``."""
        self.choose(self._today)
        self.day_chosen.emit(self._today)

    def _choose(self, day: date) -> None:
        """Emit ``day_chosen`` for a day of the page, after turning to its month."""
        if (day.year, day.month) != self._at:
            self.choose(day)
        self.day_chosen.emit(day)

    def _show(self) -> None:
        """Show title, western year and page of the month."""
        year, month = self._at
        self._title.setText(month_title(year, month))
        self._western.setText(str(year))
        self.page.show_month(year, month)
        self.page.setAccessibleName(f"{month_title(year, month)}のカレンダー")


class Legend(QWidget):
    """Explains the signs of the calendar, wrapping in a narrow window. Signals: none."""

    _OTHERS = (_WARD_DUE, "閉庁日")

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_kinds()

    def show_kinds(self) -> None:
        """Show the kinds of the year that is shown now."""
        self.setAccessibleName("凡例　" + "　".join(name for _kind, name in self._entries()))
        self.updateGeometry()
        self.update()

    def _entries(self) -> list[tuple[str, str]]:
        """Return the signs by kind ("" for what is no kind of event) with their names."""
        return [*((kind, look.name) for kind, look in kind_looks()), *(("", one) for one in self._OTHERS)]

    def _places(self, width: int) -> list[tuple[str, str, QRectF]]:
        """Return the entries (kind, name) with the rectangle of each, in lines of ``width`` px."""
        metrics = t.metrics("small")
        side = t.scaled(14)
        height = t.line_height("small") + 2
        x, y = 0.0, 0.0
        places = []
        for kind, entry in self._entries():
            need = side + 4 + metrics.horizontalAdvance(entry) + 10
            if x and x + need - 10 > width:
                x, y = 0.0, y + height
            places.append((kind, entry, QRectF(x, y, need, height)))
            x += need
        return places

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many lines as it takes."""
        return round(self._places(width)[-1][2].bottom()) + 1

    def sizeHint(self) -> QSize:
        """Return the size of one line, where it fits."""
        return QSize(200, self.heightForWidth(max(self.width(), 276)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each sign with its name: squares of the kinds, the flag of 期限, the tint of 閉庁日."""
        with QPainter(self) as painter:
            painter.setFont(t.font("small"))
            side = t.scaled(14)
            for kind, entry, place in self._places(self.width()):
                square = QRectF(place.left(), place.center().y() - side / 2, side, side)
                if kind:
                    paint_kind(painter, square, kind)
                elif entry == _WARD_DUE:
                    paint_icon(painter, "flag-fill", square, t.AMBER)
                else:
                    painter.setPen(stroke(t.STRONG_LINE))
                    painter.setBrush(t.CLOSED_DAY)
                    painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
                painter.setPen(t.INK_SECONDARY)
                words = place.adjusted(side + 4, 0, 0, 0)
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry)
