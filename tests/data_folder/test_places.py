"""A place for data is looked at before anything is written: its names, how long paths get below it, who copies it."""

from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import backups, data_folder, folder_choice, path_checks
from app.documents.services import folder_check
from tests.support.child_python import run_python
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened, restored_backup

TOO_LONG = "町" * 80
"""A name of a folder that can be made, but with nothing added to it."""


def test_nothing_inside_a_drive_that_is_away_is_asked_for(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(folder_check, "existing_kind", lambda path: asked.append(path) or "")

    for look in (folder_choice.check_new_folder, folder_choice.check_restore_folder):
        assert look(tmp_path / "係").kind == "missing"
    assert set(asked) == {Path(tmp_path.anchor)}


def test_data_that_cannot_be_found_are_not_said_to_be_missing_where_the_drive_is(tmp_path, monkeypatch):
    assert "この場所にデジ活デスクのデータがありません" in path_checks.missing_data(tmp_path / "none").happened

    monkeypatch.setattr(path_checks, "is_drive_missing", lambda folder: True)
    problem = path_checks.missing_data(tmp_path / "none")
    assert problem.happened == f"ドライブまたは共有フォルダー「{tmp_path.anchor}」が、いまは見つかりません。"
    assert "電源とネットワーク" in problem.todo


def everything_below(place: Path) -> list[Path]:
    return sorted(path.relative_to(place) for path in place.rglob("*"))


def test_nothing_the_program_makes_is_longer_than_what_is_asked_for(tmp_path):
    ended = run_python("-m", "tests.support.longest_paths", str(tmp_path))
    made = [PurePosixPath(line) for line in ended.stdout.splitlines()]
    base = PureWindowsPath("C:/デジ活")
    room = len(str(path_checks.longest_data_path(base / "data")))

    assert len([path for path in made if path.name.endswith(".unfinished")]) > 10
    assert any(path.parts[0].startswith("data-復元-") and "backups" in path.parts for path in made)
    assert max(len(str(base / path)) for path in made) <= room
    # Windows keeps twelve characters more free where a folder is made.
    assert max(len(str(base / path.parent)) for path in made) + 12 <= room
    assert room - len(str(base / "data")) == 134


def test_data_never_begin_where_their_restoring_would_not_fit(tmp_path):
    folder = tmp_path / TOO_LONG

    with pytest.raises(UserError, match="長すぎます"):
        data_folder.create_data_folder(folder, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    assert everything_below(tmp_path) == []
    seen = folder_choice.check_new_folder(folder)
    assert seen.kind == "unfit"
    assert "短いフォルダー" in seen.problem


@pytest.mark.parametrize("name", ["con", "係.", "係\u202e", "a:b", "町" * 90])
def test_a_folder_that_office_pcs_cannot_have_is_not_made(tmp_path, name):
    place = Path(f"{tmp_path}/{name}")  # "/" would make a drive of 「a:b」 on Windows
    folder = Path(f"{place}/data")

    with pytest.raises(UserError, match="フォルダー"):
        data_folder.create_data_folder(folder, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    assert folder_choice.check_new_folder(place).kind == "unfit"
    assert folder_choice.check_restore_folder(folder).kind == "unfit"
    assert everything_below(tmp_path) == []


def test_a_folder_that_is_there_already_may_have_any_name(tmp_path):
    (tmp_path / "a:b").mkdir()

    assert folder_choice.check_new_folder(tmp_path / "a:b" / "data").kind == "free"


def test_backup_and_restoring_refuse_a_place_that_is_too_long_before_they_write(tmp_path):
    store = opened(copied_folder(tmp_path))
    with pytest.raises(UserError, match="バックアップを置けません"):
        backups.make_backup(store, now=NOW, to=tmp_path / ("町" * 250) / "a")
    closed(store)
    with pytest.raises(UserError, match="バックアップを置けません"):
        backups.back_up_published(folder=tmp_path / "data", now=NOW, to=tmp_path / "aux")
    with pytest.raises(UserError, match="データを置けません"):
        restored_backup(tmp_path / "data", tmp_path / TOO_LONG)

    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_backup_is_restored_only_into_a_new_or_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "名簿.txt").touch()
    kinds = {name: folder_choice.check_restore_folder(tmp_path / name).kind for name in ("empty", "used", "new")}

    assert kinds == {"empty": "free", "used": "taken", "new": "free"}
    assert folder_choice.check_restore_folder(tmp_path / "used" / "名簿.txt").kind == "taken"
    assert folder_choice.new_folder_beside(tmp_path / "used", today=date(2026, 9, 1)).name == "used-復元-20260901"


def test_a_place_that_is_copied_to_other_pcs_is_known_before_anything_is_written(tmp_path):
    cloud = tmp_path / "OneDrive - みほん区"
    cloud.mkdir()
    named = cloud / "係" / "data"

    for look in (folder_choice.check_new_folder, folder_choice.check_restore_folder):
        assert (look(named).kind, look(named).copied_by) == ("free", "OneDrive")
        assert look(tmp_path / "係").copied_by == ""
    assert everything_below(tmp_path) == [Path(cloud.name)]
    assert folder_choice.check_new_folder(copied_folder(cloud)).copied_by == "OneDrive"
