"""Checks stored files, backups and change log segments in the background, little by little.

Stored files are checked within 30 days, longest unchecked first; then the backups, one at a time; then the segments of
the change log. Damaged files are repaired from intact copies; an unusable backup is set aside. So a damage that lost
nothing is reported once and then settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from app.common import failure_log
from app.data_folder.services.cleanup import run_cleanup
from db.backups import backup, change_log
from db.files.file_copies import FileCopies, repaired_message
from db.store import Store
from db.tables import documents, journal

BYTES_PER_STEP = 4 << 20
"""Bytes read in one step: a moment on the slowest share, half a gigabyte in an hour."""
_CHECK_INTERVAL = timedelta(hours=1)
_MAX_NOTES = 5


class BackgroundChecks:
    """The background checks of one session; damaged files are repaired from an intact copy.

    Attributes: ``notes`` what was found in this session, newest last.
    """

    def __init__(self) -> None:
        self._files_to_check: list[tuple[str, int]] = []
        self._files_listed_at: datetime | None = None
        self._generations_to_check: list[backup.Generation] = []
        self._generations_listed_at: datetime | None = None
        self._segments_to_check: list[Path] | None = None
        self.notes: tuple[str, ...] = ()

    def check_next(self, store: Store, *, now: datetime) -> tuple[str, ...]:
        """Go on with the checks by one step; return the notes of this session.

        A step reads at least one due stored file, if any, and more up to ``BYTES_PER_STEP`` in all; once no file is
        due, it also checks one backup and one segment of the change log. Does nothing in a folder open for reading
        only. The result is stored beside the files, not in the database.
        """
        mended, store.repaired_files[:] = list(store.repaired_files), []
        if not store.read_only:
            failure_log.log_event("mended", len(mended))
            self._add_notes(repaired_message(mended))
            self._add_notes(run_cleanup("保管ファイルの確認", lambda: self._check_files(store, now)))
            if not self._files_to_check:
                self._add_notes(run_cleanup("バックアップの確認", lambda: self._check_generation(store, now)))
                self._add_notes(run_cleanup("変更の控えの確認", lambda: self._check_segment(store)))
        return self.notes

    def copy_new_files(self, store: Store, *, now: datetime) -> tuple[str, ...]:
        """Verify stored files added since the last backup and copy them there; return all notes of the session.

        A nightly backup without a password then finds them verified.
        """
        if not store.read_only:
            self._add_notes(
                run_cleanup(
                    "新しい保管ファイルの写し",
                    lambda: _check_contents(
                        store,
                        now,
                        _file_copies(store, now).unverified_files(documents.checksums_of_stored_files(store.database)),
                    ),
                )
            )
        return self.notes

    def _check_files(self, store: Store, now: datetime) -> tuple[str, ...]:
        """Check and repair the next due stored files, a few at a time; return the messages."""
        if not self._files_to_check:
            if not _is_due(self._files_listed_at, now):
                return ()
            self._files_listed_at = now
            self._files_to_check = _file_copies(store, now).due_for_check(
                documents.checksums_of_stored_files(store.database)
            )
        names: list[str] = []
        budget = BYTES_PER_STEP
        while self._files_to_check and (not names or self._files_to_check[0][1] <= budget):
            name, size = self._files_to_check.pop(0)
            names.append(name)
            budget -= size
        return _check_contents(store, now, names)

    def _check_generation(self, store: Store, now: datetime) -> tuple[str, ...]:
        """Check one due backup and return what is wrong.

        The list of due ones is read once an hour, as there are dozens on a share.
        """
        if not self._generations_to_check and _is_due(self._generations_listed_at, now):
            self._generations_listed_at = now
            self._generations_to_check = backup.generations_to_verify(store.folder / backup.FOLDER_NAME, now=now)
        said = backup.verify_parts(self._generations_to_check.pop(0), now=now) if self._generations_to_check else ""
        failure_log.log_event("found", int(bool(said)))
        return (said,) if said else ()

    def _check_segment(self, store: Store) -> tuple[str, ...]:
        """Check one segment of the change log, newest first, each once per session; repair it and return a message."""
        if store.change_log is None:
            return ()
        if self._segments_to_check is None:
            self._segments_to_check = change_log.segments(store.folder)
        if not self._segments_to_check:
            return ()
        mended = store.change_log.repair(self._segments_to_check.pop(), partial(journal.rows_after, store.database))
        failure_log.log_event("mended", len(mended))
        return (f"変更の控えの読めないところ {len(mended)}件 を、データの履歴から書き直しました。",) if mended else ()

    def _add_notes(self, notes: tuple[str, ...]) -> None:
        self.notes = tuple(dict.fromkeys((*self.notes, *notes)))[-_MAX_NOTES:]


def _is_due(since: datetime | None, now: datetime) -> bool:
    """Return whether a list last read at ``since`` (None = never) is to be read again."""
    return since is None or not timedelta(0) <= now - since < _CHECK_INTERVAL


def _check_contents(store: Store, now: datetime, names: Sequence[str]) -> tuple[str, ...]:
    """Check these stored files and their backup copies, repair damaged ones and return the messages."""
    said = (
        _file_copies(store, now).check_contents(names, documents.checksums_of_stored_files(store.database))
        if names
        else ()
    )
    failure_log.log_event("found", len(said))
    return said


def _file_copies(store: Store, now: datetime) -> FileCopies:
    """Return the stored files of the folder and of its backups, paired for repair."""
    return backup.file_copies_of(store.folder, store.folder / backup.FOLDER_NAME, store.keys, now)
