"""A reader tells the holder of the seat that it waits, and only then, and stands behind those who came before."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from app.data_folder.services import lock_transfer

HOLDER = SimpleNamespace(token="t", name="見本 花子", pc="PC1", since=datetime(2026, 9, 1, 9))


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Read the status of a seat; return it with what the reader wrote of itself."""

    def status(*, waiting=True, asks=7, queue=(), state="held", silent=0.0, mode="WRITING", note=None):
        wrote = []
        sign = SimpleNamespace(queue=queue, mode=mode, holds="保存中") if state != "free" else None
        monkeypatch.setattr(lock_transfer, "_finish_transfer", lambda _session: None)
        monkeypatch.setattr(lock_transfer, "_may_acquire", lambda _session, number: number == 7)
        monkeypatch.setattr(lock_transfer, "_try_update_presence", lambda _session, **told: wrote.append(told))
        monkeypatch.setattr(
            lock_transfer.write_lock,
            "read_lock_status",
            lambda _folder: SimpleNamespace(state=state, number=7, claim=HOLDER if state != "free" else None),
        )
        monkeypatch.setattr(lock_transfer.write_lock, "silence_limit", lambda _sign: 100.0)
        monkeypatch.setattr(lock_transfer.write_lock, "seconds_silent", lambda *_a: silent)
        monkeypatch.setattr(lock_transfer.presence_files, "read", lambda *_a: sign)
        monkeypatch.setattr(lock_transfer.copies, "read_note", lambda _folder: note)
        monkeypatch.setattr(lock_transfer.copies, "head", lambda _database: (5, "c"))
        session = SimpleNamespace(
            monotonic=lambda: 1.0,
            _last_own_heartbeat=1.0,
            is_waiting=waiting,
            token="me",
            _known_queue=(),
            presence_file=SimpleNamespace(presence=SimpleNamespace(asks=asks)),
            silent_for=lambda _sign: silent,
        )
        return lock_transfer.read_status(SimpleNamespace(folder=tmp_path, database=None), session), wrote

    return status


@pytest.mark.parametrize(
    ("waiting", "asks", "wrote"),
    [(True, 7, []), (True, 6, [{"asks": 7}]), (True, 0, [{"asks": 7}]), (False, 0, []), (False, 7, []), (False, 6, [])],
)
def test_who_waits_asks_the_present_holder_and_who_only_reads_asks_nobody(read, waiting, asks, wrote):
    assert read(waiting=waiting, asks=asks)[1] == wrote


@pytest.mark.parametrize(
    ("waiting", "queue", "place"),
    [(True, (), 1), (True, ("me",), 1), (True, ("a", "me"), 2), (True, ("a", "b"), 3), (False, ("a", "me"), 0)],
)
def test_a_place_in_the_queue_is_counted_from_one_and_somebody_new_stands_last(read, waiting, queue, place):
    found, _wrote = read(waiting=waiting, queue=queue)
    assert (found.queue_position, found.name, found.pc, found.hold_reason) == (place, "見本 花子", "PC1", "保存中")


@pytest.mark.parametrize(("waiting", "may"), [(True, True), (False, False)])
def test_a_free_seat_is_taken_by_who_waits_alone(read, waiting, may):
    found, wrote = read(waiting=waiting, state="free", asks=6)
    assert (found.may_acquire, found.queue_position, found.name, wrote) == (may, int(waiting), "", [])


@pytest.mark.parametrize(
    ("silent", "mode", "minutes", "stalled"),
    [
        (99.0, "HANDING", 0, False),
        (100.0, "WRITING", 1, False),
        (100.0, "HANDING", 1, True),
        (180.0, "WRITING", 3, False),
    ],
)
def test_a_holder_is_silent_from_the_limit_on(read, silent, mode, minutes, stalled):
    found, _wrote = read(silent=silent, mode=mode)
    assert (found.silent_minutes, found.is_transfer_stalled) == (minutes, stalled)


@pytest.mark.parametrize(("contents", "newer"), [(None, False), ((5, "c"), False), ((6, "c"), True), ((5, "d"), True)])
def test_a_copy_with_another_last_change_is_newer(read, contents, newer):
    note = contents and SimpleNamespace(contents=SimpleNamespace(seq=contents[0], chain=contents[1]))
    assert read(note=note)[0].has_newer_copy is newer
