"""What is taken back is read again from the disk: SQLCipher looks at a page that a ROLLBACK restores before it is deciphered."""

from __future__ import annotations

import pytest

from db import connection, storage_errors
from tests.faults.parts import rolling_back
from tests.support.stores import new_store

_PAGE = 4096


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path)
    yield made
    made.database.conn.close()


def _damage(store) -> None:
    """Every page but the first, under the open database: what is held in memory does not see it."""
    path = store.folder / "desk.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:_PAGE] + bytes(len(whole) - _PAGE))


def _tables(store) -> list[tuple[str]]:
    return list(store.database.execute("SELECT name FROM sqlite_master").fetchall())


def test_after_a_rollback_no_page_is_held_that_was_looked_at(store):
    _tables(store)
    _damage(store)
    assert _tables(store), "the pages are held until then"
    store.database.execute("BEGIN IMMEDIATE")
    store.database.execute("PRAGMA user_version = 5")
    connection.roll_back(store.database)
    with pytest.raises(storage_errors.ENGINE_ERRORS, match="malformed"):
        _tables(store)


def test_the_look_at_every_opening_leaves_no_page_either(store):
    _tables(store)
    _damage(store)
    connection.check_writable(store.database)
    with pytest.raises(storage_errors.ENGINE_ERRORS, match="malformed"):
        _tables(store)


def test_after_a_refused_change_the_list_of_tables_is_whole(store):
    assert rolling_back.wrong(store, rounds=2_000) == 0
