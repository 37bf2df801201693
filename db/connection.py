"""Open the encrypted database with its key, checks and the settings every connection must have."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from db.engine import Database, dbapi2
from db.files import filesystem, storage_errors
from db.name_key import name_key

APPLICATION_ID = 0x444B4431
WAIT_SECONDS = 10.0
_BAD_PAGE = re.compile(r"failed for page (\d+)")
_Read = TypeVar("_Read")
Given = ParamSpec("Given")


def connect(
    path: Path, key: bytes, *, create: bool = False, read_only: bool = False, wait: float = WAIT_SECONDS
) -> Database:
    """Open the database at ``path`` with the raw 32-byte ``key`` and check that it is a data file.

    Unless ``read_only`` the file is locked exclusively until the connection is closed.

    Args:
        path: the database file.
        key: the page key (raw, not a password).
        create: allow a new file; otherwise a missing file is ``MissingData``.
        read_only: open without any right to write (a published copy or a backup).
        wait: seconds to wait for another writer before refusing.

    Raises:
        StorageProblem: missing, not a data file, damaged, locked or read-only.
    """
    if not create and not path.is_file():
        raise storage_errors.MissingData(path.name)
    mode: filesystem.Mode = "ro" if read_only else "rwc" if create else "rw"
    uri = filesystem.database_uri(filesystem.absolute(path), mode=mode, immutable=read_only)
    raw = None
    try:
        raw = dbapi2.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        _prepare(raw, key, read_only=read_only)
        _check(raw, new=create)
    except storage_errors.ENGINE_ERRORS as error:
        if raw is not None:
            raw.close()
        raise storage_errors.to_storage_problem(error) or storage_errors.StorageProblem(str(error)) from error
    except BaseException:
        if raw is not None:
            raw.close()
        raise
    return Database(raw)


def in_memory() -> Database:
    """Return an empty database in memory, for data that are stored elsewhere (当日持出しファイル)."""
    raw = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.create_function("name_key", 1, name_key, deterministic=True)
    return Database(raw)


def roll_back(database: Database) -> None:
    """Roll the open transaction back, if there is one, and release cached pages.

    SQLCipher checks a page that it rolls back before it has deciphered it: about once in a hundred times the
    random byte is one that a page of another kind would have, and the page counts as malformed as long as it
    is cached. The pages are released too where SQLite has rolled back by itself: no room, or a disk that
    failed.
    """
    try:
        if database.conn.in_transaction:
            database.execute("ROLLBACK")
    finally:
        database.execute("PRAGMA shrink_memory")


def read_with_retry(
    database: Database, read: Callable[Given, _Read], *given: Given.args, **more: Given.kwargs
) -> _Read:
    """Return ``read(…)``; if a page counts as malformed, release cached pages and try once more.

    A SELECT that is still open keeps its pages through ``roll_back``, so one rolled back meanwhile may be
    cached as malformed. A page malformed on disk fails the second time as well. A read that has written a row
    by then is not repeated.
    """
    written = database.conn.total_changes
    try:
        return read(*given, **more)
    except (storage_errors.Damaged, *storage_errors.ENGINE_ERRORS) as error:
        if not isinstance(storage_errors.to_storage_problem(error), storage_errors.Damaged):
            raise
        database.execute("PRAGMA shrink_memory")
        if database.conn.total_changes != written:
            raise
        try:
            return read(*given, **more)
        except (storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
            raise error from None  # SQLCipher reports another, wrong error when it is asked again


def check_writable(database: Database) -> None:
    """Check that the file accepts a change, since SQLite opens a write-protected file all the same.

    Raises:
        StorageProblem: it does not (``ReadOnlyFolder``), or the disk failed.
    """
    try:
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        database.execute("BEGIN IMMEDIATE")
        try:
            database.execute(f"PRAGMA user_version = {version}")
        finally:
            roll_back(database)
    except storage_errors.ENGINE_ERRORS as error:
        problem = storage_errors.to_storage_problem(error) or storage_errors.StorageProblem(str(error))
        if isinstance(problem, storage_errors.ReadOnlyFolder):
            problem = storage_errors.ReadOnlyFolder(
                problem.details,
                happened="データファイルに書き込めません（読み取り専用です）。",
                todo="ファイルの書き込み権限と「読み取り専用」の印をご確認ください。"
                "「閲覧専用で開く」なら今のまま見られます。",
            )
        raise problem from error


def _prepare(raw: dbapi2.Connection, key: bytes, *, read_only: bool) -> None:
    """Set key and settings of the connection; the first read comes after, in ``_check``.

    Raises:
        StorageProblem: the engine has no encryption.
    """
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not raw.execute("PRAGMA cipher_version").fetchone():
        raise storage_errors.StorageProblem("cipher missing")
    raw.execute("PRAGMA cipher_memory_security = OFF")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.create_function("name_key", 1, name_key, deterministic=True)
    if read_only:
        raw.execute("PRAGMA query_only = ON")
        return
    # The folder may be a network share: never WAL; the exclusive lock is the guard against a
    # second writer; EXTRA also syncs the folder, so a commit survives a power cut.
    raw.execute("PRAGMA locking_mode = EXCLUSIVE")
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.execute("PRAGMA synchronous = EXTRA")
    raw.execute("PRAGMA secure_delete = ON")
    raw.execute("BEGIN EXCLUSIVE")
    raw.execute("COMMIT")


def _check(raw: dbapi2.Connection, *, new: bool) -> None:
    """Check settings, first page and that the file is a data file; raises NotOurs or another StorageProblem."""
    tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    found = raw.execute("PRAGMA application_id").fetchone()[0]
    if tables == 0 and new:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    elif found != APPLICATION_ID:
        raise storage_errors.NotOurs(f"application_id {found:#x}")
    if raw.execute("PRAGMA foreign_keys").fetchone()[0] != 1:
        raise storage_errors.StorageProblem("foreign keys off")


def _page_error_text(message: str) -> str:
    """Return the engine's message about one page in Japanese."""
    page = _BAD_PAGE.search(message)
    return f"データファイルの {page.group(1)}ページ目が、書き込んだときと違います。" if page else message


def check_pages(database: Database) -> list[str]:
    """Return findings of page checksums, structure and foreign keys (empty = sound)."""
    findings = [
        f"ページ検査: {_page_error_text(row[0])}"
        for row in database.execute("PRAGMA cipher_integrity_check").fetchall()
    ]
    if findings:
        return findings
    quick = [row[0] for row in database.execute("PRAGMA quick_check").fetchall()]
    findings += [f"構造検査: {line}" for line in quick if line != "ok"]
    findings += [f"参照検査: {row[0]} {row[1]}" for row in database.execute("PRAGMA foreign_key_check").fetchall()]
    return findings
