"""Everything the store knows about one event, read together so that each screen asks the same questions once.

``read_records_of_year(store, programme_id)`` reads all events of a year, ``read_file(store, event_id)`` one,
``read_course(store, event)`` only what its deadlines rest on; each in one SELECT a table, whatever the number of
events. Nothing here decides anything: what is done or due is said by
``app.subjects.events.event.services.tasks.deadlines``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from app.actions.get_or_raise import get_or_raise
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification_kinds import MatterLine, matter_lines
from app.subjects.events.event.rules.care_needs import CareCount, care_count
from app.subjects.events.event.rules.figure_changes import changes_figures
from app.subjects.events.event.rules.participation import DECIDED_STATES
from app.subjects.events.event.rules.recruitment import DECIDE_STEP
from app.subjects.events.event.services.expected_counts import expected_from_rows
from db.engine import Database
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision
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
from db.records.roster import Arrangement, Entry
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey
from db.records.venues import Booking
from db.rows import OrderByRecord, RowsByRecord, rows, rows_of_each
from db.store import Store
from db.tables import deadlines, events
from db.tables import reports as reports_table
from db.tables.roster import ENTRY_ORDER

Row = TypeVar("Row")


@frozen_record
class MaterialRecords:
    """One handout with its versions (first received first) and the findings on each version.

    ``told_on`` is the day on which the result of the newest judged version was told (or set aside), None before.
    """

    material: Material
    versions: tuple[MaterialVersion, ...] = ()
    findings: tuple[Finding, ...] = ()
    notified_on: date | None = None

    @property
    def latest(self) -> MaterialVersion | None:
        """The newest version received, or None before the first."""
        return self.versions[-1] if self.versions else None

    def findings_on(self, version: MaterialVersion | None) -> tuple[Finding, ...]:
        """The findings on one version."""
        return tuple(row for row in self.findings if version is not None and row.version_id == version.id)

    @property
    def confirmed_on(self) -> date | None:
        """The day the newest version was 確認済; 修正後使用可 and 再提出 leave the handout open."""
        latest = self.latest
        return latest.result_on if latest is not None and latest.result == "確認済" else None

    @property
    def needs_correction(self) -> bool:
        """Whether the newest version was judged so that a mended one has to come: 修正後使用可, 再提出."""
        latest = self.latest
        return latest is not None and latest.result in ("修正後使用可", "再提出")

    @property
    def not_notified(self) -> bool:
        """Whether a mended version has to come and the contractor was not told so: the ward has to act."""
        return self.needs_correction and self.notified_on is None


@frozen_record
class EventCoreRecords:
    """One event and the rows that its deadlines rest on: what is planned, who comes, what came, what left.

    ``issued`` are the rows of the log of what was saved or printed, ``acts`` what was told, both oldest first;
    ``names`` 団体 and 氏名 of each entry, ``presenters`` the 団体 of each 発表, as they are now ("" = not known);
    ``phones`` the number of each contact that was kept for who presents; ``decisions`` are about a 中止 or a change,
    oldest first.
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

    @cached_property
    def notification_lines(self) -> tuple[MatterLine, ...]:
        """How everything stands that the papers of the event tell; most of its tasks ask for it, so it is worked out
        once."""
        event = self.event
        subject = DocumentSubject(
            scope=DocumentScope(event_id=event.id), title=event.full_title, day=event.event_date, record=self
        )
        return matter_lines(subject, self.notifications, self.outgoing)

    @property
    def materials_needed(self) -> bool:
        """Whether the ward has handouts to confirm: a 派遣 with those of the 講習会 alone has none (仕様書4(2)キ); one
        that is registered is one of its own."""
        return self.event.kind != "派遣" or self.event.extra_materials or bool(self.materials)

    @property
    def last_issued_on(self) -> dict[str, date]:
        """The last day each kind of paper was saved or printed."""
        return {row.document_kind: row.at.date() for row in self.outgoing if row.way != "取消"}

    @property
    def people(self) -> int:
        """Expected people by the roster, or by the numbers typed."""
        return sum(row.people for row in self.expected)

    @property
    def counted_from_roster(self) -> bool:
        """Whether the expected numbers were counted from the roster: such rows are kept nowhere and have no id."""
        return any(not row.id for row in self.expected)

    @property
    def is_decision_pending(self) -> bool:
        """Whether those who applied still wait for the 決定 that the recruitment plans: nobody of them is
        sure to come."""
        return (
            self.event.kind != "派遣"
            and self.event.status == "予定"
            and self.counted_from_roster
            and self.notified_headcount is None
            and any(step.name == DECIDE_STEP and step.done_on is None for step in self.steps)
            and not any(entry.state in DECIDED_STATES for entry in self.entries)
        )

    @property
    def people_word(self) -> str:
        """What those are called who are counted so far: 申込 until the 決定, then 参加予定."""
        return "申込" if self.is_decision_pending else "参加予定"

    @property
    def notified_headcount(self) -> NoticeWithNotification | None:
        """The newest notice that was told to the contractor, or None."""
        return next((row for row in reversed(self.notices) if row.notified_on is not None), None)

    @property
    def open_topics(self) -> tuple[Agreement, ...]:
        """The matters that are still 協議中."""
        return tuple(row for row in self.agreements if row.is_open)

    @property
    def topics_in_effect(self) -> tuple[Agreement, ...]:
        """The matters that count, settled or 協議中: without those that were withdrawn."""
        return tuple(row for row in self.agreements if row.is_in_effect)

    @property
    def received_reports(self) -> list[Report]:
        """The versions of the report that were received, oldest first."""
        came = [report for report in self.reports if report.received_on is not None]
        return sorted(came, key=lambda report: (report.received_on or date.min, report.way == "受領", report.version))

    @property
    def current_report(self) -> Report | None:
        """The newest version that came in as a file, else the newest made here, or None."""
        return _newest_report(self.reports)


@frozen_record
class EventRecords(EventCoreRecords):
    """One event and every row that belongs to it, in the order of the field.

    ``sheets`` are the counted answer sheets; ``care`` for how many people a 配慮 is wanted, and arranged;
    ``unsettled_figures`` the numbers of the newest report that differ and are not settled;
    ``figures_changed_since_check`` whether anything that is counted was written after its report was 確認済, and
    stands; ``received`` what came in about it, by version.
    """

    equipment: tuple[EquipmentItem, ...] = ()
    result: EventResult | None = None
    response_count: int = 0
    unsettled_figures: int = 0
    figures_changed_since_check: bool = False
    care: CareCount = field(default_factory=CareCount)
    received_papers: tuple[ReceivedPaper, ...] = ()


def _newest_report(reports: Sequence[Report]) -> Report | None:
    """A report that came in as a file goes before a form made here, however late the form was begun."""
    came = [row for row in reports if row.way == "受領"]
    return next(reversed(came or list(reports)), None)


def handout_key(material_id: int) -> str:
    """Return the matter (``Notification.key``) that the result of a handout is."""
    return f"資料:{material_id}"


def read_event_or_error(database: Database, event_id: int) -> Event:
    """Return one event; raises ``UserError`` when it is no longer there."""
    return get_or_raise(database, Event, event_id)


def read_event_records(store: Store, event_id: int) -> EventRecords:
    """Return everything about one event; raises ``UserError`` when it is no longer there."""
    return _read_all_records(store.database, [read_event_or_error(store.database, event_id)])[0]


def read_records_of_year(store: Store, programme_id: int) -> list[EventRecords]:
    """Return everything about every event of the year, by date, undated ones last."""
    return _read_all_records(store.database, events.events_of_year(store.database, programme_id))


def read_records_of_events(store: Store, events: Sequence[Event]) -> list[EventRecords]:
    """Return everything about some events, in their order."""
    return _read_all_records(store.database, events) if events else []


def read_core_records(store: Store, event: Event) -> EventCoreRecords:
    """Return what the deadlines of one event rest on."""
    read = rows_of_each(store.database, _CORE_TABLES, event_id=event.id)
    return _core_records_by_event(store.database, [event], read)[event.id]


_BY_POSITION: Final = ("position", "id")
_CORE_TABLES: Final[OrderByRecord] = {
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
}
_ALL_TABLES: Final = {**_CORE_TABLES, EquipmentItem: _BY_POSITION, EventResult: "id", ReceivedPaper: "version"}
"""The tables that hold rows of an event, and the order in which they are handed on."""


def _read_all_records(database: Database, wanted: Sequence[Event]) -> list[EventRecords]:
    """Read the rows of all events at once and hand each event its own."""
    read = rows_of_each(database, _ALL_TABLES, event_id=[event.id for event in wanted])
    courses = _core_records_by_event(database, wanted, read)
    surveys = [course.survey.id for course in courses.values() if course.survey is not None]
    sheets = deadlines.response_counts(database, surveys) if surveys else {}
    reports = [course.current_report.id for course in courses.values() if course.current_report is not None]
    checked = [row for course in courses.values() for row in _confirmed_report(course)]
    figures, changes = deadlines.figures_and_changes(database, reports, checked) if reports else (Counter[int](), {})
    equipment, received = _by_event(read[EquipmentItem]), _by_event(read[ReceivedPaper])
    results = {row.event_id: row for row in read[EventResult]}
    files = []
    for event in wanted:
        course = courses[event.id]
        survey, report = course.survey, course.current_report
        files.append(
            EventRecords(
                **vars(course),
                equipment=equipment[event.id],
                result=results.get(event.id),
                response_count=sheets.get(survey.id, 0) if survey else 0,
                unsettled_figures=figures[report.id] if report else 0,
                figures_changed_since_check=changes_figures(changes.get(event.id, ()), event.id),
                care=care_count(course.entries, course.arrangements),
                received_papers=received[event.id],
            )
        )
    return files


def _confirmed_report(records: EventCoreRecords) -> Iterator[tuple[int, str, int]]:
    """The event with table and id of its report, where the newest that came is 確認済."""
    came = records.received_reports
    if came and came[-1].status == "確認済":
        yield records.event.id, TABLE_OF[ReceivedPaper if came[-1].way == "受領" else Report], came[-1].id


def _core_records_by_event(
    database: Database, wanted: Sequence[Event], loaded_rows: RowsByRecord
) -> dict[int, EventCoreRecords]:
    """Hand each event what its deadlines rest on, by its id; ``loaded_rows`` is what was read of all of them."""
    entries, arrangements = _by_event(loaded_rows[Entry]), _by_event(loaded_rows[Arrangement])
    expected = expected_from_rows(database, wanted, entries, arrangements, loaded_rows[ExpectedCount])
    acts = loaded_rows[Notification]
    notices = _by_event(with_notifications(loaded_rows[HeadcountNotice], acts))
    reports = _by_event(reports_table.reports_of_events(database, [event.id for event in wanted]))
    handouts = _material_records(database, loaded_rows[Material], acts)
    steps, topics, overrides = (
        _by_event(loaded_rows[RecruitmentStep]),
        _by_event(loaded_rows[Agreement]),
        _by_event(loaded_rows[DeadlineOverride]),
    )
    agenda, letters, issued = (
        _by_event(loaded_rows[AgendaItem]),
        _by_event(loaded_rows[Letter]),
        _by_event(loaded_rows[Outgoing]),
    )
    acts_of, presented = _by_event(acts), _by_event(loaded_rows[Presentation])
    surveys = {row.event_id: row for row in loaded_rows[EventSurvey]}
    names, presenters = _names_of_entries(database, loaded_rows[Entry], loaded_rows[Presentation])
    contacts, bookings = _by_event(loaded_rows[Contact]), _by_event(loaded_rows[Booking])
    decisions = _by_event(loaded_rows[ChangeDecision])
    return {
        event.id: EventCoreRecords(
            event=event,
            steps=steps[event.id],
            agreements=topics[event.id],
            overrides=overrides[event.id],
            materials=tuple(handouts.get(event.id, ())),
            expected=tuple(expected.get(event.id, ())),
            notices=notices[event.id],
            survey=surveys.get(event.id),
            reports=reports[event.id],
            letters=letters[event.id],
            entries=entries[event.id],
            arrangements=arrangements[event.id],
            agenda=agenda[event.id],
            outgoing=issued[event.id],
            notifications=acts_of[event.id],
            presentations=presented[event.id],
            presenters={one.id: presenters[one.id] for one in presented[event.id]},
            contact_phones={one.id: one.value for one in contacts[event.id]},
            bookings=bookings[event.id],
            decisions=decisions[event.id],
            entry_names={one.id: names[one.id] for one in entries[event.id] if one.id in names},
        )
        for event in wanted
    }


def _names_of_entries(
    database: Database, entries: Sequence[Entry], presentations: Sequence[Presentation]
) -> tuple[dict[int, tuple[str, str]], dict[int, str]]:
    """Return 団体 and 氏名 of each entry, and the 団体 of each 発表."""
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
    versions = rows(
        database, MaterialVersion, material_id=[one.id for one in materials], order=("material_id", "version", "id")
    )
    by_material = _grouped(versions, lambda row: row.material_id)
    findings = rows(database, Finding, version_id=[one.id for one in versions], order=("version_id", "position", "id"))
    by_version = _grouped(findings, lambda row: row.version_id)
    standing = [act for act in notifications if not act.withdrawn and act.told_how != CIRCULATED]
    told = {(act.key, act.version): act.told_on for act in sorted(standing, key=lambda act: (act.told_on, act.id))}
    handouts: dict[int, list[MaterialRecords]] = defaultdict(list)
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
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {one: tuple(found) for one, found in groups.items()}
