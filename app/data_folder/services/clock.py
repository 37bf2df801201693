"""The current day of a data folder: the sample year has its own today, any other uses the PC's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from db.store import Store
from db.tables import journal
from db.tables import programme as table

_MAX_CLOCK_GAP = timedelta(hours=1)
"""Difference between two PCs' clocks that is tolerated silently."""


def today_of(store: Store, real_now: datetime) -> date:
    """Return the current day for rules: 見本の今日, else the day of ``real_now`` (local time)."""
    return now_of(store, real_now).date()


def now_of(store: Store, real_now: datetime) -> datetime:
    """Return ``real_now`` with its day replaced by that of the sample year, if it is one."""
    programme = table.newest(store.database)
    if programme is None or not programme.sample or programme.sample_today is None:
        return real_now
    return datetime.combine(programme.sample_today, real_now.timetz())


def latest_record_after(store: Store, real_now: datetime) -> datetime | None:
    """Return the time of the latest record if ``real_now`` is more than an hour before it, else None.

    A clock set back makes every deadline look further away than it is, and writes records before those they depend on.
    """
    latest = journal.latest_moment(store.database)
    return latest if latest is not None and latest - real_now > _MAX_CLOCK_GAP else None
