"""Who reads beside an erasing, and who sits down after it without opening: they see no name, and leave none lying."""

import sys
from datetime import timedelta

import pytest

from app.data_folder.services import data_folder, lock_transfer
from db import stale_check
from db.backups import finish_erasing
from db.records.organisations import Person
from db.rows import rows
from tests.data_folder.test_hand_over import Reader, fall_silent
from tests.support.data_folders import NAME, NOW, closed, copied_folder, keys, opened
from tests.support.erased import NAMES, erase, fill_people, standing_in, text_in
from tests.support.stores import killed

LATER = NOW + timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    place = copied_folder(tmp_path)
    store = opened(place)
    fill_people(store)
    closed(store)
    return place


@pytest.fixture
def reader(folder):
    """A window that has the copy of before open."""
    made = Reader(folder, "MADO-02")
    yield made
    made.end()


def named(store):
    return [word for word in NAMES if word in text_in(store)]


def test_a_window_that_reads_goes_over_to_the_copy_of_afterwards(folder, reader):
    assert named(reader.store)
    store = opened(folder, now=LATER)
    erase(store)
    left = finish_erasing.finish(store, now=LATER)
    assert reader.look().has_newer_copy
    reader.store, before = lock_transfer.open_newest_copy(reader.store).store, reader.store
    before.database.conn.close()
    assert named(reader.store) == []
    if sys.platform == "win32":  # no file goes there while somebody has it open
        assert [words for words in left if "閲覧用の写し" in words]
        assert finish_erasing.is_due(store)
        left = finish_erasing.finish(store, now=LATER)
    assert left == ()
    assert not any(place.startswith("published") for place in standing_in(folder, keys()))
    closed(store, now=LATER)


@pytest.mark.parametrize("stop", ["before anything is finished", "after the log"])
def test_who_sits_down_after_a_stop_finishes_it_without_opening(folder, reader, monkeypatch, stop):
    store = opened(folder, now=LATER)
    erase(store)
    if stop == "after the log":
        monkeypatch.setattr(finish_erasing, "FINISHED_FACT", "none of it")
        finish_erasing.finish(store, now=LATER)
        monkeypatch.undo()
    killed(store)
    fall_silent(folder)
    reader.look()
    reader.follow(take_over=True)
    assert named(reader.store) == []
    assert finish_erasing.is_due(reader.store), "the data are opened first, the rest is done in the background"
    assert lock_transfer.check_after_transfer(reader.store, now=LATER) == ()
    assert not finish_erasing.is_due(reader.store)
    assert {place.partition(" ")[0] for place in standing_in(folder, keys())} <= {"backup"}


def test_what_he_had_typed_over_the_old_rows_writes_no_name_back(folder, reader):
    number = next(one.id for one in rows(reader.store.database, Person) if one.name == NAMES[1])
    seen = lock_transfer.shown_journal_end(reader.store)
    store = opened(folder, now=LATER)
    erase(store)
    closed(store, now=LATER)
    reader.look()
    reader.follow()
    with (
        pytest.raises(stale_check.ChangedSince, match="消去"),
        reader.store.saving_with_stale_check(stale_check.StaleCheck(seq=seen, own_lock_numbers=frozenset())),
        reader.store.change(action="人を直した", by=NAME, now=LATER, subject="people") as change,
    ):
        change.update(Person, number, name=NAMES[1], role="会長")
    assert named(reader.store) == []
    assert data_folder.check_every_page(reader.store, now=LATER) == ()
