"""「鍵を替える」: one key opens the folder at any moment, what lay under the one before stays readable, and no more."""

import shutil
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import (
    accounts,
    backups,
    check_data,
    data_folder,
    key_change,
    lock_transfer,
    reading,
    second_folder,
)
from app.events.applications.services import application_import
from app.events.roster.services.roster import read_roster
from app.startup import folder_opening
from db import connection, folder_layout, journal, keyring
from db.backups import backup, change_log, copies, finish_key_change
from db.files import file_store, storage_errors
from db.files.file_copies import restore_from_backups
from db.tables import journal as journal_table
from tests.support.application_rows import fill_year, row, write_csv
from tests.support.changed_keys import COLLEAGUE, GIVEN, LATER, LEAVER, PICTURE, change, changed, folder_of_three
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    closed,
    filled_folder,
    keep_paper,
    opened,
    opening,
    recovery_key,
    rename_event,
    restored_backup,
    title,
)
from tests.support.erased import NAMES, STAYS, erase, text_in
from tests.support.in_full import some


@pytest.fixture
def folder(tmp_path):
    return folder_of_three(tmp_path)


def keys_in_force(folder):
    return keyring.unlock(folder, PASSWORD, owner=LOGIN).keys


def opened_after_a_change(folder):
    changed(folder)
    return opened(folder, now=LATER)


def changed_and_finished(folder):
    closed(opened_after_a_change(folder), now=LATER)


def test_everything_lies_under_the_new_key_at_the_next_opening(folder):
    before = keys_in_force(folder)
    handed = changed(folder)
    assert [one.login_id for one in handed.passwords] == [COLLEAGUE]
    store = opened(folder, now=LATER)
    now = store.keys
    assert (now.number, now.earlier[0].data, now.hashes, now.chain) == (2, before.data, before.hashes, before.chain)
    assert now.data != before.data
    assert not finish_key_change.is_due(store)
    assert title(store) == "はじめの題名"
    assert journal.check_chain(store.database, now.chain) == []
    assert [folder_layout.key_number_of(path) for _, path in folder_layout.database_files(folder)] == [2]
    assert {ring.key_number for ring in keyring.read_both(folder)} == {2}
    assert len(folder_layout.all_keyring_paths(folder)) == 1
    kept = [path.read_bytes() for path in file_store.stored_files(folder)]
    assert len(kept) == 1
    assert {file_store.key_number_of(one) for one in kept} == {2}
    assert len(change_log.read_all(folder, now.log)[0]) == len(change_log.read_all(folder, now.log_keys)[0]) > 10
    assert change_log.read_all(folder, before.log)[0] == {}, "no change lies under the key of before"
    assert copies.find_published(folder).key_number == 2
    assert len(list((folder / "published").glob("*.db"))) == 1
    with pytest.raises(storage_errors.NotOurs):
        connection.connect(folder_layout.database_of(folder), before.pages, read_only=True)
    said = [one.action for one in accounts.list_access_changes(store)]
    assert said[0] == "データの鍵を替えた（2つ目の鍵。仮のパスワード 1人、回復キーを発行し直した）"
    closed(store, now=LATER)
    assert check_data.check_data_folder(folder, login_id=LOGIN, password=PASSWORD).findings == ()


def test_who_stays_comes_in_by_the_paper_and_nobody_by_a_password_of_before(folder):
    handed = changed(folder)
    for login, secret in ((COLLEAGUE, GIVEN), (LEAVER, GIVEN), (None, keyring.normalise_recovery_key(recovery_key()))):
        with pytest.raises(storage_errors.WrongPassword):
            keyring.unlock(folder, secret, owner=login)
    one = handed.passwords[0]
    slot = keyring.unlock(folder, one.password, owner=COLLEAGUE).keyring.slot_of(COLLEAGUE)
    assert (slot.reader, slot.given) == (True, True)
    back = data_folder.open_with_recovery_key(folder, recovery_key=handed.recovery_key, now=LATER, wait=0.2)
    assert back.store.keys.number == 2
    closed(back.store, now=LATER)
    assert reading.open_for_reading(folder, login_id=LOGIN, password=PASSWORD, wait=0.2).store.keys.number == 2


def test_a_keyring_of_before_laid_over_the_new_one_is_said_as_such_and_never_as_missing_data(folder, tmp_path):
    """By the password that stayed the same it opens, by the new ones it does not: both are told what to put back."""
    before = folder_layout.keyring_paths(folder)[0].read_bytes()
    handed = changed(folder)
    closed(opened(folder, now=LATER), now=LATER)
    for path in folder_layout.keyring_paths(folder):
        path.write_bytes(before)
    one = handed.passwords[0]
    for login, secret in ((LOGIN, PASSWORD), (one.login_id, one.password)):
        for ask in (
            lambda login=login, secret=secret: data_folder.open_data_folder(
                folder, login_id=login, password=secret, now=LATER, wait=0.2, settle=0.0
            ),
            lambda login=login, secret=secret: reading.open_for_reading(
                folder, login_id=login, password=secret, wait=0.2
            ),
        ):
            with pytest.raises(storage_errors.Damaged) as told:
                ask()
            assert "鍵を替える前の古いもの" in told.value.happened
            assert "新しく始める" not in str(told.value)
    checked = check_data.check_data_folder(folder, login_id=LOGIN, password=PASSWORD)
    assert "鍵を替える前の古いもの" in checked.findings[0]
    restored = restored_backup(folder, tmp_path / "new", now=LATER)
    assert keyring.unlock(restored.folder, PASSWORD, owner=LOGIN).keyring.key_number == 2


def test_an_old_password_never_falls_back_to_what_a_stop_left_of_before(folder):
    """Keyring and database of before lie there until the first opening: they count for nothing."""
    changed(folder)
    assert [folder_layout.key_number_of(path) for _, path in folder_layout.database_files(folder)] == [1, 2]
    assert len(folder_layout.all_keyring_paths(folder)) == 2
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, GIVEN, owner=COLLEAGUE)
    newest = folder_layout.all_keyring_paths(folder)[0]
    newest[1].unlink()  # the second copy was not written yet
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, GIVEN, owner=COLLEAGUE)
    shutil.copyfile(folder_layout.all_keyring_paths(folder)[1][0], newest[1])  # or an old one was put into its place
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, GIVEN, owner=COLLEAGUE)
    store = opened(folder, now=LATER)
    assert {ring.key_number for ring in keyring.read_both(folder)} == {2}
    closed(store, now=LATER)
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, GIVEN, owner=COLLEAGUE)


def test_a_copy_of_before_that_a_stop_left_half_written_goes_with_the_rest(folder):
    changed(folder)
    living = folder_layout.database_files(folder, 1)[-1][1]
    copy = folder / "look-0123456789abcdef.unfinished" / "desk.db"  # of looking for what was left behind
    piece = folder / "files" / "ab" / "y.12345678.unfinished"
    made = folder / "backups" / "00099_x.12345678.unfinished"  # somebody may be making one just now
    for path in (copy, piece, made):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(living, path)
    store = opened(folder, now=LATER)
    assert not finish_key_change.is_due(store)
    assert [path.exists() for path in (copy.parent, piece, made)] == [False, False, True]
    closed(store, now=LATER)


def test_a_database_of_the_new_key_without_its_keyring_counts_for_nothing_and_goes(folder, monkeypatch):
    monkeypatch.setattr(keyring, "write_sealed", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    monkeypatch.setattr("db.backups.key_change.filesystem.remove", lambda *_, **__: None)  # a stop removes nothing
    with pytest.raises(KeyboardInterrupt):
        changed(folder)
    monkeypatch.undo()
    assert [folder_layout.key_number_of(path) for _, path in folder_layout.database_files(folder)] == [1, 2]
    store = opened(folder, now=LATER)
    assert (store.keys.number, title(store)) == (1, "はじめの題名")
    assert [folder_layout.key_number_of(path) for _, path in folder_layout.database_files(folder)] == [1]
    rename_event(store, "そのあとの題名")
    closed(store, now=LATER)
    store = opened_after_a_change(folder)
    assert (store.keys.number, title(store)) == (2, "そのあとの題名")
    closed(store, now=LATER)


def test_no_room_for_the_keyring_leaves_all_as_it_was(folder, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyring, "write_sealed", full)
    with pytest.raises(OSError, match="No space"):
        changed(folder)
    monkeypatch.undo()
    assert [folder_layout.key_number_of(path) for _, path in folder_layout.database_files(folder)] == [1]
    assert keyring.unlock(folder, GIVEN, owner=COLLEAGUE).keys.number == 1


@pytest.mark.nightly
def test_generations_of_before_restore_with_their_files_and_by_the_new_password_alone(folder, tmp_path):
    old = [one.path.name for one in backup.generations(folder / "backups")]
    changed_and_finished(folder)
    for count, name in enumerate(old):
        to = tmp_path / f"back{count}"
        source = folder / "backups" / name
        with pytest.raises(storage_errors.WrongPassword):
            backups.restore_backup(
                source=source, target=to, secret=GIVEN, login_id=COLLEAGUE, now=LATER, live_folder=folder
            )
        restored_backup(source, to, now=LATER, live_folder=folder)
        store = opened(to, now=LATER)
        assert store.keys.number == 2
        assert {file_store.key_number_of(path.read_bytes()) for path in file_store.stored_files(to)} == {2}
        assert check_data.check_open_store(store).findings == ()
        closed(store, now=LATER)


@pytest.mark.nightly
def test_old_backups_alone_open_as_they_did_with_their_attachments(folder, tmp_path):
    """Carried away before the change, or a place that was not there since: it knows of no later key."""
    elsewhere = tmp_path / "disk"
    shutil.copytree(folder / "backups", elsewhere)
    changed_and_finished(folder)
    restored_backup(elsewhere, tmp_path / "new", now=LATER)
    found = keyring.unlock(tmp_path / "new", GIVEN, owner=COLLEAGUE)
    assert found.keys.number == 1
    names = [path.name for path in file_store.stored_files(tmp_path / "new")]
    assert [file_store.get(tmp_path / "new", found.keys, name) for name in names] == [PICTURE]


def test_where_a_newer_backup_lies_beside_the_keyring_of_before_opens_no_older_one(folder, tmp_path):
    oldest = backup.generations(folder / "backups")[-1].path.name
    changed_and_finished(folder)
    alone = tmp_path / "disk"
    shutil.copytree(folder / "backups", alone)  # no living folder
    to = tmp_path / "new"
    with pytest.raises(storage_errors.WrongPassword):
        backups.restore_backup(source=alone / oldest, target=to, secret=GIVEN, login_id=COLLEAGUE, now=LATER)
    restored_backup(alone / oldest, to, now=LATER)
    assert keys_in_force(to).number == 2


@pytest.mark.nightly
def test_a_kept_file_bears_the_number_that_the_oldest_backup_needs_and_is_mended_both_ways(folder):
    store = opened_after_a_change(folder)
    keep_paper(store, b"new paper", now=LATER)
    closed(store, now=LATER)
    store = opened(folder, now=LATER)
    place = folder / "backups"
    old, new = store.keys.keyed_hash(PICTURE), store.keys.keyed_hash(b"new paper")
    numbers = {name: file_store.key_number_of(file_store.path_of(place, name).read_bytes()) for name in (old, new)}
    assert numbers == {old: 1, new: 2}
    for where, number in ((place, 1), (folder, 2)):
        path = file_store.path_of(where, old)
        path.write_bytes(path.read_bytes()[:-1] + b"?!")
        said = backup.file_copies_of(folder, place, store.keys, LATER).check_contents([old], {old})
        assert len(said) == 1, said
        assert file_store.key_number_of(path.read_bytes()) == number, where
        assert file_store.get(where, store.keys, old) == PICTURE
    file_store.path_of(folder, old).unlink()
    assert restore_from_backups(folder, store.keys, old)
    assert file_store.key_number_of(file_store.path_of(folder, old).read_bytes()) == 2
    file_store.put_encrypted(
        folder, old, file_store.reencrypt(file_store.read(place, old, store.keys)[1], old, store.keys, 1)
    )
    assert file_store.put(folder, store.keys, PICTURE) == old, "under the key of before it is not kept yet"
    assert file_store.key_number_of(file_store.path_of(folder, old).read_bytes()) == 2
    assert backup.damaged_files(place, backup.generations(place)) == {}
    closed(store, now=LATER)
    assert check_data.check_data_folder(folder, login_id=LOGIN, password=PASSWORD).findings == ()


@pytest.mark.nightly
def test_when_no_backup_of_before_is_kept_its_files_go_under_the_new_key(folder):
    changed_and_finished(folder)
    place = folder / "backups"
    for one in backup.generations(place):
        if one.key_number == 1:
            shutil.rmtree(one.path)
    store = opened(folder, now=LATER)
    name = store.keys.keyed_hash(PICTURE)
    assert file_store.key_number_of(file_store.path_of(place, name).read_bytes()) == 1
    assert backup.file_copies_of(folder, place, store.keys, LATER).check_contents([name], {name}) == ()
    assert file_store.key_number_of(file_store.path_of(place, name).read_bytes()) == 2
    closed(store, now=LATER)


@pytest.mark.nightly
def test_a_second_place_carried_before_and_after_gives_all_back_by_the_new_password_alone(folder, tmp_path):
    place = tmp_path / "disk"
    store = opened(folder)
    second_folder.set_second_folder(ActionContext(store, NAME, NOW), folder=place)
    assert folder_opening.close_folder(store, now=NOW) == ()
    handed = changed(folder)
    store = opened(folder, now=LATER)
    keep_paper(store, b"new paper", now=LATER)
    assert folder_opening.close_folder(store, now=LATER) == ()
    newer, older = backup.generations(place)
    assert (older.key_number, newer.key_number, len(older.files), len(newer.files)) == (1, 2, 1, 2)
    assert backup.damaged_files(place, [newer, older]) == {}
    shutil.rmtree(folder)
    recovery, new_recovery = map(keyring.normalise_recovery_key, (recovery_key(), handed.recovery_key))
    for count, one in enumerate((older, newer)):
        to = tmp_path / f"back{count}"
        given = {"source": one.path, "target": to, "now": LATER}
        for login, secret in ((COLLEAGUE, GIVEN), (LEAVER, GIVEN), (None, recovery)):
            with pytest.raises(storage_errors.WrongPassword):
                backups.restore_backup(secret=secret, login_id=login, **given)
        backups.restore_backup(secret=new_recovery, login_id=None, **given)
        shutil.rmtree(to)
        backups.restore_backup(secret=PASSWORD, login_id=LOGIN, **given)
        store = opened(to, now=LATER)
        assert (store.keys.number, check_data.check_open_store(store).findings) == (2, ())
        contents = {file_store.get(to, store.keys, path.name) for path in file_store.stored_files(to)}
        assert contents == {PICTURE, *([b"new paper"] if one is newer else [])}
        assert {file_store.key_number_of(path.read_bytes()) for path in file_store.stored_files(to)} == {2}
        closed(store, now=LATER)


@pytest.mark.nightly
def test_last_weeks_file_gives_no_new_rows(tmp_path):
    """Whether a row was taken in is told by hashes of the first key, and so after the change too."""
    folder = filled_folder(tmp_path, fill_year)
    came = "2026/08/31 9:01"
    rows = [row(1, "髙橋　みほん", at=came), row(2, "佐藤　みほん", at=came)]

    def taken(store, *, now):
        path = write_csv(tmp_path / "申込.csv", rows)
        return application_import.import_applications(ActionContext(store, NAME, now), path=path, event_id=1)

    store = opened(folder)
    assert [one.outcome for one in taken(store, now=NOW).preview.rows] == ["新規", "新規"]
    closed(store)
    store = opened_after_a_change(folder)
    steps = len(journal_table.entries(store.database))
    again = taken(store, now=LATER)
    assert ([one.outcome for one in again.preview.rows], again.id) == (["重複", "重複"], 0)
    assert len(journal_table.entries(store.database)) == steps
    rows.append(row(3, "鈴木　みほん", at=came))
    assert [one.outcome for one in taken(store, now=LATER).preview.rows] == ["重複", "重複", "新規"]
    assert [one.name for one in read_roster(store, event_id=1).rows] == ["髙橋　みほん", "佐藤　みほん", "鈴木　みほん"]
    closed(store, now=LATER)


@pytest.mark.nightly
def test_erasings_before_and_after_a_change_hold_in_every_generation(folder, tmp_path):
    store = opened(folder)
    erase(store, [NAMES[0]])
    closed(store)
    store = opened_after_a_change(folder)
    erase(store, [NAMES[1], NAMES[3]])
    closed(store, now=LATER)
    closed(opened(folder, now=LATER), now=LATER)
    assert {one.key_number for one in backup.generations(folder / "backups")} == {1, 2}
    for count, one in enumerate(some(backup.generations(folder / "backups"), of=3)):
        for way in ({}, {"replay": False}):
            to = tmp_path / f"back{count}{len(way)}"
            restored_backup(one.path, to, now=LATER, live_folder=folder, **way)
            store = opened(to, now=LATER)
            text = text_in(store)
            assert [word for word in (NAMES[0], NAMES[1], NAMES[3]) if word in text] == [], one.number
            if not way:
                assert STAYS[0] in text
            assert journal.check_chain(store.database, store.keys.chain) == []
            closed(store, now=LATER)


@pytest.mark.in_full
def test_a_third_key_opens_what_both_before_it_wrote(folder, tmp_path):
    changed_and_finished(folder)
    changed(folder, now=LATER + timedelta(days=1))
    third = LATER + timedelta(days=2)
    store = opened(folder, now=third)
    assert store.keys.number == 3
    closed(store, now=third)
    assert {one.key_number for one in backup.generations(folder / "backups")} == {1, 2, 3}
    for count, one in enumerate(some(backup.generations(folder / "backups"), of=3)):
        to = tmp_path / f"back{count}"
        restored_backup(one.path, to, now=third, live_folder=folder)
        store = opened(to, now=third)
        assert (store.keys.number, check_data.check_open_store(store).findings) == (3, ())
        closed(store, now=third)


def test_who_reads_meanwhile_is_told_that_the_key_was_changed(folder):
    store = opened(folder)
    closed(store)
    reader = reading.open_for_reading(folder, login_id=LOGIN, password=PASSWORD, wait=0.2).store
    turns = lock_transfer.begin_session(reader, pc="MADO-02")
    changed_and_finished(folder)
    with pytest.raises(storage_errors.KeyChanged):
        lock_transfer.open_newest_copy(reader)
    with pytest.raises(storage_errors.KeyChanged):
        lock_transfer.acquire_and_open(reader, turns, now=LATER, wait=0.2, settle=0.0)
    lock_transfer.end_session(turns)
    reader.database.conn.close()


@pytest.mark.nightly
def test_a_night_backup_between_change_and_opening_is_one_of_the_key_of_before(folder, tmp_path):
    changed(folder)
    made = backups.back_up_published(folder=folder, now=LATER)
    one = backup.read(made.path)
    assert (one.key_number, keyring.read_file(made.path / keyring.FILE_NAME).key_number) == (1, 2)
    store = opened(folder, now=LATER)
    assert backup.read(made.path).counts_verified
    closed(store, now=LATER)
    restored_backup(made.path, tmp_path / "new", now=LATER)
    store = opened(tmp_path / "new", now=LATER)
    assert (store.keys.number, check_data.check_open_store(store).findings) == (2, ())
    closed(store, now=LATER)


def test_a_held_file_leaves_it_due_and_says_so_until_it_goes(folder, monkeypatch):
    changed(folder)

    def held(*_, **__):
        raise PermissionError(13, "held")

    monkeypatch.setattr("db.files.file_copies.FileCopies.reseal", held)
    found = opening(folder, now=LATER)
    said = "前の鍵で書いたものが、データフォルダーの保管ファイルにまだ残っています。"
    assert [note for note in found.notes if note.startswith(said)]
    assert finish_key_change.is_due(found.store)
    closed(found.store, now=LATER)
    monkeypatch.undo()
    store = opened(folder, now=LATER)
    assert not finish_key_change.is_due(store)
    assert {file_store.key_number_of(path.read_bytes()) for path in file_store.stored_files(folder)} == {2}
    closed(store, now=LATER)


def test_what_it_refuses(folder):
    store = opened(folder)
    act = ActionContext(store, NAME, NOW)
    handed = key_change.prepare_papers(store)
    accounts.add_user(act, login_id="mihon09", display_name="新しい 人", password=GIVEN)
    closed(store)
    with pytest.raises(UserError, match="利用者が変わりました"):
        change(folder, store.keys, handed)
    with pytest.raises(storage_errors.WrongPassword, match="鍵は替わっていません"):
        change(folder, store.keys, handed, password="ちがうながいパスワード")
    store = opened(folder)
    handed = key_change.prepare_papers(store)
    with pytest.raises(storage_errors.Locked):
        change(folder, store.keys, handed)
    closed(store)
    found = data_folder.open_with_recovery_key(folder, recovery_key=recovery_key(), now=NOW, wait=0.2)
    with pytest.raises(UserError, match="回復キーで開いている"):
        key_change.prepare_papers(found.store)
    closed(found.store)
    assert keys_in_force(folder).number == 1


def test_who_left_under_the_key_in_force_and_which_backups_still_open_is_said(folder):
    store = opened(folder)
    found = key_change.old_backups(store, today=NOW.date())
    assert (found.is_key_changed, found.stopped_people) == (False, 1), "the one who left knew this key"
    closed(store)
    count = len(backup.generations(folder / "backups"))
    store = opened_after_a_change(folder)
    found = key_change.old_backups(store, today=LATER.date())
    assert (found.is_key_changed, found.stopped_people, found.latest_day) == (True, 0, date(2029, 9, 30))
    assert found.count >= count
    accounts.add_user(ActionContext(store, NAME, LATER), login_id="mihon07", display_name="短い 人", password=GIVEN)
    accounts.deactivate_user(ActionContext(store, NAME, LATER), login_id="mihon07")
    assert key_change.old_backups(store, today=LATER.date()).stopped_people == 1
    closed(store, now=LATER)


def test_first_passwords_are_typed_from_paper(folder):
    passwords = {key_change.new_first_password() for _ in range(50)}
    assert len(passwords) == 50
    for one in passwords:
        accounts.check_password(one)
        assert not set(one) & set("01loiIO"), one
