"""Copies of the living database: made page by page through the engine, and judged by opening them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import connection, journal, mapping, migrations, on_disk, storage_errors
from db.engine import Database, dbapi2
from db.keys import Keys
from db.note_files import text, whole_number
from db.schema import TABLE_OF


@dataclass(frozen=True)
class Contents:
    """What a database holds, without a word of it: rows by table, journal head, shape, and findings."""

    counts: dict[str, int]
    seq: int
    chain: str
    version: int
    findings: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Contents:
        """Return what a manifest or note says a database holds.

        Raises:
            one of ``note_files.MISREAD``: it says something else.
        """
        return cls(
            counts={text(table): whole_number(count) for table, count in plain["counts"].items()},
            seq=whole_number(plain["seq"]),
            chain=text(plain["chain"]),
            version=whole_number(plain["version"]),
        )

    @property
    def rows(self) -> int:
        """All rows of all record tables."""
        return sum(self.counts.values())


def copy_database(database: Database, key: bytes, path: Path) -> None:
    """Copy the open database to a new encrypted file at ``path`` and sync it.

    The living file is never opened a second time: closing it would drop the lock this program holds.

    Raises:
        StorageProblem: no room, no right, or a page of the original that cannot be read.
    """
    try:
        address = on_disk.database_uri(on_disk.absolute(path), mode="rwc")
        target = dbapi2.connect(address, uri=True, isolation_level=None)
        try:
            target.execute("PRAGMA cipher_log_level = NONE")
            target.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA synchronous = OFF")
            database.conn.backup(target)
        finally:
            target.close()
        on_disk.sync_file(path)
    except (*storage_errors.ENGINE_ERRORS, OSError) as error:
        raise storage_errors.as_problem(error) or storage_errors.StorageProblem(str(error)) from error


def contents(database: Database) -> Contents:
    """Count what the open database holds."""
    known = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    counts = {
        table: int(database.execute(f"SELECT count(*) FROM [{table}]").fetchone()[0])  # noqa: S608
        for table in sorted(TABLE_OF.values())
        if table in known
    }
    seq, chain = head(database)
    return Contents(counts=counts, seq=seq, chain=chain, version=migrations.version_of(database))


def seat_of_head(database: Database) -> int:
    """Return the seat that wrote the last journal row (0 from before there were seats)."""
    if migrations.version_of(database) < journal.FIRST_WITH_SEATS:
        return 0
    row = database.execute("SELECT seat FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0


def head(database: Database) -> tuple[int, str]:
    """Return number and chain value of the last journal row (0 and empty when there is none)."""
    row = database.execute("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def proved_head(path: Path, keys: Keys) -> tuple[int, str] | None:
    """Return the head of a copy's journal when the key proves it, None when the copy cannot be read to its end."""
    try:
        database = connection.connect(path, keys.pages, read_only=True)
    except (storage_errors.StorageProblem, OSError):
        return None
    try:
        rows = list(mapping.read(database, "SELECT * FROM journal ORDER BY seq DESC LIMIT 2"))
        previous = str(rows[1]["chain"]) if len(rows) > 1 else ""
        right = not rows or journal.link(keys.chain, previous, rows[0]) == rows[0]["chain"]
        return head(database) if right else None
    except storage_errors.ENGINE_ERRORS:
        return None
    finally:
        database.conn.close()


def look_into(path: Path, keys: Keys) -> Contents:
    """Open a copy for reading, check every page, the structure and the chain, and count it.

    Raises:
        StorageProblem: it cannot be opened at all.
    """
    database = connection.connect(path, keys.pages, read_only=True)
    try:
        findings = connection.check_pages(database)
        if not findings:
            findings = journal.check_chain(database, keys.chain)
        found = contents(database)
        return Contents(found.counts, found.seq, found.chain, found.version, tuple(findings))
    except storage_errors.ENGINE_ERRORS as error:
        raise storage_errors.Damaged(str(error)) from error
    finally:
        database.conn.close()
