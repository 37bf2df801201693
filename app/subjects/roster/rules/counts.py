"""How many came: the numbers of one event for its 実施報告書, and of several as 延べ (each time) and 実 (once)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.subjects.events.rules.taking_part import COMING
from db.records.events import Event, EventResult
from db.records.roster import Entry


@dataclass(frozen=True, kw_only=True)
class DayCounts:
    """The numbers of one day; the fields are named as those of ``EventResult``."""

    applied: int
    applied_organisations: int
    attended: int
    attended_organisations: int
    absent: int
    walk_ins: int
    lent_devices: int
    own_devices: int


def day_counts(entries: Sequence[Entry]) -> DayCounts:
    """Count one event.

    申込 = the places held for the day: applied or chosen, a told absence included; 補欠, 落選 and 辞退 held
    none, and a place that a substitute took over is counted once, with the one who came. 出席 = everybody
    received, 当日受付 included. 欠席 = 申込 less those of them who came, so that 申込＋当日受付 = 出席＋欠席.
    Devices are those of the people who came. People without a 団体 add none.
    """
    held = places_held(entries)
    came = [entry for entry in entries if entry.attendance == "出席" and entry.state in COMING]
    walked = [entry for entry in came if entry.walk_in]
    return DayCounts(
        applied=len(held),
        applied_organisations=_organisations(held),
        attended=len(came),
        attended_organisations=_organisations(came),
        absent=len(held) - (len(came) - len(walked)),
        walk_ins=len(walked),
        lent_devices=sum(entry.device == "貸与" for entry in came),
        own_devices=sum(entry.device == "持参" for entry in came),
    )


def places_held(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that count as 申込 of the day (see ``day_counts``)."""
    living = [entry for entry in entries if entry.state in COMING]
    replaced = {entry.substitute_for for entry in living if entry.substitute_for is not None}
    return [
        entry
        for entry in living
        if not entry.walk_in
        and not (entry.id in replaced and entry.absent_told_at is not None and entry.attendance != "出席")
    ]


def _organisations(entries: Iterable[Entry]) -> int:
    keys = {entry.organisation_id or entry.organisation_name.strip() for entry in entries}
    return len(keys - {"", 0})


@dataclass(frozen=True, kw_only=True)
class RecordCounts:
    """The numbers of several events.

    ``visits`` (延べ人数) and ``group_visits`` (延べ団体) add up every event; ``people`` (実人数) and ``groups``
    (実団体) count each once, over the events whose attendance stands in the roster alone. ``from_roster`` are
    those events, ``typed`` events of which only typed numbers are known, ``unknown`` held events without any
    number. ``covered`` is the part of 延べ人数 that the roster holds, ``unnamed`` people of it without a name,
    each counted as somebody else.
    """

    events: int
    visits: int
    people: int
    group_visits: int
    groups: int
    from_roster: int
    typed: int
    unknown: int
    covered: int
    unnamed: int


def record_counts(
    events: Sequence[Event], entries: Mapping[int, Sequence[Entry]], results: Mapping[int, EventResult]
) -> RecordCounts:
    """Count the held ``events``; the attendance of the roster goes before typed numbers.

    Args:
        entries: by event, everybody on the roster. results: by event, the numbers of the day as recorded.
    """
    people: set[int] = set()
    groups: set[int | str] = set()
    visits = group_visits = from_roster = typed = unknown = covered = unnamed = 0
    for event in events:
        came = [one for one in entries.get(event.id, ()) if one.state in COMING and one.attendance == "出席"]
        result = results.get(event.id)
        if came:
            from_roster += 1
            visits += len(came)
            covered += len(came)
            people |= {one.person_id for one in came if one.person_id is not None}
            unnamed += sum(one.person_id is None for one in came)
            own = _groups(came)
            group_visits += len(own)
            groups |= own
        elif result is not None and result.attended is not None:
            typed += 1
            visits += result.attended
            group_visits += result.attended_organisations or 0
        else:
            unknown += 1
    return RecordCounts(
        events=len(events),
        visits=visits,
        people=len(people) + unnamed,
        group_visits=group_visits,
        groups=len(groups),
        from_roster=from_roster,
        typed=typed,
        unknown=unknown,
        covered=covered,
        unnamed=unnamed,
    )


def _groups(entries: Sequence[Entry]) -> set[int | str]:
    """The 団体 of one event; people without one add none."""
    keys = {entry.organisation_id or entry.organisation_name.strip() for entry in entries}
    return keys - {"", 0}
