"""Whether the day of the PC is believed before something is erased for good: a clock that leapt ahead is asked about.

What was marked is erased on a later day, so that it can be taken back until then. A clock that is set a year ahead
ends that time at once, and no restore brings back what went. From one day on which something was recorded or backed up
to the next a month at most may lie; further on, somebody confirms the day of the PC, or sets the clock right.
"""

from __future__ import annotations

from datetime import date, datetime

from app.data_folder.services.backups import moments_of_backups
from db.backups.retention import MAX_CLOCK_LEAP
from db.records.disposals import Disposal
from db.rows import rows
from db.store import Store
from db.tables import journal
from db.tables import programme as programmes


class ClockCheck:
    """The days on which something was recorded or backed up, in their order, and those that somebody confirmed."""

    def __init__(self, store: Store) -> None:
        newest = programmes.newest(store.database)
        self._sample = newest is not None and newest.sample  # its days are no days of the PC
        self._steps = journal.moments(store.database)
        made = moments_of_backups(store.folder)
        self._days = sorted([*self._steps, *made], key=lambda one: one[0])
        confirmed = [one.confirmed_at for one in rows(store.database, Disposal)]
        self._confirmed = {one.date() for one in confirmed if one is not None}

    def is_plausible_since_mark(self, marked_at: datetime, today: date) -> bool:
        """Say whether the clock came to a day by no leap since something was marked."""
        seq = max((seq for seq, at in self._steps if at == marked_at), default=0)
        return self.is_plausible_since_step(seq, marked_at.date(), today)

    def is_plausible_since_step(self, seq: int, on: date, today: date) -> bool:
        """Say whether the clock came to a day by no leap since a step that was made on another."""
        believed = on
        for day in [*(at.date() for number, at in self._days if number >= seq), today]:
            if day <= believed + MAX_CLOCK_LEAP or day in self._confirmed:
                believed = day
        return self._sample or believed == today
