"""Going on under a new data key: the database copied beside under its pages, and one rename that makes it count.

Before the keyring of the new key lies there whole, the folder opens by the one of before and the copy counts for
nothing; from then on only the new one opens it (``docs/decisions/0073``). Between the two nobody changes anything: the
seat is ours, and nothing is open.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db import connection, keyring, layout, lock_takeover
from db.backups import copies
from db.engine import Database
from db.files import on_disk, storage_errors
from db.files.whole_files import UNFINISHED, remove_folder
from db.keyring import Keyring
from db.keys import Keys
from db.write_lock import WriteLock

WAIT_SECONDS = connection.WAIT_SECONDS


def go_on_under_new_key(
    folder: Path,
    keys: Keys,
    ring: Keyring,
    following: Keys,
    seat: WriteLock,
    *,
    note: Callable[[Database], object],
    wait: float = WAIT_SECONDS,
) -> Path:
    """Copy the living database under the pages of ``following``, and write the keyring that opens it.

    Args:
        keys: those in force. ring: the sealed keyring of ``following``. seat: just taken, so that no keyring lies under
            its names. note: writes into the copy what is to stand there (the change itself) before it counts.
        wait: seconds for another program.

    Raises:
        StorageProblem: no room, no right, or the copy does not hold what the database holds; all is as before then.
        WriteLockLost: somebody took over. Unconfirmed: the folder does not answer.
    """
    source = lock_takeover.living(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    if seat.copied:
        raise storage_errors.Locked("taken over just now")
    final = layout.new_database(folder, seat.number, following.number)
    beside = folder / f"key-{seat.number:06d}{UNFINISHED}"
    if beside.is_dir():
        on_disk.remove_tree(beside)
    beside.mkdir()
    try:
        copy = beside / final.name
        _copied(source, copy, keys, following, wait=wait)
        database = connection.connect(copy, following.pages)
        try:
            note(database)
        finally:
            database.conn.close()
        if found := copies.look_into(copy, following).findings:
            raise storage_errors.Damaged(" / ".join(found))
        on_disk.sync_file(copy)
        on_disk.rename(copy, final)
    finally:
        remove_folder(beside)
    on_disk.sync_folder(folder)
    try:
        seat.confirm()
        keyring.write_as_it_is(folder, ring, seat=seat.number)
    except BaseException as error:
        if _counts(folder, ring):  # what the second copy lacks the next opening writes
            if isinstance(error, OSError):
                return final
            raise
        with suppress(OSError):
            on_disk.remove(final, missing_ok=True)
        raise
    return final


def _copied(source: Path, copy: Path, keys: Keys, following: Keys, *, wait: float) -> None:
    """Copy every page, and see that all is there."""
    living = connection.connect(source, keys.pages, wait=wait)
    try:
        held = copies.contents(living)
        copies.copy_database(living, following.pages, copy)
    finally:
        living.conn.close()
    if copies.look_into(copy, following) != held:
        raise storage_errors.Damaged("key change", happened="写した内容が、元のデータと合いませんでした。")


def _counts(folder: Path, ring: Keyring) -> bool:
    """Say whether one copy of the new keyring lies there: then it counts, whatever came of the other one."""
    return ring in (keyring.read_file(path) for path in layout.every_keyrings(folder)[0])
