"""What tidies up follows no link out of the folder and leaves whole what somebody has open."""

import os
from datetime import date
from pathlib import Path

import pytest

from db.backups import backup
from db.files import atomic_files, file_store


def old(path):
    # Where the time of a link can't be set, that of what it leads to is: it must be left alone all the same.
    os.utime(path, (0, 0), follow_symlinks=os.utime not in os.supports_follow_symlinks)
    return path


@pytest.fixture
def elsewhere(tmp_path):
    """A folder that is no business of the program's."""
    place = tmp_path / "elsewhere"
    (place / "inner").mkdir(parents=True)
    for path in (place / "letter.txt", place / "inner" / "x.unfinished"):
        path.write_text("たいせつ", encoding="utf-8")
        old(path)
    return place


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def contents(place):
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*"))


@pytest.mark.parametrize("name", ["x.unfinished", "backups"])
def test_a_link_out_of_the_folder_is_not_followed(folder, elsewhere, name):
    before = contents(elsewhere)
    link = folder / name
    link.symlink_to(elsewhere, target_is_directory=True)
    old(link)
    old(elsewhere)
    atomic_files.remove_leftovers(folder, older_than=60)
    assert contents(elsewhere) == before


def test_a_link_deep_in_an_unfinished_folder_goes_as_a_link(folder, elsewhere):
    unfinished = folder / "backups" / "00001_2026-09-01_090000.0a0b0c0d.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "link").symlink_to(elsewhere, target_is_directory=True)
    old(unfinished)
    before = contents(elsewhere)
    atomic_files.remove_leftovers(folder, older_than=60)
    assert not unfinished.exists()
    assert contents(elsewhere) == before


def test_what_is_unfinished_goes_once_it_is_old_wherever_it_lies(folder):
    (folder / "files" / "ab").mkdir(parents=True)
    stale, fresh = folder / "files" / "ab" / "y.12345678.unfinished", folder / "z.12345678.unfinished"
    for path in (stale, fresh):
        path.write_bytes(b"x")
    old(stale)
    atomic_files.remove_leftovers(folder, older_than=60)
    assert contents(folder) == ["files", "files/ab", fresh.name]


def test_links_among_the_kept_files_and_the_generations_are_none_of_them(folder, elsewhere):
    (folder / "files").mkdir()
    (folder / "files" / "ab").symlink_to(elsewhere, target_is_directory=True)
    (elsewhere / ("ab" * 32)).write_bytes(b"x")
    (folder / "backups").mkdir()
    (folder / "backups" / "00001_2026-09-01_090000").symlink_to(elsewhere, target_is_directory=True)
    assert list(file_store.stored_files(folder)) == []
    assert backup.folders(folder / "backups") == []


def test_a_folder_of_backups_that_is_a_link_is_not_pruned(folder, elsewhere):
    (elsewhere / "files" / "ab").mkdir(parents=True)
    kept = elsewhere / "files" / "ab" / ("ab" * 32)
    kept.write_bytes(b"of another folder")
    (folder / "backups").symlink_to(elsewhere, target_is_directory=True)
    assert backup.prune(folder / "backups", today=date(2026, 9, 1)) == []
    assert kept.is_file()


def test_a_folder_that_somebody_has_open_stays_whole(folder, monkeypatch):
    generation = folder / "00001_2026-09-01_090000"
    generation.mkdir()
    (generation / "manifest.json").write_bytes(b"{}")

    def held(path: Path, target: Path) -> Path:
        raise PermissionError(13, "held", str(path))

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        atomic_files.discard_folder(generation)
    assert (generation / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("00007_2026-09-01_090000", 7),
        ("100000_2026-09-01_090000", 100_000),
        ("00007_2026-09-01_090000.0a1b2c3d.unfinished", None),
        ("99999_x", None),
        ("files", None),
    ],
)
def test_the_number_of_a_generation_is_read_from_the_whole_name_of_a_folder(folder, name, number):
    (folder / name).mkdir()
    assert backup.number_of(folder / name) == number
    (folder / "00009_2026-09-01_090000").touch()
    assert backup.number_of(folder / "00009_2026-09-01_090000") is None
