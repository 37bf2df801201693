"""A place for data is looked at before anything is written: its names, how long paths get below it, who copies it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.keeping.services import backups, data_folder, place_checks, places
from app.refusal import Refusal
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened

TOO_LONG = "町" * 80
"""A name of a folder that can be made, but with nothing added to it."""


def everything_below(place: Path) -> list[Path]:
    return sorted(path.relative_to(place) for path in place.rglob("*"))


def test_nothing_the_program_makes_is_longer_than_what_is_asked_for(tmp_path, project_folder):
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.longest_paths", str(tmp_path)],
        cwd=project_folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    made = [PurePosixPath(line) for line in ended.stdout.splitlines()]
    base = PureWindowsPath("C:/デジ活")
    room = len(str(place_checks.longest_in_data(base / "data")))

    assert len([path for path in made if path.name.endswith(".unfinished")]) > 10
    assert any(path.parts[0].startswith("data-復元-") and "backups" in path.parts for path in made)
    assert max(len(str(base / path)) for path in made) <= room
    # Windows keeps twelve characters more free where a folder is made.
    assert max(len(str(base / path.parent)) for path in made) + 12 <= room
    assert room - len(str(base / "data")) == 134


def test_on_windows_125_characters_are_left_for_the_place_itself():
    place = PureWindowsPath(r"\\fs01\kyodo") / ("部" * (125 - len(r"\\fs01\kyodo" + "\\\\") - 5)) / "data"

    assert len(str(place)) == 124
    assert place_checks.data_place_problem(place) == ""
    assert place_checks.data_place_problem(place.with_name("dataa")) == ""
    assert "1文字長すぎます" in place_checks.data_place_problem(place.with_name("dataaa"))
    assert place_checks.data_place_problem(PureWindowsPath("D:/")) == ""


def test_data_never_begin_where_their_restoring_would_not_fit(tmp_path):
    folder = tmp_path / TOO_LONG

    with pytest.raises(Refusal, match="長すぎます"):
        data_folder.create_data_folder(folder, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    assert everything_below(tmp_path) == []
    seen = places.look_at_place(folder)
    assert seen.kind == "unfit"
    assert "短いフォルダー" in seen.problem


@pytest.mark.parametrize("name", ["con", "係.", "係\u202e", "a:b", "町" * 90])
def test_a_folder_that_office_pcs_cannot_have_is_not_made(tmp_path, name):
    folder = tmp_path / name / "data"

    with pytest.raises(Refusal, match="フォルダー"):
        data_folder.create_data_folder(folder, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    assert places.look_at_place(tmp_path / name).kind == "unfit"
    assert places.look_at_restore_place(folder).kind == "unfit"
    assert everything_below(tmp_path) == []


def test_a_folder_that_is_there_already_may_have_any_name(tmp_path):
    (tmp_path / "a:b").mkdir()

    assert places.look_at_place(tmp_path / "a:b" / "data").kind == "free"


def test_backup_and_restoring_refuse_a_place_that_is_too_long_before_they_write(tmp_path):
    store = opened(copied_folder(tmp_path))
    with pytest.raises(Refusal, match="バックアップを置けません"):
        backups.make_backup(store, now=NOW, to=tmp_path / ("町" * 90) / "a")
    closed(store)
    with pytest.raises(Refusal, match="バックアップを置けません"):
        backups.back_up_published(folder=tmp_path / "data", now=NOW, to=tmp_path / "aux")
    with pytest.raises(Refusal, match="データを置けません"):
        backups.restore_backup(
            source=tmp_path / "data", to=tmp_path / TOO_LONG, secret=PASSWORD, login_id=LOGIN, now=NOW
        )

    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_backup_is_restored_only_into_a_new_or_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "名簿.txt").touch()
    kinds = {name: places.look_at_restore_place(tmp_path / name).kind for name in ("empty", "used", "new")}

    assert kinds == {"empty": "free", "used": "taken", "new": "free"}
    assert places.look_at_restore_place(tmp_path / "used" / "名簿.txt").kind == "taken"
    assert places.new_folder_beside(tmp_path / "used", today=date(2026, 9, 1)).name == "used-復元-20260901"


def test_a_place_that_is_copied_to_other_pcs_is_known_before_anything_is_written(tmp_path):
    cloud = tmp_path / "OneDrive - みほん区"
    cloud.mkdir()
    named = cloud / "係" / "data"

    for look in (places.look_at_place, places.look_at_restore_place):
        assert (look(named).kind, look(named).copied_by) == ("free", "OneDrive")
        assert look(tmp_path / "係").copied_by == ""
    assert everything_below(tmp_path) == [Path(cloud.name)]
    assert places.look_at_place(copied_folder(cloud)).copied_by == "OneDrive"
