"""Assigns the numbers of the 受付名簿 once, in the order in which people are looked up; they never change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.subjects.events.event.rules.participation import is_on_check_in_list
from db.records.organisations import Organisation
from db.records.roster import Entry


def missing_roster_numbers(entries: Sequence[Entry], register: Iterable[Organisation]) -> dict[int, int]:
    """Return new numbers by entry id for entries of the 受付名簿 that have none.

    They follow the highest one ever given, so that numbers on a printed roster stay valid, also after an absence. Their
    order is 班, then 団体 as registered by 支部, then application; places without a name (氏名未定) are numbered like
    the others. ``entries`` come in the order of application.
    """
    ranks = _organisation_order(register)
    waiting = [(position, entry) for position, entry in enumerate(entries) if _needs_number(entry)]
    waiting.sort(key=lambda pair: _sort_key(pair[1], pair[0], ranks, entries))
    return {entry.id: number for number, (_, entry) in enumerate(waiting, next_number(entries))}


def next_number(entries: Iterable[Entry]) -> int:
    """Return the number after the highest one of the event."""
    return 1 + max((entry.number for entry in entries if entry.number is not None), default=0)


def _needs_number(entry: Entry) -> bool:
    return entry.number is None and is_on_check_in_list(entry)


def _organisation_order(register: Iterable[Organisation]) -> dict[int, tuple[int, int]]:
    """Return the rank of each 団体: its 支部 in the order of the register, then its own row."""
    branches: dict[str, int] = {}
    ranks = {}
    for row, organisation in enumerate(register):
        branch = branches.setdefault(organisation.branch, len(branches))
        ranks[organisation.id] = (branch, row)
    return ranks


def _sort_key(
    entry: Entry, position: int, ranks: dict[int, tuple[int, int]], entries: Sequence[Entry]
) -> tuple[int, int, int, int]:
    """Return the sort key: 班 first (without one last), then the 団体; an unregistered 団体 by its first
    application.
    """
    group = entry.group_number if entry.group_number is not None else 10**6
    if entry.organisation_id in ranks:
        branch, row = ranks[entry.organisation_id]
        return group, branch, row, position
    first = next(
        (
            at
            for at, other in enumerate(entries)
            if not other.organisation_id and other.organisation_key == entry.organisation_key
        ),
        position,
    )
    return group, 10**6, first, position
