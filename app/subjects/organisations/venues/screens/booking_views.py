"""Views of bookings: rows of a list, a month calendar, and the details of one with its next steps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.calendar.dates import long_date, short_date
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.common.join_nonempty import join_nonempty
from app.subjects.organisations.venues.rules import CANCEL_STEP, CANCELLED, can_confirm_use, place_words, use_note_hint
from app.subjects.organisations.venues.services.booking_import import JudgedBooking
from app.subjects.organisations.venues.services.bookings import BookingOverview, BookingRow
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, separator, show_text_or_hide, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_grid
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.month_calendar import DayMarks, MonthCalendar
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, in_scroll_area
from app.window import theme as t
from app.window.icons import icon_pixmap
from db.records.venues import Booking

_BADGES = {"仮予約": "仮", "申請中": "提出待ち", "承認": "確認済", "取消": "中止"}


def booking_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the year's list of bookings."""
    return (
        Column(
            "day",
            "利用日",
            lambda row: day_cell(row.booking, today),
            sort=_sort_key,
            export_parts=(
                ExportColumn("利用日", lambda row: short_date(row.booking.day, today)),
                ExportColumn("時間", lambda row: time_words(row.booking)),
            ),
        ),
        Column(
            "place",
            "会場・部屋",
            lambda row: Cell(row.booking.venue_name, row.booking.room),
            sort=lambda row: (row.booking.venue_name, row.booking.room, _sort_key(row)),
            widest=220,
            copy_text=lambda row: row.venue_text,
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
            sort=lambda row: (row.booking.state, _sort_key(row)),
            copy_text=lambda row: row.state,
        ),
        # Beside the details, which say it too, a list without room for it does not scroll across.
        Column(
            "next",
            "つぎの手続き",
            lambda row: _next_step_cell(row, today),
            sort=lambda row: row.booking.cancel_by,
            min_list_width=500,
        ),
    )


def day_cell(booking: Booking, today: date) -> Cell:
    """Return a cell with the day in bold and the times below it."""
    return Cell(short_date(booking.day, today), time_words(booking), strong=True)


def time_words(booking: Booking) -> str:
    """Return 「13:00–17:00」, or 終日 when no time is known."""
    return f"{booking.start_time}–{booking.end_time}" if booking.start_time and booking.end_time else "終日"


def state_cell(row: BookingRow) -> Cell:
    """Return a cell with the state as a badge and the approval number below it."""
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


def _next_step_cell(row: BookingRow, today: date) -> Cell:
    cancel = row.booking.cancel_by
    shown = cancel is not None and cancel >= today and row.booking.state != "取消"
    until = short_date(cancel, today) if cancel is not None and shown else ""
    name = row.next_step.name if row.next_step is not None else "—"
    return Cell(name, until if name == CANCEL_STEP else f"取消期限 {until}" if until else "")


def _sort_key(row: BookingRow) -> tuple[date, str, int]:
    return (row.booking.day, row.booking.start_time, row.id)


def booking_title(booking: Booking, today: date) -> str:
    """Return 「9/24(木) みほん区民館 研修室」."""
    return f"{short_date(booking.day, today)} {place_words(booking.venue_name, booking.room)}"


_WITHOUT_EVENT = "予約"


class BookingMonth(QWidget):
    """A month calendar of bookings. Signals: ``opened(int)`` a booking; ``add_asked(date)`` an empty day was opened."""

    opened = Signal(int)
    add_asked = Signal(object)

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._days: dict[date, list[BookingRow]] = {}
        self._overlap_ids: set[int] = set()
        self.calendar = MonthCalendar(today=today)
        in_column((self.calendar, 1), owner=self, margins=(0, 12, 0, 0))
        self.calendar.day_opened.connect(self.show_day)

    def show_bookings(self, overview: BookingOverview) -> None:
        """Show the bookings; a flag marks the last day for cancelling a room, red where rooms overlap."""
        days: dict[date, list[BookingRow]] = defaultdict(list)
        cancel: dict[date, list[BookingRow]] = defaultdict(list)
        for row in overview.rows:
            if row.booking.state == CANCELLED:
                continue
            days[row.booking.day].append(row)
            if row.booking.cancel_by is not None and row.next_step is not None:
                cancel[row.booking.cancel_by].append(row)
        self._days = dict(days)
        calendar = OfficeCalendar()
        marks = {
            day: replace(
                self._day_marks(days.get(day, []), cancel.get(day, [])),
                closed=not calendar.is_open(day),
                closed_words=_holiday(day),
            )
            for day in {*days, *cancel, *overview.holidays}
        }
        self.calendar.show_marks(marks, lambda day: not calendar.is_open(day))

    @staticmethod
    def _day_marks(rows: list[BookingRow], cancel_rows: list[BookingRow]) -> DayMarks:
        told = [
            f"{time_words(row.booking)}　{row.venue_text}　{row.event.full_title if row.event else ''}".strip()
            for row in rows
        ]
        told += [f"取消期限　{row.venue_text}" for row in cancel_rows]
        return DayMarks(
            events=tuple((row.event.kind if row.event else _WITHOUT_EVENT, row.booking.venue_name) for row in rows),
            flags=len(cancel_rows),
            flag_words="取消" if cancel_rows else "",
            overdue=any(one.kind == "重なり" for row in rows for one in row.warnings),
            tip="\n".join(told),
        )

    def show_day(self, day: date) -> None:
        """Show the bookings of a day; an empty day offers a new booking."""
        rows = self._days.get(day, [])
        if not rows:
            self.add_asked.emit(day)
            return
        entries = [
            LinkEntry(
                words=row.event.full_title if row.event else row.booking.purpose or "実施回なし",
                second=f"{time_words(row.booking)}　{row.venue_text}　{row.state}",
                kind=row.event.kind if row.event else "",
                follow=partial(self.opened.emit, row.id),
            )
            for row in rows
        ]
        LinkListDialog(long_date(day), entries, subject="会場の予約", parent=self).open()


def _holiday(day: date) -> str:
    """Return 「敬老」 for 敬老の日, short enough for a day of the calendar."""
    name = holiday_name(day) or ""
    return {"国民の休日": "休日", "振替休日": "振替"}.get(name, name.removesuffix("の日").removesuffix("記念日"))


class BookingDetail(QWidget):
    """The details of a booking beside the list.

    Signals: ``edit_asked()``; ``confirm_use_asked()`` the room will be used; ``clear_asked()`` 片付け;
    ``cancel_asked()``; ``remove_asked()``; ``event_asked()``; ``document_asked()`` its 使用・減免申請書.
    """

    edit_asked = Signal()
    confirm_use_asked = Signal()
    clear_asked = Signal()
    cancel_asked = Signal()
    remove_asked = Signal()
    event_asked = Signal()
    document_asked = Signal()

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._today = today
        self.panel = Panel(tone="accent")
        self.title = wrapped_label("", "h2")
        self.subtitle = wrapped_label("", "second")
        self.event_link = link_button("", self.event_asked.emit)
        self.warnings = NoteBox(tone="amber")
        self._grid = in_grid(across=8, down=6, wide=2)
        self.note = wrapped_label("", "small")
        self.edit = Button("内容を変える", self.edit_asked.emit, icon_name="pencil-simple")
        self.document_button = Button("使用・減免申請書", self.document_asked.emit, icon_name="file-pdf")
        self.confirm_use_button = Button("使うことを確認した", self.confirm_use_asked.emit)
        self.clear_button = Button("片付けを確認", self.clear_asked.emit)
        self.cancel_button = Button("取消にする", self.cancel_asked.emit, kind="danger")
        self.remove = Button("誤りなので消す", self.remove_asked.emit, kind="danger")
        for part in (self.title, self.subtitle, self.event_link, self.warnings, separator()):
            self.panel.put(part)
        self.buttons = FlowRow(
            self.edit, self.document_button, self.confirm_use_button, self.clear_button, self.cancel_button, self.remove
        )
        self.panel.put(self._grid, self.note, self.buttons)
        inside = QWidget()
        in_column(self.panel, None, owner=inside, margins=(0, 8, 0, 0))
        in_column(in_scroll_area(inside), owner=self)
        self.show_row(None)

    def show_row(self, row: BookingRow | None) -> None:
        """Show a booking, or nothing."""
        self.panel.setVisible(row is not None)
        if row is None:
            return
        booking = row.booking
        self.title.setText(booking_title(booking, self._today))
        fee = f"使用料 {booking.fee:,}円" if booking.fee is not None else ""
        self.subtitle.setText(join_nonempty(time_words(booking), booking.purpose, fee))
        self.event_link.set_words(row.event.full_title if row.event is not None else "")
        self.event_link.setVisible(row.event is not None)
        hint = use_note_hint(booking, self._today)
        self.warnings.show_text("\n".join([*(one.text for one in row.warnings), *filter(None, (hint,))]))
        show_text_or_hide(self.note, booking.note)
        self._show_steps(row)
        live = booking.state != CANCELLED
        # Greyed and not gone: where one stood, the next one must not come under the second click of a hand.
        self.confirm_use_button.setEnabled(can_confirm_use(booking, self._today))
        self.clear_button.setEnabled(live and booking.cleared_on is None and booking.day <= self._today)
        self.cancel_button.setEnabled(live and booking.day >= self._today)
        self.document_button.setEnabled(live and row.event is not None)

    def _show_steps(self, row: BookingRow) -> None:
        clear_layout(self._grid)
        for number, step in enumerate(row.steps):
            coming = row.next_step is not None and step.name == row.next_step.name
            name, colour = (
                ("check-circle-fill", t.GREEN)
                if step.is_done
                else ("clock-fill", t.AMBER)
                if coming
                else ("circle", t.INK_SECONDARY)
            )
            sign = with_accessible_name(QLabel(), "済" if step.is_done else "つぎ" if coming else "まだ")
            sign.setPixmap(icon_pixmap(name, 16, colour, ratio=self.devicePixelRatioF()))
            words = step.words or (
                "" if step.is_done else "なし" if not step.is_needed and step.name == CANCEL_STEP else ""
            )
            self._grid.addWidget(sign, number, 0)
            self._grid.addWidget(label(step.name, "strong" if coming else "body"), number, 1)
            self._grid.addWidget(wrapped_label(words, "second"), number, 2)


def import_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of an import preview: day, place, event and state as they would be stored."""
    return (
        Column("day", "利用日", lambda row: day_cell(row.booking, today) if row.booking else ""),
        Column("place", "会場・部屋", lambda row: row.venue_text, widest=220),
        Column("event", "実施回", _judged_event, stretch=True),
        Column("state", "状態・番号",
               lambda row: Cell(row.booking.state, row.booking.approval_number) if row.booking else "",
               min_list_width=660),
    )  # fmt: skip


def _judged_event(row: JudgedBooking) -> Cell:
    if row.event is not None:
        return Cell(row.event.full_title, kind=row.event.kind)
    return Cell(row.booking.purpose or "実施回なし" if row.booking is not None else "", tone="second")
