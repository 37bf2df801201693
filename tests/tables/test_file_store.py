"""Received files: kept encrypted under a keyed hash, given back exactly, altered ones noticed."""

import hashlib

import pytest

from db.files import file_store, storage_errors
from db.keys import derive_keys
from tests.support.altered_files import flip

KEYS = derive_keys(bytes(range(32)))
PAPER = "見本の資料".encode() * 1000


def test_a_file_comes_back_as_it_was_and_lies_encrypted(tmp_path):
    name = file_store.put(tmp_path, KEYS, PAPER)
    assert file_store.get(tmp_path, KEYS, name) == PAPER
    kept = file_store.path_of(tmp_path, name)
    assert "見本の資料".encode() not in kept.read_bytes()
    assert name != hashlib.sha256(PAPER).hexdigest(), "a plain hash would tell who holds a known paper"


def test_the_same_content_is_kept_once_and_a_damaged_copy_of_it_is_healed(tmp_path):
    name = file_store.put(tmp_path, KEYS, PAPER)
    path = file_store.path_of(tmp_path, name)
    whole = path.read_bytes()
    assert file_store.put(tmp_path, KEYS, PAPER) == name
    assert path.read_bytes() == whole
    path.write_bytes(whole[:-1])
    file_store.put(tmp_path, KEYS, PAPER)
    assert file_store.get(tmp_path, KEYS, name) == PAPER


def test_an_altered_or_missing_file_is_refused_in_words_and_found_by_the_check(tmp_path):
    name = file_store.put(tmp_path, KEYS, PAPER)
    sums = {name: hashlib.sha256(PAPER).hexdigest()}
    assert file_store.findings(tmp_path, KEYS, sums) == []
    path = file_store.path_of(tmp_path, name)

    flip(path, at=100)
    with pytest.raises(storage_errors.Damaged, match="書き換えられて"):
        file_store.get(tmp_path, KEYS, name)
    assert "書き換えられている" in file_store.findings(tmp_path, KEYS, sums)[0]

    path.unlink()
    with pytest.raises(storage_errors.Damaged, match="見つからない"):
        file_store.get(tmp_path, KEYS, name)
    assert "がありません" in file_store.findings(tmp_path, KEYS, sums)[0]


def test_a_file_put_in_the_place_of_another_is_noticed(tmp_path):
    one, other = file_store.put(tmp_path, KEYS, PAPER), file_store.put(tmp_path, KEYS, b"other")
    file_store.path_of(tmp_path, one).write_bytes(file_store.path_of(tmp_path, other).read_bytes())
    with pytest.raises(storage_errors.Damaged):
        file_store.get(tmp_path, KEYS, one)
