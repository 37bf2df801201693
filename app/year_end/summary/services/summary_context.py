"""Read once all data of 年度まとめ, with the events of a year, their rows, and who came before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.documents.event_facts import count_unknown_devices
from app.event.rules.agenda import timetable_length
from app.event.rules.deadlines import HEADCOUNT, MATERIAL, REPORT
from app.event.rules.equipment import has_router, supplies
from app.event.rules.held_events import is_held, minutes_held
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.tasks.deadlines import read_year
from app.event.services.tasks.event_tasks import EventDue, YearContext, event_dues
from app.events.roster.rules import RecordCounts, record_counts
from app.programme.services import programmes
from app.year_end.summary.rules import DutyRecord, FirstTimers, HeldEventFacts, find_first_timers
from db.record import record
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.programme import Kind, Programme
from db.records.roster import Entry
from db.records.year.summary import EarlierFigure, YearReason
from db.rows import rows
from db.store import Store
from db.tables import organisations, roster
from db.tables.events import BY_DATE
from db.tables.organisations import erased_people


@record
class EarlierYear:
    """The year before as recorded in this folder, with held events and rosters."""

    programme: Programme
    events: tuple[Event, ...]
    entries: Mapping[int, Sequence[Entry]]
    results: Mapping[int, EventResult]


@record
class SummaryContext:
    """A year as of a day.

    Attributes:
        event_records: every event that was not cancelled.
        cancelled: the others, by date.
        held_records: those that count as held up to the day, by date.
        entries, results: by event; results only of held ones, also of those that do not count.
        first: who came for the first time, None = no earlier attendance is recorded.
        earlier: the year before if this folder has it.
        typed_figures: what was typed of that year.
        reasons: why a number deviates from the 仕様書, by item.
    """

    year: YearContext
    event_records: tuple[EventRecords, ...]
    cancelled: tuple[Event, ...]
    held_records: tuple[EventRecords, ...]
    entries: Mapping[int, Sequence[Entry]]
    results: Mapping[int, EventResult]
    organisations: tuple[Organisation, ...]
    first: FirstTimers | None
    earlier: EarlierYear | None
    typed_figures: tuple[EarlierFigure, ...]
    reasons: Mapping[str, YearReason]

    @property
    def programme(self) -> Programme:
        """Return the year."""
        return self.year.view.programme

    @property
    def today(self) -> date:
        """Return the day of the data."""
        return self.year.today

    def held_of(self, kind: Kind | None) -> list[Event]:
        """Return the held events of a kind, or of all."""
        return [file.event for file in self.held_records if kind in (None, file.event.kind)]

    def count_events(self, events: Sequence[Event]) -> RecordCounts:
        """Return the counts of some held events."""
        return record_counts(events, self.entries, self.results)

    def first_counts(self, counts: RecordCounts, events: Sequence[Event]) -> tuple[int | None, int | None]:
        """Return how many people and 団体 came for the first time; None too where no roster tells who came at all."""
        if self.first is None or counts.is_typed_only:
            return None, None
        return self.first.people(events), self.first.group_count(events)

    def count_earlier_events(self, events: Sequence[Event]) -> RecordCounts:
        """Return the counts of some events of the year before."""
        if self.earlier is None:
            return record_counts((), {}, {})
        return record_counts(events, self.earlier.entries, self.earlier.results)

    def count_entries(self, events: Sequence[Event], entries: Mapping[int, Sequence[Entry]]) -> RecordCounts:
        """Return the counts by the given entries alone, since typed numbers have no 支部."""
        return record_counts(events, entries, {})

    def people(self, event: Event) -> int | None:
        """Return how many came to one event; None = not recorded."""
        counts = self.count_events([event])
        return None if counts.unknown_events else counts.visits

    def facts(self, kind: Kind) -> tuple[HeldEventFacts, ...]:
        """Return the facts of each held event of a kind for the comparison with the 仕様書."""
        return tuple(self._fact(file) for file in self.held_records if file.event.kind == kind)

    def _fact(self, records: EventRecords) -> HeldEventFacts:
        """Return the facts of one event that are compared with the 仕様書."""
        event = records.event
        numbers = self.year.for_event(event).view.kind(event.kind)
        dues = {due.deadline.task: due for due in event_dues(records, self.year)}
        people, day = self.people(event), records.result
        return HeldEventFacts(
            event=event,
            numbers=numbers,
            people=people,
            minutes=minutes_held(
                event.start_time, timetable_length(event.start_time, event.end_time, records.agenda), day
            ),
            headcount_notice=_duty_record(
                dues.get(HEADCOUNT), ended=event.event_date if event.is_past(self.today) else None
            ),
            material_check=_duty_record(dues.get(MATERIAL)),
            report=_duty_record(dues.get(REPORT)),
            responses=records.response_count if numbers.has_survey else None,
            corrected=bool(records.correction_requests),
            network=event.network,
            router=has_router(records.equipment),
            lent=day.lent_devices if day is not None else None,
            own=day.own_devices if day is not None else None,
            unknown_devices=(count_unknown_devices(people, day.lent_devices, day.own_devices) or 0)
            if day is not None
            else 0,
            copies=tuple(
                (latest.printed, latest.handed_out)
                for handout in records.materials_of_its_day
                if (latest := handout.latest) is not None
            ),
            supplies=tuple(
                (name, number, item.checked_on is not None)
                for item in records.equipment
                for name, number in supplies((item,), groups=event.groups, people=people)
            ),
        )


def _duty_record(due: EventDue | None, *, ended: date | None = None) -> DutyRecord | None:
    """Return until when a duty was due and when it was fulfilled, None without a duty."""
    if due is None:
        return None
    return DutyRecord(
        limit=due.deadline.last_day_in_time,
        done_on=due.completed_on,
        ended_on=ended if due.completed_on is None else None,
    )


def read_context(store: Store, *, today: date, fiscal_year: int | None = None) -> SummaryContext:
    """Return the data of a year (None = the newest) as of ``today``.

    Raises:
        UserError: the year is not started.
    """
    database = store.database
    year = read_year(store, today, fiscal_year=fiscal_year)
    programme = year.view.programme
    known = read_records_of_year(store, programme.id)
    files = [file for file in known if file.phase(today).counts]
    cancelled = [file.event for file in known if file.event.status.is_cancelled]
    held = [file for file in files if file.counts_until(today)]
    entries = {file.event.id: file.entries for file in files}
    before = [one for one in programmes(store) if one.fiscal_year < programme.fiscal_year]
    held_before = [
        one
        for one in rows(database, Event, programme_id=[year.id for year in before], order=BY_DATE)
        if is_held(one, date.max)
    ]
    came = roster.attendance_of(database, [one.id for one in held_before])
    last = next((one for one in before if one.fiscal_year == programme.fiscal_year - 1), None)
    return SummaryContext(
        year=year,
        event_records=tuple(files),
        cancelled=tuple(sorted(cancelled, key=lambda one: one.event_date or date.max)),
        held_records=tuple(held),
        entries=entries,
        results={one.event.id: one.result for one in files if one.result is not None and is_held(one.event, today)},
        organisations=tuple(organisations.all_organisations(database)),
        first=find_first_timers(
            [file.event for file in held],
            entries,
            people_before={one.person_id for one in came if one.person_id is not None},
            groups_before={one.organisation_key for one in came},
            erased=erased_people(database, until=date(programme.fiscal_year + 1, 3, 31)) if came else (),
        ),
        earlier=_earlier_year(store, last, held_before) if last is not None else None,
        typed_figures=tuple(rows(database, EarlierFigure, fiscal_year=programme.fiscal_year - 1)),
        reasons={one.item: one for one in rows(database, YearReason, programme_id=programme.id)},
    )


def _earlier_year(store: Store, programme: Programme, held: Iterable[Event]) -> EarlierYear | None:
    """Return the record of an earlier year, None where no event of it was held."""
    mine = [one for one in held if one.programme_id == programme.id]
    results = {row.event_id: row for row in rows(store.database, EventResult, event_id=[one.id for one in mine])}
    events = tuple(one for one in mine if one.id not in results or not results[one.id].cut_short.is_left_out)
    ids = [event.id for event in events]
    entries: dict[int, list[Entry]] = {number: [] for number in ids}
    for entry in roster.entries_of(store.database, ids):
        entries[entry.event_id].append(entry)
    return EarlierYear(programme=programme, events=events, entries=entries, results=results) if events else None
