"""担当, 閲覧, given passwords and who adds people: rights in the sealed slot, on a real folder."""

import json

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts, backups, data_folder, lock_transfer, rights
from app.data_folder.services.check_data import check_data_folder
from app.data_folder.services.data_folder import set_first_password
from app.data_folder.services.lock_acquisition import acquire_lock
from app.data_folder.services.reading import open_for_reading
from db import folder_layout, keyring, write_lock
from db.backups import copies
from db.files import storage_errors
from db.tables import accounts as accounts_table
from tests.support import keyring_of_before
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened, recovery_key

GIVEN, OWN = "かりのとてもながいパスワード", "じぶんだけのとてもながい言葉"


@pytest.fixture
def store(tmp_path):
    return opened(copied_folder(tmp_path))


def who(store):
    return ActionContext(store, NAME, NOW)


def published(store):
    """Return the published copy, as the second person reads it."""
    return data_folder.open_published(store.folder, login_id="b", password=GIVEN).store


def add_and_close(store, **given):
    add(store, **given)
    closed(store)


def add(store, login_id="b", **given):
    given = {"password": GIVEN, "password_is_own": True} | given
    return accounts.add_user(who(store), login_id=login_id, display_name=f"見本 {login_id}", **given)


def enter(folder, login_id="b", password=GIVEN):
    return data_folder.open_data_folder(folder, login_id=login_id, password=password, now=NOW, pc="M", wait=0.2).store


def files(folder, *, seats=True):
    kept = (path for path in folder.rglob("*") if path.is_file() and (seats or path.parent.name != "seat"))
    return {path.name: path.read_bytes() for path in kept}


def line(store, login_id="b"):
    return next(one for one in accounts.list_users(store) if one.user.login_id == login_id)


def test_a_password_set_by_another_opens_nothing_until_it_is_changed(store):
    add_and_close(store, password_is_own=False)
    before = files(store.folder)
    login = {"login_id": "b", "password": GIVEN}
    aside = store.folder.parent / "new"
    for way in (
        lambda: enter(store.folder),
        lambda: data_folder.open_published(store.folder, **login),
        lambda: open_for_reading(store.folder, pc="M", **login),
        lambda: check_data_folder(store.folder, **login),
        lambda: backups.restore_backup(source=store.folder, target=aside, secret=GIVEN, login_id="b", now=NOW),
    ):
        with pytest.raises(storage_errors.TemporaryPassword, match="仮のもの"):
            way()
    assert files(store.folder) == before
    assert not aside.exists()
    for new, words in (("short", "12文字以上"), (GIVEN, "いまと同じ")):
        with pytest.raises(UserError, match=words):
            set_first_password(store.folder, login_id="b", password=GIVEN, new_password=new, now=NOW, wait=0.2)
    with pytest.raises(UserError, match="ご自分で決めた"):
        set_first_password(store.folder, login_id=LOGIN, password=PASSWORD, new_password=OWN, now=NOW, wait=0.2)
    set_first_password(store.folder, login_id="b", password=GIVEN, new_password=OWN, now=NOW, wait=0.2)
    with pytest.raises(storage_errors.WrongPassword):
        enter(store.folder)
    again = enter(store.folder, password=OWN)
    assert not line(again).has_temporary_password
    closed(again)
    assert check_data_folder(store.folder, login_id="b", password=OWN).is_sound


def test_a_password_given_to_a_colleague_who_forgot_theirs_is_for_one_login(store):
    add(store, role="閲覧", password=OWN)
    accounts.set_temporary_password(who(store), login_id="b", password=GIVEN)
    assert (line(store).has_temporary_password, line(store).role) == (True, "閲覧")
    with pytest.raises(UserError, match="ご自分のパスワードは"):
        accounts.set_temporary_password(who(store), login_id=LOGIN, password=GIVEN)
    closed(store)
    set_first_password(
        store.folder, login_id="b", password=GIVEN, new_password="あたらしい自分だけの言葉です", now=NOW, wait=0.2
    )
    with pytest.raises(storage_errors.RestrictedError, match="閲覧"):
        enter(store.folder, password="あたらしい自分だけの言葉です")


def test_a_reader_takes_no_seat_and_changes_nothing_by_any_way_in(store):
    add_and_close(store, role="閲覧")
    before = files(store.folder)
    with pytest.raises(storage_errors.RestrictedError, match="役割は「閲覧」"):
        enter(store.folder)
    assert check_data_folder(store.folder, login_id="b", password=GIVEN).is_sound
    looking = published(store)
    living = open_for_reading(store.folder, login_id="b", password=GIVEN, pc="M").store
    for one in (looking, living):
        with pytest.raises(storage_errors.RestrictedError), one.change(action="x", by="b", now=NOW):
            pass
    turns = lock_transfer.begin_session(looking, pc="M")
    lock_transfer.request_lock(turns)
    with pytest.raises(storage_errors.RestrictedError):
        lock_transfer.acquire_and_open(looking, turns, now=NOW, settle=0.0)
    lock_transfer.end_session(turns)
    assert write_lock.read_lock_status(store.folder).state == "free"
    for one in (looking, living):
        one.database.conn.close()
    assert files(store.folder) == before


def test_who_becomes_a_reader_while_looking_on_gets_the_seat_no_more(store):
    add(store)
    looking = data_folder.open_published(store.folder, login_id=LOGIN, password=PASSWORD).store
    data_folder.publish(store, now=NOW)
    mine = published(store)
    assert mine.restriction == ""
    accounts.set_rights(who(store), login_id="b", role="閲覧", manages=False)
    with pytest.raises(storage_errors.RestrictedError):
        rights.check_may_write(store.folder, mine.keys, "b")
    for one in (looking, mine):
        one.database.conn.close()
    closed(store)


def test_the_seat_given_by_who_just_took_the_right_away_is_not_taken(store, monkeypatch):
    """Asked before the seat is taken, the keyring may still say 担当: it is asked again once the seat is ours."""
    add(store)
    data_folder.publish(store, now=NOW)
    looking = published(store)
    turns = lock_transfer.begin_session(looking, pc="M")
    lock_transfer.request_lock(turns)
    sit_down = lock_transfer.acquire_lock

    def first_the_right_goes(*given, **more):
        accounts.set_rights(who(store), login_id="b", role="閲覧", manages=False)
        closed(store)
        return sit_down(*given, **more)

    monkeypatch.setattr(lock_transfer, "acquire_lock", first_the_right_goes)
    with pytest.raises(storage_errors.RestrictedError):
        lock_transfer.acquire_and_open(looking, turns, now=NOW, settle=0.0, take_over=True)
    assert write_lock.read_lock_status(store.folder).state == "free", "nobody is kept out by it"
    lock_transfer.end_session(turns)
    looking.database.conn.close()
    closed(opened(store.folder))


def test_whose_use_was_stopped_is_told_so_and_does_not_follow(store):
    add(store)
    data_folder.publish(store, now=NOW)
    looking = published(store)
    accounts.deactivate_user(who(store), login_id="b")
    closed(store)
    turns = lock_transfer.begin_session(looking, pc="M")
    lock_transfer.request_lock(turns)
    with pytest.raises(storage_errors.WrongPassword, match="止められました"):
        lock_transfer.acquire_and_open(looking, turns, now=NOW, settle=0.0)
    lock_transfer.end_session(turns)
    looking.database.conn.close()


def test_a_reader_and_a_given_password_let_nothing_out_by_a_backup_elsewhere(store, tmp_path):
    add_and_close(store, role="閲覧")
    looking = published(store)
    disk = tmp_path / "disk"
    disk.mkdir()
    for to in (None, disk):
        with pytest.raises(storage_errors.RestrictedError):
            backups.make_backup(looking, now=NOW, to=to)
    assert list(disk.iterdir()) == []
    looking.database.conn.close()


def test_a_keyring_of_before_keeps_its_bytes_and_an_altered_right_breaks_the_seal(store):
    path = folder_layout.keyring_paths(store.folder)[0]
    plain = json.loads(path.read_bytes())
    assert {name for slot in plain["slots"] for name in slot} == {
        "id", "kind", "owner", "iterations", "salt", "nonce", "wrapped"
    }  # fmt: skip
    assert keyring.to_bytes(keyring.read_file(path)) == path.read_bytes()
    add_and_close(store, role="閲覧")
    for path in folder_layout.keyring_paths(store.folder):
        plain = json.loads(path.read_bytes())
        del plain["slots"][-1]["reader"]
        path.write_text(json.dumps(plain), encoding="utf-8")
    ring = keyring.read_file(path)
    assert ring.slot_of("b").restriction == ""
    assert not keyring.is_sealed(ring, store.keys.keyring)
    plain["slots"][-1]["reader"] = "yes"
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert keyring.read_copy(path) == keyring.FoundCopy(None, "newer", plain["number"])


def edited(folder, edit):
    """What somebody with a text editor makes of both copies of the keyring: the seal fits no more."""
    for path in folder_layout.keyring_paths(folder):
        plain = json.loads(path.read_bytes())
        edit(plain["slots"][-1])
        path.write_text(json.dumps(plain), encoding="utf-8")


def test_a_role_edited_out_of_both_copies_of_the_keyring_still_counts(store):
    """The data noted it as a second source, which no text editor reaches; who may write is kept out by no damage."""
    add(store, role="閲覧")
    data_folder.publish(store, now=NOW)
    looking = published(store)
    closed(store)
    edited(store.folder, lambda slot: slot.pop("reader"))
    before = files(store.folder, seats=False)
    with pytest.raises(storage_errors.RestrictedError, match="閲覧"):
        enter(store.folder)
    taken = acquire_lock(store.folder, login_id="b", pc="M", now=NOW)
    for head in (None, copies.head(looking.database)):
        with pytest.raises(storage_errors.StorageProblem) as told:
            data_folder.open_with_lock(
                store.folder, store.keys, taken, login_id="b", published_head=head, now=NOW, wait=0.2
            )
    assert isinstance(told.value, storage_errors.RestrictedError)
    taken.release()
    login = {"login_id": "b", "password": GIVEN}
    for one in (
        looking,
        data_folder.open_published(store.folder, **login).store,
        open_for_reading(store.folder, pc="M", **login).store,
        lock_transfer.open_newest_copy(looking).store,
    ):
        assert one.restriction == "reader"
        one.database.conn.close()
    assert files(store.folder, seats=False) == before
    closed(opened(store.folder))


def test_a_program_of_before_that_changed_the_roles_is_believed(store):
    """It notes no roles: those noted before it say nothing of its keyring, and the next opening notes them again."""
    add(store, role="閲覧")
    database, ring = store.database, accounts._read_keyring(store)
    noted = accounts_table.fact(database, "restrictions")
    accounts._write_keyring(store, keyring.with_rights(ring, "b", role="担当", manages=False))
    accounts_table.set_fact(database, "restrictions", noted)
    assert accounts_table.known_restriction(database, "b") is None
    closed(store)
    again = opened(store.folder)
    assert accounts_table.known_restriction(again.database, "b") == ""
    closed(again)


def test_who_checks_sees_nothing_by_any_way_in_and_a_program_of_before_takes_them_for_a_reader(store):
    add(store, role="閲覧")
    accounts.set_rights(who(store), login_id="b", role="点検", manages=True)
    assert (line(store).role, line(store).is_manager) == ("点検", False)
    assert accounts.list_access_changes(store)[0].action == "役割を「点検」にした（ID b）"
    accounts.set_temporary_password(who(store), login_id="b", password=OWN)
    closed(store)
    set_first_password(store.folder, login_id="b", password=OWN, new_password=GIVEN, now=NOW, wait=0.2)
    path = folder_layout.keyring_paths(store.folder)[0]
    ring = keyring_of_before.read(path.read_bytes())
    assert keyring_of_before.open_with(ring, GIVEN, owner="b") == store.keys.data
    assert keyring_of_before.is_sealed(ring, store.keys.data)
    assert next(slot for slot in ring["slots"] if slot["owner"] == "b")["reader"] is True

    login = {"login_id": "b", "password": GIVEN}
    before = files(store.folder, seats=False)
    ways = (
        lambda: data_folder.open_published(store.folder, **login),
        lambda: open_for_reading(store.folder, pc="M", **login),
    )
    for edit in (lambda slot: None, lambda slot: slot.pop("manages", None), lambda slot: slot.pop("reader", None)):
        edited(store.folder, edit)
        with pytest.raises(storage_errors.RestrictedError):
            enter(store.folder)
        for way in ways:
            with pytest.raises(storage_errors.CheckerOnly, match="「点検」"):
                way()
        for path in folder_layout.keyring_paths(store.folder):
            path.write_bytes(before[path.name])
    assert files(store.folder, seats=False) == before
    assert check_data_folder(store.folder, **login).is_sound
    restored = store.folder.parent / "new"
    backups.restore_backup(source=store.folder, target=restored, secret=GIVEN, login_id="b", now=NOW)
    again = opened(restored)
    assert line(again).role == "点検"
    closed(again)


def test_people_are_added_by_those_with_the_mark_once_two_bear_it(store):
    for one in ("b", "c"):
        add(store, one)
    accounts.set_rights(who(store), login_id="b", role="担当", manages=True)
    assert accounts.account_managers(store) == accounts.AccountManagers(
        may_manage=True, names=("見本 b",), is_mark_in_force=False
    )
    accounts.set_rights(who(store), login_id="c", role="担当", manages=True)
    assert accounts.account_managers(store) == accounts.AccountManagers(
        may_manage=False, names=("見本 b", "見本 c"), is_mark_in_force=True
    )
    ways = (
        lambda **key: add(store, "d", **key),
        lambda **key: accounts.set_rights(who(store), login_id="b", role="閲覧", manages=False, **key),
        lambda **key: accounts.set_temporary_password(who(store), login_id="b", password=OWN, **key),
        lambda **key: accounts.deactivate_user(who(store), login_id="c", **key),
    )
    before = files(store.folder)
    for way in ways:
        with pytest.raises(UserError, match="見本 bさん、見本 cさん"):
            way()
        with pytest.raises(UserError, match="回復キーが違います"):
            way(recovery_key="23456-" * 8)
    with pytest.raises(UserError, match="発行し直せる"):
        accounts.issue_recovery_key(who(store))
    assert files(store.folder) == before
    add(store, "d", recovery_key=recovery_key())
    # Both may have left, and the paper may be lost: with a reason that is kept nobody stays locked out.
    key = accounts.issue_recovery_key(who(store), reason="印のある人が\n全員異動した")
    assert accounts.list_access_changes(store)[0].action == (
        "回復キーを発行した（「利用者を加える人」の印のない人による。理由：印のある人が 全員異動した）"
    )
    add(store, "f", recovery_key=key)
    closed(store)
    marked = enter(store.folder)
    add(marked, "e")
    accounts.set_rights(who(marked), login_id="c", role="閲覧", manages=True)
    assert not line(marked, "c").is_manager
    closed(marked)
    alone = opened(store.folder)
    assert accounts.account_managers(alone).may_manage, "one mark alone never keeps the others out"
    closed(alone)


def test_the_recovery_key_may_all_but_leave_nobody_who_types(store):
    add_and_close(store, role="閲覧")
    rescued = data_folder.open_with_recovery_key(store.folder, recovery_key=recovery_key(), now=NOW, wait=0.2).store
    assert accounts.account_managers(rescued).may_manage
    with pytest.raises(UserError, match="担当の人がいなくなる"):
        accounts.deactivate_user(who(rescued), login_id=LOGIN)
    with pytest.raises(UserError, match="担当の人がいなくなる"):
        accounts.set_rights(who(rescued), login_id=LOGIN, role="閲覧", manages=False)
    accounts.set_rights(who(rescued), login_id="b", role="担当", manages=False)
    accounts.set_rights(who(rescued), login_id=LOGIN, role="閲覧", manages=False)
    closed(rescued)
    closed(enter(store.folder))


def test_where_every_worker_left_the_printed_key_makes_a_reader_one_of_them(store):
    add_and_close(store, role="閲覧")
    for writes, said in ((False, ""), (True, "、役割を「担当」にした")):
        rescued = data_folder.open_with_recovery_key(store.folder, recovery_key=recovery_key(), now=NOW, wait=0.2).store
        accounts.set_password_after_recovery(who(rescued), login_id="b", new_password=OWN, can_write=writes)
        assert line(rescued).role == ("担当" if writes else "閲覧")
        assert accounts.list_access_changes(rescued)[0].action == f"回復キーでパスワードを再設定した{said}（ID b）"
        closed(rescued)
    closed(enter(store.folder, password=OWN))


def test_rights_survive_a_backup_and_its_restore(store, tmp_path):
    add(store, role="閲覧")
    backups.make_backup(store, now=NOW, reason="手動")
    closed(store)
    backups.restore_backup(source=store.folder, target=tmp_path / "new", secret=PASSWORD, login_id=LOGIN, now=NOW)
    with pytest.raises(storage_errors.RestrictedError):
        enter(tmp_path / "new")
    closed(opened(tmp_path / "new"))


def test_a_reader_restores_nothing(store, tmp_path):
    add_and_close(store, role="閲覧")
    with pytest.raises(storage_errors.RestrictedError):
        backups.restore_backup(source=store.folder, target=tmp_path / "new", secret=GIVEN, login_id="b", now=NOW)
    assert not (tmp_path / "new").exists()
