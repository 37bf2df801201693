"""Take over a silent holder's database by copying it, once it is unchanged, to a file of a new name.

The earlier holder may wake up at any moment and write into the old file. So that file is left alone, and the
copy counts only when checksums before and after agree; what was reported to the holder as saved is in it
(``docs/decisions/0012``).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from db import connection, folder_layout, journal
from db.digits import is_digits
from db.engine import Database
from db.files import filesystem, storage_errors
from db.files.atomic_files import UNFINISHED, remove_folder, sha256_of
from db.keys import Keys
from db.record import frozen
from db.tables import accounts
from db.write_lock import was_never_claimed

TAKEOVER_FACT = "taken_over"
_IGNORED_FACT = "passed_by"
JOURNAL_ENDING = "-journal"
TRIES = 20
_RETRY_PAUSE = 0.5


@frozen
class UnmergedChange:
    """A change in an outdated file that the live data lack (when, who, what; no personal names)."""

    file: str
    seq: int
    at: str
    by: str
    action: str


def live_database(folder: Path, keys: Keys) -> Path | None:
    """Return the database file of the highest write lock, leaving out ignored ones; None = there is no file.

    Raises:
        OSError: the folder cannot be read.
    """
    files = [path for _, path in folder_layout.database_files(folder, keys.number)]
    passed = len(ignored_databases(folder, keys))
    return files[-1 - passed] if files else None


def ignored_databases(folder: Path, keys: Keys) -> list[Path]:
    """Return files above the live one that only look like a database, of a number that nobody claimed.

    A file that the key proves is never ignored, nor one of a lock that was taken, however damaged: the one
    below it would be older data. Nor the only one.

    Raises:
        OSError: the folder cannot be read.
    """
    files = [path for _, path in folder_layout.database_files(folder, keys.number)]
    strange = unclaimed_databases(folder)
    found = []
    for path in reversed(files[1:]):
        if path not in strange or _opens(path, keys):
            break
        found.append(path)
    return found


def unclaimed_databases(folder: Path) -> list[Path]:
    """Return the database files of numbers that no write lock had, by the claims still kept.

    Raises:
        OSError: the folder cannot be read.
    """
    return [path for number, path in folder_layout.database_files(folder) if was_never_claimed(folder, number)]


def _opens(path: Path, keys: Keys) -> bool:
    """Return whether the key proves the first page, or the file cannot be read for another reason."""
    try:
        connection.connect(path, keys.pages, read_only=True).conn.close()
    except (storage_errors.NotOurs, storage_errors.Damaged):
        return False
    except storage_errors.StorageProblem:
        return path.is_file()
    return True


def continue_in_new_file(
    folder: Path,
    keys: Keys,
    *,
    lock_number: int,
    now: datetime,
    check: Callable[[Database], object],
) -> Path:
    """Copy the current database, let the engine recover the copy, check it, and rename it for the new lock.

    Args:
        check: examines the recovered copy and raises when it must not become the data.

    Raises:
        Locked: the file is still being written.
        Damaged: the copy is not sound; or what ``check`` raises.
    """
    source = live_database(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    final = folder_layout.new_database_path(folder, lock_number, keys.number)
    with private_copy(folder / f"taken-{lock_number:06d}", source) as copy:
        database = connection.connect(copy, keys.pages)
        try:
            findings = connection.check_pages(database) or journal.check_chain(database, keys.chain)
            if findings:
                raise storage_errors.Damaged(" / ".join(findings))
            check(database)
            if names := [path.name for path in ignored_databases(folder, keys)]:
                accounts.set_fact(database, _IGNORED_FACT, "/".join(names))
            accounts.set_fact(database, TAKEOVER_FACT, f"{lock_number}:{now.isoformat()}")
        finally:
            database.conn.close()
        filesystem.sync_file(copy)
        filesystem.rename(copy, final)
    filesystem.sync_folder(folder)
    return final


@contextmanager
def private_copy(folder_prefix: Path, source: Path) -> Iterator[Path]:
    """Yield a private, consistent copy of a database with its rollback journal, and remove it afterwards.

    Args:
        folder_prefix: what the name of the copy's own folder begins with.
        source: the database file.

    Raises:
        Locked: somebody keeps writing to the source.
    """
    folder = folder_prefix.with_name(f"{folder_prefix.name}{UNFINISHED}")
    if folder.is_dir():
        filesystem.remove_tree(folder)
    folder.mkdir()
    try:
        copy = folder / "desk.db"
        for attempt in range(TRIES):
            if attempt:
                time.sleep(_RETRY_PAUSE)
            if _copy_unchanged(source, copy):
                break
        else:
            raise storage_errors.Locked("still written")
        yield copy
    finally:
        remove_folder(folder)


def takeover_origin(database: Database) -> tuple[int, datetime | None]:
    """Return the lock number that began the file as a copy, and when (0 and None: no takeover).

    Changes of a lower lock beyond this file were never reported as saved: they were left behind, not lost.
    """
    seat, _, moment = accounts.fact(database, TAKEOVER_FACT).partition(":")
    return (int(seat), datetime.fromisoformat(moment)) if is_digits(seat) else (0, None)


def unmerged_changes(folder: Path, keys: Keys, database: Database, *, folder_prefix: Path) -> list[UnmergedChange]:
    """Return the changes in files of earlier holders that the live data lack.

    Args:
        folder_prefix: what the name of a temporary copy begins with.

    Raises:
        OSError, StorageProblem: such a file cannot be read.
    """
    rows_here = dict(database.execute("SELECT seq, chain FROM journal").fetchall())
    found = []
    strange = accounts.fact(database, _IGNORED_FACT).split("/")
    below = [one for _, one in folder_layout.database_files(folder) if folder_layout.key_number_of(one) <= keys.number][
        :-1
    ]
    for path in (one for one in below if one.name not in strange):
        with private_copy(folder_prefix, path) as copy:
            old = connection.connect(copy, keys.for_number(folder_layout.key_number_of(path)).pages)
            try:
                rows = old.execute("SELECT seq, chain, at, by, action FROM journal ORDER BY seq").fetchall()
            finally:
                old.conn.close()
        found += [
            UnmergedChange(path.name, int(seq), str(at), str(by), str(action))
            for seq, chain, at, by, action in rows
            if rows_here.get(seq) != chain
        ]
    return found


def _copy_unchanged(source: Path, copy: Path) -> bool:
    """Copy database and engine journal; return whether copies and sources were the same before and after."""
    before = _checksums(source)
    for ending in ("", JOURNAL_ENDING):
        target = copy.with_name(copy.name + ending)
        filesystem.remove(target, missing_ok=True)
        try:
            shutil.copyfile(source.with_name(source.name + ending), target)
        except FileNotFoundError:
            if not ending:
                raise
    return before == _checksums(copy) == _checksums(source)


def _checksums(path: Path) -> tuple[str, str]:
    return _checksum(path), _checksum(path.with_name(path.name + JOURNAL_ENDING))


def _checksum(path: Path) -> str:
    try:
        return sha256_of(path)
    except FileNotFoundError:
        return ""
