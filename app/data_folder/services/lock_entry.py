"""Sitting down at a data folder: the seat first, then the file it works in, and only then the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.data_folder.services.failed_logins import unwritten
from db import connection, initial_schema, keyring, layout, lock_takeover, write_lock
from db.backups import finish_key_change
from db.engine import Database
from db.files import on_disk, storage_errors
from db.files.desk_files import DeskFile
from db.keys import Keys
from db.store import Store
from db.tables import accounts
from db.write_lock import WriteLock

KEPT_DAYS: Final = 30
_TOLD: Final = "left_behind_told"
_MOST_NAMED: Final = 5


def sit_down(
    folder: Path,
    *,
    login_id: str,
    pc: str,
    now: datetime,
    take_over: bool = False,
    settle: float = write_lock.SETTLE_SECONDS,
    pause: Callable[[float], None] = time.sleep,
    desk: DeskFile | None = None,
    after: int | None = None,
) -> WriteLock:
    """Take the seat of a folder; nothing else of it was touched before.

    Args:
        login_id: who ("" for the recovery key). take_over: the person agreed to take over from somebody silent.
        settle: seconds that a taker waits before the data are copied. desk: the desk file of a session that has been
        reading. after: the seat that must be the last and left in order.

    Raises:
        Locked, LeftOpen, NewerData, NoGuard, or a fault of the folder.
    """
    try:
        note, may_wake = "", False
        strange = lock_takeover.never_claimed(folder)
        if initial_schema.is_first(folder):
            note, may_wake = initial_schema.check_left(folder, pc=pc, take_over=take_over)
        found = layout.databases(folder)
        files = [number for number, path in found if path not in strange]
        taken = write_lock.take(
            folder,
            name=login_id or "回復キー",
            pc=pc,
            now=now,
            file_number=files[-1] if files else 0,
            known=layout.highest(folder),
            take_over=take_over,
            settle=settle,
            pause=pause,
            desk=desk,
            after=after,
        )
    except OSError as error:
        raise storage_errors.as_problem(error) or error from error
    taken.note = taken.note or note
    # Above a file that is none of ours the data go on under a name of their own that is higher.
    taken.copied = taken.copied or may_wake or (bool(found) and found[-1][1] in strange)
    return taken


def file_to_work_in(
    folder: Path, keys: Keys, taken: WriteLock, *, now: datetime, wait: float, judge: Callable[[Database], object]
) -> Path:
    """Return the database file of a seat: the one that is there, or after a take-over a copy under a new name.

    Args:
        wait: seconds for another program of this machine. judge: raises when a copy must not become the data.

    Raises:
        StorageProblem: it is held, damaged, still being written, or judged.
    """
    source = lock_takeover.living(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    first = source.name == layout.FIRST_DATABASE
    if strange := lock_takeover.passed_by(folder, keys):
        named = "、".join(path.name for path in strange)
        taken.note += (
            f"このデータのファイルではないもの（{named}）があったため、使わずに開きました。データは変わっていません。"
        )
    if taken.copied:
        source = lock_takeover.go_on_in_new_file(folder, keys, seat=taken.number, now=now, judge=judge)
        if first:
            initial_schema.leave(folder, seat=0)
    elif first:
        # A program of the first shape on this machine is noticed by the engine's own lock.
        connection.connect(source, keys.pages, wait=wait).conn.close()
        initial_schema.leave(folder, seat=taken.number)
        source = layout.new_database(folder, taken.number)
    return source


def connect_to_look(folder: Path, keys: Keys, *, pc: str, wait: float) -> Database:
    """Open the living data for looking, while nobody works in them; nothing is written, no seat is taken.

    After a stop of this machine's own program its half-done change is taken back first, as at any opening.

    Raises:
        Locked: somebody sits there, or was taken over and may still write. Otherwise as ``connection.connect``.
    """
    source = lock_takeover.living(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    write_lock.check_free(folder, pc=pc)
    if source.name == layout.FIRST_DATABASE:  # a program of that time is noticed by the engine's own lock
        return connection.connect(source, keys.pages, wait=wait)
    if not source.with_name(source.name + lock_takeover.JOURNAL_ENDING).exists():
        return connection.connect(source, keys.pages, read_only=True)
    if write_lock.look(folder).state == "left":
        raise storage_errors.Locked("taken over")
    return connection.connect(source, keys.pages, wait=wait)


def tell_left_behind(store: Store) -> list[str]:
    """Return, once, what lies in files left behind and not in the living data.

    Raises:
        OSError, StorageProblem: such a file cannot be read.
    """
    found = find_left_behind(store)
    known = "/".join(f"{one.file}:{one.seq}" for one in found)
    if not found or accounts.fact(store.database, _TOLD) == known:
        return []
    accounts.set_fact(store.database, _TOLD, known)
    return [left_behind_in_words(found)]


def find_left_behind(store: Store) -> list[lock_takeover.LeftBehind]:
    """Return the changes of those who were taken over that are not in the living data.

    Raises:
        OSError, StorageProblem: such a file cannot be read.
    """
    token = store.seat.token if store.seat is not None else "look"
    return lock_takeover.left_behind(store.folder, store.keys, store.database, beside=store.folder / f"look-{token}")


def left_behind_in_words(found: list[lock_takeover.LeftBehind]) -> str:
    """Say which changes did not come into the common data: when, who and what, the first few by name."""
    named = [
        f"{datetime.fromisoformat(one.at):%m/%d %H:%M} {one.by}さん「{one.action}」" for one in found[:_MOST_NAMED]
    ]
    more = f" ほか{len(found) - _MOST_NAMED}件" if len(found) > _MOST_NAMED else ""
    return (
        f"引継ぎ前のファイルに、共有に入らなかった操作が {len(found)}件 あります：{'、'.join(named)}{more}。"
        "必要なものは、もう一度入力してください。"
    )


def sweep_left_behind(store: Store, *, now: datetime) -> None:
    """Remove what was left behind more than thirty days ago, keyrings nobody reads, and signs long over.

    Raises:
        OSError: the folder cannot be looked at.
    """
    if store.seat is None:
        return
    initial_schema.remove_note(store.folder)
    # Those of a key of before go with their database, once a backup under the key in force is verified.
    if all(keyring.read_both(store.folder, store.keys.keyring)) and not finish_key_change.is_due(store):
        kept = keyring.in_force(store.folder, store.keys.keyring)
        for path in layout.earlier_keyrings(store.folder, kept):
            on_disk.remove(path, missing_ok=True)
    every, files = layout.databases(store.folder), layout.databases(store.folder, store.keys.number)
    _, begun = lock_takeover.begun(store.database)
    gone = [path for _, path in every if layout.key_of(path) > store.keys.number]  # a change of the key that stopped
    gone += [path for _, path in files[:-1]] if begun is not None and begun + timedelta(days=KEPT_DAYS) < now else []
    for path in gone:
        on_disk.remove(path, missing_ok=True)
        on_disk.remove(path.with_name(path.name + lock_takeover.JOURNAL_ENDING), missing_ok=True)
    store.seat.sweep(file_number=files[-1][0], kept=unwritten(store))
