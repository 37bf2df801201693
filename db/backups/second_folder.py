"""The second folder of backups, on another disk or share, which gets a copy of the newest generation.

No key is needed: everything copied is encrypted already and is verified by its manifest's checksums. A note
in the folder says whose backups it holds, so that no other disk is written to or pruned. Generations are
pruned there by the same rule as in the data folder.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import shutil
from datetime import date, datetime
from pathlib import Path

from db import keyring
from db.backups import backup, erasing_lists
from db.files import file_store, storage_errors
from db.files.atomic_files import (
    PARSE_ERRORS,
    as_local_time,
    as_text,
    atomic_folder,
    read_note,
    remove_leftovers,
    sha256_of,
    write_atomic,
)
from db.files.filesystem import make_folders, sync_file
from db.keys import Keys
from db.record import frozen
from db.store import DATABASE_NAME

OWNER_NAME = "place.json"
NOTE_NAME = "second.json"
_PARTS = (DATABASE_NAME, keyring.FILE_NAME, backup.MANIFEST_NAME, backup.MANIFEST_COPY)
_ABANDONED_AFTER = 3600.0
"""Seconds after which a half-written copy counts as abandoned; no copy takes as long."""
_AGAIN = "つぎに閉じたときに、続きを写します。"
COPY_FAILED = "2つ目の場所に写せませんでした。続くときは、情報システムの担当者にご相談ください。"
_MESSAGES = (
    (storage_errors.DiskFull, "2つ目の場所の空きが足りません。", "空きを作るか、別の場所を決めてください。"),
    (
        storage_errors.ReadOnlyFolder,
        "2つ目の場所に書き込めません（読み取り専用か、書き込む権限がありません）。",
        "書き込みの権限をご確認ください。",
    ),
    (storage_errors.FileInUse, "2つ目の場所のファイルを、ほかのプログラムが使っています。", _AGAIN),
    (storage_errors.PathTooLong, "2つ目の場所のフォルダーの名前が長すぎます。", "別の場所を決めてください。"),
    (
        (storage_errors.MissingData, storage_errors.DiskFailed),
        "2つ目の場所とのつながりが切れました。",
        f"つながりをご確認ください。{_AGAIN}",
    ),
)
"""Messages for faults of the second folder, since the usual ones speak of the data folder."""


@frozen
class CopyAttempt:
    """The result of the last copy attempt.

    ``newest_time`` is the time of the newest generation there, ``problem`` why the last one is missing ("" =
    it is not).
    """

    second_folder: str
    attempted_at: datetime
    newest_time: datetime | None
    problem: str = ""


def owner_id_of(keys: Keys) -> str:
    """Return the id by which a second folder knows whose backups it holds, from the constant hash key."""
    return hmac.digest(keys.hashes, b"dejikatsu/second place", "sha256").hex()[:32]


def read_owner(second_folder: Path) -> str:
    """Return whose backups a second folder holds, "" = nobody's."""
    note = read_note(second_folder / OWNER_NAME) or {}
    found = note.get("owner")
    return found if isinstance(found, str) else ""


def mark_folder(second_folder: Path, owner: str) -> None:
    """Mark a folder as the second folder of a data folder.

    Raises:
        OSError: no room or no right.
    """
    make_folders(second_folder)
    write_atomic(second_folder / OWNER_NAME, json.dumps({"owner": owner}).encode())


def copy_newest(folder: Path, second_folder: Path, *, owner: str, today: date) -> backup.Generation:
    """Copy the newest good generation of the data folder to the second folder, prune there, and return that one.

    The lists of erasings come first, then the kept files, one by one: what a stop left out comes another day.

    Raises:
        StorageProblem: the folder is missing or belongs to other data, no room, no right, or the copy differs.
    """
    if read_owner(second_folder) != owner:
        raise storage_errors.MissingData(
            second_folder.name,
            happened="2つ目の場所に、このデータのバックアップの置き場がありません（別のディスクかもしれません）。",
            todo="そのディスクをつないでください。",
        )
    source = folder / backup.FOLDER_NAME
    one = next((made for made in backup.generations(source) if not backup.generation_findings(made)), None)
    if one is None:
        raise storage_errors.MissingData("backups", happened="写すバックアップがありません。")
    try:
        remove_leftovers(second_folder, older_than=_ABANDONED_AFTER)
        try:
            _copy_all(one, source, second_folder)
        except OSError as error:
            if not isinstance(storage_errors.to_storage_problem(error), storage_errors.DiskFull):
                raise
            backup.prune(second_folder, today=today)  # what has grown old makes room
            _copy_all(one, source, second_folder)
        backup.prune(second_folder, today=today)
    except OSError as error:
        raise _to_storage_problem(error) from error
    return one


def _copy_all(generation: backup.Generation, source: Path, second_folder: Path) -> None:
    erasing_lists.copy_lists(source, second_folder)
    backup.write_plan(second_folder, backup.read_plan(source))
    for name, total in sorted(generation.files.items()):
        _copy_file(source, second_folder, name, total)
    if backup.read(second_folder / generation.path.name) is None:
        _copy_generation(generation, second_folder)


def _to_storage_problem(error: OSError) -> storage_errors.StorageProblem:
    """Return an error of copying to the second folder with the sentences to show there."""
    problem = storage_errors.to_storage_problem(error)
    for kinds, happened, todo in _MESSAGES:
        if isinstance(problem, kinds):
            return type(problem)(problem.details, happened=happened, todo=todo)
    return storage_errors.StorageProblem(type(error).__name__, happened=COPY_FAILED)


def newest_time(second_folder: Path) -> datetime | None:
    """Return when the newest generation in a second folder was made, None where there is none."""
    return max((one.created_at for one in backup.generations(second_folder)), default=None)


def read_attempt(folder: Path) -> CopyAttempt | None:
    """Return the result of the last attempt, stored beside the backups; None where there was none."""
    plain = read_note(folder / backup.FOLDER_NAME / NOTE_NAME)
    if plain is None:
        return None
    try:
        return CopyAttempt(
            second_folder=as_text(plain["place"]),
            attempted_at=as_local_time(plain["tried"]),
            newest_time=as_local_time(plain["made"]) if plain["made"] else None,
            problem=as_text(plain["problem"]),
        )
    except PARSE_ERRORS:
        return None


def write_attempt(folder: Path, attempt: CopyAttempt) -> None:
    """Store the result of an attempt, if the folder allows it."""
    plain = {
        "place": attempt.second_folder,
        "tried": attempt.attempted_at.isoformat(),
        "made": attempt.newest_time.isoformat() if attempt.newest_time is not None else "",
        "problem": attempt.problem,
    }
    with contextlib.suppress(OSError):
        write_atomic(folder / backup.FOLDER_NAME / NOTE_NAME, json.dumps(plain, ensure_ascii=False).encode())


def _copy_file(source: Path, second_folder: Path, name: str, checksum: str) -> None:
    """Copy one kept file that the second folder lacks or has in another size, and check the copy.

    A damaged or lost source is skipped.
    """
    there, here = file_store.path_of(second_folder, name), file_store.path_of(source, name)
    if not here.is_file():
        return
    if there.is_file() and there.stat().st_size == here.stat().st_size:
        return
    if sha256_of(here) == checksum:
        file_store.put_encrypted(second_folder, name, here.read_bytes())
        _check_same(there, checksum)


def _copy_generation(generation: backup.Generation, second_folder: Path) -> None:
    with atomic_folder(second_folder / generation.path.name) as beside:
        for part in _PARTS:
            shutil.copyfile(generation.path / part, beside / part)
            sync_file(beside / part)
        for part, total in generation.parts.items():
            _check_same(beside / part, total)


def _check_same(copy: Path, checksum: str) -> None:
    if sha256_of(copy) != checksum:
        raise storage_errors.Damaged("second place", happened="2つ目の場所に写したものが、元と違います。")
