"""The power cord may be pulled: whatever was reported as saved is in the file at that moment, and opens."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.event_day.day_file.services.day_file_opening import OpenedDayFile
from app.event_day.reception import services as reception_services
from app.event_day.reception.services import add_walk_in, read_reception
from app.events.arrangements import services as arrangements_services
from app.events.roster.services.entry_names import WantedPerson, name_entry
from app.events.tablets import services as tablet_services
from app.history import services as history_services
from db.files import day_file, storage_errors
from db.records.roster import Device, PhotoConsent
from tests.support.day_files import PASSWORD, at_door, at_venue, came, event_with_secrets, take_out
from tests.support.door_people import entries_by_name
from tests.support.in_full import some, times
from tests.support.years import started_year

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from app.actions.action_context import ActionContext
from app.event_day.reception.services import receive, undo_check_in
from app.event_day.day_file.services.day_file_opening import open_day_file
from app.event_day.reception.services import read_reception
day = open_day_file(Path(sys.argv[1]), password=sys.argv[2])
rows = read_reception(day.store, event_id=day.label.event_id).rows
turn = int(sys.argv[3])
while True:
    for row in rows:
        turn += 1
        rows = read_reception(day.store, event_id=day.label.event_id).rows
        entry = next(one for one in rows if one.entry_id == row.entry_id)
        service = undo_check_in if entry.state == "受付済" else receive
        service(ActionContext(day.store, "試験", datetime(2026, 9, 24, 13, 0, turn % 60)), entry_id=row.entry_id)
        sys.stdout.write(f"{row.entry_id} {'受付済' if service is receive else '未受付'}\\n")
        sys.stdout.flush()
"""


@pytest.fixture
def event_id(tmp_path):
    return 1


@pytest.fixture
def path(tmp_path) -> Path:
    store = started_year(tmp_path)
    assert event_with_secrets(store) == 1
    made = take_out(store, 1, tmp_path).path
    store.database.conn.close()
    return made


def rows(day: OpenedDayFile) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, 履歴 included."""
    database = day.store.database
    names = [name for name in database.table_names() if name != "_sqlite_migrations"]
    return {name: list(database.query(f"SELECT * FROM [{name}] ORDER BY 1")) for name in names}


def acts(day: OpenedDayFile, event_id: int) -> list[Callable[[], object]]:
    """Everything a clerk does at the door, undo and redo among it."""
    store, who = day.store, at_door(day)
    entry = {name: one.id for name, one in entries_by_name(store, event_id).items()}
    spare = next(loan for loan in store.database.query("SELECT * FROM tablet_loans WHERE entry_id IS NOT NULL"))
    wanted = WantedPerson(name="飛入 𠮷子", furigana="とびいり よしこ")
    return [
        lambda: reception_services.receive(ActionContext(store, **who), entry_id=entry["髙橋 見本子"]),
        lambda: reception_services.receive(ActionContext(store, **who), entry_id=entry["𠮷田 例男"]),
        lambda: reception_services.undo_check_in(ActionContext(store, **who), entry_id=entry["𠮷田 例男"]),
        lambda: reception_services.mark_absent(ActionContext(store, **who), entry_id=entry["伊藤 試"]),
        lambda: history_services.undo(store, **who),
        lambda: history_services.redo(store, **who),
        lambda: add_walk_in(ActionContext(store, **who), event_id=event_id, wanted=wanted, device=Device.LENT),
        lambda: name_entry(ActionContext(store, **who), entry_id=entry[""], name="後から 見本"),
        lambda: arrangements_services.set_photo_consent(
            ActionContext(store, **who), entry_ids=[entry["渡邉 例子"]], photo=PhotoConsent.REFUSED
        ),
        lambda: reception_services.record_attendance(ActionContext(store, **who), event_id=event_id, present=(1, 5)),
        lambda: tablet_services.note_returned(ActionContext(store, **who), loan_ids=[spare["id"]]),
    ]


def test_a_copy_taken_after_each_reported_save_opens_with_everything_saved_until_then(path, event_id, tmp_path):
    copies = []
    with at_venue(path) as day:
        for number, act in enumerate(acts(day, event_id)):
            act()
            copy = tmp_path / f"copy-{number}.dkday"
            shutil.copyfile(path, copy)
            copies.append((copy, rows(day)))
    for copy, expected in copies:
        with at_venue(copy) as day:
            assert rows(day) == expected
            assert day.file_notes == ()


def test_a_file_torn_at_any_byte_of_the_last_part_keeps_all_that_was_saved_before(path, event_id, tmp_path):
    with at_venue(path) as day:
        first, second = acts(day, event_id)[:2]
        first()
        saved, whole = rows(day), path.stat().st_size
        second()
    data = path.read_bytes()
    torn = tmp_path / "torn.dkday"
    for end in (whole + 1, whole + 11, whole + 12, whole + 40, (whole + len(data)) // 2, len(data) - 1):
        # Never the byte that stood there: a last part that happens to end with it would be whole again.
        for rest in (b"", bytes([data[end] ^ 0xFF]) + bytes(63)):
            torn.write_bytes(data[:end] + rest)
            with at_venue(torn) as day:
                assert rows(day) == saved
                assert "1件は、すべて残っています" in day.file_notes[0]
                reception_services.receive(
                    ActionContext(day.store, **at_door(day)),
                    entry_id=entries_by_name(day.store, event_id)["渡邉 例子"].id,
                )
            with at_venue(torn) as day:
                assert came(day.store, event_id) == {"髙橋 見本子", "渡邉 例子"}
                assert day.file_notes == ()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.ENODEV])
def test_what_could_not_be_written_is_not_done_and_the_next_save_is(path, event_id, monkeypatch, number):
    with at_venue(path) as day:
        entry = entries_by_name(day.store, event_id)
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry["髙橋 見本子"].id)
        before, size = rows(day), path.stat().st_size

        def broken(_handle):
            raise OSError(number, "gone")

        with monkeypatch.context() as patched:
            patched.setattr(day_file.os, "fsync", broken)
            with pytest.raises(storage_errors.StorageProblem, match="USBメモリ"):
                reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry["伊藤 試"].id)
        assert rows(day) == before
        assert path.stat().st_size == size
        reception_services.receive(ActionContext(day.store, **at_door(day)), entry_id=entry["伊藤 試"].id)
    with at_venue(path) as day:
        assert came(day.store, event_id) == {"髙橋 見本子", "伊藤 試"}


@pytest.mark.nightly
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that ends at once")
def test_ended_at_any_moment_the_file_opens_with_all_that_was_reported(path, event_id):
    states: dict[int, str] = {}
    reported = 0
    for turn in some(range(6), of=2):
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(path), PASSWORD, str(turn * 7)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        assert child.stdout is not None
        for _line in range(3 + turn * 5):
            entry_id, state = child.stdout.readline().split()
            states[int(entry_id)] = state
            reported += 1
        os.kill(child.pid, signal.SIGKILL)
        # What it reported before the end reached it counts as well; a half line was never reported.
        for line in child.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                entry_id, state = line.split()
                states[int(entry_id)] = state
                reported += 1
        child.wait()
        child.stdout.close()
        with at_venue(path) as day:
            now = {row.entry_id: row.state for row in read_reception(day.store, event_id=event_id).rows}
            done = len(list(day.store.database.query("SELECT seq FROM journal")))
        # At most one further change was saved without the time to report it.
        differing = {key for key, state in states.items() if now[key] != state}
        assert len(differing) <= 1
        assert done - reported in (0, 1)
        states |= {key: now[key] for key in differing}
        reported = done
    assert reported > times(80, of=3)
