"""会場使用・減免申請書 of an event: its bookings, the passages that staff may change, and mismatches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.rules.letter_batches import current_batch, is_issued, was_sent
from app.documents.rules.notification_status import Matter, sealed_ids
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.notification_kinds import NotificationKind, outgoing_in_effect
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules.expected_attendance import people_words
from app.subjects.events.event.rules.notification_facts import time_and_place_facts
from app.subjects.events.event.services.event_document import core_records_of, event_document_kind
from app.subjects.events.event.services.event_facts import read_event_facts
from app.subjects.events.event.services.event_records import EventCoreRecords, EventRecords, read_core_records
from app.subjects.events.event.services.expected_counts import expected_of_event
from app.subjects.organisations.venues.documents import (
    ADDRESSEE,
    HEADCOUNT,
    KIND,
    OTHER,
    PURPOSE,
    REASON,
    REQUEST_TEXT,
    room_application,
)
from app.subjects.organisations.venues.rules import (
    APPLIED,
    APPROVED,
    CANCELLED,
    ROOMS,
    event_mismatches,
    place_words,
    room_facts,
)
from db.records.events import Event
from db.records.venues import Booking, Venue
from db.rows import rows
from db.store import Store

_ADDRESSEE_TITLE: Final = "施設の管理者"
VENUE_NAME: Final = "施設"
"""Key of the fact that names the venue an application goes to."""


def active_bookings(store: Store, event: Event) -> list[Booking]:
    """Return the bookings of an event that are not cancelled, by day and time."""
    return _without_cancelled(rows(store.database, Booking, event_id=event.id, order=("day", "start_time", "id")))


def _without_cancelled(bookings: Iterable[Booking]) -> list[Booking]:
    return [one for one in bookings if one.state != CANCELLED]


def _addressee_line(venue_name: str) -> str:
    return f"（宛先）{join_nonempty(venue_name, _ADDRESSEE_TITLE)}"


def application_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the default wording of the application."""
    view = programme_of_event(store, event, on=on)
    batch, revision = _batch(read_core_records(store, event))
    found = batch if revision > 1 else active_bookings(store, event)
    house = found[0].venue_name if found else event.venue
    people = read_event_facts(store, event).people.expected
    purpose = next((one.purpose.strip() for one in found if one.purpose.strip()), "")
    return (
        Passage(ADDRESSEE, _addressee_line(house), lines=1),
        Passage(REQUEST_TEXT, "つぎのとおり施設を使用し、使用料の減免を受けたいので、申請します。", lines=2),
        Passage(PURPOSE, purpose or f"{view.programme.title}　{event.full_title}", lines=2),
        Passage(HEADCOUNT, f"{people}人" if people else people_words(view.numbers[event.kind]), lines=1),
        Passage(REASON, f"{view.office.ward}が主催する事業に使用するため。参加者から参加費を取りません。", lines=2),
        Passage(OTHER, "", lines=2),
    )


def build_application(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the application of an event; raises ``UserError`` when no room is booked."""
    every = active_bookings(store, event)
    if not every:
        raise UserError("この回の会場の予約がありません。", "「会場」で予約を追加すると作成できます。")
    found, revision = _batch(read_core_records(store, event))
    context = event_document_context(store, programme_of_event(store, event, on=now.date()), event, KIND, now)
    texts: Mapping[str, str] = {
        one.part: one.text
        for one in merge_passages(
            store.database,
            keys=keys_of(store, DocumentScope(event_id=event.id)),
            kind=KIND,
            defaults=application_passages(store, event, now.date()),
            revision=revision,
        )
    }
    # What staff wrote as the addressee is that of the first house; the others have their own.
    first = (found if revision > 1 else every)[0].venue_name
    sheets = [
        (house, texts if house == first else {**texts, ADDRESSEE: _addressee_line(house)}, mine)
        for house, mine in _by_venue(found).items()
    ]
    return room_application(context, read_event_facts(store, event), sheets, version=revision)


def _by_venue(bookings: Iterable[Booking]) -> dict[str, list[Booking]]:
    houses: dict[str, list[Booking]] = {}
    for one in bookings:
        houses.setdefault(one.venue_name, []).append(one)
    return houses


def application_halts(store: Store, scope: DocumentScope, _today: date) -> tuple[str, ...]:
    """Return the mismatches between the event and its rooms, a sentence each."""
    event = get_or_raise(store.database, Event, scope.event_id or 0)
    found = active_bookings(store, event)
    if not found or event.status == "中止":
        return ()
    venues = {one.id: one for one in rows(store.database, Venue, id=sorted({one.venue_id or 0 for one in found}))}
    people = sum(one.people for one in expected_of_event(store.database, event))
    return tuple(said for one in found for said in _halts(one, event, venues.get(one.venue_id or 0), people))


def _halts(booking: Booking, event: Event, venue: Venue | None, people: int) -> Iterator[str]:
    if not (booking.start_time and booking.end_time):
        yield f"「{place_words(booking.venue_name, booking.room)}」の使用する時間が入っていません。"
    yield from (warning.text for warning in event_mismatches(booking, event, venue, people))


def _state(store: Store, records: EventRecords, today: date) -> str:
    found = active_bookings(store, records.event)
    applied = [one for one in found if one.state in (APPLIED, APPROVED)]
    day = next((one.applied_on for one in applied if one.applied_on is not None), None)
    said = "承認済" if found and all(one.state == APPROVED for one in found) else ""
    return join_nonempty(f"予約 {len(found)}件", f"申請 {short_date(day, today)}" if day is not None else "", said)


def _matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return one notification matter for each venue, once an application was issued; none before.

    The first venue keeps the key that the whole event had in earlier versions, so that notifications made under it for
    several venues stay one.
    """
    course = core_records_of(subject)
    if not any(row.document_kind == KIND for row in course.outgoing):
        return ()
    return tuple(
        Matter(
            key=key,
            title=house,
            facts={VENUE_NAME: house} | room_facts(mine) | time_and_place_facts(course.event, course.agenda),
            document_kind=KIND,
        )
        for key, (house, mine) in _bookings_by_matter(course).items()
    )


def _bookings_by_matter(records: EventCoreRecords) -> dict[str, tuple[str, list[Booking]]]:
    """Return the active bookings and venue name for each matter key.

    A venue that was notified keeps its matter even when all of its rooms were cancelled.
    """
    facts = _notified_facts(records)
    by_id = {one.id: one.venue_name for one in records.bookings}
    said = [(key, one[key]) for one in facts for key in one]
    own = next((one[VENUE_NAME] for key, one in said if key == KIND and one.get(VENUE_NAME)), "")
    shared = {by_id.get(number, "") for key, one in said if key == KIND for number in sealed_ids(one.get(ROOMS, ""))}
    standing = _by_venue(
        _without_cancelled(sorted(records.bookings, key=lambda one: (one.day, one.start_time, one.id)))
    )
    first = min(records.bookings, key=lambda one: one.id, default=None)
    mine = {own} if own else shared - {""} or {first.venue_name if first is not None else ""}
    known = {one[VENUE_NAME] for key, one in said if key != KIND and one.get(VENUE_NAME)}
    found = {KIND: (" ・ ".join(sorted(mine)), [one for house in standing if house in mine for one in standing[house]])}
    return found | {
        f"{KIND}：{house}": (house, standing.get(house, []))
        for house in dict.fromkeys([*standing, *sorted(known)])
        if house not in mine
    }


def _notified_facts(records: EventCoreRecords) -> list[Mapping[str, Mapping[str, str]]]:
    """Return the facts of applications in effect that were notified or issued, by matter; the newest first."""
    made = [row.facts for row in outgoing_in_effect(records.outgoing) if row.document_kind == KIND]
    told = [{act.key: act.facts} for act in records.notifications if act.document_kind == KIND and not act.withdrawn]
    return [*reversed(told), *reversed(made)]


def _batch(records: EventCoreRecords) -> tuple[list[Booking], int]:
    """Return the bookings to apply for now, and the number of that letter (``DocumentKind.revision``).

    A venue added after the application to others was sent gets a letter of its own with its own day.
    """
    houses = _bookings_by_matter(records)
    done = {
        one.matter_status.matter.key
        for one in records.notification_lines
        if one.matter_status.status in ("通知済", "見送り")
    }
    changed = {
        one.matter_status.matter.key for one in records.notification_lines if one.matter_status.status == "変更あり"
    }
    told = {act.key for act in records.notifications if act.document_kind == KIND and act.is_notified}
    left = [row for row in outgoing_in_effect(records.outgoing) if row.document_kind == KIND]
    named = {key for row in left for key in row.facts}
    every = [key for key, (_house, mine) in houses.items() if mine]
    waiting = [key for key in every if key not in done or key in changed]
    letter = max(
        (one for one in records.letters if one.document_kind == KIND), key=lambda one: one.revision, default=None
    )
    keys, revision = current_batch(
        every,
        not_notified=waiting,
        in_no_letter=[key for key in waiting if key not in named or key in told],
        revision=letter.revision if letter is not None else 1,
        newest_was_sent=was_sent(letter, left, told)
        or (letter is not None and letter.revision == 1 and is_issued(letter) and bool(told)),
    )
    rooms = [one for key in keys for one in houses[key][1]]
    return sorted(rooms, key=lambda one: (one.day, one.start_time, one.id)), revision


def _revision(store: Store, scope: DocumentScope) -> int:
    event = get_or_raise(store.database, Event, scope.event_id or 0)
    return _batch(read_core_records(store, event))[1] if active_bookings(store, event) else 1


def _outgoing_facts(subject: DocumentSubject, _document: str) -> Mapping[str, Mapping[str, str]]:
    """Return the facts of the applications that are issued now, for their addressees alone."""
    course = core_records_of(subject)
    ids = {one.id for one in _batch(course)[0]}
    return {
        key: {VENUE_NAME: house} | room_facts(mine) | time_and_place_facts(course.event, course.agenda)
        for key, (house, mine) in _bookings_by_matter(course).items()
        if ids & {one.id for one in mine}
    }


DOCUMENTS: Final = (
    event_document_kind(
        kind=KIND,
        group="人数・資料",
        event_role="案内",
        build=build_application,
        passages=application_passages,
        ready=lambda store, file: active_bookings(store, file.event) != [],
        fits=lambda file: not file.event.form.at_organisation,
        state=_state,
        missing_words="会場の予約を追加すると作成できます。",
        todo="会場・予約",
        goes_out=True,
        worded_in_library=True,
        revision=_revision,
    ),
)


NOTIFICATIONS: Final = (
    NotificationKind(
        document_names=(KIND,), usual_party="会場", usual_way="手渡し", matters=_matters, outgoing_facts=_outgoing_facts
    ),
)
HALTS: Final = ((KIND, application_halts),)
