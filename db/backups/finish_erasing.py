"""What an erasing still has to reach after its commit: lists, freed pages, the change log, copies and earlier files.

Each part is told by what lies there: as long as the fact ``erased_upto`` lies below the last step of erasing, all of
them are done once more at the next opening. What is held by another program stays, is said, and is done then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from db import erasing, folder_layout, lock_takeover, mapping, write_lock
from db.backups import backup, copies, erasing_lists
from db.files import atomic_files, file_store, filesystem, storage_errors
from db.files.atomic_files import discard_folder
from db.journal import ERASING_SUBJECT
from db.store import Store
from db.tables import accounts, documents

FINISHED_FACT: Final = "erased_upto"
_SHARED_FOLDERS: Final = (backup.FOLDER_NAME, write_lock.FOLDER_NAME, write_lock.PRESENCE_NAME)
CleanupStep = Callable[[Store, datetime], object]


def is_due(store: Store) -> bool:
    """Say whether an erasing is not finished everywhere."""
    known = accounts.fact(store.database, FINISHED_FACT)
    return erasing.last_step(store.database) > (int(known) if known.isdecimal() else 0)


def finish(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Do every part; return a sentence for each that could not be done, and note the step when none is left.

    Called by the one who sits there, before a backup or a copy is made of this opening.
    """
    if not is_due(store):
        return ()
    upto = erasing.last_step(store.database)
    left = run_steps(store, now, CLEANUP_STEPS, "消去したものが{}にまだ残っています。")
    if not left:
        accounts.set_fact(store.database, FINISHED_FACT, str(upto))
    return left


def run_steps(store: Store, now: datetime, steps: Sequence[tuple[str, CleanupStep]], message: str) -> tuple[str, ...]:
    """Do every part, whatever became of the one before it; return a sentence for each that could not be done.

    Args:
        message: what is said then, with a place for the name of the part.
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
    store.database.execute("PRAGMA secure_delete = ON")
    store.database.execute("VACUUM")


def rewrite_log(store: Store, _now: datetime) -> None:
    """Segments that hold what the journal no longer does, or lie under a key of before, are written anew."""
    if store.change_log is not None:
        store.change_log.flush()
        rows = {int(row["seq"]): row for row in mapping.read(store.database, "SELECT * FROM journal ORDER BY seq")}
        store.change_log.rewrite(store.folder, rows)


def _kept_files(store: Store, _now: datetime) -> None:
    """Files leave the living folder; in the backups they stay as long as a kept generation names them."""
    held: list[OSError] = []
    for name in documents.erased_file_hashes(store.database):
        try:
            file_store.remove(store.folder, name)
        except OSError as error:
            held.append(error)
    if held:
        raise held[0]


def republish(store: Store, now: datetime) -> None:
    """Publish, and let every copy of before go."""
    seat = store.write_lock.number if store.write_lock is not None else 0
    shown = copies.publish(store.database, store.keys, store.folder, now=now, lock_number=seat)
    copies.remove_older(store.folder, shown)


def remove_earlier_databases(store: Store, _now: datetime) -> None:
    """Files left behind by those who were taken over: what they hold beyond the living one was told at this opening."""
    if store.write_lock is None:
        return
    ours = lock_takeover.live_database(store.folder, store.keys)
    for _, path in folder_layout.database_files(store.folder):
        if path == ours:
            break
        filesystem.remove(path.with_name(path.name + lock_takeover.JOURNAL_ENDING), missing_ok=True)
        filesystem.remove(path, missing_ok=True)


def remove_half_written(store: Store, _now: datetime) -> None:
    """What a stop left half written holds what was there then, a whole copy of the data perhaps: it goes at once.

    What is younger than our seat is being written now. Where others write without the seat nothing is looked for.
    """
    if store.write_lock is None:
        return
    claimed = store.write_lock.claimed_at()
    for path in atomic_files.unfinished_items(store.folder, exclude=_SHARED_FOLDERS):
        with suppress(FileNotFoundError):
            if path.lstat().st_mtime <= claimed:
                atomic_files.remove_unfinished(path)


def _late_generations(store: Store, _now: datetime) -> None:
    """Backups made since from a copy of before, without a password: they hold what was erased as if it were new."""
    steps = store.database.execute("SELECT seq, at FROM journal WHERE subject = ?", [ERASING_SUBJECT]).fetchall()
    nightly = [one for one in backup.generations(_backups(store)) if one.published_at is not None]
    for one in nightly:
        if any(one.contents.seq < int(seq) and one.created_at > datetime.fromisoformat(at) for seq, at in steps):
            discard_folder(one.path)


CLEANUP_STEPS: Final[tuple[tuple[str, CleanupStep], ...]] = (
    ("バックアップの一覧", _lists),
    ("データファイルの空いた所", _freed_pages),
    ("変更の控え", rewrite_log),
    ("データフォルダーの保管ファイル", _kept_files),
    ("閲覧用の写し", republish),
    ("引継ぎ前のファイル", remove_earlier_databases),
    ("書きかけのファイル", remove_half_written),
    ("あとから作ったバックアップ", _late_generations),
)
