"""The second place of the backups: a disk or share that gets the newest generation of the data folder, byte by byte.

No key is needed: everything that is copied is encrypted already, and is compared by the sums of its manifest. The
place bears a note whose backups it holds, so that no other disk that happens to be there is written into or tidied.
Generations grow old there by the same rule as in the data folder.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from db import keyring
from db.backups import backup, erasing_lists
from db.files import file_store, storage_errors
from db.files.on_disk import make_folders, sync_file
from db.files.whole_files import MISREAD, folder_beside, local_time, read_note, sha256_of, sweep, text, write_whole
from db.keys import Keys
from db.store import DATABASE_NAME

OWNER_NAME: Final = "place.json"
NOTE_NAME: Final = "second.json"
_PARTS: Final = (DATABASE_NAME, keyring.FILE_NAME, backup.MANIFEST_NAME, backup.MANIFEST_COPY)
_LEFT_AFTER: Final = 3600.0
"""Seconds after which what a killed copy left half written is nobody's any more; no copy takes as long."""
_AGAIN: Final = "つぎに閉じたときに、続きを写します。"
COULD_NOT: Final = "2つ目の場所に写せませんでした。続くときは、情報システムの担当者にご相談ください。"
_WORDS: Final = (
    (storage_errors.DiskFull, "2つ目の場所の空きが足りません。", "空きを作るか、別の場所を決めてください。"),
    (
        storage_errors.ReadOnlyFolder,
        "2つ目の場所に書き込めません（読み取り専用か、書き込む権限がありません）。",
        "書き込みの権限をご確認ください。",
    ),
    (storage_errors.HeldFile, "2つ目の場所のファイルを、ほかのプログラムが使っています。", _AGAIN),
    (storage_errors.PathTooLong, "2つ目の場所のフォルダーの名前が長すぎます。", "別の場所を決めてください。"),
    (
        (storage_errors.MissingData, storage_errors.DiskFailed),
        "2つ目の場所とのつながりが切れました。",
        f"つながりをご確認ください。{_AGAIN}",
    ),
)
"""What a fault is called here: the usual words speak of the data folder, to which nothing has happened."""
_NOT_OURS: Final = "2つ目の場所に、このデータのバックアップの置き場がありません（別のディスクかもしれません）。"


@dataclass(frozen=True)
class Tried:
    """How the last try came out: ``made`` is the time of the newest generation that lies there, ``problem`` why the
    last one does not, "" = it does."""

    place: str
    tried: datetime
    made: datetime | None
    problem: str = ""


def owner_of(keys: Keys) -> str:
    """Return by what a place knows whose backups it holds: made of the key of the hashes, which is never changed."""
    return hmac.digest(keys.hashes, b"dejikatsu/second place", "sha256").hex()[:32]


def owner_at(place: Path) -> str:
    """Return whose backups a folder holds as a second place, "" = nobody's."""
    note = read_note(place / OWNER_NAME) or {}
    found = note.get("owner")
    return found if isinstance(found, str) else ""


def mark_place(place: Path, owner: str) -> None:
    """Make a folder the second place of a data folder.

    Raises:
        OSError: no room or no right.
    """
    make_folders(place)
    write_whole(place / OWNER_NAME, json.dumps({"owner": owner}).encode())


def carry(folder: Path, place: Path, *, owner: str, today: date) -> backup.Generation:
    """Copy the newest good generation of a data folder to its second place, tidy up there, and return it.

    The lists of what was erased come first, then the kept files, one by one: what a stop left out comes another day.

    Raises:
        StorageProblem: the place is not there or not ours, no room, no right, or what was copied reads otherwise.
    """
    if owner_at(place) != owner:
        raise storage_errors.MissingData(place.name, happened=_NOT_OURS, todo="そのディスクをつないでください。")
    source = folder / backup.FOLDER_NAME
    one = next((made for made in backup.generations(source) if not backup.findings(made)), None)
    if one is None:
        raise storage_errors.MissingData("backups", happened="写すバックアップがありません。")
    try:
        sweep(place, older_than=_LEFT_AFTER)
        try:
            _bring(one, source, place)
        except OSError as error:
            if not isinstance(storage_errors.as_problem(error), storage_errors.DiskFull):
                raise
            backup.prune(place, today=today)  # what has grown old makes room
            _bring(one, source, place)
        backup.prune(place, today=today)
    except OSError as error:
        raise _in_words(error) from error
    return one


def _bring(one: backup.Generation, source: Path, place: Path) -> None:
    erasing_lists.copy_lists(source, place)
    for name, total in sorted(one.files.items()):
        _bring_file(source, place, name, total)
    if backup.read(place / one.path.name) is None:
        _bring_generation(one, place)


def _in_words(error: OSError) -> storage_errors.StorageProblem:
    problem = storage_errors.as_problem(error)
    for kinds, happened, todo in _WORDS:
        if isinstance(problem, kinds):
            return type(problem)(problem.details, happened=happened, todo=todo)
    return storage_errors.StorageProblem(type(error).__name__, happened=COULD_NOT, todo="")


def newest(place: Path) -> datetime | None:
    """Return when the newest generation at a place was made, None where none lies there."""
    return max((one.made for one in backup.generations(place)), default=None)


def read_tried(folder: Path) -> Tried | None:
    """Return how the last try came out, None where there was none; it stands beside the backups, not in the data."""
    plain = read_note(folder / backup.FOLDER_NAME / NOTE_NAME)
    if plain is None:
        return None
    try:
        return Tried(
            place=text(plain["place"]),
            tried=local_time(plain["tried"]),
            made=local_time(plain["made"]) if plain["made"] else None,
            problem=text(plain["problem"]),
        )
    except MISREAD:
        return None


def write_tried(folder: Path, tried: Tried) -> None:
    """Keep how a try came out, where the folder takes it."""
    plain = {
        "place": tried.place,
        "tried": tried.tried.isoformat(),
        "made": tried.made.isoformat() if tried.made is not None else "",
        "problem": tried.problem,
    }
    with contextlib.suppress(OSError):
        write_whole(folder / backup.FOLDER_NAME / NOTE_NAME, json.dumps(plain, ensure_ascii=False).encode())


def _bring_file(source: Path, place: Path, name: str, total: str) -> None:
    """Copy one kept file that the place lacks; a damaged or lost one is left to the mending of the data folder."""
    there, here = file_store.path_of(place, name), file_store.path_of(source, name)
    if not here.is_file():
        return
    if there.is_file() and there.stat().st_size == here.stat().st_size:
        return
    if sha256_of(here) == total:
        file_store.put_kept(place, name, here.read_bytes())
        _same(there, total)


def _bring_generation(one: backup.Generation, place: Path) -> None:
    with folder_beside(place / one.path.name) as beside:
        for part in _PARTS:
            shutil.copyfile(one.path / part, beside / part)
            sync_file(beside / part)
        for part, total in one.parts.items():
            _same(beside / part, total)


def _same(copy: Path, total: str) -> None:
    if sha256_of(copy) != total:
        raise storage_errors.Damaged("second place", happened="2つ目の場所に写したものが、元と違います。")
