"""Reads the expected numbers of an event for its screen, its documents and a mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.documents.blocks import DocumentContent
from app.documents.event_facts import EventFacts, devices_words
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.documents.services.documents import addressee_words, sender_words
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules import deadlines
from app.subjects.events.event.rules.copies import CopiesNeeded, copies_to_prepare
from app.subjects.events.event.rules.event_warning import EventWarning
from app.subjects.events.event.rules.expected_attendance import (
    HeadcountTotals,
    device_warnings,
    has_same_numbers,
    headcount_totals,
    people_warnings,
    people_words,
    tablet_warnings,
    unknown_devices,
)
from app.subjects.events.event.rules.held_events import has_result
from app.subjects.events.event.rules.notification_facts import event_as_notified
from app.subjects.events.event.rules.participation import is_coming
from app.subjects.events.event.services.event_document import event_document_kind
from app.subjects.events.event.services.event_facts import read_event_facts
from app.subjects.events.event.services.event_records import EventRecords, read_event_records
from app.subjects.events.event.services.expected_counts import counts_from_roster
from app.subjects.events.event.services.tasks.deadlines import read_event_year
from app.subjects.events.event.services.tasks.event_tasks import tasks_of
from app.subjects.events.event.services.tasks.task import Task
from app.subjects.events.event.services.tasks.task_completion import equipment_agreed, outdated_headcount
from app.subjects.events.headcount import documents as headcount_notice
from app.subjects.events.headcount.services.typed_organisations import UnknownOrganisation, unknown_organisations
from db.frozen_record import frozen_record
from db.query_cache import cached_queries
from db.records.events import Event
from db.records.participants import ExpectedCount, NoticeWithNotification
from db.rows import by_id
from db.store import Store
from db.tables import organisations, participants, roster

_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("参加予定人数", "人", "people"),
    ("参加団体", "団体", "organisations"),
    ("貸与する端末", "台", "lent_devices"),
    ("持参する端末", "台", "own_devices"),
    ("配慮を要する件数", "件", "care_count"),
)


@frozen_record
class CountDifference:
    """One number as notified before and as it is now, and both in words (未確認 for devices nobody was asked about).

    ``change_words`` is 「+2」「-1」 or 「変更なし」.
    """

    label: str
    previous_count: int
    current_count: int
    change_words: str
    previous_words: str
    current_words: str

    @property
    def is_changed(self) -> bool:
        """Return whether the number differs."""
        return self.previous_words != self.current_words


@frozen_record
class NoticeRow:
    """One notice: ``title`` 「第1報」「変更連絡（第2報）」, ``state`` 「作成済・未連絡」 or 「連絡済 9/18(金)」."""

    notice: NoticeWithNotification
    title: str
    state: str


@frozen_record
class OrganisationChoice:
    """A registered 団体 to choose."""

    id: int
    branch: str
    name: str


@frozen_record
class HeadcountView:
    """Counts, totals and notices of one event.

    Attributes:
        draft: a notice made and not notified; ``is_draft_outdated`` = the counts changed since.
        notified_notice: the newest notified one.
        differences: between it and now (empty before the first).
        next_kind: 参加人数連絡書 or 変更連絡 if one can be made, else "" with the reason in ``next_words``.
        are_copies_final: the number was notified and is still true.
        task: the deadline.
        from_roster: the rows are counted from the roster; ``roster_people`` is its number (None = nobody entered),
            ``typed_people`` the typed one.
        unknown_organisations: typed names without a registered 団体.
    """

    event_id: int
    title: str
    event_date: date | None
    rows: tuple[ExpectedCount, ...]
    totals: HeadcountTotals
    spec_words: str
    venue_capacity: int | None
    warnings: tuple[EventWarning, ...]
    notices: tuple[NoticeRow, ...]
    draft: NoticeWithNotification | None
    is_draft_outdated: bool
    notified_notice: NoticeWithNotification | None
    differences: tuple[CountDifference, ...]
    is_changed_since_notice: bool
    next_kind: str
    next_words: str
    copies: CopiesNeeded
    are_copies_final: bool
    task: Task | None
    organisations: tuple[OrganisationChoice, ...]
    from_roster: bool
    roster_people: int | None
    typed_people: int
    unknown_organisations: tuple[UnknownOrganisation, ...]


@cached_queries
def read_headcount(store: Store, *, event_id: int, today: date) -> HeadcountView:
    """Return the expected numbers of one event with their notices and the next step."""
    year = read_event_year(store, event_id, today, with_follow_ups=False)
    file = read_event_records(store, event_id)
    event, numbers = file.event, year.view.numbers[file.event.kind]
    totals, told = headcount_totals(file.expected), file.notified_headcount
    draft = next((row for row in file.notices if row.notified_on is None), None)
    differences = _differences(told, totals) if told is not None else ()
    elsewhere = outdated_headcount(file) is not None
    next_kind, next_words = _next_notice(totals, told, draft, is_time_or_place_changed=elsewhere)
    if event.status == "中止" and told is None:
        next_kind, next_words = "", "中止した回のため、人数の連絡は要りません。"
    warnings = people_warnings(numbers, totals.people, venue_capacity=event.venue_capacity) if file.expected else ()
    tasks = {task.task: task for task in tasks_of(file, year)}
    entries = roster.entries(store.database, event_id)
    registered = organisations.all_organisations(store.database)
    from_roster = counts_from_roster(event, has_entries=bool(entries))
    copies, final = copies_to_prepare(
        told.people if told is not None else None,
        totals.people,
        draft_people=draft.people if draft is not None else None,
        held=has_result(event),
    )
    return HeadcountView(
        event_id=event_id,
        title=event.full_title,
        event_date=event.event_date,
        rows=file.expected,
        totals=totals,
        spec_words=people_words(numbers),
        venue_capacity=event.venue_capacity,
        warnings=(
            *warnings,
            *device_warnings(file.expected),
            *tablet_warnings(event.kind, file.equipment, totals, agreed=equipment_agreed(file)),
        ),
        notices=tuple(_notice_row(row, today) for row in file.notices),
        draft=draft,
        is_draft_outdated=draft is not None and not has_same_numbers(draft, totals),
        notified_notice=told,
        differences=differences,
        is_changed_since_notice=told is not None and (not has_same_numbers(told, totals) or elsewhere),
        next_kind=next_kind,
        next_words=next_words,
        copies=copies,
        are_copies_final=final,
        task=tasks.get(deadlines.HEADCOUNT),
        organisations=tuple(OrganisationChoice(id=row.id, branch=row.branch, name=row.name) for row in registered),
        from_roster=from_roster,
        unknown_organisations=() if from_roster else unknown_organisations(file.expected, registered),
        roster_people=sum(is_coming(entry) for entry in entries) if entries else None,
        typed_people=sum(row.people for row in participants.expected_counts(store.database, event_id)),
    )


def notice_title(revision: int) -> str:
    """Return 「第1報」 or 「変更連絡（第2報）」."""
    return f"第{revision}報" if revision == 1 else f"変更連絡（第{revision}報）"


def _notice_row(notice: NoticeWithNotification, today: date) -> NoticeRow:
    state = f"連絡済 {short_date(notice.notified_on, today)}" if notice.notified_on else "作成済・未連絡"
    return NoticeRow(notice=notice, title=notice_title(notice.revision), state=state)


def _differences(notified: NoticeWithNotification, totals: HeadcountTotals) -> tuple[CountDifference, ...]:
    rows = []
    for item, unit, name in _ITEMS:
        before, after = getattr(notified, name), getattr(totals, name)
        words, now_words = f"{before}{unit}", f"{after}{unit}"
        if unit == "台":
            words, now_words = (
                devices_words(before, unknown_devices(notified)),
                devices_words(after, totals.unknown_devices),
            )
        change = f"{after - before:+d}" if after != before else "変更なし" if words == now_words else ""
        rows.append(
            CountDifference(
                label=item,
                previous_count=before,
                current_count=after,
                change_words=change,
                previous_words=words,
                current_words=now_words,
            )
        )
    return tuple(rows)


def _next_notice(
    totals: HeadcountTotals,
    notified: NoticeWithNotification | None,
    draft: NoticeWithNotification | None,
    *,
    is_time_or_place_changed: bool,
) -> tuple[str, str]:
    """Return which notice can be made now, or why none.

    Args:
        is_time_or_place_changed: day, hours or place differ from the notification.
    """
    if totals.people == 0:
        return "", "参加する方が名簿に入るか、団体ごとの人数を入力すると作成できます。"
    if draft is not None:
        words = "" if has_same_numbers(draft, totals) else "作成したあとに人数が変わっています。作成し直してください。"
        return ("変更連絡" if draft.revision > 1 else "参加人数連絡書"), words
    if notified is None:
        return "参加人数連絡書", ""
    if has_same_numbers(notified, totals) and is_time_or_place_changed:
        return "変更連絡", "日程または会場が、連絡したときから変わっています。"
    if has_same_numbers(notified, totals):
        return "", f"第{notified.revision}報で連絡した人数から変わっていません。"
    return "変更連絡", ""


HEADCOUNT = headcount_notice.KIND
CHANGE = headcount_notice.CHANGE_KIND


def headcount_content(store: Store, event: Event, now: datetime, *, change: bool) -> DocumentContent:
    """Return 参加人数連絡書, or 変更連絡; raises ``UserError`` while there is none."""
    view = programme_of_event(store, event, on=now.date())
    notices = participants.headcount_notices(store.database, event.id)
    first = [notice for notice in notices if notice.revision == 1]
    if not notices or not first:
        raise UserError(
            "参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。"
        )
    if change and len(notices) < 2:
        raise UserError("人数の変更はまだありません。", "変更があったときに作成できます。")
    told, previous = (notices[-1], notices[-2]) if change else (first[0], None)
    kind = CHANGE if change else HEADCOUNT
    context = event_document_context(store, view, event, kind, now, given_on=told.notified_on)
    return headcount_notice.headcount_notice(
        context, _facts(store, event, told), view.numbers[event.kind], told, previous
    )


def _facts(store: Store, event: Event, notice: NoticeWithNotification) -> EventFacts:
    """Return the event for the document of a notice: as notified, else as it is now."""
    found = read_event_facts(store, event)
    return event_as_notified(found, notice.act.facts) if notice.act is not None else found


def mail_text(store: Store, *, event_id: int, change: bool, now: datetime) -> str:
    """Return the headcount as a mail to copy (nothing is sent): the newest one as a change, or the first."""
    event = by_id(store.database, Event, event_id)
    notices = participants.headcount_notices(store.database, event_id)
    if event is None or not notices:
        raise UserError(
            "参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。"
        )
    view = programme_of_event(store, event, on=now.date())
    notice, previous = (notices[-1], notices[-2]) if change and len(notices) > 1 else (notices[0], None)
    return headcount_notice.mail_text(
        _facts(store, event, notice),
        view.numbers[event.kind],
        notice,
        previous,
        addressee=addressee_words(view),
        sender=sender_words(view),
    )


def _notice_state(notice_index: int) -> Callable[[Store, EventRecords, date], str]:
    def words(_store: Store, file: EventRecords, today: date) -> str:
        notice = file.notices[notice_index]
        told = f"連絡済 {short_date(notice.notified_on, today)}" if notice.notified_on else "作成済・未連絡"
        return f"{notice_title(notice.revision)}　{notice.people}人　{told}"

    return words


DOCUMENTS: Final[tuple[DocumentKind, ...]] = (
    event_document_kind(
        kind=HEADCOUNT,
        clauses=("clause_people",),
        group="人数・資料",
        event_role="案内",
        build=lambda store, event, now: headcount_content(store, event, now, change=False),
        ready=lambda _store, file: bool(file.notices),
        state=_notice_state(0),
        missing_words="参加人数をまとめると作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=False, now=now),
    ),
    event_document_kind(
        kind=CHANGE,
        clauses=("clause_people",),
        group="人数・資料",
        event_role="案内",
        build=lambda store, event, now: headcount_content(store, event, now, change=True),
        ready=lambda _store, file: len(file.notices) > 1,
        state=_notice_state(-1),
        missing_words="連絡したあとに人数が変わったとき作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=True, now=now),
    ),
)
