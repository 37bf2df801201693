"""Accesses: recorded by the writer in the data, by who only reads in a file of his own, and taken in once."""

from datetime import timedelta

import pytest

from app.data_folder.services import backups, data_folder, lock_transfer
from app.data_folder.services.check_data import check_data_folder
from app.history import services as history_services
from db import migrations
from db.accesses import queries, recorder
from db.accesses.sessions import CANNOT_WRITE, begin_recording, write_accesses
from db.backups import change_log, copies
from db.files import filesystem
from db.records.accounts import Access, AccessAbout, AccessAct
from db.records.documents import Outgoing, OutgoingPerson, OutgoingWay
from db.tables.journal import entry_of, rows_unlike_journal
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened, rename_event
from tests.support.stores import killed

LATER = NOW + timedelta(minutes=20)
WHOLE = {"since": (NOW - timedelta(days=9000)).date(), "until": (NOW + timedelta(days=9000)).date()}


@pytest.fixture
def store(folder):
    return opened(folder)


def open_roster(store, at=NOW, event_id=1):
    given = {"what": "参加者名簿", "about": AccessAbout.EVENT, "about_id": event_id, "count": 14}
    store.accesses.note(Access(at=at, act=AccessAct.OPENING, **given))


def reader_of(folder, now=NOW):
    """A second person who looks while somebody writes."""
    store = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD).store
    begin_recording(store, pc="MADO-02", now=now)
    return store


def recorded(store, pc=""):
    found = queries.accesses(store.database, **WHOLE)
    return [(one.act, one.what, one.about_id, one.count) for one in reversed(found) if pc in ("", one.pc)]


def of_this_start(store):
    return recorded(store)[[one[0] for one in recorded(store)].index("ログイン", 1) :]


def is_whole(store):
    return queries.first_broken(store.database, store.keys.chain) == 0


def output(store, way, people=2):
    with store.change(action="名簿を出した", by=NAME, now=NOW, subject="papers", event_id=1, barrier=True) as change:
        row = Outgoing(
            event_id=1, document_kind="名簿", reference="", version=1, format="pdf", way=way, by=NAME, at=NOW
        )
        row_id = change.insert(row)
        for person in range(people):
            change.insert(OutgoingPerson(outgoing_id=row_id, person_id=person + 1))


def handed_over(giver, theirs, taker, others):
    """The lock goes from one session to the other: the stores of who reads now and of who writes."""
    lock_transfer.request_lock(others)
    lock_transfer.waiting_people(giver, theirs)
    shown = lock_transfer.transfer_lock(giver, theirs, now=NOW).store
    written = lock_transfer.acquire_and_open(taker, others, now=NOW).store
    write_accesses(written)
    return shown, written


def test_log_in_what_was_opened_and_log_out_stand_in_the_data_with_the_role(store):
    open_roster(store)
    open_roster(store, NOW + timedelta(minutes=9))
    open_roster(store, LATER)
    open_roster(store, LATER, event_id=2)
    closed(store)
    again = opened(store.folder)
    roster = ("閲覧", "参加者名簿", 1, 14)
    told = of_this_start(again)
    assert told[0] == ("ログイン", "担当", 0, 0)
    assert told[1:5] == [roster, roster, ("閲覧", "参加者名簿", 2, 14), ("ログアウト", "", 0, 0)]
    assert is_whole(again)
    closed(again)


@pytest.mark.parametrize("way", [OutgoingWay.PRINTED, OutgoingWay.COPIED, OutgoingWay.ENCRYPTED])
def test_what_leaves_is_recorded_in_the_commit_that_logs_it_by_the_number_of_its_journal_row(store, way):
    before = len(recorded(store))
    output(store, way)
    assert recorded(store)[before:] == [("出力", "", 1, 2)]
    (seq,) = [one.journal_seq for one in queries.accesses_after(store.database, before)]
    assert seq == copies.head(store.database)[0]
    assert entry_of(store.database, seq).action == "名簿を出した"
    closed(store)


def test_a_change_that_is_rolled_back_records_nothing_and_loses_no_opening(store):
    open_roster(store)
    before = recorded(store)

    def breaks(_row):
        raise OSError(28, "full")

    store.before_commit.append(breaks)
    with pytest.raises(Exception, match="空き"):
        output(store, OutgoingWay.PRINTED)
    store.before_commit.remove(breaks)
    assert recorded(store) == before
    rename_event(store, "一")
    assert recorded(store) == [*before, ("閲覧", "参加者名簿", 1, 14)]
    write_accesses(store)
    assert len(recorded(store)) == len(before) + 1
    assert is_whole(store)
    assert rows_unlike_journal(store.database) == []
    assert "accesses" not in copies.contents(store.database).counts
    history_services.undo(store, by=NAME, now=NOW)
    assert len(recorded(store)) == len(before) + 1
    closed(store)


def test_a_killed_writer_loses_what_waited_and_the_next_one_goes_on_in_a_whole_chain(store):
    open_roster(store)
    write_accesses(store)
    open_roster(store, event_id=2)
    killed(store)
    again = opened(store.folder, now=LATER)
    assert [one[0] for one in of_this_start(again)] == ["ログイン", "閲覧", "ログイン"]
    assert is_whole(again)
    closed(again)


def test_what_a_reader_opened_is_taken_in_once_and_his_file_goes_with_his_log_out(store, folder):
    reader = reader_of(folder)
    open_roster(reader)
    assert write_accesses(reader) == ""
    assert b"MADO" not in b"".join(one.read_bytes() for one in (folder / "accesses").rglob("*.log"))
    for _ in range(2):
        write_accesses(store)
        assert recorded(store, "MADO-02") == [("ログイン", "担当", 0, 0), ("閲覧", "参加者名簿", 1, 14)]
    open_roster(reader, LATER)
    data_folder.close_data_folder(reader, now=LATER)
    write_accesses(store)
    assert [one[0] for one in recorded(store, "MADO-02")] == ["ログイン", "閲覧", "閲覧", "ログアウト"]
    assert list((folder / "accesses").iterdir()) == []
    write_accesses(store)
    assert len(recorded(store, "MADO-02")) == 4
    assert is_whole(store)
    closed(store)


def test_a_session_keeps_one_row_of_numbers_while_the_lock_comes_and_goes(store, folder):
    first = lock_transfer.begin_session(store, pc="MADO-01")
    reader = reader_of(folder)
    second = lock_transfer.begin_session(reader, pc="MADO-02")
    open_roster(reader)
    write_accesses(reader)
    shown, writer = handed_over(store, first, reader, second)
    open_roster(writer, event_id=2)
    open_roster(shown, event_id=3)
    write_accesses(shown)
    write_accesses(writer)
    newest = lock_transfer.open_newest_copy(shown).store
    assert newest.accesses is shown.accesses is store.accesses
    assert [one[2] for one in recorded(writer, "MADO-02")] == [0, 1, 2]
    assert recorded(writer, "MADO-01")[-1] == ("閲覧", "参加者名簿", 3, 14)
    assert is_whole(writer)
    shown.database.conn.close()
    newest.database.conn.close()
    reader.database.conn.close()
    closed(writer)


def test_a_missing_part_of_a_readers_file_is_recorded_as_a_gap(store, folder, monkeypatch):
    monkeypatch.setattr(change_log, "SEGMENT_BYTES", 0)
    reader = reader_of(folder)
    for event_id in (1, 2, 3):
        open_roster(reader, event_id=event_id)
    write_accesses(reader)
    files = sorted((folder / "accesses").rglob("*.log"))
    assert len(files) == 4
    files[2].unlink()
    for _ in range(2):
        write_accesses(store)
    found = [(one[0], one[2]) for one in recorded(store, "MADO-02")]
    assert found == [("ログイン", 0), ("閲覧", 1), ("記録の欠け", 3), ("閲覧", 3)]
    closed(store)


def test_a_reader_whose_file_cannot_be_written_is_told_once_and_goes_on(store, folder, monkeypatch):
    reader = reader_of(folder)
    with monkeypatch.context() as no_right:
        no_right.setattr(change_log, "make_folders", lambda _path: (_ for _ in ()).throw(PermissionError(13, "no")))
        assert write_accesses(reader) == CANNOT_WRITE
        open_roster(reader)
        assert write_accesses(reader) == ""
    assert reader.database.execute("SELECT count(*) FROM events").fetchone()[0] == 1
    write_accesses(reader)
    write_accesses(store)
    assert [one[0] for one in recorded(store, "MADO-02")] == ["ログイン", "閲覧"]
    reader.database.conn.close()
    closed(store)


def test_a_left_file_that_nobody_can_read_is_removed_after_a_month_with_a_gap(store, folder, monkeypatch):
    reader = reader_of(folder)
    write_accesses(reader)
    (path,) = (folder / "accesses").rglob("*.log")
    filesystem.remove(path)
    path.write_bytes(b"x" * 40)
    write_accesses(store)
    assert recorded(store, "MADO-02") == []
    monkeypatch.setattr(recorder, "_LEFT_SECONDS", -1)
    write_accesses(store)
    assert recorded(store)[-1][0] == "記録の欠け"
    assert not path.exists()
    reader.database.conn.close()
    closed(store)


@pytest.mark.parametrize("tampering", ["DELETE FROM accesses WHERE id = 2", "UPDATE accesses SET count = 0"])
def test_a_broken_chain_is_said_by_the_check(store, tampering):
    open_roster(store)
    closed(store)
    assert check_data_folder(store.folder, login_id=LOGIN, password=PASSWORD).is_sound
    again = opened(store.folder)
    again.database.execute(tampering)
    closed(again)
    found = check_data_folder(store.folder, login_id=LOGIN, password=PASSWORD).findings
    assert any(one.startswith("アクセスの記録（") for one in found)


def test_a_restore_goes_on_from_what_the_data_recorded_after_the_backup(store, tmp_path):
    backups.make_backup(store, now=NOW)
    open_roster(store)
    closed(store)
    source = store.folder / "backups"
    backups.restore_backup(source=source, target=tmp_path / "new", secret=PASSWORD, login_id=LOGIN, now=LATER)
    restored = opened(tmp_path / "new")
    acts = [one[0] for one in of_this_start(restored)]
    assert acts[1:6] == ["バックアップ", "閲覧", "ログアウト", "復元", "ログイン"]
    assert is_whole(restored)
    closed(restored)


def test_data_of_the_schema_before_take_the_table_at_the_next_opening(tmp_path):
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if path.stem.endswith("accesses"))
    before = migrations.in_memory(upto=step - 1)
    assert queries.first_broken(before, b"") == 0
    assert queries.accesses_after(before, 0) == []
    migrations.migrate(before)
    assert queries.accesses(before, **WHOLE) == []


def test_only_the_oldest_are_removed_and_the_chain_begins_after_them(store):
    for days in range(3):
        open_roster(store, NOW + timedelta(days=days))
        write_accesses(store)
    count = len(recorded(store))
    removed = queries.remove_before(store.database, (NOW + timedelta(days=1)).date())
    assert removed == count - 2
    assert queries.remove_before(store.database, (NOW + timedelta(days=1)).date()) == 0
    assert is_whole(store)
    assert queries.remove_before(store.database, (NOW + timedelta(days=9)).date()) == 2
    assert is_whole(store)
    open_roster(store, LATER, event_id=9)
    write_accesses(store)
    assert is_whole(store)
    store.database.execute("DELETE FROM facts WHERE name = 'accesses_begin'")
    assert not is_whole(store)
    killed(store)


def test_who_reads_writes_and_reads_again_leaves_no_gap(store, folder):
    first = lock_transfer.begin_session(store, pc="MADO-01")
    reader = reader_of(folder)
    second = lock_transfer.begin_session(reader, pc="MADO-02")
    open_roster(reader)
    write_accesses(reader)
    looks, writes = handed_over(store, first, reader, second)
    reads, written = handed_over(writes, second, looks, first)
    open_roster(reads, LATER)
    write_accesses(reads)
    write_accesses(written)
    assert [one[0] for one in recorded(written, "MADO-02")] == ["ログイン", "閲覧", "閲覧"]
    assert is_whole(written)
    for one in (reader, looks, reads):
        one.database.conn.close()
    closed(written)
