"""From the double click to the login: the Windows folder under Wine beside the program of Linux, by turns
in one run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.faults.desk_hands import Hands, hands, pause
from tests.faults.windows_stage import Stage
from tests.faults.wine_pc import PROJECT, Pc

TURNS = 3
LINUX = PROJECT / "dist" / "dejikatsu-desk" / "dejikatsu-desk"
_QUIET = 4.0
_LIMIT = 120.0
_SMALL = (455, 256)
_CARET = 60
_LETTERS = 50  # a screen with words has more shades, one with a pointer alone has few


def measure(stage: Stage, at: Pc, program: Path) -> None:
    """Say the seconds of both; that Wine's own start is in them is said with them."""
    packed = LINUX.is_file()
    words = [str(LINUX)] if packed else [sys.executable, "-m", "app"]
    home = stage.work / "linux"
    _data_for(words, home)
    windows, linux = [], []
    for _turn in range(TURNS):
        windows.append(_login_of(at.hands, lambda: at.desk(program).kill))
        with hands(stage.work / f"turn-{_turn}", stage.pictures, "linux") as person:
            linux.append(_login_of(person, lambda: _linux(words, home, person)))
    what = "配布用フォルダー" if packed else "元のプログラム"
    stage.report.say(
        f"ダブルクリックからログインまで（{TURNS}回の中央値）: Windows のフォルダー "
        f"{median(windows):.1f}秒（Wine の始まりを含む）、"
        f"Linux の{what} {median(linux):.1f}秒",
        f"   Windows {_said(windows)}　Linux {_said(linux)}",
    )


def _said(times: list[float]) -> str:
    return "・".join(f"{one:.1f}" for one in times)


def _surroundings(home: Path) -> dict[str, str]:
    kept = {name: words for name, words in os.environ.items() if name not in {"QT_QPA_PLATFORM", "DISPLAY"}}
    return {**kept, "HOME": str(home), "DEJIKATSU_DESK_HOME": str(home)}


def _data_for(words: list[str], home: Path) -> None:
    """An empty year, since the login stands there only where there is data."""
    home.mkdir()
    secret = home / "password.txt"
    secret.write_text("Abcdef2026-desk\n", encoding="utf-8")
    order = ["init", "--data", str(home / "data"), "--user", "mihon01", "--password-file", str(secret)]
    subprocess.run(
        [*words, *order, "--recovery-key-file", str(home / "key.txt")],
        cwd=PROJECT,
        env=_surroundings(home),
        check=True,
        capture_output=True,
    )


def _linux(words: list[str], home: Path, person: Hands) -> Callable[[], object]:
    process = subprocess.Popen(words, cwd=PROJECT, env=_surroundings(home) | person.variables)

    def end() -> None:
        process.kill()
        process.wait()

    return end


def _login_of(person: Hands, start: Callable[[], Callable[[], object]]) -> float:
    """Seconds until the login stands whole; the picture that stays is looked for among those taken on the way."""
    began = time.monotonic()
    end = start()
    seen: list[tuple[float, bytes]] = []
    try:
        while time.monotonic() - began < _LIMIT and (not seen or time.monotonic() - began - seen[-1][0] < _QUIET):
            now = person.picture().resize(_SMALL).tobytes()
            if (seen or person.shades() >= _LETTERS) and (not seen or _far(seen[-1][1], now)):
                seen.append((time.monotonic() - began, now))
            pause(0.05)
        person.wait_for("パスワード", limit=5)
    finally:
        end()
        person.until("画面が空く", lambda: person.shades() < _LETTERS, 30)
    return seen[-1][0]


def _far(one: bytes, other: bytes) -> bool:
    """Whether two pictures differ by more than a caret that blinks."""
    return one != other and sum(a != b for a, b in zip(one, other, strict=True)) > _CARET
