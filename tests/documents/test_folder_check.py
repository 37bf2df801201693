"""A folder is looked at before anything is written: its names, how long paths get below it, why it takes no files."""

import errno
import os
from functools import partial
from pathlib import PurePath, PureWindowsPath

import pytest

from app.data_folder.services import path_checks
from app.documents.services import folder_check
from app.documents.services.folder_check import CheckedFolder, ExistingKind, SubfolderPaths, inspect_folder
from tests.support.windows_errors import windows_error


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


def test_on_windows_125_characters_are_left_for_the_place_itself():
    place = PureWindowsPath(r"\\fs01\kyodo") / ("部" * (125 - len(r"\\fs01\kyodo" + "\\\\") - 5)) / "data"

    disk = Disk(r"\\fs01\kyodo", "D:/")

    assert len(str(place)) == 124
    assert disk.problem_of(place) == ""
    assert disk.problem_of(place.with_name("dataa")) == ""
    assert "1文字長すぎます" in disk.problem_of(place.with_name("dataaa"))
    assert disk.problem_of(PureWindowsPath("D:/")) == ""
