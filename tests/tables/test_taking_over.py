"""Going on in a new file: the copy is of one moment, recovered, checked, and what stays behind is named."""

import shutil
from datetime import datetime

import pytest

from db import connection, folder_layout, journal, lock_takeover, migrations
from db.backups import copies
from db.files import storage_errors
from db.keys import derive_keys
from db.records.organisations import Organisation
from db.store import Store
from tests.support.altered_files import flip

KEYS = derive_keys(bytes(range(32)))
NOW = datetime.fromisoformat("2026-09-01T09:00")


def begun(folder, seat=42):
    """A database of a seat, open for writing."""
    database = connection.connect(folder_layout.new_database_path(folder, seat), KEYS.pages, create=True)
    migrations.migrate(database)
    return Store(folder=folder, database=database, keys=KEYS, login_id="a")


def save(store, name):
    with store.change(action=f"「{name}」を加えた", by="見本 花子", now=NOW) as change:
        change.insert(Organisation(name=name, branch="第一"))


def names(path):
    database = connection.connect(path, KEYS.pages)
    try:
        return [row[0] for row in database.execute("SELECT name FROM organisations ORDER BY id").fetchall()]
    finally:
        database.conn.close()


def no_judge(_database):
    return None


def test_a_commit_that_was_under_way_is_taken_back_in_the_copy_and_left_alone_in_the_file(tmp_path):
    store = begun(tmp_path)
    save(store, "一の会")
    store.database.execute("PRAGMA cache_size = 2")  # the pages of the open transaction reach the file
    store.database.execute("BEGIN IMMEDIATE")
    for number in range(400):
        store.database.execute("UPDATE organisations SET name = ?", ["半端な会" * 100 + str(number)])
        store.database.execute(
            "INSERT INTO journal (at, by, action, subject, barrier, payload, payload_hash, chain, seat)"
            " VALUES ('', '', '', '', 0, ?, '', '', 0)",
            ["x" * 3000],
        )
    source = folder_layout.new_database_path(tmp_path, 42)
    hot = source.with_name(source.name + "-journal")
    assert hot.stat().st_size > 0
    before = source.read_bytes(), hot.read_bytes()
    final = lock_takeover.continue_in_new_file(tmp_path, KEYS, lock_number=43, now=NOW, check=no_judge)
    assert (source.read_bytes(), hot.read_bytes()) == before
    assert final == folder_layout.database_of(tmp_path) == tmp_path / "desk-000043.db"
    assert names(final) == ["一の会"]
    assert not list(tmp_path.glob("*unfinished*"))
    store.database.execute("ROLLBACK")
    store.database.conn.close()


def test_a_file_that_goes_on_changing_is_waited_for_and_then_refused(tmp_path):
    store = begun(tmp_path)
    save(store, "一の会")
    pauses = []

    def goes_on(seconds):
        pauses.append(seconds)
        save(store, f"会{len(pauses)}")

    real = shutil.copyfile

    def copies_slowly(source, target):
        done = real(source, target)
        save(store, "そのあいだの会")
        return done

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lock_takeover.shutil, "copyfile", copies_slowly)
        patched.setattr(lock_takeover.time, "sleep", goes_on)
        with pytest.raises(storage_errors.Locked):
            lock_takeover.continue_in_new_file(tmp_path, KEYS, lock_number=43, now=NOW, check=no_judge)
    assert len(pauses) == lock_takeover.TRIES - 1
    assert folder_layout.database_of(tmp_path) == tmp_path / "desk-000042.db"
    assert not list(tmp_path.glob("*unfinished*"))


def test_a_copy_that_is_judged_wrong_gets_no_name(tmp_path):
    store = begun(tmp_path)
    save(store, "一の会")

    def refuses(database):
        raise storage_errors.Damaged(str(copies.head(database)[0]))

    with pytest.raises(storage_errors.Damaged) as found:
        lock_takeover.continue_in_new_file(tmp_path, KEYS, lock_number=43, now=NOW, check=refuses)
    assert found.value.details == "1"
    assert folder_layout.database_of(tmp_path) == tmp_path / "desk-000042.db"


def test_a_damaged_file_gets_no_copy(tmp_path):
    store = begun(tmp_path)
    save(store, "一の会")
    store.database.conn.close()
    path = folder_layout.new_database_path(tmp_path, 42)
    flip(path, at=-5000)
    with pytest.raises(storage_errors.StorageProblem):
        lock_takeover.continue_in_new_file(tmp_path, KEYS, lock_number=43, now=NOW, check=no_judge)
    assert folder_layout.database_of(tmp_path) == path


def test_what_the_one_before_wrote_afterwards_is_named_and_not_merged(tmp_path):
    sleeping = begun(tmp_path)
    save(sleeping, "一の会")
    final = lock_takeover.continue_in_new_file(tmp_path, KEYS, lock_number=43, now=NOW, check=no_judge)
    taker = Store(folder=tmp_path, database=connection.connect(final, KEYS.pages), keys=KEYS, login_id="b")
    assert lock_takeover.unmerged_changes(tmp_path, KEYS, taker.database, folder_prefix=tmp_path / "look") == []
    save(taker, "引き継いだ会")
    save(sleeping, "おくれた会")
    save(sleeping, "もうひとつ")
    left = lock_takeover.unmerged_changes(tmp_path, KEYS, taker.database, folder_prefix=tmp_path / "look")
    assert [(one.file, one.seq, one.action) for one in left] == [
        ("desk-000042.db", 2, "「おくれた会」を加えた"),
        ("desk-000042.db", 3, "「もうひとつ」を加えた"),
    ]
    sleeping.database.conn.close()
    assert names(folder_layout.new_database_path(tmp_path, 42)) == ["一の会", "おくれた会", "もうひとつ"]
    assert journal.check_chain(taker.database, KEYS.chain) == []
