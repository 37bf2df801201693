"""Import target for lists of the facility reservation system: how a row is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from app.foreign_files.foreign_shape import ForeignFile, with_earlier_reading
from app.importing.list_fields import keys_by_field, text_fields
from app.importing.row_target import COMMON_CODES, ListRow, Outcome, RowTarget
from app.subjects.events.event.rules.event_venue import matching_venue
from app.subjects.organisations.venues.intake import (
    BOOKING_FIELDS,
    ListedBooking,
    propose_booking_columns,
    read_bookings,
)
from app.subjects.organisations.venues.rules import do_overlap, place_words
from db.fields import specs
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.store import Store
from db.tables import events as event_table
from db.tables import programme
from db.tables import venues as table


@frozen_record
class JudgedBooking(ListRow):
    """One row of the file with the booking as it would be stored, its event and its place."""

    event: Event | None = None
    venue_text: str = ""

    @property
    def booking(self) -> Booking | None:
        """Return the booking as it would be stored."""
        return self.new_record if isinstance(self.new_record, Booking) else None


def judge_bookings(store: Store, file: ForeignFile, columns: Mapping[int, str]) -> list[JudgedBooking]:
    """Return the outcome of each row; at least one column is assigned, by hand or by its heading."""
    judge = BookingJudge(store, columns, file)
    return [judge.judge_row(row) for row in read_bookings(file, columns).rows]


_IDENTIFYING_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "venue_name": frozenset({"venue"}), "room": frozenset({"room"}), "day": frozenset({"day"}),
    "start_time": frozenset({"start", "slot"}),
}  # fmt: skip
"""Attributes that identify a booking, and the columns that hold them."""


_FIRST_CHANGES: Final = ("state", "approval_number", "start_time", "end_time", "cancel_by", "fee")
_FIELDS_AS_WRITTEN: Final = text_fields(Booking)


class BookingJudge:
    """Compares the rows of one file with the bookings in the database."""

    def __init__(self, store: Store, columns: Mapping[int, str], file: ForeignFile) -> None:
        """Prepare for ``file``; ``columns`` (number to field) limits which identifying attributes are compared."""
        database = store.database
        started = [one for one in programme.programmes(database) if one.closed_on is None]
        self._hash = store.keys.keyed_hash
        self._venues: Sequence[Venue] = table.venues(database)
        self._events = [event for one in started for event in event_table.events_of_year(database, one.id)]
        self._bookings = table.bookings(database)
        self._by_key = {row.row_key: row for row in self._bookings if row.row_key}
        self._seen: set[str] = set()
        self._file = file
        said = set(columns.values())
        self._compared_fields = tuple(
            name for name, of_file in _IDENTIFYING_FIELDS.items() if not of_file.isdisjoint(said)
        )

    def judge_row(self, row: ListedBooking) -> JudgedBooking:
        """Return the outcome of one row."""
        alike = self._possible_matches(row)
        if not row.venue_name and len(alike) == 1:
            row = replace(row, venue_name=alike[0].venue_name)
        reasons = [one.reason for one in row.problems if one.code not in COMMON_CODES]
        if row.is_broken or row.day is None or not row.venue_name:
            missing = [] if row.venue_name else ["施設が読めません"]
            missing += [] if row.day is not None else ["利用日が読めません"]
            return self._judged_booking(row, "確認が必要", "。".join([*reasons, *missing]) or "この行は読めません")
        key = self._key_of(row)
        if key in self._seen:
            return self._judged_booking(row, "重複", "同じ予約が、このファイルの上の行にもあります")
        self._seen.add(key)
        known = self._by_key.get(key)
        alike = alike if known is None else ()
        known = alike[0] if len(alike) == 1 else known
        if known is None and not alike:
            known = self._known_before.get(row.row)
        booking = self._merged_booking(row, key, known)
        event = next((one for one in self._events if one.id == booking.event_id), None)
        if known is not None:
            return self._judge_known(row, key, known, booking, event)
        if alike:
            places = "、".join(f"{place_words(one.venue_name, one.room)} {one.start_time}" for one in alike)
            doubt = f"取り込み済みの予約（{places}）のどれかもしれません。このファイルの列では決められません"
            return self._judged_booking(row, "新規", "。".join(reasons), booking, event, doubt)
        if row.state == "取消":
            return self._judged_booking(row, "取り込まない", "取り消された予約です", None, event)
        double = next(
            (one for one in self._bookings if one.state != "取消" and not one.row_key and do_overlap(one, booking)),
            None,
        )
        times = f"（{double.start_time}–{double.end_time}）" if double is not None and double.start_time else ""
        doubt = f"手で入れた予約{times}と重なります" if double is not None else ""
        return self._judged_booking(row, "新規", "。".join(reasons), booking, event, doubt)

    def _judge_known(
        self, row: ListedBooking, key: str, known: Booking, booking: Booking, event: Event | None
    ) -> JudgedBooking:
        """Judge the row of a known booking: unchanged, changed, or read differently than at its first import."""
        if known.row_key != key and row.row in self._known_before:
            day = row.day or booking.day
            booking = replace(booking, venue_name=row.venue_name, room=row.room, day=day, row_key=key)
        if booking == known:
            return self._judged_booking(row, "重複", "", booking, event)
        before = self._rows_before.get(row.row)
        if before is not None and self._merged_booking(before, key, known) == known:
            # Nothing changed since it was taken in: it was read otherwise then.
            doubt = f"読みちがえの疑い　取り込んだときの読み方と違います（{_before_and_after_words(known, booking)}）"
            return self._judged_booking(row, "更新", "", booking, event, doubt)
        return self._judged_booking(row, "更新", _change_words(known, booking), booking, event)

    @cached_property
    def _rows_before(self) -> dict[int, ListedBooking]:
        """Return the rows of the file as the earlier parser read them, by row number."""
        before = with_earlier_reading(self._file)
        found = read_bookings(before).rows if before is not None and self._by_key else ()
        return {row.row: row for row in found if row.day is not None and not row.is_broken}

    @cached_property
    def _known_before(self) -> dict[int, Booking]:
        """Return the bookings by the rows that created them under the earlier reader."""
        keys = {number: self._key_of(row) for number, row in self._rows_before.items()}
        return {number: self._by_key[key] for number, key in keys.items() if key in self._by_key}

    def _possible_matches(self, row: ListedBooking) -> tuple[Booking, ...]:
        """Return imported bookings that may be this row when the file lacks an identifying column."""
        if len(self._compared_fields) == len(_IDENTIFYING_FIELDS):
            return ()
        told = {name: getattr(row, name) for name in self._compared_fields}
        return tuple(
            one
            for one in self._bookings
            if one.row_key and all(getattr(one, name) == value for name, value in told.items())
        )

    @staticmethod
    def _judged_booking(
        row: ListedBooking,
        outcome: Outcome,
        reason: str,
        booking: Booking | None = None,
        event: Event | None = None,
        doubt: str = "",
    ) -> JudgedBooking:
        return JudgedBooking(
            row=row.row,
            spreadsheet_row=row.spreadsheet_row,
            outcome=outcome,
            reason=reason,
            question=doubt,
            new_record=booking,
            event=event,
            venue_text=place_words(row.venue_name, row.room),
        )

    def _merged_booking(self, row: ListedBooking, key: str, known: Booking | None) -> Booking:
        """Return the booking of a row; values missing in the file stay as they are stored."""
        assert row.day is not None
        venue = matching_venue(self._venues, row.venue_name, row.room)
        base = known or Booking(
            venue_name=row.venue_name, room=row.room, day=row.day, row_key=key, event_id=self._event_of(row)
        )
        plain: dict[str, Any] = {
            name: row.values.get(key) or getattr(base, name) for name, key in _FIELDS_AS_WRITTEN.items()
        }
        return replace(
            base,
            venue_id=base.venue_id or (venue.id if venue is not None else None),
            start_time=row.start_time or base.start_time,
            end_time=row.end_time or base.end_time,
            state=row.state or base.state,  # type: ignore[arg-type]
            applied_on=row.applied_on or base.applied_on,
            approved_on=row.approved_on or base.approved_on,
            cancel_by=row.cancel_by or base.cancel_by,
            fee=base.fee if row.fee is None else row.fee,
            note=base.note or row.note,
            **plain,
        )

    def _event_of(self, row: ListedBooking) -> int | None:
        """Return the id of the event on that day at that venue, if there is exactly one and it has no other booking."""
        taken = {one.event_id for one in self._bookings if one.state != "取消"}
        fitting = [
            one.id
            for one in self._events
            if one.event_date == row.day
            and one.status == "予定"
            and one.venue in ("", row.venue_name)
            and one.id not in taken
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _key_of(self, row: ListedBooking) -> str:
        """Return the keyed hash of the attributes that stay the same when a booking is exported again."""
        return self._hash("\n".join(("booking", row.venue_name, row.room, str(row.day), row.start_time)))


def _before_and_after_words(before: Booking, after: Booking) -> str:
    """Return both values of each attribute that is now read differently."""
    words = []
    for name, told in specs(Booking).items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now and told.spec.label:
            words.append(f"{told.spec.label}　前は「{was or '（なし）'}」、今は「{now or '（なし）'}」")
    return "、".join(words) or "施設や時間"


def _change_words(before: Booking, after: Booking) -> str:
    """Return a text of what an update changes."""
    told = specs(Booking)
    order = dict.fromkeys((*_FIRST_CHANGES, *keys_by_field(Booking)))
    changed = [told[name].spec.label for name in order if getattr(before, name) != getattr(after, name)]
    return "・".join(changed or ["ほかの項目"]) + "が変わります"


BOOKINGS: Final = RowTarget(
    target="会場予約",
    row_noun="予約",
    list_name="会場の予約",
    subject="bookings",
    record=Booking,
    fields=BOOKING_FIELDS,
    required_groups=(frozenset({"venue", "room"}), frozenset({"day"})),
    propose_columns=lambda file: propose_booking_columns(file.headings),
    # The reader of foreign files names the headings of applications.
    replaced_texts={"「タイムスタンプ」や「氏名」": "「施設名」や「利用日」"},
    undo_advice="取り消す予約は、予約の一覧で1件ずつ取消にするか消してください。",
    day_fields=frozenset({"day", "applied_on", "approved_on", "cancel_by"}),
    judge_rows=judge_bookings,
    row_type=JudgedBooking,
    accepted_own_lists=frozenset({"会場の予約の一覧", "予約の一覧を取り込む　確かめる行"}),
)
"""A row is identified by venue, room, day and start: importing the same file twice changes nothing, a later file with
another state or number updates the booking.
"""
