"""The seat: one claim for each writer, read again after each commit, taken over only from somebody silent."""

import errno
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from db import write_lock
from db.files import filesystem, storage_errors
from tests.support.windows_errors import windows_error

NOW = datetime.fromisoformat("2026-09-01T09:00")


def sit(folder, *, pc="MADO-01", name="suzuki", **more):
    return write_lock.acquire(folder, name=name, pc=pc, now=NOW, **{"settle_seconds": 0.0, **more})


def sit_after_a_pause(folder, waited, **more):
    known = {"file_number": 1, "known_number": 1, "settle_seconds": 15.0}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(write_lock.time, "sleep", waited.append)
        return sit(folder, pc="MADO-02", name="tanaka", **known, **more)


def sat_at_once(folder, **more):
    """Let two dozen sit down at once; return the numbers of those who could."""

    def one(number):
        try:
            return sit(folder, pc=f"MADO-{number:02d}", **more).number
        except storage_errors.Locked:
            return None

    with ThreadPoolExecutor(8) as pool:
        return [number for number in pool.map(one, range(24)) if number]


def fall_silent(folder, seconds):
    """Make every sign as old as if its PC had been silent for so long."""
    for path in (*(folder / write_lock.PRESENCE_NAME).iterdir(), *(folder / write_lock.FOLDER_NAME).iterdir()):
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


def states(folder):
    return sorted(path.name for path in (folder / write_lock.FOLDER_NAME).iterdir())


def test_a_seat_left_in_order_lets_the_next_one_begin_in_the_same_file(tmp_path):
    first = sit(tmp_path)
    assert (first.number, first.copied, first.note) == (1, False, "")
    first.confirm()
    first.release()
    second = sit(tmp_path, pc="MADO-02")
    assert (second.number, second.copied) == (2, False)
    assert states(tmp_path) == ["000001.done", "000002.claim"]


def test_another_pc_that_gave_a_sign_of_life_is_named_and_cannot_be_taken_over(tmp_path):
    session = sit(tmp_path)
    session.set_display_name("見本 花子")
    fall_silent(tmp_path, 170)
    for take_over in (False, True):
        with pytest.raises(storage_errors.Locked, match=r"見本 花子さん（PC「MADO-01」、9月1日 09:00から）") as found:
            sit(tmp_path, pc="MADO-02", take_over=take_over)
        assert not isinstance(found.value, storage_errors.HolderSilent)
    assert states(tmp_path) == ["000001.claim"]


def test_a_pc_silent_for_three_minutes_is_taken_over_only_after_the_question(tmp_path):
    sit(tmp_path).set_display_name("見本 花子")
    fall_silent(tmp_path, 185)
    with pytest.raises(storage_errors.HolderSilent, match="3分前から応答がありません"):
        sit(tmp_path, pc="MADO-02")
    waited = []
    taker = sit_after_a_pause(tmp_path, waited, take_over=True)
    assert (taker.number, taker.copied, waited) == (2, True, [15.0])
    assert "引き継いで" in taker.note
    assert states(tmp_path) == ["000001.over", "000002.claim"]


def test_a_sign_of_life_keeps_the_seat(tmp_path):
    session = sit(tmp_path)
    fall_silent(tmp_path, 185)
    session.send_heartbeat()
    with pytest.raises(storage_errors.Locked) as found:
        sit(tmp_path, pc="MADO-02", take_over=True)
    assert not isinstance(found.value, storage_errors.HolderSilent)


def test_who_was_taken_over_learns_it_at_the_next_proof_and_writes_nothing_more(tmp_path):
    sleeping = sit(tmp_path)
    fall_silent(tmp_path, 185)
    taker = sit(tmp_path, pc="MADO-02", name="tanaka", take_over=True)
    before = states(tmp_path)
    for proof in (sleeping.confirm, sleeping.send_heartbeat, sleeping.confirm):
        with pytest.raises(storage_errors.WriteLockLost, match="tanakaさん（PC「MADO-02」"):
            proof()
    sleeping.release()
    assert states(tmp_path) == before
    taker.confirm()


def test_the_file_of_somebody_taken_over_is_left_to_him_until_a_copy_has_a_name(tmp_path):
    sit(tmp_path)
    fall_silent(tmp_path, 185)
    sit(tmp_path, pc="MADO-02", take_over=True).release()  # it ended before it had made its copy
    again = sit(tmp_path, file_number=1, known_number=1)
    assert again.copied
    again.release()
    assert not sit(tmp_path, file_number=again.number, known_number=again.number).copied


@pytest.mark.parametrize("end", ["left", "died", "before its claim"])
def test_whoever_comes_after_a_taker_that_fell_out_waits_as_long_as_that_one_had_to(tmp_path, end):
    sit(tmp_path)
    fall_silent(tmp_path, 185)
    taker = sit(tmp_path, pc="MADO-02", take_over=True)
    if end == "left":
        taker.release()
    taker.abandon()
    if end == "before its claim":
        (tmp_path / write_lock.FOLDER_NAME / "000002.claim").unlink()
    waited = []
    again = sit_after_a_pause(tmp_path, waited)
    assert (again.copied, waited) == (True, [15.0])


@pytest.mark.parametrize(("known", "old_lists", "wins"), [(0, 9, False), (2, 9, False), (2, 1, False), (0, 1, True)])
def test_a_list_of_claims_that_is_some_seconds_old_lets_nobody_in_beside_another(
    tmp_path, monkeypatch, known, old_lists, wins
):
    sit(tmp_path).release()
    session = None if wins else sit(tmp_path, pc="MADO-02", name="tanaka")
    before = states(tmp_path)
    really = write_lock._claims
    looks = iter(range(old_lists))
    # As it was before the first one came; from the end of the old lists on as it is.
    monkeypatch.setattr(write_lock, "_claims", lambda folder: [] if next(looks, None) is not None else really(folder))

    def late():
        return sit(tmp_path, pc="MADO-03", file_number=1, known_number=known)

    if wins:
        assert late().number == 2
        return
    with pytest.raises(storage_errors.Locked, match="使用中です"):
        late()
    assert states(tmp_path) == before
    session.confirm()


def test_a_claim_deleted_by_hand_ends_the_seat_and_the_next_one_copies(tmp_path):
    session = sit(tmp_path)
    (tmp_path / write_lock.FOLDER_NAME / "000001.claim").unlink()
    with pytest.raises(storage_errors.WriteLockLost):
        session.confirm()
    assert sit(tmp_path, pc="MADO-02", file_number=1, known_number=1).copied


def test_a_folder_that_does_not_answer_leaves_the_last_change_open_not_lost(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    session = sit(folder)
    gone = tmp_path / "cable out"
    folder.rename(gone)
    with pytest.raises(storage_errors.LockUnconfirmed):
        session.confirm()
    assert not session.lost
    gone.rename(folder)
    session.confirm()


def test_an_unreadable_claim_is_no_proof(tmp_path, monkeypatch):
    session = sit(tmp_path)

    def fails(self):
        raise OSError(errno.EIO, "Input/output error", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", fails)
        with pytest.raises(storage_errors.LockUnconfirmed):
            session.confirm()
    session.confirm()


@pytest.mark.parametrize(("slept", "clock"), [(91.0, 91.0), (5.0, 3600.0), (5.0, -3600.0)])
def test_after_a_silence_or_a_leap_of_the_clock_the_sign_is_renewed_before_anything_counts(tmp_path, slept, clock):
    session = sit(tmp_path)
    fall_silent(tmp_path, 400)
    woken, shown = session.monotonic() + slept, session.wall() + clock
    session.monotonic = lambda: woken
    session.wall = lambda: shown
    session.confirm()
    assert write_lock.seconds_silent(tmp_path, session.claim, 1) < 60


def test_within_the_lease_no_sign_is_written_for_a_proof(tmp_path):
    session = sit(tmp_path)
    fall_silent(tmp_path, 100)
    session.confirm()
    assert write_lock.seconds_silent(tmp_path, session.claim, 1) >= 100


def test_a_stamp_in_the_future_does_not_lock_everybody_out(tmp_path, monkeypatch):
    claim = sit(tmp_path).claim
    fall_silent(tmp_path, -30_000)
    assert write_lock.seconds_silent(tmp_path, claim, 1) < 1
    real = write_lock.time.monotonic
    monkeypatch.setattr(write_lock.time, "monotonic", lambda: real() + 200)
    assert write_lock.seconds_silent(tmp_path, claim, 1) >= 199


def test_of_many_that_claim_at_once_one_wins(tmp_path):
    assert sat_at_once(tmp_path) == [1]


def test_of_many_that_take_over_at_once_one_wins(tmp_path):
    sit(tmp_path)
    fall_silent(tmp_path, 185)
    assert sat_at_once(tmp_path, take_over=True) == [2]


def test_a_place_that_lets_two_make_one_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(filesystem, "create_exclusive", lambda path, data, **_: path.write_bytes(data))
    with pytest.raises(storage_errors.ExclusiveCreateFailed, match="確かめられません"):
        sit(tmp_path)


def test_a_place_of_a_newer_program_is_left_alone(tmp_path, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr(write_lock, "PROTOCOL_VERSION", 2)
        sit(tmp_path).release()
    before = states(tmp_path)
    with pytest.raises(storage_errors.NewerData):
        sit(tmp_path)
    assert states(tmp_path) == before


DIES_SITTING = """
import sys, os
from datetime import datetime
from pathlib import Path
from db import write_lock
write_lock.acquire(Path(sys.argv[1]), name="suzuki", pc="MADO-01", now=datetime(2026, 9, 1, 9))
os._exit(9)
"""


def test_a_program_of_this_pc_that_is_proven_dead_needs_no_question_and_no_copy(tmp_path):
    subprocess.run([sys.executable, "-c", DIES_SITTING, str(tmp_path)], check=False)
    assert states(tmp_path) == ["000001.claim"]
    after = sit(tmp_path, file_number=1, known_number=1)
    assert "正しく閉じられていませんでした" in after.note
    assert not after.copied
    assert states(tmp_path) == ["000001.done", "000002.claim"]


SITS = """
import sys
from datetime import datetime
from pathlib import Path
from db import write_lock
real = write_lock._own_start
write_lock._own_start = lambda: real() + float(sys.argv[2])
sitting = write_lock.acquire(Path(sys.argv[1]), name="suzuki", pc="MADO-01", now=datetime(2026, 9, 1, 9))
print("sits", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("leap", ["0", "3600", "-3600"])
def test_a_living_program_of_this_pc_is_not_called_dead_when_the_clock_was_put_right(tmp_path, leap):
    with subprocess.Popen(
        [sys.executable, "-c", SITS, str(tmp_path), leap], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as colleague:
        assert colleague.stdout.readline() == "sits\n"
        with pytest.raises(storage_errors.Locked):
            sit(tmp_path)
        assert states(tmp_path) == ["000001.claim"]
        colleague.communicate("\n", timeout=30)
    assert "正しく閉じられていませんでした" in sit(tmp_path, file_number=1, known_number=1).note


STRANGER = ["cmd", "/c", "pause"] if sys.platform == "win32" else ["sh", "-c", "read line"]


def _sat_under_the_number_of(stranger, folder, monkeypatch):
    """Leave a claim of ours behind whose number another program has."""
    with monkeypatch.context() as before:
        before.setattr(os, "getpid", lambda: stranger.pid)
        before.setattr(write_lock, "_own_start", lambda: 1.0)
        sit(folder).abandon()


def test_a_program_that_the_library_cannot_look_at_is_not_called_dead(tmp_path, monkeypatch):
    with subprocess.Popen(STRANGER, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as stranger:
        _sat_under_the_number_of(stranger, tmp_path, monkeypatch)
        # What Windows refuses reaches us as it is, not as an error of the library.
        monkeypatch.setattr(psutil.Process, "exe", lambda _self: (_ for _ in ()).throw(windows_error(5)))
        try:
            with pytest.raises(storage_errors.Locked):
                sit(tmp_path, file_number=1, known_number=1)
        finally:
            stranger.kill()


def test_a_number_that_another_program_has_by_now_proves_that_ours_is_dead(tmp_path, monkeypatch):
    with subprocess.Popen(STRANGER, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as stranger:
        _sat_under_the_number_of(stranger, tmp_path, monkeypatch)
        try:
            assert "正しく閉じられていませんでした" in sit(tmp_path, file_number=1, known_number=1).note
        finally:
            stranger.kill()


def test_a_program_of_this_pc_that_lives_is_asked_about_like_any_other(tmp_path):
    sit(tmp_path)
    with pytest.raises(storage_errors.Locked):
        sit(tmp_path)
    assert psutil.pid_exists(os.getpid())


@pytest.mark.parametrize("left", [b"", b"\0" * 300, b"[" * 100_000, b'{"seat": 1}'])
def test_a_torn_or_foreign_claim_still_holds_the_seat_until_it_is_silent(tmp_path, left):
    sit(tmp_path).release()
    (tmp_path / write_lock.FOLDER_NAME / "000002.claim").write_bytes(left)
    with pytest.raises(storage_errors.Locked):
        sit(tmp_path)
    fall_silent(tmp_path, 185)
    assert sit(tmp_path, take_over=True).number == 3


def test_a_name_changed_halfway_counts_as_changed(tmp_path):
    sit(tmp_path)
    shutil.copy(tmp_path / write_lock.FOLDER_NAME / "000001.claim", tmp_path / write_lock.FOLDER_NAME / "000001.over")
    assert write_lock.read_lock_status(tmp_path).state == "left"


def test_claims_long_over_and_signs_of_yesterday_are_swept_but_who_was_taken_over_stays_on_record(tmp_path):
    (tmp_path / write_lock.FOLDER_NAME).mkdir()
    (tmp_path / write_lock.PRESENCE_NAME).mkdir()
    for name in ("000001.done", "000002.over", "000050.over", "000060.done", "000079.done"):
        (tmp_path / write_lock.FOLDER_NAME / name).write_bytes(b"")
    (tmp_path / write_lock.PRESENCE_NAME / "old.json").write_bytes(b"")
    (tmp_path / write_lock.PRESENCE_NAME / "young.json").write_bytes(b"")
    fall_silent(tmp_path, 25 * 60 * 60)
    (tmp_path / write_lock.PRESENCE_NAME / "young.json").touch()
    session = sit(tmp_path, file_number=50, known_number=79)
    session.remove_old_files(file_number=50)
    assert states(tmp_path) == ["000050.over", "000060.done", "000079.done", "000080.claim"]
    assert sorted(path.name for path in (tmp_path / write_lock.PRESENCE_NAME).iterdir()) == sorted(
        ["young.json", f"{session.token}.json"]
    )


def test_long_names_stay_in_their_file(tmp_path):
    session = sit(tmp_path, name="あ" * 500, pc="𠮷" * 300)
    session.set_display_name("髙﨑" * 200)
    found = write_lock.read_lock_status(tmp_path)
    assert found.claim is not None
    assert found.claim.name == ("髙﨑" * 200)[:60]
    assert (tmp_path / write_lock.PRESENCE_NAME / f"{session.token}.json").stat().st_size == 1024
    session.confirm()


@pytest.mark.parametrize(
    ("seconds", "words"), [(5 * 3600, "5時間前"), (3 * 86_400 + 60, "3日前"), (13_265_296 * 60, "25年前")]
)
def test_a_long_silence_is_said_in_words_that_a_person_can_grasp(tmp_path, seconds, words):
    sit(tmp_path).set_display_name("見本 花子")
    fall_silent(tmp_path, seconds)
    with pytest.raises(storage_errors.HolderSilent, match=f"が開いたままですが、{words}から応答がありません"):
        sit(tmp_path, pc="MADO-02")
