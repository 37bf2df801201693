"""A place for data is looked at before anything is written: its names, how long paths get below it, who copies it."""

import errno
import os
from datetime import date
from functools import partial
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import backups, data_folder, folder_choice, path_checks
from app.documents.services import folder_check
from app.documents.services.folder_check import CheckedFolder, ExistingKind, SubfolderPaths, inspect_folder
from tests.support.child_python import run_python
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened, restored_backup
from tests.support.windows_errors import windows_error

TOO_LONG = "町" * 80
"""A name of a folder that can be made, but with nothing added to it."""


class Disk:
    """The drives and shares of a Windows PC, as far as a place is looked at."""

    def __init__(self, *folders: str, files: tuple[str, ...] = (), refused: OSError | None = None) -> None:
        self.folders = {PureWindowsPath(one) for one in folders}
        self.files = {PureWindowsPath(one) for one in files}
        self.refused = refused
        self.asked: list[PurePath] = []

    def standing(self, path: PurePath) -> ExistingKind:
        self.asked.append(path)
        inside = any(path in (one, *one.parents) for one in self.folders)
        return "folder" if inside else "file" if path in self.files else ""

    def try_writing(self, ground: PurePath) -> None:
        assert self.standing(ground) == "folder"
        if self.refused is not None:
            raise self.refused

    def look(
        self, place: str | PureWindowsPath, subfolders: SubfolderPaths = path_checks.paths_below_data
    ) -> CheckedFolder:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folder_check, "existing_kind", self.standing)
            patch.setattr(folder_check, "_try_writing", self.try_writing)
            return inspect_folder(PureWindowsPath(place), subfolders=subfolders)

    def problem_of(self, place: str | PureWindowsPath) -> str:
        return self.look(place).problem


PLACES = {
    r"C:\desk\新しい": ("free", ""),
    r"\\fs01\kyodo\係\data": ("free", ""),
    r"\\?\C:\desk\係.": ("unfit", "終わりに、「.」や空白は使えません"),
    r"Z:\デジ活": ("missing", r"「Z:\」が、いまは見つかりません。機器の電源とネットワーク"),
    r"\\nas\夜間\backup": ("missing", "「\\\\nas\\夜間\\」が、いまは見つかりません。"),
    r"C:\desk\con": ("unfit", "「con」は、Windowsが別の用途に使っています"),
    r"C:\desk\con.txt": ("unfit", "「con.txt」は、Windowsが別の用途に使っています"),
    r"Z:\aux": ("unfit", "「aux」は、Windowsが別の用途に使っています"),
    r"C:\desk\nul\data": ("unfit", "「nul」は、Windowsが別の用途に使っています"),
    r"C:\desk.": ("unfit", "終わりに、「.」や空白は使えません"),
    r"C:\desk \data": ("unfit", "終わりに、「.」や空白は使えません"),
    r"C:\desk\a:b": ("unfit", "「:」は使えません"),
    r"C:\desk\名簿.txt": ("unfit", "「名簿.txt」はフォルダーではありません"),
    r"C:\desk\名簿.txt\data": ("unfit", "「名簿.txt」はフォルダーではありません"),
    r"\\?\Volume{1b3b1146-4076-11e1-84aa-806e6f6e6963}\data": ("unfit", "ドライブや共有フォルダーから指定"),
    r"\\.\C:\data": ("unfit", "ドライブや共有フォルダーから指定"),
    r"デジ活": ("unfit", "ドライブや共有フォルダーから指定"),
    rf"C:\desk\{'町' * 180}": ("unfit", "文字長すぎます"),
}


@pytest.mark.parametrize(("place", "kind", "words"), [(place, *said) for place, said in PLACES.items()])
def test_a_place_on_windows_is_accepted_or_refused_with_its_own_reason(place, kind, words):
    disk = Disk(r"C:\desk", r"\\fs01\kyodo", r"\\?\C:\desk", files=(r"C:\desk\名簿.txt",))
    seen = disk.look(place)

    assert (seen.kind, bool(seen.problem)) == (kind, kind != "free")
    assert words in seen.problem


def test_nothing_inside_a_drive_that_is_away_is_asked_for(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(folder_check, "existing_kind", lambda path: asked.append(path) or "")

    for look in (folder_choice.check_new_folder, folder_choice.check_restore_folder):
        assert look(tmp_path / "係").kind == "missing"
    assert set(asked) == {Path(tmp_path.anchor)}


def test_a_drive_that_is_away_is_asked_once_and_a_name_that_will_not_do_without_any_disk():
    disk = Disk(r"C:\desk")

    assert disk.look(r"\\nas\夜間\令和8年度\backup").kind == "missing"
    assert disk.asked == [PureWindowsPath("//nas/夜間/")]
    assert disk.look(r"\\nas\夜間\令和8年度\prn").kind == "unfit"
    assert len(disk.asked) == 1


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (windows_error(5), "closed", "書き込めません"),
        (windows_error(53), "missing", "いまは見つかりません"),
        (OSError(errno.ENOSPC, "full"), "unfit", "空きがありません"),
    ],
)
def test_why_a_place_takes_no_files_is_told_apart(error, kind, words):
    seen = Disk(r"C:\desk", refused=error).look(r"C:\desk\data")

    assert (seen.kind, words in seen.problem) == (kind, True)


def test_a_new_folder_that_windows_would_not_make_is_refused_before_its_files_are():
    disk = Disk("C:/")
    place = PureWindowsPath("C:/" + "町" * 245)
    look = partial(disk.look, subfolders=lambda whole: [whole / "a"])

    assert len(str(place / "a")) < 259
    assert "1文字長すぎます" in look(place).problem
    assert look(place.with_name("町" * 244)).kind == "free"
    disk.folders.add(place)
    assert look(place).kind == "free"


def test_a_name_on_the_way_that_nobody_may_look_behind_is_closed_and_no_fault(tmp_path, monkeypatch):
    real = os.stat

    def hidden(path, *more, **named):
        if str(path).startswith(str(tmp_path / "係")):
            raise windows_error(5, path)
        return real(path, *more, **named)

    def refused(_ground):
        raise windows_error(5)

    monkeypatch.setattr(os, "stat", hidden)
    monkeypatch.setattr(folder_check, "_try_writing", refused)

    assert inspect_folder(tmp_path / "係" / "data", subfolders=path_checks.paths_below_data).kind == "closed"


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


def test_on_windows_125_characters_are_left_for_the_place_itself():
    place = PureWindowsPath(r"\\fs01\kyodo") / ("部" * (125 - len(r"\\fs01\kyodo" + "\\\\") - 5)) / "data"

    disk = Disk(r"\\fs01\kyodo", "D:/")

    assert len(str(place)) == 124
    assert disk.problem_of(place) == ""
    assert disk.problem_of(place.with_name("dataa")) == ""
    assert "1文字長すぎます" in disk.problem_of(place.with_name("dataaa"))
    assert disk.problem_of(PureWindowsPath("D:/")) == ""


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
