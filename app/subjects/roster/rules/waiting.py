"""The waiting list of an event: who is next, and the numbers that close up when somebody leaves it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.subjects.events.rules.taking_part import is_coming
from db.records.roster import Entry


def in_line(entries: Iterable[Entry]) -> list[Entry]:
    """Return the 補欠 in their order; who told an absence waits no longer."""
    waiting = [entry for entry in entries if entry.state == "補欠" and entry.absent_told_at is None]
    return sorted(waiting, key=lambda one: (one.waiting_order is None, one.waiting_order or 0, one.id))


def next_in_line(entries: Iterable[Entry]) -> Entry | None:
    """Return the 補欠 whose turn it is, or None."""
    return next(iter(in_line(entries)), None)


def closed_up(entries: Iterable[Entry], *, without: Collection[int] = ()) -> dict[int, int]:
    """Return the new number of every 補欠 whose number changes when ``without`` leave the list; the order is kept."""
    staying = [entry for entry in in_line(entries) if entry.id not in without]
    return {entry.id: number for number, entry in enumerate(staying, start=1) if entry.waiting_order != number}


def last_place(entries: Iterable[Entry]) -> int:
    """Return the number that a new 補欠 gets: behind everybody who waits."""
    return 1 + max((entry.waiting_order or 0 for entry in in_line(entries)), default=0)


def free_places(entries: Iterable[Entry], capacity: int) -> int:
    """Return how many places are free; below zero when more come than there is room for."""
    return capacity - sum(is_coming(entry) for entry in entries)
