"""A damaged file is given from the backups when it is opened; one that was erased never comes back by itself."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.services import backups
from app.data_folder.services.background_checks import BackgroundChecks
from app.documents.services import copy_retention, issued_copies, stored_files
from app.documents.services.issued_copies import open_copy
from app.history import services as history_services
from db.backups import backup, change_log, restore
from db.files import file_store, storage_errors
from db.records.documents import Outgoing, StoredFile
from db.rows import by_id, row
from tests.data_folder.test_stored_files_survive import DAMAGES, PAPER, flip, keep, kept, restored
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, keys, opened, prepared_folder
from tests.support.erased import text_in
from tests.support.stores import made_by

AT_ITS_END = datetime(2033, 4, 1, 9, 0)
folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder with one stored file and one kept copy of a text that left, both in its backups too."""


def _prepare(place):
    store = opened(place)
    keep(store)
    with store.change(action="電話の文をコピーした", by=NAME, now=NOW, subject="papers") as change:
        told = Outgoing(document_kind="電話の文", reference="", version=0, format="txt", way="コピー", by=NAME, at=NOW)
        issued_copies.log_outgoing(store, change, told, copy="見本崎 控乃 さんへ")
    closed(store)


def row_of(store):
    return copy_retention.read_expired(store, today=AT_ITS_END.date()).rows[0]


@DAMAGES
def test_a_damaged_file_is_given_from_the_backups_mended_by_that_and_said_once(folder, damage):
    store = opened(folder)
    record = row(store.database, StoredFile, size=len(PAPER))
    damage(file_store.path_of(folder, record.keyed_hash))
    assert stored_files.read_file(store, record.id) == PAPER
    assert file_store.read(folder, record.keyed_hash, keys())[0] == "whole"
    going = BackgroundChecks()
    said = [note for note in going.check_next(store, now=NOW) if record.keyed_hash[:8] in note]
    assert [("バックアップのものから直しました" in note) for note in said] == [True]
    assert stored_files.read_file(store, record.id) == PAPER
    assert store.repaired_files == []
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
    copy_retention.erase_expired(ActionContext(store, NAME, AT_ITS_END), outgoing_ids=[told.id])
    there = file_store.path_of(folder, name)
    assert not there.exists()
    assert file_store.path_of(folder / "backups", name).exists()
    for days in (20, 40):
        BackgroundChecks().check_next(store, now=AT_ITS_END + timedelta(days=days))
        assert not there.exists()
    made = backups.make_backup(store, now=AT_ITS_END + timedelta(days=41))
    assert name not in (made.path / "manifest.json").read_text(encoding="utf-8")
    closed(store, now=AT_ITS_END + timedelta(days=41))
    assert not there.exists()


def test_a_restore_that_replays_an_erasing_leaves_the_erased_file_out_and_all_others_in(folder, tmp_path):
    store = opened(folder, now=AT_ITS_END)
    told = row_of(store)
    name = by_id(store.database, StoredFile, told.copy_file_id).keyed_hash
    copy_retention.erase_expired(ActionContext(store, NAME, AT_ITS_END), outgoing_ids=[told.id])
    store.database.conn.close()
    store.write_lock.abandon()
    back = restored(folder, tmp_path / "back")
    assert back.replayed
    assert not file_store.path_of(tmp_path / "back", name).exists()
    assert (
        len(list(file_store.stored_files(tmp_path / "back")))
        == len(list(file_store.stored_files(folder / "backups"))) - 1
    )


@pytest.mark.parametrize("how", ["alone", "without the log", "as it is"])
def test_no_restore_brings_an_erased_copy_back_nor_its_name(folder, tmp_path, how):
    store = opened(folder, now=AT_ITS_END)
    told = row_of(store)
    name = by_id(store.database, StoredFile, told.copy_file_id).keyed_hash
    copy_retention.erase_expired(ActionContext(store, NAME, AT_ITS_END), outgoing_ids=[told.id])
    closed(store, now=AT_ITS_END)
    if how == "without the log":
        shutil.rmtree(folder / change_log.FOLDER_NAME)
    oldest = next(one for one in reversed(backup.generations(folder / "backups")) if name in one.files)
    restore.restore(
        oldest.path, to=tmp_path / "back", secret=PASSWORD, owner=LOGIN, now=AT_ITS_END, replay=how != "alone"
    )
    assert not file_store.path_of(tmp_path / "back", name).exists()
    back = opened(tmp_path / "back", now=AT_ITS_END)
    assert "電話の文.txt" not in text_in(back), "its name went with it"
    if by_id(back.database, Outgoing, told.id).copy_file_id is not None:
        with pytest.raises(stored_files.ErasedContent):
            open_copy(back, outgoing_id=told.id)
        copy_retention.erase_expired(ActionContext(back, NAME, AT_ITS_END), outgoing_ids=[told.id])
    assert copy_retention.read_expired(back, today=AT_ITS_END.date()).rows == ()
    closed(back, now=AT_ITS_END)


def test_the_same_text_that_leaves_again_is_kept_anew(folder):
    store = opened(folder, now=AT_ITS_END)
    told = row_of(store)
    copy_retention.erase_expired(ActionContext(store, NAME, AT_ITS_END), outgoing_ids=[told.id])
    with store.change(action="もう一度コピーした", by=NAME, now=AT_ITS_END, subject="papers") as change:
        again = issued_copies.log_outgoing(
            store, change, replace(told, id=0, copy_file_id=None), copy="見本崎 控乃 さんへ"
        )
    assert open_copy(store, outgoing_id=again).data.decode() == "見本崎 控乃 さんへ"
    closed(store, now=AT_ITS_END)


def test_a_file_that_was_taken_back_goes_after_sixty_days_and_not_before(folder):
    """No row speaks of it any more, so no day of a kind would ever come for it."""
    store = opened(folder)
    there = {path.name for path in file_store.stored_files(folder)}
    with store.change(action="受け取った", by=NAME, now=NOW, subject="papers") as change:
        stored_files.keep_file(store, change, data=b"taken in by mistake", name="間違い.pdf", now=NOW)
    with suppress(KeyError), store.change(action="途中", by=NAME, now=NOW, subject="") as change:
        stored_files.keep_file(store, change, data=b"never saved", name="途中.pdf", now=NOW)
        change.update(StoredFile, 0, name="")
    history_services.undo(store, by=NAME, now=NOW)
    ours = [path for path in file_store.stored_files(folder) if path.name not in there]
    assert len(ours) == 2
    for path in ours:
        os.utime(path, (NOW.timestamp(),) * 2)
    for days, left in ((59, 2), (61, 0)):
        closed(store, now=NOW + timedelta(days=days))
        store = opened(folder, now=NOW + timedelta(days=days))
        assert sum(path.exists() for path in ours) == left, days
    assert {path.name for path in file_store.stored_files(folder)} == there
    made = backups.make_backup(store, now=NOW + timedelta(days=61))
    assert [path.name for path in ours if path.name in (made.path / "manifest.json").read_text("utf-8")] == []
    closed(store, now=NOW + timedelta(days=61))
