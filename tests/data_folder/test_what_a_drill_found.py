"""復元の点検 in the record: what came back, by which secret, what lacks, and what stayed behind."""

import errno
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app.data_folder.services import data_folder, drill
from db import keyring
from db.backups import backup
from tests.support.data_folders import LOGIN, NOW, PASSWORD, copied_folder, opened, recovery_key, rename_event
from tests.support.stores import killed

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def store(tmp_path):
    found = opened(copied_folder(tmp_path))
    rename_event(found, "いま変えた題名")
    rename_event(found, "もう一度変えた題名")
    yield found
    killed(found)


def drilled(store, secret=PASSWORD, login_id=LOGIN):
    told: list[tuple[int, int]] = []
    moments = iter((NOW, *[LATER] * 20))
    baseline = drill.read_drill_baseline(store)
    found = drill.run_drill(
        lambda done, of: told.append((done, of)),
        baseline,
        secret=secret,
        login_id=login_id,
        clock=lambda: next(moments),
    )
    return found, told


def newest(store):
    return backup.generations(store.folder / backup.FOLDER_NAME)[0]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_whole_backup_is_recorded_with_its_time_the_changes_after_it_and_what_opened_it(store, by_key):
    secret = keyring.normalise_recovery_key(recovery_key()) if by_key else PASSWORD
    found, told = drilled(store, secret, None if by_key else LOGIN)

    assert (found.opened_with, found.steps[1].what) == (
        ("回復キー", "回復キーで開いた") if by_key else ("パスワード", "パスワードで開いた")
    )
    assert (found.generation, found.made) == (newest(store).number, newest(store).created_at)
    assert (found.replayed, found.missing, found.notes) == (2, 0, ())
    assert (found.began, found.ended, found.fiscal_year, found.pc) == (NOW, LATER, 2026, data_folder.this_pc())
    assert (found.number, found.by) == (0, ""), "both are filled in when it is recorded"
    assert [(one.good, one.what) for one in found.steps][-1] == (True, drill.STEP_REMOVED)
    assert found.steps[-1].note == ""
    assert told == [(done, len(found.steps)) for done in range(1, len(found.steps) + 1)]


def test_changes_that_lack_are_counted_and_what_is_said_of_them_stays_in_the_record(store):
    store.confirm_commits()
    assert store.change_log is not None
    store.change_log.flush()
    log = max((store.folder / "changes").iterdir(), key=lambda path: path.stat().st_mtime)
    log.write_bytes(log.read_bytes()[:-20])
    found, _told = drilled(store)

    assert (found.replayed, found.missing, found.is_successful) == (1, 1, False)
    (said,) = found.notes
    assert "の途中で切れています" in said
    assert [one.what for one in found.steps if not one.good] == [drill.STEP_RESTORED, drill.STEP_COMPARED]


def test_where_nothing_can_be_restored_the_record_names_no_backup(store, monkeypatch):
    def full(*_given, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(drill, "restore", full)
    found, _told = drilled(store)

    assert (found.generation, found.made, found.replayed, found.missing, found.notes) == (0, None, 0, 0, ())
    assert (found.counts, [one.what for one in found.steps]) == ((), [drill.STEP_RESTORED, drill.STEP_REMOVED])


def test_what_could_not_be_removed_is_said_with_its_place(store, monkeypatch, tmp_path):
    place = tmp_path / "stays"

    @contextmanager
    def staying():
        place.mkdir()
        yield place

    monkeypatch.setattr(drill, "drill_folder", staying)
    found, _told = drilled(store)

    assert [(one.what, one.note) for one in found.steps if not one.good] == [(drill.STEP_REMOVED, str(place))]
    assert not found.is_successful
