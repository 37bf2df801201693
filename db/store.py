"""An opened data folder with its database and keys, through which every change is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from db import connection, folder_layout, journal
from db.accesses.recorder import AccessRecorder
from db.backups.change_log import ChangeLog
from db.engine import Database
from db.files import filesystem, storage_errors
from db.keys import Keys
from db.query_cache import caching
from db.records.accounts import Access, AccessAct, JournalEntry
from db.stale_check import StaleCheck
from db.touched_tables import Schema, TouchedTables, read_schema
from db.write_lock import WriteLock

DATABASE_NAME = "desk.db"
_Result = TypeVar("_Result")


@dataclass(eq=False)
class Store:
    """One opened data folder, passed to every service.

    Attributes:
        folder: the data folder.
        database: the connection (one writer).
        login_id: who opened it.
        display_name: the name for the journal.
        read_only: nothing can be changed: a published copy is read, or a colleague took the write lock over.
        after_commit: functions called with the journal row of each committed change (the change log).
        before_commit: functions called with the journal row just before its commit, which their exception
            prevents (a 当日持出しファイル, where the row in the file is what counts as saved).
        change_log, write_lock: of an opened data folder.
        published_at: the time of the published copy that is read.
        stale_check: what the person who saves saw when the form was opened (``saving_with_stale_check``).
        repaired_files: names of stored files that were damaged when opened and came back from the backups,
            reported once by the next file check.
        accesses: records what this session opens and lets out (None = a 当日持出しファイル).
        restriction: why this person may change nothing and release nothing ("" = may; tested in ``change`` alone,
            through which everything that leaves goes too).
    """

    folder: Path
    database: Database
    keys: Keys
    login_id: str
    read_only: bool = False
    after_commit: list[Callable[[dict[str, Any]], None]] = field(default_factory=list)
    before_commit: list[Callable[[dict[str, Any]], None]] = field(default_factory=list)
    display_name: str = ""
    change_log: ChangeLog | None = None
    write_lock: WriteLock | None = None
    published_at: datetime | None = None
    stale_check: StaleCheck | None = None
    repaired_files: list[str] = field(default_factory=list)
    accesses: AccessRecorder | None = None
    restriction: storage_errors.Restriction = ""
    _unconfirmed: list[dict[str, Any]] = field(default_factory=list)
    _file: Path | None = None

    @contextmanager
    def change(
        self,
        *,
        action: str,
        by: str,
        now: datetime,
        subject: str = "",
        event_id: int | None = None,
        barrier: bool = False,
        undo_of: int | None = None,
        redo_of: int | None = None,
    ) -> Iterator[journal.Change]:
        """Open the one transaction of a user action; its journal row is written before the commit.

        Without ``barrier`` nothing is recorded where no row was written.

        Args:
            action: what was done, in the words of the window (「資料を確認済にした」), no personal names.
            by: who (display name).
            now: when (local time).
            subject: the area it belongs to ("materials").
            event_id: the event it concerns, for its 履歴.
            barrier: True where it has an effect outside (saving, printing) or is irreversible (a key, the first
                year): undo does not reach past it where it holds (``JournalEntry``).
            undo_of, redo_of: the number of the journal entry that it takes back or repeats.

        Raises:
            RestrictedError: this person may only read.
            EditConflict, ChangedSince: a colleague changed the same (``stale_check``); everything is rolled back.
            StorageProblem: the folder is read-only, full or locked; everything is rolled back.
            WriteLockLost: a colleague took over.
            LockUnconfirmed: the folder does not answer. These two may come after the commit too: then the change
                is not reported as saved.
        """
        if self.restriction and self.accesses is not None:
            self.accesses.note(Access(at=now, act=AccessAct.REFUSED))
        self.check_unrestricted()
        if self.read_only:
            raise storage_errors.ReadOnlyMode(action)
        if self._unconfirmed:
            self.confirm_commits()
        row = None
        try:
            self.database.execute("BEGIN IMMEDIATE")
            change = journal.Change(self.database, self.stale_check)
            yield change
            if barrier or not change.is_empty:
                entry = JournalEntry(
                    seq=0,
                    at=now,
                    by=by,
                    action=action,
                    subject=subject,
                    event_id=event_id,
                    undo_of=undo_of,
                    redo_of=redo_of,
                    barrier=barrier,
                )
                row = journal.append(
                    self.database, self.keys.chain, entry, change.payload(), lock_number=self._journal_lock_number()
                )
                for kept in self.before_commit:
                    kept(row)
                if self.accesses is not None:
                    self.accesses.write(self.database, change, row)
            self._commit()
        except BaseException as error:
            self._roll_back()
            problem = environment_problem(error)
            if problem is not None:
                raise problem from error
            raise
        if row is not None:
            self._unconfirmed.append(row)
            self.confirm_commits()

    def write_accesses(self) -> bool:
        """Write the accesses that wait, and those that others left in files; who only reads writes his own file.

        Return False where that file could not be written; the next call tries again.

        Raises:
            StorageProblem: the database takes nothing; the next change or call writes them.
        """
        if self.accesses is None or self.read_only:
            return self.accesses is None or self.accesses.write_to_file()
        self.accesses.close_file()
        try:
            self.database.execute("BEGIN IMMEDIATE")
            self.accesses.take_in(self.database)
            self.accesses.write(self.database)
            self._commit()
        except BaseException as error:
            self._roll_back()
            raise environment_problem(error) or error from error
        return True

    def _commit(self) -> None:
        self.database.execute("COMMIT")
        if self.accesses is not None:
            self.accesses.settle()

    def _roll_back(self) -> None:
        if self.accesses is not None:
            self.accesses.roll_back()
        with suppress(*storage_errors.ENGINE_ERRORS):
            connection.roll_back(self.database)

    def check_may_look(self) -> None:
        """Raise ``RestrictedError`` for 点検 and for a temporary password: neither is shown any data."""
        if self.restriction in ("checker", "given"):
            self.check_unrestricted()

    def check_unrestricted(self) -> None:
        """Raise ``RestrictedError`` unless the person may change data and release names."""
        if self.restriction:
            raise storage_errors.restriction_error(self.restriction)

    @cached_property
    def schema(self) -> Schema:
        """Return the tables and triggers of the database, which stay while it is open."""
        return read_schema(self.database)

    def read_with_retry(self, query: Callable[[Store], _Result], touched: TouchedTables) -> _Result:
        """Run a person's ``query`` as ``connection.read_with_retry`` does, with cached queries.

        ``touched`` gets the tables that it reads and writes.
        """
        with caching(self.database), touched.recording(self.database, self.schema):
            return connection.read_with_retry(self.database, query, self)

    @contextmanager
    def saving_with_stale_check(self, stale_check: StaleCheck | None) -> Iterator[None]:
        """Compare every row changed within the block with what the person saw (None = no comparison)."""
        self.stale_check = stale_check
        try:
            yield
        finally:
            self.stale_check = None

    def confirm_commits(self) -> int:
        """Confirm that the write lock is still held, and pass commits to the change log; return how many.

        The order is the guarantee: commit, own claim read, log, and only then 「保存しました」.

        Raises:
            WriteLockLost: a colleague took over; the store only reads from then on.
            LockUnconfirmed: the folder does not answer; what was committed waits for the next call.
        """
        if self.write_lock is not None:
            try:
                if not self.is_database_in_place():
                    raise storage_errors.LockUnconfirmed("another folder in its place")
                self.write_lock.confirm()
            except storage_errors.WriteLockLost as problem:
                self.read_only = True
                raise storage_errors.WriteLockLost(
                    problem.details, holder=problem.holder, pending=bool(self._unconfirmed)
                ) from problem
        proven, self._unconfirmed = self._unconfirmed, []
        for row in proven:
            for told in self.after_commit:
                told(row)
        return len(proven)

    def is_database_in_place(self) -> bool:
        """Return whether the open database is still the file at its path, and not a copy in its place.

        True where that cannot be determined; a missing folder is detected when the write lock is confirmed.
        """
        if self._file is None:
            with suppress(OSError):
                self._file = folder_layout.database_of(self.folder, self.keys.number)
        return self._file is None or filesystem.is_open_here(self._file) is not False

    def _journal_lock_number(self) -> int:
        """Return the lock number for the journal; 0 for older data and files without a write lock."""
        placed = self.change_log is not None and self.change_log.version >= journal.FIRST_WITH_LOCKS
        return self.write_lock.number if self.write_lock is not None and placed else 0

    @property
    def unconfirmed_action(self) -> str:
        """Return the action text of the last commit that is not confirmed ("" = none)."""
        return str(self._unconfirmed[-1]["action"]) if self._unconfirmed else ""

    @property
    def unconfirmed_count(self) -> int:
        """Return how many commits still wait for confirmation."""
        return len(self._unconfirmed)


def environment_problem(error: BaseException) -> storage_errors.StorageProblem | None:
    """Return the environment's error behind ``error``, None for a bug such as a failed constraint."""
    if "constraint" in str(error).lower():
        return None
    return storage_errors.to_storage_problem(error)
