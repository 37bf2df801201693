"""What else is done at a window of Windows: a file dropped on it, a backup restored, its scale of 150 %."""

from pathlib import Path

from tests.faults.desk_hands import Hands
from tests.faults.windows_stage import HOME, ID, PASSWORD, PLACES, Stage, leave, seen_or_none
from tests.faults.wine_pc import Pc

LARGE = 144
"""Dots an inch, as Windows has them at 150 %."""
_ONLY_FILE = (230, 109)
_TARGET = (900, 560)
_MIDDLE, _TURNS, _WHEEL = (683, 400), 15, 5
_BUTTONS, _SAMPLE = (1000, 140, 1366, 690), (1000, 560, 1366, 690)

_PAGE, _LOW, _FIELD = (900, 230, 1366, 740), (800, 690, 1366, 768), 300

_LIST = "支部,団体名\n第1支部,みほん見本自治会\n"


def dropped(stage: Stage, at: Pc) -> None:
    """A list taken from a window of the system that shows a folder and let go over the list of 団体."""
    person, place = at.hands, stage.share / "渡すもの"
    place.mkdir()
    (place / "団体.csv").write_text(_LIST, encoding="utf-8-sig")
    person.keys("ctrl+3")
    person.wait_for("団体を加える", area=(180, 40, 1366, 140))
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
    shown = person.titles()
    stage.must(taken, "フォルダーの窓からつまんだファイルを、窓に落とすと読まれる", person.read() if not taken else "")
    # From the rows back to their columns, and out.
    person.keys("Escape")
    person.still()
    person.keys("Escape")
    person.until("取り込みの窓が閉じる", lambda: len(person.titles()) < len(shown), 30)


def restored(stage: Stage, at: Pc, program: Path, data: Path) -> None:
    """A backup restored from the login into a new folder and opened; the data themselves stay as they are."""
    person = at.hands
    running = at.desk(program)
    person.click("バックアップから復元する", limit=90)
    # The list of backups comes a moment later and moves what stands below it.
    person.wait_for("開いて確認済", limit=60)
    person.keep("復元の画面")
    beside = person.wait_for("場所を選ぶ", area=_PAGE)
    before, to = _all_of(data), data.with_name("復元した もの")
    _into_field(person, beside.x - _FIELD, beside.y)
    person.put_in(at.typed(to))
    person.wait_for("書き込めることを確かめました", limit=20)
    person.keys("Tab", "Tab", "Tab")
    person.type(ID)
    person.keys("Tab")
    person.type(PASSWORD)
    person.keep("復元の鍵")
    person.click("新しいフォルダーに復元する", area=_LOW)
    person.wait_for("復元が終わりました", limit=90)
    person.keep("復元が終わった")
    person.click("復元したデータを開く", area=_LOW)
    person.wait_for(HOME, limit=90)
    person.keep("復元したデータ")
    person.keys("Escape")  # what is said because they lie elsewhere
    stage.must(any(to.glob("desk-*.db")), "バックアップを、名指した新しいフォルダーに復元して開ける")
    leave(person, running)
    stage.must(_all_of(data) == before, "復元しても、もとのデータは変わらない")
    stage.verified(at, program, to)


def _into_field(person: Hands, x: int, y: int) -> None:
    """Press a field until it is seen to have the keyboard: a page that has just come up may let a click go by."""
    around = (x - 50, y - 25, x + 50, y + 25)
    empty = person.picture().crop(around).tobytes()

    def pressed() -> bool:
        person.click_at(x, y)
        return person.still().crop(around).tobytes() != empty

    person.until("入力する欄に入る", pressed)


def _all_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def at_large_scale(stage: Stage, at: Pc, program: Path) -> None:
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
    for number in range(2, len(PLACES) + 1):
        person.keys(f"ctrl+{number}")
        person.keep(f"150％ {number}つ目の場所")
        stage.must(person.shades() > 50, f"150％で{number}つ目の場所が開く")
    stage.must(home.y > 0, "150％で、はじめの日が読める")
    leave(person, running)
