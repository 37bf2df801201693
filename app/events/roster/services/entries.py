"""Reads the roster of an event for its screen: one row for each place, counts, and who is next in line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_id import ActionLink
from app.calendar.date_only_moments import clock_words_if_timed, is_date_only
from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.event.rules.equipment import tablet_remark
from app.event.rules.expected_attendance import accepted_people_range, expected_totals, has_same_numbers
from app.event.rules.participation import AWAITED, has_applied, is_coming, is_expected
from app.event.rules.recruitment import DECISION, document_of_step
from app.event.rules.selection_minimum import closing_day, people_missing
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.expected_counts import current_capacity, latest_selection
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.follow_ups import FollowUp
from app.event.services.tasks.task_completion import effective_steps, equipment_agreed
from app.events.roster.rules import free_places, next_on_waitlist, organisation_key
from app.events.roster.services.entry_moves import moved_from, moved_to
from app.events.roster.services.roster import RosterRow, roster_of
from app.programme.rules import people_words
from app.programme.suspensions import words_by_person
from db.engine import Database
from db.record import record
from db.records.events import Event
from db.records.participants import NoticeWithNotification
from db.records.roster import Entry, Selection
from db.rows import by_id
from db.store import Store
from db.tables.applications import entries_with_unchecked_photos
from db.tables.roster import unread_words

ABSENCE_NOTICE = "欠席連絡"
WALK_IN = "当日受付"
UNCLEAR_READING = "未確認の読み"
STATUSES = ("申込", "決定", "補欠", "落選", "辞退", "決定取消", ABSENCE_NOTICE, WALK_IN)
"""Every place is counted under exactly one of these."""


@record
class EntryRow:
    """One place of the roster as a row.

    Attributes:
        status: the word it is counted under; ``status_words`` is what is shown (「補欠2」).
        is_photo_unclear: its 撮影 可 was read by an earlier version of the program, and was not compared or confirmed.
    """

    row: RosterRow
    status: str
    status_words: str
    status_hint: str
    applied_words: str
    is_photo_unclear: bool = False

    @property
    def id(self) -> int:
        """Return the entry's id."""
        return self.row.entry.id

    @property
    def entry(self) -> Entry:
        """Return the entry itself."""
        return self.row.entry

    @property
    def spoken_name(self) -> str:
        """Return 「みほん三丁目町会 みほん 花子さん」, or with 「氏名未定」."""
        name = f"{self.row.name}さん" if self.row.person and not self.row.is_erased else self.row.name
        return f"{self.row.organisation_name} {name}".strip()


@record
class EntryList:
    """The roster of one event.

    Attributes:
        counts: by ``STATUSES``; they add up to the rows.
        applied_count: places applied for.
        coming_count: people with a place, of ``organisations`` 団体; ``is_undecided``: they only applied, the 決定 is
            still to come.
        free_count: places left of ``capacity``, below zero = too many.
        next_waitlisted: the first 補欠 while a place is free.
        missing_count: people missing to the minimum after the closing day.
        letter_waits: the selection is made, and nobody was notified yet.
        closing_words: day of 受付締切 (「9/11(金)」); ``minimum`` the lower number of the 仕様書.
        change_words: sentence that the numbers notified to the contractor differ from the roster, "" = they do not.
        tablet_words: sentence that nobody has agreed to bring the tablets people borrow, "" = no such doubt.
    """

    event: Event
    title: str
    rows: tuple[EntryRow, ...]
    counts: Mapping[str, int]
    doubtful_count: int
    applied_count: int
    organisations: int
    coming_count: int
    people_word: str
    is_undecided: bool
    capacity: int
    free_count: int
    spec_words: str
    next_waitlisted: EntryRow | None
    selection: Selection | None
    closing_words: str
    missing_count: int
    minimum: int
    letter_waits: bool
    change_words: str
    tablet_words: str

    def row(self, entry_id: int) -> EntryRow | None:
        """Return one place by its id, or None."""
        return next((row for row in self.rows if row.id == entry_id), None)


def read_entries(store: Store, *, event_id: int, today: date) -> EntryList:
    """Return the roster of one event on ``today``; raises ``UserError`` when the event is gone."""
    year = read_event_year(store, event_id, today, with_follow_ups=False)
    file = read_event_records(store, event_id)
    event = file.event
    roster = roster_of(store.database, event)
    entries = [row.entry for row in roster.rows]
    capacity = current_capacity(store.database, event)
    free = free_places(entries, capacity)
    unread, moves = entries_with_unchecked_photos(store.database, event_id), _move_texts(store.database, entries)
    suspended = words_by_person(store.database, today)
    substitutes = {row.entry.substitute_for: row for row in roster.rows if row.entry.substitute_for is not None}
    rows = tuple(
        replace(
            _row(
                row,
                today,
                substitutes,
                join_nonempty(suspended.get(row.entry.person_id, ""), moves.get(row.entry.id, "")),
            ),
            is_photo_unclear=row.entry.id in unread,
        )
        for row in roster.rows
    )
    waiting = next_on_waitlist(entries) if free > 0 else None
    coming, held = (sum(map(counts, entries)) for counts in (is_expected, is_coming))
    numbers = year.view.kind(event.kind)
    closing = closing_day(file.steps, event, year.calendar)
    missing = people_missing(numbers, event, people=held, closing=closing, today=today) if entries else 0
    counts = Counter(row.status for row in rows)
    told, totals = file.notified_headcount, expected_totals(file.expected)
    changed = (
        told is not None and roster.from_roster and not has_same_numbers(told, totals) and not event.is_past(today)
    )
    return EntryList(
        event=event,
        title=event.full_title,
        rows=rows,
        counts={status: counts[status] for status in STATUSES},
        doubtful_count=sum(bool(entry.doubtful.strip()) for entry in entries),
        applied_count=sum(has_applied(entry) for entry in entries),
        organisations=len({organisation_key(entry) for entry in entries if is_expected(entry)} - {""}),
        coming_count=coming,
        people_word=file.people_word,
        is_undecided=file.is_decision_pending,
        capacity=capacity,
        free_count=free,
        spec_words=people_words(numbers),
        next_waitlisted=next((row for row in rows if waiting is not None and row.id == waiting.id), None),
        selection=latest_selection(store.database, event_id),
        closing_words=short_date_or("", closing, today),
        missing_count=missing,
        minimum=accepted_people_range(numbers)[0],
        letter_waits=_letter_waits(file),
        change_words=_headcount_change_text(told, totals.people) if changed and told is not None else "",
        tablet_words=tablet_remark(file.kind, file.equipment, totals.lent_devices, agreed=equipment_agreed(file)),
    )


def _letter_waits(file: EventRecords) -> bool:
    """Return whether the event is still planned, its selection made, and the 決定通知 still to be notified."""
    if not file.event.status.is_planned or file.is_decision_pending:
        return False
    return any(document_of_step(step.name) == DECISION and step.done_on is None for step in effective_steps(file))


def _headcount_change_text(notice: NoticeWithNotification, people: int) -> str:
    if notice.people == people:
        return f"第{notice.revision}報で連絡した内容から変わりました。人数は{people}人のままです。"
    return f"第{notice.revision}報（{notice.people}人）で連絡した人数から変わりました。いまは{people}人です。"


def status_of(entry: Entry) -> str:
    """Return the word a place is counted under: its state, unless it is a walk-in or a reported absence."""
    if entry.walk_in:
        return WALK_IN
    return ABSENCE_NOTICE if entry.absent_told_at is not None and not entry.state.is_out else entry.state


def application_time_text(at: datetime | None, today: date | None = None) -> str:
    """Return 「9/11 9:05」 (「9/11」 where only the day is known), with R9 before it in another calendar year.

    Empty without a moment (``at`` None).
    """
    if at is None:
        return ""
    day = short_date(at.date(), today)
    return join_nonempty(day.partition("(")[0], "" if is_date_only(at) else clock_words_if_timed(at), separator=" ")


def _move_texts(database: Database, entries: Sequence[Entry]) -> Mapping[int, str]:
    """Return 「講習会 第7回へ」 and 「講習会 第6回から」 of moved places, by their ids."""
    came = {entry_id: f"{event.full_title}から" for entry_id, event in moved_from(database, entries).items()}
    return came | {entry_id: f"{event.full_title}へ" for entry_id, event in moved_to(database, entries).items()}


def _row(row: RosterRow, today: date, substitutes: Mapping[int, RosterRow], move: str) -> EntryRow:
    entry = row.entry
    status = status_of(entry)
    words = f"{status}{entry.waiting_order or ''}" if status == "補欠" else status
    return EntryRow(
        row=row,
        status=status,
        status_words=words,
        status_hint=join_nonempty(move, _status_hint(entry, status, today, substitutes.get(entry.id))),
        applied_words=application_time_text(entry.applied_at, today),
    )


def _status_hint(entry: Entry, status: str, today: date, substitute: RosterRow | None) -> str:
    """Return 「9/11 9:05 代理 見本 花子 出席 遅刻」 as far as so: when an absence was told, substitute, attendance.

    「代理」 alone says that the person came instead of somebody.
    """
    parts = (
        application_time_text(entry.absent_told_at, today) if status == ABSENCE_NOTICE else "",
        AWAITED if entry.awaits_answer else "",
        f"代理 {substitute.name}" if substitute is not None else "",
        "代理" if entry.substitute_for is not None else "",
        f"返事待ち {short_date(entry.answer_by, today)}まで" if entry.answer_by and entry.state.is_waiting else "",
        entry.attendance,
        ("遅刻" if entry.attendance else "遅刻の連絡") if entry.late else "",
    )
    return join_nonempty(*parts)


def words_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return a follow-up for each event still to come whose applicants wrote something that nobody has read."""
    found = []
    for number, count in unread_words(database).items():
        event = by_id(database, Event, number) if event_id in (None, number) else None
        if event is not None and event.event_date is not None and event.event_date >= today:
            found.append(
                FollowUp(
                    task="本人のことば",
                    event_id=number,
                    label=f"本人のことば　未読 {count}人",
                    detail="参加者の記載を開いて読みます",
                    due=today,
                    basis="アプリの目安：受けたらすぐに。読むまで残ります",
                    rule="受けたらすぐ",
                    link=ActionLink("参加者", event_id=number),
                )
            )
    return found
