"""The packed Windows folder under Wine, used by keys and mouse as its staff use it; ``make windows`` leaves it in
dist/."""

from __future__ import annotations

import shutil
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from build_spec.windows import BUNDLE as FOLDER
from build_spec.wine import COMPILER, WINE
from tests.faults.report import Report
from tests.faults.tools import need

if TYPE_CHECKING:
    from tests.faults.windows_stage import Stage

NAME = "windows-desk"
SAYS = (
    "Windows 用の配布フォルダーを、Wine の窓で、キーとマウスで使います（はじめて、見本、書類、2度目の開始、"
    "落としたファイル、復元、2台の机、更新、150％）。"
)

PROJECT = Path(__file__).resolve().parents[3]
PICTURES = PROJECT / "out" / "windows"
WINE_S_OWN = ("2度目の開始は、はじめの窓を前に出して終わる",)
"""What Wine alone gets wrong: docs/limits.md, by the fact in windows_marks.py of a byte that is held."""


def run(report: Report) -> bool:
    """Play the scenes one after the other; one that breaks hides no other."""
    if not (FOLDER / "dejikatsu-desk.exe").is_file():
        report.say(
            "Windows 用の配布フォルダーがありません。先に make windows "
            "を行ってください（dist/windows/dejikatsu-desk）。"
        )
        return False
    need("画面、手、字を読む部品", _all_there, "xvfb", "xdotool", "xclip", "tesseract-ocr", "tesseract-ocr-jpn")
    from tests.faults import windows_desks, windows_more, windows_scenes, windows_times
    from tests.faults.windows_stage import Stage

    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    work = Path(tempfile.mkdtemp(prefix="desk-faults-"))
    share = work / "share"
    share.mkdir()
    stage = Stage(report, FOLDER, work, share, PICTURES)

    def play(name: str, scene: Callable[[], object]) -> None:
        _play(stage, name, scene)

    try:
        with stage.pc("a") as at:
            program, made = stage.program("a"), list[Path]()
            play("はじめて使う", lambda: made.append(windows_scenes.first_start(stage, at, program)))
            if made:
                play("2度目の開始", lambda: windows_scenes.second_start(stage, at, program, made[0]))
                play("復元", lambda: windows_more.restored(stage, at, program, made[0]))
                play("開くまでの時間", lambda: windows_times.measure(stage, at, program))
            play("見本の1年", lambda: windows_scenes.sample_year(stage, at, stage.program("見本")))
            play("更新", lambda: windows_desks.replaced(stage, at))
            with stage.pc("b") as other:
                first, second = stage.program("c"), stage.program("d")
                play("2台の机", lambda: windows_desks.two_desks(stage, at, other, first, second))
        with stage.pc("e", dots=windows_more.LARGE) as large:
            play("拡大率150％", lambda: windows_more.at_large_scale(stage, large, stage.program("e")))
    finally:
        windows_scenes.free_read_only(share)
        shutil.rmtree(work, ignore_errors=True)
    wrong = [one for one in stage.wrong if one not in WINE_S_OWN]
    report.say(
        f"確かめたこと {stage.right + len(stage.wrong)}、そのとおり {stage.right}、Wine のもの "
        f"{len(stage.wrong) - len(wrong)}、"
        f"違ったもの {len(wrong)}。絵: {PICTURES}",
        *wrong,
    )
    return not wrong


def _play(stage: Stage, name: str, scene: Callable[[], object]) -> None:
    stage.report.say(f"— {name}")
    try:
        scene()
    except Exception as problem:  # noqa: BLE001  # a scene that breaks must not hide the others
        stage.wrong.append(f"{name}: {problem}")
        stage.report.say(*traceback.format_exc().splitlines()[-6:])
    stage.clear()


def _all_there() -> bool:
    words = ("Xvfb", "xdotool", "xclip", "tesseract", COMPILER)
    letters = Path("/usr/share/tesseract-ocr/5/tessdata/jpn.traineddata")
    return WINE.is_file() and all(map(shutil.which, words)) and letters.is_file()
