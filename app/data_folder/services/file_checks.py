"""What lies beside the data, read again in the background: kept files, those longest unchecked first, each within 30
days; then the generations of the backups, one at a time; then the segments of the change log.

What is damaged is mended from what is whole; a generation that can't be used is set aside. So a damage that cost
nothing is said, and then comes to rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from app.common import failure_log
from app.data_folder.services.tidying import tidying
from db.backups import backup, change_log
from db.files.file_copies import FileCopies, mended_in_words
from db.store import Store
from db.tables import journal, papers

BUDGET = 4 << 20
"""Bytes read in one step: a moment on the slowest share, and half a gigabyte in an hour."""
_LOOK_EVERY = timedelta(hours=1)
_SAID = 5


class FileRound:
    """The round of one sitting over the kept files of its folder; what it finds damaged it mends from a whole copy.

    Attributes: ``notes`` what was found in this session, the newest last.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[str, int]] = []
        self._looked: datetime | None = None
        self._generations: list[backup.Generation] = []
        self._listed: datetime | None = None
        self._segments: list[Path] | None = None
        self.notes: tuple[str, ...] = ()

    def step(self, store: Store, *, now: datetime, budget: int = BUDGET) -> tuple[str, ...]:
        """Read at least one file that is due and at most ``budget`` bytes; return what was found in this session.

        Nothing is done in a folder that is open for reading only. The outcome stands beside the files, not in the data.
        """
        mended, store.mended[:] = list(store.mended), []
        if not store.read_only:
            failure_log.note_event("mended", len(mended))
            self._keep_in_mind(mended_in_words(mended))
            self._keep_in_mind(tidying("保管ファイルの確認", lambda: self._step(store, now, budget)))
            if not self._waiting:
                self._keep_in_mind(tidying("バックアップの確認", lambda: self._look_at_generation(store, now)))
                self._keep_in_mind(tidying("変更の控えの確認", lambda: self._look_at_segment(store)))
        return self.notes

    def keep_new_files(self, store: Store, *, now: datetime) -> tuple[str, ...]:
        """Copy the files that came since the last backup: a backup of the night without a password finds
        them proved."""
        if not store.read_only:
            self._keep_in_mind(tidying("新しい保管ファイルの写し", lambda: _keep_new(store, now)))
        return self.notes

    def _step(self, store: Store, now: datetime, budget: int) -> tuple[str, ...]:
        if not self._waiting:
            if not _is_time(self._looked, now):
                return ()
            self._looked = now
            self._waiting = _copies(store, now).due(papers.sums_of_stored_files(store.database))
        names: list[str] = []
        while self._waiting and (not names or self._waiting[0][1] <= budget):
            name, size = self._waiting.pop(0)
            names.append(name)
            budget -= size
        return _look_over(store, now, names)

    def _look_at_generation(self, store: Store, now: datetime) -> tuple[str, ...]:
        """Compare one generation that is due; which are is asked once an hour, as there are dozens on a share."""
        if not self._generations and _is_time(self._listed, now):
            self._listed = now
            self._generations = backup.to_look_at(store.folder / backup.FOLDER_NAME, now=now)
        said = backup.look_at(self._generations.pop(0), now=now) if self._generations else ""
        failure_log.note_event("found", int(bool(said)))
        return (said,) if said else ()

    def _look_at_segment(self, store: Store) -> tuple[str, ...]:
        """Read one segment of the log; every one is read once a sitting, the newest first."""
        if store.change_log is None:
            return ()
        if self._segments is None:
            self._segments = change_log.segments(store.folder)
        if not self._segments:
            return ()
        mended = store.change_log.mend(self._segments.pop(), partial(journal.rows_after, store.database))
        failure_log.note_event("mended", len(mended))
        return (f"変更の控えの読めないところ {len(mended)}件 を、データの履歴から書き直しました。",) if mended else ()

    def _keep_in_mind(self, said: tuple[str, ...]) -> None:
        self.notes = tuple(dict.fromkeys((*self.notes, *said)))[-_SAID:]


def _is_time(since: datetime | None, now: datetime) -> bool:
    return since is None or not timedelta(0) <= now - since < _LOOK_EVERY


def _keep_new(store: Store, now: datetime) -> tuple[str, ...]:
    return _look_over(store, now, _copies(store, now).unproved(papers.sums_of_stored_files(store.database)))


def _look_over(store: Store, now: datetime, names: Sequence[str]) -> tuple[str, ...]:
    said = _copies(store, now).look_over(names, papers.sums_of_stored_files(store.database)) if names else ()
    failure_log.note_event("found", len(said))
    return said


def _copies(store: Store, now: datetime) -> FileCopies:
    return backup.file_copies_of(store.folder, store.folder / backup.FOLDER_NAME, store.keys, now)
