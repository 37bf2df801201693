"""The turns at one folder, step by step: who may follow, who waits how long, and what a fault in the act leaves."""

import os
from datetime import timedelta

import pytest

from app.data_folder.services import data_folder, lock_transfer
from db import write_lock
from db.backups import copies
from db.files import presence_files, storage_errors
from db.files.presence_files import Presence, PresenceFile
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, living, opened, rename_event, title
from tests.support.stores import killed, new_store


class Clock:
    """Our own unbroken clock, set on by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Reader:
    """Somebody who reads, at a PC of their own."""

    def __init__(self, folder, pc: str) -> None:
        self.store = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD).store
        self.turns = lock_transfer.begin_session(self.store, pc=pc)
        self.clock = self.turns.monotonic = Clock()

    def look(self) -> lock_transfer.ReaderStatus:
        return lock_transfer.read_status(self.store, self.turns)

    def follow(self, **more) -> None:
        before = self.store
        self.store = lock_transfer.acquire_and_open(before, self.turns, now=NOW, settle=0.0, **more).store
        before.database.conn.close()

    def end(self) -> None:
        data_folder.close_data_folder(self.store, now=NOW)
        lock_transfer.end_session(self.turns)


@pytest.fixture
def writer(folder):
    store = opened(folder)
    rename_event(store, "はじめの席で")
    made = Reader.__new__(Reader)
    made.store, made.turns = store, lock_transfer.begin_session(store, pc="MADO-01")
    data_folder.publish(store, now=NOW)
    yield made
    made.end()


@pytest.fixture
def readers(folder, writer):
    made = [Reader(folder, f"MADO-0{number}") for number in (2, 3)]
    yield made
    for one in made:
        one.end()


def waits(writer) -> list[str]:
    return [one.token for one in lock_transfer.waiting_people(writer.store, writer.turns)]


def ask(writer, *readers) -> None:
    """Each asks for the seat, and the one who types sees it."""
    for one in readers:
        lock_transfer.request_lock(one.turns)
        waits(writer)


def give(writer) -> None:
    writer.store = lock_transfer.transfer_lock(writer.store, writer.turns, now=NOW).store


def gives_after_all(writer, reader) -> None:
    assert not reader.look().may_acquire
    rename_event(writer.store, "つぎの題名")
    give(writer)
    reader.follow()
    assert title(reader.store) == "つぎの題名"


@pytest.fixture
def copy_away(monkeypatch):
    """No copy can be opened."""

    def failing(act, *given) -> None:
        away = storage_errors.StorageProblem("copy away")
        with monkeypatch.context() as broken:
            broken.setattr(data_folder, "open_copy", lambda *_a, **_k: (_ for _ in ()).throw(away))
            with pytest.raises(storage_errors.StorageProblem):
                act(*given)

    return failing


def fall_silent(folder, seconds=600) -> None:
    for path in (*(folder / "seat").iterdir(), *(folder / "desks").iterdir()):
        os.utime(path, (path.stat().st_mtime - seconds,) * 2)


def test_the_last_change_is_said_with_who_made_it_and_when_and_none_of_empty_data(folder, tmp_path):
    store = opened(folder)
    rename_event(store, "はじめ", by="見本 一郎", now=NOW)
    rename_event(store, "あと", by="見本 二郎", now=NOW + timedelta(hours=1))
    assert lock_transfer.last_change(store) == ("見本 二郎", NOW + timedelta(hours=1))
    closed(store)
    untouched = new_store(tmp_path / "empty")
    assert lock_transfer.last_change(untouched) == ("", None)
    untouched.database.conn.close()


def test_the_line_keeps_the_order_in_which_the_wishes_were_seen(writer, readers):
    second, first = readers
    lock_transfer.request_lock(first.turns)
    assert waits(writer) == [first.turns.token]
    lock_transfer.request_lock(second.turns)
    assert waits(writer) == [first.turns.token, second.turns.token]
    assert (first.look().queue_position, second.look().queue_position) == (1, 2)
    lock_transfer.cancel_request(first.turns)
    assert waits(writer) == [second.turns.token]


def test_the_one_it_was_given_to_follows_and_the_next_waits_on_with_the_new_one(writer, readers):
    first, second = readers
    ask(writer, first, second)
    give(writer)
    assert first.look().may_acquire
    assert not second.look().may_acquire
    first.follow()
    assert title(first.store) == "はじめの席で"
    assert second.look().queue_position == 1
    assert [one.token for one in lock_transfer.waiting_people(first.store, first.turns)] == [second.turns.token]


def test_a_seat_given_to_somebody_who_is_gone_comes_to_the_next_after_five_seconds_and_to_anybody_after_ten(
    writer, readers
):
    first, second = readers
    ask(writer, first, second)
    give(writer)
    lock_transfer.request_lock(writer.turns)
    writer.turns.monotonic = clock = Clock()
    assert not second.look().may_acquire
    assert not lock_transfer.read_status(writer.store, writer.turns).may_acquire
    second.clock.seconds += 5
    clock.seconds += 5
    assert second.look().may_acquire
    assert not lock_transfer.read_status(writer.store, writer.turns).may_acquire
    clock.seconds += 5
    assert lock_transfer.read_status(writer.store, writer.turns).may_acquire


def test_somebody_who_opens_the_program_meanwhile_does_not_jump_the_line(folder, writer, readers):
    ask(writer, readers[0])
    give(writer)
    with pytest.raises(storage_errors.Locked):
        opened(folder)
    readers[0].follow()
    readers[0].end()
    readers[0] = Reader(folder, "MADO-02")
    closed(opened(folder))


def test_two_who_follow_at_once_are_one_and_the_other_reads_on(writer, readers):
    first, second = readers
    ask(writer, first, second)
    give(writer)
    first.follow()
    with pytest.raises(storage_errors.Locked):
        second.follow()
    assert second.store.read_only
    assert second.turns.is_waiting


def test_what_cannot_be_published_is_not_given_and_the_seat_stays(writer, readers, monkeypatch):
    ask(writer, readers[0])
    with monkeypatch.context() as broken:
        broken.setattr(copies, "publish", lambda *_a, **_k: (_ for _ in ()).throw(storage_errors.DiskFull("full")))
        with pytest.raises(storage_errors.DiskFull):
            give(writer)
    assert presence_files.read(writer.store.folder, writer.turns.token).mode == "ASKED"
    gives_after_all(writer, readers[0])


def test_a_page_that_cannot_be_read_any_more_is_said_in_words_and_the_seat_stays(writer, readers):
    ask(writer, readers[0])
    rename_event(writer.store, "つぎの題名")
    path = living(writer.store.folder)
    whole = path.read_bytes()
    first_page = 4096
    path.write_bytes(whole[:first_page] + bytes(len(whole) - first_page))
    writer.store.database.execute("PRAGMA shrink_memory")  # the pages that are held are read again from the disk
    with pytest.raises(storage_errors.Damaged) as met:
        give(writer)
    assert "SQLITE_CORRUPT" in met.value.details
    assert not readers[0].look().may_acquire
    path.write_bytes(whole)
    killed(writer.store)
    writer.store = opened(writer.store.folder)
    assert title(writer.store) == "つぎの題名"


def test_who_could_not_read_on_keeps_the_seat_and_types_on(writer, readers, copy_away):
    ask(writer, readers[0])
    copy_away(give, writer)
    assert not writer.store.read_only
    gives_after_all(writer, readers[0])


def test_who_was_taken_over_reads_the_old_file_until_a_copy_can_be_opened(writer, copy_away):
    copy_away(lock_transfer.continue_reading, writer.store, writer.turns)
    assert title(writer.store) == "はじめの席で"
    writer.store = lock_transfer.continue_reading(writer.store, writer.turns).store
    assert title(writer.store) == "はじめの席で"


def test_a_share_that_is_away_at_the_last_step_is_told_as_soon_as_it_is_back(writer, readers, monkeypatch):
    ask(writer, readers[0])
    with monkeypatch.context() as away:
        away.setattr(write_lock.filesystem, "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "away")))
        give(writer)
    assert writer.store.read_only
    assert not readers[0].look().may_acquire
    lock_transfer.read_status(writer.store, writer.turns)
    assert readers[0].look().may_acquire
    readers[0].follow()


def test_silence_is_by_the_folders_clock_and_by_ones_own_together(folder, writer, readers):
    reader = readers[0]
    assert reader.look().silent_minutes == 0
    fall_silent(folder)
    assert reader.look().silent_minutes == 0  # the clocks of PC and server differ, that is all
    reader.clock.seconds += 400
    assert reader.look().silent_minutes == 6
    writer.store.write_lock.send_heartbeat()
    assert reader.look().silent_minutes == 0
    reader.clock.seconds += 400  # our own PC slept: the sign of the other is fresh
    assert reader.look().silent_minutes == 0
    with pytest.raises(storage_errors.Locked):
        reader.follow(take_over=True)


def test_a_reader_sees_who_writes_a_newer_copy_and_how_many_minutes_a_pc_is_silent(writer, readers, monkeypatch):
    reader = readers[0]
    seen = reader.look()
    assert (seen.name, seen.pc, seen.since, seen.has_newer_copy) == (NAME, "MADO-01", NOW, False)
    rename_event(writer.store, "あたらしい")
    data_folder.publish(writer.store, now=NOW)
    assert reader.look().has_newer_copy
    with monkeypatch.context() as without:
        without.setattr(copies, "read_note", lambda _folder: None)
        assert not reader.look().has_newer_copy
    monkeypatch.setattr(write_lock, "silence_limit", lambda _sign: 30)
    monkeypatch.setattr(write_lock, "seconds_silent", lambda *_: 1e9)
    minutes = []
    for seconds in (29, 30, 59, 119, 120, 180):
        reader.turns.silent_for = lambda _sign, seconds=seconds: seconds
        minutes.append(reader.look().silent_minutes)
    assert minutes == [0, 1, 1, 1, 2, 3]


def test_who_reads_is_named_once_the_program_has_moved_and_who_reads_on_holds_no_seat(writer, readers):
    names = []
    for _ in range(2):
        waits(writer)
        names.append(writer.turns.reader_names)
        readers[0].turns.presence_file.write()
    waits(writer)
    assert [len(one) for one in (*names, writer.turns.reader_names)] == [0, 1, 1]
    writer.store = lock_transfer.continue_reading(writer.store, writer.turns).store
    sign = presence_files.read(writer.store.folder, writer.turns.token)
    assert (sign.mode, sign.seat, sign.given, sign.queue) == ("READING", 0, 0, ())


def test_one_who_fell_silent_while_giving_is_followed_after_half_a_minute(folder, writer, readers):
    reader = readers[0]
    ask(writer, reader)
    assert reader.look().silent_minutes == 0
    writer.store.write_lock.update_presence(mode="HANDING")  # and its PC stops
    assert not reader.look().is_transfer_stalled
    fall_silent(folder, 40)
    reader.clock.seconds += 29
    assert not reader.look().is_transfer_stalled
    reader.clock.seconds += 2
    assert reader.look().is_transfer_stalled
    with pytest.raises(storage_errors.HolderSilent):  # by a person's word alone
        data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-09")
    reader.follow(take_over=True)
    assert title(reader.store) == "はじめの席で"
    with pytest.raises(storage_errors.WriteLockLost):
        rename_event(writer.store, "遅れて")
    writer.store.write_lock.abandon()


def test_where_nothing_can_be_written_one_reads_and_cannot_ask(folder, writer, monkeypatch):
    def refused(*_args, **_more):
        raise storage_errors.LockUnconfirmed("no right")

    monkeypatch.setattr(PresenceFile, "write", refused)
    reader = Reader(folder, "MADO-04")
    assert not reader.turns.can_request
    assert reader.look().name
    reader.store.database.conn.close()
    monkeypatch.undo()


def test_a_desk_file_keeps_its_length_with_the_longest_names_and_line(tmp_path):
    sign = Presence(
        token="f" * 16,
        mode="ASKED",
        name="髙" * 100,
        pc="﨑" * 100,
        seat=999_999,
        beat=10**7,
        asks=999_999,
        queue=tuple(f"{number:016x}" for number in range(presence_files.MAX_QUEUE_LENGTH)),
        given=999_999,
        given_to="e" * 16,
        seq=10**7,
        chain="a" * 64,
        copy="desk-999999-0000001234-abcdef12.db",
        holds="reception",
    )
    file = PresenceFile(tmp_path, sign)
    file.write()
    assert file.path.stat().st_size == presence_files.FILE_BYTES
    assert presence_files.read(tmp_path, sign.token) == file.presence


@pytest.mark.parametrize("spoiled", [b"", b"x" * 1024, b'{"token":"a"}', b"\xff" * 5000])
def test_a_desk_file_of_a_stranger_or_torn_says_nothing(tmp_path, spoiled):
    (tmp_path / "desks").mkdir()
    (tmp_path / "desks" / "aaaa.json").write_bytes(spoiled)
    assert presence_files.read_all(tmp_path) == []
