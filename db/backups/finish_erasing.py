"""Finish an erasing after its commit, in lists, freed pages, the change log, copies and files.

While the fact ``erased_upto`` is below the last erasing, every step is repeated at the next opening. A file
held by another program stays, is reported, and is done then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from db import erasing, folder_layout, lock_takeover, mapping, write_lock
from db.backups import backup, copies, erasing_lists
from db.digits import whole_number
from db.files import atomic_files, file_store, filesystem, storage_errors
from db.files.atomic_files import discard_folder
from db.journal import ERASING_SUBJECT
from db.store import Store
from db.tables import accounts, documents

FINISHED_FACT = "erased_upto"
_SHARED_FOLDERS = (backup.FOLDER_NAME, write_lock.FOLDER_NAME, write_lock.PRESENCE_NAME)
CleanupStep = Callable[[Store, datetime], object]


def is_due(store: Store) -> bool:
    """Return whether an erasing is not yet finished everywhere."""
    known = accounts.fact(store.database, FINISHED_FACT)
    return erasing.last_step(store.database) > (whole_number(known) or 0)


def finish(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Run every step; return a sentence for each that failed, and record completion when none did.

    Called by the holder of the write lock, before a backup or a copy is made of this opening.
    """
    if not is_due(store):
        return ()
    upto = erasing.last_step(store.database)
    left = run_steps(store, now, CLEANUP_STEPS, "消去したものが{}にまだ残っています。")
    if not left:
        accounts.set_fact(store.database, FINISHED_FACT, str(upto))
    return left


def run_steps(store: Store, now: datetime, steps: Sequence[tuple[str, CleanupStep]], message: str) -> tuple[str, ...]:
    """Run every step, also after one that failed; return a sentence for each that failed.

    Caught are failures of files and storage only.

    Args:
        message: the sentence for a failed step, with a place for its name.
    """
    left = []
    for words, part in steps:
        try:
            part(store, now)
        except (OSError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
            left.append(f"{message.format(words)}つぎに開いたときに、もう一度消します。")
    return tuple(left)


def _backups(store: Store) -> Path:
    return store.folder / backup.FOLDER_NAME


def _lists(store: Store, _now: datetime) -> None:
    erasing_lists.write_lists(_backups(store), store.database, store.keys)


def _freed_pages(store: Store, _now: datetime) -> None:
    """Rebuild the database file with secure delete, so that freed pages hold no erased text."""
    store.database.execute("PRAGMA secure_delete = ON")
    store.database.execute("VACUUM")


def rewrite_log(store: Store, _now: datetime) -> None:
    """Rewrite the change log's segments that differ from the journal or use an earlier key."""
    if store.change_log is not None:
        store.change_log.flush()
        rows = {int(row["seq"]): row for row in mapping.read(store.database, "SELECT * FROM journal ORDER BY seq")}
        store.change_log.rewrite(store.folder, rows)


def _kept_files(store: Store, _now: datetime) -> None:
    """Remove erased files from the live folder; raises the first error after trying all.

    Backups keep them while a kept generation names them.
    """
    held = []
    for name in documents.erased_file_hashes(store.database):
        try:
            file_store.remove(store.folder, name)
        except OSError as error:
            held.append(error)
    if held:
        raise held[0]


def republish(store: Store, now: datetime) -> None:
    """Publish a new copy and remove all earlier ones."""
    seat = store.write_lock.number if store.write_lock is not None else 0
    shown = copies.publish(store.database, store.keys, store.folder, now=now, lock_number=seat)
    copies.remove_older(store.folder, shown)


def remove_earlier_databases(store: Store, _now: datetime) -> None:
    """Remove the database files of earlier write locks, whose changes this opening reported; never as a reader."""
    if store.write_lock is None:
        return
    ours = lock_takeover.live_database(store.folder, store.keys)
    for _, path in folder_layout.database_files(store.folder):
        if path == ours:
            break
        filesystem.remove(path.with_name(path.name + lock_takeover.JOURNAL_ENDING), missing_ok=True)
        filesystem.remove(path, missing_ok=True)


def remove_half_written(store: Store, _now: datetime) -> None:
    """Remove half-written files older than this write lock, which may hold a whole copy of the data.

    Younger ones are being written now. Where others write without a numbered write lock nothing is looked for.
    """
    if store.write_lock is None:
        return
    claimed = store.write_lock.claimed_at()
    for path in atomic_files.unfinished_items(store.folder, exclude=_SHARED_FOLDERS):
        with suppress(FileNotFoundError):
            if path.lstat().st_mtime <= claimed:
                atomic_files.remove_unfinished(path)


def _late_generations(store: Store, _now: datetime) -> None:
    """Remove backups made without a password after an erasing from a published copy of before it."""
    steps = store.database.execute("SELECT seq, at FROM journal WHERE subject = ?", [ERASING_SUBJECT]).fetchall()
    nightly = [one for one in backup.generations(_backups(store)) if one.published_at is not None]
    for one in nightly:
        if any(one.contents.seq < int(seq) and one.created_at > datetime.fromisoformat(at) for seq, at in steps):
            discard_folder(one.path)


CLEANUP_STEPS: tuple[tuple[str, CleanupStep], ...] = (
    ("バックアップの一覧", _lists),
    ("データファイルの空いた所", _freed_pages),
    ("変更の控え", rewrite_log),
    ("データフォルダーの保管ファイル", _kept_files),
    ("閲覧用の写し", republish),
    ("引継ぎ前のファイル", remove_earlier_databases),
    ("書きかけのファイル", remove_half_written),
    ("あとから作ったバックアップ", _late_generations),
)
