"""復元の点検 where something goes wrong: nothing stays on the PC, nothing false is recorded, nothing damaged passes."""

import errno
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts, backups, drill
from app.data_folder.services.drill import read_drill_baseline, run_drill
from app.data_folder.services.drill_folder import FOLDER_PREFIX, drill_folder
from app.startup import login_flow
from app.window.background_task import TaskStopped
from db import connection
from db.backups import backup
from db.files.storage_errors import ENGINE_ERRORS
from tests.support.altered_files import flip
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, copied_folder, opened, rename_event
from tests.support.in_full import some
from tests.support.stores import made_by

WHO = {"by": NAME, "now": NOW}
NEW_PASSWORD = "another long password"
store = made_by(lambda place: opened(copied_folder(place)))


def drilled(store, secret=PASSWORD, login_id=LOGIN, *, ground=None, tell=lambda _done, _total: None):
    return run_drill(tell, ground or read_drill_baseline(store), secret=secret, login_id=login_id, clock=lambda: NOW)


def left():
    return sorted(Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"))


def test_a_damaged_newest_backup_is_found_although_an_older_one_brings_everything_back(store):
    rename_event(store, "控えにある")
    backups.make_backup(store, now=NOW)
    newest = max(backup.generations(store.folder / "backups"), key=lambda one: one.number)
    flip(newest.path / "desk.db", at=5000)

    found = drilled(store)

    assert found.generation < newest.number
    assert not found.is_successful
    (bad,) = (one for one in found.steps if not one.good)
    assert f"第{newest.number}世代" in bad.note


def test_a_newest_backup_whose_manifests_cannot_be_read_is_found(store):
    rename_event(store, "控えにある")
    backups.make_backup(store, now=NOW)
    newest = backup.generations(store.folder / "backups")[0]
    for name in (backup.MANIFEST_NAME, backup.MANIFEST_COPY):
        (newest.path / name).write_bytes(b"{")

    found = drilled(store)

    assert not found.is_successful
    assert "目録を読めない世代が 1つ" in found.steps[0].note


def test_a_change_that_comes_meanwhile_is_no_finding_that_stays_in_the_record(store):
    ground = read_drill_baseline(store)
    rename_event(store, "点検を始めたあとの題名")

    with pytest.raises(UserError, match="点検の間に"):
        drilled(store, ground=ground)

    assert left() == []
    assert drilled(store).is_successful


def test_a_password_that_was_changed_since_the_backup_opens_it_and_the_old_one_does_not(store):
    accounts.change_password(
        ActionContext(store, **WHO), login_id=LOGIN, old_password=PASSWORD, new_password=NEW_PASSWORD
    )

    assert drilled(store, NEW_PASSWORD).is_successful
    with pytest.raises(drill.WrongPassword):
        drilled(store, PASSWORD)
    assert left() == []


def test_a_full_disk_of_this_pc_is_said_as_that_and_nothing_stays(store, monkeypatch):
    def full(*_given, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drill, "restore", full)
    found = drilled(store)

    assert not found.is_successful
    assert "空き" in found.steps[0].note
    assert left() == []


@pytest.mark.parametrize("step", some(range(1, 8), of=2))
def test_who_stops_it_leaves_nothing(store, monkeypatch, step):
    def stop(done, _total):
        if done == step:
            raise TaskStopped

    connected = []
    connect = connection.connect

    def kept(*given, **more):
        connected.append(connect(*given, **more))
        return connected[-1]

    monkeypatch.setattr(connection, "connect", kept)
    with pytest.raises(TaskStopped):
        drilled(store, tell=stop)

    assert left() == []
    for one in connected:  # what is open could not have gone on Windows
        with pytest.raises(ENGINE_ERRORS):
            one.execute("SELECT 1")


def test_nobody_else_may_look_into_the_place():
    with drill_folder() as place:
        assert place.stat().st_mode & 0o077 == 0


KILLED = """
import sys
from pathlib import Path
from tests.support.data_folders import LOGIN, NOW, PASSWORD, opened
from app.data_folder.services.drill import read_drill_baseline, run_drill
ground = read_drill_baseline(opened(Path(sys.argv[1])))
def tell(done, total):
    print(done, flush=True)
    if done == 3:
        sys.stdin.read()
run_drill(tell, ground, secret=PASSWORD, login_id=LOGIN, clock=lambda: NOW)
"""


def test_what_a_kill_leaves_cannot_be_read_and_goes_at_the_next_start(store, tmp_path, project_folder):
    rename_event(store, "かわせみ町会の秘密")
    (tmp_path / "killed").mkdir()
    other = copied_folder(tmp_path / "killed")
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(other)],
        cwd=project_folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(project_folder)},
    )
    while child.stdout.readline().strip() != b"3":
        assert child.poll() is None
    (stayed,) = left()
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()

    files = [path for path in stayed.rglob("*") if path.is_file()]
    assert files, "it was in the middle"
    for path in files:
        data = path.read_bytes()
        assert b"SQLite format 3" not in data, path
        assert not [word for word in ("みほん", "見本", "町会", PASSWORD) if word.encode() in data], path
    login_flow._sweep_unfinished()
    assert left() == [stayed], "it might still be at work"
    hours_ago = time.time() - 3 * 3600
    os.utime(stayed, (hours_ago, hours_ago))

    login_flow._sweep_unfinished()

    assert left() == []
