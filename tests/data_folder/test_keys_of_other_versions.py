"""A desk that is older or newer than the one that wrote the keyring: it opens, or says that it is the older one."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.screens.folder_facts import FolderFacts
from app.data_folder.screens.trouble_page import trouble_page_content
from app.data_folder.services import accounts, check_data, data_folder, reading
from db import folder_layout, keyring
from db.backups import backup
from db.files import storage_errors
from tests.support import keyring_of_before
from tests.support.changed_keys import COLLEAGUE, GIVEN, LATER, changed, folder_of_three
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened, recovery_key, restored_backup

HMAC_512 = "0" * 128


def test_a_desk_of_before_opens_what_this_one_writes_also_inside_backups(tmp_path):
    """Slots of every right, the recovery key, and the keys of before after a change of the key."""
    folder = folder_of_three(tmp_path)
    first = keyring.unlock(folder, PASSWORD, owner=LOGIN)
    store = opened(folder)
    accounts.set_rights(ActionContext(store, NAME, NOW), login_id=LOGIN, role="担当", manages=True)
    closed(store)
    of_before = backup.generations(folder / "backups")[0].path / keyring.FILE_NAME
    handed = changed(folder)
    closed(opened(folder, now=LATER), now=LATER)
    now = keyring.unlock(folder, PASSWORD, owner=LOGIN)

    ring = keyring_of_before.read(of_before.read_bytes())
    assert keyring_of_before.open_with(ring, PASSWORD, owner=LOGIN) == first.data_key
    assert keyring_of_before.open_with(ring, GIVEN, owner=COLLEAGUE) == first.data_key
    assert (
        keyring_of_before.open_with(ring, keyring.normalise_recovery_key(recovery_key()), owner=None) == first.data_key
    )
    assert keyring_of_before.is_sealed(ring, first.data_key)
    assert {right for slot in ring["slots"] for right in slot if slot.get(right) is True} == set(
        keyring_of_before.RIGHTS
    )

    of_now = backup.generations(folder / "backups")[0].path / keyring.FILE_NAME
    for path in (*folder_layout.keyring_paths(folder), of_now):
        ring = keyring_of_before.read(path.read_bytes())
        assert keyring_of_before.open_with(ring, PASSWORD, owner=LOGIN) == now.data_key
        assert keyring_of_before.open_with(ring, handed.passwords[0].password, owner=COLLEAGUE) == now.data_key
        secret = keyring.normalise_recovery_key(handed.recovery_key)
        assert keyring_of_before.open_with(ring, secret, owner=None) == now.data_key
        assert keyring_of_before.is_sealed(ring, now.data_key)
        assert keyring_of_before.earlier_keys(ring, now.data_key) == [first.data_key]
        assert keyring_of_before.open_with(ring, PASSWORD + "x", owner=LOGIN) is None


Edit = Callable[[dict[str, Any]], object]
UNKNOWN: dict[str, Edit] = {
    "another form": lambda plain: plain.update(format=2),
    "a word beside the slots": lambda plain: plain.update(kdf="argon2id"),
    "a word in a slot": lambda plain: plain["slots"][0].update(kdf="argon2id"),
    "a kind of slot": lambda plain: plain["slots"].append({"id": "00", "kind": "card", "owner": "b"}),
    "another value of a right": lambda plain: plain["slots"][0].update(reader="2027-03-31"),
    "more rounds": lambda plain: plain["slots"][0].update(iterations=10_000_000),
    "another wrapping": lambda plain: plain["slots"][0].update(wrapped="00" * 64),
    "another seal": lambda plain: plain.update(seal=HMAC_512),
    "another seal of a key of before": lambda plain: plain.update(seals=[HMAC_512], earlier=["00" * 60]),
    "another form of a key of before": lambda plain: plain.update(seals=["00" * 32], earlier=["00" * 99]),
}


def alter(folder, edit: Edit, *, copies: int = 2, later: bool = True) -> None:
    """Write what a newer program would: another change of the keyring, with something unknown in it."""
    for path in folder_layout.keyring_paths(folder)[:copies]:
        plain = json.loads(path.read_bytes())
        plain["number"] += later
        edit(plain)
        path.write_text(json.dumps(plain), encoding="utf-8")


def check_words(said: str) -> None:
    assert "新しい版で作られた鍵です。" in said
    assert "このPCのデジ活デスクを新しくしてください" in said
    for word in ("壊れて", "復元", "違います"):
        assert word not in said


@pytest.mark.parametrize("what", UNKNOWN)
def test_an_unknown_slot_word_or_seal_is_said_as_a_newer_key_and_never_as_damage(folder, what):
    store = opened(folder)
    alter(folder, UNKNOWN[what])
    ways: dict[str, Callable[[], object]] = {
        "password": lambda: accounts.check_own_password(store, password=PASSWORD),
        "user": lambda: accounts.add_user(
            ActionContext(store, NAME, NOW), login_id="b", display_name="見本 一郎", password="あたらしいひとのながい鍵"
        ),
        "backup": lambda: backup._keyring_bytes(folder, store.keys.keyring),
    }
    for ask in ways.values():
        with pytest.raises(storage_errors.NewerKey) as told:
            ask()
        check_words(str(told.value))
    found = keyring.findings(folder, store.keys.keyring)
    assert len(found) == 2
    check_words("".join(f"{one}。" for one in found).replace("鍵です。。", "鍵です。"))
    store.database.conn.close()


@pytest.mark.parametrize("what", UNKNOWN)
def test_nothing_opens_or_restores_by_an_older_key_beside_a_newer_one(folder, tmp_path, what):
    alter(folder, UNKNOWN[what], copies=1)  # a stop between the two copies: the second one is as it was
    before = {path: path.read_bytes() for path in folder.glob("keyring*")}
    who = {"login_id": LOGIN, "password": PASSWORD}
    ways: dict[str, Callable[[], object]] = {
        "open": lambda: opened(folder),
        "read": lambda: reading.open_for_reading(folder, wait=0.2, **who),
        "recovery": lambda: data_folder.open_with_recovery_key(folder, recovery_key=recovery_key(), now=NOW, wait=0.2),
        "verify": lambda: check_data.check_data_folder(folder, **who),
        "restore": lambda: restored_backup(folder, tmp_path / "new"),
    }
    for ask in ways.values():
        with pytest.raises(storage_errors.NewerKey) as told:
            ask()
        check_words(str(told.value))
        title, failure, offered = trouble_page_content(told.value, FolderFacts(backups=3))
        assert "restore" not in [way.key for way in offered]
        assert "復元" not in title + failure.as_one_text()
    assert {path: path.read_bytes() for path in folder.glob("keyring*")} == before
    assert not (tmp_path / "new").exists()


def test_a_backup_with_a_newer_key_is_not_restored_by_an_older_password(folder, tmp_path):
    """Whatever became of the living folder: by the key of before, the data would go on a second time."""
    path = backup.generations(folder / "backups")[0].path / keyring.FILE_NAME
    plain = json.loads(path.read_bytes())
    path.write_text(json.dumps({**plain, "number": plain["number"] + 1, "kdf": "argon2id"}), encoding="utf-8")
    with pytest.raises(storage_errors.NewerKey) as told:
        restored_backup(folder / "backups", tmp_path / "new")
    check_words(str(told.value))


@pytest.mark.parametrize("what", UNKNOWN)
def test_a_word_that_was_damaged_in_one_copy_is_still_mended_from_the_other(folder, what):
    alter(folder, UNKNOWN[what], copies=1, later=False)
    store = opened(folder)
    closed(store)
    assert [copy.fault for copy in map(keyring.read_copy, folder_layout.keyring_paths(folder))] == ["", ""]
