"""会場・予約: the year's bookings as a list, a month, the venues; a list of bookings is taken in here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.importing.parts.list_dialog import ListFiles, ListView
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.subjects.organisations.venues.papers import KIND as ROOM_APPLICATION
from app.subjects.organisations.venues.rules import BookingWarning
from app.subjects.organisations.venues.screens.booking_views import (
    BookingDetail,
    BookingMonth,
    booking_columns,
    booking_title,
    import_columns,
)
from app.subjects.organisations.venues.screens.venue_dialogs import BookingDialog, VenueDialog
from app.subjects.organisations.venues.services.booking_import import BOOKINGS
from app.subjects.organisations.venues.services.bookings import (
    BookingBoard,
    BookingRow,
    VenueRow,
    cancel_booking,
    clear_booking,
    list_bookings,
    list_venues,
    remove_booking,
    settle_use,
)
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.dialog_frame import ask_before
from app.widgets.dialogs.usual_dialogs import ListedThing, ThingsDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import heading, label
from app.widgets.layouts import add, in_column
from app.widgets.lists.record_model import Cell, Column, SheetPart
from app.widgets.lists.record_table import RecordTable
from app.widgets.month_calendar import month_title
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, only_for_writing, page, row, scrolling
from app.widgets.tabs import Tabs
from app.window.desk import Desk, acting
from db.store import Store


def venue_columns() -> tuple[Column, ...]:
    """The columns of the list of venues."""
    return (
        Column(
            "name",
            "会場・部屋",
            lambda row: Cell(row.venue.name, row.venue.room, strong=True),
            widest=220,
            sort=lambda row: row.title,
            copied=lambda row: row.title,
        ),
        Column("phone", "電話", lambda row: row.venue.phone, width=132),
        Column(
            "capacity",
            "定員",
            lambda row: f"{row.venue.capacity}人" if row.venue.capacity is not None else "",
            align="right",
            sort=lambda row: row.venue.capacity,
        ),
        Column(
            "address",
            "所在地・行き方",
            lambda row: Cell(row.venue.address, row.venue.access),
            stretch=True,
            parts=(
                SheetPart("所在地", lambda row: row.venue.address),
                SheetPart("行き方", lambda row: row.venue.access),
            ),
        ),
        Column("things", "備品・段差など", _things, narrow=False, widest=260),
        Column("network", "ネット環境", lambda row: row.venue.network),
        Column("facility", "施設の区分", lambda row: row.venue.facility, needs=1240),
        Column(
            "bookings",
            "予約",
            lambda row: f"{row.bookings}件",
            align="right",
            sort=lambda row: row.bookings,
        ),
    )


def _things(row: VenueRow) -> Cell:
    return Cell(row.venue.equipment, row.venue.barrier_free)


class VenuesScreen(Screen):
    """Bookings and venues. Signals: none. ``open_with(booking_id=…)`` or ``open_with(event_id=…)`` chooses a
    booking.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._board: BookingBoard | None = None
        self._wanted: dict[str, int] = {}
        self.add_button = main_button("予約を追加", self.add_booking, icon_name="plus")
        self.files = ListFiles(desk, BOOKINGS, ListView(columns=import_columns(desk.today()), words="予約の一覧"))
        self.warnings = NoteBox(tone="amber")
        self.warnings.put(Button("すべて見る", self.list_warnings, low=True))
        self.bookings = RecordTable(
            "bookings",
            booking_columns(desk.today()),
            title="予約の一覧",
            sort="day",
            empty="この年度の会場の予約は、まだありません。",
            empty_button="予約を追加する",
            empty_act=self.add_booking,
            group=lambda one: month_title(one.booking.day.year, one.booking.day.month),
            search=lambda one: f"{one.place} {one.state} {one.event.full_title if one.event else ''}",
        )
        self.detail = BookingDetail(today=desk.today())
        self.month = BookingMonth(today=desk.today())
        self.venues = RecordTable(
            "venues",
            venue_columns(),
            title="会場の一覧",
            sort="name",
            empty="会場は、まだありません。部屋ごとに加えると、重なりと定員を確かめられます。",
            empty_button="会場を追加する",
            empty_act=self.add_venue,
        )
        self.add_venue_button = Button("会場を追加", self.add_venue, icon_name="plus")
        self._build()
        self._connect()
        only_for_writing(desk, self.add_button, self.add_venue_button, self.detail.acts)

    def _build(self) -> None:
        column = page(self, spacing=8)
        where = (link_button("団体", lambda: self.desk.go("organisations")), label("›", "small"), heading("会場・予約"))
        acts = QWidget()
        acts.setLayout(row(self.add_button, self.files))
        title = QWidget()
        title.setLayout(row(*where))
        add(column, FlowRow(title, acts, at_end=1), self.warnings)
        listed = QWidget()
        in_column(self.bookings, owner=listed, margins=(0, 8, 0, 0))
        self.bookings.foot.addWidget(export_button(self.desk, self.bookings, title="会場の予約の一覧"))
        self.split = ListAndDetail(listed, self.detail, back="予約の一覧", wide=340)
        venues = QWidget()
        in_column(self.venues, owner=venues, margins=(0, 8, 0, 0))
        self.venues.put_tool(self.add_venue_button)
        self.venues.foot.addWidget(export_button(self.desk, self.venues, title="会場の一覧"))
        self.tabs = Tabs()
        self.tabs.add("予約（年間）", self.split)
        self.tabs.add("月", scrolling(self.month))
        self.tabs.add("会場", venues)
        column.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.bookings.chosen.connect(self._show_detail)
        self.bookings.opened.connect(lambda _row: self._open_detail())
        self.bookings.edit_asked.connect(lambda _row: self.edit_booking())
        self.bookings.delete_asked.connect(lambda _rows: self._remove())
        self.venues.opened.connect(self.edit_venue)
        self.venues.edit_asked.connect(self.edit_venue)
        self.month.opened.connect(self._open_from_month)
        self.month.add_asked.connect(lambda day: self.add_booking(day=day))
        self.detail.edit_asked.connect(self.edit_booking)
        self.detail.paper_asked.connect(self.show_paper)
        self.detail.settle_asked.connect(
            lambda: self._act(acting(self.desk, settle_use, booking_id=self._booking_id()))
        )
        self.detail.clear_asked.connect(
            lambda: self._act(
                acting(
                    self.desk,
                    clear_booking,
                    booking_id=self._booking_id(),
                    on=self.desk.today(),
                    who=self.desk.user_name,
                )
            )
        )
        self.detail.cancel_asked.connect(
            lambda: self._act(acting(self.desk, cancel_booking, booking_id=self._booking_id()))
        )
        self.detail.remove_asked.connect(self._remove)
        self.detail.event_asked.connect(self._go_to_event)

    def open_with(
        self, *, booking_id: int | None = None, event_id: int | None = None, tab: int | None = None, **_more: Any
    ) -> None:
        """Choose a booking, or the first one of an event; ``tab`` is that of ``stand``."""
        self._wanted = {key: value for key, value in (("id", booking_id), ("event", event_id)) if value is not None}
        if self._wanted:
            self.tabs.choose(0)
        elif tab is not None:
            self.tabs.choose(tab)

    def view_state(self) -> dict[str, Any]:
        """The tab."""
        return {"tab": self.tabs.current()}

    def reload(self) -> None:
        """Read bookings and venues."""
        self.fetch(self._show, list_bookings, today=self.desk.today(), fiscal_year=self.desk.fiscal_year)
        self.desk.read(list_venues, self._show_venues)

    def current(self) -> BookingRow | None:
        """The booking at hand."""
        found = self.bookings.current()
        return found if isinstance(found, BookingRow) else None

    def add_booking(self, *, day: date | None = None) -> None:
        """Open the form of a new booking, for the next event that has none when nothing else is asked for."""
        if self._board is not None and not self.desk.read_only:
            event = self._board.unbooked[0] if self._board.unbooked and day is None else None
            dialog = BookingDialog(self.desk, self._board, event=event, day=day, parent=self)
            dialog.stored.connect(lambda saved: self._wanted.update({"id": saved.id}))
            dialog.open()

    def edit_booking(self) -> None:
        """Open the form of the booking at hand."""
        chosen = self.current()
        if chosen is not None and self._board is not None and not self.desk.read_only:
            BookingDialog(self.desk, self._board, booking=chosen.booking, parent=self).open()

    def show_paper(self) -> None:
        """Show the 使用・減免申請書 of the event that the booking at hand is for."""
        chosen = self.current()
        if chosen is not None and chosen.event is not None:
            PaperDialog(
                self.desk, event_id=chosen.event.id, kind=ROOM_APPLICATION, subject=chosen.event.full_title, parent=self
            ).open()

    def add_venue(self) -> None:
        """Open the form of a new venue."""
        if not self.desk.read_only:
            VenueDialog(self.desk, parent=self).open()

    def edit_venue(self, chosen: VenueRow | None) -> None:
        """Open the form of a venue."""
        if chosen is not None and not self.desk.read_only:
            VenueDialog(self.desk, venue=chosen.venue, parent=self).open()

    def _show(self, board: BookingBoard) -> Iterator[None]:
        """The list with the booking at hand, then in another turn of the window the month."""
        self._board = board
        self.bookings.show_rows(board.rows)
        texts = list(dict.fromkeys(one.text for one in board.warnings))
        more = f"　**ほか{len(texts) - 1}件**" if len(texts) > 1 else ""
        self.warnings.say(f"{texts[0]}{more}" if texts else "")
        self._choose_wanted()
        self._show_detail(self.bookings.current())
        yield
        if self._board is board:
            self.month.show_board(board)

    def _choose_wanted(self) -> None:
        wanted, self._wanted = self._wanted, {}
        if "id" in wanted:
            self.bookings.choose(lambda one: one.id == wanted["id"])
        elif "event" in wanted:
            self.bookings.choose(lambda one: one.booking.event_id == wanted["event"])
        elif self.current() is None:
            today = self.desk.today()
            self.bookings.choose(lambda one: one.booking.day >= today, take_focus=False)

    def list_warnings(self) -> None:
        """Say everything that does not fit, each with the way to it."""
        if self._board is None:
            return
        entries = [
            ListedThing(
                words=one.text,
                follow=partial(self._follow_warning, one),
                verb="予約を開く" if one.booking_id else "予約を追加",
            )
            for one in {one.text: one for one in self._board.warnings}.values()
        ]
        ThingsDialog("確かめること", entries, subject="会場・予約", parent=self).open()

    def _follow_warning(self, warning: BookingWarning) -> None:
        if warning.booking_id is not None:
            self._open_from_month(warning.booking_id)
        elif self._board is not None and not self.desk.read_only:
            event = next((one for one in self._board.unbooked if one.id == warning.event_id), None)
            BookingDialog(self.desk, self._board, event=event, parent=self).open()

    def _show_venues(self, rows: tuple[VenueRow, ...]) -> None:
        self.venues.show_rows(rows)
        self.tabs.set_count(2, len(rows))

    def _show_detail(self, chosen: object) -> None:
        self.detail.show_row(chosen if isinstance(chosen, BookingRow) else None)

    def _open_detail(self) -> None:
        if self.split.narrow:
            self.split.show_detail()
        else:
            self.edit_booking()

    def _open_from_month(self, booking_id: int) -> None:
        self.tabs.choose(0)
        self.bookings.choose(lambda one: one.id == booking_id)

    def _booking_id(self) -> int:
        chosen = self.current()
        return chosen.id if chosen is not None else 0

    def _act(self, change: Callable[[Store], object]) -> None:
        if self.current() is not None and not self.desk.read_only:
            self.send(change)

    def _remove(self) -> None:
        """Ask, then take a booking out that was typed by mistake."""
        chosen = self.current()
        if chosen is None or self.desk.read_only:
            return
        ask_before(
            self.window(),
            title="予約を消す",
            subject=booking_title(chosen.booking, self.desk.today()),
            text="この予約の記録が、段階と備考も含めて一覧から消えます。会場が使えなくなったときは、消さずに「取消にする」を"
            "選んでください。消したあとも、「元に戻す」で戻せます。",
            verb="この予約を消す",
            then=lambda: self._act(acting(self.desk, remove_booking, booking_id=chosen.id)),
        )

    def _go_to_event(self) -> None:
        chosen = self.current()
        if chosen is not None and chosen.event is not None:
            self.desk.go("event", event_id=chosen.event.id)
