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

from db import connection, journal, layout, on_disk, storage_errors
from db.engine import Database
from db.keyring import Keys
from db.tables import accounts
from db.whole_files import UNFINISHED, remove_folder, sha256_of

BEGUN_FACT: Final = "taken_over"
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
    source = layout.database_of(folder)
    if source is None:
        raise storage_errors.MissingData(folder.name)
    final = layout.new_database(folder, seat)
    with copy_apart(folder / f"taken-{seat:06d}", source, pause=pause) as copy:
        database = connection.connect(copy, keys.pages)
        try:
            findings = connection.check_pages(database) or journal.check_chain(database, keys.chain)
            if findings:
                raise storage_errors.Damaged(" / ".join(findings))
            judge(database)
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
    living = dict(database.execute("SELECT seq, chain FROM journal").fetchall())
    found = []
    for _, path in layout.databases(folder)[:-1]:
        with copy_apart(beside, path) as copy:
            old = connection.connect(copy, keys.pages)
            try:
                rows = old.execute("SELECT seq, chain, at, by, action FROM journal ORDER BY seq").fetchall()
            finally:
                old.conn.close()
        found += [
            LeftBehind(path.name, int(seq), str(at), str(by), str(action))
            for seq, chain, at, by, action in rows
            if living.get(seq) != chain
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
