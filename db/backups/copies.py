"""Copies of the live database, made page by page through the engine and verified by opening them.

The published copy is one of them: an encrypted snapshot beside the live database, for readers and for the
nightly backup.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import time
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any

from db import connection, folder_layout, journal, mapping, migrations
from db.engine import Database, dbapi2
from db.files import atomic_files, filesystem, storage_errors
from db.files.atomic_files import UNFINISHED, as_text, as_whole_number, sha256_of, write_atomic
from db.files.filesystem import make_folders, remove, replace
from db.keys import Keys
from db.mapping import TABLE_OF
from db.record import frozen

FOLDER_NAME = "published"
FIRST_NOTE = "published.json"
_READ_PAUSES = (0.0, 0.02, 0.1, 0.3)
_NOTE = re.compile(r"note-(\d{6,})\.json")
_COPY = re.compile(r"desk-(?:(\d{6,})-)?\d{6,15}-[0-9a-f]{8}\.db")


@frozen
class DatabaseContents:
    """What a database holds, in numbers only (rows by table, journal head, schema version, findings)."""

    counts: dict[str, int]
    seq: int
    chain: str
    version: int
    findings: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> DatabaseContents:
        """Return the contents as a manifest or note states them.

        Raises:
            One of ``atomic_files.PARSE_ERRORS``: it states something else.
        """
        return cls(
            counts={as_text(table): as_whole_number(count) for table, count in plain["counts"].items()},
            seq=as_whole_number(plain["seq"]),
            chain=as_text(plain["chain"]),
            version=as_whole_number(plain["version"]),
        )

    @property
    def rows(self) -> int:
        """Return the number of rows of all record tables."""
        return sum(self.counts.values())


def copy_database(database: Database, key: bytes, path: Path) -> None:
    """Copy the open database to a new encrypted file at ``path`` and sync it.

    The live file is never opened a second time: closing it would drop the lock this program holds.

    Raises:
        StorageProblem: no room, no right, or a page of the original that cannot be read.
    """
    connection.read_with_retry(database, _copy_database, database, key, path)


def _copy_database(database: Database, key: bytes, path: Path) -> None:
    """Copy a database into a new file encrypted with ``key``; an engine error becomes a StorageProblem."""
    try:
        filesystem.remove(path, missing_ok=True)  # left half-written by a first try
        address = filesystem.database_uri(filesystem.absolute(path), mode="rwc")
        target = dbapi2.connect(address, uri=True, isolation_level=None)
        try:
            target.execute("PRAGMA cipher_log_level = NONE")
            target.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA synchronous = OFF")
            database.conn.backup(target)
        finally:
            target.close()
        filesystem.sync_file(path)
    except (*storage_errors.ENGINE_ERRORS, OSError) as error:
        raise storage_errors.to_storage_problem(error) or storage_errors.StorageProblem(str(error)) from error


def contents(database: Database) -> DatabaseContents:
    """Count what the open database holds."""
    return connection.read_with_retry(database, _contents, database)


def _contents(database: Database) -> DatabaseContents:
    """Return how many rows each table has, and the end of the journal."""
    known = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    tables = sorted(known.intersection(TABLE_OF.values()))
    counted = ", ".join(f"(SELECT count(*) FROM [{table}])" for table in tables)  # noqa: S608
    counts = dict(zip(tables, database.execute(f"SELECT {counted}").fetchone() if tables else (), strict=True))
    seq, chain = head(database)
    return DatabaseContents(counts=counts, seq=seq, chain=chain, version=migrations.version_of(database))


def lock_number_of_head(database: Database) -> int:
    """Return the number of the write lock that wrote the last journal row (0 for older rows)."""
    if migrations.version_of(database) < journal.FIRST_WITH_LOCKS:
        return 0
    row = database.execute("SELECT seat FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0


def head(database: Database) -> tuple[int, str]:
    """Return number and chain value of the last journal row (0 and "" when there is none)."""
    row = database.execute("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def verified_head(path: Path, keys: Keys, *, key_number: int | None = None) -> tuple[int, str] | None:
    """Return the journal head of a copy if the key proves it, None when the copy is not fully readable.

    Args:
        key_number: the number of the data key that encrypts it (None = the current one).
    """
    try:
        database = connection.connect(
            path, (keys if key_number is None else keys.for_number(key_number)).pages, read_only=True
        )
    except (storage_errors.StorageProblem, OSError):
        return None
    try:
        rows = list(mapping.read(database, "SELECT * FROM journal ORDER BY seq DESC LIMIT 2"))
        previous = str(rows[1]["chain"]) if len(rows) > 1 else ""
        right = not rows or journal.chain_link(keys.chain, previous, rows[0]) == rows[0]["chain"]
        return head(database) if right else None
    except storage_errors.ENGINE_ERRORS:
        return None
    finally:
        database.conn.close()


def inspect_copy(path: Path, keys: Keys) -> DatabaseContents:
    """Open a copy read-only, check every page, the structure and the chain, and count its rows.

    What is wrong is returned in ``findings``.
    Raises:
        StorageProblem: it cannot be opened at all.
    """
    database = connection.connect(path, keys.pages, read_only=True)
    try:
        findings = connection.check_pages(database)
        if not findings:
            findings = journal.check_chain(database, keys.chain)
        found = contents(database)
        return DatabaseContents(found.counts, found.seq, found.chain, found.version, tuple(findings))
    except storage_errors.ENGINE_ERRORS as error:
        raise storage_errors.Damaged(str(error)) from error
    finally:
        database.conn.close()


@frozen
class PublishedCopy:
    """The note beside the published copy (when it was made, what it holds in numbers, its checksum).

    ``lock_number`` is of the write lock that published it, ``key_number`` of the data key that encrypts it.
    """

    path: Path
    time: datetime
    contents: DatabaseContents
    sha256: str
    lock_number: int
    key_number: int = 1


def publish(
    database: Database, keys: Keys, folder: Path, *, now: datetime, lock_number: int = 0, own_copy: bool = False
) -> PublishedCopy:
    """Write a new published copy, verify it, then switch the note to it and remove older copies.

    Nothing is written when a copy of this same state is there already; ``own_copy`` requires one of this write lock.

    Raises:
        StorageProblem: no room, no right, a page of the database that cannot be read, or the copy does not
            hold what the database holds.
    """
    try:
        return _publish(database, keys, folder, now, lock_number, own_copy)
    except (*storage_errors.ENGINE_ERRORS, OSError) as error:
        raise storage_errors.to_storage_problem(error) or error from error


def _publish(
    database: Database, keys: Keys, folder: Path, now: datetime, lock_number: int, own_copy: bool
) -> PublishedCopy:
    """Publish a copy for readers, unless the last one is the same; return the copy now published.

    With ``own_copy`` the last one must also be of this write lock.

    Raises:
        Damaged: the new copy does not hold the same data.
    """
    held = contents(database)
    earlier = read_note(folder)
    same = (
        earlier is not None and (earlier.contents, earlier.key_number) == (held, keys.number) and earlier.path.is_file()
    )
    if earlier is not None and same and (earlier.lock_number == lock_number or not own_copy):
        return earlier
    place = folder / FOLDER_NAME
    make_folders(place)
    beside = place / f"desk-{lock_number:06d}-{held.seq:06d}.{secrets.token_hex(4)}{UNFINISHED}"
    try:
        copy_database(database, keys.pages, beside)
        found = inspect_copy(beside, keys)
        if found.findings or found != held:
            raise storage_errors.Damaged("published copy")
        sha256 = sha256_of(beside)
        final = place / f"desk-{lock_number:06d}-{held.seq:06d}-{sha256[:8]}.db"
        replace(beside, final)
    finally:
        with contextlib.suppress(OSError):
            remove(beside, missing_ok=True)
    note = place / f"note-{lock_number:06d}.json"
    shown = PublishedCopy(final, now, held, sha256, lock_number, keys.number)
    write_atomic(note, _to_note(shown))
    with contextlib.suppress(OSError):
        earlier_files = [path for path in place.iterdir() if _is_removable(path, lock_number) and path != final]
        earlier_files += [path for number, path in _notes(folder) if number < lock_number]
        for old in earlier_files:
            with contextlib.suppress(OSError):  # a colleague on Windows still reads it; it is removed next time
                remove(old)
    return shown


def remove_older(folder: Path, current: PublishedCopy) -> None:
    """Remove every copy and note of this or an earlier write lock except the current one.

    Raises:
        OSError: somebody still reads one of them.
    """
    place = folder / FOLDER_NAME
    for path in place.iterdir():
        if _is_removable(path, current.lock_number) and path != current.path:
            remove(path)
    for number, path in _notes(folder):
        if number < current.lock_number:
            remove(path)


def _is_removable(path: Path, lock_number: int) -> bool:
    """Return whether a file is a published copy of this or an earlier write lock."""
    name = _COPY.fullmatch(path.name)
    return name is not None and int(name.group(1) or 0) <= lock_number


def read_note(folder: Path) -> PublishedCopy | None:
    """Return the readable note of the published copy with the highest lock number, or None."""
    for seat, path in sorted(_notes(folder), reverse=True):
        found = _read_note(path, seat)
        if found is not None:
            return found
    return None


def _notes(folder: Path) -> list[tuple[int, Path]]:
    """Return the notes with their lock numbers (0 from before locks were numbered); [] if the folder cannot be read."""
    place = folder / FOLDER_NAME
    try:
        there = list(place.iterdir())
    except OSError:
        return []
    found = [(int(name.group(1)), path) for path in there if (name := _NOTE.fullmatch(path.name))]
    return [*found, *((0, path) for path in there if path.name == FIRST_NOTE)]


def _read_note(path: Path, lock_number: int) -> PublishedCopy | None:
    """Return the published copy that a note describes, or None where the note is missing or damaged."""
    plain = atomic_files.read_note(path)
    if plain is None:
        return None
    try:
        return PublishedCopy(
            path=path.parent / _named(plain["file"]),
            time=atomic_files.as_local_time(plain["time"]),
            contents=DatabaseContents.from_plain(plain),
            sha256=atomic_files.as_text(plain["sha256"]),
            lock_number=lock_number,
            key_number=atomic_files.as_whole_number(plain.get("key", 1)),
        )
    except atomic_files.PARSE_ERRORS:
        return None


def find_published(folder: Path) -> PublishedCopy:
    """Return the published copy after comparing its checksum with its note; needs no key.

    Raises:
        MissingData: nothing was published yet.
        Damaged: the checksum differs.
    """
    folder_layout.wait_for_files(lambda: [path for _, path in _notes(folder)])
    note = None
    for seconds in _READ_PAUSES:  # a writer may replace note and file between two reads, so read again
        time.sleep(seconds)
        note = read_note(folder)
        if note is not None:
            with contextlib.suppress(OSError):
                if sha256_of(note.path) == note.sha256:
                    return note
    if note is None:
        raise storage_errors.MissingData(
            "note",
            happened="閲覧用の写しが、まだ作られていません。",
            todo="担当の人が、ふつうに開いて閉じると作られます。",
        )
    raise storage_errors.Damaged(
        "published copy",
        happened="閲覧用の写しが壊れています。",
        lost="もとのデータは別のファイルにあり、この写しの影響を受けません。",
        todo="だれかがふつうに開いて閉じると、写しは作り直されます。",
    )


def _named(name: object) -> str:
    """Return a file name of a copy; raises where it is none."""
    if not isinstance(name, str) or not _COPY.fullmatch(name):
        raise ValueError(type(name).__name__)
    return name


def _to_note(published: PublishedCopy) -> bytes:
    held = published.contents
    plain = {
        "file": published.path.name,
        "time": published.time.isoformat(),
        "seq": held.seq,
        "chain": held.chain,
        "version": held.version,
        "rows": held.rows,
        "counts": held.counts,
        "sha256": published.sha256,
        **({"key": published.key_number} if published.key_number > 1 else {}),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()
