"""The life of a booking (仮予約 → 申請 → 承認 → 減免 → 備品・鍵 → 片付け), and what does not fit between bookings,
events and venues."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from app.calendar.dates import short_date
from app.common.together import together
from app.papers.rules.notification import ids_sealed, sealed_names
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.venues import Booking, Venue

RESERVED, APPLIED, APPROVED, CANCELLED = "仮予約", "申請中", "承認", "取消"
CANCEL_STEP = "取消期限"
_USE_CONFIRMED: Final = "使うことを確認"
"""What a note of before may say, and only a person can judge."""
ROOMS: Final = "室場"
"""The fact by which an application names its rooms."""
REPLY_DAYS: Final = 14
"""アプリの目安: so long after its application a room should be approved."""


@frozen_record
class BookingStep:
    """One step: done or not, and what is known of it (day, number). ``wanted`` False = nothing to do there."""

    name: str
    done: bool
    words: str
    wanted: bool = True


def is_ahead(booking: Booking, today: date) -> bool:
    """Whether the room is held for a day that comes."""
    return booking.state != CANCELLED and booking.day >= today


def is_open(booking: Booking, today: date) -> bool:
    """Whether the room may still have to be given back: ahead, and nobody settled that it is used.

    That it is used is no application: what waits for the house waits on.
    """
    return is_ahead(booking, today) and booking.use_confirmed_on is None


def rooms_told(found: Iterable[Booking]) -> dict[str, str]:
    """Return what an application says of its rooms: how many and, sealed, which with their day and hours."""
    rooms = {
        row.id: (f"{row.venue_name}／{row.room}", f"{row.day.isoformat()} {row.start_time}–{row.end_time}")
        for row in found
    }
    return {ROOMS: sealed_names(f"{len(rooms)}室", rooms)}


def names_room(told: Mapping[str, str], booking_id: int) -> bool:
    """Whether an application that was handed in names a booking; what was told before rooms were named said all."""
    return ROOMS not in told or booking_id in ids_sealed(told[ROOMS])


def apply_by(day: date) -> date:
    """Return the day by which a room of ``day`` is to be applied for: a month before (アプリの目安)."""
    year, month = divmod(day.year * 12 + day.month - 2, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def booking_steps(booking: Booking, today: date) -> tuple[BookingStep, ...]:
    """Return the seven steps in order with what is known of each."""
    applied = booking.applied_on is not None or booking.state in (APPLIED, APPROVED)
    approved = booking.state == APPROVED
    cancel_by = booking.cancel_by
    return (
        BookingStep(name="仮予約", done=booking.state != CANCELLED, words=_day(booking.reserved_on, today)),
        BookingStep(name="申請", done=applied, words=_day(booking.applied_on, today)),
        BookingStep(name="承認", done=approved, words=_both(booking.approval_number, _day(booking.approved_on, today))),
        BookingStep(name="減免", done=bool(booking.reduction.strip()), words=booking.reduction),
        BookingStep(
            name="備品・鍵",
            done=bool(booking.equipment.strip() or booking.key_note.strip()),
            words=_both(booking.equipment, f"鍵 {booking.key_note}" if booking.key_note else ""),
        ),
        BookingStep(
            name=CANCEL_STEP,
            done=cancel_by is not None and (booking.use_confirmed_on is not None or booking.day < today),
            words=_both(_day(cancel_by, today), _confirmed(booking, today)),
            wanted=cancel_by is not None,
        ),
        BookingStep(
            name="片付け", done=booking.cleared_on is not None,
            words=_both(_day(booking.cleared_on, today), booking.cleared_by),
        ),
    )  # fmt: skip


def may_confirm_use(booking: Booking, today: date) -> bool:
    """Return whether 「使うことを確認した」 has something to settle: a 取消期限 that is still open."""
    return booking.cancel_by is not None and is_open(booking, today)


def note_hint(booking: Booking, today: date) -> str:
    """Return a sentence where the note of an open booking speaks of its use, which the program does not judge."""
    if _USE_CONFIRMED not in booking.note or not may_confirm_use(booking, today):
        return ""
    return (
        f"備考に「{_USE_CONFIRMED}」とありますが、確認した日の記録はありません。"
        "使うときは「使うことを確認した」を押してください。"
    )


def next_step(booking: Booking, today: date) -> BookingStep | None:
    """Return the first step that is still to be done, or None (all done, or 取消)."""
    if booking.state == CANCELLED:
        return None
    return next((step for step in booking_steps(booking, today) if step.wanted and not step.done), None)


def state_words(booking: Booking) -> str:
    """「承認 第12号」「仮予約」「片付け済」: where the booking stands, for a list."""
    if booking.cleared_on is not None and booking.state != CANCELLED:
        return "片付け済"
    return _both(booking.state, booking.approval_number if booking.state == APPROVED else "")


def _confirmed(booking: Booking, today: date) -> str:
    day = booking.use_confirmed_on
    return f"{short_date(day, today)} 使うことを確認" if day is not None else ""


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


def _both(*parts: str) -> str:
    return together(*parts, by=" ")


WarningKind = Literal["重なり", "日の違い", "時間の違い", "定員", "予約なし", "実施回なし", "中止", "会場の違い"]


@frozen_record
class BookingWarning:
    """One thing to look at: its sentence, and the booking and event it concerns (None = none)."""

    kind: WarningKind
    text: str
    booking_id: int | None = None
    event_id: int | None


def booking_warnings(
    bookings: Sequence[Booking],
    events: Sequence[Event],
    venues: Iterable[Venue],
    people: Mapping[int, int],
    today: date,
) -> tuple[BookingWarning, ...]:
    """Return every warning about what lies ahead; nothing is ever blocked by one.

    Args:
        people: expected people by event. today: bookings and events before it are left alone.
    """
    standing = [row for row in bookings if row.state != CANCELLED and row.day >= today]
    known = {row.id: row for row in events}
    places = {row.id: row for row in venues}
    found = [*_clashes(standing)]
    for row in standing:
        event = known.get(row.event_id or 0)
        if event is None:
            found.append(_about(row, "実施回なし", f"{_named(row)}の予約は、どの実施回のものか決まっていません。"))
        else:
            found += against_event(row, event, places.get(row.venue_id or 0), people.get(event.id, 0))
    return (*found, *_without(standing, events, today))


def overlap(one: Booking, other: Booking) -> bool:
    """Whether two bookings share a room and time; without times the whole day counts, without a room the venue."""
    rooms = {room for room in (one.room, other.room) if room}
    if one.day != other.day or one.venue_name != other.venue_name or len(rooms) > 1:
        return False
    if not (one.start_time and one.end_time and other.start_time and other.end_time):
        return True
    return one.start_time < other.end_time and other.start_time < one.end_time


def place_words(venue: str, room: str) -> str:
    """Venue and room in one line."""
    return together(venue, room, by=" ")


def _clashes(standing: Sequence[Booking]) -> list[BookingWarning]:
    found = []
    for number, one in enumerate(standing):
        for other in standing[number + 1 :]:
            if overlap(one, other):
                text = f"{_named(one)}の予約が重なっています（{_times(one)}と{_times(other)}）。"
                found.append(_about(one, "重なり", text))
                found.append(_about(other, "重なり", text))
    return found


def against_event(row: Booking, event: Event, venue: Venue | None, people: int) -> list[BookingWarning]:
    """Return what does not fit between a booking and its event: day, hours, house, places.

    Args:
        venue: where it is known. people: expected at the event.
    """
    if event.status == "中止":
        return [_about(row, "中止", f"{event.full_title}は中止です。{_named(row)}の予約が残っています。")]
    found = []
    if event.event_date is not None and event.event_date != row.day:
        text = f"{event.full_title}は{short_date(event.event_date)}、予約は{short_date(row.day)}です。"
        found.append(_about(row, "日の違い", text))
    elif row.start_time and row.end_time and (event.start_time < row.start_time or row.end_time < event.end_time):
        text = (
            f"{event.full_title}は{event.start_time}–{event.end_time}、予約は{_times(row)}です。"
            f"準備と片付けの時間も確かめてください。"
        )
        found.append(_about(row, "時間の違い", text))
    if event.venue and event.venue != row.venue_name:
        found.append(
            _about(row, "会場の違い", f"{event.full_title}の会場は{event.venue}、予約は{row.venue_name}です。")
        )
    capacity = venue.capacity if venue is not None and venue.capacity is not None else event.venue_capacity
    if capacity is not None and people > capacity:
        text = f"{event.full_title}は{people}人の見込みで、{_named(row)}の定員{capacity}人を超えます。"
        found.append(_about(row, "定員", text))
    return found


def _without(standing: Sequence[Booking], events: Sequence[Event], today: date) -> list[BookingWarning]:
    """Events of the ward's own venues that nothing is booked for; a 派遣 is held at the 団体's place."""
    booked = {row.event_id for row in standing}
    return [
        BookingWarning(
            kind="予約なし",
            text=f"{short_date(event.event_date)} {event.full_title}の会場の予約が、まだありません。",
            event_id=event.id,
        )
        for event in events
        if event.kind != "派遣"
        and event.status == "予定"
        and event.id not in booked
        and event.venue_booked_on is None
        and event.event_date is not None
        and event.event_date >= today
    ]


def _about(row: Booking, kind: WarningKind, text: str) -> BookingWarning:
    return BookingWarning(kind=kind, text=text, booking_id=row.id, event_id=row.event_id)


def _named(row: Booking) -> str:
    return f"{short_date(row.day)} {place_words(row.venue_name, row.room)}"


def _times(row: Booking) -> str:
    return f"{row.start_time}–{row.end_time}" if row.start_time and row.end_time else "終日"
