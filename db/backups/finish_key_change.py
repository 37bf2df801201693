"""Finish a change of the data key in kept files, the change log, published copies and old files.

While the fact ``key_changed`` is behind the current key, every step is repeated at the next opening. Files
under the earlier key are removed only when a verified backup exists that the new key opens. Earlier backups
stay as they are: their keyrings open them for those who could open them then, until the retention rule
removes them.
"""

from __future__ import annotations

from datetime import datetime

from db import folder_layout, keyring
from db.backups import backup, finish_erasing
from db.digits import whole_number
from db.files import filesystem, storage_errors
from db.store import Store
from db.tables import accounts

FINISHED_FACT = "key_changed"


def is_due(store: Store) -> bool:
    """Return whether something in the folder is still encrypted with an earlier key."""
    return store.keys.number > (whole_number(accounts.fact(store.database, FINISHED_FACT)) or 1)


def finish(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Run every step; return a sentence for each that failed, and record the key when none did.

    Called by the holder of the write lock, after the backup of this opening.
    """
    if not is_due(store):
        return ()
    left = finish_erasing.run_steps(store, now, CLEANUP_STEPS, "前の鍵で書いたものが、{}にまだ残っています。")
    if not left:
        accounts.set_fact(store.database, FINISHED_FACT, str(store.keys.number))
    return left


def _kept_files(store: Store, now: datetime) -> None:
    """Encrypt the kept files again that are still under an earlier key."""
    backup.file_copies_of(store.folder, store.folder / backup.FOLDER_NAME, store.keys, now).reseal()


def _old_key_files(store: Store, now: datetime) -> None:
    """Remove database and keyring of the earlier key; raises StorageProblem while no verified backup exists."""
    made = backup.generations(store.folder / backup.FOLDER_NAME)
    if not any(one.key_number == store.keys.number and one.counts_verified for one in made):
        raise storage_errors.StorageProblem("no backup under the key in force")
    finish_erasing.remove_earlier_databases(store, now)
    kept = keyring.current_paths(store.folder, store.keys.keyring)
    for path in folder_layout.earlier_keyring_paths(store.folder, kept):
        filesystem.remove(path, missing_ok=True)


CLEANUP_STEPS: tuple[tuple[str, finish_erasing.CleanupStep], ...] = (
    ("データフォルダーの保管ファイル", _kept_files),
    ("変更の控え", finish_erasing.rewrite_log),
    ("閲覧用の写し", finish_erasing.republish),
    ("書きかけのファイル", finish_erasing.remove_half_written),
    ("前の鍵のデータファイルと鍵ファイル", _old_key_files),
)
