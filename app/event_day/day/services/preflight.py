"""Checks the documents of a day before printing: unprintable text, missing data, contradictions.

``read_preflight_facts`` reads the store; ``evaluate_preflight`` uses the fonts without it, never at the same time as
documents are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.actions.action_id import ActionId, ActionLink
from app.event.rules.care_needs import needs_care
from app.event.rules.equipment import tablet_remark
from app.event.rules.expected_attendance import ExpectedTotals, expected_totals, has_same_numbers
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.tasks.task_completion import equipment_agreed
from app.event_day.day import rules
from app.event_day.day.rules import Attendee, OtherEvent, PreflightFinding, Subject
from app.event_day.day.services.day_document_content import roster_lines
from app.events.materials.services.material_board import state_of
from app.events.roster.services.roster import Roster, read_roster
from app.events.tablets.services import read_loans
from app.programme.services import kind_of_event
from db.name_key import name_key
from db.record import group_by_key, record
from db.records.events import Event
from db.store import Store
from db.tables import events
from db.tables import roster as table

_ORDER = {"止まる": 0, "確認": 1, "参考": 2}
_FIX_ACTIONS: Mapping[Subject, ActionId] = {
    "字形": "参加者",
    "長い名前": "参加者",
    "ふりがな": "参加者",
    "氏名未定": "氏名",
    "重複": "参加者",
    "配慮": "配慮の手配",
    "タブレット": "貸与タブレット",
    "資料": "資料",
    "人数": "連絡した人数",
}


@record
class PreflightFacts:
    """What was read for the check of one event; texts exactly as stored."""

    event: Event
    people: tuple[Attendee, ...]
    findings: tuple[PreflightFinding, ...]


@record
class PreflightRow:
    """One finding of the check before printing, with the action that corrects it."""

    finding: PreflightFinding
    link: ActionLink


@record
class Preflight:
    """The findings of one event before printing, those that block a document first."""

    event_id: int
    rows: tuple[PreflightRow, ...]
    people: int


def read_preflight_facts(store: Store, *, event_id: int, today: date) -> PreflightFacts:
    """Return the findings that need no font, and what is needed to check the sizes of names."""
    roster = read_roster(store, event_id=event_id)
    file = read_event_records(store, event_id)
    people = _people(store, roster)
    totals = expected_totals(file.expected)
    found = [
        *rules.unnamed_places(people),
        *rules.missing_readings(people),
        *rules.duplicate_people(people),
        *rules.booked_elsewhere(
            people, file.event.start_time, file.event.end_time, _other_events_of_day(store, file.event)
        ),
        *rules.care_without_arrangement(_open_care(store, roster, people)),
        *_tablets(store, roster, today),
        *rules.tablets_without_provider(
            tablet_remark(file.kind, file.equipment, totals.lent_devices, agreed=equipment_agreed(file))
        ),
        *rules.unconfirmed_materials({one.material.title: state_of(one) for one in file.materials}),
        *_headcount(file, totals),
    ]
    return PreflightFacts(event=file.event, people=people, findings=tuple(found))


def _headcount(file: EventRecords, totals: ExpectedTotals) -> tuple[PreflightFinding, ...]:
    """Return findings on the number that the 受託者 was told, if the contract asks for it: none, or an old one."""
    if not file.headcount_needed:
        return ()
    told = file.notified_headcount
    return rules.headcount_not_notified(
        told.people if told else None, totals.people, is_same=told is not None and has_same_numbers(told, totals)
    )


def evaluate_preflight(facts: PreflightFacts) -> Preflight:
    """Check every name against the fonts and return all findings, most severe first.

    For an event that is 実施済 or cancelled only the blocking ones are returned.
    """
    found = [*_unprintable(facts.people), *_oversized(facts.people), *facts.findings]
    if not facts.event.status.is_planned:
        # Nothing can be arranged or notified any more; unprintable text matters for a reprint.
        found = [one for one in found if one.severity == "止まる"]
    found.sort(key=lambda one: _ORDER[one.severity])
    return Preflight(
        event_id=facts.event.id,
        rows=tuple(PreflightRow(finding=one, link=link_to_fix(one, facts.event.id)) for one in found),
        people=len(facts.people),
    )


def _people(store: Store, roster: Roster) -> tuple[Attendee, ...]:
    """Return what is checked of each person on the 受付名簿, of unnamed places too, without erased people."""
    known = {row.entry.id: row for row in roster.rows}
    return tuple(
        Attendee(
            **vars(line),
            person_id=known[line.entry_id].entry.person_id,
            key=f"{name_key(line.organisation)}/{name_key(line.name)}",
        )
        for line in roster_lines(store, event_id=roster.event.id, roster=roster, include_erased=False)
    )


def _open_care(store: Store, roster: Roster, people: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
    """Return the people with a 配慮 that has no arrangement, or one that is not settled."""
    made = group_by_key(
        (row.entry_id, row.settled_on is not None)
        for row in table.arrangements(store.database, roster.event.id)
        if row.entry_id is not None
    )
    open_ones = {
        row.entry.id
        for row in roster.check_in_rows
        if needs_care(row.entry) and not all(made.get(row.entry.id, [False]))
    }
    return tuple(one for one in people if one.entry_id in open_ones)


def _other_events_of_day(store: Store, event: Event) -> tuple[OtherEvent, ...]:
    """Return the other events of the day that are not cancelled, with the people expected there; () without a date."""
    if event.event_date is None:
        return ()
    found = []
    for other in events.events_of_year(store.database, event.programme_id):
        if other.id != event.id and other.event_date == event.event_date and other.status.counts:
            coming = read_roster(store, event_id=other.id).coming_rows
            people = frozenset(row.person.id for row in coming if row.person is not None)
            found.append(OtherEvent(title=other.full_title, start=other.start_time, end=other.end_time, people=people))
    return tuple(found)


def _tablets(store: Store, roster: Roster, today: date) -> tuple[PreflightFinding, ...]:
    """Return the finding that tablets are not reserved for all who asked; () where the contract lends none."""
    if not roster.rows or not kind_of_event(store.database, roster.event).lends_devices:
        return ()
    loans = read_loans(store, event_id=roster.event.id, today=today)
    return rules.too_few_tablets(loans.needed, loans.missing, loans.free)


def _unprintable(people: tuple[Attendee, ...]) -> list[PreflightFinding]:
    """Return one finding that lists person and character of all texts no bundled font can draw, [] for none."""
    from app.documents.pdf.printable import unprintable_characters

    missing = unprintable_characters(
        dict.fromkeys(text for one in people for text in (one.name, one.reading, one.organisation))
    )
    details = [
        f"{one.words}　{what}の「{sign}」（{' '.join(f'U+{ord(part):04X}' for part in sign)}）"
        for one in people
        for what, text in (("氏名", one.name), ("ふりがな", one.reading), ("団体名", one.organisation))
        for sign in missing.get(text, ())
    ]
    if not details:
        return []
    first = next(one for one in people if {one.name, one.reading, one.organisation} & missing.keys())
    sentence = "書体にない文字。このままでは印刷できません"
    return [
        PreflightFinding(
            subject="字形", severity="止まる", sentence=sentence, details=tuple(details), entry_id=first.entry_id
        )
    ]


def _oversized(people: tuple[Attendee, ...]) -> list[PreflightFinding]:
    """Return findings on texts printed smaller than usual, with their size, and on those that fit no size."""
    from app.documents.pdf import printable

    checks = (
        ("name", printable.sizes_of_name),
        ("reading", printable.sizes_of_reading),
        ("organisation", printable.sizes_of_organisation),
    )
    bad = printable.unprintable_characters(
        {one.name for one in people} | {one.reading for one in people} | {one.organisation for one in people}
    )
    small: dict[str, Attendee] = {}
    stopped: dict[str, Attendee] = {}
    for what, sizes_of in checks:
        for one in people:
            text = getattr(one, what)
            if not text or text in bad:
                continue
            sizes = [size for size in sizes_of(text) if not size.is_usual]
            if not sizes:
                continue
            words = f"「{text}」　{'、'.join(size.words for size in sizes)}"
            (small if all(size.lines for size in sizes) else stopped).setdefault(words, one)
    found = []
    if stopped:
        found.append(
            _size_finding("止まる", f"欄に入らない名前 {len(stopped)}件。いちばん小さい字でも入りません", stopped)
        )
    if small:
        found.append(_size_finding("参考", f"長い名前 {len(small)}件。字を小さくして印刷します", small))
    return found


def _size_finding(severity: rules.Severity, sentence: str, people: dict[str, Attendee]) -> PreflightFinding:
    """Return the finding that some names do not fit their place."""
    first = next(iter(people.values()))
    return PreflightFinding(
        subject="長い名前", severity=severity, sentence=sentence, details=tuple(people), entry_id=first.entry_id
    )


def link_to_fix(finding: PreflightFinding, event_id: int) -> ActionLink:
    """Return the link to where a finding of the check before printing is corrected."""
    return ActionLink(_FIX_ACTIONS[finding.subject], event_id=event_id, entry_id=finding.entry_id)
