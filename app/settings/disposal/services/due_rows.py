"""Data due for erasing, by the day stored in a row or by its year; one line for each kind, without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Literal

from app.actions.action_id import ActionId
from app.calendar.wareki import fiscal_year_of
from app.common.and_others import and_others
from app.data_folder.services.due_erasing import UNUSED_FILE_RETENTION
from app.event_day.checkouts.services import all_files_outside
from app.programme.holds import Holds, backup_term, kept_words, read_holds
from app.programme.rules import (
    APPLICANTS,
    BASIS,
    MEMOS,
    ORGANISATIONS,
    PARTICIPANTS,
    PRESENTERS,
    RESPONDENTS,
    RETENTIONS,
    RIGHTS,
    SIGNERS,
    TAKEN_OUT,
    copies_until,
    in_visit_words,
    retention_end,
)
from app.programme.services import agreed_years, applicant_retention_end, visits_of_all_years
from app.settings.disposal.services.clock_check import ClockCheck
from app.settings.disposal.services.due_files import FILE_KINDS, DisposalKind, DueFile, due_files
from app.settings.disposal.services.naming_texts import NamingText, rows_text, texts_to_judge
from app.settings.disposal.services.personal_rows import (
    PersonalRow,
    contacts_waiting,
    counts_by_kind,
    first_days_by_kind,
    has_personal_data,
    personal_rows,
)
from db import journal_index, row_history
from db.engine import Database
from db.mapping import TABLE_OF
from db.record import RowsById, group_by_key, record
from db.records.disposals import Disposal, DisposalHold, DisposalItem
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.programme import EventKind
from db.records.roster import Entry
from db.redactions import is_redacted_text
from db.row_history import EndedRow
from db.rows import rows
from db.store import Store
from db.tables.erasing_days import RowsToErase
from db.tables.events import kinds_with_numbers

TITLE: ActionId = "消す時期が来たもの"
LEAD_TIME = timedelta(days=30)
"""Time before its last day at which a kind appears on the list, so that it can be erased by then."""
_MAX_EVENTS_NAMED = 3


KINDS: tuple[DisposalKind, ...] = (
    (APPLICANTS, "件", "年度の事業が終わった"),
    (PARTICIPANTS, "人", "年度の事業が終わった"),
    (PRESENTERS, "件", "発表の会が終わった"),
    (ORGANISATIONS, "件", "名簿を新しくしなかった"),
    (SIGNERS, "件", "派遣の年度が終わった"),
    (RESPONDENTS, "件", "年度の事業が終わった"),
    (MEMOS, "件", "年度の事業が終わった"),
    (RIGHTS, "件", "年度の事業が終わった"),
)
_REMOVED_PEOPLE: DisposalKind = (TAKEN_OUT, "人", "人の一覧から外した")


_Counted = tuple[RowsToErase, tuple[DisposalItem, ...]]
"""The counts of one line, and the rows that were counted; none where a query counted them."""
LineState = Literal["due", "kept", "later", "marked", "erased"]
_STATE_ORDER: tuple[LineState, ...] = ("due", "marked", "kept", "later", "erased")


@record
class DueLine:
    """One kind: how many of which events, why and by which rule, until when.

    Attributes:
        id: the kind and 「now」 or 「later」, of a marked or erased line the kind and the id of its ``Disposal``.
        until: the last day, of a kept line the day of the hold, of an erased one the day of the erasing.
        state: due, kept with a reason, due on a later day, marked, or erased.
        items: its rows, if they were read and not only counted (``by_walk``).
        record_number: the id of its ``Disposal`` once it is marked, by which its 廃棄の記録 is opened; 0 = not marked.
    """

    id: str
    title: str
    events_text: str
    count: int
    unit: str
    why: str
    basis: str
    until: date
    state: LineState
    items: tuple[DisposalItem, ...] = ()
    record_number: int = 0

    @property
    def kind(self) -> str:
        """Return the key of its retention rule."""
        return self.id.partition(":")[0]

    @property
    def is_due(self) -> bool:
        """Return whether the line can be ticked."""
        return self.state == "due"


@record
class DueList:
    """What the screen 「消す時期が来たもの」 shows: its lines, what waits and what backups still hold.

    ``waiting_for_day_file`` counts the contacts that wait because a 当日持出しファイル is out; ``backups_until`` is how
    long backups hold what is erased today.
    ``naming_text`` says which texts still contained a name after the last erasure ("" = none); ``texts_to_judge`` are
    those for which somebody must say whom they mean; ``asks_clock``: the clock leapt since a mark and the date must be
    confirmed. ``copies_until`` are the last days of the 控え by fiscal year, the oldest first. ``held_text`` says what
    is held and left out of the lines.
    """

    lines: tuple[DueLine, ...]
    waiting_for_day_file: int
    backups_until: date
    naming_text: str = ""
    copies_until: tuple[tuple[int, date], ...] = ()
    texts_to_judge: tuple[NamingText, ...] = ()
    asks_clock: bool = False
    held_text: str = ""

    @property
    def due_lines(self) -> tuple[DueLine, ...]:
        """Return the lines that can be erased now."""
        return tuple(line for line in self.lines if line.is_due)


def removed_people(database: Database, *, by_walk: bool) -> list[EndedRow]:
    """Return the people deleted from the register by hand; they exist in the history only.

    People merged into another entry of the same name are not returned.
    """
    ended = (row_history.ended_rows if by_walk else journal_index.ended_rows)(database, TABLE_OF[Person])
    found = [one for one in ended if one.image.get("name") and not is_redacted_text(one.image.get("name"))]
    names = {one.name for one in rows(database, Person)} if found else set()
    return [one for one in found if one.image.get("name") not in names]


def contact_kind(contact: Contact) -> str:
    """Return the retention kind of a contact: of an event, of a 団体, else of an applicant."""
    if contact.event_id is not None:
        return PRESENTERS.key
    whose = contact.person_id is None and contact.application_id is None
    return ORGANISATIONS.key if whose and contact.organisation_id is not None else APPLICANTS.key


def retention_rules(database: Database) -> dict[str, str]:
    """Return the name of the rule by which each kind of records is kept, "アプリの目安" where no year names one."""
    said = {row.records: row.basis for year in agreed_years(database) for row in year.retention if row.basis}
    return {one.key: said.get(one.group, BASIS) for one in RETENTIONS}


def read_due(store: Store, *, today: date, by_walk: bool = False) -> DueList:
    """Return what is due on ``today``, and what is due later, kept, marked or erased.

    Args:
        by_walk: read every row and the journal itself, as an erasing and its record do, so that each line has its
            ``items``; a page counts by queries and asks the index of the journal.
    """
    database = store.database
    titles = kinds_with_numbers(database)
    counted = _counts_of_rows(database, titles, today) if by_walk else _counts_by_query(database, titles, today)
    found = [_rows_line(kind, *one) for kind in KINDS for one in counted if one[0].kind == kind[0].key]
    found += _removed_people_lines(database, today, by_walk=by_walk)
    found += _file_lines(due_files(database, today=today), titles, today)
    kinds, years = visits_of_all_years(database), agreed_years(database)
    rules = retention_rules(database)
    found = [replace(one, basis=one.basis.replace(BASIS, rules.get(one.kind, BASIS))) for one in found]
    lines = [_worded_line(one, active_hold(database, one.kind, today) if one.is_due else None, kinds) for one in found]
    noted = rows(database, Disposal, order="-id")
    lines += [_recorded_line(one) for one in noted]
    return DueList(
        lines=tuple(sorted(lines, key=lambda line: (_STATE_ORDER.index(line.state), line.until))),
        waiting_for_day_file=contacts_waiting(database),
        backups_until=backup_term(database, today).last_day(today),
        naming_text=rows_text(database, (item for one in noted for item in one.items)),
        copies_until=tuple((one.fiscal_year, copies_until(one)) for one in years if copies_until(one) >= today),
        held_text=kept_words(database, today),
        texts_to_judge=texts_to_judge(database, (item for one in noted for item in one.items)),
        asks_clock=bool(awaiting_clock_check(store, today=today)),
    )


def _worded_line(line: DueLine, hold: DisposalHold | None, kinds: Iterable[EventKind]) -> DueLine:
    """Return a line in the words of the years, and as it is kept longer by ``hold``, whose reason stays as typed."""
    line = replace(line, title=in_visit_words(line.title, kinds), why=in_visit_words(line.why, kinds))
    if hold is None:
        return line
    return replace(line, why=hold.reason, basis=f"残した {hold.by}", until=hold.until, state="kept")


def awaiting_clock_check(store: Store, *, today: date) -> list[Disposal]:
    """Return what was marked on an earlier day and waits because the clock leapt since."""
    marked = [one for one in rows(store.database, Disposal) if one.erased_at is None and one.marked_at.date() < today]
    days = ClockCheck(store) if marked else None
    return [one for one in marked if days is not None and not days.is_plausible_since_mark(one.marked_at, today)]


@record
class DueSummary:
    """Summary for home: how many kinds are due, and the first of their last days.

    ``passed_printed_days`` are days printed on documents that have passed, each with these documents.
    """

    kinds: int
    until: date
    passed_printed_days: tuple[tuple[date, tuple[str, ...]], ...] = ()


def due_summary(database: Database, today: date) -> DueSummary | None:
    """Return the summary of what is due for home, None where nothing is.

    A kind is due from ``LEAD_TIME`` before its last day, unless it is kept longer.
    """
    until = {key: day for key, day in first_days_by_kind(database, today).items() if day - LEAD_TIME <= today}
    for file in due_files(database, today=today, by=today + LEAD_TIME):
        if file.until - LEAD_TIME <= today:
            until[file.kind] = min(until.get(file.kind, date.max), file.until)
    open_ones = {key: day for key, day in until.items() if active_hold(database, key, today) is None}
    if not open_ones:
        return None
    broken = _broken_promises(database, open_ones, today)
    kinds = visits_of_all_years(database) if broken else ()
    papers = {
        day: tuple(
            dict.fromkeys(
                in_visit_words(paper, kinds)
                for one in RETENTIONS
                if broken.get(one.key) == day
                for paper in one.promised_in
            )
        )
        for day in sorted(set(broken.values()))
    }
    return DueSummary(kinds=len(open_ones), until=min(open_ones.values()), passed_printed_days=tuple(papers.items()))


def _broken_promises(database: Database, until: Mapping[str, date], today: date) -> dict[str, date]:
    """Return the kinds that still exist after the day printed on their documents, each with that day.

    An earlier day typed for one row is only a target until the printed day is over.
    """
    late = [one for one in RETENTIONS if one.promised_in and until.get(one.key, today) < today]
    years = agreed_years(database) if late else ()
    found = {}
    for kind in late:
        printed = [
            applicant_retention_end(database, year) if kind in (APPLICANTS, PARTICIPANTS) else retention_end(kind, year)
            for year in years
        ]
        day = min((one for one in printed if one >= until[kind.key]), default=None)
        if day is not None and day < today:
            found[kind.key] = day
    return found


def active_hold(database: Database, kind: str, today: date) -> DisposalHold | None:
    """Return the newest hold of a retention kind if it still lasts on the day ``today``, else None."""
    newest = next(iter(rows(database, DisposalHold, kind=kind, order="-id")), None)
    return newest if newest is not None and newest.until >= today else None


def year_of(moment: datetime) -> int:
    """Return the fiscal year in which a record made at ``moment`` is numbered."""
    return fiscal_year_of(moment.date())


def _contact_rows(database: Database, holds: Holds) -> list[PersonalRow]:
    """Return the contacts with a day of disposal as rows; one of an event without a day has that of its year."""
    years = RowsById(agreed_years(database))
    of_events = {
        one.id: retention_end(PRESENTERS, years[one.programme_id], one.event_date) for one in rows(database, Event)
    }
    applied = {one.application_id for one in rows(database, Entry, event_id=sorted(holds.events))}
    return [
        PersonalRow(
            item=DisposalItem(table="contacts", row_id=one.id),
            kind=contact_kind(one),
            until=until,
            person_id=one.person_id or 0,
            event_id=one.event_id,
        )
        for one in rows(database, Contact)
        if (until := one.dispose_on or of_events.get(one.event_id or 0)) is not None
        and has_personal_data(one)
        and one.event_id not in holds.events
        and (one.application_id is None or one.application_id not in applied)
    ]


def _removed_people_lines(database: Database, today: date, *, by_walk: bool) -> list[DueLine]:
    """Return one line for people deleted by hand, once the deletion can no longer be undone, else []."""
    marked = {item for one in rows(database, Disposal, kind=TAKEN_OUT.key) for item in one.items}
    held = read_holds(database, today).people
    found = {
        DisposalItem(table=one.table, row_id=one.row_id, born=one.born): one.on + UNUSED_FILE_RETENTION
        for one in removed_people(database, by_walk=by_walk)
        if one.row_id not in held
    }
    items = tuple(item for item, until in found.items() if item not in marked and until - LEAD_TIME <= today)
    if not items:
        return []
    until, where = min(found[one] for one in items), "変更の履歴だけに残っている"
    return [_line(_REMOVED_PEOPLE, is_near=True, count=len(items), until=until, events_text=where, items=items)]


def _file_lines(files: Iterable[DueFile], titles: Mapping[int, str], today: date) -> list[DueLine]:
    """Return the lines of stored files of each kind, due ones and later ones."""
    found = group_by_key(((one.kind, one.until - LEAD_TIME <= today), one) for one in files)
    return [
        _line(
            kind,
            is_near=is_near,
            count=len({one.keyed_hash for one in ours}),
            until=min(one.until for one in ours),
            events_text=_events_text(Counter(titles.get(one.event_id or 0, "") for one in ours).items()),
        )
        for kind in FILE_KINDS
        for is_near in (True, False)
        if (ours := found[kind[0].key, is_near])
    ]


def _recorded_line(one: Disposal) -> DueLine:
    """Return the line of a kind of data that was marked or erased, as its record says."""
    done = one.erased_at
    return DueLine(
        id=f"{one.kind}:{one.id}",
        title=one.what,
        events_text=one.places,
        count=one.erased if done is not None else one.count,
        unit=one.unit,
        why=one.why,
        basis=f"第{one.number}号　{one.by}",
        until=done.date() if done is not None else one.due_on,
        state="marked" if done is None else "erased",
        record_number=one.id,
    )


def _rows_line(kind: DisposalKind, found: RowsToErase, items: tuple[DisposalItem, ...]) -> DueLine:
    """Return the line of rows; those of nobody are counted as rows if no person is due."""
    of_people = kind[1] == "人" and found.people > 0
    return _line(
        kind if of_people else (kind[0], "件", kind[2]),
        is_near=found.is_near,
        count=found.people if of_people else found.rows,
        until=found.first_day,
        events_text=_events_text((title, people if of_people else of) for title, of, people in found.events),
        basis=f"{BASIS}・入力した日",
        items=items,
    )


def _line(
    kind: DisposalKind,
    *,
    is_near: bool,
    count: int,
    until: date,
    events_text: str,
    basis: str = BASIS,
    items: tuple[DisposalItem, ...] = (),
) -> DueLine:
    rule, unit, why = kind
    return DueLine(
        id=f"{rule.key}:{'now' if is_near else 'later'}",
        title=rule.data_name,
        events_text=events_text,
        count=count,
        unit=unit,
        why=why,
        basis=basis,
        until=until,
        state="due" if is_near else "later",
        items=items,
    )


def _events_text(counted: Iterable[tuple[str, int]]) -> str:
    """Return 「第1回 16・第2回 14 ほか2回」, the largest numbers first; "" for no event."""
    ordered = sorted(((title, number) for title, number in counted if title and number), key=lambda one: -one[1])
    more = and_others(ordered, _MAX_EVENTS_NAMED, " ほか{}回")
    return "・".join(f"{title} {number}" for title, number in ordered[:_MAX_EVENTS_NAMED]) + more


def _counts_by_query(database: Database, titles: Mapping[int, str], today: date) -> list[_Counted]:
    """Return the counts without reading the rows, those that are due before later ones."""
    found = counts_by_kind(database, today, near=today + LEAD_TIME, titles=titles)
    return [(one, ()) for one in sorted(found, key=lambda one: not one.is_near)]


def _counts_of_rows(database: Database, titles: Mapping[int, str], today: date) -> list[_Counted]:
    """Return the counts of every row that was read, with the rows, those that are due before later ones."""
    holds = read_holds(database, today)
    held_back = _people_outside(database, holds)
    contacts = [one for one in _contact_rows(database, holds) if one.person_id not in held_back]
    events = group_by_key(
        (entry.person_id, entry.event_id) for entry in rows(database, Entry) if entry.person_id is not None
    )
    grouped = group_by_key(
        ((one.until > today + LEAD_TIME, one.kind), one) for one in contacts + personal_rows(database, today)
    )
    return [
        (
            RowsToErase(
                kind=kind,
                is_near=not is_later,
                rows=len(ours),
                people=len({one.person_id for one in ours} - {0}),
                first_day=min(one.until for one in ours),
                events=_counts_by_title(ours, events, titles),
            ),
            tuple(one.item for one in ours),
        )
        for (is_later, kind), ours in sorted(grouped.items(), key=itemgetter(0))
    ]


def _counts_by_title(
    found: Iterable[PersonalRow], events: Mapping[int, list[int]], titles: Mapping[int, str]
) -> tuple[tuple[str, int, int], ...]:
    """Return (title, number of rows, number of people) of each event's title, in the order of the events."""
    of_title = group_by_key(
        (titles[event_id], (event_id, one.person_id))
        for one in found
        for event_id in ((one.event_id,) if one.event_id is not None else events.get(one.person_id, ()))
    )
    return tuple(
        (title, len(mine), len({person_id for _, person_id in mine} - {0}))
        for title, mine in sorted(of_title.items(), key=lambda each: min(each[1]))
    )


def _people_outside(database: Database, holds: Holds) -> frozenset[int]:
    """Return the people who wait: their 当日持出しファイル is out, they are held, or one of their events is."""
    outside = {one.event_id for one in all_files_outside(database)} | holds.events
    return holds.people | {
        entry.person_id for entry in rows(database, Entry) if entry.event_id in outside and entry.person_id is not None
    }
