"""What day it is for a data folder: the sample year carries its own today, any other has the PC's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from db.store import Store
from db.tables import journal
from db.tables import programme as table

_MAX_CLOCK_GAP: Final = timedelta(hours=1)
"""As far as two PCs of one office may stand apart without a word."""


def today_of(store: Store, real_now: datetime) -> date:
    """Return the day that rules shall call today: 見本の今日, else the day of ``real_now`` (local time)."""
    return now_of(store, real_now).date()


def now_of(store: Store, real_now: datetime) -> datetime:
    """Return ``real_now`` with the day of the sample year put in its place (the time of day is kept)."""
    programme = table.newest(store.database)
    if programme is None or not programme.sample or programme.sample_today is None:
        return real_now
    return datetime.combine(programme.sample_today, real_now.timetz())


def latest_record_after(store: Store, real_now: datetime) -> datetime | None:
    """Return the moment of the latest record when the PC's clock stands well before it; None when the clock may be
    right.

    A clock set back makes every deadline look further away than it is, and writes records before those they rest on.
    """
    latest = journal.latest_moment(store.database)
    return latest if latest is not None and latest - real_now > _MAX_CLOCK_GAP else None
