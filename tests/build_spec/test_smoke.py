"""The check of the packed program refuses a folder whose window did not do everything, or only with help
from outside."""

import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from build_spec.smoke import STEPS, PackedFolder, faults_of, packed_folder
from build_spec.virtual_screen import Screen, virtual_screen
from build_spec.wine import Wine

FOLDER = PackedFolder(Path("/folder"))
REAL = "xcb"


def report(**changed: Any) -> dict[str, Any]:
    """What ``self-check`` reports of a sound folder, with parts of it changed."""
    sound: dict[str, Any] = {
        "screen": REAL,
        "steps": [{"name": name, "held": True, "seen": ""} for name in STEPS],
        "files": [],
        "said": [],
        "libraries": [str(FOLDER.folder / "_internal/libxcb-cursor.so.0"), "/usr/lib/libc.so.6", "/usr/lib/libGL.so.1"],
    }
    return {**sound, **changed}


def test_a_sound_folder_has_no_faults():
    assert faults_of(report(), FOLDER) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"steps": [{"name": "ログイン", "held": False, "seen": "開きません。"}]}, "ログイン: 開きません。"),
        ({"steps": report()["steps"][:3]}, "すべての段を終えていません。"),
        ({"screen": "offscreen"}, "本物の画面ではありません: offscreen"),
        ({"said": ["QPixmap: not there"]}, "Qt: QPixmap: not there"),
        ({"libraries": ["/usr/lib/libxcb-cursor.so.0"]}, "フォルダに入っていません: /usr/lib/libxcb-cursor.so.0"),
        ({"libraries": ["/usr/lib/libxkbcommon-x11.so.0"]}, "フォルダに入っていません: /usr/lib/libxkbcommon-x11.so.0"),
    ],
)
def test_every_fault_is_named(changed: dict[str, Any], named: str):
    assert faults_of(report(**changed), FOLDER) == [named]


@pytest.fixture
def windows_folder(tmp_path: Path) -> PackedFolder:
    """A folder for Windows, started by Wine from a prefix beside it."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "dejikatsu-desk.exe").touch()
    return PackedFolder(folder, Wine(tmp_path / "prefix"))


def test_a_folder_for_windows_is_known_by_its_start_files_and_asked_for_the_real_screen_there(
    windows_folder: PackedFolder,
):
    own = [windows_folder.inside(windows_folder.folder / "_internal" / "Qt6Core.dll")]
    lent = ["C:\\windows\\system32\\kernel32.dll", "\\l_intl.nls", "C:\\windows\\system32\\c_932.nls"]

    assert packed_folder(windows_folder.folder).for_windows
    assert faults_of(report(screen="windows", libraries=own + lent), windows_folder) == []
    assert faults_of(report(screen="offscreen", libraries=own), windows_folder) == [
        "本物の画面ではありません: offscreen"
    ]
    assert faults_of(report(screen="windows", libraries=[]), windows_folder) == ["使った部品の一覧がありません。"]
    assert windows_folder.start("verify")[1:] == [str(windows_folder.folder / "dejikatsu-desk-command.exe"), "verify"]


@pytest.mark.parametrize(
    "library",
    ["C:\\windows\\system32\\VCRUNTIME140_1.dll", "C:\\Windows\\System32\\msvcp140.dll", "C:\\python\\python311.dll"],
)
def test_on_windows_a_runtime_that_the_pc_happens_to_have_is_not_the_folders(
    windows_folder: PackedFolder, library: str
):
    faults = faults_of(report(screen="windows", libraries=[library]), windows_folder)

    assert faults == [f"フォルダに入っていません: {library}"]


def test_commands_for_windows_are_tried_without_qt_whose_runtime_nobody_else_may_lean_on(
    windows_folder: PackedFolder, tmp_path: Path
):
    for name in ("PySide6/VCRUNTIME140_1.dll", "shiboken6/VCRUNTIME140_1.dll", "pikepdf/_core.pyd"):
        (windows_folder.folder / "_internal" / name).parent.mkdir(parents=True)
        (windows_folder.folder / "_internal" / name).touch()

    bare = windows_folder.without_qt(tmp_path / "work")

    assert sorted(path.name for path in (bare.folder / "_internal").iterdir()) == ["pikepdf"]
    assert bare.for_windows
    assert bare.surroundings(tmp_path)["RAPIDFUZZ_IMPLEMENTATION"] == "cpp"
    assert FOLDER.without_qt(tmp_path) is FOLDER


def test_wine_lends_the_folder_no_runtime(windows_folder: PackedFolder, tmp_path: Path):
    variables = windows_folder.surroundings(tmp_path)

    assert "vcruntime140_1" in variables["WINEDLLOVERRIDES"]
    assert variables["DEJIKATSU_DESK_HOME"].startswith("Z:\\")
    assert "SSH_AUTH_SOCK" not in variables
    assert windows_folder.outside("C:\\windows\\a.dll") == tmp_path / "prefix" / "drive_c" / "windows" / "a.dll"


def test_what_the_display_driver_brings_may_come_from_outside():
    driver = ["/usr/lib/libxcb.so.1", "/usr/lib/libxcb-dri3.so.0", "/usr/lib/libEGL.so.1", "/usr/lib/libdrm.so.2"]

    assert faults_of(report(libraries=driver), FOLDER) == []


def test_the_colours_on_a_screen_are_counted_from_its_memory(tmp_path: Path):
    memory = tmp_path / "Xvfb_screen0"
    fields = [104, *(0 for _ in range(18)), 2, *(0 for _ in range(5))]
    head = struct.pack(">25I", *fields) + b"name"
    memory.write_bytes(head + bytes(2 * 12) + struct.pack("=6I", 1, 2, 2, 3, 1, 1))

    assert (Screen(memory=memory).shades(), Screen().shades()) == (3, None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a screen")
def test_without_a_screen_of_its_own_the_check_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match="Xvfb がありません"), virtual_screen(tmp_path):
        pass
