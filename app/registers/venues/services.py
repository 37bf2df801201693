"""Venues and bookings of rooms: their steps, links to events, import, maps and 会場使用・減免申請書.

A supplied picture of a venue takes precedence over the drawn map.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date, short_date_or
from app.calendar.office_days import holiday_name
from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.guide_blocks import PlaceMap
from app.documents.rules import Matter, current_batch, is_issued, sealed_ids, was_sent
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification_kinds import NotificationKind, outgoing_in_effect
from app.documents.services.stored_files import keep_file, read_files
from app.event.rules.event_venue import approved_by_booking, is_booked_for, is_one_place, matching_venue, place_key
from app.event.rules.notification_facts import time_and_place_facts
from app.event.rules.recruitment import FLYER, FREE, fee_words
from app.event.services.event_cancellation import enter_changes
from app.event.services.event_document import core_records_of, event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventCoreRecords, EventRecords, read_core_records, read_event_or_error
from app.event.services.expected_counts import expected_by_event, expected_of_event
from app.event.services.recruitment import VENUE_STEP, follow_approval_day, tick_open_step
from app.event.services.tasks.follow_ups import FollowUp
from app.foreign_files.cells.answer_words import NOT_BOOKED
from app.foreign_files.foreign_shape import ForeignFile, with_earlier_reading
from app.foreign_files.picture_reading import Picture
from app.importing.list_fields import keys_by_field, text_fields
from app.importing.register_target import Register, register_target
from app.importing.row_target import COMMON_CODES, ListRow, Outcome, RowTarget
from app.programme.rules import people_words
from app.programme.services import programme_of_event
from app.registers.register.intake import UNDECIDED
from app.registers.venues.documents import (
    ADDRESSEE,
    HEADCOUNT,
    KIND,
    OTHER,
    PURPOSE,
    REASON,
    REQUEST_TEXT,
    room_application,
)
from app.registers.venues.documents import KIND as APPLICATION
from app.registers.venues.intake import (
    BOOKING_FIELDS,
    FACILITY_WORDS,
    KNOWN,
    NETWORK_WORDS,
    SLOT_REMARK,
    UNKNOWN_STATE,
    ListedBooking,
    propose_booking_columns,
    read_bookings,
)
from app.registers.venues.rules import (
    REPLY_DAYS,
    ROOMS,
    BookingStep,
    BookingWarning,
    apply_by_day,
    booking_steps,
    booking_title,
    booking_warnings,
    covers_booking,
    do_overlap,
    event_mismatches,
    is_outside_hours,
    is_upcoming,
    may_be_returned,
    next_open_step,
    place_words,
    room_facts,
    state_words,
)
from db.engine import Database
from db.fields import specs
from db.journal import Change
from db.name_key import name_key
from db.record import RowsById, group_by_key, record
from db.records.applications import ImportTarget
from db.records.documents import Notification
from db.records.events import Event
from db.records.venues import Booking, BookingState, Venue
from db.rows import by_id, rows, rows_by_id
from db.store import Store
from db.tables import events as event_table
from db.tables import programme, venues
from db.tables import venues as table
from db.tables.calls import decisions

_ADDRESSEE_TITLE = "施設の管理者"
VENUE_NAME = "施設"
"""Key of the fact that names the venue an application goes to."""


def active_bookings(store: Store, event: Event) -> list[Booking]:
    """Return the bookings of an event that are not cancelled, by day and time."""
    return _without_cancelled(rows(store.database, Booking, event_id=event.id, order=("day", "start_time", "id")))


def _without_cancelled(bookings: Iterable[Booking]) -> list[Booking]:
    return [one for one in bookings if not one.state.is_cancelled]


def _addressee_line(venue_name: str) -> str:
    return f"（宛先）{join_nonempty(venue_name, _ADDRESSEE_TITLE)}"


def application_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the default texts of the 使用・減免申請書 for an event (宛先, 申請文, 使用目的, 人数, 減免の理由 …)."""
    view = programme_of_event(store, event, on=on)
    batch, revision = _batch(read_core_records(store, event))
    found = batch if revision > 1 else active_bookings(store, event)
    house = found[0].venue_name if found else event.venue
    people = read_event_facts(store, event).people.expected
    purpose = next((one.purpose.strip() for one in found if one.purpose.strip()), "")
    free = "参加者から参加費を取りません。" if fee_words(view.setting_of(FLYER)) == FREE else ""
    return (
        Passage(ADDRESSEE, _addressee_line(house), lines=1),
        Passage(REQUEST_TEXT, "つぎのとおり施設を使用し、使用料の減免を受けたいので、申請します。"),
        Passage(PURPOSE, purpose or f"{view.programme.title}　{event.full_title}"),
        Passage(HEADCOUNT, f"{people}人" if people else people_words(view.kind(event.kind)), lines=1),
        Passage(REASON, f"{view.office.ward}が主催する事業に使用するため。{free}"),
        Passage(OTHER, ""),
    )


def build_application(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the application for the rooms to be applied for now (``_batch``), one sheet for each venue.

    Raises:
        UserError: no room is booked for the event.
    """
    every = active_bookings(store, event)
    if not every:
        raise UserError("この回の会場の予約がありません。", "「会場」で予約を追加すると作成できます。")
    found, revision = _batch(read_core_records(store, event))
    context = event_document_context(store, event, KIND, now)
    defaults = application_passages(store, event, now.date())
    texts = passage_texts(store, DocumentScope(event_id=event.id), KIND, defaults, revision=revision)
    # The addressee that staff typed is that of the first venue; the others have their own.
    first = (found if revision > 1 else every)[0].venue_name
    sheets = [
        (house, texts if house == first else {**texts, ADDRESSEE: _addressee_line(house)}, mine)
        for house, mine in _by_venue(found).items()
    ]
    return room_application(context, read_event_facts(store, event), sheets, version=revision)


def _by_venue(bookings: Iterable[Booking]) -> dict[str, list[Booking]]:
    return group_by_key((one.venue_name, one) for one in bookings)


def application_halts(store: Store, scope: DocumentScope, _today: date) -> tuple[str, ...]:
    """Return sentences on missing hours and on mismatches of event and rooms; none for a cancelled event."""
    event = get_or_raise(store.database, Event, scope.event_id)
    found = active_bookings(store, event)
    if not found or not event.status.counts:
        return ()
    venues = rows_by_id(store.database, Venue, id=sorted({one.venue_id for one in found if one.venue_id}))
    people = sum(one.people for one in expected_of_event(store.database, event))
    return tuple(said for one in found for said in _halts(one, event, venues, people, found))


def _halts(
    booking: Booking, event: Event, venues: RowsById[Venue], people: int, bookings: Sequence[Booking]
) -> Iterator[str]:
    """Yield a sentence on each thing to put right before a booking, of the ``bookings`` of an event, is applied for."""
    if not (booking.start_time and booking.end_time):
        yield f"「{booking.place}」の使用する時間が入っていません。"
    yield from (warning.text for warning in event_mismatches(booking, event, venues, people, bookings=bookings))


def _state(store: Store, records: EventRecords, today: date) -> str:
    """Return how many bookings an event has and when they were applied for (「予約 2件　申請 9/1(火)」).

    「承認済」 follows where all are approved.
    """
    found = active_bookings(store, records.event)
    applied = [one for one in found if one.state.is_filed]
    day = next((one.applied_on for one in applied if one.applied_on is not None), None)
    said = "承認済" if found and all(one.state.is_approved for one in found) else ""
    return join_nonempty(f"予約 {len(found)}件", fill_nonempty("申請 {}", short_date_or("", day, today)), said)


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
    """Return (name of the venue, its active bookings) by the key of the matter that notifies it.

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
    done = {one.key for one in records.notification_lines if one.status in ("通知済", "見送り")}
    changed = {one.key for one in records.notification_lines if one.status == "変更あり"}
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
    """Return which 会場使用・減免申請書 is made now, from 1 (``DocumentKind.revision``): the newest again, or
    the next once that was sent and a venue is in none of them.
    """
    event = get_or_raise(store.database, Event, scope.event_id)
    return _batch(read_core_records(store, event))[1] if active_bookings(store, event) else 1


def _outgoing_facts(subject: DocumentSubject, _document: str) -> Mapping[str, Mapping[str, str]]:
    """Return the facts that the applications issued now tell, by the key of their matter.

    They are venue, rooms, time and place.
    """
    course = core_records_of(subject)
    ids = {one.id for one in _batch(course)[0]}
    return {
        key: {VENUE_NAME: house} | room_facts(mine) | time_and_place_facts(course.event, course.agenda)
        for key, (house, mine) in _bookings_by_matter(course).items()
        if ids & {one.id for one in mine}
    }


DOCUMENTS = (
    event_document_kind(
        kind=KIND,
        group="人数・資料",
        event_role="案内",
        text_when_cancelled="会場には、「中止・変更の連絡」の電話一覧で知らせます。",
        names_no_place=True,
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


NOTIFICATIONS = (
    NotificationKind(document_names=(KIND,), usual_party="会場", matters=_matters, outgoing_facts=_outgoing_facts),
)
HALTS = ((KIND, application_halts),)


@record
class JudgedBooking(ListRow):
    """One row of the file with the booking as it would be stored, and its event.

    ``venue_text`` is its place (「会場 部屋」).
    """

    event: Event | None = None
    venue_text: str = ""

    @property
    def booking(self) -> Booking | None:
        """Return the booking as it would be stored, or None where nothing would be."""
        return self.new_record if isinstance(self.new_record, Booking) else None


def judge_bookings(store: Store, file: ForeignFile, columns: Mapping[int, str]) -> list[JudgedBooking]:
    """Return the outcome of each row; at least one column is assigned, by hand or by its heading."""
    judge = BookingJudge(store, columns, file)
    return [judge.judge_row(row) for row in read_bookings(file, columns).rows]


_IDENTIFYING_FIELDS: Mapping[str, frozenset[str]] = {
    "venue_name": frozenset({"venue"}), "room": frozenset({"room"}), "day": frozenset({"day"}),
    "start_time": frozenset({"start", "slot"}),
}  # fmt: skip
"""Attributes that identify a booking, and the columns that hold them."""


_ASKED = frozenset({UNKNOWN_STATE, UNDECIDED, "invalid_time"})
"""Findings for which a new booking waits until somebody decides."""
_FIRST_CHANGES = ("state", "approval_number", "start_time", "end_time", "cancel_by", "fee")
_FIELDS_AS_WRITTEN = text_fields(Booking)


_WHOLE_ROOM = re.compile(r"[(（]?\s*全(?:面|室)(?:利用|使用)?\s*[)）]?$")


class BookingJudge:
    """Compares the rows of one file with the bookings in the database.

    ``judge_row`` takes them in the order of the file, since it also knows a row that comes again.
    """

    def __init__(self, store: Store, columns: Mapping[int, str], file: ForeignFile):
        """Prepare for ``file``; ``columns`` (number to field) limits which identifying attributes are compared."""
        database = store.database
        started = [one for one in programme.programmes(database) if one.closed_on is None]
        self._hash = store.keys.keyed_hash
        self._venues: Sequence[Venue] = table.venues(database)
        self._events = [event for one in started for event in event_table.events_of_year(database, one.id)]
        self._bookings = table.bookings(database)
        self._houses = {*(one.name for one in self._venues), *(one.venue_name for one in self._bookings)} - {""}
        self._by_key = {row.row_key: row for row in self._bookings if row.row_key}
        self._seen: set[str] = set()
        self._file = file
        said = set(columns.values())
        self._compared_fields = tuple(
            name for name, of_file in _IDENTIFYING_FIELDS.items() if not of_file.isdisjoint(said)
        )

    def judge_row(self, row: ListedBooking) -> JudgedBooking:
        """Return the outcome of one row, with the booking as it would be stored.

        重複 or 更新 of a booking known from an import; else 新規, with a question where it may be a known one.
        取り込まない: an unknown one that is cancelled. 確認が必要: without day or venue, or a broken row.
        """
        alike = self._possible_matches(row)
        if not row.venue_name and len(alike) == 1:
            row = replace(row, venue_name=alike[0].venue_name)
        told = row
        row, unknown = self._with_place_parted(row)
        unread = "。".join(one.reason for one in row.problems if one.code in _ASKED)
        reasons = [one.reason for one in row.problems if one.code not in (*COMMON_CODES, *_ASKED)]
        reasons += [unknown] if unknown else []
        if row.is_broken or row.day is None or not row.venue_name:
            missing = [] if row.venue_name else ["施設が読めません"]
            missing += [] if row.day is not None else ["利用日が読めません"]
            return self._judged_booking(row, "確認が必要", "。".join([*reasons, *missing]) or "この行は読めません")
        key = self._key_of(told)
        if key in self._seen:
            return self._judged_booking(row, "重複", "同じ予約が、このファイルの上の行にもあります")
        self._seen.add(key)
        known = self._by_key.get(key)
        alike = alike if known is None else ()
        known = alike[0] if len(alike) == 1 else known
        if known is None and not alike:
            known = self._known_before.get(row.row)
        if not_booked := row.state == NOT_BOOKED:
            row = replace(row, state="")
            unread = join_nonempty(unread, f"状態が「{NOT_BOOKED}」です", separator="。")
        booking = self._merged_booking(row, key, known)
        event = next((one for one in self._events if one.id == booking.event_id), None)
        if known is not None:
            judged = self._judge_known(row, key, known, booking, event)
            return replace(judged, question=join_nonempty(judged.question, unread, separator="。"))
        if alike:
            places = "、".join(f"{one.place} {one.start_time}" for one in alike)
            doubt = f"取り込み済みの予約（{places}）のどれかもしれません。このファイルの列では決められません"
            doubt = join_nonempty(unread, doubt, separator="。")
            return self._judged_booking(row, "新規", "。".join(reasons), booking, event, doubt)
        if not_booked or row.state == "取消":
            why = "まだ予約していない行です" if not_booked else "取り消された予約です"
            return self._judged_booking(row, "取り込まない", why, None, event)
        double = next(
            (
                one
                for one in self._bookings
                if not one.state.is_cancelled and not one.row_key and do_overlap(one, booking)
            ),
            None,
        )
        times = f"（{double.start_time}–{double.end_time}）" if double is not None and double.start_time else ""
        doubt = join_nonempty(
            unread, f"手で入れた予約{times}と重なります" if double is not None else "", separator="。"
        )
        return self._judged_booking(row, "新規", "。".join(reasons), booking, event, doubt)

    def _with_place_parted(self, row: ListedBooking) -> tuple[ListedBooking, str]:
        """Return the row with 施設 and 室 of one cell parted by the places that are known, or why they can't be."""
        text = row.venue_name or row.room
        house = max((one for one in self._houses if text.startswith(one)), key=len, default="")
        if house and not (row.venue_name and row.room):
            row = replace(row, venue_name=house, room=text.removeprefix(house).strip())
        elif not house and not row.room and len(text.split()) > 1:
            return row, f"「{text}」がどの会場か分からないため、ほかの予約と重なるかを調べられません"
        return replace(row, room=_WHOLE_ROOM.sub("", row.room).strip()), ""

    def _judge_known(
        self, row: ListedBooking, key: str, known: Booking, booking: Booking, event: Event | None
    ) -> JudgedBooking:
        """Judge the row of a known booking: 重複 where nothing changes, else 更新.

        A question is added where the row only was read otherwise at its import.
        """
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
        """Return the stored bookings that rows made as an earlier parser read them, by row number."""
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
            note="。".join(one.reason for one in row.notices if one.code == SLOT_REMARK),
            new_record=booking,
            event=event,
            venue_text=place_words(row.venue_name, row.room),
        )

    def _merged_booking(self, row: ListedBooking, key: str, known: Booking | None) -> Booking:
        """Return the booking of a row; values missing in the file stay as they are stored, and so does a stored note.

        ``known`` is the stored booking, None = a new one, to which an event is proposed (``_event_of``).
        """
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
            note=base.note or join_nonempty(row.note, "" if row.state else row.values.get("state", "")),
            **plain,
        )

    def _event_of(self, row: ListedBooking) -> int | None:
        """Return the id of the only event (予定) of that day without a booking, at that venue or none yet, or None."""
        taken = {one.event_id for one in self._bookings if not one.state.is_cancelled}
        fitting = [
            one.id
            for one in self._events
            if one.event_date == row.day
            and one.status.is_planned
            and name_key(one.venue) in ("", name_key(row.venue_name))
            and one.id not in taken
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _key_of(self, row: ListedBooking) -> str:
        """Return the keyed hash of the attributes that stay the same when a booking is exported again."""
        return self._hash("\n".join(("booking", row.venue_name, row.room, str(row.day), row.start_time)))


def _before_and_after_words(before: Booking, after: Booking) -> str:
    """Return both values of each field that is now read differently (「状態　前は「仮予約」、今は「承認」」)."""
    words = []
    for name, told in specs(Booking).items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now and not told.spec.is_hidden:
            words.append(f"{told.spec.label}　前は「{was or '（なし）'}」、今は「{now or '（なし）'}」")
    return "、".join(words) or "施設や時間"


def _change_words(before: Booking, after: Booking) -> str:
    """Return which fields an update changes (「状態・使用料が変わります」)."""
    told = specs(Booking)
    order = dict.fromkeys((*_FIRST_CHANGES, *keys_by_field(Booking)))
    changed = [told[name].spec.label for name in order if getattr(before, name) != getattr(after, name)]
    return "・".join(changed or ["ほかの項目"]) + "が変わります"


BOOKINGS = RowTarget(
    target=ImportTarget.BOOKINGS,
    row_name="予約",
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
    known=KNOWN,
    answer_fields={"state": "state"},
    accepted_own_lists=frozenset({"会場の予約の一覧", "予約の一覧を取り込む　確かめる行"}),
)
"""A row is identified by venue, room, day and start: importing the same file twice changes nothing, a later file with
another state or number updates the booking.
"""


VENUES = register_target(
    Register(
        record=Venue,
        row_name="会場",
        identity=("name", "room"),
        named=lambda venue: place_words(venue.name, venue.room),
        # What stands in one cell in lists of before is no name of a venue.
        headings=((5, r"会場・部屋|備品・段差|予約", ""),),
        words={"network": NETWORK_WORDS, "facility": FACILITY_WORDS},
    ),
    target=ImportTarget.VENUES,
    list_name="会場の一覧",
    subject="venues",
    undo_advice="誤りのある会場は、会場の一覧で1件ずつ直すか消してください。",
)
"""A row is identified by name and room; an empty cell changes nothing."""


CANCEL_FOLLOW_UP = "会場の取消期限"
OLD_DAY_FOLLOW_UP = "旧日程の会場予約"
APPLY_FOLLOW_UP, REPLY_FOLLOW_UP = "会場の使用申請", "会場の承認待ち"
_OWN = "目安日（アプリの目安）"


@record
class BookingRow:
    """One booking as a list shows it, with its event (None = none), steps and warnings.

    ``state`` is as ``state_words`` (「承認 第12号」). ``next_step`` None = nothing to do.
    """

    id: int
    booking: Booking
    event: Event | None
    state: str
    steps: tuple[BookingStep, ...]
    next_step: BookingStep | None
    warnings: tuple[BookingWarning, ...]


@record
class BookingOverview:
    """The bookings of a fiscal year by day, all warnings, and the events without a booking.

    ``events`` are all of the year, ``venues`` all registered ones, ``warnings`` those from today on, of any year.
    """

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
    found = table.bookings(database)
    known = RowsById(events)
    # Around the turn of the year a room is booked for an event of the other year.
    others = {one.event_id for one in found if is_upcoming(one, today) and one.event_id} - set(known)
    known |= rows_by_id(database, Event, id=sorted(others))
    about = list(known.values())
    people = {key: sum(one.people for one in mine) for key, mine in expected_by_event(database, about).items()}
    warnings = booking_warnings(found, about, places, people, today)
    bare = {one.event_id for one in warnings if one.kind == "予約なし"}
    first = date(fiscal_year, 4, 1)
    return BookingOverview(
        rows=tuple(
            BookingRow(
                id=row.id,
                booking=row,
                event=known.get(row.event_id),
                state=state_words(row),
                steps=booking_steps(row, today),
                next_step=next_open_step(row, today),
                warnings=tuple(one for one in warnings if one.booking_id == row.id),
            )
            for row in found
            if fiscal_year_of(row.day) == fiscal_year
        ),
        warnings=warnings,
        events_without_booking=tuple(event for event in events if event.id in bare),
        events=tuple(events),
        venues=tuple(places),
        holidays=frozenset(filter(holiday_name, (first + timedelta(days=number) for number in range(366)))),
    )


def save_booking(context: ActionContext, *, booking: Booking, fill_event: bool = False) -> ActionResult:
    """Add a booking, or save every field of the one with ``booking.id``.

    A name in the register of venues links the booking to it. With ``fill_event`` the event takes over venue, room,
    capacity, owner of the place and 使用承認日 where it has none, and with that day its step 会場の使用承認 is done.

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
    words = booking_title(row)
    verb = "変えた" if row.id else "加えた"
    with context.change(f"会場の予約「{words}」を{verb}", "bookings", event_id=row.event_id) as change:
        known = by_id(context.database, Booking, row.id)
        row_id = change.correct(known, row)
        said = _follow_booking(context, change, known, row) if known is not None else ""
        if event is not None and fill_event and (values := event_values_of(event, row, venue)):
            change.update(Event, event.id, **values)
            enter_changes(change, replace(event, **values), decisions(context.database, event.id), context.today)
            if approved := values.get("venue_booked_on"):
                tick_open_step(context.database, change, event.id, VENUE_STEP, on=approved, done_by=context.by)
    return ActionResult(f"予約「{words}」を保存しました。{said}", row_id)


def event_values_of(event: Event, booking: Booking, venue: Venue | None) -> dict[str, Any]:
    """Return what a booking fills in an event, by field: only what is empty there, and nothing if it was cancelled.

    使用承認日, capacity and facility are those of the event's own room and day, so they are left out where the event is
    held in another one; the 使用承認日 is that of an approved booking only, 仮予約 and 申請中 fill none. Capacity and
    facility are those of the registered ``venue``, None = it is not registered.
    """
    if booking.state.is_cancelled:
        return {}
    values: dict[str, Any] = {}
    place = place_key("", event.venue or booking.venue_name, event.room)
    is_same = is_one_place(place, place_key("", booking.venue_name, booking.room))
    if not event.venue:
        values |= {"venue": booking.venue_name} | ({"room": booking.room} if booking.room else {})
    elif is_same and not event.room and booking.room:
        values["room"] = booking.room
    if not is_same:
        return values
    is_approved = booking.state.is_approved and booking.approved_on is not None
    if event.venue_booked_on is None and is_approved and event.event_date == booking.day:
        values["venue_booked_on"] = booking.approved_on
    if event.venue_capacity is None and venue is not None and venue.capacity is not None:
        values["venue_capacity"] = venue.capacity
    if not event.facility and venue is not None and venue.facility:
        values["facility"] = venue.facility
    return values


def event_fill_words(event: Event, booking: Booking, venue: Venue | None) -> tuple[str, ...]:
    """Return what an event takes over from a booking (「会場 …」「使用承認日」「定員 40人」); () = nothing."""
    values = event_values_of(event, booking, venue)
    place = f"会場 {booking.place}" if "venue" in values else f"部屋 {booking.room}"
    words = {
        "venue": place,
        "room": place,
        "venue_booked_on": "使用承認日",
        "venue_capacity": f"定員 {values.get('venue_capacity')}人",
        "facility": f"施設の区分 {values.get('facility')}",
    }
    return tuple(dict.fromkeys(words[name] for name in values))


def remove_booking(context: ActionContext, *, booking_id: int) -> ActionResult:
    """Delete a booking that was entered by mistake; raises ``UserError`` when it is gone."""
    row = get_or_raise(context.database, Booking, booking_id)
    with context.change(f"会場の予約「{booking_title(row)}」を消した", "bookings", event_id=row.event_id) as change:
        change.delete(Booking, booking_id)
        said = _follow_booking(context, change, row, None)
    return ActionResult(f"予約「{booking_title(row)}」を消しました。{said}", booking_id)


def cancel_booking(context: ActionContext, *, booking_id: int, reason: str = "") -> ActionResult:
    """Record that the room was cancelled, with day and reason in the note.

    The 使用承認日 that an event had by it is emptied, and its step 会場の使用承認 is open again.

    Raises:
        UserError: it was cancelled already.
    """
    row = get_or_raise(context.database, Booking, booking_id)
    if row.state.is_cancelled:
        raise UserError("この予約は、もう取消になっています。", "画面を開き直してください。")
    note = join_nonempty(row.note, f"{short_date(context.today)} 取消 {reason.strip()}".strip(), separator="\n")
    with context.change(f"会場の予約「{booking_title(row)}」を取消にした", "bookings", event_id=row.event_id) as change:
        change.update(Booking, booking_id, state=BookingState.CANCELLED, note=note)
        said = _follow_booking(context, change, row, replace(row, state=BookingState.CANCELLED))
    return ActionResult(f"予約「{booking_title(row)}」を取消にしました。{said}", booking_id)


def _follow_booking(context: ActionContext, change: Change, before: Booking, after: Booking | None) -> str:
    """Let the 使用承認日 of an event, and its step, follow a booking that is changed, cancelled or deleted.

    It becomes the day of another booking approved for that place, else empty, where it was the approval of the booking
    as it was before. Of a cancelled one it does not matter which day was typed.

    Args:
        after: the booking as it is now, None = deleted.

    Returns:
        What happened, as a sentence; "" where nothing did.
    """
    event = by_id(context.database, Event, before.event_id)
    if event is None or event.venue_booked_on is None or event.status.is_held or event.event_date != before.day:
        return ""
    known = event.venue_booked_on
    mine = [
        one for one in _without_cancelled(venues.bookings_of_event(context.database, event.id)) if one.id != before.id
    ]
    mine += [after] if after is not None and not after.state.is_cancelled and after.event_id == event.id else []
    standing = [one for one in mine if is_booked_for(one, event)]
    same_house = place_key("", before.venue_name, "") == place_key("", event.venue, "")
    of_it = before.state.is_approved and before.approved_on == known and same_house
    given_back = after is not None and after.state.is_cancelled and is_booked_for(before, event) and not standing
    if not (of_it or given_back) or any(one.state.is_approved and one.approved_on == known for one in standing):
        return ""
    approved = approved_by_booking(event, standing)
    change.update(Event, event.id, venue_booked_on=approved)
    follow_approval_day(context.database, change, event.id, before=known, approved=approved, done_by=context.by)
    now = f"を{short_date(approved, context.today)}に変えました" if approved is not None else "も消しました"
    return f"{event.full_title}の使用承認日（{short_date(known, context.today)}）{now}。"


def confirm_use(context: ActionContext, *, booking_id: int) -> ActionResult:
    """Record that the room will be used, so that its 取消期限 needs no answer any more.

    Raises:
        UserError: it was confirmed already.
    """
    row = get_or_raise(context.database, Booking, booking_id)
    if row.use_confirmed_on is not None:
        raise UserError("使うことは、もう確認済です。", "画面を開き直してください。")
    with context.change(
        f"会場の予約「{booking_title(row)}」を使うことを確認", "bookings", event_id=row.event_id
    ) as change:
        change.update(Booking, booking_id, use_confirmed_on=context.today)
    said = "取消期限の連絡は出なくなります。" if row.cancel_by is not None else ""
    return ActionResult(f"使うことを確認しました。{said}", booking_id)


def record_clearing(context: ActionContext, *, booking_id: int, on: date, who: str) -> ActionResult:
    """Record that the room was cleared and the key returned, on the day ``on`` by ``who``.

    Raises:
        UserError: the day lies before the use, or the booking is gone.
    """
    row = get_or_raise(context.database, Booking, booking_id)
    if on < row.day:
        raise UserError("片付けの日が、利用日より前です。", "日付を確かめてください。")
    with context.change(
        f"会場の予約「{booking_title(row)}」の片付けを確認", "bookings", event_id=row.event_id
    ) as change:
        change.update(Booking, booking_id, cleared_on=on, cleared_by=who.strip())
    return ActionResult("片付けの確認を記録しました。", booking_id)


def booking_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return follow-ups for upcoming rooms that are not approved, or whose use is not confirmed and has to be decided.

    To decide is a room booked for another day or other hours than its event, else one with a 取消期限.

    Args:
        event_id: only those of this event; None = of all upcoming bookings.
    """
    every = venues.bookings_from(database, today) if event_id is None else venues.bookings_of_event(database, event_id)
    ahead = [row for row in every if is_upcoming(row, today)]
    open_rows = [row for row in ahead if not row.state.is_approved or may_be_returned(row, today)]
    about = {row.event_id for row in open_rows if row.event_id} if event_id is None else set()
    events = rows_by_id(database, Event, id=sorted(about))
    if event_id is not None and open_rows and (only := by_id(database, Event, event_id)) is not None:
        events[only.id] = only
    applied = _applied_on(database, open_rows)
    found = []
    for row in open_rows:
        event = events.get(row.event_id)
        if not row.state.is_approved and (event is None or event.status.is_planned):
            found.append(_application_follow_up(row, applied.get(row.id)))
        if not may_be_returned(row, today):
            continue
        planned = event if event is not None and event.status.is_planned and event.event_date is not None else None
        if planned is not None and (planned.event_date != row.day or is_outside_hours(row, planned, ahead)):
            found.append(_old_day_follow_up(row, planned, today))
        elif row.cancel_by:
            found.append(_cancel_follow_up(row, row.cancel_by))
    return found


def _applied_on(database: Database, open_rows: Sequence[Booking]) -> dict[int, date]:
    """Return by id when each unapproved room was applied for: as recorded, or by its last submitted 申請書.

    A 申請書 without a list of rooms is for every room of its event; a withdrawn one does not count. A room without a
    day is absent.
    """
    waiting = [row for row in open_rows if not row.state.is_approved]
    about = sorted({row.event_id for row in waiting if row.event_id and row.applied_on is None})
    acts = rows(database, Notification, event_id=about, document_kind=APPLICATION, order="told_on")
    days = {row.id: row.applied_on for row in waiting}
    for act in acts:
        if act.is_notified:
            days |= {
                row.id: act.told_on
                for row in waiting
                if row.applied_on is None and row.event_id == act.event_id and covers_booking(act.facts, row.id)
            }
    return {row_id: day for row_id, day in days.items() if day is not None}


def _application_follow_up(booking: Booking, applied: date | None) -> FollowUp:
    """Return the follow-up for an unapproved room: to apply for it, or then to wait for the venue's answer."""
    waits = applied is not None or booking.state.is_applied
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
        detail=f"{booking.place} {short_date(booking.day)}",
        due=due,
        basis=basis,
        rule=words,
        link=ActionLink("会場の予約を決める", booking_id=booking.id),
    )


def _old_day_follow_up(booking: Booking, event: Event, today: date) -> FollowUp:
    """Return the follow-up that asks to put right the room booked for the former day or hours of a moved event."""
    assert event.event_date is not None
    is_day = event.event_date != booking.day
    booked_at = "" if is_day else f" {booking.start_time}–{booking.end_time} "
    held_at = short_date(event.event_date, today) if is_day else f"{event.start_time}–{event.end_time}"
    place, used = booking.place, short_date(booking.day, today)
    last = (
        f"。取り消せるのは {short_date(booking.cancel_by, today)} まで"
        if booking.cancel_by and booking.cancel_by >= today
        else ""
    )
    return FollowUp(
        task=OLD_DAY_FOLLOW_UP,
        event_id=booking.event_id,
        label="会場の予約を直す",
        detail=f"{place} {used}{booked_at}の予約のまま（実施は {held_at}）",
        due=today,
        basis="目安日。"
        + (
            "実施日と違う日の予約は、取り消すか「使うことを確認」を押すまで残ります"
            if is_day
            else "実施の時間が入らない予約は、時間を直すか「使うことを確認」を押すまで残ります"
        )
        + last,
        rule="実施日の変更" if is_day else "実施時間の違い",
        link=ActionLink("会場の予約を決める", booking_id=booking.id),
    )


def _cancel_follow_up(booking: Booking, day: date) -> FollowUp:
    """Return the follow-up to decide on a room by the last day on which it can be cancelled."""
    place = booking.place
    used = short_date(booking.day)
    return FollowUp(
        task=CANCEL_FOLLOW_UP,
        event_id=booking.event_id,
        label="会場の使用を決める",
        detail=f"{place} {used}",
        due=day,
        basis=f"目安日。{place}（{used}）を取り消せる最後の日。使うことが決まったら「使うことを確認」を押します",
        rule="会場の取消期限",
        link=ActionLink("会場の予約を決める", booking_id=booking.id),
    )


@record
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
        row_id = change.correct(by_id(context.database, Venue, venue.id), venue)
    return ActionResult(f"会場「{title}」を保存しました。", row_id)


def remove_venue(context: ActionContext, *, venue_id: int) -> ActionResult:
    """Delete a venue that no booking refers to.

    Raises:
        UserError: it is gone, or bookings refer to it.
    """
    row = get_or_raise(context.database, Venue, venue_id)
    if rows(context.database, Booking, venue_id=venue_id):
        raise UserError(f"{row.name}には予約があります。", "予約を別の会場に変えるか、取り消してから消してください。")
    title = place_words(row.name, row.room)
    with context.change(f"会場「{title}」を消した", "venues") as change:
        change.delete(Venue, venue_id)
    return ActionResult(f"会場「{title}」を一覧から消しました。", venue_id)


def permitted_map(venue: Venue | None) -> PlaceMap | None:
    """Return the map of a venue; None without station and picture, or until its author and permission are recorded.

    A picture is only named by its stored file (``printed_map`` loads it).
    """
    if venue is None or not _has_map(venue) or map_problem(venue):
        return None
    return PlaceMap(
        station=venue.map_station.strip(),
        building=venue.map_building.strip() or venue.name,
        exit=venue.map_exit.strip(),
        street=venue.map_street.strip(),
        minutes=venue.map_minutes,
        file_id=venue.map_file_id or 0,
        source=f"略図　{venue.map_source.strip()}（{venue.map_permission.strip()}）",
    )


def map_problem(venue: Venue) -> str:
    """Return why the map of a venue is not printed yet, as a sentence; "" when nothing is missing or it has none."""
    if not _has_map(venue):
        return ""
    lacks = [
        word for word, said in (("出典", venue.map_source), ("使用の許可", venue.map_permission)) if not said.strip()
    ]
    return f"{venue.name}の地図は、{'と'.join(lacks)}が会場の一覧に書かれるまで印刷しません。" if lacks else ""


def _has_map(venue: Venue) -> bool:
    return bool(venue.map_station.strip()) or venue.map_file_id is not None


_JPEG = "image/jpeg"


def save_map(context: ActionContext, *, venue_id: int, picture: Picture) -> ActionResult:
    """Save the picture as the map of a venue; raises ``UserError`` when the venue is gone."""
    venue = get_or_raise(context.database, Venue, venue_id)
    title = place_words(venue.name, venue.room)
    with context.change(f"会場「{title}」に地図の絵を入れた", subject="venues") as change:
        kept = keep_file(context.store, change, data=picture.data, name=picture.name, now=context.now, media_type=_JPEG)
        change.update(Venue, venue_id, map_file_id=kept.id)
    lacks = map_problem(replace(venue, map_file_id=kept.id))
    return ActionResult(f"会場「{title}」に地図の絵を入れました。{lacks}", id=venue_id)


def remove_map(context: ActionContext, *, venue_id: int) -> ActionResult:
    """Remove the picture of a venue, so that the drawn map is printed again.

    Raises:
        UserError: the venue or its picture is gone.
    """
    venue = get_or_raise(context.database, Venue, venue_id)
    if venue.map_file_id is None:
        raise UserError("この会場に、地図の絵はありません。", "画面を開き直してください。")
    title = place_words(venue.name, venue.room)
    with context.change(f"会場「{title}」の地図の絵を外した", subject="venues") as change:
        change.update(Venue, venue_id, map_file_id=None)
    return ActionResult(f"会場「{title}」の地図の絵を外しました。", id=venue_id)


def printed_map(store: Store, venue: Venue | None) -> PlaceMap | None:
    """Return the map as documents print it, with its picture if there is one; None = no map is allowed.

    Raises:
        Damaged: the stored picture is gone or was altered.
    """
    found = permitted_map(venue)
    if found is None or not found.file_id:
        return found
    return replace(found, data=read_files(store, [found.file_id])[found.file_id])
