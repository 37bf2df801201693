"""Checks whether the PC's date is plausible before data are erased for good.

Marked data are erased on a later day, so that marking can be undone until then. A clock set a year ahead would end that
time at once, and no restore brings erased data back. Between two consecutive days on which something was recorded or
backed up, at most one month may lie; after a longer gap somebody must confirm the PC's date or correct the clock."""

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
    """Checks for leaps of the clock, using the days of journal rows, backups and confirmations."""

    def __init__(self, store: Store):
        newest = programmes.newest(store.database)
        self._sample = newest is not None and newest.sample  # its days are no days of the PC
        self._steps = journal.moments(store.database)
        made = moments_of_backups(store.folder)
        self._days = sorted([*self._steps, *made], key=lambda one: one[0])
        confirmed = [one.confirmed_at for one in rows(store.database, Disposal)]
        self._confirmed = {one.date() for one in confirmed if one is not None}

    def is_plausible_since_mark(self, marked_at: datetime, today: date) -> bool:
        """Return whether the clock reached ``today`` without a leap since the mark at ``marked_at``."""
        seq = max((seq for seq, at in self._steps if at == marked_at), default=0)
        return self.is_plausible_since_step(seq, marked_at.date(), today)

    def is_plausible_since_step(self, seq: int, on: date, today: date) -> bool:
        """Return whether the clock reached ``today`` without a leap since journal row ``seq`` of the day ``on``."""
        believed = on
        for day in [*(at.date() for number, at in self._days if number >= seq), today]:
            if day <= believed + MAX_CLOCK_LEAP or day in self._confirmed:
                believed = day
        return self._sample or believed == today
