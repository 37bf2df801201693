"""Going on in a file of a new name: the database of somebody who was taken over, copied when it lies still.

The one before may wake up at any moment and write into the file that he had. So his file is left to him, and the
copy is taken only when the sums before and after agree; what he was told is saved is in it (``docs/decisions/0012``).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from db import connection, journal, layout
from db.engine import Database
from db.files import on_disk, storage_errors
from db.files.whole_files import UNFINISHED, remove_folder, sha256_of
from db.keys import Keys
from db.tables import accounts
from db.write_lock import was_never_claimed

BEGUN_FACT: Final = "taken_over"
_PASSED_FACT: Final = "passed_by"
JOURNAL_ENDING: Final = "-journal"
TRIES: Final = 20
_BETWEEN: Final = 0.5


@dataclass(frozen=True)
class LeftBehind:
    """A change that lies in a file left behind and not in the living data: when, who, what (no personal names)."""

    file: str
    seq: int
    at: str
    by: str
    action: str


def living(folder: Path, keys: Keys) -> Path | None:
    """Return the database file of a data folder: the one of the highest seat, above which lies at most what is passed
    by.

    Raises:
        OSError: the folder cannot be read.
    """
    files = [path for _, path in layout.databases(folder, keys.number)]
    passed = len(passed_by(folder, keys))
    return files[-1 - passed] if files else None


def passed_by(folder: Path, keys: Keys) -> list[Path]:
    """Return the files that only have the name of a database: above the living one, of a number that nobody claimed.

    A file that the key proves is never passed by, nor one of a seat that was taken, however damaged: the one below it
    would be older data. Nor the only one.

    Raises:
        OSError: the folder cannot be read.
    """
    files = [path for _, path in layout.databases(folder, keys.number)]
    strange = never_claimed(folder)
    found: list[Path] = []
    for path in reversed(files[1:]):
        if path not in strange or _opens(path, keys):
            break
        found.append(path)
    return found


def never_claimed(folder: Path) -> list[Path]:
    """Return the database files of numbers that no seat ever had, as far as the claims that are kept tell.

    Raises:
        OSError: the folder cannot be read.
    """
    return [path for number, path in layout.databases(folder) if was_never_claimed(folder, number)]


def _opens(path: Path, keys: Keys) -> bool:
    """Say whether the key proves the first page, or something else keeps the file from being read."""
    try:
        connection.connect(path, keys.pages, read_only=True).conn.close()
    except (storage_errors.NotOurs, storage_errors.Damaged):
        return False
    except storage_errors.StorageProblem:
        return path.is_file()
    return True


def go_on_in_new_file(
    folder: Path,
    keys: Keys,
    *,
    seat: int,
    now: datetime,
    judge: Callable[[Database], object],
    pause: Callable[[float], None] = time.sleep,
) -> Path:
    """Copy the database that is there, let the engine recover the copy, check it, and give it the seat's name.

    Args:
        judge: looks at the recovered copy and raises when it must not become the data.

    Raises:
        Locked: the file is still being written; Damaged: the copy does not hold; or what ``judge`` raises.
    """
    source = living(folder, keys)
    if source is None:
        raise storage_errors.MissingData("data folder")
    final = layout.new_database(folder, seat, keys.number)
    with copy_apart(folder / f"taken-{seat:06d}", source, pause=pause) as copy:
        database = connection.connect(copy, keys.pages)
        try:
            findings = connection.check_pages(database) or journal.check_chain(database, keys.chain)
            if findings:
                raise storage_errors.Damaged(" / ".join(findings))
            judge(database)
            if names := [path.name for path in passed_by(folder, keys)]:
                accounts.set_fact(database, _PASSED_FACT, "/".join(names))
            accounts.set_fact(database, BEGUN_FACT, f"{seat}:{now.isoformat()}")
        finally:
            database.conn.close()
        on_disk.sync_file(copy)
        on_disk.rename(copy, final)
    on_disk.sync_folder(folder)
    return final


@contextmanager
def copy_apart(beside: Path, source: Path, *, pause: Callable[[float], None] = time.sleep) -> Iterator[Path]:
    """Give a private copy of a database with its journal, both of one moment, and take it away again.

    Args:
        beside: what the name of the copy's own folder begins with. source: the database file.

    Raises:
        Locked: somebody goes on writing into the source.
    """
    folder = beside.with_name(f"{beside.name}{UNFINISHED}")
    if folder.is_dir():
        on_disk.remove_tree(folder)
    folder.mkdir()
    try:
        copy = folder / "desk.db"
        for attempt in range(TRIES):
            if attempt:
                pause(_BETWEEN)
            if _copied(source, copy):
                break
        else:
            raise storage_errors.Locked("still written")
        yield copy
    finally:
        remove_folder(folder)


def begun(database: Database) -> tuple[int, datetime | None]:
    """Return the seat that began the file as a copy, and when (0 and None: nobody was taken over).

    What a lower seat says beyond this file was never reported to anybody: it was left behind, not lost.
    """
    seat, _, moment = accounts.fact(database, BEGUN_FACT).partition(":")
    return (int(seat), datetime.fromisoformat(moment)) if seat.isdecimal() else (0, None)


def left_behind(folder: Path, keys: Keys, database: Database, *, beside: Path) -> list[LeftBehind]:
    """Return what lies in the files of those who were taken over and not in the living data.

    Args:
        beside: what the name of a passing copy begins with.

    Raises:
        OSError, StorageProblem: such a file cannot be read.
    """
    rows_here = dict(database.execute("SELECT seq, chain FROM journal").fetchall())
    found = []
    strange = accounts.fact(database, _PASSED_FACT).split("/")
    below = [one for _, one in layout.databases(folder) if layout.key_of(one) <= keys.number][:-1]
    for path in (one for one in below if one.name not in strange):
        with copy_apart(beside, path) as copy:
            old = connection.connect(copy, keys.of(layout.key_of(path)).pages)
            try:
                rows = old.execute("SELECT seq, chain, at, by, action FROM journal ORDER BY seq").fetchall()
            finally:
                old.conn.close()
        found += [
            LeftBehind(path.name, int(seq), str(at), str(by), str(action))
            for seq, chain, at, by, action in rows
            if rows_here.get(seq) != chain
        ]
    return found


def _copied(source: Path, copy: Path) -> bool:
    """Copy both parts; say whether they and the source were the same before and after."""
    before = _sums(source)
    for ending in ("", JOURNAL_ENDING):
        target = copy.with_name(copy.name + ending)
        on_disk.remove(target, missing_ok=True)
        try:
            shutil.copyfile(source.with_name(source.name + ending), target)
        except FileNotFoundError:
            if not ending:
                raise
    return before == _sums(copy) == _sums(source)


def _sums(path: Path) -> tuple[str, str]:
    return _sum(path), _sum(path.with_name(path.name + JOURNAL_ENDING))


def _sum(path: Path) -> str:
    try:
        return sha256_of(path)
    except FileNotFoundError:
        return ""
