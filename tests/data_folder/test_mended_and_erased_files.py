"""A damaged file is given from the backups when it is opened; one that was erased never comes back by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.data_folder.services import backups
from app.data_folder.services.file_checks import FileRound
from app.papers.services import copy_keeping, issued_copies, stored_files
from app.papers.services.issued_copies import open_copy
from db.files import file_store, storage_errors
from db.records.papers import Outgoing, StoredFile
from db.rows import by_id, row
from tests.data_folder.test_stored_files_survive import DAMAGES, PAPER, flip, keep, kept, restored
from tests.support.data_folders import NAME, NOW, closed, copied_folder, keys, opened

AT_ITS_END = datetime(2033, 4, 1, 9, 0)


@pytest.fixture
def folder(tmp_path):
    """A closed folder with one stored file and one kept copy of a text that left, both in its backups too."""
    place = copied_folder(tmp_path)
    store = opened(place)
    keep(store)
    with store.change(action="電話の文をコピーした", by=NAME, now=NOW, subject="papers") as change:
        told = Outgoing(document_kind="電話の文", reference="", version=0, format="txt", way="コピー", by=NAME, at=NOW)
        issued_copies.log_issued(store, change, told, copy="見本崎 控乃 さんへ")
    closed(store)
    return place


def row_of(store):
    return copy_keeping.read_expired(store, today=AT_ITS_END.date())[0]


@DAMAGES
def test_a_damaged_file_is_given_from_the_backups_mended_by_that_and_said_once(folder, damage):
    store = opened(folder)
    record = row(store.database, StoredFile, size=len(PAPER))
    damage(file_store.path_of(folder, record.keyed_hash))
    assert stored_files.read_file(store, record.id) == PAPER
    assert file_store.read(folder, record.keyed_hash, keys())[0] == "whole"
    going = FileRound()
    said = [note for note in going.step(store, now=NOW) if record.keyed_hash[:8] in note]
    assert [("バックアップのものから直しました" in note) for note in said] == [True]
    assert stored_files.read_file(store, record.id) == PAPER
    assert store.mended == []
    closed(store)


def test_a_kept_copy_that_is_damaged_opens_as_it_left(folder):
    store = opened(folder)
    told = row_of(store)
    flip(file_store.path_of(folder, by_id(store.database, StoredFile, told.copy_file_id).keyed_hash))
    copy = open_copy(store, outgoing_id=told.id)
    assert (copy.data.decode(), copy.agrees) == ("見本崎 控乃 さんへ", True)
    closed(store)


def test_who_only_reads_gets_it_and_writes_nothing(folder):
    store = opened(folder)
    store.read_only = True
    path = kept(folder)
    flip(path)
    damaged = path.read_bytes()
    name = path.name
    number = row(store.database, StoredFile, keyed_hash=name).id
    assert stored_files.read_file(store, number)
    assert path.read_bytes() == damaged
    store.read_only = False
    store.database.conn.close()


def test_damaged_in_both_places_it_is_refused_and_left(folder):
    store = opened(folder)
    name = kept(folder).name
    for place in (folder, folder / "backups"):
        flip(file_store.path_of(place, name))
    number = row(store.database, StoredFile, keyed_hash=name).id
    with pytest.raises(storage_errors.Damaged):
        stored_files.read_file(store, number)
    store.database.conn.close()


def test_what_was_erased_does_not_come_back_by_any_look_at_the_files(folder):
    store = opened(folder, now=AT_ITS_END)
    told = row_of(store)
    name = by_id(store.database, StoredFile, told.copy_file_id).keyed_hash
    copy_keeping.erase_expired(store, outgoing_ids=[told.id], by=NAME, now=AT_ITS_END)
    there = file_store.path_of(folder, name)
    assert not there.exists()
    assert file_store.path_of(folder / "backups", name).exists()
    for days in (20, 40):
        FileRound().step(store, now=AT_ITS_END + timedelta(days=days))
        assert not there.exists()
    made = backups.make_backup(store, now=AT_ITS_END + timedelta(days=41))
    assert name not in (made.path / "manifest.json").read_text(encoding="utf-8")
    closed(store, now=AT_ITS_END + timedelta(days=41))
    assert not there.exists()


def test_a_restore_that_replays_an_erasing_leaves_the_erased_file_out_and_all_others_in(folder, tmp_path):
    store = opened(folder, now=AT_ITS_END)
    told = row_of(store)
    name = by_id(store.database, StoredFile, told.copy_file_id).keyed_hash
    copy_keeping.erase_expired(store, outgoing_ids=[told.id], by=NAME, now=AT_ITS_END)
    store.database.conn.close()
    store.seat.forget()
    back = restored(folder, tmp_path / "back")
    assert back.replayed
    assert not file_store.path_of(tmp_path / "back", name).exists()
    assert len(list(file_store.stored(tmp_path / "back"))) == len(list(file_store.stored(folder / "backups"))) - 1
