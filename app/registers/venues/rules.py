"""Steps of a booking (仮予約 → 申請 → 承認 → 減免 → 備品・鍵 → 片付け), and mismatches with events and venues."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import sealed_ids, with_names_seal
from app.event.rules.event_venue import do_places_overlap, is_given_back, place_key, place_names
from db.name_key import name_key
from db.record import RowsById, group_by_key, record
from db.records.events import Event
from db.records.venues import Booking, Venue

CANCEL_STEP = "取消期限"
_USE_CONFIRMED = "使うことを確認"
"""A phrase in notes of earlier versions; what it means for the booking only a person can judge."""
ROOMS = "室場"
"""Key of the fact in which an application lists its rooms."""
REPLY_DAYS = 14
"""アプリの目安: days after the application within which a room should be approved."""


@record
class BookingStep:
    """One step: done or not, and its details (day, number). ``is_needed`` False = nothing to do there."""

    name: str
    is_done: bool
    words: str
    is_needed: bool = True


def is_upcoming(booking: Booking, today: date) -> bool:
    """Return whether the room is booked for today or later and not 取消."""
    return not booking.state.is_cancelled and booking.day >= today


def may_be_returned(booking: Booking, today: date) -> bool:
    """Return whether the room may still have to be cancelled: it is upcoming and its use was not confirmed.

    Confirming the use is no application: follow-ups that wait for the venue stay.
    """
    return is_upcoming(booking, today) and booking.use_confirmed_on is None


def room_facts(bookings: Iterable[Booking]) -> dict[str, str]:
    """Return the facts of an application about its rooms: how many and, sealed, which with their day and hours."""
    rooms = {
        row.id: (f"{row.venue_name}／{row.room}", f"{row.day.isoformat()} {row.start_time}–{row.end_time}")
        for row in bookings
    }
    return {ROOMS: with_names_seal(f"{len(rooms)}室", rooms)}


def covers_booking(facts: Mapping[str, str], booking_id: int) -> bool:
    """Return whether a submitted application includes a booking; one that lists no rooms includes all of them."""
    return ROOMS not in facts or booking_id in sealed_ids(facts[ROOMS])


def apply_by_day(day: date) -> date:
    """Return the day by which to apply for a room used on ``day``: one month before (アプリの目安)."""
    year, month = divmod(day.year * 12 + day.month - 2, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def booking_steps(booking: Booking, today: date) -> tuple[BookingStep, ...]:
    """Return the seven steps of a booking in order, each with its details and whether it is done."""
    applied = booking.applied_on is not None or booking.state.is_filed
    approved = booking.state.is_approved
    cancel_by = booking.cancel_by
    return (
        BookingStep(name="仮予約", is_done=not booking.state.is_cancelled, words=_day(booking.reserved_on, today)),
        BookingStep(name="申請", is_done=applied, words=_day(booking.applied_on, today)),
        BookingStep(name="承認", is_done=approved, words=_join_words(booking.approval_number,
        _day(booking.approved_on, today))),
        BookingStep(name="減免", is_done=bool(booking.reduction.strip()), words=booking.reduction),
        BookingStep(
            name="備品・鍵",
            is_done=bool(booking.equipment.strip() or booking.key_note.strip()),
            words=_join_words(booking.equipment, fill_nonempty("鍵 {}", booking.key_note)),
        ),
        BookingStep(
            name=CANCEL_STEP,
            is_done=cancel_by is not None and (booking.use_confirmed_on is not None or booking.day < today),
            words=_join_words(_day(cancel_by, today), _use_words(booking, today)),
            is_needed=cancel_by is not None,
        ),
        BookingStep(
            name="片付け", is_done=booking.cleared_on is not None,
            words=_join_words(_day(booking.cleared_on, today), booking.cleared_by),
        ),
    )  # fmt: skip


def can_confirm_use(booking: Booking, today: date, warnings: Iterable[BookingWarning] = ()) -> bool:
    """Return whether 「使うことを確認」 is useful: an upcoming booking has a 取消期限 and no confirmation yet.

    It still is after the 取消期限, and without one where the booking is for another day or other hours than its event.

    Args:
        warnings: those about the booking.
    """
    differs = any(one.kind in ("日の違い", "時間の違い") for one in warnings)
    return (booking.cancel_by is not None or differs) and may_be_returned(booking, today)


def use_note_hint(booking: Booking, today: date) -> str:
    """Return a hint if the note of an open booking mentions its use, which the program does not interpret, else ""."""
    if _USE_CONFIRMED not in booking.note or not can_confirm_use(booking, today):
        return ""
    return (
        f"備考に「{_USE_CONFIRMED}」とありますが、確認した日の記録はありません。"
        "使うときは「使うことを確認」を押してください。"
    )


def next_open_step(booking: Booking, today: date) -> BookingStep | None:
    """Return the first step still to be done, or None (all done, or 取消)."""
    if booking.state.is_cancelled:
        return None
    return next((step for step in booking_steps(booking, today) if step.is_needed and not step.is_done), None)


def state_words(booking: Booking) -> str:
    """Return the state of the booking for a list: 「承認 第12号」「仮予約」, 「片付け済」 unless it was cancelled."""
    if booking.cleared_on is not None and not booking.state.is_cancelled:
        return "片付け済"
    return _join_words(booking.state, booking.approval_number if booking.state.is_approved else "")


def _use_words(booking: Booking, today: date) -> str:
    """Return 「9/1(火) 使うことを確認」, "" where the use was not confirmed."""
    day = booking.use_confirmed_on
    return fill_nonempty("{} 使うことを確認", short_date_or("", day, today))


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


def _join_words(*parts: str) -> str:
    return join_nonempty(*parts, separator=" ")


WarningKind = Literal["重なり", "日の違い", "時間の違い", "定員", "予約なし", "実施回なし", "中止", "会場の違い"]


@record
class BookingWarning:
    """One warning: its sentence, and the booking and event it concerns (None = none)."""

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
    """Return all warnings about upcoming bookings and events; a warning never blocks anything.

    Args:
        people: expected people by event id. today: bookings and events before it are ignored.
    """
    standing = [row for row in bookings if not row.state.is_cancelled and row.day >= today]
    known = RowsById(events)
    places = RowsById(venues)
    found = [*_overlap_warnings(standing)]
    for row in standing:
        event = known.get(row.event_id)
        if event is None:
            found.append(
                _booking_warning(
                    row, "実施回なし", f"{booking_title(row)}の予約は、どの実施回のものか決まっていません。"
                )
            )
        else:
            found += event_mismatches(row, event, places, people.get(event.id, 0), bookings=standing)
    return (*found, *_unbooked_warnings(bookings, events, today))


def do_overlap(booking: Booking, other: Booking) -> bool:
    """Return whether two bookings overlap in room and time.

    Without times the whole day counts, without a room the whole venue.
    """
    if booking.day != other.day or not do_places_overlap(
        *(place_key("", one.venue_name, one.room) for one in (booking, other))
    ):
        return False
    if not (booking.start_time and booking.end_time and other.start_time and other.end_time):
        return True
    return booking.start_time < other.end_time and other.start_time < booking.end_time


def place_words(venue: str, room: str) -> str:
    """Return venue and room with a space between, or the one that is not empty."""
    return join_nonempty(venue, room, separator=" ")


def _overlap_warnings(active_bookings: Sequence[Booking]) -> list[BookingWarning]:
    """Return two warnings, one for each booking, for every pair of bookings that overlap."""
    found = []
    for number, one in enumerate(active_bookings):
        for other in active_bookings[number + 1 :]:
            if do_overlap(one, other):
                text = f"{booking_title(one)}の予約が重なっています（{time_words(one)}と{time_words(other)}）。"
                found.append(_booking_warning(one, "重なり", text))
                found.append(_booking_warning(other, "重なり", text))
    return found


def is_outside_hours(booking: Booking, event: Event, bookings: Iterable[Booking] = ()) -> bool:
    """Return whether an event begins before, or ends after, the hours of its booking; False where none are known.

    Args:
        bookings: others, of which those of the event on that day count: a room may be booked slot by slot, and another
            room beside it for less.
    """
    mine = [
        one for one in bookings if one.event_id == event.id and one.day == booking.day and not one.state.is_cancelled
    ]
    rooms = group_by_key(
        ((name_key(one.venue_name), name_key(one.room)), one)
        for one in (booking, *(other for other in mine if other.id != booking.id))
    )
    return not any(_hold(slots, event) for slots in rooms.values())


def _hold(slots: Iterable[Booking], event: Event) -> bool:
    """Return whether bookings of one room, together, are long enough for an event; one without hours is all day."""
    until = event.start_time
    for slot in sorted(slots, key=lambda one: one.start_time):
        if not (slot.start_time and slot.end_time):
            return True
        if slot.start_time <= until:
            until = max(until, slot.end_time)
    return until >= event.end_time


def event_mismatches(
    booking: Booking, event: Event, places: RowsById[Venue], people: int, *, bookings: Sequence[Booking] = ()
) -> list[BookingWarning]:
    """Return the mismatches between a booking and its event: day, else hours; venue; capacity.

    For a cancelled event the only one is that the booking is still there.

    Args:
        places: the registered venues by id; those of several houses count together, without the capacity of one that
            of the event counts. people: expected at the event. bookings: those of the event, of which several may hold
            it together (``is_outside_hours``).
    """
    if event.status.is_cancelled:
        return [
            _booking_warning(
                booking, "中止", f"{event.full_title}は中止です。{booking_title(booking)}の予約が残っています。"
            )
        ]
    found = []
    if event.event_date is not None and event.event_date != booking.day:
        text = f"{event.full_title}は{short_date(event.event_date)}、予約は{short_date(booking.day)}です。"
        found.append(_booking_warning(booking, "日の違い", text))
    elif is_outside_hours(booking, event, bookings):
        text = (
            f"{event.full_title}は{event.start_time}–{event.end_time}、予約は{time_words(booking)}です。"
            f"準備と片付けの時間も確かめてください。"
        )
        found.append(_booking_warning(booking, "時間の違い", text))
    others = [one for one in bookings if one.event_id == event.id and names_venue_of(one, event)]
    if event.venue and not names_venue_of(booking, event):
        both = "両方で行うときは、実施回の会場と部屋に、両方の名前を書いてください。" if others else ""
        found.append(
            _booking_warning(
                booking,
                "会場の違い",
                f"{event.full_title}の会場は{event.venue}、予約は{booking.venue_name}です。{both}",
            )
        )
    houses = {name_key(one.venue_name): places.get(one.venue_id) for one in (*others, booking)}
    capacities = [
        event.venue_capacity if place is None or place.capacity is None else place.capacity for place in houses.values()
    ]
    capacity = sum(one or 0 for one in capacities)
    if None not in capacities and people > capacity:
        named = booking_title(booking) if len(houses) == 1 else f"{len(houses)}つの会場"
        text = f"{event.full_title}は{people}人の見込みで、{named}の定員{capacity}人を超えます。"
        found.append(_booking_warning(booking, "定員", text))
    return found


def _unbooked_warnings(bookings: Sequence[Booking], events: Sequence[Event], today: date) -> list[BookingWarning]:
    """Return warnings for events (予定) from today on without a booking; 派遣 take place at the 団体.

    An event with a ``venue_booked_on`` gives none, unless the booking that was approved on that day is 取消.
    """
    booked = {row.event_id for row in bookings if is_upcoming(row, today)}
    found = []
    for event in events:
        day, approved = event.event_date, event.venue_booked_on
        if (
            event.form.at_organisation
            or not event.status.is_planned
            or event.id in booked
            or day is None
            or day < today
        ):
            continue
        named = f"{short_date(day)} {event.full_title}の会場の予約"
        if approved is None:
            text = f"{named}が、まだありません。"
        elif is_given_back(event, bookings):
            text = f"{named}は取消になっています。使用承認日（{short_date(approved)}）が残っています。"
        else:
            continue
        found.append(BookingWarning(kind="予約なし", text=text, event_id=event.id))
    return found


def _booking_warning(booking: Booking, kind: WarningKind, text: str) -> BookingWarning:
    return BookingWarning(kind=kind, text=text, booking_id=booking.id, event_id=booking.event_id)


def booking_title(booking: Booking, today: date | None = None) -> str:
    """Return 「9/24(木) みほん区民館 研修室」 for a booking."""
    return f"{short_date(booking.day, today)} {booking.place}"


def time_words(booking: Booking) -> str:
    """Return the hours of a booking as 「13:00–17:00」, 「終日」 where none are known."""
    return f"{booking.start_time}–{booking.end_time}" if booking.start_time and booking.end_time else "終日"


def names_venue_of(booking: Booking, event: Event) -> bool:
    """Return whether the place of an event names the venue of a booking, alone or with others（「A館・B会館」）."""
    return name_key(booking.venue_name) in map(name_key, place_names(event))
