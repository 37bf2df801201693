"""Everything the store knows about one event, read together so that each screen asks the same questions once.

``read_files(store)`` reads all events of the year in a handful of queries, ``read_file(store, event_id)`` one.
Nothing here decides anything: what is done or due is said by ``app.services.deadlines``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.rules.care_needs import CareCount, care_count
from app.services.expected_counts import expected_by_event
from app.services.required import required
from db.engine import Database
from db.records.agreements import Agreement
from db.records.events import (
    AgendaItem,
    DeadlineOverride,
    EquipmentItem,
    Event,
    EventResult,
    RecruitmentStep,
)
from db.records.materials import Finding, Material, MaterialVersion
from db.records.papers import Letter
from db.records.participants import ExpectedCount, HeadcountNotice
from db.records.reports import Report
from db.records.surveys import EventSurvey
from db.store import Store
from db.tables import agreements, deadlines, events, materials, participants, roster

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class MaterialFile:
    """One handout with its versions (first received first) and the findings on each version."""

    material: Material
    versions: tuple[MaterialVersion, ...] = ()
    findings: tuple[Finding, ...] = ()

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


@dataclass(frozen=True, kw_only=True)
class EventFile:
    """One event and every row that belongs to it, in the order of the field.

    ``left_on`` gives the last day each kind of paper left; ``sheets`` the counted answer sheets; ``care`` for
    how many people a 配慮 is wanted, and arranged;
    ``open_figures`` the numbers of the newest report that differ and are not settled.
    """

    event: Event
    agenda: tuple[AgendaItem, ...] = ()
    equipment: tuple[EquipmentItem, ...] = ()
    steps: tuple[RecruitmentStep, ...] = ()
    result: EventResult | None = None
    agreements: tuple[Agreement, ...] = ()
    overrides: tuple[DeadlineOverride, ...] = ()
    materials: tuple[MaterialFile, ...] = ()
    expected: tuple[ExpectedCount, ...] = ()
    notices: tuple[HeadcountNotice, ...] = ()
    survey: EventSurvey | None = None
    sheets: int = 0
    reports: tuple[Report, ...] = ()
    open_figures: int = 0
    letters: tuple[Letter, ...] = ()
    left_on: Mapping[str, date] = field(default_factory=dict)
    care: CareCount = field(default_factory=CareCount)

    @property
    def people(self) -> int:
        """Expected people by the roster, or by the numbers typed."""
        return sum(row.people for row in self.expected)

    @property
    def counted_from_roster(self) -> bool:
        """Whether the expected numbers were counted from the roster: such rows are kept nowhere and have no id."""
        return any(not row.id for row in self.expected)

    @property
    def told(self) -> HeadcountNotice | None:
        """The newest notice that was told to the contractor, or None."""
        return next((row for row in reversed(self.notices) if row.told_on is not None), None)

    @property
    def open_topics(self) -> tuple[Agreement, ...]:
        """The matters that are still 協議中."""
        return tuple(row for row in self.agreements if row.settled_on is None)

    @property
    def report(self) -> Report | None:
        """The newest version that came in as a file, else the newest made here, or None."""
        return _newest_report(self.reports)


def _newest_report(reports: Sequence[Report]) -> Report | None:
    """A report that came in as a file goes before a form made here, however late the form was begun."""
    came = [row for row in reports if row.way == "受領"]
    return next(reversed(came or list(reports)), None)


def required_event(database: Database, event_id: int) -> Event:
    """Return one event; raises ``Refusal`` when it is no longer there."""
    return required(database, Event, event_id)


def read_file(store: Store, event_id: int) -> EventFile:
    """Return everything about one event; raises ``Refusal`` when it is no longer there."""
    event = required_event(store.database, event_id)
    return _assemble(store.database, [event])[0]


def read_files(store: Store, programme_id: int) -> list[EventFile]:
    """Return everything about every event of the year, by date, undated ones last."""
    return _assemble(store.database, events.all_of(store.database, programme_id))


def _assemble(database: Database, wanted: list[Event]) -> list[EventFile]:
    """Read the rows of all events at once and hand each event its own."""

    def by_event(rows: Iterable[Row]) -> dict[int, list[Row]]:
        return _grouped(rows, lambda row: row.event_id)  # type: ignore[attr-defined]

    agenda = by_event(events.all_agenda(database))
    equipment = by_event(events.all_equipment(database))
    steps = by_event(events.all_steps(database))
    results = {row.event_id: row for row in events.all_results(database)}
    topics = _grouped((row for row in agreements.everything(database)), lambda row: row.event_id or 0)
    overrides = by_event(deadlines.overrides(database))
    expected = expected_by_event(database, wanted)
    notices = by_event(participants.all_notices(database))
    surveys = {row.event_id: row for row in deadlines.surveys(database)}
    sheets = deadlines.sheets_by_survey(database)
    reports = by_event(deadlines.reports(database))
    figures = _grouped(deadlines.open_figures(database), lambda row: row.report_id)
    letters = by_event(deadlines.letters(database))
    left = _grouped(deadlines.outgoing_days(database), lambda row: row[0])
    handouts = _material_files(database)
    with_care = by_event(roster.entries_with_care(database))
    arranged = by_event(roster.all_arrangements(database))
    files = []
    for event in wanted:
        survey = surveys.get(event.id)
        report = _newest_report(reports.get(event.id, ()))
        files.append(
            EventFile(
                event=event,
                agenda=tuple(agenda.get(event.id, ())),
                equipment=tuple(equipment.get(event.id, ())),
                steps=tuple(steps.get(event.id, ())),
                result=results.get(event.id),
                agreements=tuple(topics.get(event.id, ())),
                overrides=tuple(overrides.get(event.id, ())),
                materials=tuple(handouts.get(event.id, ())),
                expected=tuple(expected.get(event.id, ())),
                notices=tuple(notices.get(event.id, ())),
                survey=survey,
                sheets=sheets.get(survey.id, 0) if survey else 0,
                reports=tuple(reports.get(event.id, ())),
                open_figures=len(figures.get(report.id, ())) if report else 0,
                letters=tuple(letters.get(event.id, ())),
                left_on={kind: day for _, kind, day in left.get(event.id, ())},
                care=care_count(with_care.get(event.id, ()), arranged.get(event.id, ())),
            )
        )
    return files


def _material_files(database: Database) -> dict[int, list[MaterialFile]]:
    versions = _grouped(materials.all_versions(database), lambda row: row.material_id)
    findings = _grouped(materials.all_findings(database), lambda row: row.version_id)
    handouts: dict[int, list[MaterialFile]] = defaultdict(list)
    for material in materials.everything(database):
        mine = tuple(versions.get(material.id, ()))
        handouts[material.event_id].append(
            MaterialFile(
                material=material,
                versions=mine,
                findings=tuple(row for version in mine for row in findings.get(version.id, ())),
            )
        )
    return dict(handouts)


def _grouped(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)
