"""Acquiring the write lock of a data folder: first the lock, then its database file, then the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app.common.and_others import and_others
from app.data_folder.services.failed_logins import unwritten_tokens
from db import connection, folder_layout, keyring, lock_takeover, write_lock
from db.backups import finish_key_change
from db.engine import Database
from db.files import filesystem, storage_errors
from db.files.presence_files import PresenceFile
from db.keys import Keys
from db.migrations import initial_schema
from db.store import Store
from db.tables import accounts
from db.write_lock import WriteLock

RETENTION_DAYS = 30
_NOTIFIED_FACT = "left_behind_told"
_MAX_NAMED = 5


def acquire_lock(
    folder: Path,
    *,
    login_id: str,
    pc: str,
    now: datetime,
    take_over: bool = False,
    settle: float = write_lock.SETTLE_SECONDS,
    presence_file: PresenceFile | None = None,
    after_number: int | None = None,
) -> WriteLock:
    """Acquire the write lock of a folder before anything else in it is touched.

    Args:
        login_id: who ("" for the recovery key). take_over: the user agreed to take over from a silent holder.
        settle: seconds to wait before the data are copied in a takeover.
        presence_file: the presence file of a session that has been reading. after_number: the lock number that must be
            the last and released in order.
    Raises:
        Locked, HolderSilent, NewerData, ExclusiveCreateFailed, or a fault of the folder.
    """
    try:
        note, may_wake = "", False
        strange = lock_takeover.unclaimed_databases(folder)
        if initial_schema.uses_initial_schema(folder):
            note, may_wake = initial_schema.check_holder(folder, pc=pc, take_over=take_over)
        found = folder_layout.database_files(folder)
        files = [number for number, path in found if path not in strange]
        taken = write_lock.acquire(
            folder,
            name=login_id or "回復キー",
            pc=pc,
            now=now,
            file_number=files[-1] if files else 0,
            known_number=folder_layout.highest_lock_number(folder),
            take_over=take_over,
            settle_seconds=settle,
            presence_file=presence_file,
            after=after_number,
        )
    except OSError as error:
        raise storage_errors.to_storage_problem(error) or error from error
    taken.note = taken.note or note
    # Above a file that is none of ours the data go on under a name of their own that is higher.
    taken.copied = taken.copied or may_wake or (bool(found) and found[-1][1] in strange)
    return taken


def database_for_lock(
    folder: Path, keys: Keys, write_lock: WriteLock, *, now: datetime, wait: float, check: Callable[[Database], object]
) -> Path:
    """Return the database file of a write lock: the existing one, or after a takeover a copy under a new name.

    Args:
        wait: seconds for another program on this PC. check: raises when a copy must not become the data.
    Raises:
        StorageProblem: it is held open, damaged, still being written, or refused by ``check``.
    """
    source = lock_takeover.live_database(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    first = source.name == folder_layout.FIRST_DATABASE
    if strange := lock_takeover.ignored_databases(folder, keys):
        named = "、".join(path.name for path in strange)
        write_lock.note += (
            f"このデータのファイルではないもの（{named}）があったため、使わずに開きました。データは変わっていません。"
        )
    if write_lock.copied:
        source = lock_takeover.continue_in_new_file(folder, keys, lock_number=write_lock.number, now=now, check=check)
        if first:
            initial_schema.rename_database(folder, lock_number=0)
    elif first:
        # A program of the first shape on this machine is noticed by the engine's own lock.
        connection.connect(source, keys.pages, wait=wait).conn.close()
        initial_schema.rename_database(folder, lock_number=write_lock.number)
        source = folder_layout.new_database_path(folder, write_lock.number)
    return source


def connect_read_only(folder: Path, keys: Keys, *, pc: str, wait: float) -> Database:
    """Open the live data read-only while nobody writes, without taking a lock.

    After a crash of this PC's own program its unfinished transaction is rolled back first, as at any opening.

    Raises:
        Locked: somebody holds the lock, or was taken over and may still write. Otherwise as ``connection.connect``.
    """
    source = lock_takeover.live_database(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    write_lock.check_free(folder, pc=pc)
    if source.name == folder_layout.FIRST_DATABASE:  # a program of that time is noticed by the engine's own lock
        return connection.connect(source, keys.pages, wait=wait)
    if not source.with_name(source.name + lock_takeover.JOURNAL_ENDING).exists():
        return connection.connect(source, keys.pages, read_only=True)
    if write_lock.read_lock_status(folder).state == "left":
        raise storage_errors.Locked("taken over")
    return connection.connect(source, keys.pages, wait=wait)


def new_unmerged_notes(store: Store) -> list[str]:
    """Return, once, messages on changes in files left behind that are not in the live data.

    Raises:
        OSError, StorageProblem: such a file cannot be read.
    """
    found = find_unmerged_changes(store)
    known = "/".join(f"{one.file}:{one.seq}" for one in found)
    if not found or accounts.fact(store.database, _NOTIFIED_FACT) == known:
        return []
    accounts.set_fact(store.database, _NOTIFIED_FACT, known)
    return [unmerged_message(found)]


def find_unmerged_changes(store: Store) -> list[lock_takeover.UnmergedChange]:
    """Return the changes of users who were taken over that are not in the live data.

    Raises:
        OSError, StorageProblem: such a file cannot be read.
    """
    token = store.write_lock.token if store.write_lock is not None else "look"
    return lock_takeover.unmerged_changes(
        store.folder, store.keys, store.database, folder_prefix=store.folder / f"look-{token}"
    )


def unmerged_message(changes: list[lock_takeover.UnmergedChange]) -> str:
    """Return which changes are missing in the common data: when, who and what, the first few by name."""
    named = [
        f"{datetime.fromisoformat(one.at):%m/%d %H:%M} {one.by}さん「{one.action}」" for one in changes[:_MAX_NAMED]
    ]
    more = and_others(changes, _MAX_NAMED, " ほか{}件")
    return (
        f"引継ぎ前のファイルに、共有に入らなかった操作が {len(changes)}件 あります：{'、'.join(named)}{more}。"
        "必要なものは、もう一度入力してください。"
    )


def remove_old_unmerged(store: Store, *, now: datetime) -> None:
    """Remove databases left by a takeover more than thirty days ago or by a stopped key change, and outdated files.

    Those are unused keyrings and outdated lock signs. Nothing is removed without the write lock.

    Raises:
        OSError: the folder cannot be read.
    """
    if store.write_lock is None:
        return
    initial_schema.remove_note(store.folder)
    # Those of a key of before go with their database, once a backup under the key in force is verified.
    if all(keyring.read_both(store.folder, store.keys.keyring)) and not finish_key_change.is_due(store):
        kept = keyring.current_paths(store.folder, store.keys.keyring)
        for path in folder_layout.earlier_keyring_paths(store.folder, kept):
            filesystem.remove(path, missing_ok=True)
    every, files = (
        folder_layout.database_files(store.folder),
        folder_layout.database_files(store.folder, store.keys.number),
    )
    _, begun = lock_takeover.takeover_origin(store.database)
    gone = [
        path for _, path in every if folder_layout.key_number_of(path) > store.keys.number
    ]  # a change of the key that stopped
    gone += (
        [path for _, path in files[:-1]] if begun is not None and begun + timedelta(days=RETENTION_DAYS) < now else []
    )
    for path in gone:
        filesystem.remove(path, missing_ok=True)
        filesystem.remove(path.with_name(path.name + lock_takeover.JOURNAL_ENDING), missing_ok=True)
    store.write_lock.remove_old_files(file_number=files[-1][0], kept_tokens=unwritten_tokens(store))
