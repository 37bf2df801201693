"""The screen 会場・予約: the year's bookings as a list and a month, the venues, and the import of bookings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.importing.parts.list_dialog import ListImportMenu, ListPresentation
from app.subjects.organisations.venues.documents import KIND as ROOM_APPLICATION
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
    BookingOverview,
    BookingRow,
    VenueRow,
    cancel_booking,
    confirm_use,
    list_bookings,
    list_venues,
    record_clearing,
    remove_booking,
)
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import heading, label
from app.widgets.layouts import add, in_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.month_calendar import month_title
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area, page_column, widget_row
from app.widgets.tabs import Tabs
from app.window.app_context import AppContext, bind_action
from db.store import Store


def venue_columns() -> tuple[Column, ...]:
    """Return the columns of the list of venues."""
    return (
        Column(
            "name",
            "会場・部屋",
            lambda row: Cell(row.venue.name, row.venue.room, strong=True),
            widest=220,
            sort=lambda row: row.title,
            copy_text=lambda row: row.title,
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
            export_parts=(
                ExportColumn("所在地", lambda row: row.venue.address),
                ExportColumn("行き方", lambda row: row.venue.access),
            ),
        ),
        Column("things", "備品・段差など", _equipment_cell, narrow=False, widest=260),
        Column("network", "ネット環境", lambda row: row.venue.network),
        Column("facility", "施設の区分", lambda row: row.venue.facility, min_list_width=1240),
        Column(
            "bookings",
            "予約",
            lambda row: f"{row.booking_count}件",
            align="right",
            sort=lambda row: row.booking_count,
        ),
    )


def _equipment_cell(row: VenueRow) -> Cell:
    return Cell(row.venue.equipment, row.venue.barrier_free)


class VenuesScreen(Screen):
    """Bookings and venues. Signals: none.

    ``open_with(booking_id=…)`` or ``open_with(event_id=…)`` selects a booking.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._overview: BookingOverview | None = None
        self._requested: dict[str, int] = {}
        self.add_button = main_button("予約を追加", self.add_booking, icon_name="plus")
        self.import_menu = ListImportMenu(
            app_context, BOOKINGS, ListPresentation(columns=import_columns(app_context.today()), words="予約の一覧")
        )
        self.warnings = NoteBox(tone="amber")
        self.warnings.put(Button("すべて見る", self.list_warnings, low=True))
        self.bookings = RecordTable(
            "bookings",
            booking_columns(app_context.today()),
            title="予約の一覧",
            sort="day",
            empty="この年度の会場の予約は、まだありません。",
            empty_button="予約を追加する",
            empty_on_click=self.add_booking,
            group=lambda one: month_title(one.booking.day.year, one.booking.day.month),
            search=lambda one: f"{one.venue_text} {one.state} {one.event.full_title if one.event else ''}",
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
        )
        self.add_venue_button = Button("会場を追加", self.add_venue, icon_name="plus")
        self._build()
        self._connect()
        disable_when_read_only(app_context, self.add_button, self.add_venue_button, self.detail.buttons)

    def _build(self) -> None:
        column = page_column(self, spacing=8)
        where = (
            link_button("団体", lambda: self.app_context.go("organisations")),
            label("›", "small"),
            heading("会場・予約"),
        )
        acts = QWidget()
        acts.setLayout(widget_row(self.add_button, self.import_menu))
        title = QWidget()
        title.setLayout(widget_row(*where))
        add(column, FlowRow(title, acts, at_end=1), self.warnings)
        listed = QWidget()
        in_column(self.bookings, owner=listed, margins=(0, 8, 0, 0))
        self.bookings.foot.addWidget(export_button(self.app_context, self.bookings, title="会場の予約の一覧"))
        self.list_and_detail = ListAndDetail(listed, self.detail, back="予約の一覧", wide=340)
        venues = QWidget()
        in_column(self.venues, owner=venues, margins=(0, 8, 0, 0))
        self.venues.put_tool(self.add_venue_button)
        self.venues.foot.addWidget(export_button(self.app_context, self.venues, title="会場の一覧"))
        self.tabs = Tabs()
        self.tabs.add("予約（年間）", self.list_and_detail)
        self.tabs.add("月", in_scroll_area(self.month))
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
        self.detail.document_asked.connect(self.open_document)
        self.detail.confirm_use_asked.connect(
            lambda: self._run_on_booking(bind_action(self.app_context, confirm_use, booking_id=self._booking_id()))
        )
        self.detail.clear_asked.connect(
            lambda: self._run_on_booking(
                bind_action(
                    self.app_context,
                    record_clearing,
                    booking_id=self._booking_id(),
                    on=self.app_context.today(),
                    who=self.app_context.user_name,
                )
            )
        )
        self.detail.cancel_asked.connect(
            lambda: self._run_on_booking(bind_action(self.app_context, cancel_booking, booking_id=self._booking_id()))
        )
        self.detail.remove_asked.connect(self._remove)
        self.detail.event_asked.connect(self._open_event)

    def open_with(
        self, *, booking_id: int | None = None, event_id: int | None = None, tab: int | None = None, **_more: Any
    ) -> None:
        """Select a booking, or the first one of an event; ``tab`` is the value that ``view_state`` returned."""
        self._requested = {key: value for key, value in (("id", booking_id), ("event", event_id)) if value is not None}
        if self._requested:
            self.tabs.choose(0)
        elif tab is not None:
            self.tabs.choose(tab)

    def view_state(self) -> dict[str, Any]:
        """Return the current tab."""
        return {"tab": self.tabs.current()}

    def reload(self) -> None:
        """Read bookings and venues."""
        self.run_read(
            self._show, list_bookings, today=self.app_context.today(), fiscal_year=self.app_context.fiscal_year
        )
        self.app_context.read(list_venues, self._show_venues)

    def current_booking(self) -> BookingRow | None:
        """Return the selected booking, or None."""
        found = self.bookings.current()
        return found if isinstance(found, BookingRow) else None

    def add_booking(self, *, day: date | None = None) -> None:
        """Open the form of a new booking, by default for the next event without one."""
        if self._overview is not None and not self.app_context.read_only:
            event = (
                self._overview.events_without_booking[0]
                if self._overview.events_without_booking and day is None
                else None
            )
            dialog = BookingDialog(self.app_context, self._overview, event=event, day=day, parent=self)
            dialog.saved_result.connect(lambda saved: self._requested.update({"id": saved.id}))
            dialog.open()

    def edit_booking(self) -> None:
        """Open the form of the selected booking."""
        chosen = self.current_booking()
        if chosen is not None and self._overview is not None and not self.app_context.read_only:
            BookingDialog(self.app_context, self._overview, booking=chosen.booking, parent=self).open()

    def open_document(self) -> None:
        """Show the 使用・減免申請書 of the event of the selected booking."""
        chosen = self.current_booking()
        if chosen is not None and chosen.event is not None:
            DocumentDialog(
                self.app_context,
                event_id=chosen.event.id,
                kind=ROOM_APPLICATION,
                subject=chosen.event.full_title,
                parent=self,
            ).open()

    def add_venue(self) -> None:
        """Open the form of a new venue."""
        if not self.app_context.read_only:
            VenueDialog(self.app_context, parent=self).open()

    def edit_venue(self, chosen: VenueRow | None) -> None:
        """Open the form of a venue."""
        if chosen is not None and not self.app_context.read_only:
            VenueDialog(self.app_context, venue=chosen.venue, parent=self).open()

    def _show(self, overview: BookingOverview) -> Iterator[None]:
        """Show the list and the selected booking, then in another turn of the event loop the month."""
        self._overview = overview
        self.bookings.show_rows(overview.rows)
        texts = list(dict.fromkeys(one.text for one in overview.warnings))
        more = f"　**ほか{len(texts) - 1}件**" if len(texts) > 1 else ""
        self.warnings.show_text(f"{texts[0]}{more}" if texts else "")
        self._select_requested()
        self._show_detail(self.bookings.current())
        yield
        if self._overview is overview:
            self.month.show_bookings(overview)

    def _select_requested(self) -> None:
        wanted, self._requested = self._requested, {}
        if "id" in wanted:
            self.bookings.choose(lambda one: one.id == wanted["id"])
        elif "event" in wanted:
            self.bookings.choose(lambda one: one.booking.event_id == wanted["event"])
        elif self.current_booking() is None:
            today = self.app_context.today()
            self.bookings.choose(lambda one: one.booking.day >= today, take_focus=False)

    def list_warnings(self) -> None:
        """Show all warnings, each with a link to its booking or event."""
        if self._overview is None:
            return
        entries = [
            LinkEntry(
                words=one.text,
                follow=partial(self._open_warning, one),
                verb="予約を開く" if one.booking_id else "予約を追加",
            )
            for one in {one.text: one for one in self._overview.warnings}.values()
        ]
        LinkListDialog("確かめること", entries, subject="会場・予約", parent=self).open()

    def _open_warning(self, warning: BookingWarning) -> None:
        if warning.booking_id is not None:
            self._open_from_month(warning.booking_id)
        elif self._overview is not None and not self.app_context.read_only:
            event = next((one for one in self._overview.events_without_booking if one.id == warning.event_id), None)
            BookingDialog(self.app_context, self._overview, event=event, parent=self).open()

    def _show_venues(self, rows: tuple[VenueRow, ...]) -> None:
        self.venues.show_rows(rows)
        self.tabs.set_count(2, len(rows))

    def _show_detail(self, chosen: object) -> None:
        self.detail.show_row(chosen if isinstance(chosen, BookingRow) else None)

    def _open_detail(self) -> None:
        if self.list_and_detail.is_narrow:
            self.list_and_detail.show_detail()
        else:
            self.edit_booking()

    def _open_from_month(self, booking_id: int) -> None:
        self.tabs.choose(0)
        self.bookings.choose(lambda one: one.id == booking_id)

    def _booking_id(self) -> int:
        chosen = self.current_booking()
        return chosen.id if chosen is not None else 0

    def _run_on_booking(self, change: Callable[[Store], object]) -> None:
        if self.current_booking() is not None and not self.app_context.read_only:
            self.run_change(change)

    def _remove(self) -> None:
        """Ask, then delete a booking that was entered by mistake."""
        chosen = self.current_booking()
        if chosen is None or self.app_context.read_only:
            return
        confirm_first(
            self.window(),
            title="予約を消す",
            subject=booking_title(chosen.booking, self.app_context.today()),
            text="この予約の記録が、段階と備考も含めて一覧から消えます。会場が使えなくなったときは、消さずに「取消にする」を"
            "選んでください。消したあとも、「元に戻す」で戻せます。",
            verb="この予約を消す",
            on_confirmed=lambda: self._run_on_booking(
                bind_action(self.app_context, remove_booking, booking_id=chosen.id)
            ),
        )

    def _open_event(self) -> None:
        chosen = self.current_booking()
        if chosen is not None and chosen.event is not None:
            self.app_context.go("event", event_id=chosen.event.id)
