"""Forms for one venue and one booking, and what an event takes over from its booking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.foreign_files.picture_reading import PICTURE_KINDS, Picture, read_picture
from app.subjects.organisations.venues.screens.booking_views import booking_title
from app.subjects.organisations.venues.services.bookings import (
    BookingOverview,
    event_fill_words,
    get_venue,
    remove_venue,
    save_booking,
    save_venue,
)
from app.subjects.organisations.venues.services.map_permission import map_problem
from app.subjects.organisations.venues.services.venue_maps import remove_map, save_map
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import wrapped_label
from app.window.app_context import AppContext, bind_action
from app.window.background_task import bind_arguments
from db.fields import editable_fields
from db.records.events import Event
from db.records.venues import Booking, Venue

_PICTURE, _DRAWN = "地図の絵があります。略図の代わりに印刷します。", "絵がないときは、上の言葉から略図を描きます。"
_MAP = (
    Field("map_station", "地図の駅", width=240, optional=True, hint="見本台駅。ここから略図を描きます"),
    Field("map_exit", "地図の出口", width=200, optional=True, hint="北口"),
    Field("map_street", "地図の通り", width=240, optional=True, hint="つつじ通り"),
    Field("map_building", "地図の建物", width=360, optional=True, hint="空けておくと、会場の名称です"),
    Field("map_minutes", "地図の徒歩", kind="number", unit="分", width=72, least=1, most=99, optional=True),
    Field("map_source", "地図の出典", width=360, optional=True, hint="区で作成"),
    Field(
        "map_permission", "使用の許可", width=360, optional=True, hint="区の著作。出典と許可を書くと、地図を印刷します"
    ),
)
_FACILITY = (("", "まだ"), ("区立施設", "区立施設"), ("その他の施設", "その他の施設"))
_NETWORK = (("有", "有"), ("無", "無"), ("不明", "不明"))


class VenueDialog(SavingDialog):
    """Adds or edits one venue. Signals: those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, *, venue: Venue | None = None, parent: QWidget) -> None:
        super().__init__(
            app_context,
            "会場を変える" if venue else "会場を追加",
            venue.name if venue else "",
            main="会場を保存する",
            width=720,
            parent=parent,
        )
        self._venue = venue or Venue(name="")
        self.ask_file = self._ask_file
        self.form = Form(
            (
                Field("name", "名称", width=360),
                Field(
                    "room",
                    "部屋",
                    width=240,
                    optional=True,
                    hint="部屋ごとに1行にすると、重なりと定員を確かめられます",
                ),
                Field("phone", "電話", width=200, optional=True, hint="中止・変更の連絡に出ます"),
                Field("capacity", "定員", "number", unit="人", width=88, least=1, optional=True),
                Field("address", "所在地", optional=True),
                Field("access", "行き方", optional=True),
                Field("network", "ネット環境", "radio", choices=_NETWORK),
                Field("facility", "施設の区分", "radio", choices=_FACILITY, optional=True),
                Field("equipment", "備品", "lines", lines=2, optional=True),
                Field(
                    "barrier_free",
                    "段差・設備",
                    "lines",
                    lines=2,
                    optional=True,
                    hint="車いす、エレベーター、多目的トイレなど",
                ),
                Field("aed", "AED", width=360, optional=True, hint="1階の受付（しおりに出ます）"),
                Field("refuge", "避難場所", width=360, optional=True, hint="北がわの公園（しおりに出ます）"),
                *_MAP,
                Field("note", "備考", "lines", lines=2, optional=True),
            ),
            app_context.fiscal_year,
            label_width=116,
        )
        self.form.set_values({one.name: getattr(self._venue, one.name) for one in fields(Venue)})
        self.put(self.form, None)
        if venue is not None:
            self.map_label = wrapped_label("", "small")
            self.map_button = Button("地図の絵を選ぶ", self.choose_map)
            self.remove_map_button = Button("絵を外す", self.remove_map)
            self.put(FlowRow(self.map_button, self.remove_map_button), self.map_label)
            self._show_map_state(venue)
            self.remove = Button("一覧から消す", self._remove, kind="danger", tall=True)
            self.put_button(self.remove)
        self.form.go_to("name")

    def choose_map(self) -> None:
        """Let a picture of the map be chosen; it is read in the background and saved at once."""
        name = self.ask_file()
        if name:
            self.map_label.setText("地図の絵を読んでいます。")
            self.app_context.run_in_background(
                bind_arguments(read_picture, Path(name)), self._save_map, on_failed=self.show_error, owner=self
            )

    def remove_map(self) -> None:
        """Remove the picture, so that the drawn map is printed again."""
        self.run_change_and_stay(bind_action(self.app_context, remove_map, venue_id=self._venue.id), self._on_map_saved)

    def _ask_file(self) -> str:
        return QFileDialog.getOpenFileName(self, "地図の絵を選ぶ", "", PICTURE_KINDS)[0]

    def _save_map(self, picture: Picture) -> None:
        self.run_change_and_stay(
            bind_action(self.app_context, save_map, venue_id=self._venue.id, picture=picture), self._on_map_saved
        )

    def _on_map_saved(self, _saved: object) -> None:
        self.run_read(self._show_map_state, get_venue, venue_id=self._venue.id)

    def _show_map_state(self, venue: Venue) -> None:
        """Show the saved picture; typed input is left unchanged."""
        self._venue = replace(self._venue, map_file_id=venue.map_file_id)
        there = venue.map_file_id is not None
        self.map_label.setText(f"{_PICTURE if there else _DRAWN}{map_problem(venue)}")
        self.remove_map_button.setVisible(there)

    def _save(self) -> None:
        if self.form.check_all():
            self.run_action(save_venue, venue=replace(self._venue, **self.form.values()))

    def _remove(self) -> None:
        self.run_action(remove_venue, venue_id=self._venue.id)


class BookingDialog(SavingDialog):
    """Adds or edits one booking. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        app_context: AppContext,
        overview: BookingOverview,
        *,
        booking: Booking | None = None,
        event: Event | None = None,
        day: date | None = None,
        parent: QWidget,
    ) -> None:
        """Edit ``booking``; None adds one, for ``event`` or on ``day`` where given."""
        about = booking_title(booking, app_context.today()) if booking is not None else ""
        super().__init__(
            app_context,
            "予約を変える" if booking else "予約を追加",
            about,
            main="予約を保存する",
            width=760,
            parent=parent,
        )
        self._booking = booking
        self._events = {row.id: row for row in overview.events}
        self.form = Form(
            self._fields(overview.venues, overview.events, app_context.today()),
            app_context.fiscal_year,
            label_width=136,
        )
        self.form.set_values(self._values(booking, event, day, overview.venues))
        self.put(self.form, None)
        self.form.changed.connect(self._update_fields)
        self._update_fields("")
        self.form.go_to("place" if booking is None else "state")

    @staticmethod
    def _fields(venues: Sequence[Venue], events: Sequence[Event], today: date) -> tuple[Field, ...]:
        places = tuple((row.id, join_nonempty(row.name, row.room, separator=" ")) for row in venues)
        held = tuple(
            (row.id, f"{short_date(row.event_date, today) if row.event_date else '日程未定'}　{row.full_title}")
            for row in events
        )
        return (
            Field("place", "会場", "choice", choices=((0, "一覧にない会場"), *places)),
            record_field(Booking, "venue_name", label="会場の名称", width=320),
            record_field(Booking, "room", optional=True),
            record_field(Booking, "day"),
            record_field(Booking, "start_time", kind="time", optional=True, hint="準備の時間も含めた、借りている時間"),
            record_field(Booking, "end_time", kind="time", optional=True),
            Field("event_id", "実施回", "choice", choices=((0, "決まっていない"), *held)),
            Field("fill", "実施回に入れる", "check"),
            record_field(Booking, "state"),
            record_field(Booking, "reserved_on", optional=True),
            record_field(Booking, "applied_on", optional=True),
            record_field(Booking, "approval_number", optional=True),
            record_field(Booking, "approved_on", optional=True),
            record_field(Booking, "reduction", optional=True),
            record_field(Booking, "fee", least=0, optional=True),
            record_field(Booking, "equipment", optional=True),
            record_field(Booking, "key_note", optional=True),
            record_field(Booking, "cancel_by", optional=True, hint="「区がやること」に出ます"),
            record_field(Booking, "use_confirmed_on", optional=True),
            record_field(Booking, "purpose", optional=True),
            record_field(Booking, "note", kind="lines", lines=2, optional=True),
        )

    def _values(
        self, booking: Booking | None, event: Event | None, day: date | None, venues: Sequence[Venue]
    ) -> dict[str, Any]:
        row = booking
        if row is None:
            row = Booking(
                venue_name=event.venue if event else "",
                room=event.room if event else "",
                day=(event.event_date if event else None) or day or self.app_context.today(),
                start_time=event.start_time if event else "",
                end_time=event.end_time if event else "",
                event_id=event.id if event else None,
                reserved_on=self.app_context.today(),
            )
        known = next((one.id for one in venues if (one.name, one.room) == (row.venue_name, row.room)), 0)
        shown = {name: getattr(row, name) for name in _EDITABLE_FIELDS}
        self._venues = {one.id: one for one in venues}
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
        taken = event_fill_words(event, self._edited_booking()) if event is not None and self.form.value("day") else ()
        self.form.show_field("fill", bool(taken))
        self.form.set_hint("fill", f"実施回の空いている項目に、{'、'.join(taken)}を入れます。" if taken else "")
        if self.isVisible():
            self.fit_to_content()

    def _edited_booking(self) -> Booking:
        values = self.form.values()
        base = self._booking or Booking(venue_name="", day=values["day"] or self.app_context.today())
        given = {name: values[name] for name in _EDITABLE_FIELDS}
        return replace(base, **given | {"event_id": values["event_id"] or None})

    def _save(self) -> None:
        if not self.form.check_all():
            return
        start, end = self.form.value("start_time"), self.form.value("end_time")
        if start and end and end <= start:
            self.form.set_problem("end_time", f"開始（{start}）より後の時刻を入力してください。")
            self.form.go_to("end_time")
        else:
            self.run_action(save_booking, booking=self._edited_booking(), fill_event=bool(self.form.value("fill")))


_EDITABLE_FIELDS = editable_fields(Booking)
