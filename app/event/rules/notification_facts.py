"""Facts of an event that its documents state: time and place, how many people, who; each document states some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.common.join_nonempty import join_nonempty
from app.documents.fingerprints import fingerprint_of, legacy_fingerprint, legacy_form, written_form
from app.documents.rules import (
    has_earlier_words,
    organisation_spellings,
    shown_fact,
    with_earlier_words,
    with_names_seal,
    with_seal,
)
from app.event.rules.agenda import timetable_end
from app.event.rules.participation import is_expected
from db.records.event_status import EventStatus
from db.records.events import AgendaItem, Event
from db.records.roster import Entry

CANCELLED = "中止"
PLACE = "会場"
ENDED_WORDS = frozenset(one.value for one in EventStatus if not one.counts)
"""What stands for the day of an event that will not be held."""
ORDER, TABLETS_READY = "配慮の手配の依頼", "貸与タブレットの準備"
"""Notifications without a document: to whoever is asked for a 配慮, and to whoever prepares the tablets."""
_SEAL_LENGTH = 12


def order_key(arrangement_id: int) -> str:
    """Return the key of an order (「手配 12」), the same for every notification about it."""
    return f"手配 {arrangement_id}"


def time_and_place_facts(event: Event, agenda: Iterable[AgendaItem]) -> dict[str, str]:
    """Return the facts that every document of an event states: 実施日, 時間 and 会場.

    実施日 is the ISO day ("" without one, 中止, 取下げ or 不採択 if it is not held), 時間 「14:00–16:00」.
    The hours are those booked, as documents print them; older notifications may hold the end of the timetable.
    """
    day = event.event_date.isoformat() if event.event_date is not None else ""
    timetable = timetable_end(event.start_time, event.end_time, agenda)
    return {
        "実施日": day if event.status.counts else event.status.value,
        "時間": with_earlier_words(event.hours, f"{event.start_time}–{timetable}"),
        PLACE: place_fact(event.venue, event.room),
    }


def place_fact(venue: str, room: str) -> str:
    """Return the fact 「会場」: venue and room as documents print them; older notifications parted them by a blank."""
    return with_earlier_words(join_nonempty(venue, room), join_nonempty(venue, room, separator=" "))


def notified_place_words(facts: Mapping[str, str]) -> str:
    """Return 「みほん区民館　研修室1」 from notified facts; in older ones the first blank parts venue and room."""
    fact = facts.get(PLACE, "")
    return shown_fact(fact) if has_earlier_words(fact) else shown_fact(fact).strip().replace(" ", "　", 1)


def participant_facts(entries: Iterable[Entry], names: Mapping[int, tuple[str, str]]) -> dict[str, str]:
    """Return the fact 「名簿」: how many come (「17人」), and sealed hashes of who they are, their names and data.

    The data are those in documents of the day.
    Each hash is in the first form followed by the written one (``fingerprints``). Earlier versions sealed with them
    which person and 団体 of the register it is, which no document prints: either may be as it was.

    Args:
        names: 団体 and 氏名 by id of the entry; older notifications held no names.
    """
    expected = [one for one in sorted(entries, key=lambda one: one.id) if is_expected(one)]
    told: list[tuple[object, ...]] = []
    each = {}
    for one in expected:
        printed = (one.role, one.device, one.care, one.pictures, one.group_number, one.seat)
        told.append((one.id, one.person_id, one.organisation_id, one.organisation_name, *printed))
        forms = ((write(told[-1]), write(printed)) for write in (legacy_form, written_form))
        organisation, name = names[one.id]
        each[one.id] = (organisation_spellings(organisation), name, *forms)
    words = f"{len(told)}人"
    return {"名簿": with_earlier_words(with_names_seal(words, each), with_seal(words, _legacy_seal(told)))}


def agenda_facts(agenda: Iterable[AgendaItem]) -> dict[str, str]:
    """Return the fact 「進行」: the minutes of 当日の進行 (「120分」), and its lines as a sealed hash."""
    rows = tuple(agenda)
    lines = [(one.position, one.title, one.minutes, one.form, one.content, one.owner, one.uses) for one in rows]
    words = f"{sum(one.minutes or 0 for one in rows)}分"
    now, once = fingerprint_of(lines, digits=_SEAL_LENGTH), _legacy_seal(lines)
    return {"進行": with_earlier_words(with_seal(words, now), with_seal(words, once))}


def _legacy_seal(value: object) -> str:
    """Return the hash as programs before ``fingerprints.MARK`` made it."""
    return legacy_fingerprint(value, digits=_SEAL_LENGTH)
