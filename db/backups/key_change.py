"""Switch to a new data key by copying the database under it, then putting the new keyring in place.

Until the new keyring is complete the folder opens with the earlier key and the copy does not count; from then
on only the new key opens it (``docs/decisions/0073``). Nobody changes anything in between: this program holds
the write lock, and nothing is open.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db import connection, folder_layout, keyring, lock_takeover
from db.backups import copies
from db.engine import Database
from db.files import filesystem, storage_errors
from db.files.atomic_files import UNFINISHED, remove_folder
from db.keyring import Keyring
from db.keys import Keys
from db.write_lock import WriteLock

WAIT_SECONDS = connection.WAIT_SECONDS


def switch_to_new_key(
    folder: Path,
    keys: Keys,
    ring: Keyring,
    new_keys: Keys,
    write_lock: WriteLock,
    *,
    note: Callable[[Database], object],
    wait: float = WAIT_SECONDS,
) -> Path:
    """Copy the live database under the page key of ``new_keys``, and write the keyring that opens it.

    Args:
        keys: the current ones.
        ring: the sealed keyring of ``new_keys``.
        write_lock: just taken, so that no keyring has its number yet.
        note: writes into the copy what must be recorded there before it counts.
        wait: seconds to wait for another program.

    Raises:
        StorageProblem: no room, no right, or the copy does not hold what the database holds; all is as before then.
        WriteLockLost: somebody took over.
        LockUnconfirmed: the folder does not answer.
    """
    source = lock_takeover.live_database(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    if write_lock.copied:
        raise storage_errors.Locked("taken over just now")
    final = folder_layout.new_database_path(folder, write_lock.number, new_keys.number)
    beside = folder / f"key-{write_lock.number:06d}{UNFINISHED}"
    if beside.is_dir():
        filesystem.remove_tree(beside)
    beside.mkdir()
    try:
        copy = beside / final.name
        _copy_to_new_key(source, copy, keys, new_keys, wait=wait)
        database = connection.connect(copy, new_keys.pages)
        try:
            note(database)
        finally:
            database.conn.close()
        if found := copies.inspect_copy(copy, new_keys).findings:
            raise storage_errors.Damaged(" / ".join(found))
        filesystem.sync_file(copy)
        filesystem.rename(copy, final)
    finally:
        remove_folder(beside)
    filesystem.sync_folder(folder)
    try:
        write_lock.confirm()
        keyring.write_sealed(folder, ring, lock_number=write_lock.number)
    except BaseException as error:
        if _is_in_effect(folder, ring):  # the next opening writes the missing second copy
            if isinstance(error, OSError):
                return final
            raise
        with suppress(OSError):
            filesystem.remove(final, missing_ok=True)
        raise
    return final


def _copy_to_new_key(source: Path, copy: Path, keys: Keys, new_keys: Keys, *, wait: float) -> None:
    """Copy every page to a database under the new key; raises Damaged where the copy is not complete."""
    living = connection.connect(source, keys.pages, wait=wait)
    try:
        held = copies.contents(living)
        copies.copy_database(living, new_keys.pages, copy)
    finally:
        living.conn.close()
    if copies.inspect_copy(copy, new_keys) != held:
        raise storage_errors.Damaged("key change", happened="写した内容が、元のデータと合いませんでした。")


def _is_in_effect(folder: Path, ring: Keyring) -> bool:
    """Return whether one of the two files of the new keyring exists, which puts it into effect."""
    return ring in (keyring.read_file(path) for path in folder_layout.all_keyring_paths(folder)[0])
