"""Reads all rows of one or many events together, with one SELECT a table whatever the number of events.

It decides nothing: what is done or due is said by ``app.event.services.tasks.deadlines``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from app.actions.get_or_raise import get_or_raise
from app.documents.event_phase import EventPhase, EventState
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification_kinds import MatterLine, matter_lines, outgoing_in_effect
from app.event.rules.care_needs import CareCount, care_count
from app.event.rules.event_state import open_change, phase_of, state_of
from app.event.rules.figure_changes import changes_figures
from app.event.rules.held_events import is_held
from app.event.rules.participation import has_applied
from app.event.rules.recruitment import DECIDE_STEP
from app.event.services.agreements import QUESTIONS_TOPIC
from app.event.services.expected_counts import expected_from_rows
from app.event.services.recruitment import steps_with_one_call
from app.programme.services import kinds_of_events
from db.engine import Database
from db.mapping import TABLE_OF
from db.query_cache import once_a_read
from db.record import group_by_key, record
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.documents import CIRCULATED, Letter, Notification, Outgoing
from db.records.events import (
    AgendaItem,
    DeadlineOverride,
    EquipmentItem,
    Event,
    EventResult,
    RecruitmentStep,
)
from db.records.organisations import Contact, Organisation, Person
from db.records.participants import ExpectedCount, HeadcountNotice, NoticeWithNotification, with_notifications
from db.records.presentations import Presentation
from db.records.programme import EventKind
from db.records.roster import Arrangement, Entry, Selection
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey
from db.records.venues import Booking
from db.rows import OrderByRecord, RowsByRecord, rows, rows_by_id, rows_of_each
from db.store import Store
from db.tables import deadlines, events
from db.tables import reports as reports_table
from db.tables.journal import last_change, state_since
from db.tables.roster import ENTRY_ORDER

Row = TypeVar("Row")


@record
class MaterialRecords:
    """One handout with its versions (first received first) and the findings on each version.

    Attributes:
        notified_on: day on which the result of the newest judged version was notified (or dismissed), None before.
    """

    material: Material
    versions: tuple[MaterialVersion, ...] = ()
    findings: tuple[Finding, ...] = ()
    notified_on: date | None = None

    @property
    def latest(self) -> MaterialVersion | None:
        """Return the newest version received, or None before the first."""
        return self.versions[-1] if self.versions else None

    def findings_on(self, version: MaterialVersion | None) -> tuple[Finding, ...]:
        """Return the findings on one version."""
        return tuple(row for row in self.findings if version is not None and row.version_id == version.id)

    def findings_to_answer(self, version: MaterialVersion) -> tuple[Finding, ...]:
        """Return the findings that the notice about a version lists, those on it and open ones of older versions."""
        older = {one.id for one in self.versions if one.version < version.version}
        return tuple(
            row
            for row in self.findings
            if row.version_id == version.id or (row.version_id in older and not row.resolved)
        )

    def as_of(self, day: date) -> MaterialRecords:
        """Return the handout as it was on ``day``, if that was 確認済: later versions undo nothing then."""
        used = replace(self, versions=tuple(one for one in self.versions if one.received_on <= day))
        return used if used.confirmed_on else self

    @property
    def confirmed_on(self) -> date | None:
        """Return the day the newest version was 確認済, else None; 修正後使用可 and 再提出 leave the handout open."""
        latest = self.latest
        return latest.result_on if latest is not None and latest.is_checked else None

    @property
    def needs_correction(self) -> bool:
        """Return whether the result of the newest version asks for a corrected one (修正後使用可, 再提出)."""
        latest = self.latest
        return latest is not None and latest.result is not None and not latest.is_checked

    @property
    def not_notified(self) -> bool:
        """Return whether a corrected version is needed and the contractor was not notified, so that the ward has to
        act.
        """
        return self.needs_correction and self.notified_on is None


@record
class EventCoreRecords:
    """One event and the rows that its deadlines rest on.

    Attributes:
        overrides: dates of deadlines set by hand.
        outgoing: log of what was saved or printed, oldest first.
        notifications: oldest first.
        entry_names: 団体 and 氏名 of each entry as they are now.
        presenters: the 団体 of each 発表 as they are now ("" = not known).
        contact_phones: the number of each stored contact of presenters.
        decisions: about a 中止 or a change, oldest first. request: the one that a visit answers.
        result: of ``EventRecords`` alone, None = nothing recorded.
        changed_on: returns the last day on which the event or who comes to it changed (given some entries, what the
            registers say of them), None if not known. state_since: returns the first day on which one of some entries
            came into the state it has now, None if not known.
        selections: those of participants, oldest first.
    """

    event: Event
    steps: tuple[RecruitmentStep, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    overrides: tuple[DeadlineOverride, ...] = ()
    materials: tuple[MaterialRecords, ...] = ()
    expected: tuple[ExpectedCount, ...] = ()
    notices: tuple[NoticeWithNotification, ...] = ()
    survey: EventSurvey | None = None
    reports: tuple[Report, ...] = ()
    letters: tuple[Letter, ...] = ()
    entries: tuple[Entry, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    notifications: tuple[Notification, ...] = ()
    entry_names: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    presentations: tuple[Presentation, ...] = ()
    presenters: Mapping[int, str] = field(default_factory=dict)
    contact_phones: Mapping[int, str] = field(default_factory=dict)
    bookings: tuple[Booking, ...] = ()
    decisions: tuple[ChangeDecision, ...] = ()
    request: DispatchRequest | None = None
    result: EventResult | None = None
    changed_on: Callable[[Collection[int]], date | None] = field(default=lambda _named: None, compare=False)
    state_since: Callable[[Collection[int]], date | None] = field(default=lambda _ids: None, compare=False)
    selections: tuple[Selection, ...] = ()

    @cached_property
    def notification_lines(self) -> tuple[MatterLine, ...]:
        """Return the state of all matters that the documents of the event notify; computed once, as most tasks use
        it.
        """
        return matter_lines(self.as_subject, self.notifications, self.outgoing)

    @property
    def as_subject(self) -> DocumentSubject:
        """Return the event as the subject of its documents."""
        event = self.event
        return DocumentSubject(
            scope=DocumentScope(event_id=event.id), title=event.full_title, is_over=self.is_over, record=self
        )

    @property
    def awaited_change(self) -> str:
        """Return 延期 or 日時の変更 while the event waits for its new day, else ""."""
        change = open_change(self.event, self.decisions)
        return change if change is not None and change.moves_day else ""

    def state(self, today: date) -> EventState:
        """Return what the event is on a day, since when, and whether the numbers of a held one are missing."""
        return state_of(self.event, self.decisions, today, result=self.result, request=self.request)

    def phase(self, today: date) -> EventPhase:
        """Return what the event is on a day."""
        return phase_of(self.event, self.decisions, today, self.request)

    def is_over(self, today: date) -> bool:
        """Return whether it was held, or its day has passed and no other one is awaited."""
        phase = self.phase(today)
        return phase.is_over or (phase.is_ended and self.event.is_past(today))

    @property
    def event_as_planned(self) -> Event:
        """Return the event, without its day or its place while it waits for another one."""
        change = open_change(self.event, self.decisions)
        if change is not None and change.moves_day:
            return replace(self.event, event_date=None)
        return replace(self.event, venue="", room="") if change else self.event

    @property
    def materials_of_its_day(self) -> tuple[MaterialRecords, ...]:
        """Return the handouts that there were on the day of the event, all of them where there was none."""
        return self.materials_on(self.event_as_planned.event_date or date.max)

    def materials_on(self, day: date) -> tuple[MaterialRecords, ...]:
        """Return the handouts that there were on ``day``, all of them where there was none."""
        there = [
            one.as_of(day)
            for one in self.materials
            if min([one.material.added_on or day, *(version.received_on for version in one.versions)]) <= day
        ]
        return tuple(there) or self.materials

    @property
    def has_own_materials(self) -> bool:
        """Return whether the event has handouts of its own.

        A 派遣 with only those of the 講習会 has none (仕様書4(2)キ); a registered handout is one of its own.
        """
        return self.event.form.recruits or self.event.extra_materials or bool(self.materials)

    @property
    def last_issued_on(self) -> dict[str, date]:
        """Return by kind of document the last day on which it left and was not withdrawn (``outgoing_in_effect``)."""
        return {row.document_kind: row.at.date() for row in outgoing_in_effect(self.outgoing)}

    @property
    def people(self) -> int:
        """Return the expected people by the roster, or by the typed numbers."""
        return sum(row.people for row in self.expected)

    @property
    def counted_from_roster(self) -> bool:
        """Return whether the expected numbers were counted from the roster; such rows are not stored and have no id."""
        return any(not row.id for row in self.expected)

    @property
    def is_decision_pending(self) -> bool:
        """Return whether the applicants of a planned event wait for the 決定, so that nobody is sure to come.

        False once anybody is 決定, 補欠 or 落選, the step 決定 is ticked, a headcount was notified, or numbers were
        typed.
        """
        return (
            self.event.form.recruits
            and self.event.status.is_planned
            and self.counted_from_roster
            and self.notified_headcount is None
            and any(step.name == DECIDE_STEP and step.done_on is None for step in self.steps)
            and not any(entry.state.is_decided for entry in self.entries)
        )

    @property
    def people_word(self) -> str:
        """Return the word for the people counted so far: 申込 until the 決定, then 参加予定, of a 中止 what they were.

        申込 counts who withdrew as well; without them it is 辞退を除く申込.
        """
        if self.event.status.is_cancelled:
            return "中止前の参加予定"
        if not self.is_decision_pending:
            return "参加予定"
        return "申込" if self.people == sum(map(has_applied, self.entries)) else "辞退を除く申込"

    @property
    def notified_headcount(self) -> NoticeWithNotification | None:
        """Return the newest notice that was notified to the contractor, or None."""
        return next((row for row in reversed(self.notices) if row.notified_on is not None), None)

    @property
    def open_topics(self) -> tuple[Agreement, ...]:
        """Return the 協議 that are still open."""
        return tuple(row for row in self.agreements if row.is_open)

    @property
    def topics_in_effect(self) -> tuple[Agreement, ...]:
        """Return the 協議 that were not withdrawn, settled or open."""
        return tuple(row for row in self.agreements if row.is_in_effect)

    @property
    def received_reports(self) -> list[Report]:
        """Return the versions of the report that were received, oldest first."""
        came = [report for report in self.reports if report.received_on is not None]
        return sorted(came, key=lambda report: (report.received_on or date.min, report.way.is_received, report.version))

    @property
    def current_report(self) -> Report | None:
        """Return the newest version that was received as a file, else the newest made here, or None."""
        return _newest_report(self.reports)


@record
class EventRecords(EventCoreRecords):
    """One event and every row that belongs to it.

    Attributes:
        kind: the kind of the event in its year, as in force on its day.
        response_count: number of entered survey responses.
        care: for how many people a 配慮 is wanted, and arranged.
        unsettled_figures: the numbers of the newest report that differ and are not settled.
        figures_changed_since_check: a counted value changed after its report was 確認済, and the change stands.
        is_replaced: it was cancelled, and another event takes place for it.
        received_papers: what was received about it, by version.
    """

    kind: EventKind
    equipment: tuple[EquipmentItem, ...] = ()
    response_count: int = 0
    unsettled_figures: int = 0
    figures_changed_since_check: bool = False
    is_replaced: bool = False
    care: CareCount = field(default_factory=CareCount)
    received_papers: tuple[ReceivedPaper, ...] = ()

    @property
    def correction_requests(self) -> list[ReceivedPaper]:
        """Return the versions of the report that the contractor was asked to correct, by version."""
        reports = (one for one in self.received_papers if one.kind == reports_table.REPORT_KIND)
        return [one for one in reports if one.asked_on is not None or one.status.is_returned]

    @property
    def is_left_out(self) -> bool:
        """Return whether it was broken off and agreed to be no event of the year."""
        return self.result is not None and self.result.cut_short.is_left_out

    def counts_until(self, day: date) -> bool:
        """Return whether it counts as held in the year up to and including a day."""
        return is_held(self.event, day) and not self.is_left_out

    @property
    def open_topics(self) -> tuple[Agreement, ...]:
        """Return the 協議 that are still open, but none on the questions of a survey that its kind does not have."""
        asked = self.kind.has_survey
        return tuple(row for row in self.agreements if row.is_open and (asked or row.topic != QUESTIONS_TOPIC))

    @property
    def materials_needed(self) -> bool:
        """Return whether the ward has handouts to confirm: one is registered, or the contract asks for it.

        The latter counts only for an event with handouts of its own (``has_own_materials``).
        """
        return bool(self.materials) or (self.has_own_materials and bool(self.kind.material_period))

    @property
    def shows_materials(self) -> bool:
        """Return whether there are handouts to show: its contract asks for them, or one was registered before."""
        return bool(self.kind.material_period) or bool(self.materials)

    @property
    def headcount_needed(self) -> bool:
        """Return whether the 受託者 is told the number of people: its contract asks for it, or it was told before."""
        return bool(self.notices) or bool(self.kind.headcount_period)

    @property
    def shows_survey(self) -> bool:
        """Return whether there is a survey to show: its kind has one, or one was begun before it had none any more."""
        return self.kind.has_survey or self.survey is not None


def _newest_report(reports: Sequence[Report]) -> Report | None:
    """Return the current report, or None; a received file takes precedence over a form made here, however new."""
    came = [row for row in reports if row.way.is_received]
    return next(reversed(came or list(reports)), None)


def handout_key(material_id: int) -> str:
    """Return the matter (``Notification.key``) of the result of a handout (「資料:12」)."""
    return f"資料:{material_id}"


def read_event_or_error(database: Database, event_id: int | None) -> Event:
    """Return one event; raises ``UserError`` when it is gone."""
    return get_or_raise(database, Event, event_id)


def read_event_records(store: Store, event_id: int | None) -> EventRecords:
    """Return all records of one event; raises ``UserError`` when it is gone."""
    return _read_all_records(store.database, [read_event_or_error(store.database, event_id)])[0]


def read_records_of_year(store: Store, programme_id: int) -> list[EventRecords]:
    """Return all records of every event of the year, by date, undated ones last."""
    database = store.database
    found = once_a_read(
        database,
        (EventRecords, programme_id),
        lambda: _read_all_records(database, events.events_of_year(database, programme_id)),
    )
    return list(found)


def read_records_of_events(store: Store, events: Sequence[Event]) -> list[EventRecords]:
    """Return all records of some events, in their order."""
    return _read_all_records(store.database, events) if events else []


def read_core_records(store: Store, event: Event) -> EventCoreRecords:
    """Return the records that the deadlines of one event rest on."""

    def read() -> EventCoreRecords:
        found = rows_of_each(store.database, _CORE_TABLES, event_id=event.id)
        return _core_records_by_event(store.database, [event], found)[event.id]

    return once_a_read(store.database, (EventCoreRecords, event), read)


_BY_POSITION = ("position", "id")
_CORE_TABLES: OrderByRecord = {
    Entry: ENTRY_ORDER,
    Arrangement: "id",
    RecruitmentStep: _BY_POSITION,
    Agreement: "id",
    DeadlineOverride: "id",
    ExpectedCount: ("event_id", *_BY_POSITION),
    Notification: "id",
    HeadcountNotice: ("revision", "id"),
    AgendaItem: _BY_POSITION,
    EventSurvey: "id",
    Letter: "id",
    Outgoing: "id",
    Material: ("event_id", *_BY_POSITION),
    Presentation: "id",
    Contact: "id",
    Booking: "id",
    ChangeDecision: "id",
    Selection: "id",
}
_ALL_TABLES = {**_CORE_TABLES, EquipmentItem: _BY_POSITION, EventResult: "id", ReceivedPaper: "version"}
"""The tables with rows of an event, and the order of their rows."""


def _read_all_records(database: Database, wanted: Sequence[Event]) -> list[EventRecords]:
    """Return these events with all their rows, which are read at once."""
    read = rows_of_each(database, _ALL_TABLES, event_id=[event.id for event in wanted])
    courses = _core_records_by_event(database, wanted, read)
    surveys = [course.survey.id for course in courses.values() if course.survey is not None]
    sheets = deadlines.response_counts(database, surveys) if surveys else {}
    reports = [course.current_report.id for course in courses.values() if course.current_report is not None]
    checked = [row for course in courses.values() for row in _confirmed_report(course)]
    figures, changes = deadlines.figures_and_changes(database, reports, checked) if reports else (Counter[int](), {})
    equipment, received = _by_event(read[EquipmentItem]), _by_event(read[ReceivedPaper])
    kinds = kinds_of_events(database, wanted)
    results = {row.event_id: row for row in read[EventResult]}
    replaced = _replaced_events(database, wanted)
    files = []
    for event in wanted:
        course = courses[event.id]
        survey, report = course.survey, course.current_report
        files.append(
            EventRecords(
                **vars(course) | {"result": results.get(event.id)},
                kind=kinds[event.id],
                equipment=equipment[event.id],
                response_count=sheets.get(survey.id, 0) if survey else 0,
                unsettled_figures=figures[report.id] if report else 0,
                is_replaced=event.id in replaced,
                figures_changed_since_check=changes_figures(changes.get(event.id, ()), event.id),
                care=care_count(course.entries, course.arrangements),
                received_papers=received[event.id],
            )
        )
    return files


def _replaced_events(database: Database, wanted: Sequence[Event]) -> frozenset[int | None]:
    """Return the ids of the cancelled events for which another one takes place; one of several is among ``wanted``."""
    alone = len(wanted) == 1 and wanted[0].status.is_cancelled
    known = rows(database, Event, replaces=wanted[0].id) if alone else wanted
    return frozenset(one.replaces for one in known if one.status.counts)


def _confirmed_report(records: EventCoreRecords) -> Iterator[tuple[int, str, int]]:
    """Yield event id, table and id of the report if the newest received one is 確認済."""
    came = records.received_reports
    if came and came[-1].status.is_checked:
        yield records.event.id, TABLE_OF[ReceivedPaper if came[-1].way.is_received else Report], came[-1].id


def _core_records_by_event(
    database: Database, wanted: Sequence[Event], loaded_rows: RowsByRecord
) -> dict[int, EventCoreRecords]:
    """Return the core records by event id from the rows read of all events."""
    mine = {kind: _by_event(loaded_rows[kind]) for kind in _CORE_TABLES}
    expected = expected_from_rows(database, wanted, mine[Entry], mine[Arrangement], loaded_rows[ExpectedCount])
    notices = _by_event(with_notifications(loaded_rows[HeadcountNotice], loaded_rows[Notification]))
    reports = _by_event(reports_table.reports_of_events(database, [event.id for event in wanted]))
    handouts = _material_records(database, loaded_rows[Material], loaded_rows[Notification])
    surveys = {row.event_id: row for row in loaded_rows[EventSurvey]}
    names, presenters = _names_of_entries(database, loaded_rows[Entry], loaded_rows[Presentation])
    asked = [event.request_id for event in wanted if event.request_id is not None]
    requests = rows_by_id(database, DispatchRequest, id=asked)
    visits = [event for event in wanted if event.form.at_organisation]
    kinds = kinds_of_events(database, visits)
    steps = steps_with_one_call(
        database,
        [(event, kinds[event.id]) for event in visits],
        {one.id: mine[RecruitmentStep][one.id] for one in wanted},
    )
    return {
        event.id: EventCoreRecords(
            event=event,
            steps=steps[event.id],
            agreements=mine[Agreement][event.id],
            overrides=mine[DeadlineOverride][event.id],
            materials=tuple(handouts.get(event.id, ())),
            expected=tuple(expected.get(event.id, ())),
            notices=notices[event.id],
            survey=surveys.get(event.id),
            reports=reports[event.id],
            letters=mine[Letter][event.id],
            entries=mine[Entry][event.id],
            arrangements=mine[Arrangement][event.id],
            agenda=mine[AgendaItem][event.id],
            outgoing=mine[Outgoing][event.id],
            notifications=mine[Notification][event.id],
            presentations=mine[Presentation][event.id],
            presenters={one.id: presenters[one.id] for one in mine[Presentation][event.id]},
            contact_phones={one.id: one.value for one in mine[Contact][event.id]},
            bookings=mine[Booking][event.id],
            decisions=mine[ChangeDecision][event.id],
            request=requests.get(event.request_id),
            entry_names={one.id: names[one.id] for one in mine[Entry][event.id] if one.id in names},
            changed_on=partial(last_change, database, event.id, event.event_date),
            state_since=partial(state_since, database, event.id),
            selections=mine[Selection][event.id],
        )
        for event in wanted
    }


def _names_of_entries(
    database: Database, entries: Sequence[Entry], presentations: Sequence[Presentation]
) -> tuple[dict[int, tuple[str, str]], dict[int, str]]:
    """Return (団体, 氏名) by id of the entry, and the 団体 by id of the 発表, as they are now."""
    people = {
        one.id: one.name for one in rows(database, Person, id=sorted({e.person_id for e in entries if e.person_id}))
    }
    named = (*(one.organisation_id for one in entries), *(one.organisation_id for one in presentations))
    registered = {one for one in named if one}
    groups = {one.id: one.name for one in rows(database, Organisation, id=sorted(registered))}
    return {
        one.id: (groups.get(one.organisation_id or 0, one.organisation_name), people.get(one.person_id or 0, ""))
        for one in entries
    }, {one.id: groups.get(one.organisation_id or 0, one.organisation_name) for one in presentations}


def _material_records(
    database: Database, materials: Sequence[Material], notifications: Sequence[Notification]
) -> dict[int, list[MaterialRecords]]:
    """Return the handouts of each event with versions and findings."""
    versions = rows(
        database, MaterialVersion, material_id=[one.id for one in materials], order=("material_id", "version", "id")
    )
    by_material = _grouped(versions, lambda row: row.material_id)
    findings = rows(database, Finding, version_id=[one.id for one in versions], order=("version_id", "position", "id"))
    by_version = _grouped(findings, lambda row: row.version_id)
    standing = [act for act in notifications if not act.withdrawn and act.told_how != CIRCULATED]
    told = {(act.key, act.version): act.told_on for act in sorted(standing, key=lambda act: (act.told_on, act.id))}
    handouts = defaultdict(list)
    for material in materials:
        mine = by_material.get(material.id, ())
        judged = next((version.version for version in reversed(mine) if version.result), 0)
        handouts[material.event_id].append(
            MaterialRecords(
                material=material,
                versions=mine,
                findings=tuple(row for version in mine for row in by_version.get(version.id, ())),
                notified_on=told.get((handout_key(material.id), judged)),
            )
        )
    return dict(handouts)


def _by_event(rows: Iterable[Row]) -> defaultdict[int, tuple[Row, ...]]:
    return defaultdict(tuple, _grouped(rows, lambda row: row.event_id))  # type: ignore[attr-defined]


def _grouped(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, tuple[Row, ...]]:
    groups = group_by_key((key(row), row) for row in rows)
    return {one: tuple(found) for one, found in groups.items()}
