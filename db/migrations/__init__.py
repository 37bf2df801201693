"""Numbered, frozen migrations that bring an older database to today's schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db import connection
from db.engine import Database, Migrations
from db.files import storage_errors

STEPS = tuple(sorted(Path(__file__).parent.glob("[0-9]*.sql")))
NEWEST = len(STEPS)
# An empty database of each version that was asked for, never changed.
_EMPTY: dict[int, Database] = {}


def version_of(database: Database) -> int:
    """Return how many migrations the database has taken (0 = empty)."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def pending(database: Database) -> int:
    """Return how many migrations are pending.

    Raises:
        NewerData: a newer program wrote this database.
    """
    version = version_of(database)
    if version > NEWEST:
        raise storage_errors.NewerData(f"version {version}, known {NEWEST}")
    return NEWEST - version


def migrate(database: Database, *, upto: int | None = None) -> None:
    """Run every pending migration, or those up to number ``upto``; a failing one is rolled back as a whole.

    Whoever calls this on a database that already holds rows makes a verified backup first. An empty database
    that is to be brought to today's schema gets it at once, without the migrations.
    """
    if pending(database) == NEWEST and upto is None:
        _give_shape(database)
        return
    last = NEWEST if upto is None else upto
    steps = Migrations("dejikatsu")
    for number, path in enumerate(STEPS, 1):
        if version_of(database) < number <= last:
            steps(name=path.stem)(_step(path, number))
    steps.apply(database)


def in_memory(*, upto: int = NEWEST) -> Database:
    """Return an empty database in memory that has taken the migrations up to number ``upto``.

    The migrations run once; later calls get a copy of the result.
    """
    if upto not in _EMPTY:
        made = connection.in_memory()
        migrate(made, upto=upto)
        _EMPTY[upto] = made
    fresh = connection.in_memory()
    _EMPTY[upto].conn.backup(fresh.conn)
    return fresh


def _give_shape(database: Database) -> None:
    """Create today's schema and its initial rows in an empty database, in one transaction."""
    shape = in_memory(upto=NEWEST)
    made = shape.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    database.execute("BEGIN IMMEDIATE")
    try:
        for kind, name, sql in made:
            if kind == "table" and name != "sqlite_sequence":
                database.execute(sql)
        for kind, name, _sql in made:
            if kind == "table":
                for row in shape.execute(f"SELECT * FROM [{name}]").fetchall():  # noqa: S608 - a name of our own
                    places = ", ".join("?" * len(row))
                    database.execute(f"INSERT INTO [{name}] VALUES ({places})", row)  # noqa: S608
        for kind, _name, sql in made:
            if kind != "table":
                database.execute(sql)
        database.execute(f"PRAGMA user_version = {version_of(shape)}")
        database.execute("COMMIT")
    except BaseException:
        connection.roll_back(database)
        raise
    finally:
        shape.close()


def _step(path: Path, number: int) -> Any:
    """Return the function that runs one migration file and records its number."""

    def run(database: Database) -> None:
        """Run every statement of the file and set the schema version."""
        text = path.read_text(encoding="utf-8")
        for statement in text.split(";\n"):
            if statement.strip():
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {number}")

    return run
