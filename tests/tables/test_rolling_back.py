"""What is taken back is read again from the disk: SQLCipher looks at a page that a ROLLBACK restores before it is
deciphered."""

from datetime import datetime
from functools import partial

import pytest

from db import connection, keyring
from db.backups import backup, copies
from db.engine import Database, dbapi2
from db.files import storage_errors
from db.records.accounts import User
from db.rows import rows
from db.tables import journal
from db.touched_tables import TouchedTables
from tests.faults.parts import rolling_back
from tests.support.stores import made_by, new_store

_PAGE = 4096
NOW = datetime(2026, 9, 1, 9, 0)
store = made_by(new_store)


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


def test_where_the_engine_has_rolled_back_by_itself_no_page_is_held_either(store):
    store.database.execute("CREATE TEMP TRIGGER full BEFORE INSERT ON users BEGIN SELECT RAISE(ROLLBACK, 'full'); END")
    _tables(store)
    _damage(store)
    with (
        pytest.raises(storage_errors.DiskFull),
        store.change(action="備考を変えた", by="見本", now=datetime(2026, 9, 1, 9, 0)),
    ):
        store.database.execute("INSERT INTO users (id) VALUES (1)")
    assert not store.database.conn.in_transaction
    with pytest.raises(storage_errors.ENGINE_ERRORS, match="malformed"):
        _tables(store)


class _HeldPage(Database):
    """A connection on which a page that a SELECT kept through a rollback counts as malformed until it is let go."""

    def __init__(self, conn, malformed: str) -> None:
        self.malformed = malformed
        super().__init__(conn)

    def execute(self, sql, parameters=None):
        if sql == "PRAGMA shrink_memory":
            self.malformed = ""
        if self.malformed and self.malformed in sql:
            raise dbapi2.DatabaseError("database disk image is malformed")
        return super().execute(sql, parameters)


def test_a_held_page_that_counts_as_malformed_is_read_again_before_a_copy_fails(store, tmp_path):
    held = _HeldPage(store.database.conn, "sqlite_master")
    made = copies.publish(held, store.keys, store.folder, now=datetime(2026, 9, 1, 9, 0))
    assert made.contents == copies.contents(store.database)

    keyring.write(store.folder, keyring.Keyring(number=0, slots=()), store.keys)
    held = _HeldPage(store.database.conn, "stored_files")
    backup.make(held, store.keys, store.folder, target=tmp_path / "kept", now=datetime(2026, 9, 1, 9, 0), reason="手動")


def test_nobody_who_reads_or_saves_is_stopped_by_a_held_page_and_nothing_is_written_twice(store):
    store.database = held = _HeldPage(store.database.conn, "users")
    assert list(store.read_with_retry(lambda one: rows(one.database, User), TouchedTables())) == []

    def add(one, *, meets):
        if meets == "before":
            rows(one.database, User)
        with one.change(action="利用者を加えた", by="見本", now=NOW) as change:
            change.insert(User(login_id=meets, display_name="見本"))
        held.malformed = "FROM [users]" if meets == "after" else ""
        return rows(one.database, User)

    held.malformed = "FROM [users]"
    assert len(store.read_with_retry(partial(add, meets="before"), TouchedTables())) == 1
    with pytest.raises(storage_errors.ENGINE_ERRORS, match="malformed"):
        store.read_with_retry(partial(add, meets="after"), TouchedTables())
    assert [one.login_id for one in rows(held, User)] == ["before", "after"]
    assert [one.action for one in journal.entries(held)] == ["利用者を加えた"] * 2


def test_what_is_malformed_on_the_disk_is_said_after_one_more_look(store):
    store.database.execute("PRAGMA shrink_memory")
    _damage(store)
    with pytest.raises(storage_errors.Damaged):
        copies.publish(store.database, store.keys, store.folder, now=datetime(2026, 9, 1, 9, 0))


def test_after_a_refused_change_the_list_of_tables_is_whole(store):
    assert rolling_back.wrong(store, rounds=2_000) == 0
