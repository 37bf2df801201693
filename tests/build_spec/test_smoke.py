"""The check of the packed program refuses a folder whose window did not do everything, or only with help from outside."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from build_spec.smoke import STEPS, faults_of
from build_spec.virtual_screen import Screen, virtual_screen

FOLDER = Path("/folder")
REAL = "windows" if sys.platform == "win32" else "xcb"


def report(**changed: Any) -> dict[str, Any]:
    """What ``self-check`` reports of a sound folder, with parts of it changed."""
    sound: dict[str, Any] = {
        "screen": REAL,
        "steps": [{"name": name, "held": True, "seen": ""} for name in STEPS],
        "files": [],
        "said": [],
        "libraries": [str(FOLDER / "_internal/libxcb-cursor.so.0"), "/usr/lib/libc.so.6", "/usr/lib/libGL.so.1"],
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


def test_what_the_display_driver_brings_may_come_from_outside():
    driver = ["/usr/lib/libxcb.so.1", "/usr/lib/libxcb-dri3.so.0", "/usr/lib/libEGL.so.1", "/usr/lib/libdrm.so.2"]

    assert faults_of(report(libraries=driver), FOLDER) == []


def test_the_colours_on_a_screen_are_counted_from_its_memory(tmp_path: Path):
    memory = tmp_path / "Xvfb_screen0"
    fields = [104, *(0 for _ in range(18)), 2, *(0 for _ in range(5))]
    head = struct.pack(">25I", *fields) + b"name"
    memory.write_bytes(head + bytes(2 * 12) + struct.pack("=6I", 1, 2, 2, 3, 1, 1))

    assert Screen(memory=memory).shades() == 3
    assert Screen().shades() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a screen")
def test_without_a_screen_of_its_own_the_check_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match="Xvfb がありません"), virtual_screen(tmp_path):
        pass
