"""The contents of the kept files are read again in the background, longest unchecked first, each within 30 days."""

import json
import os
from datetime import timedelta

import pytest

from app.data_folder.services import background_checks, backups
from app.data_folder.services.background_checks import BackgroundChecks
from app.documents.services import stored_files
from db.files import file_copies, file_store
from tests.support.data_folders import NAME, NOW, closed, keys, opened, prepared_folder
from tests.support.stores import made_by

COUNT = 12
SIZE = 3000
folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder with a dozen kept files, which its backups hold too."""


def _prepare(place):
    store = opened(place)
    with store.change(action="資料を受領した", by=NAME, now=NOW, subject="materials") as change:
        for number in range(COUNT):
            data = bytes([number]) * SIZE
            stored_files.keep_file(store, change, data=data, name=f"資料{number}.pdf", now=NOW)
    closed(store)


@pytest.fixture
def read(monkeypatch):
    """The names of the files whose content is read, in order."""
    names: list[str] = []
    wholly = file_store.read

    def noted(place, name, *given):
        names.append(name)
        return wholly(place, name, *given)

    monkeypatch.setattr(file_store, "read", noted)
    return names


def flip(path):
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    stamp = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))  # a bit that falls over on the disk leaves no trace


def set_checked(place, name, when):
    path = place / "files" / file_copies.FILE_NAME
    plain = json.loads(path.read_bytes())
    plain[name][3] = when.isoformat()
    path.write_text(json.dumps(plain), encoding="utf-8")


def test_what_was_checked_lately_is_not_read_again(folder, read):
    store = opened(folder)
    assert BackgroundChecks().check_next(store, now=NOW + timedelta(days=14)) == ()
    assert read == []
    closed(store)


def test_every_content_is_read_within_thirty_days_a_few_at_a_time(folder, read, monkeypatch):
    monkeypatch.setattr(background_checks, "BYTES_PER_STEP", 8 * SIZE)
    store = opened(folder)
    going = BackgroundChecks()
    steps = 0
    while going.check_next(store, now=NOW + timedelta(days=16)) == () and steps < COUNT:
        steps += 1
        assert len(set(read)) <= steps * 4
    assert set(read) == {path.name for path in file_store.stored_files(folder)}
    assert all(one.checked_at == NOW + timedelta(days=16) for one in file_copies.load(folder).values())
    assert all(one.checked_at == NOW + timedelta(days=16) for one in file_copies.load(folder / "backups").values())
    closed(store, now=NOW + timedelta(days=16))


def test_those_longest_unchecked_come_first(folder, read, monkeypatch):
    monkeypatch.setattr(background_checks, "BYTES_PER_STEP", 1)
    names = sorted(path.name for path in file_store.stored_files(folder))
    set_checked(folder, names[7], NOW - timedelta(days=3))
    set_checked(folder / "backups", names[3], NOW - timedelta(days=2))
    store = opened(folder)
    BackgroundChecks().check_next(store, now=NOW + timedelta(days=16))
    assert set(read) == {names[7]}
    read.clear()
    BackgroundChecks().check_next(store, now=NOW + timedelta(days=16))
    assert set(read) == {names[3]}
    closed(store)


@pytest.mark.parametrize("place", [".", "backups"])
def test_a_bit_that_fell_over_is_found_mended_and_said(folder, place):
    path = next(file_store.stored_files(folder / place))
    flip(path)
    store = opened(folder)
    said = BackgroundChecks().check_next(store, now=NOW + timedelta(days=16))
    assert len(said) == 1
    assert path.name[:8] in said[0]
    assert file_store.read(folder / place, path.name, keys())[0] == "whole"
    closed(store)


def test_a_file_lost_everywhere_stays_said_and_the_journal_is_left_alone(folder):
    name = next(file_store.stored_files(folder)).name
    for place in (folder, folder / "backups"):
        file_store.path_of(place, name).unlink()
    store = opened(folder)
    head = store.database.execute("SELECT max(seq) FROM journal").fetchone()[0]
    going = BackgroundChecks()
    for minutes in (0, 1):
        said = going.check_next(store, now=NOW + timedelta(days=16, minutes=minutes))
        assert [note for note in said if name[:8] in note and "正しいものがありません" in note]
    assert store.database.execute("SELECT max(seq) FROM journal").fetchone()[0] == head


def test_a_clock_that_was_put_back_has_everything_read_again(folder, read):
    store = opened(folder)
    BackgroundChecks().check_next(store, now=NOW - timedelta(days=400))
    assert len(set(read)) == COUNT
    closed(store)


def test_a_new_file_reaches_the_backups_after_a_quiet_minute_and_the_night_finds_it_proved(folder):
    store = opened(folder)
    with store.change(action="資料を受領した", by=NAME, now=NOW, subject="materials") as change:
        record = stored_files.keep_file(store, change, data=b"new paper", name="新.pdf", now=NOW)
    assert BackgroundChecks().copy_new_files(store, now=NOW) == ()
    assert file_store.read(folder / "backups", record.keyed_hash, keys())[0] == "whole"
    made = backups.back_up_published(folder=folder, now=NOW + timedelta(hours=9))
    assert made.notes == ()
    closed(store)


def test_nothing_is_read_in_a_folder_open_for_reading_only(folder, read):
    store = opened(folder)
    store.read_only = True
    assert BackgroundChecks().check_next(store, now=NOW + timedelta(days=99)) == ()
    assert read == []
    store.read_only = False
    closed(store)
