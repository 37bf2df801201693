"""Bookings of rooms and their steps, their links to events, and the register of venues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.office_days import holiday_name
from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import join_nonempty
from app.subjects.events.event.rules.event_venue import matching_venue
from app.subjects.events.event.services.event_records import read_event_or_error
from app.subjects.events.event.services.expected_counts import expected_by_event
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.organisations.venues.documents import KIND as APPLICATION
from app.subjects.organisations.venues.rules import (
    APPLIED,
    APPROVED,
    CANCELLED,
    REPLY_DAYS,
    BookingStep,
    BookingWarning,
    apply_by_day,
    booking_steps,
    booking_warnings,
    covers_booking,
    is_upcoming,
    may_be_returned,
    next_open_step,
    place_words,
    state_words,
)
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.documents import Notification
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.rows import by_id, rows
from db.store import Store
from db.tables import events as event_table
from db.tables import programme, venues
from db.tables import venues as table

CANCEL_FOLLOW_UP = "会場の取消期限"
OLD_DAY_FOLLOW_UP = "旧日程の会場予約"
APPLY_FOLLOW_UP, REPLY_FOLLOW_UP = "会場の使用申請", "会場の承認待ち"
_OWN: Final = "目安日（アプリの目安）"


@frozen_record
class BookingRow:
    """One booking as a list shows it, with its event, state, steps and warnings."""

    id: int
    booking: Booking
    event: Event | None
    venue_text: str
    state: str
    steps: tuple[BookingStep, ...]
    next_step: BookingStep | None
    warnings: tuple[BookingWarning, ...]


@frozen_record
class BookingOverview:
    """The bookings of a fiscal year by day, all warnings, and the events without a booking."""

    fiscal_year: int
    rows: tuple[BookingRow, ...]
    warnings: tuple[BookingWarning, ...]
    events_without_booking: tuple[Event, ...]
    events: tuple[Event, ...]
    venues: tuple[Venue, ...]
    holidays: frozenset[date]


def list_bookings(store: Store, *, today: date, fiscal_year: int) -> BookingOverview:
    """Return the bookings of a fiscal year, 取消 included, by day and time."""
    database = store.database
    started = [one for one in programme.programmes(database) if one.fiscal_year == fiscal_year]
    events = [event for one in started for event in event_table.events_of_year(database, one.id)]
    places = table.venues(database)
    rows = table.bookings(database)
    people = {key: sum(one.people for one in found) for key, found in expected_by_event(database, events).items()}
    warnings = booking_warnings(rows, events, places, people, today)
    known = {event.id: event for event in events}
    bare = {one.event_id for one in warnings if one.kind == "予約なし"}
    first = date(fiscal_year, 4, 1)
    return BookingOverview(
        fiscal_year=fiscal_year,
        rows=tuple(
            _row(row, known.get(row.event_id or 0), warnings, today)
            for row in rows
            if fiscal_year_of(row.day) == fiscal_year
        ),
        warnings=warnings,
        events_without_booking=tuple(event for event in events if event.id in bare),
        events=tuple(events),
        venues=tuple(places),
        holidays=frozenset(filter(holiday_name, (first + timedelta(days=number) for number in range(366)))),
    )


@deed
def save_booking(context: ActionContext, *, booking: Booking, fill_event: bool = False) -> ActionResult:
    """Add a booking, or save every field of the one with ``booking.id``.

    A name in the register of venues links the booking to it. With ``fill_event`` the event takes over venue, room,
    capacity, owner of the place and day of booking where it has none.

    Raises:
        UserError: no venue, an end that is not after the start, or the event is gone.
    """
    if not booking.venue_name.strip():
        raise UserError("会場が書かれていません。", "会場を選ぶか、名称を入力してください。")
    if booking.start_time and booking.end_time and booking.end_time <= booking.start_time:
        raise UserError("終了が開始より前です。", "利用時間を確かめてください。")
    venue = matching_venue(table.venues(context.database), booking.venue_name, booking.room)
    row = replace(booking, venue_id=venue.id if venue is not None else None)
    event = read_event_or_error(context.database, row.event_id) if row.event_id is not None else None
    words = f"{short_date(row.day)} {place_words(row.venue_name, row.room)}"
    verb = "変えた" if row.id else "加えた"
    with context.change(f"会場の予約「{words}」を{verb}", "bookings", event_id=row.event_id) as change:
        known = by_id(context.database, Booking, row.id)
        row_id = change.update_or_insert(Booking, known, **corrections(known, row))
        if event is not None and fill_event:
            fill_event_from_booking(change, event, row, venue, context.today)
    return ActionResult(f"予約「{words}」を保存しました。", row_id)


def fill_event_from_booking(change: Change, event: Event, booking: Booking, venue: Venue | None, today: date) -> None:
    """Copy values of a booking into empty fields of an event."""
    values: dict[str, Any] = {}
    if not event.venue:
        values |= {"venue": booking.venue_name, "room": booking.room}
    elif event.venue == booking.venue_name and not event.room:
        values["room"] = booking.room
    same_place = values.get("venue", event.venue) == booking.venue_name
    if event.venue_booked_on is None and same_place and booking.state != CANCELLED:
        values["venue_booked_on"] = booking.reserved_on or booking.applied_on or today
    if event.venue_capacity is None and venue is not None and venue.capacity is not None and same_place:
        values["venue_capacity"] = venue.capacity
    if not event.facility and venue is not None and venue.facility and same_place:
        values["facility"] = venue.facility
    if values:
        change.update(Event, event.id, **values)


def event_fill_words(event: Event, booking: Booking) -> tuple[str, ...]:
    """Return what an event would take over from a booking, as texts; empty = nothing."""
    found = []
    if not event.venue:
        found.append(f"会場 {place_words(booking.venue_name, booking.room)}")
    elif event.venue == booking.venue_name and not event.room and booking.room:
        found.append(f"部屋 {booking.room}")
    if event.venue_booked_on is None and event.venue in ("", booking.venue_name) and booking.state != CANCELLED:
        found.append("会場の予約日")
    return tuple(found)


@deed
def remove_booking(context: ActionContext, *, booking_id: int) -> ActionResult:
    """Delete a booking that was entered by mistake."""
    row = get_or_raise(context.database, Booking, booking_id)
    with context.change(f"会場の予約「{_booking_text(row)}」を消した", "bookings", event_id=row.event_id) as change:
        change.delete(Booking, booking_id)
    return ActionResult(f"予約「{_booking_text(row)}」を消しました。", booking_id)


@deed
def cancel_booking(context: ActionContext, *, booking_id: int, reason: str = "") -> ActionResult:
    """Record that the room was cancelled."""
    row = get_or_raise(context.database, Booking, booking_id)
    if row.state == CANCELLED:
        raise UserError("この予約は、もう取消になっています。", "画面を開き直してください。")
    note = _append_line(row.note, f"{short_date(context.today)} 取消 {reason.strip()}".strip())
    with context.change(f"会場の予約「{_booking_text(row)}」を取消にした", "bookings", event_id=row.event_id) as change:
        change.update(Booking, booking_id, state=CANCELLED, note=note)
    return ActionResult(f"予約「{_booking_text(row)}」を取消にしました。", booking_id)


@deed
def confirm_use(context: ActionContext, *, booking_id: int) -> ActionResult:
    """Record that the room will be used, so that its 取消期限 needs no answer any more."""
    row = get_or_raise(context.database, Booking, booking_id)
    if row.use_confirmed_on is not None:
        raise UserError("使うことは、もう確認済です。", "画面を開き直してください。")
    with context.change(
        f"会場の予約「{_booking_text(row)}」を使うことを確認", "bookings", event_id=row.event_id
    ) as change:
        change.update(Booking, booking_id, use_confirmed_on=context.today)
    return ActionResult("使うことを確認しました。取消期限の連絡は出なくなります。", booking_id)


@deed
def record_clearing(context: ActionContext, *, booking_id: int, on: date, who: str) -> ActionResult:
    """Record that the room was cleared and the key returned (片付けの確認)."""
    row = get_or_raise(context.database, Booking, booking_id)
    if on < row.day:
        raise UserError("片付けの日が、利用日より前です。", "日付を確かめてください。")
    with context.change(
        f"会場の予約「{_booking_text(row)}」の片付けを確認", "bookings", event_id=row.event_id
    ) as change:
        change.update(Booking, booking_id, cleared_on=on, cleared_by=who.strip())
    return ActionResult("片付けの確認を記録しました。", booking_id)


def _row(booking: Booking, event: Event | None, warnings: Sequence[BookingWarning], today: date) -> BookingRow:
    return BookingRow(
        id=booking.id,
        booking=booking,
        event=event,
        venue_text=place_words(booking.venue_name, booking.room),
        state=state_words(booking),
        steps=booking_steps(booking, today),
        next_step=next_open_step(booking, today),
        warnings=tuple(one for one in warnings if one.booking_id == booking.id),
    )


def _booking_text(booking: Booking) -> str:
    return f"{short_date(booking.day)} {place_words(booking.venue_name, booking.room)}"


def _append_line(note: str, line: str) -> str:
    return join_nonempty(note, line, separator="\n")


def booking_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return follow-ups for rooms booked on a day that is not the event's, and for the last cancellation days."""
    every = venues.bookings(database) if event_id is None else venues.bookings_of_event(database, event_id)
    ahead = [row for row in every if is_upcoming(row, today)]
    open_rows = [row for row in ahead if row.state != APPROVED or may_be_returned(row, today)]
    about = {row.event_id for row in open_rows if row.event_id} if event_id is None else set()
    events = {one.id: one for one in rows(database, Event, id=sorted(about))}
    if event_id is not None and open_rows and (only := by_id(database, Event, event_id)) is not None:
        events[only.id] = only
    applied = _applied_on(database, open_rows)
    found = []
    for row in open_rows:
        event = events.get(row.event_id or 0)
        if row.state != APPROVED and (event is None or event.status == "予定"):
            found.append(_application_follow_up(row, applied.get(row.id)))
        if not may_be_returned(row, today):
            continue
        if event is not None and event.status == "予定" and event.event_date not in (None, row.day):
            found.append(_old_day_follow_up(row, event, today))
        elif row.cancel_by:
            found.append(_cancel_follow_up(row, row.cancel_by))
    return found


def _applied_on(database: Database, open_rows: Sequence[Booking]) -> dict[int, date]:
    """Return by id when each unapproved room was applied for: as recorded, or when a 申請書 naming it was submitted."""
    waiting = [row for row in open_rows if row.state != APPROVED]
    about = sorted({row.event_id for row in waiting if row.event_id and row.applied_on is None})
    acts = rows(database, Notification, event_id=about, document_kind=APPLICATION, order="told_on") if about else ()
    days = {row.id: row.applied_on for row in waiting}
    for act in acts:
        if act.is_notified and not act.withdrawn:
            days |= {
                row.id: act.told_on
                for row in waiting
                if row.applied_on is None and row.event_id == act.event_id and covers_booking(act.facts, row.id)
            }
    return {row_id: day for row_id, day in days.items() if day is not None}


def _application_follow_up(booking: Booking, applied: date | None) -> FollowUp:
    """Return the next follow-up for an unapproved room: the application, then the venue's answer."""
    waits = applied is not None or booking.state == APPLIED
    due = applied + timedelta(days=REPLY_DAYS) if applied is not None else apply_by_day(booking.day)
    if waits:
        words = f"申請から{REPLY_DAYS}日" if applied is not None else "使用する日の1か月前"
        basis = f"{_OWN}。{words}。承認を受けたら、予約の状態を「承認」にします"
    else:
        words = "使用する日の1か月前"
        basis = f"{_OWN}。{words}。館の決まりが早いときは、それに合わせます。申請書を伝えるか、申請日を入れると消えます"
    return FollowUp(
        task=REPLY_FOLLOW_UP if waits else APPLY_FOLLOW_UP,
        event_id=booking.event_id,
        label="会場の承認を確かめる" if waits else "会場の使用を申請する",
        detail=f"{join_nonempty(booking.venue_name, booking.room, separator=' ')} {short_date(booking.day)}",
        due=due,
        basis=basis,
        rule=words,
        link=ActionLink("会場の予約を決める", booking_id=booking.id),
    )


def _old_day_follow_up(booking: Booking, event: Event, today: date) -> FollowUp:
    assert event.event_date is not None
    place, used = place_words(booking.venue_name, booking.room), short_date(booking.day, today)
    last = (
        f"。取り消せるのは {short_date(booking.cancel_by, today)} まで"
        if booking.cancel_by and booking.cancel_by >= today
        else ""
    )
    return FollowUp(
        task=OLD_DAY_FOLLOW_UP,
        event_id=booking.event_id,
        label="会場の予約を直す",
        detail=f"{place} {used}の予約のまま（実施は {short_date(event.event_date, today)}）",
        due=today,
        basis=f"目安日。実施日と違う日の予約は、取り消すか「使うことを確認した」にするまで残ります{last}",
        rule="実施日の変更",
        link=ActionLink("会場の予約を決める", booking_id=booking.id),
    )


def _cancel_follow_up(booking: Booking, day: date) -> FollowUp:
    place = join_nonempty(booking.venue_name, booking.room, separator=" ")
    used = short_date(booking.day)
    return FollowUp(
        task=CANCEL_FOLLOW_UP,
        event_id=booking.event_id,
        label="会場の使用を決める",
        detail=f"{place} {used}",
        due=day,
        basis=f"目安日。{place}（{used}）を取り消せる最後の日。使うことが決まったら「使うことを確認した」にします",
        rule="会場の取消期限",
        link=ActionLink("会場の予約を決める", booking_id=booking.id),
    )


@frozen_record
class VenueRow:
    """One venue with how many bookings refer to it."""

    id: int
    venue: Venue
    title: str
    booking_count: int


def list_venues(store: Store) -> tuple[VenueRow, ...]:
    """Return every venue by name and room."""
    booked = Counter(row.venue_id for row in table.bookings(store.database))
    return tuple(
        VenueRow(id=row.id, venue=row, title=place_words(row.name, row.room), booking_count=booked[row.id])
        for row in table.venues(store.database)
    )


def get_venue(store: Store, *, venue_id: int) -> Venue:
    """Return one venue; raises ``UserError`` when it is gone."""
    return get_or_raise(store.database, Venue, venue_id)


@deed
def save_venue(context: ActionContext, *, venue: Venue) -> ActionResult:
    """Add a venue, or save every field of the one with ``venue.id``.

    Raises:
        UserError: no name, or another entry has the same name and room.
    """
    if not venue.name.strip():
        raise UserError("会場の名称が書かれていません。", "名称を入力してください。")
    title = place_words(venue.name, venue.room)
    for other in table.venues(context.database):
        if other.id != venue.id and (other.name, other.room) == (venue.name, venue.room):
            raise UserError(f"{title}は、もう一覧にあります。", "部屋が違うときは、部屋の名称も入力してください。")
    verb = "変えた" if venue.id else "加えた"
    with context.change(f"会場「{title}」を{verb}", "venues") as change:
        known = by_id(context.database, Venue, venue.id)
        row_id = change.update_or_insert(Venue, known, **corrections(known, venue))
    return ActionResult(f"会場「{title}」を保存しました。", row_id)


@deed
def remove_venue(context: ActionContext, *, venue_id: int) -> ActionResult:
    """Delete a venue that no booking refers to.

    Raises:
        UserError: it is gone, or bookings refer to it.
    """
    row = get_or_raise(context.database, Venue, venue_id)
    if table.bookings_of_venue(context.database, venue_id):
        raise UserError(f"{row.name}には予約があります。", "予約を別の会場に変えるか、取り消してから消してください。")
    title = place_words(row.name, row.room)
    with context.change(f"会場「{title}」を消した", "venues") as change:
        change.delete(Venue, venue_id)
    return ActionResult(f"会場「{title}」を一覧から消しました。", venue_id)
