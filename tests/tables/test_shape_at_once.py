"""A new database gets today's shape at once: it is what the steps make one after the other, and nothing less."""

from pathlib import Path

import pytest

from db import connection, migrations
from db.engine import Database, dbapi2

_EVERYTHING = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def test_what_is_made_at_once_is_what_the_steps_make(tmp_path: Path) -> None:
    stepped = connection.connect(tmp_path / "steps.db", bytes(32), create=True)
    migrations.migrate(stepped, upto=migrations.NEWEST)
    at_once = connection.connect(tmp_path / "at_once.db", bytes(32), create=True)
    migrations.migrate(at_once)

    made = stepped.execute(_EVERYTHING).fetchall()
    assert len(made) > 200
    assert at_once.execute(_EVERYTHING).fetchall() == made
    assert _in_order_of_firing(at_once) == _in_order_of_firing(stepped)
    assert migrations.pending(at_once) == 0
    assert at_once.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for kind, name, *_rest in made:
        if kind == "table":
            assert _rows(at_once, name) == _rows(stepped, name), name
    assert len(_rows(at_once, "_sqlite_migrations")) == migrations.NEWEST
    for database in (stepped, at_once):
        database.conn.close()


def test_a_database_that_cannot_be_finished_stays_empty() -> None:
    database = connection.in_memory()
    given = migrations.version_of

    def fails(asked: Database) -> int:
        if asked is database:
            return given(asked)
        raise dbapi2.OperationalError("disk I/O error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "version_of", fails)
        with pytest.raises(dbapi2.OperationalError):
            migrations.migrate(database)

    assert database.execute(_EVERYTHING).fetchall() == []
    migrations.migrate(database)
    assert migrations.pending(database) == 0


def _in_order_of_firing(database: Database) -> list[tuple[str, ...]]:
    """Triggers as SQLite reads them when it opens the file: of one table and moment the later ones fire first."""
    return database.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").fetchall()


def _rows(database: Database, table: str) -> list[tuple[object, ...]]:
    """Everything but the moment at which a step was taken."""
    columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info([{table}])").fetchall()]
    kept = ", ".join(f"[{name}]" for name in columns if name != "applied_at")
    return sorted(database.execute(f"SELECT {kept} FROM [{table}]").fetchall(), key=repr)
