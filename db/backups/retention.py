"""The retention rule of generations, and until when a backup may hold erased data; uses no files."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol, TypeVar

from db.record import frozen

KEEP_LATEST = 10
KEEP_DAYS = 30
KEEP_MONTHS = 36
"""How long the last generation of a month is kept where the office has set nothing."""
MAX_CLOCK_LEAP = timedelta(days=31)
"""The most that one day of work may advance the date by which backups age (a clock may be wrong)."""
_MONTHS = 12 * 12


class RetentionCandidate(Protocol):
    """A generation as the retention rule sees it; equal ``state`` means the same data and keyring."""

    @property
    def number(self) -> int:
        """Return its number, higher than that of any earlier one."""

    @property
    def created_at(self) -> datetime:
        """Return when it was made."""

    @property
    def counts_verified(self) -> bool | None:
        """Return whether its counts were verified with the key; None = not yet, as it was made without a password."""

    @property
    def state(self) -> object:
        """Return a comparable value for what it holds."""


_Candidate = TypeVar("_Candidate", bound=RetentionCandidate)


def plausible_today(generations: Sequence[_Candidate], today: date) -> date:
    """Return the date by which generations age, ``today`` unless the clock leapt more than a month.

    From one day with a backup to the next it advances by a month at most; a corrected clock resets it at
    once. After a real pause of months more is kept for a few days, which harms nobody.

    Args:
        generations: newest number first.
    """
    days = list(dict.fromkeys(one.created_at.date() for one in reversed(generations)))
    believed = days[0] if days else today
    for day in dict.fromkeys([*days, today]):
        believed = min(day, believed + MAX_CLOCK_LEAP)
    return min(believed, today)


def select_kept(generations: Sequence[_Candidate], *, today: date, months: int = KEEP_MONTHS) -> list[_Candidate]:
    """Return those of the ``generations``, given newest first, that the retention rule keeps, in the same order.

    ``months`` is how long month ends are kept.
    """
    distinct: list[_Candidate] = []
    for one in generations:
        if len(distinct) < KEEP_LATEST and sum(one.state == other.state for other in distinct) < 2:
            distinct.append(one)
    numbers = {one.number for one in (*generations[:KEEP_LATEST], *distinct)}
    numbers.update([one.number for one in generations if one.counts_verified][:1])
    last_of_day: dict[date, int] = {}
    last_of_month: dict[date, int] = {}
    first_month = (today.replace(day=1) - timedelta(days=365 * months // 12)).replace(day=1)
    for one in generations:
        day = one.created_at.date()
        if day >= today - timedelta(days=KEEP_DAYS):
            last_of_day.setdefault(day, one.number)
        if day >= first_month:
            last_of_month.setdefault(day.replace(day=1), one.number)
    numbers.update(last_of_day.values(), last_of_month.values())
    return [one for one in generations if one.number in numbers]


@frozen
class _HypotheticalGeneration:
    """A generation assumed for computing how long it would be kept."""

    number: int
    created_at: datetime
    counts_verified: bool | None = True

    @property
    def state(self) -> Hashable:
        """Return what distinguishes a generation."""
        return self.number


@lru_cache(maxsize=64)
def last_day_in_backups(day: date, months: int = KEEP_MONTHS) -> date:
    """Return the last day on which a generation made on ``day``, the last one of its month, is kept.

    Computed by running the rule itself. It goes with the first backup after that day. It stays longer where
    fewer states followed it than the rule keeps in any case, where the clock leapt, and in other folders,
    which nobody prunes.

    Args:
        day: the day of the last state that held what was erased since. months: how long month ends are kept.
    """
    made = [_generation_on(1, day)]
    first = _next_month(day)
    for number in range(2, _MONTHS):
        made.append(_generation_on(number, first))
        if number > KEEP_LATEST + 1 and made[0] not in select_kept(made[::-1], today=first, months=months):
            return first - timedelta(days=1)
        first = _next_month(first)
    raise ValueError("the rule keeps a generation without end")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _generation_on(number: int, day: date) -> _HypotheticalGeneration:
    """Return a made-up generation of a day, to ask the rule about it."""
    return _HypotheticalGeneration(number, datetime.combine(day, time(17)))
