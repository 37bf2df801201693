"""What becomes of each row of a list of bookings, held against what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.subjects.venues.intake.booking_rows import BookingRow
from app.subjects.venues.rules.booking_checks import overlap, place_words
from app.subjects.venues.services.bookings import matching_venue
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.store import Store
from db.tables import events as event_table
from db.tables import programme
from db.tables import venues as table

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
OUTCOMES: tuple[Outcome, ...] = ("新規", "更新", "重複", "確認が必要", "取り込まない")


@dataclass(frozen=True, kw_only=True)
class JudgedBooking:
    """One row of the file: what becomes of it and why; ``booking`` as it would be stored."""

    row: int
    outcome: Outcome
    reason: str
    booking: Booking | None
    event: Event | None
    place: str
    raw: tuple[str, ...]


class BookingJudge:
    """What the store knows, held against the rows of one file."""

    def __init__(self, store: Store) -> None:
        database = store.database
        started = [one for one in programme.programmes(database) if one.closed_on is None]
        self._hash = store.keys.keyed_hash
        self._places: Sequence[Venue] = table.venues(database)
        self._events = [event for one in started for event in event_table.all_of(database, one.id)]
        self._known = table.bookings(database)
        self._by_key = {row.row_key: row for row in self._known if row.row_key}
        self._seen: set[str] = set()

    def row(self, row: BookingRow, raw: tuple[str, ...]) -> JudgedBooking:
        """Judge one row."""
        place = place_words(row.venue_name, row.room)
        reasons = [one.reason for one in row.problems]
        if row.broken or row.day is None or not row.venue_name:
            missing = [] if row.venue_name else ["施設が読めません"]
            missing += [] if row.day is not None else ["利用日が読めません"]
            return self._judged(
                row, "確認が必要", "。".join([*reasons, *missing]) or "この行は読めません", None, None, place, raw
            )
        key = self._key_of(row)
        if key in self._seen:
            return self._judged(row, "重複", "同じ予約が、このファイルの上の行にもあります", None, None, place, raw)
        self._seen.add(key)
        known = self._by_key.get(key)
        booking = self._booking(row, key, known)
        event = next((one for one in self._events if one.id == booking.event_id), None)
        if known is not None:
            same = booking == known
            return self._judged(
                row, "重複" if same else "更新", "" if same else _changes(known, booking), booking, event, place, raw
            )
        if row.state == "取消":
            return self._judged(row, "取り込まない", "取り消された予約です", None, event, place, raw)
        double = next(
            (one for one in self._known if one.state != "取消" and not one.row_key and overlap(one, booking)), None
        )
        if double is not None:
            reason = f"手で入れた予約（{double.start_time}–{double.end_time}）と重なります"
            return self._judged(row, "確認が必要", reason, booking, event, place, raw)
        return self._judged(row, "新規", "。".join(reasons), booking, event, place, raw)

    @staticmethod
    def _judged(
        row: BookingRow, outcome: Outcome, reason: str, booking: Booking | None, event: Event | None, place: str,
        raw: tuple[str, ...],
    ) -> JudgedBooking:  # fmt: skip
        return JudgedBooking(
            row=row.row, outcome=outcome, reason=reason, booking=booking, event=event, place=place, raw=raw
        )

    def _booking(self, row: BookingRow, key: str, known: Booking | None) -> Booking:
        """The booking of a row; what a file leaves open stays as it is known."""
        assert row.day is not None
        venue = matching_venue(self._places, row.venue_name, row.room)
        base = known or Booking(
            venue_name=row.venue_name, room=row.room, day=row.day, row_key=key, event_id=self._event_of(row)
        )
        return replace(
            base,
            venue_id=base.venue_id or (venue.id if venue is not None else None),
            start_time=row.start_time or base.start_time,
            end_time=row.end_time or base.end_time,
            state=row.state or base.state,  # type: ignore[arg-type]
            applied_on=row.applied_on or base.applied_on,
            approval_number=row.number or base.approval_number,
            approved_on=row.approved_on or base.approved_on,
            reduction=row.reduction or base.reduction,
            equipment=row.equipment or base.equipment,
            cancel_by=row.cancel_by or base.cancel_by,
            fee=base.fee if row.fee is None else row.fee,
            purpose=row.purpose or base.purpose,
            note=base.note or row.note,
        )

    def _event_of(self, row: BookingRow) -> int | None:
        """The one event on that day at that venue, when there is exactly one and nothing else is booked for it."""
        taken = {one.event_id for one in self._known if one.state != "取消"}
        fitting = [
            one.id
            for one in self._events
            if one.event_date == row.day
            and one.status == "予定"
            and one.venue in ("", row.venue_name)
            and one.id not in taken
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _key_of(self, row: BookingRow) -> str:
        """The keyed hash of what stays the same when a booking is exported again."""
        return self._hash("\n".join(("booking", row.venue_name, row.room, str(row.day), row.start_time)))


def _changes(before: Booking, after: Booking) -> str:
    """Say in words what an update changes."""
    named = {
        "state": "状態",
        "approval_number": "承認番号",
        "end_time": "終了",
        "cancel_by": "取消期限",
        "fee": "使用料",
    }
    changed = [words for name, words in named.items() if getattr(before, name) != getattr(after, name)]
    return "・".join(changed or ["ほかの項目"]) + "が変わります"
