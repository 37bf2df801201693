"""The screen 会場・予約: the year's bookings as a list and a month, the venues, forms, and import of bookings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.calendar.dates import long_date, short_date
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.event.rules.event_venue import matching_venue
from app.foreign_files.picture_reading import PICTURE_KINDS, Picture, read_picture
from app.importing.parts import ListImportMenu, ListPresentation
from app.main_window.navigation import ScreenEntry
from app.registers.venues.documents import KIND as ROOM_APPLICATION
from app.registers.venues.rules import (
    CANCEL_STEP,
    BookingWarning,
    booking_title,
    can_confirm_use,
    place_words,
    time_words,
    use_note_hint,
)
from app.registers.venues.services import (
    BOOKINGS,
    VENUES,
    BookingOverview,
    BookingRow,
    JudgedBooking,
    VenueRow,
    cancel_booking,
    confirm_use,
    event_fill_words,
    get_venue,
    list_bookings,
    list_venues,
    map_problem,
    record_clearing,
    remove_booking,
    remove_map,
    remove_venue,
    save_booking,
    save_map,
    save_venue,
)
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, danger_button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog, SavingDialog
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field, record_fields
from app.widgets.labels import (
    IconLabel,
    heading,
    label,
    second_label,
    separator,
    show_text_or_hide,
    small_label,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, column_of, in_column, in_grid
from app.widgets.lists.record_columns import export_column, record_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.month_calendar import DayMarks, MonthCalendar, month_title
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import (
    READ_ONLY,
    Screen,
    clear_layout,
    disable_when_read_only,
    in_scroll_area,
    page_column,
    widget_row,
)
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.app_context import AppContext, app_context_at, bind_action
from app.window.background_task import bind_arguments
from db.fields import editable_fields, field_label, specs
from db.record import RowsById
from db.records.events import Event
from db.records.venues import Booking, BookingState, Venue


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen of this package; it is built when first shown."""

    yield ScreenEntry("venues", "buildings", "会場・予約", VenuesScreen, parent_screen="organisations")


_BADGES = {
    BookingState.TENTATIVE: "仮",
    BookingState.APPLIED: "提出待ち",
    BookingState.APPROVED: "確認済",
    BookingState.CANCELLED: "中止",
}


def booking_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the year's list of bookings: 利用日, 会場・部屋, 実施回, state, つぎの手続き."""
    return (
        Column(
            "day",
            "利用日",
            lambda row: day_cell(row.booking, today),
            sort=_sort_key,
            export_parts=(
                ExportColumn(field_label(Booking, "day"), lambda row: short_date(row.booking.day, today)),
                ExportColumn("時間", lambda row: time_words(row.booking)),
            ),
        ),
        Column(
            "place",
            "会場・部屋",
            lambda row: Cell(row.booking.venue_name, row.booking.room),
            sort=lambda row: (row.booking.venue_name, row.booking.room, _sort_key(row)),
            widest=220,
            copy_text=lambda row: row.booking.place,
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
            field_label(Booking, "state"),
            state_cell,
            sort=lambda row: (row.booking.state, _sort_key(row)),
            copy_text=lambda row: row.state,
        ),
        # Hidden in a narrow list, as the details show it too and the list should not scroll sideways.
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


def state_cell(row: BookingRow) -> Cell:
    """Return a cell with the state as a badge and the approval number below; after the clearing 「片付け済」 alone."""
    if row.booking.cleared_on is not None and not row.booking.state.is_cancelled:
        return Cell("片付け済", badge="済")
    return Cell(row.booking.state, row.booking.approval_number, badge=_BADGES.get(row.booking.state, ""))


_SHORT = {
    "重なり": "ほかの予約と重なっています", "日の違い": "実施日と違います", "時間の違い": "実施回の時間が収まりません",
    "定員": "定員を超えます", "中止": "実施回は中止です", "会場の違い": "実施回の会場と違います",
}  # fmt: skip


def _event(row: BookingRow) -> Cell:
    """Return the cell of the booking's event, else its purpose or 「実施回なし」, with short warnings below."""
    warned = "・".join(dict.fromkeys(_SHORT[one.kind] for one in row.warnings if one.kind in _SHORT))
    if row.event is None:
        return Cell(row.booking.purpose or "実施回なし", warned, tone="second", second_tone="amber")
    return Cell(row.event.full_title, warned, kind=row.event.kind, second_tone="amber", tip=warned)


def _next_step_cell(row: BookingRow, today: date) -> Cell:
    """Return the cell of the next step (「—」 = none), with the 取消期限 below while it has not passed."""
    cancel = row.booking.cancel_by
    shown = cancel is not None and cancel >= today and not row.booking.state.is_cancelled
    until = short_date(cancel, today) if cancel is not None and shown else ""
    name = row.next_step.name if row.next_step is not None else "—"
    return Cell(name, until if name == CANCEL_STEP else fill_nonempty("取消期限 {}", until))


def _sort_key(row: BookingRow) -> tuple[date, str, int]:
    return (row.booking.day, row.booking.start_time, row.id)


class BookingMonth(QWidget):
    """Month calendar of bookings. Signals: ``opened(int)`` a booking; ``add_asked(date)`` an empty day was opened."""

    opened = Signal(int)
    add_asked = Signal(object)

    def __init__(self, *, today: date):
        super().__init__()
        self._days: dict[date, list[BookingRow]] = {}
        self.calendar = MonthCalendar(today=today)
        in_column((self.calendar, 1), owner=self, margins=(0, 12, 0, 0))
        self.calendar.day_opened.connect(self.show_day)

    def show_bookings(self, overview: BookingOverview) -> None:
        """Show the bookings in the calendar, without cancelled ones.

        A flag marks a day of 取消期限, red a day on which rooms overlap.
        """
        days = defaultdict(list)
        cancel = defaultdict(list)
        for row in overview.rows:
            if row.booking.state.is_cancelled:
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
            f"{time_words(row.booking)}　{row.booking.place}　{row.event.full_title if row.event else ''}".strip()
            for row in rows
        ]
        told += [f"取消期限　{row.booking.place}" for row in cancel_rows]
        return DayMarks(
            events=tuple((row.event.kind if row.event else "予約", row.booking.venue_name) for row in rows),
            flags=len(cancel_rows),
            flag_words="取消" if cancel_rows else "",
            overdue=any(one.kind == "重なり" for row in rows for one in row.warnings),
            tip="\n".join(told),
        )

    def show_day(self, day: date) -> None:
        """Show in a dialog the bookings of a day; for an empty day emit ``add_asked``."""
        rows = self._days.get(day, [])
        if not rows:
            self.add_asked.emit(day)
            return
        entries = [
            LinkEntry(
                words=row.event.full_title if row.event else row.booking.purpose or "実施回なし",
                second=f"{time_words(row.booking)}　{row.booking.place}　{row.state}",
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
    """Widget with the details of a booking, beside the list; its ``acts`` stand in the action bar of the page.

    Signals: none.
    """

    def __init__(self, *, today: date):
        super().__init__()
        self._today = today
        self.panel = Panel(tone="accent")
        self.title = wrapped_label("", "h2")
        self.subtitle = second_label()
        self.event_link = link_button("")
        self.warnings = NoteBox(tone="amber")
        self._grid = in_grid(across=8, down=6, wide=2)
        self.note = small_label()
        self.edit = Button("内容を変える", icon_name="pencil-simple")
        self.document_button = Button("使用・減免申請書", icon_name="file-pdf")
        self.confirm_use_button = Button("使うことを確認")
        self.clear_button = Button("片付けを確認")
        self.cancel_button = danger_button("取消にする")
        self.remove = danger_button("誤りなので消す")
        self.panel.put(self.title, self.subtitle, self.event_link, self.warnings, separator())
        self.acts = (
            *(self.confirm_use_button, self.clear_button, self.edit),
            *(self.document_button, self.cancel_button, self.remove),
        )
        self.panel.put(self._grid, self.note)
        inside = column_of(self.panel, None, margins=(0, 8, 0, 0))
        in_column(in_scroll_area(inside), owner=self)
        self.show_row(None)

    def show_row(self, row: BookingRow | None) -> None:
        """Show a booking, and offer what can be done with it; None hides the details."""
        self.panel.setVisible(row is not None)
        for button in self.acts:
            button.setVisible(row is not None)
        if row is None:
            return
        booking = row.booking
        self.title.setText(booking_title(booking, self._today))
        fee = f"使用料 {booking.fee:,}円" if booking.fee is not None else ""
        purpose = booking.purpose if row.event is None or booking.purpose != row.event.full_title else ""
        self.subtitle.setText(join_nonempty(time_words(booking), purpose, fee))
        self.event_link.set_words(row.event.full_title if row.event is not None else "")
        self.event_link.setVisible(row.event is not None)
        hint = use_note_hint(booking, self._today)
        self.warnings.show_text("\n".join([*(one.text for one in row.warnings), *filter(None, (hint,))]))
        show_text_or_hide(self.note, booking.note)
        self._show_steps(row)
        live = not booking.state.is_cancelled
        self.confirm_use_button.setVisible(can_confirm_use(booking, self._today, row.warnings))
        self.clear_button.setVisible(live and booking.cleared_on is None and booking.day <= self._today)
        self.cancel_button.setVisible(live and booking.day >= self._today)
        self.document_button.setVisible(live and row.event is not None)
        for button in self.acts[:2]:
            button.set_filled(button.is_offered)

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
            said = "済" if step.is_done else "つぎ" if coming else "まだ"
            sign = with_accessible_name(IconLabel(name, 16, colour), said)
            words = step.words or (
                "" if step.is_done else "なし" if not step.is_needed and step.name == CANCEL_STEP else ""
            )
            self._grid.addWidget(sign, number, 0)
            self._grid.addWidget(label(step.name, "strong" if coming else "body"), number, 1)
            self._grid.addWidget(second_label(words), number, 2)


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
    """Return the cell of an imported booking's event, else of its purpose or 「実施回なし」.

    It is empty where nothing would be stored.
    """
    if row.event is not None:
        return Cell(row.event.full_title, kind=row.event.kind)
    return Cell(row.booking.purpose or "実施回なし" if row.booking is not None else "", tone="second")


_PICTURE, _DRAWN = "地図の絵があります。略図の代わりに印刷します。", "絵がないときは、上の言葉から略図を描きます。"
_MAP = (
    record_field(Venue, "map_station", width=240, hint="見本台駅。ここから略図を描きます"),
    record_field(Venue, "map_exit", width=200, hint="北口"),
    record_field(Venue, "map_street", width=240, hint="つつじ通り"),
    record_field(Venue, "map_building", width=360, hint="空けておくと、会場の名称です"),
    record_field(Venue, "map_minutes", width=72, least=1, most=99),
    record_field(Venue, "map_source", width=360, hint="区で作成"),
    record_field(Venue, "map_permission", width=360, hint="区の著作。出典と許可を書くと、地図を印刷します"),
)
_FACILITY = (("", "まだ"), ("区立施設", "区立施設"), ("その他の施設", "その他の施設"))


class VenueDialog(SavingDialog):
    """Dialog that adds or edits one venue. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, *, venue: Venue | None = None):
        super().__init__(
            parent,
            "会場を変える" if venue else "会場を追加",
            venue.name if venue else "",
            main="会場を保存する",
        )
        self._venue = venue or Venue(name="")
        self.put_form(
            Form(
                (
                    record_field(Venue, "name", width=360),
                    record_field(
                        Venue,
                        "room",
                        width=240,
                        hint="部屋ごとに1行にすると、重なりと定員を確かめられます",
                    ),
                    record_field(Venue, "phone", width=200, hint="中止・変更の連絡に出ます"),
                    record_field(Venue, "capacity", width=88, least=1),
                    *record_fields(Venue, "address", "access"),
                    record_field(Venue, "network", kind="radio"),
                    record_field(Venue, "facility", kind="radio", choices=_FACILITY),
                    record_field(Venue, "equipment", kind="lines", lines=2),
                    record_field(
                        Venue,
                        "barrier_free",
                        kind="lines",
                        lines=2,
                        hint="車いす、エレベーター、多目的トイレなど",
                    ),
                    record_field(Venue, "aed", width=360, hint="1階の受付（当日の紙としおりに出ます）"),
                    record_field(Venue, "refuge", width=360, hint="北がわの公園（しおりに出ます）"),
                    *_MAP,
                    record_field(Venue, "note", kind="lines", lines=2),
                ),
                self.app_context.fiscal_year,
                label_width=116,
            ),
            self._venue,
        )
        if venue is not None:
            self.map_label = small_label()
            self.map_button = Button("地図の絵を選ぶ", self.choose_map)
            self.remove_map_button = Button("絵を外す", self.remove_map)
            self.put(FlowRow(self.map_button, self.remove_map_button), self.map_label)
            self._show_map_state(venue)
            self.remove = Button("一覧から消す", self._remove, kind="danger", tall=True)
            self.put_button(self.remove)

    def choose_map(self) -> None:
        """Let the user choose a picture of the map in a dialog; it is read in the background and saved at once."""
        name = self.ask_file()
        if name:
            self.map_label.setText("地図の絵を読んでいます。")
            self.app_context.run_in_background(
                bind_arguments(read_picture, Path(name)), self._save_map, on_failed=self.show_error, owner=self
            )

    def remove_map(self) -> None:
        """Remove the stored picture, so that the drawn map is printed again; the dialog stays open."""
        self.run_change_and_stay(bind_action(remove_map, venue_id=self._venue.id), self._on_map_saved)

    def ask_file(self) -> str:
        """Return the file that the user chooses, nothing if none."""
        return QFileDialog.getOpenFileName(self, "地図の絵を選ぶ", "", PICTURE_KINDS)[0]

    def _save_map(self, picture: Picture) -> None:
        self.run_change_and_stay(bind_action(save_map, venue_id=self._venue.id, picture=picture), self._on_map_saved)

    def _on_map_saved(self, _saved: object) -> None:
        self.run_read(self._show_map_state, get_venue, venue_id=self._venue.id)

    def _show_map_state(self, venue: Venue) -> None:
        """Say whether a picture of the map is stored and what it lacks to be printed; typed input is left unchanged."""
        self._venue = replace(self._venue, map_file_id=venue.map_file_id)
        there = venue.map_file_id is not None
        self.map_label.setText(f"{_PICTURE if there else _DRAWN}{map_problem(venue)}")
        self.remove_map_button.setVisible(there)

    def _save(self) -> None:
        self.run_action(save_venue, venue=replace(self._venue, **self.form.values()))

    def _remove(self) -> None:
        """Remove the venue from the list at once and close the dialog; one with bookings stays, and why is shown."""
        self.run_action(remove_venue, venue_id=self._venue.id)


class BookingDialog(SavingDialog):
    """Dialog that adds or edits one booking. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        overview: BookingOverview,
        *,
        booking: Booking | None = None,
        event: Event | None = None,
        day: date | None = None,
    ):
        """Edit ``booking``; None adds one, for ``event`` or on ``day`` where given."""
        about = booking_title(booking, app_context_at(parent).today()) if booking is not None else ""
        super().__init__(
            parent,
            "予約を変える" if booking else "予約を追加",
            about,
            main="予約を保存する",
            width=760,
        )
        self._booking = booking
        self._events = RowsById(overview.events)
        self.put_form(
            Form(
                self._fields(overview.venues, overview.events, self.app_context.today()),
                self.app_context.fiscal_year,
                label_width=136,
                on_change=self._update_fields,
            ),
            self._values(booking, event, day, overview.venues),
            focus="place" if booking is None else "state",
        )
        self._update_fields("")

    @staticmethod
    def _fields(venues: Sequence[Venue], events: Sequence[Event], today: date) -> tuple[Field, ...]:
        places = [(row.id, place_words(row.name, row.room)) for row in venues]
        held = [
            (row.id, f"{short_date(row.event_date, today) if row.event_date else '日程未定'}　{row.full_title}")
            for row in events
        ]
        return (
            Field("place", "会場", "choice", choices=((0, "一覧にない会場"), *places)),
            record_field(Booking, "venue_name", label="会場の名称", width=320),
            record_field(Booking, "room"),
            record_field(Booking, "day"),
            record_field(Booking, "start_time", kind="time", hint="準備の時間も含めた、借りている時間"),
            record_field(Booking, "end_time", kind="time"),
            Field("event_id", "実施回", "choice", choices=((0, "決まっていない"), *held)),
            Field("fill", "実施回に入れる", "check"),
            record_field(Booking, "state"),
            record_field(Booking, "reserved_on"),
            record_field(Booking, "applied_on"),
            record_field(Booking, "approval_number"),
            record_field(Booking, "approved_on"),
            record_field(Booking, "reduction"),
            record_field(Booking, "fee", least=0),
            record_field(Booking, "equipment"),
            record_field(Booking, "key_note"),
            record_field(Booking, "cancel_by", hint="「区がやること」に出ます"),
            record_field(Booking, "use_confirmed_on"),
            record_field(Booking, "purpose"),
            record_field(Booking, "note", kind="lines", lines=2),
        )

    def _values(
        self, booking: Booking | None, event: Event | None, day: date | None, venues: Sequence[Venue]
    ) -> dict[str, Any]:
        """Return the values that the form begins with, from the booking, or of a new one from event and day."""
        row = booking
        if row is None:
            row = Booking(
                venue_name=event.venue if event else "",
                room=event.room if event else "",
                day=(event.event_date if event else None) or day or self.today,
                start_time=event.start_time if event else "",
                end_time=event.end_time if event else "",
                event_id=event.id if event else None,
                reserved_on=self.today,
            )
        known = next((one.id for one in venues if (one.name, one.room) == (row.venue_name, row.room)), 0)
        shown = {name: getattr(row, name) for name in _EDITABLE_FIELDS}
        self._venues = RowsById(venues)
        empty = {} if booking or event or day else {"day": None}
        return shown | {"event_id": row.event_id or 0, "place": known, "fill": True} | empty

    def _update_fields(self, key: str) -> None:
        """Fill name and room from a chosen venue, and show beside the check box what the event takes over."""
        venue = self._venues.get(self.form.value("place") or 0)
        if key == "place" and venue is not None:
            self.form.set_values({"venue_name": venue.name, "room": venue.room})
        self.form.show_field("venue_name", venue is None)
        self.form.show_field("room", venue is None or not venue.room)
        event = self._events.get(self.form.value("event_id") or 0)
        taken: tuple[str, ...] = ()
        if event is not None and self.form.value("day"):
            typed = self._edited_booking()
            venue = matching_venue(self._venues.values(), typed.venue_name.strip(), typed.room.strip())
            taken = event_fill_words(event, typed, venue)
        self.form.show_field("fill", bool(taken))
        self.form.set_hint("fill", fill_nonempty("実施回の空いている項目に、{}を入れます。", "、".join(taken)))
        if self.isVisible():
            self.fit_to_content()

    def _edited_booking(self) -> Booking:
        values = self.form.values()
        base = self._booking or Booking(venue_name="", day=values["day"] or self.today)
        given = {name: values[name] for name in _EDITABLE_FIELDS}
        return replace(base, **given | {"event_id": values["event_id"] or None})

    def _save(self) -> None:
        """Save the booking as typed, unless its hours end before they begin."""
        start, end = self.form.value("start_time"), self.form.value("end_time")
        if start and end and end <= start:
            self.form.set_problem("end_time", f"開始（{start}）より後の時刻を入力してください。")
            self.form.go_to("end_time")
        else:
            self.run_action(save_booking, booking=self._edited_booking(), fill_event=bool(self.form.value("fill")))


_EDITABLE_FIELDS = editable_fields(Booking)


def venue_columns() -> tuple[Column, ...]:
    """Return the columns of the list of venues; its workbook holds every field, so that it can be taken in again."""
    return (
        Column(
            "name",
            "会場・部屋",
            lambda row: Cell(row.venue.name, row.venue.room, strong=True),
            widest=220,
            sort=lambda row: row.title,
            export_parts=_exported("name", "room"),
        ),
        record_column(Venue, "phone", lambda row: row.venue, width=132),
        record_column(Venue, "capacity", lambda row: row.venue),
        Column(
            "address",
            "所在地・行き方",
            lambda row: Cell(row.venue.address, row.venue.access),
            stretch=True,
            export_parts=_exported("address", "access"),
        ),
        Column(
            "things",
            "備品・段差など",
            lambda row: Cell(row.venue.equipment, row.venue.barrier_free),
            narrow=False,
            widest=260,
            export_parts=_exported("equipment", "barrier_free", *_EXPORTED_ONLY),
        ),
        *(record_column(Venue, name, lambda row: row.venue, widest=_WIDEST) for name in _LISTED),
        record_column(Venue, "network", lambda row: row.venue),
        record_column(Venue, "facility", lambda row: row.venue, min_list_width=1240),
        Column(
            "bookings",
            "予約",
            lambda row: f"{row.booking_count}件",
            align="right",
            sort=lambda row: row.booking_count,
        ),
    )


_IN_COLUMNS = frozenset(
    ("name", "room", "phone", "capacity", "address", "access", "equipment", "barrier_free", "network", "facility")
)
_LISTED = tuple(name for name, told in specs(Venue).items() if told.spec.list_column is not None)
"""Fields that say at the record that the list shows them."""
_WIDEST = 180
_EXPORTED_ONLY = tuple(
    name
    for name, told in specs(Venue).items()
    if told.spec.heading and name not in (*_IN_COLUMNS, *_LISTED) and told.spec.label
)
"""Fields that the workbook has besides those of the list on screen: all that a list may bring."""


def _exported(*names: str) -> tuple[ExportColumn, ...]:
    return tuple(export_column(Venue, name, lambda row: row.venue) for name in names)


def import_columns_of_venues() -> tuple[Column, ...]:
    """Return the columns of an import preview of venues: place, and what would be stored of it."""
    return (
        Column(
            "place",
            "会場・部屋",
            lambda row: Cell(row.new_record.name, row.new_record.room) if row.new_record else "",
            widest=220,
        ),
        Column("address", "所在地", lambda row: row.new_record.address if row.new_record else "", stretch=True),
    )


_VENUES_TAB = 2


class VenuesScreen(Screen):
    """The screen 会場・予約 with bookings and venues. Signals: none.

    ``open_with(booking_id=…)`` or ``open_with(event_id=…)`` selects a booking, ``open_with(venue_id=…)`` a venue.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._overview: BookingOverview | None = None
        self._requested: dict[str, int] = {}
        self._requested_venue: int | None = None
        self.add_button = main_button("予約を追加", self.add_booking, icon_name="plus")
        self.import_menu = ListImportMenu(
            app_context, BOOKINGS, ListPresentation(columns=import_columns(app_context.today()), words="予約の一覧")
        )
        self.warnings = NoteBox(tone="amber")
        self.warnings.put(inline_button("すべて見る", self.list_warnings))
        self.bookings = RecordTable(
            "bookings",
            booking_columns(app_context.today()),
            title="予約の一覧",
            sort="day",
            empty="この年度の会場の予約は、まだありません。",
            empty_button="予約を追加する",
            empty_on_click=self.add_booking,
            group=lambda one: month_title(one.booking.day.year, one.booking.day.month),
            search=lambda one: f"{one.booking.place} {one.state} {one.event.full_title if one.event else ''}",
            names_people=False,
            on_delete=lambda _rows: self._on_booking(self._remove),
            on_edit=self.edit_booking,
            on_open=self._open_detail,
        )
        self.detail = BookingDetail(today=app_context.today())
        self.month = BookingMonth(today=app_context.today())
        self.venues = RecordTable(
            "venues",
            venue_columns(),
            title="会場の一覧",
            sort="name",
            empty="会場は、まだありません。部屋ごとに加えると、重なりと定員を確かめられます。",
            empty_button="会場を追加する",
            empty_on_click=self.add_venue,
            names_people=False,
            on_edit=self.edit_venue,
            on_open=self.edit_venue,
        )
        self.venue_menu = ListImportMenu(
            app_context, VENUES, ListPresentation(columns=import_columns_of_venues(), words="会場の一覧")
        )
        self.add_venue_button = main_button("会場を追加", self.add_venue, icon_name="plus")
        self._build()
        self._connect()
        disable_when_read_only(
            app_context,
            self.add_button,
            self.add_venue_button,
            self.bookings.empty_button,
            self.venues.empty_button,
            *self.detail.acts,
        )

    def _build(self) -> None:
        """Lay out the head, the tabs, the list of bookings, the calendar and the list of venues."""
        page = QWidget()
        column = page_column(page, spacing=8)
        self.bar = ActionBar(self.app_context)
        self.bar.put(*self.detail.acts[:2], self.add_button, self.add_venue_button, *self.detail.acts[2:])
        in_column((page, 1), self.bar, owner=self, spacing=0)
        where = (
            link_button("団体", lambda: self.go("organisations")),
            label("›", "small"),
            heading("会場・予約"),
        )
        title = QWidget()
        title.setLayout(widget_row(*where))
        add(column, FlowRow(title, self.import_menu, at_end=1), self.warnings)
        listed = column_of(self.bookings, margins=(0, 8, 0, 0))
        self.bookings.foot.addWidget(export_button(self.app_context, self.bookings, title="会場の予約の一覧"))
        self.list_and_detail = ListAndDetail(listed, self.detail, back="予約の一覧", wide=340)
        venues = column_of(self.venues, margins=(0, 8, 0, 0))
        self.venues.put_tool(self.venue_menu)
        self.venues.foot.addWidget(export_button(self.app_context, self.venues, title="会場の一覧"))
        self.tabs = Tabs()
        self.tabs.add("予約（年間）", self.list_and_detail)
        self.tabs.add("月", in_scroll_area(self.month))
        self.tabs.add("会場", venues)
        column.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        """Connect lists, calendar, details and buttons with the methods of the screen."""
        self.bookings.chosen.connect(self._show_detail)
        self.tabs.chosen.connect(lambda _number: self._show_detail(self.bookings.current()))
        self.month.opened.connect(self._open_from_month)
        self.month.add_asked.connect(lambda day: self.add_booking(day=day))
        self.detail.edit.chosen.connect(self.edit_booking)
        self.detail.document_button.chosen.connect(self.open_document)
        self.detail.confirm_use_button.chosen.connect(
            lambda: self._on_booking(lambda row: self.run_action(confirm_use, booking_id=row.id))
        )
        self.detail.clear_button.chosen.connect(
            lambda: self._on_booking(
                lambda row: self.run_action(
                    record_clearing,
                    booking_id=row.id,
                    on=self.today,
                    who=self.app_context.user_name,
                )
            )
        )
        self.detail.cancel_button.chosen.connect(
            lambda: self._on_booking(lambda row: self.run_action(cancel_booking, booking_id=row.id))
        )
        self.detail.remove.chosen.connect(partial(self._on_booking, self._remove))
        self.detail.event_link.chosen.connect(self._open_event)

    def open_with(
        self,
        *,
        booking_id: int | None = None,
        event_id: int | None = None,
        venue_id: int | None = None,
        tab: int | None = None,
        **_more: Any,
    ) -> None:
        """Go to a booking, the first one of an event, a venue, or the ``tab`` that ``view_state`` returned."""
        self._requested = {key: value for key, value in (("id", booking_id), ("event", event_id)) if value is not None}
        self._requested_venue = venue_id
        if venue_id is not None:
            self.tabs.choose(_VENUES_TAB)
        elif self._requested:
            self.tabs.choose(0)
        elif tab is not None:
            self.tabs.choose(tab)

    def view_state(self) -> dict[str, Any]:
        """Return the current tab."""
        return {"tab": self.tabs.current()}

    def reload(self) -> None:
        """Read and show bookings and venues."""
        self.run_read(self._show, list_bookings, today=self.today, fiscal_year=self.fiscal_year)
        self.run_read(self._show_venues, list_venues)

    def current_booking(self) -> BookingRow | None:
        """Return the selected booking, or None."""
        found = self.bookings.current()
        return found if isinstance(found, BookingRow) else None

    def add_booking(self, *, day: date | None = None) -> None:
        """Open the form of a new booking, for ``day`` or else for the next event without one; not for a reader."""
        if self._overview is not None and self.may_write:
            event = (
                self._overview.events_without_booking[0]
                if self._overview.events_without_booking and day is None
                else None
            )
            dialog = BookingDialog(self, self._overview, event=event, day=day)
            dialog.saved_result.connect(lambda saved: self._requested.update({"id": saved.id}))
            dialog.open()

    def edit_booking(self) -> None:
        """Open the form of the selected booking; nothing without one, or for a reader."""
        chosen = self.current_booking()
        if chosen is not None and self._overview is not None and self.may_write:
            BookingDialog(self, self._overview, booking=chosen.booking).open()

    def open_document(self) -> None:
        """Show in a dialog the 使用・減免申請書 of the event of the selected booking."""
        chosen = self.current_booking()
        if chosen is not None and chosen.event is not None:
            DocumentDialog(
                self,
                event_id=chosen.event.id,
                kind=ROOM_APPLICATION,
                subject=chosen.event.full_title,
            ).open()

    def add_venue(self) -> None:
        """Open the form of a new venue; not for a reader."""
        if self.may_write:
            VenueDialog(self).open()

    def edit_venue(self, chosen: VenueRow | None) -> None:
        """Open the form of a venue; not for a reader."""
        if chosen is not None and self.may_write:
            VenueDialog(self, venue=chosen.venue).open()

    def _show(self, overview: BookingOverview) -> Iterator[None]:
        """Show the list and the selected booking, then in another turn of the event loop the month."""
        self._overview = overview
        self.bookings.show_rows(overview.rows)
        texts = list(dict.fromkeys(one.text for one in overview.warnings))
        more = and_others(texts, 1, "　**ほか{}件**")
        self.warnings.show_text(f"{texts[0]}{more}" if texts else "")
        self._select_requested()
        self._show_detail(self.bookings.current())
        yield
        if self._overview is overview:
            self.month.show_bookings(overview)

    def _show_detail(self, row: BookingRow | None) -> None:
        """Show the selected booking and, in the bar, what can be done on the tab that is open."""
        tab = self.tabs.current()
        self.detail.show_row(row if tab == 0 else None)
        self.add_button.setVisible(tab != _VENUES_TAB)
        self.add_button.set_filled(not any(button.is_offered for button in self.detail.acts[:2]))
        self.add_venue_button.setVisible(tab == _VENUES_TAB)
        self.bar.show_words("その日に使うことを確かめた、と記録します。" if self.detail.acts[0].is_offered else "")

    def _select_requested(self) -> None:
        """Select the booking that the screen was opened for, else keep or select the next one."""
        wanted, self._requested = self._requested, {}
        if "id" in wanted:
            self.bookings.choose(lambda one: one.id == wanted["id"])
        elif "event" in wanted:
            self.bookings.choose(lambda one: one.booking.event_id == wanted["event"])
        elif self.current_booking() is None:
            today = self.today
            self.bookings.choose(lambda one: one.booking.day >= today, take_focus=False)

    def list_warnings(self) -> None:
        """Show all warnings in a dialog, each with a link to its booking or event."""
        if self._overview is None:
            return
        listed = {None, *(row.id for row in self._overview.rows)}
        entries = [
            LinkEntry(
                words=one.text,
                follow=partial(self._open_warning, one),
                verb="予約を開く" if one.booking_id else "予約を追加",
                blocked="ほかの年度の予約です。年度を替えると開けます。"
                if one.booking_id not in listed
                else READ_ONLY
                if self.app_context.read_only and not one.booking_id
                else "",
            )
            for one in {one.text: one for one in self._overview.warnings}.values()
        ]
        LinkListDialog("確かめること", entries, subject="会場・予約", parent=self).open()

    def _open_warning(self, warning: BookingWarning) -> None:
        if warning.booking_id is not None:
            self._open_from_month(warning.booking_id)
        elif self._overview is not None and self.may_write:
            event = next((one for one in self._overview.events_without_booking if one.id == warning.event_id), None)
            BookingDialog(self, self._overview, event=event).open()

    def _show_venues(self, rows: tuple[VenueRow, ...]) -> None:
        """Show the venues, their number at the tab, and select the one the screen was opened for."""
        self.venues.show_rows(rows)
        self.tabs.set_count(_VENUES_TAB, len(rows))
        wanted, self._requested_venue = self._requested_venue, None
        if wanted is not None:
            self.venues.choose(lambda one: one.id == wanted)

    def _open_detail(self) -> None:
        if self.list_and_detail.is_narrow:
            self.list_and_detail.show_detail()
        else:
            self.edit_booking()

    def _open_from_month(self, booking_id: int) -> None:
        self.tabs.choose(0)
        self.bookings.choose(lambda one: one.id == booking_id)

    def _on_booking(self, act: Callable[[BookingRow], object]) -> None:
        """Do something with the selected booking; nothing without one, or for a reader."""
        chosen = self.current_booking()
        if chosen is not None and self.may_write:
            act(chosen)

    def _remove(self, chosen: BookingRow) -> None:
        """Delete a booking after a confirmation; meant for one entered by mistake."""
        confirm_first(
            self.window(),
            title="予約を消す",
            subject=booking_title(chosen.booking, self.today),
            text="この予約の記録が、段階と備考も含めて一覧から消えます。会場が使えなくなったときは、消さずに「取消にする」を"
            "選んでください。消したあとも、「元に戻す」で戻せます。",
            verb="この予約を消す",
            on_confirmed=lambda: self.run_action(remove_booking, booking_id=chosen.id),
        )

    def _open_event(self) -> None:
        chosen = self.current_booking()
        if chosen is not None and chosen.event is not None:
            self.go("event", event_id=chosen.event.id)
