"""What the attendance of one event adds up to: the numbers of 実施報告書 「申込／出席／欠席」."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.subjects.events.rules.taking_part import COMING
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
