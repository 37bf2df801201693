"""One copy of the keyring with anything in it: the other opens, quickly, and what may not be read is called so."""

import json
import time

import pytest

from db import folder_layout, keyring
from db.files import storage_errors
from db.keys import derive_keys

DATA_KEY = bytes(range(32))
FILE_NAME, COPY_NAME = folder_layout.FIRST_KEYRING
PASSWORD = "みほんのながい鍵その一"
DEEP = b"[" * 100_000
WRONG = [None, True, -1, 1.5, 10**30, "", "zz", "\ud800", [], {}, [[]], {"a": 1}]


@pytest.fixture
def folder(tmp_path):
    """A keyring of one user; few rounds, so that the test is quick."""
    slot = keyring.wrap(DATA_KEY, PASSWORD, kind="user", owner="a", iterations=1000)
    keyring.write(tmp_path, keyring.with_slot(keyring.Keyring(number=0, slots=()), slot), derive_keys(DATA_KEY))
    return tmp_path


def opens(folder):
    """Open it, and hold that the altered copy is to be written anew and that so is said."""
    began = time.perf_counter()
    unlocked = keyring.unlock(folder, PASSWORD, owner="a")
    assert time.perf_counter() - began < 2
    assert unlocked.data_key == DATA_KEY
    assert unlocked.notes == ("鍵ファイルの片方が壊れていたため、もう片方から直しました。データは変わっていません。",)
    assert unlocked.has_damaged_copy


def edits(plain):
    """Every value of the keyring file, and the whole of it, replaced by what does not belong there."""
    for wrong in WRONG:
        yield wrong
        for name in plain:
            yield {**plain, name: wrong}
        for name in plain["slots"][0]:
            yield {**plain, "slots": [{**plain["slots"][0], name: wrong}]}
    for name in plain:
        yield {key: value for key, value in plain.items() if key != name}
    yield {**plain, "slots": [{**plain["slots"][0], "more": 1}]}
    yield {**plain, "slots": [{**plain["slots"][0], "iterations": 19_999_999}]}
    yield {**plain, "seal": "é" * 64}


@pytest.mark.parametrize("name", [FILE_NAME, COPY_NAME])
def test_no_value_in_one_copy_stops_the_other(folder, name):
    whole = (folder / name).read_bytes()
    for edit in edits(json.loads(whole)):
        (folder / name).write_bytes(json.dumps(edit).encode())
        if (folder / name).read_bytes() != whole and json.loads(whole) != edit:
            opens(folder)


@pytest.mark.parametrize("name", [FILE_NAME, COPY_NAME])
@pytest.mark.parametrize("data", [DEEP, b"\xff\xfe", b"", b'{"format": Infinity}', b"[" + b"9" * 5000 + b"]"])
def test_no_bytes_in_one_copy_stop_the_other(folder, name, data):
    (folder / name).write_bytes(data)
    opens(folder)


def test_a_wrong_password_is_refused_quickly_whatever_work_an_altered_copy_asks_for(folder):
    plain = json.loads((folder / COPY_NAME).read_bytes())
    plain["slots"][0]["iterations"] = 19_999_999
    (folder / COPY_NAME).write_text(json.dumps(plain), encoding="utf-8")
    began = time.perf_counter()
    with pytest.raises(storage_errors.WrongPassword):
        keyring.unlock(folder, PASSWORD + "x", owner="a")
    assert time.perf_counter() - began < 2


@pytest.fixture
def held(monkeypatch, folder):
    """Let another program hold some of the files."""

    def hold(*names):
        def refuse(path):
            if path.name in names:
                raise PermissionError(13, "held", str(path))
            return reads(path)

        reads = type(folder).read_bytes
        monkeypatch.setattr(type(folder), "read_bytes", refuse)

    return hold


@pytest.mark.parametrize("name", [FILE_NAME, COPY_NAME])
def test_a_copy_that_may_not_be_read_is_said_so_and_left_alone(folder, held, name):
    before = (folder / name).stat().st_ino
    held(name)
    unlocked = keyring.unlock(folder, PASSWORD, owner="a")
    assert unlocked.data_key == DATA_KEY
    assert "片方を読めません" in unlocked.notes[0]
    assert "壊れて" not in unlocked.notes[0]
    assert (folder / name).stat().st_ino == before
    assert any("を読めません" in line for line in keyring.findings(folder, derive_keys(DATA_KEY).keyring))


def test_two_copies_that_may_not_be_read_are_not_called_damaged(folder, held):
    held(FILE_NAME, COPY_NAME)
    with pytest.raises(storage_errors.StorageProblem, match="鍵ファイルを読めません") as refused:
        keyring.unlock(folder, PASSWORD, owner="a")
    assert "壊れて" not in str(refused.value)
    assert "読み取りの権限" in refused.value.todo
