"""A damage that cost nothing is said, mended or set aside, and then complained of no more; nothing is kept for ever."""

import json
import struct
from datetime import timedelta
from pathlib import Path

import pytest

from app.data_folder.services import backups
from app.data_folder.services.background_checks import BackgroundChecks
from app.data_folder.services.check_data import check_data_folder
from db.backups import backup, change_log
from db.files import file_store
from db.files.atomic_files import remove_folder
from tests.support.altered_files import flip
from tests.support.data_folders import (
    LOGIN,
    NOW,
    PASSWORD,
    closed,
    keep_paper,
    keys,
    opened,
    prepared_folder,
    rename_event,
)
from tests.support.stores import made_by

DAY = timedelta(days=1)
folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder with a kept file and some generations."""


def _prepare(place):
    for days in range(3):
        store = opened(place, now=NOW + days * DAY)
        rename_event(store, f"題名 {days}")
        if not days:
            keep_paper(store)
        closed(store, now=NOW + days * DAY)


def checked(folder):
    return check_data_folder(folder, login_id=LOGIN, password=PASSWORD, wait=0.2)


def oldest(folder):
    return min((folder / "backups").glob("0*"))


def a_session(folder, *, now, looks=12):
    """Open, look at everything in the background, close; return what was said."""
    store = opened(folder, now=now)
    going = BackgroundChecks()
    for _ in range(looks):
        going.check_next(store, now=now)
    closed(store, now=now)
    return going.notes


@pytest.mark.parametrize("part", ["desk.db", "keyring.json"])
def test_a_damaged_old_generation_is_said_set_aside_and_goes_after_its_days(folder, part):
    flip(oldest(folder) / part)
    name = oldest(folder).name
    assert checked(folder).findings
    said = a_session(folder, now=NOW + 20 * DAY)
    assert any("脇に置きました" in note for note in said)
    after = checked(folder)
    assert after.findings == ()
    assert any("脇に置きました" in note and part in note for note in after.notes)
    assert name in [path.name for path in (folder / "backups").iterdir()]
    assert name not in [one.path.name for one in backup.generations(folder / "backups")]
    a_session(folder, now=NOW + 45 * DAY)
    assert name in [path.name for path in (folder / "backups").iterdir()]
    a_session(folder, now=NOW + 52 * DAY)
    assert name not in [path.name for path in (folder / "backups").iterdir()]
    assert checked(folder) == type(after)(findings=(), rows=checked(folder).rows)


def test_a_sitting_at_rest_asks_nothing_of_the_backups_at_each_sign_of_life(folder, monkeypatch):
    store = opened(folder, now=NOW + 20 * DAY)
    going = BackgroundChecks()
    for _ in range(12):
        going.check_next(store, now=NOW + 20 * DAY)
    asked: list[Path] = []
    monkeypatch.setattr(backup, "folders", lambda target, **_more: asked.append(target) or [])
    going.check_next(store, now=NOW + 20 * DAY + timedelta(minutes=50))
    assert asked == []
    going.check_next(store, now=NOW + 20 * DAY + timedelta(minutes=70))
    assert asked
    monkeypatch.undo()
    closed(store, now=NOW + 20 * DAY)


def test_a_generation_that_went_before_its_look_is_no_damage(folder):
    one = backup.generations_to_verify(folder / "backups", now=NOW + 20 * DAY)[0]
    remove_folder(one.path)
    assert backup.verify_parts(one, now=NOW + 20 * DAY) == ""
    assert not one.path.exists()


def test_the_only_sound_state_is_never_set_aside(folder):
    every = sorted((folder / "backups").glob("0*"))
    for path in every:
        flip(path / "desk.db")
    one = backup.generations_to_verify(folder / "backups", now=NOW + 20 * DAY)[0]
    assert backup.verify_parts(one, now=NOW + 20 * DAY) == ""
    assert not backup.quarantined_generations(folder / "backups")


def test_a_manifest_comes_back_from_its_twin(folder):
    manifest = oldest(folder) / "manifest.json"
    whole = manifest.read_bytes()
    for damaged in (b"", b"{", None):
        manifest.unlink() if damaged is None else manifest.write_bytes(damaged)
        assert backup.read(oldest(folder)) is not None
        backup.prune(folder / "backups", today=(NOW + 3 * DAY).date())
        assert manifest.read_bytes() == whole
    assert checked(folder).findings == ()


def test_without_both_manifests_a_generation_keeps_nothing_for_ever(folder):
    """One flipped bit kept every generation and every stored file for good."""
    lost = oldest(folder)
    for name in ("manifest.json", "manifest2.json"):
        (lost / name).write_bytes(b"{")
    orphan = file_store.path_of(folder / "backups", file_store.put(folder / "backups", keys(), b"disposed"))
    a_session(folder, now=NOW + 4 * DAY)
    assert orphan.exists()
    assert checked(folder).findings == ()
    a_session(folder, now=NOW + 36 * DAY)
    a_session(folder, now=NOW + 37 * DAY)
    assert not lost.exists()
    assert not orphan.exists()


def test_a_note_of_what_was_set_aside_that_says_nothing_keeps_nothing_for_ever(folder):
    (oldest(folder) / "aside.json").write_bytes(b"?")
    name = oldest(folder).name
    a_session(folder, now=NOW + 40 * DAY)
    assert name not in [path.name for path in (folder / "backups").iterdir()]


def test_a_segment_of_the_log_is_written_anew_from_the_journal(folder):
    path = change_log.segments(folder)[0]
    flip(path)
    before, _ = change_log.read_all(folder, keys().log)
    assert checked(folder).findings
    said = a_session(folder, now=NOW + 4 * DAY)
    assert any("書き直しました" in note for note in said)
    assert not path.exists()
    after, findings = change_log.read_all(folder, keys().log)
    assert findings == []
    assert set(before) < set(after)
    assert checked(folder).findings == ()


def heads_of(path):
    """Where the heads of a segment begin, with the number that each speaks of."""
    data, at, found = path.read_bytes(), 0, {}
    while at < len(data):
        length, seq = struct.unpack_from(">IQ", data, at)
        found[seq] = at
        at += struct.calcsize(">IQ") + length
    return found


def test_a_change_whose_number_is_altered_in_the_log_does_not_get_lost_when_the_segment_is_written_anew(folder):
    store = opened(folder, now=NOW + 3 * DAY)
    for number in range(6):
        rename_event(store, f"もっと {number}")
    closed(store, now=NOW + 3 * DAY)
    before, _ = change_log.read_all(folder, keys().log)
    path = change_log.segments(folder)[-1]
    altered = sorted(heads_of(path))[2]
    for shift in (0, 2):  # a number of a change that is there, and one of none
        flip(path, at=heads_of(path)[altered] + struct.calcsize(">IQ") - 1, bit=1 << shift)
        assert altered not in change_log.read_all(folder, keys().log)[0]
        said = a_session(folder, now=NOW + 4 * DAY)
        assert any("1件 を、データの履歴から書き直しました" in note for note in said)
        after, findings = change_log.read_all(folder, keys().log)
        assert findings == []
        assert set(before) <= set(after)
        path = next(one for one in change_log.segments(folder) if altered in heads_of(one))


def test_what_is_whole_is_looked_at_and_nothing_is_said_or_written_twice(folder):
    assert a_session(folder, now=NOW + 20 * DAY) == ()
    looked = {path: path.read_bytes() for path in (folder / "backups").glob("0*/looked.json")}
    assert looked
    a_session(folder, now=NOW + 21 * DAY)
    assert {path: path.read_bytes() for path in looked} == looked
    assert json.loads(next(iter(looked.values())))["looked"].startswith("2026-09-21")
    assert backups.list_backups(folder=folder)
