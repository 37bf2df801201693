"""What else is done at a window of Windows: a file dropped on it, its scale of 150 %."""

from __future__ import annotations

from pathlib import Path

from tests.faults.windows_stage import CALM, Stage, leave, seen_or_none
from tests.faults.wine_pc import Pc

LARGE = 144
"""Dots an inch, as Windows has them at 150 %."""
_KEYS = 8
_ONLY_FILE = (230, 109)
_TARGET = (900, 560)
_MIDDLE, _TURNS, _WHEEL = (683, 400), 15, 5
_BUTTONS, _SAMPLE = (1000, 140, 1366, 690), (1000, 560, 1366, 690)

_LIST = "支部,団体名\n第1支部,みほん見本自治会\n"


def dropped(stage: Stage, at: Pc) -> None:
    """A list taken from a window of the system that shows a folder and let go over the list of 団体."""
    person, place = at.hands, stage.share / "渡すもの"
    place.mkdir()
    (place / "団体.csv").write_text(_LIST, encoding="utf-8-sig")
    person.keys("ctrl+3")
    person.wait_for("団体", area=(180, 40, 1366, 140))
    person.still()
    folder = at.start("C:\\windows\\explorer.exe", at.typed(place))
    person.until("フォルダーの窓が出る", lambda: bool(person.windows(place.name)), 30)
    person.still()
    left, top = person.corner(person.windows(place.name)[0])
    person.keep("つまむ前")
    before = len(person.titles())
    person.drag((left + _ONLY_FILE[0], top + _ONLY_FILE[1]), _TARGET)
    # Who gives has to live until it is taken; its window stays before what comes up.
    person.until("取り込みの窓が出る", lambda: len(person.titles()) > before, 60)
    folder.kill()
    taken = seen_or_none(person, "もう一度取り込んでも、増えたり変わったりしません")
    person.keep("窓に落としたファイル")
    stage.must(taken, "フォルダーの窓からつまんだファイルを、窓に落とすと読まれる", person.read() if not taken else "")
    person.click("やめる")
    person.still()
    person.click_at(*CALM)


def at_large_scale(stage: Stage, at: Pc, program: Path, places: tuple[str, ...]) -> None:
    """The sample year where Windows shows everything at 150 %: what was readable is, half as large again."""
    person = at.hands
    running = at.desk(program)
    # At this scale the page is higher than the screen.
    person.wait_for("同僚のデータを開く", limit=90)
    person.still()
    person.click_at(*_MIDDLE, times=_TURNS, button=_WHEEL)
    person.wait_for("当日持出しファイルを開く", area=_BUTTONS)
    person.keep("150％ はじめに")
    person.click("見本データで試す", area=_SAMPLE)
    home = person.wait_for("区がやること", limit=120)
    person.keep("150％ 見本")
    for number, place in enumerate(places[:_KEYS], start=2):
        # The side bar shows no words here.
        person.keys(f"ctrl+{number}")
        person.keep(f"150％ {place}")
        stage.must(person.shades() > 50, f"150％で「{place}」が開く")
    stage.must(home.y > 0, "150％で、はじめの日が読める")
    leave(person, running)
