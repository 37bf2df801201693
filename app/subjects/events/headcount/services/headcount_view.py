"""The expected numbers of an event: as a screen shows them, and as the papers (参加人数連絡書, 変更連絡) of the shelf
or a mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.dates import short_date
from app.papers.blocks import DocumentContent
from app.papers.event_facts import EventFacts, devices_words
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.papers.services.papers import addressee, sender
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules import deadlines
from app.subjects.events.event.rules.attendance import (
    HeadcountTotals,
    device_warnings,
    headcount_totals,
    people_warnings,
    people_words,
    same_numbers,
    tablet_warnings,
    unknown_devices,
)
from app.subjects.events.event.rules.copies import CopiesNeeded, copies_as_told
from app.subjects.events.event.rules.event_warning import EventWarning
from app.subjects.events.event.rules.held import has_result
from app.subjects.events.event.rules.taking_part import is_coming
from app.subjects.events.event.rules.told_facts import as_told
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.events.event.services.expected_counts import counts_from_roster
from app.subjects.events.event.services.tasks.closings import equipment_agreed, headcount_changed
from app.subjects.events.event.services.tasks.deadlines import read_event_year
from app.subjects.events.event.services.tasks.event_tasks import tasks_of
from app.subjects.events.event.services.tasks.task import Task
from app.subjects.events.headcount import papers as headcount_notice
from app.subjects.events.headcount.services.typed_organisations import UnknownOrganisation, unknown_organisations
from db.frozen_record import frozen_record
from db.one_reading import one_reading
from db.records.events import Event
from db.records.participants import ExpectedCount, KnownNotice
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
    """One number as told before and as it is now, and both in words (未確認 for devices of which nobody was asked).

    ``change`` 「+2」「-1」 or 「変更なし」.
    """

    item: str
    previous: int
    now: int
    change: str
    previous_words: str
    now_words: str

    @property
    def changed(self) -> bool:
        """Whether the number differs."""
        return self.previous_words != self.now_words


@frozen_record
class NoticeRow:
    """One notice: ``title`` 「第1報」「変更連絡（第2報）」, ``state`` 「作成済・未連絡」 or 「連絡済 9/18(金)」."""

    notice: KnownNotice
    title: str
    state: str


@frozen_record
class OrganisationChoice:
    """A 団体 of the register to pick from."""

    id: int
    branch: str
    name: str


@frozen_record
class HeadcountView:
    """Counts, totals and notices of one event.

    ``draft`` is a notice made but not told, ``draft_outdated`` True when the counts changed since; ``told`` the newest
    one told. ``differences`` compare it with now (empty before the first). ``next_kind`` is 参加人数連絡書 or 変更連絡
    when one can be made, else "" and ``next_words`` says why. ``copies`` are final once ``told`` and as long as that is
    so, else provisional. ``task`` is the deadline. ``from_roster`` True = the rows are counted from the roster;
    ``roster_people`` is what it gives (None = nobody entered), ``typed_people`` what was typed. ``unknown`` are typed
    names that no 団体 of the register has.
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
    draft: KnownNotice | None
    draft_outdated: bool
    told: KnownNotice | None
    differences: tuple[CountDifference, ...]
    changed: bool
    next_kind: str
    next_words: str
    copies: CopiesNeeded
    copies_final: bool
    task: Task | None
    organisations: tuple[OrganisationChoice, ...]
    from_roster: bool
    roster_people: int | None
    typed_people: int
    unknown: tuple[UnknownOrganisation, ...]


@one_reading
def read_headcount(store: Store, *, event_id: int, today: date) -> HeadcountView:
    """Return the expected numbers of one event with what was told and what is to be told."""
    year = read_event_year(store, event_id, today, whole=False)
    file = read_file(store, event_id)
    event, numbers = file.event, year.view.numbers[file.event.kind]
    totals, told = headcount_totals(file.expected), file.told
    draft = next((row for row in file.notices if row.told_on is None), None)
    differences = _differences(told, totals) if told is not None else ()
    elsewhere = headcount_changed(file) is not None
    next_kind, next_words = _next(totals, told, draft, elsewhere=elsewhere)
    if event.status == "中止" and told is None:
        next_kind, next_words = "", "中止した回のため、人数の連絡は要りません。"
    warnings = people_warnings(numbers, totals.people, venue_capacity=event.venue_capacity) if file.expected else ()
    tasks = {task.task: task for task in tasks_of(file, year)}
    entries = roster.entries(store.database, event_id)
    registered = organisations.everything(store.database)
    from_roster = counts_from_roster(event, has_entries=bool(entries))
    copies, final = copies_as_told(
        told.people if told is not None else None,
        totals.people,
        draft=draft.people if draft is not None else None,
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
        draft_outdated=draft is not None and not same_numbers(draft, totals),
        told=told,
        differences=differences,
        changed=told is not None and (not same_numbers(told, totals) or elsewhere),
        next_kind=next_kind,
        next_words=next_words,
        copies=copies,
        copies_final=final,
        task=tasks.get(deadlines.HEADCOUNT),
        organisations=tuple(OrganisationChoice(id=row.id, branch=row.branch, name=row.name) for row in registered),
        from_roster=from_roster,
        unknown=() if from_roster else unknown_organisations(file.expected, registered),
        roster_people=sum(is_coming(entry) for entry in entries) if entries else None,
        typed_people=sum(row.people for row in participants.expected(store.database, event_id)),
    )


def notice_title(revision: int) -> str:
    """Return 「第1報」 or 「変更連絡（第2報）」."""
    return f"第{revision}報" if revision == 1 else f"変更連絡（第{revision}報）"


def _notice_row(notice: KnownNotice, today: date) -> NoticeRow:
    state = f"連絡済 {short_date(notice.told_on, today)}" if notice.told_on else "作成済・未連絡"
    return NoticeRow(notice=notice, title=notice_title(notice.revision), state=state)


def _differences(told: KnownNotice, totals: HeadcountTotals) -> tuple[CountDifference, ...]:
    rows = []
    for item, unit, name in _ITEMS:
        before, after = getattr(told, name), getattr(totals, name)
        words, now_words = f"{before}{unit}", f"{after}{unit}"
        if unit == "台":
            words, now_words = (
                devices_words(before, unknown_devices(told)),
                devices_words(after, totals.unknown_devices),
            )
        change = f"{after - before:+d}" if after != before else "変更なし" if words == now_words else ""
        rows.append(
            CountDifference(
                item=item, previous=before, now=after, change=change, previous_words=words, now_words=now_words
            )
        )
    return tuple(rows)


def _next(
    totals: HeadcountTotals, told: KnownNotice | None, draft: KnownNotice | None, *, elsewhere: bool
) -> tuple[str, str]:
    """Which notice can be made now, or why none; ``elsewhere`` the day, the hours or the place are not
    what was told."""
    if totals.people == 0:
        return "", "参加する方が名簿に入るか、団体ごとの人数を入力すると作成できます。"
    if draft is not None:
        words = "" if same_numbers(draft, totals) else "作成したあとに人数が変わっています。作成し直してください。"
        return ("変更連絡" if draft.revision > 1 else "参加人数連絡書"), words
    if told is None:
        return "参加人数連絡書", ""
    if same_numbers(told, totals) and elsewhere:
        return "変更連絡", "日程または会場が、連絡したときから変わっています。"
    if same_numbers(told, totals):
        return "", f"第{told.revision}報で連絡した人数から変わっていません。"
    return "変更連絡", ""


HEADCOUNT = headcount_notice.KIND
CHANGE = headcount_notice.CHANGE_KIND


def headcount(store: Store, event: Event, now: datetime, *, change: bool) -> DocumentContent:
    """Return 参加人数連絡書, or its 変更連絡; raises ``Refusal`` while there is none."""
    view = programme_of_event(store, event, on=now.date())
    notices = participants.notices(store.database, event.id)
    first = [notice for notice in notices if notice.revision == 1]
    if not notices or not first:
        raise Refusal("参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。")
    if change and len(notices) < 2:
        raise Refusal("人数の変更はまだありません。", "変更があったときに作成できます。")
    told, previous = (notices[-1], notices[-2]) if change else (first[0], None)
    kind = CHANGE if change else HEADCOUNT
    context = paper_context(store, view, event, kind, now, given_on=told.told_on)
    return headcount_notice.headcount_notice(
        context, _facts(store, event, told), view.numbers[event.kind], told, previous
    )


def _facts(store: Store, event: Event, notice: KnownNotice) -> EventFacts:
    """The event as the paper of a notice says it: as it was told, or as it is while nobody was told."""
    found = read_facts(store, event)
    return as_told(found, notice.act.facts) if notice.act is not None else found


def mail_text(store: Store, *, event_id: int, change: bool, now: datetime) -> str:
    """Return the headcount as a mail to copy (nothing is sent): the newest one as a change, or the first."""
    event = by_id(store.database, Event, event_id)
    notices = participants.notices(store.database, event_id)
    if event is None or not notices:
        raise Refusal("参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。")
    view = programme_of_event(store, event, on=now.date())
    notice, previous = (notices[-1], notices[-2]) if change and len(notices) > 1 else (notices[0], None)
    return headcount_notice.mail_text(
        _facts(store, event, notice),
        view.numbers[event.kind],
        notice,
        previous,
        addressee=addressee(view),
        sender=sender(view),
    )


def _told(place: int) -> Callable[[Store, EventFile, date], str]:
    def words(_store: Store, file: EventFile, today: date) -> str:
        notice = file.notices[place]
        told = f"連絡済 {short_date(notice.told_on, today)}" if notice.told_on else "作成済・未連絡"
        return f"{notice_title(notice.revision)}　{notice.people}人　{told}"

    return words


PAPERS: Final[tuple[PaperKind, ...]] = (
    event_paper(
        kind=HEADCOUNT,
        rests_on=("clause_people",),
        shelf="人数・資料",
        meets="案内",
        build=lambda store, event, now: headcount(store, event, now, change=False),
        ready=lambda _store, file: bool(file.notices),
        state=_told(0),
        missing="参加人数をまとめると作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=False, now=now),
    ),
    event_paper(
        kind=CHANGE,
        rests_on=("clause_people",),
        shelf="人数・資料",
        meets="案内",
        build=lambda store, event, now: headcount(store, event, now, change=True),
        ready=lambda _store, file: len(file.notices) > 1,
        state=_told(-1),
        missing="連絡したあとに人数が変わったとき作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=True, now=now),
    ),
)
