"""The facts of an event that its papers tell: when and where, how many, who; each paper tells some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.documents.event_facts import EventFacts, VenueFacts, devices_words
from app.documents.fingerprints import fingerprint_of, legacy_fingerprint, legacy_form, written_form
from app.documents.rules.notification_status import with_earlier_words, with_names_seal, with_seal
from app.subjects.events.event.rules.agenda import timetable_end
from app.subjects.events.event.rules.expected_attendance import HeadcountTotals, unknown_devices
from app.subjects.events.event.rules.participation import is_coming
from db.records.events import AgendaItem, Event
from db.records.participants import HeadcountNotice
from db.records.roster import Entry

CANCELLED = "中止"
_HOURS_PATTERN = re.compile(r"(\d{1,2}:\d{2})–(\d{1,2}:\d{2})")
ORDER, TABLETS_READY = "配慮の手配の依頼", "貸与タブレットの準備"
"""What is told without a paper: whoever was asked for a 配慮, and whoever puts the tablets ready."""
_SEAL_LENGTH = 12


def order_key(arrangement_id: int) -> str:
    """Which order it is, the same however often it is told."""
    return f"手配 {arrangement_id}"


def time_and_place_facts(event: Event, agenda: Iterable[AgendaItem]) -> dict[str, str]:
    """Return what every paper of an event says of it: its day (中止 when it is cancelled), its hours, its place.

    The hours are those booked, as the papers print them; acts kept from before may tell the end of the timetable.
    """
    day = event.event_date.isoformat() if event.event_date is not None else ""
    timetable = timetable_end(event.start_time, event.end_time, agenda)
    return {
        "実施日": CANCELLED if event.status == CANCELLED else day,
        "時間": with_earlier_words(f"{event.start_time}–{event.end_time}", f"{event.start_time}–{timetable}"),
        "会場": f"{event.venue} {event.room}".strip(),
    }


def event_as_notified(event: EventFacts, facts: Mapping[str, str]) -> EventFacts:
    """Return an event with the day, the hours and the place that an act told: a paper of that day says no
    later ones."""
    day, hours, place = (facts.get(name, "") for name in ("実施日", "時間", "会場"))
    found = _HOURS_PATTERN.match(hours)
    if day and day != CANCELLED:
        event = replace(event, event_date=date.fromisoformat(day))
    if found:
        event = replace(event, start_time=found[1], end_time=found[2])
    if place and place != f"{event.venue} {event.room}".strip():
        event = replace(event, venue_facts=VenueFacts(venue=place, terms=event.venue_facts.terms))
    return event


def headcount_facts(numbers: HeadcountTotals | HeadcountNotice) -> dict[str, str]:
    """Return what the numbers of participants say (仕様書4(1)エ); the copies follow the people and are no fact of their
    own.

    Devices of which nobody was asked are 未確認; programs before told them as 0台.
    """
    unknown = unknown_devices(numbers)

    def devices(count: int) -> str:
        words, once = devices_words(count, unknown), f"{count}台"
        return words if words == once else with_earlier_words(words, once)

    return {
        "参加予定": f"{numbers.people}人",
        "団体": f"{numbers.organisations}団体",
        "持参する端末": devices(numbers.own_devices),
        "貸与する端末": devices(numbers.lent_devices),
        "配慮": f"{numbers.care_count}件",
        "必要な対応": numbers.care_request,
    }


def participant_facts(entries: Iterable[Entry], names: Mapping[int, tuple[str, str]]) -> dict[str, str]:
    """Return how many come and, sealed, who they are, what they are called and what the papers of the day say of each:
    that in the first form and, behind it, in the written one (``fingerprints``).

    Args:
        names: 団体 and 氏名 of each by the number of the entry; acts kept from before held no names.
    """
    told: dict[int, tuple[object, ...]] = {
        one.id: (
            one.id,
            one.person_id,
            one.organisation_id,
            one.organisation_name,
            one.role,
            one.device,
            one.care,
            one.photo,
            one.group_number,
            one.seat,
        )
        for one in sorted(entries, key=lambda one: one.id)
        if is_coming(one)
    }
    words = f"{len(told)}人"
    each = {number: (*names[number], legacy_form(facts), written_form(facts)) for number, facts in told.items()}
    return {"名簿": with_earlier_words(with_names_seal(words, each), with_seal(words, _legacy_seal([*told.values()])))}


def agenda_facts(agenda: Iterable[AgendaItem]) -> dict[str, str]:
    """Return the minutes of 当日の進行 and, sealed, its lines."""
    rows = tuple(agenda)
    lines = [(one.position, one.title, one.minutes, one.form, one.content, one.owner, one.uses) for one in rows]
    words = f"{sum(one.minutes or 0 for one in rows)}分"
    now, once = fingerprint_of(lines, digits=_SEAL_LENGTH), _legacy_seal(lines)
    return {"進行": with_earlier_words(with_seal(words, now), with_seal(words, once))}


def _legacy_seal(value: object) -> str:
    """The seal of programs before the mark (``fingerprints.MARK``)."""
    return legacy_fingerprint(value, digits=_SEAL_LENGTH)
