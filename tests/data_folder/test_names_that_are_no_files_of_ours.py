"""A file that only has the name of a database or keyring, of whatever number, stops nothing and replaces nothing of
ours."""

import shutil
from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.services import accounts, backups, data_folder
from app.data_folder.services.check_data import check_data_folder
from app.data_folder.services.reading import open_for_reading
from app.startup import folder_opening
from db import folder_layout, keyring, lock_takeover, write_lock
from db.files import storage_errors
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    add_user,
    closed,
    copied_folder,
    keys,
    living,
    opened,
    opening,
    rename_event,
    title,
)

STRANGE = "使わずに開きました"
OTHER_KEY = bytes(range(1, 33))
NEW_PASSWORD = "あたらしいながい鍵ですよ"


def _other_keyring() -> bytes:
    """A whole keyring of another folder, with a user of the same ID."""
    slot = keyring.wrap(OTHER_KEY, NEW_PASSWORD, kind="user", owner=LOGIN, iterations=1000)
    return keyring.to_bytes(keyring.Keyring(number=99, slots=(slot,), seal="00" * 32))


OTHER_KEYRING = _other_keyring()


def _look(folder):
    return opening(folder, wait=0.2)


@pytest.mark.parametrize(
    ("names", "data"),
    [
        (("keyring-999999.json",), b"rubbish"),
        (("keyring-999999-copy.json",), b""),
        (("keyring-999999.json", "keyring-999999-copy.json"), OTHER_KEYRING),
    ],
    ids=["rubbish", "empty copy", "another folder's"],
)
def test_what_is_no_keyring_of_this_folder_stops_neither_reading_nor_writing_and_is_said_once(folder, names, data):
    for name in names:
        (folder / name).write_bytes(data)
    read = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD)
    read.store.database.conn.close()
    assert any(STRANGE in note for note in read.notes)
    entered = folder_opening.open_for_reading(folder, login_id=LOGIN, password=PASSWORD, now=NOW)
    entered.store.database.conn.close()
    assert sum(STRANGE in note for note in entered.notes) == len(entered.notes) == 1
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, PASSWORD + "x", owner=LOGIN)

    found = _look(folder)
    assert sum(STRANGE in note for note in found.notes) == 1
    assert not any("できませんでした" in note for note in found.notes)
    rename_event(found.store, "たいせつな題名")
    add_user(found.store, "mihon02", NEW_PASSWORD)
    closed(found.store)

    again = _look(folder)
    assert title(again.store) == "たいせつな題名"
    assert not any(STRANGE in note for note in again.notes)
    closed(again.store)
    assert keyring.unlock(folder, NEW_PASSWORD, owner="mihon02").data_key == keys().data
    assert check_data_folder(folder, login_id=LOGIN, password=PASSWORD).findings == ()


def test_what_comes_while_somebody_works_takes_no_keyring_and_no_backup_with_it(folder):
    store = opened(folder)
    (folder / "keyring-999999.json").write_bytes(OTHER_KEYRING)
    add_user(store, "mihon02", NEW_PASSWORD)
    made = backups.make_backup(store, now=NOW + timedelta(hours=1), reason="手動")
    assert not made.notes
    closed(store)
    assert (folder / "keyring-999999.json").read_bytes() == OTHER_KEYRING
    assert keyring.unlock(folder, NEW_PASSWORD, owner="mihon02").data_key == keys().data
    for place in (folder / "backups").iterdir():
        ring = keyring.read_file(place / keyring.FILE_NAME) if place.name[0].isdigit() else None
        assert ring is None or keyring.is_sealed(ring, keys().keyring)


@pytest.mark.parametrize("data", [b"", b"rubbish" * 2000], ids=["empty", "rubbish"])
def test_what_is_no_database_of_this_folder_stops_neither_reading_nor_writing_and_is_said_once(folder, data):
    (folder / "desk-999999.db").write_bytes(data)
    read = open_for_reading(folder, login_id=LOGIN, password=PASSWORD, pc="MADO-01")
    read.store.database.conn.close()

    found = _look(folder)
    assert sum(STRANGE in note for note in found.notes) == 1
    assert not any("できませんでした" in note for note in found.notes)
    rename_event(found.store, "たいせつな題名")
    closed(found.store)
    assert (folder / "desk-999999.db").read_bytes() == data

    for _ in range(2):
        again = _look(folder)
        assert title(again.store) == "たいせつな題名"
        assert again.notes == ()
        closed(again.store)
        (folder / "seat" / "000001.done").write_bytes(b"")  # an old claim that could not be swept
    assert sorted(path.name for path in folder.glob("desk-*.db")) == [
        "desk-000001.db",
        "desk-1000000.db",
        "desk-999999.db",
    ]


def test_a_whole_file_of_the_highest_number_wins_whoever_wrote_it(folder):
    shutil.copyfile(living(folder), folder / "desk-999999.db")
    assert lock_takeover.ignored_databases(folder, keys()) == []
    assert lock_takeover.live_database(folder, keys()) == folder / "desk-999999.db"


def test_a_damaged_file_of_a_seat_that_was_taken_is_not_passed_by_for_an_older_one(folder):
    old = living(folder)
    closed(opened(folder))
    top = write_lock.read_lock_status(folder).number
    folder_layout.new_database_path(folder, top).write_bytes(b"rubbish" * 2000)
    assert lock_takeover.live_database(folder, keys()) == folder_layout.new_database_path(folder, top) != old
    with pytest.raises(storage_errors.Damaged):
        _look(folder)


def test_an_earlier_keyring_below_rubbish_lets_no_old_password_in(folder):
    old = [path.read_bytes() for path in folder_layout.keyring_paths(folder)]
    store = opened(folder)
    accounts.change_password(
        ActionContext(store, NAME, NOW), login_id=LOGIN, old_password=PASSWORD, new_password=NEW_PASSWORD
    )
    closed(store)
    for path in folder_layout.keyring_paths(folder):
        path.write_bytes(b"rubbish")
    for path, data in zip(folder_layout.new_keyring_paths(folder, 0), old, strict=True):
        path.write_bytes(data)
    with pytest.raises(storage_errors.Damaged):
        _look(folder)
    with pytest.raises(storage_errors.Damaged):
        data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD)


CONFLICTS = ("desk-000001-MADO-01.db", "desk (1).db", "desk-000001 の競合コピー.db", "keyring-000001 (2).json")
OTHERS = ("メモ.db", "desk.txt", "keyring.json.old")


def test_copies_that_a_service_makes_of_a_conflict_are_told_at_opening_and_by_the_check(tmp_path):
    folder = copied_folder(tmp_path)
    for name in (*CONFLICTS, *OTHERS):
        (folder / name).write_bytes(b"x")

    found = _look(folder)
    told = [note for note in found.notes if "同期のサービス" in note]
    closed(found.store)
    noted = [note for note in check_data_folder(folder, login_id=LOGIN, password=PASSWORD).notes if "同期の" in note]

    assert told == noted
    assert len(told) == 1
    assert [name for name in (*CONFLICTS, *OTHERS) if f"「{name}」" in told[0]] == list(CONFLICTS)
    assert all((folder / name).exists() for name in CONFLICTS)
