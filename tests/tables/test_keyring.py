"""The keyring: one data key, a slot for each user and for the recovery key, two copies that mend each other."""

import json
from dataclasses import replace

import pytest

from db import folder_layout, keyring
from db.files import storage_errors
from db.keys import derive_keys

DATA_KEY = bytes(range(32))
FILE_NAME, COPY_NAME = folder_layout.FIRST_KEYRING
KEYS = derive_keys(DATA_KEY)
SEAL = KEYS.keyring


def faults(folder):
    """What the check finds, beside the few rounds of these tests' own slots."""
    return [line for line in keyring.findings(folder, SEAL) if "弱く" not in line]


@pytest.fixture
def folder(tmp_path):
    """A keyring of two users and a recovery key; few rounds, so that the test is quick."""
    ring = keyring.Keyring(number=0, slots=())
    for owner, password in (("a", "みほんのながい鍵その一"), ("b", "another long password")):
        ring = keyring.with_slot(ring, keyring.wrap(DATA_KEY, password, kind="user", owner=owner, iterations=1000))
    secret = keyring.normalise_recovery_key("ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567-89ABC-DEFGH")
    ring = keyring.with_slot(ring, keyring.wrap(DATA_KEY, secret, kind="recovery", owner="", iterations=1000))
    keyring.write(tmp_path, ring, KEYS)
    return tmp_path


def test_each_user_opens_it_with_the_own_password_only(folder):
    assert keyring.unlock(folder, "みほんのながい鍵その一", owner="a").data_key == DATA_KEY
    assert keyring.unlock(folder, "another long password", owner="b").data_key == DATA_KEY
    for owner, password in (("a", "another long password"), ("c", "another long password"), ("b", "")):
        with pytest.raises(storage_errors.WrongPassword):
            keyring.unlock(folder, password, owner=owner)


@pytest.mark.parametrize(
    "typed",
    [
        "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567-89ABC-DEFGH",
        "abcde fghjk lmnpq rstuv wxyz2 34567 89abc defgh",
        "ＡＢＣＤＥーＦＧＨＪＫ　ＬＭＮＰＱ ＲＳＴＵＶ ＷＸＹＺ２ ３４５６７ ８９ＡＢＣ ＤＥＦＧＨ",
    ],
)
def test_a_recovery_key_opens_it_however_it_is_typed(folder, typed):
    secret = keyring.normalise_recovery_key(typed)
    assert keyring.unlock(folder, secret, owner=None).data_key == DATA_KEY


def test_a_recovery_key_is_long_and_has_no_signs_that_look_alike():
    key = keyring.new_recovery_key()
    signs = key.replace("-", "")
    assert len(signs) * 5 >= 160
    assert not set(signs) & set("0O1Il")
    assert keyring.normalise_recovery_key(key) == signs
    assert keyring.new_recovery_key() != key


def test_a_new_slot_is_made_hard_to_guess(full_locks):
    slot = keyring.wrap(DATA_KEY, "みほんのながい鍵その一", kind="user", owner="a")
    assert slot.iterations >= 600_000


@pytest.mark.parametrize("name", [FILE_NAME, COPY_NAME])
@pytest.mark.parametrize("damage", ["gone", "torn", "altered"])
def test_one_damaged_copy_is_mended_from_the_other_and_said(folder, name, damage):
    path = folder / name
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "torn":
        path.write_bytes(whole[: len(whole) // 2])
    else:
        path.write_bytes(whole.replace(b'"number": 3', b'"number": 9'))
    assert faults(folder) != []

    damaged = path.read_bytes() if path.exists() else None
    unlocked = keyring.unlock(folder, "みほんのながい鍵その一", owner="a")

    assert unlocked.data_key == DATA_KEY
    assert "直しました" in unlocked.notes[0]
    assert unlocked.has_damaged_copy
    assert (path.read_bytes() if path.exists() else None) == damaged, "who only looks writes nothing"

    keyring.write_sealed(folder, unlocked.keyring, lock_number=7)
    assert [one.name for one in folder_layout.keyring_paths(folder)] == [
        "keyring-000007.json",
        "keyring-000007-copy.json",
    ]
    assert [one.read_bytes() for one in folder_layout.keyring_paths(folder)] == [whole, whole]
    assert faults(folder) == []


def test_two_damaged_copies_say_where_a_third_lies(folder):
    for name in (FILE_NAME, COPY_NAME):
        (folder / name).write_bytes(b"not a keyring")
    with pytest.raises(storage_errors.Damaged, match="バックアップの中にも鍵ファイル"):
        keyring.unlock(folder, "みほんのながい鍵その一", owner="a")


def test_a_copy_left_behind_by_an_interrupted_change_does_not_let_the_old_password_in(folder):
    old = (folder / COPY_NAME).read_bytes()
    ring = keyring.read_file(folder / FILE_NAME)
    fresh = keyring.wrap(DATA_KEY, "あたらしいながい鍵です", kind="user", owner="a", iterations=1000)
    keyring.write(folder, keyring.with_slot(ring, fresh), KEYS)
    (folder / COPY_NAME).write_bytes(old)

    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, "みほんのながい鍵その一", owner="a")
    unlocked = keyring.unlock(folder, "あたらしいながい鍵です", owner="a")
    assert unlocked.data_key == DATA_KEY
    assert unlocked.has_damaged_copy


def test_the_keyring_of_the_highest_seat_counts_whatever_its_time(folder):
    ring = keyring.read_file(folder / FILE_NAME)
    fresh = keyring.wrap(DATA_KEY, "あたらしいながい鍵です", kind="user", owner="a", iterations=1000)
    keyring.write(folder, keyring.with_slot(ring, fresh), KEYS, lock_number=43)
    keyring.write(folder, ring, KEYS, lock_number=42)  # who was taken over comes back late
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, "みほんのながい鍵その一", owner="a")
    assert keyring.unlock(folder, "あたらしいながい鍵です", owner="a").notes == ()


@pytest.mark.parametrize("comes", [True, False])
def test_names_that_are_listed_and_not_there_are_asked_for_again(folder, comes, monkeypatch):
    """So a share shows a folder where a colleague just changed the keyring: the old names for some seconds more."""
    there = [path.rename(folder / f"kept-{path.name}") for path in folder_layout.keyring_paths(folder)]
    for path in folder_layout.new_keyring_paths(folder, 1):
        path.symlink_to(folder / "nowhere")
    waited = []

    def passes(seconds):
        waited.append(seconds)
        if comes and len(waited) == 2:
            for path, new in zip(there, folder_layout.new_keyring_paths(folder, 2), strict=True):
                path.rename(new)

    monkeypatch.setattr(folder_layout.time, "sleep", passes)
    if comes:
        assert keyring.unlock(folder, "another long password", owner="b").data_key == DATA_KEY
        assert len(waited) == 2
        return
    with pytest.raises(storage_errors.MissingData):
        keyring.unlock(folder, "another long password", owner="b")
    assert 10 < sum(waited) < 15


def test_a_slot_carried_over_to_another_user_does_not_open(folder):
    ring = keyring.read_file(folder / FILE_NAME)
    stolen = replace(ring.slot_of("a"), owner="b")
    assert keyring.open_slot(stolen, "みほんのながい鍵その一") is None


def test_a_removed_user_is_out_and_the_others_stay(folder):
    ring = keyring.read_file(folder / FILE_NAME)
    keyring.write(folder, keyring.without_user(ring, "b"), KEYS)
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, "another long password", owner="b")
    assert keyring.unlock(folder, "みほんのながい鍵その一", owner="a").data_key == DATA_KEY


def test_the_check_names_altered_slots_and_weak_ones(folder, full_locks):
    plain = json.loads((folder / FILE_NAME).read_bytes())
    plain["slots"][0]["iterations"] = 1
    (folder / FILE_NAME).write_text(json.dumps(plain), encoding="utf-8")
    said = keyring.findings(folder, SEAL)
    assert "書き換えられています" in said[0]
    assert any("弱く" in line for line in said)


def test_an_unknown_id_is_stretched_as_often_as_a_wrong_password(folder, monkeypatch):
    derive, rounds = keyring._derive_wrapping_key, {"a": [], "nobody": []}
    for owner, done in rounds.items():
        monkeypatch.setattr(
            keyring,
            "_derive_wrapping_key",
            lambda secret, slot, done=done: done.append(slot.iterations) or derive(secret, slot),
        )
        with pytest.raises(storage_errors.WrongPassword):
            # Nor does the password of somebody else open it.
            keyring.unlock(folder, "another long password", owner=owner)
    assert rounds["nobody"] == rounds["a"] == [1000]
