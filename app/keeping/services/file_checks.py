"""The contents of the kept files, read again in the background: those longest unchecked first, each within 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.keeping.services.tidying import tidying
from db import backup
from db.file_copies import FileCopies, mended_in_words
from db.store import Store
from db.tables import papers

BUDGET = 4 << 20
"""Bytes read in one step: a moment on the slowest share, and half a gigabyte in an hour."""
_LOOK_EVERY = timedelta(hours=1)
_SAID = 5


class FileRound:
    """The round of one sitting over the kept files of its folder; what it finds damaged it mends from a whole copy.

    Attributes: ``notes`` what was found in this sitting, the newest last.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[str, int]] = []
        self._looked: datetime | None = None
        self.notes: tuple[str, ...] = ()

    def step(self, store: Store, *, now: datetime, budget: int = BUDGET) -> tuple[str, ...]:
        """Read at least one file that is due and at most ``budget`` bytes; return what was found in this sitting.

        Nothing is done in a folder that is open for reading only. The outcome stands beside the files, not in the data.
        """
        mended, store.mended[:] = list(store.mended), []
        if not store.read_only:
            self._keep_in_mind(mended_in_words(mended))
            self._keep_in_mind(tidying("保管ファイルの確認", lambda: self._step(store, now, budget)))
        return self.notes

    def keep_new_files(self, store: Store, *, now: datetime) -> tuple[str, ...]:
        """Copy the files that came since the last backup: a backup of the night without a password finds them proved."""
        if not store.read_only:
            self._keep_in_mind(tidying("新しい保管ファイルの写し", lambda: _keep_new(store, now)))
        return self.notes

    def _step(self, store: Store, now: datetime, budget: int) -> tuple[str, ...]:
        if not self._waiting:
            if self._looked is not None and timedelta(0) <= now - self._looked < _LOOK_EVERY:
                return ()
            self._looked = now
            self._waiting = _copies(store, now).due(papers.sums_of_stored_files(store.database))
        names: list[str] = []
        while self._waiting and (not names or self._waiting[0][1] <= budget):
            name, size = self._waiting.pop(0)
            names.append(name)
            budget -= size
        return _look_over(store, now, names)

    def _keep_in_mind(self, said: tuple[str, ...]) -> None:
        self.notes = tuple(dict.fromkeys((*self.notes, *said)))[-_SAID:]


def _keep_new(store: Store, now: datetime) -> tuple[str, ...]:
    return _look_over(store, now, _copies(store, now).unproved(papers.sums_of_stored_files(store.database)))


def _look_over(store: Store, now: datetime, names: Sequence[str]) -> tuple[str, ...]:
    return _copies(store, now).look_over(names, papers.sums_of_stored_files(store.database)) if names else ()


def _copies(store: Store, now: datetime) -> FileCopies:
    return FileCopies(store.folder, store.folder / backup.FOLDER_NAME, store.keys, now)
