"""Reads the facts of one event once, for all its documents.

``read_event_facts`` takes at most thirteen SELECTs whatever the size of the roster, one more where tablets are borrowed
and no line of the equipment says who brings them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from app.documents.event_facts import CopyFacts, EventFacts, PeopleFacts, ResponseFacts, VenueFacts
from app.event.rules.agenda import minutes_of, question_minutes, timetable_length
from app.event.rules.copies import copies_to_prepare
from app.event.rules.equipment import EQUIPMENT_TOPIC, tablet_side
from app.event.rules.event_venue import place_names, venue_facts, venue_of
from app.event.rules.expected_attendance import expected_totals
from app.event.rules.held_events import end_words, minutes_held
from app.event.rules.participation import count_participation
from app.event.services.expected_counts import counts_from_roster, expected_from_rows
from app.programme.services import kind_of_event
from db.engine import Database
from db.record import record
from db.records.agreements import Agreement
from db.records.documents import ConfirmedState
from db.records.events import EquipmentItem, Event, EventResult
from db.records.participants import ExpectedCount, NoticeWithNotification
from db.records.programme import EventKind
from db.records.roster import Entry, TableGroup
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey
from db.records.venues import Venue
from db.rows import row, rows
from db.store import Store
from db.tables import events, participants, reports, roster, surveys

_PLACEHOLDER_NAMES = re.compile("配置表|未定|調整中|受託者から")
"""Texts written in place of a name that name nobody."""


@record
class FrozenAttendance:
    """The 出席 at the time the totals of a survey were fixed; None = nobody had recorded it."""

    attended: int | None


@record
class PreloadedRows:
    """Rows of one event that were read before its facts; what is None is still to be read.

    Attributes:
        response_count: number of responses of ``survey``.
        frozen_attendance: the 出席 that its fixed totals are based on.
    """

    entries: Sequence[Entry] | None = None
    reports: Sequence[Report] | None = None
    result: EventResult | None = None
    survey: EventSurvey | None = None
    response_count: surveys.ResponseCount | None = None
    frozen_attendance: FrozenAttendance | None = None


def read_event_facts(store: Store, event: Event, preloaded: PreloadedRows | None = None) -> EventFacts:
    """Return the facts of ``event`` from its records; rows in ``preloaded`` are not read again."""
    database, known = store.database, preloaded or PreloadedRows()
    entries = known.entries if known.entries is not None else roster.entries(database, event.id)
    agenda = tuple(events.agenda(database, event.id))
    equipment = tuple(events.equipment(database, event.id))
    written = known.reports if known.reports is not None else reports.reports_of_event(database, event.id)
    expected = expected_from_rows(database, [event], {event.id: entries}, {}).get(event.id, [])
    from_roster = counts_from_roster(event, has_entries=bool(entries))
    result = known.result or events.result(database, event.id)
    people = _people_facts(expected, entries if from_roster else (), result)
    minutes = timetable_length(event.start_time, event.end_time, agenda)
    groups = roster.groups(database, event.id) if event.form.in_groups else []
    kind = kind_of_event(database, event)
    return replace(
        planned_facts(event, kind_of_event(database, event)),
        venue_facts=read_venue_facts(database, event),
        minutes=minutes_held(event.start_time, minutes, result),
        question_minutes=question_minutes(agenda, kind.question_time),
        lecturer=_lecturer(event, written),
        facilitators=_facilitators(groups),
        agenda=agenda,
        equipment=equipment,
        tablet_side=_tablet_side(database, event, kind, equipment, people),
        people=people,
        witness=result.witness if result else "",
        day_note=result.note if result else "",
        end_words=end_words(result),
        copies=_copies(event, kind, people.expected, participants.headcount_notices(database, event.id)),
        responses=_response_facts(database, event, people.attended, known) if kind.has_survey else None,
    )


def _tablet_side(
    database: Database, event: Event, kind: EventKind, equipment: Sequence[EquipmentItem], people: PeopleFacts
) -> str:
    """Return who brings lent tablets (「区」, 「受託者」), "" = not settled.

    The 協議 「機材」 is read only if somebody borrows one and neither the kind nor a line of the equipment says it.
    """
    side = tablet_side(kind, equipment)
    if side or not people.lent_devices:
        return side
    topics = rows(database, Agreement, event_id=event.id, topic=EQUIPMENT_TOPIC)
    return tablet_side(kind, equipment, agreed=any(one.is_in_effect and one.settled_on is not None for one in topics))


def read_venue_facts(database: Database, event: Event) -> VenueFacts:
    """Return where an event is held, with what the register of venues knows of the place."""
    return venue_facts(event, _venue_entries(database, event))


def read_venue_entry(database: Database, event: Event) -> Venue | None:
    """Return the register's entry for the venue of an event, None if there is none."""
    return venue_of(event, _venue_entries(database, event))


def _venue_entries(database: Database, event: Event) -> Sequence[Venue]:
    """Return every entry of the buildings, those without a room first."""
    return rows(database, Venue, name=place_names(event), order=("room", "id")) if event.venue else ()


def held_event_facts(event: Event, kind: EventKind, entries: Sequence[Entry], result: EventResult | None) -> EventFacts:
    """Return the facts of a held event from its row, kind, entries and result only; nobody is expected any more (0)."""
    from_roster = counts_from_roster(event, has_entries=bool(entries))
    return replace(planned_facts(event, kind), people=_people_facts((), entries if from_roster else (), result))


def planned_facts(event: Event, kind: EventKind) -> EventFacts:
    """Return the facts in the row of ``event`` and of its kind alone, without people and timetable."""
    booked = minutes_of(event.end_time) - minutes_of(event.start_time)
    return EventFacts(
        id=event.id,
        kind=event.kind,
        year_kind=kind,
        form=event.form,
        ordinal=event.ordinal,
        subject=event.subject,
        organisation_id=event.organisation_id,
        organisation_name=event.organisation_name,
        event_date=event.event_date,
        start_time=event.start_time,
        end_time=event.end_time,
        booked_minutes=booked,
        minutes=booked,
        venue_facts=venue_facts(event),
        lecturer=person_names_in(event.lecturer),
        tools=event.tools,
        network=event.network,
        cancel_reason=event.cancel_reason,
        groups=event.groups,
        facilitator_count=event.facilitators,
    )


def person_names_in(text: str) -> str:
    """Return ``text`` if it names persons, else ""; 「受託者の配置表のとおり」 and the like name nobody."""
    return "" if _PLACEHOLDER_NAMES.search(text) else text.strip()


def return_rate(returned: int, attended: int | None) -> str:
    """Return the 回収率 of 回収 and 出席 in per cent without its sign (「83.3」), rounded half up to one place.

    Empty if the attendance is unknown or 0, or if there are more responses than people, as then one of both is wrong.
    """
    if not attended or returned > attended:
        return ""
    return str((Decimal(returned) * 100 / attended).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def excess_responses_words(returned: int, attended: int) -> str:
    """Return why there is no 回収率 if more responses than people came, and what to check."""
    return (
        f"回収{returned}件が出席{attended}人より多いため、回収率を出しません。"
        f"集計に入れない回答か、出席の数を確かめてください。"
    )


def _people_facts(
    expected: Sequence[ExpectedCount], entries: Sequence[Entry], result: EventResult | None
) -> PeopleFacts:
    """Return the facts about people, each number from its own source.

    申込 is that typed in ``result``, else by ``entries``; 決定 is by ``entries``, 参加予定 by ``expected``, and who
    came by ``result``.
    """
    totals = expected_totals(expected)
    counted = count_participation(entries) if entries else None
    found = result or EventResult(event_id=0)
    came = [entry for entry in entries if entry.attendance.is_present and entry.state.is_coming]
    typed = found.applied is not None and found.source != "名簿"
    return PeopleFacts(
        applied=counted.applied if counted and not typed else found.applied,
        applied_organisations=counted.applied_organisations if counted and not typed else found.applied_organisations,
        decided=counted.decided if counted else None,
        expected=totals.people,
        expected_organisations=totals.organisations,
        expected_without_organisation=totals.without_organisation,
        own_devices=totals.own_devices,
        lent_devices=totals.lent_devices,
        unknown_devices=totals.unknown_devices,
        care_count=totals.care_count,
        attended=found.attended,
        attended_organisations=found.attended_organisations,
        absent=found.absent,
        walk_ins=found.walk_ins,
        used_lent=found.lent_devices,
        used_own=found.own_devices,
        photo_allowed=sum(entry.pictures.is_given for entry in came) if came else None,
        photo_refused=sum(entry.pictures.may_not_be_shown for entry in came) if came else None,
        unmarked=counted.unmarked if counted and found.source == "名簿" else 0,
    )


def _copies(event: Event, kind: EventKind, expected: int, notices: Sequence[NoticeWithNotification]) -> CopyFacts:
    """Return for how many people copies of a handout are needed, the reserve, and whether that is notified and final.

    ``notices`` are oldest first: the newest notified one counts, and a draft with another number makes it not final.
    """
    asked = bool(kind.headcount_period)
    told = [notice.people for notice in notices if notice.notified_on is not None]
    draft = next((notice.people for notice in notices if notice.notified_on is None), None)
    needed, final = copies_to_prepare(
        told[-1] if told else None, expected, draft_people=draft, held=event.status.is_held, asked=asked
    )
    return CopyFacts(people=needed.people, spare=needed.spare, is_notified=final, is_asked=asked)


def _response_facts(
    database: Database, event: Event, attended: int | None, preloaded: PreloadedRows
) -> ResponseFacts | None:
    """Return the facts of the survey of an event, None without one.

    The 回収率 of fixed totals is by the 出席 that they are based on.
    """
    survey = preloaded.survey or row(database, EventSurvey, event_id=event.id)
    if survey is None:
        return None
    count = preloaded.response_count or surveys.response_counts(database, [survey])[survey.id]
    fixed = preloaded.frozen_attendance or frozen_attendance(database, survey)
    of = fixed.attended if fixed is not None else attended
    return ResponseFacts(
        distributed=survey.distributed,
        paper=count.paper,
        online=count.online,
        rate=return_rate(count.paper + count.online, of),
        attended=of,
        fixed_on=survey.frozen_at.date() if survey.frozen_at is not None else None,
    )


def frozen_attendance(database: Database, survey: EventSurvey) -> FrozenAttendance | None:
    """Return the 出席 that fixed totals are based on; None for open ones, and if it was not stored yet."""
    if survey.frozen_at is None:
        return None
    kept = row(database, ConfirmedState, survey_id=survey.id)
    return _attendance_in(kept) if kept is not None else None


def frozen_attendances(database: Database, surveys: Iterable[EventSurvey]) -> dict[int, FrozenAttendance]:
    """Return by survey the 出席 that its fixed totals are based on, in one SELECT; see ``frozen_attendance``."""
    fixed = [survey.id for survey in surveys if survey.frozen_at is not None]
    kept = rows(database, ConfirmedState, survey_id=fixed)
    return {one.survey_id: _attendance_in(one) for one in kept if one.survey_id is not None}


def _attendance_in(state: ConfirmedState) -> FrozenAttendance:
    return FrozenAttendance(attended=json.loads(state.content)["attended"])


def _report_made_here(reports: Sequence[Report]) -> Report | None:
    made = [report for report in reports if not report.way.is_received]
    return max(made, key=lambda report: report.version, default=None)


def _lecturer(event: Event, reports: Sequence[Report]) -> str:
    """Return the name of the lecturer: from the newest report made here, else from the event; "" = nobody named."""
    report = _report_made_here(reports)
    return person_names_in(report.body.get("講師", "") if report else "") or person_names_in(event.lecturer)


def _facilitators(groups: Iterable[TableGroup]) -> Mapping[int, str]:
    """Return the name of the leader by number of the 班, without those that have none."""
    found = {group.number: person_names_in(group.facilitator) for group in groups}
    return {number: name for number, name in found.items() if name}
