"""A booking as shown: as a row, in its month, and by itself with where its life stands and what can be done now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.calendar.dates import long_date, short_date
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.common.together import together
from app.subjects.organisations.venues.rules import CANCEL_STEP, CANCELLED, may_confirm_use, note_hint, place_words
from app.subjects.organisations.venues.services.booking_import import JudgedBooking
from app.subjects.organisations.venues.services.bookings import BookingBoard, BookingRow
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.usual_dialogs import ListedThing, ThingsDialog
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, named, rule, say_or_hide, wrapped_label
from app.widgets.layouts import in_column, in_grid
from app.widgets.lists.record_model import Cell, Column, SheetPart
from app.widgets.month_calendar import DayMarks, MonthCalendar
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import empty, scrolling
from app.window import theme as t
from app.window.icons import picture
from db.records.venues import Booking

_BADGES = {"仮予約": "仮", "申請中": "提出待ち", "承認": "確認済", "取消": "中止"}


def booking_columns(today: date) -> tuple[Column, ...]:
    """The columns of the year's list."""
    return (
        Column(
            "day",
            "利用日",
            lambda row: day_cell(row.booking, today),
            sort=_when,
            parts=(
                SheetPart("利用日", lambda row: short_date(row.booking.day, today)),
                SheetPart("時間", lambda row: time_words(row.booking)),
            ),
        ),
        Column(
            "place",
            "会場・部屋",
            lambda row: Cell(row.booking.venue_name, row.booking.room),
            sort=lambda row: (row.booking.venue_name, row.booking.room, _when(row)),
            widest=220,
            copied=lambda row: row.place,
        ),
        Column(
            "event",
            "実施回",
            _event,
            stretch=True,
            sort=lambda row: row.event.full_title if row.event else None,
        ),
        Column(
            "state",
            "状態",
            state_cell,
            sort=lambda row: (row.booking.state, _when(row)),
            copied=lambda row: row.state,
        ),
        # Beside the details, which say it too, a list without room for it does not scroll across.
        Column(
            "next", "つぎの手続き", lambda row: _next(row, today), sort=lambda row: row.booking.cancel_by, needs=500
        ),
    )


def day_cell(booking: Booking, today: date) -> Cell:
    """Day in bold with the times under it."""
    return Cell(short_date(booking.day, today), time_words(booking), strong=True)


def time_words(booking: Booking) -> str:
    """「13:00–17:00」, or 終日 where no time is known."""
    return f"{booking.start_time}–{booking.end_time}" if booking.start_time and booking.end_time else "終日"


def state_cell(row: BookingRow) -> Cell:
    """The state as a badge, the number of the approval under it."""
    if row.booking.cleared_on is not None and row.booking.state != "取消":
        return Cell("片付け済", badge="済")
    return Cell(row.booking.state, row.booking.approval_number, badge=_BADGES.get(row.booking.state, ""))


_SHORT = {
    "重なり": "ほかの予約と重なっています", "日の違い": "実施日と違います", "時間の違い": "実施回の時間が収まりません",
    "定員": "定員を超えます", "中止": "実施回は中止です", "会場の違い": "実施回の会場と違います",
}  # fmt: skip


def _event(row: BookingRow) -> Cell:
    warned = "・".join(dict.fromkeys(_SHORT[one.kind] for one in row.warnings if one.kind in _SHORT))
    if row.event is None:
        return Cell(row.booking.purpose or "実施回なし", warned, tone="second", second_tone="amber")
    return Cell(row.event.full_title, warned, kind=row.event.kind, second_tone="amber", tip=warned)


def _next(row: BookingRow, today: date) -> Cell:
    cancel = row.booking.cancel_by
    shown = cancel is not None and cancel >= today and row.booking.state != "取消"
    until = short_date(cancel, today) if cancel is not None and shown else ""
    name = row.next_step.name if row.next_step is not None else "—"
    return Cell(name, until if name == CANCEL_STEP else f"取消期限 {until}" if until else "")


def _when(row: BookingRow) -> tuple[date, str, int]:
    return (row.booking.day, row.booking.start_time, row.id)


def booking_title(booking: Booking, today: date) -> str:
    """「9/24(木) みほん区民館 研修室」."""
    return f"{short_date(booking.day, today)} {place_words(booking.venue_name, booking.room)}"


_LOOSE = "予約"


class BookingMonth(QWidget):
    """A month calendar of bookings. Signals: ``opened(int)`` a booking; ``add_asked(date)`` an empty day was opened."""

    opened = Signal(int)
    add_asked = Signal(object)

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._days: dict[date, list[BookingRow]] = {}
        self._clashes: set[int] = set()
        self.calendar = MonthCalendar(today=today)
        in_column((self.calendar, 1), owner=self, margins=(0, 12, 0, 0))
        self.calendar.day_opened.connect(self.list_day)

    def show_board(self, board: BookingBoard) -> None:
        """Show the bookings; a flag marks the day a room can last be given back, red where rooms overlap."""
        days: dict[date, list[BookingRow]] = defaultdict(list)
        cancel: dict[date, list[BookingRow]] = defaultdict(list)
        for row in board.rows:
            if row.booking.state == CANCELLED:
                continue
            days[row.booking.day].append(row)
            if row.booking.cancel_by is not None and row.next_step is not None:
                cancel[row.booking.cancel_by].append(row)
        self._days = dict(days)
        calendar = OfficeCalendar()
        marks = {
            day: replace(
                self._marks(days.get(day, []), cancel.get(day, [])),
                closed=not calendar.is_open(day),
                closed_words=_holiday(day),
            )
            for day in {*days, *cancel, *board.holidays}
        }
        self.calendar.show_marks(marks, lambda day: not calendar.is_open(day))

    @staticmethod
    def _marks(rows: list[BookingRow], cancel: list[BookingRow]) -> DayMarks:
        told = [
            f"{time_words(row.booking)}　{row.place}　{row.event.full_title if row.event else ''}".strip()
            for row in rows
        ]
        told += [f"取消期限　{row.place}" for row in cancel]
        return DayMarks(
            events=tuple((row.event.kind if row.event else _LOOSE, row.booking.venue_name) for row in rows),
            flags=len(cancel),
            flag_words="取消" if cancel else "",
            overdue=any(one.kind == "重なり" for row in rows for one in row.warnings),
            tip="\n".join(told),
        )

    def list_day(self, day: date) -> None:
        """Say what a day holds; an empty one is for a new booking."""
        rows = self._days.get(day, [])
        if not rows:
            self.add_asked.emit(day)
            return
        entries = [
            ListedThing(
                words=row.event.full_title if row.event else row.booking.purpose or "実施回なし",
                second=f"{time_words(row.booking)}　{row.place}　{row.state}",
                kind=row.event.kind if row.event else "",
                follow=partial(self.opened.emit, row.id),
            )
            for row in rows
        ]
        ThingsDialog(long_date(day), entries, subject="会場の予約", parent=self).open()


def _holiday(day: date) -> str:
    """「敬老」 for 敬老の日, short enough for a day of the page."""
    name = holiday_name(day) or ""
    return {"国民の休日": "休日", "振替休日": "振替"}.get(name, name.removesuffix("の日").removesuffix("記念日"))


class BookingDetail(QWidget):
    """The details beside the list.

    Signals: ``edit_asked()``; ``settle_asked()`` the room is used; ``clear_asked()`` 片付け; ``cancel_asked()``;
    ``remove_asked()``; ``event_asked()``; ``paper_asked()`` its 使用・減免申請書.
    """

    edit_asked = Signal()
    settle_asked = Signal()
    clear_asked = Signal()
    cancel_asked = Signal()
    remove_asked = Signal()
    event_asked = Signal()
    paper_asked = Signal()

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._today = today
        self.panel = Panel(tone="accent")
        self.title = wrapped_label("", "h2")
        self.second = wrapped_label("", "second")
        self.leads = link_button("", self.event_asked.emit)
        self.warnings = NoteBox(tone="amber")
        self._grid = in_grid(across=8, down=6, wide=2)
        self.note = wrapped_label("", "small")
        self.edit = Button("内容を変える", self.edit_asked.emit, icon_name="pencil-simple")
        self.paper = Button("使用・減免申請書", self.paper_asked.emit, icon_name="file-pdf")
        self.settle = Button("使うことを確認した", self.settle_asked.emit)
        self.clear = Button("片付けを確認", self.clear_asked.emit)
        self.cancel = Button("取消にする", self.cancel_asked.emit, kind="danger")
        self.remove = Button("誤りなので消す", self.remove_asked.emit, kind="danger")
        for part in (self.title, self.second, self.leads, self.warnings, rule()):
            self.panel.put(part)
        self.acts = FlowRow(self.edit, self.paper, self.settle, self.clear, self.cancel, self.remove)
        self.panel.put(self._grid, self.note, self.acts)
        inside = QWidget()
        in_column(self.panel, None, owner=inside, margins=(0, 8, 0, 0))
        in_column(scrolling(inside), owner=self)
        self.show_row(None)

    def show_row(self, row: BookingRow | None) -> None:
        """Show a booking, or nothing."""
        self.panel.setVisible(row is not None)
        if row is None:
            return
        booking = row.booking
        self.title.setText(booking_title(booking, self._today))
        fee = f"使用料 {booking.fee:,}円" if booking.fee is not None else ""
        self.second.setText(together(time_words(booking), booking.purpose, fee))
        self.leads.set_words(row.event.full_title if row.event is not None else "")
        self.leads.setVisible(row.event is not None)
        hint = note_hint(booking, self._today)
        self.warnings.say("\n".join([*(one.text for one in row.warnings), *filter(None, (hint,))]))
        say_or_hide(self.note, booking.note)
        self._show_steps(row)
        live = booking.state != CANCELLED
        # Greyed and not gone: where one stood, the next one must not come under the second click of a hand.
        self.settle.setEnabled(may_confirm_use(booking, self._today))
        self.clear.setEnabled(live and booking.cleared_on is None and booking.day <= self._today)
        self.cancel.setEnabled(live and booking.day >= self._today)
        self.paper.setEnabled(live and row.event is not None)

    def _show_steps(self, row: BookingRow) -> None:
        empty(self._grid)
        for number, step in enumerate(row.steps):
            coming = row.next_step is not None and step.name == row.next_step.name
            name, colour = (
                ("check-circle-fill", t.GREEN)
                if step.done
                else ("clock-fill", t.AMBER)
                if coming
                else ("circle", t.SECOND)
            )
            sign = named(QLabel(), "済" if step.done else "つぎ" if coming else "まだ")
            sign.setPixmap(picture(name, 16, colour, ratio=self.devicePixelRatioF()))
            words = step.words or ("" if step.done else "なし" if not step.wanted and step.name == CANCEL_STEP else "")
            self._grid.addWidget(sign, number, 0)
            self._grid.addWidget(label(step.name, "strong" if coming else "body"), number, 1)
            self._grid.addWidget(wrapped_label(words, "second"), number, 2)


def import_columns(today: date) -> tuple[Column, ...]:
    """Day, place, event and state as they would be stored."""
    return (
        Column("day", "利用日", lambda row: day_cell(row.booking, today) if row.booking else ""),
        Column("place", "会場・部屋", lambda row: row.place, widest=220),
        Column("event", "実施回", _judged_event, stretch=True),
        Column("state", "状態・番号",
               lambda row: Cell(row.booking.state, row.booking.approval_number) if row.booking else "",
               needs=660),
    )  # fmt: skip


def _judged_event(row: JudgedBooking) -> Cell:
    if row.event is not None:
        return Cell(row.event.full_title, kind=row.event.kind)
    return Cell(row.booking.purpose or "実施回なし" if row.booking is not None else "", tone="second")
