"""Arrangements for a 配慮: which kinds its text asks for, and whether all of an event are settled."""

from __future__ import annotations

from collections.abc import Iterable

from app.event.rules.participation import is_coming
from db.record import frozen, group_by_key
from db.records.roster import Arrangement, ArrangementKind, Entry

NO_DIAGNOSIS = "病名などは要りません。"
LATER = f"過ぎてもご相談ください。{NO_DIAGNOSIS}"
MAY_BE_TOLD = "□ 配慮を、氏名を除いて委託事業者に伝えてよい"


KINDS: tuple[ArrangementKind, ...] = tuple(ArrangementKind)


@frozen
class CareCount:
    """How many people of an event need a 配慮, and for how many it is settled."""

    people: int = 0
    settled: int = 0


def needs_care(entry: Entry) -> bool:
    """Return whether an entry needs preparation: it is coming and has a 配慮."""
    return is_coming(entry) and bool(entry.care.strip())


def care_count(entries: Iterable[Entry], arrangements: Iterable[Arrangement]) -> CareCount:
    """Return how many coming people have a 配慮, and how many of them have arrangements and all of them settled."""
    made = group_by_key((row.entry_id, row) for row in arrangements if row.entry_id is not None)
    needing = [entry for entry in entries if needs_care(entry)]
    settled = [
        entry for entry in needing if entry.id in made and all(row.settled_on is not None for row in made[entry.id])
    ]
    return CareCount(people=len(needing), settled=len(settled))
