"""What tidies up never stops what opens: whatever old thing is held, missing, unreadable or another, the data open."""

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.data_folder.services import backups, data_folder
from db import keyring
from db.backups import backup, change_log
from db.files import file_store, storage_errors
from tests.support.data_folders import (
    LOGIN,
    NOW,
    PASSWORD,
    closed,
    copied_folder,
    keep_paper,
    keys,
    living,
    opened,
    rename_event,
    title,
)
from tests.support.in_full import IN_FULL, some
from tests.support.stores import killed
from tests.support.troubled_disk import TroubledDisk, missing, refused

LATER = NOW + timedelta(days=2)
MUST_HOLD = ("desk-000001.db", "keyring-000001.json", "seat", "desks")  # the data, the key and the place at the desk


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with everything that can lie in one: a stop in the midst, a night's backup, what was left unfinished."""
    place = copied_folder(tmp_path_factory.mktemp("prepared"))
    slot = keyring.wrap(keys().data, PASSWORD, kind="user", owner=LOGIN, iterations=1000)
    ring = keyring.read_both(place)[0]
    keyring.write(place, keyring.with_slot(ring, slot), keys(), lock_number=1)  # quick to open: it is opened often here
    store = opened(place)
    keep_paper(store)
    closed(store)
    store = opened(place)
    rename_event(store, "たいせつな題名")
    data_folder.publish(store, now=NOW)
    backups.back_up_published(folder=place, now=NOW + timedelta(days=1))
    killed(store)
    first = backup.generations(place / "backups")[-1]  # older than every rule keeps
    for count in range(11):
        shutil.copytree(first.path, first.path.with_name(f"{1000 + count:05d}_2020-01-01_0900{count:02d}"))
        path = first.path.with_name(f"{1000 + count:05d}_2020-01-01_0900{count:02d}") / "manifest.json"
        plain = json.loads(path.read_bytes())
        path.write_text(json.dumps({**plain, "generation": 1000 + count, "made": "2020-01-01T09:00:00"}))
    for name in ("x.12345678.unfinished", "backups/00099_2026-09-01_090000.12345678.unfinished"):
        (place / name).mkdir()
        (place / name / "desk.db").write_bytes(b"half")
        os.utime(place / name, (0, 0))
    return place


@pytest.fixture
def folder(prepared, tmp_path):
    return copied(prepared, tmp_path / "data")


def copied(prepared, place):
    """Copy the folder; what nobody ever writes into under its name only gets a second one, for speed."""

    def copy(source, target):
        (os.link if "backups" in Path(source).parts else shutil.copyfile)(source, target)

    shutil.copytree(prepared, place, copy_function=copy)
    return place


def opens_whole(folder):
    """Open the folder, see that the data are there and can be changed, and return what was said."""
    found = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=LATER, pc="MADO-01", wait=0.2)
    assert title(found.store) == "たいせつな題名"
    rename_event(found.store, "そのあとの題名")
    rename_event(found.store, "たいせつな題名")
    data_folder._release_all(found.store)
    return found.notes


@pytest.mark.nightly
def test_opening_succeeds_whatever_single_call_on_an_old_thing_fails(prepared, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _handle: None)  # two hundred openings, and no power cut in any
    watch = copied(prepared, tmp_path / "watched")
    disk = TroubledDisk(watch, spared=MUST_HOLD)
    with disk.at_work():
        opens_whole(watch)
    sites = tuple(disk.sites)
    assert len(sites) > 60, sites
    # Every eighth call in one of the two ways; in a full run each in both.
    for number, site in enumerate(some(sites, of=8)):
        for error in (missing, refused) if IN_FULL else ((missing, refused)[number % 2],):
            place = copied(prepared, tmp_path / f"{number}-{error.__name__}")
            with TroubledDisk(place, spared=MUST_HOLD).at_work(site, error):
                opens_whole(place)
            shutil.rmtree(place)


DEEP = "[" * 100_000
WRONGS = {
    "deep": DEEP,
    "torn": '{"a": ',
    "list": "[]",
    "null": "null",
    "empty": "",
    "numbers as words": None,
    "words as numbers": None,
    "wild numbers": None,
}


def _written(plain, wrong):
    """The same object with every value of another kind."""
    if WRONGS[wrong] is not None:
        return WRONGS[wrong]
    turned = {
        "numbers as words": lambda one: "x" if isinstance(one, int) else one,
        "words as numbers": lambda one: 5 if isinstance(one, str) else one,
        "wild numbers": lambda one: 10**30 if isinstance(one, int) else one,
    }[wrong]
    return json.dumps({name: turned(one) for name, one in plain.items()})


@pytest.mark.parametrize("wrong", some(WRONGS, of=2))
def test_opening_succeeds_whatever_stands_in_a_note(prepared, tmp_path, wrong):
    names = sorted(path.relative_to(prepared) for path in prepared.rglob("*.json"))
    assert {path.name for path in names} >= {
        "manifest.json", "note-000003.json", "sums.json", "keyring-000001.json", "keyring-000001-copy.json"
    }  # fmt: skip
    newest = backup.generations(prepared / "backups")[0].path.name
    for name in some(names, of=2):
        if ("backups" in name.parts and name.parts[1] not in {newest, "files"}) or name.name in MUST_HOLD:
            continue
        place = tmp_path / str(name).replace("/", "-")
        shutil.copytree(prepared, place)
        signed = name.parts[0] == "desks"
        plain = {} if signed else json.loads((place / name).read_bytes())
        (place / name).write_text(_written(plain, wrong), encoding="utf-8")
        if wrong == "wild numbers" and name.name.startswith("keyring-"):
            # Its format is newer than any that this program knows; a backup's own copy is not asked at opening.
            with pytest.raises(storage_errors.NewerKey):
                opens_whole(place)
            continue
        opens_whole(place)


@pytest.mark.parametrize("kind", some(["a folder", "a file", "gone"], of=2))
def test_opening_succeeds_when_an_old_thing_is_of_another_kind(prepared, tmp_path, kind):
    newest = backup.generations(prepared / "backups")[0].path.relative_to(prepared)
    kept = next(file_store.stored_files(prepared)).relative_to(prepared)
    segment = change_log.segments(prepared)[-1].relative_to(prepared)
    things = ["backups", "published", "changes", "files", newest, newest / "manifest.json", newest / "desk.db", kept]
    things += [
        segment,
        "published/note-000003.json",
        "keyring-000001-copy.json",
        "backups/files",
        "backups/files/sums.json",
    ]
    for number, thing in enumerate(some(things, of=2)):
        place = tmp_path / str(number)
        shutil.copytree(prepared, place)
        path = place / thing
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        if kind == "a folder":
            path.mkdir()
        elif kind == "a file":
            path.write_bytes(b"x")
        opens_whole(place)


def test_a_newer_generation_with_a_reason_and_a_shape_unknown_here_is_left_alone(folder):
    newest = backup.generations(folder / "backups")[0].path / "manifest.json"
    plain = json.loads(newest.read_bytes())
    newest.write_text(json.dumps({**plain, "reason": "ほかの理由", "version": 99, "more": {}}), encoding="utf-8")
    opens_whole(folder)
    assert newest.is_file()


def test_a_manifest_or_note_that_lies_about_the_head_stops_nothing_and_is_said(folder):
    for path in (
        folder / "published" / "note-000003.json",
        backup.generations(folder / "backups")[1].path / "manifest.json",
    ):
        plain = json.loads(path.read_bytes())
        path.write_text(json.dumps({**plain, "seq": plain["seq"] + 500}), encoding="utf-8")
    assert any("の目録が、データと合いません" in note for note in opens_whole(folder))


def test_a_database_put_back_is_noticed_by_the_published_copy_alone(folder, tmp_path):
    older = (backup.generations(folder / "backups")[-1].path / "desk.db").read_bytes()
    living(folder).write_bytes(older)
    shutil.rmtree(folder / "changes")
    shutil.rmtree(folder / "backups")
    with pytest.raises(storage_errors.Damaged, match="最後の変更が、データファイルにありません"):
        opens_whole(folder)
