"""The rule by which generations are kept, without a file: which of them, and until when one may hold what went."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Protocol, TypeVar

KEEP_LATEST: Final = 10
KEEP_DAYS: Final = 30
KEEP_YEARS: Final = 3
MAX_CLOCK_LEAP: Final = timedelta(days=31)
"""How far one day of work may move the day by which backups grow old: a clock years ahead ends no generation."""
_MONTHS: Final = 12 * 12


class RetentionCandidate(Protocol):
    """What the rule asks of a generation; two of the same ``state`` hold the same data and keyring."""

    @property
    def number(self) -> int:
        """Its number, higher than that of any earlier one."""

    @property
    def created_at(self) -> datetime:
        """When it was made."""

    @property
    def counts_verified(self) -> bool | None:
        """Whether it was opened and counted."""

    @property
    def state(self) -> object:
        """What it holds, to be compared."""


_Candidate = TypeVar("_Candidate", bound=RetentionCandidate)


def plausible_today(generations: Sequence[_Candidate], today: date) -> date:
    """Return the day by which generations are old: ``today``, unless the clock leapt further than a month.

    From one day on which a backup was made to the next it goes on by a month at most; a clock put right brings it back
    at once. After a real pause of months more is kept for a few days, which harms nobody.

    Args:
        generations: the generations, newest number first.
    """
    days = list(dict.fromkeys(one.created_at.date() for one in reversed(generations)))
    believed = days[0] if days else today
    for day in dict.fromkeys([*days, today]):
        believed = min(day, believed + MAX_CLOCK_LEAP)
    return min(believed, today)


def select_kept(generations: Sequence[_Candidate], *, today: date) -> list[_Candidate]:
    """Return those of ``generations`` (newest first) that the rule keeps."""
    distinct: list[_Candidate] = []
    for one in generations:
        if len(distinct) < KEEP_LATEST and sum(one.state == other.state for other in distinct) < 2:
            distinct.append(one)
    numbers = {one.number for one in (*generations[:KEEP_LATEST], *distinct)}
    numbers.update([one.number for one in generations if one.counts_verified][:1])
    last_of_day: dict[date, int] = {}
    last_of_month: dict[date, int] = {}
    years_ago = (today.replace(day=1) - timedelta(days=365 * KEEP_YEARS)).replace(day=1)
    for one in generations:
        day = one.created_at.date()
        if day >= today - timedelta(days=KEEP_DAYS):
            last_of_day.setdefault(day, one.number)
        if day >= years_ago:
            last_of_month.setdefault(day.replace(day=1), one.number)
    numbers.update(last_of_day.values(), last_of_month.values())
    return [one for one in generations if one.number in numbers]


@dataclass(frozen=True)
class _HypotheticalGeneration:
    """A generation that is only thought of."""

    number: int
    created_at: datetime
    counts_verified: bool | None = True

    @property
    def state(self) -> Hashable:
        return self.number


@lru_cache(maxsize=64)
def last_day_in_backups(day: date) -> date:
    """Return the last day on which a generation made on ``day``, the last one of its month, is kept.

    Asked of the rule, not counted beside it. It goes with the first backup after that day. It stays longer where fewer
    states followed it than the rule keeps in any case, where the clock leapt, and in another place than the data
    folder, which nobody tidies.

    Args:
        day: the day of the last state that held what was erased since.
    """
    made = [_generation_on(1, day)]
    first = _next_month(day)
    for number in range(2, _MONTHS):
        made.append(_generation_on(number, first))
        if number > KEEP_LATEST + 1 and made[0] not in select_kept(made[::-1], today=first):
            return first - timedelta(days=1)
        first = _next_month(first)
    raise ValueError("the rule keeps a generation without end")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _generation_on(number: int, day: date) -> _HypotheticalGeneration:
    return _HypotheticalGeneration(number, datetime.combine(day, time(17)))
