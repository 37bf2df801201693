"""Two PCs at one folder of the share, a kill in the middle, and the folder of an earlier day replaced as the README
says."""

import io
import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

from tests.faults.desk_hands import Hands
from tests.faults.windows_stage import FOOT, HOME, ID, NAME, PASSWORD, Stage, leave, log_in
from tests.faults.wine_pc import COMMAND, PROJECT, WINDOW, Pc, Running

BEFORE_COMMIT = "247e030f"
"""The commit at which the work on Windows began; its folder is the one that gets replaced."""
BEFORE = "DESK_BEFORE"
_BAND = (180, 20, 1366, 170)
_PYTHON = PROJECT / "build" / "windows" / "python" / "python.exe"
_FIELD = 200  # so far right of its label a field stands
_BESIDE = 500
_QUICK = 15.0


def new_data(stage: Stage, at: Pc, program: Path, data: Path) -> None:
    """Make an empty year by the command, as somebody in IT does."""
    key = stage.share / f"回復キー {data.name}.txt"
    words = [*stage.login_words(at, data), "--name", NAME, "--recovery-key-file", at.typed(key)]
    code, said = at.command(program, "init", *words)
    stage.must(code == 0 and any(data.glob("desk-*.db")), f"命令でデータを作れる（{data.name}）", said)


def open_colleagues(person: Hands, place: str) -> None:
    """Open data of the share for the first time on this PC."""
    person.wait_for("同僚のデータを開く", limit=90)
    person.still()
    # What stands in an empty field is too pale to be read: it is found by the button beside it.
    beside = person.wait_for("フォルダーを選ぶ", area=(1000, 280, 1366, 420))
    row = (330, beside.y - 25, beside.x - 90, beside.y + 25)
    empty = person.picture().crop(row).tobytes()

    def typed() -> bool:
        # A window that has just come up may let a click go by: nothing is then seen in the field.
        person.click_at(beside.x - _BESIDE, beside.y)
        person.still()
        if person.picture().crop(row).tobytes() == empty:
            return False
        person.keys("ctrl+a")
        person.type(place)
        return person.see(place.rsplit("\\", 1)[-1], area=row) is not None

    person.until("場所が入力される", typed)
    person.keys("Return")
    person.wait_for("データの場所", limit=60)
    person.still()
    person.type(ID)
    person.keys("Tab")
    person.type(PASSWORD)
    person.keys("Return")


def add_event(person: Hands, name: str, *, wait: bool = True) -> None:
    """Add an 実施回 by the keyboard."""
    person.keys("ctrl+2")
    person.wait_for("実施回を追加", limit=30)
    person.still()
    person.keys("ctrl+n")
    person.until("入力の窓が出る", lambda: len(person.titles()) > 1, 30)
    person.still()
    label = person.wait_for("名称", area=(100, 60, 500, 500), limit=15)
    person.click_at(label.x + _FIELD, label.y)
    person.put_in(name)
    person.keys("ctrl+Return")
    if wait:
        person.until("入力の窓が閉じる", lambda: len(person.titles()) == 1, 30)


def two_desks(stage: Stage, first: Pc, second: Pc, one: Path, two: Path) -> None:
    """Scene 4: reading, 入力したい, hand-over, a kill in the middle of saving, taking over."""
    data = stage.share / "two desks"
    new_data(stage, first, one, data)
    typing = first.desk(one)
    open_colleagues(first.hands, first.typed(data))
    first.hands.wait_for(HOME)
    add_event(first.hands, "ひとりめの講習会")
    reading = second.desk(two)
    open_colleagues(second.hands, second.typed(data))
    second.hands.wait_for("入力中です", area=_BAND, limit=60)
    second.hands.keep("閲覧")
    stage.must(second.hands.see("入力したい", area=_BAND) is not None, "2台目は閲覧で開き、「入力したい」が出る")
    second.hands.click("入力したい", area=_BAND)
    first.hands.wait_for("入力を待っています", area=(180, 20, 1366, 768), limit=30)
    first.hands.keep("待っている人")
    first.hands.click("保存して席を譲る")
    asked = time.monotonic()
    second.hands.wait_for("入力できます", area=_BAND, limit=60)
    took = time.monotonic() - asked
    second.hands.keep("席に着いた")
    stage.report.say(f"席の交代: {took:.1f}秒（読み取りの時間を含む）")
    stage.must(took < _QUICK, "譲った席に、すぐ着ける", f"{took:.1f}秒")
    add_event(second.hands, "ふたりめの講習会")
    add_event(second.hands, "とちゅうの講習会", wait=False)
    reading.kill()
    stage.report.say("2台目を、保存の途中で止めました。")
    first.hands.wait_for("応答がありません", area=(180, 20, 1366, 768), limit=300)
    first.hands.keep("応答がない")
    first.hands.click("引き継ぐ", area=_BAND)
    if first.hands.see("確かめましたか") is not None:
        first.hands.click("引き継いで開く")
    first.hands.wait_for("入力できます", area=(180, 20, 1366, 768), limit=90)
    first.hands.keep("引き継いだ")
    add_event(first.hands, "さいごの講習会")
    leave(first.hands, typing)
    stage.verified(first, one, data)
    events = stage.events(first, one, data)
    for name in ("ひとりめの講習会", "ふたりめの講習会", "さいごの講習会"):
        stage.must(name in events, f"保存したと言った実施回が残っている: {name}", events[:400])
    stage.report.say(
        f"止めたときの実施回は{'残りました' if 'とちゅうの講習会' in events else '残っていません'}（どちらでもよい）。"
    )
    after_kill(stage, second, two, data)


def after_kill(stage: Stage, at: Pc, program: Path, data: Path) -> None:
    """The program that was killed starts again, and so does one that is killed while nothing is under way."""
    for turn in ("止められたあと", "もう一度止められたあと"):
        running = at.desk(program)
        log_in(at.hands, limit=90)
        at.hands.wait_for(HOME, limit=240)
        at.hands.keep(turn)
        stage.must(True, f"{turn}、また開く")
        running.kill()
    running = _again_with_patience(at, program)
    leave(at.hands, running)
    stage.verified(at, program, data)


def _again_with_patience(at: Pc, program: Path) -> Running:
    running = at.desk(program)
    log_in(at.hands, limit=90)
    at.hands.wait_for(HOME, "引き継いで開く", limit=240)
    return running


def replaced(stage: Stage, at: Pc) -> None:
    """Scene 5: data made by the folder of an earlier day, that folder's files replaced, the data opened."""
    program = stage.share / "更新" / "dejikatsu-desk"
    start = _before(stage, at, program)
    if start is None:
        stage.must(False, f"前の版のフォルダーがありません（{BEFORE} で指すか、make windows のあとに行ってください）")
        return
    data = program / "data"
    code, said = start("init", *stage.login_words(at, data), "--name", NAME, "--recovery-key-file", "Y:\\key.txt")
    stage.must(code == 0, "前の版でデータを作れる", said)
    running = start.window()
    log_in_fresh(at.hands)
    at.hands.wait_for(HOME)
    add_event(at.hands, "まえの版の講習会")
    at.hands.keep("前の版")
    leave(at.hands, running)
    kept = {path.relative_to(program) for path in (program / "settings").rglob("*")}
    for old in (*program.glob("dejikatsu-desk*"), program / "_internal", program / "使い方.pdf"):
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    for new in stage.folder.iterdir():
        if new.is_dir():
            shutil.copytree(new, program / new.name)
        else:
            shutil.copy(new, program / new.name)
    running = at.desk(program)
    log_in(at.hands, limit=90)
    at.hands.wait_for(HOME)
    at.hands.keep("入れ替えたあと")
    leave(at.hands, running)
    stage.must(kept <= {path.relative_to(program) for path in (program / "settings").rglob("*")}, "設定が残っている")
    stage.must("まえの版の講習会" in stage.events(at, program, data), "前の版のデータが、新しい版で開く")
    stage.verified(at, program, data)


def log_in_fresh(person: Hands) -> None:
    """Log in where no ID is remembered yet."""
    person.wait_for("ログイン", limit=90)
    person.still()
    person.type(ID)
    person.keys("Tab")
    person.type(PASSWORD)
    person.keys("Return")


class _Start:
    """How the version before is started: from its packed folder, or from its source by the Python of Windows."""

    def __init__(self, at: Pc, program: Path, source: Path | None) -> None:
        self._at, self._program, self._source = at, program, source

    def __call__(self, *words: str) -> tuple[int, str]:
        """Run one of its commands."""
        running = self._run(COMMAND, *words)
        assert running.process.stdin is not None
        running.process.stdin.close()
        return running.process.wait(timeout=300), running.words()

    def window(self) -> Running:
        """Open its window."""
        running = self._run(WINDOW)
        self._at.hands.spent = running.spent
        return running

    def _run(self, name: str, *words: str) -> Running:
        if self._source is None:
            return self._at.start(self._program / name, *words)
        home = {"DEJIKATSU_DESK_HOME": self._at.typed(self._program), "PYTHONDONTWRITEBYTECODE": "1"}
        home["PYTHONPATH"] = self._at.typed(self._source)
        return self._at.start(self._at.wine.inside(_PYTHON), "-m", "app", *words, more=home)


def _before(stage: Stage, at: Pc, program: Path) -> _Start | None:
    """The version before at ``program``: the folder that was named, else its source."""
    named = os.environ.get(BEFORE)
    if named:
        shutil.copytree(named, program)
        stage.report.say(f"前の版: {BEFORE} が指すフォルダー")
        return _Start(at, program, None)
    source = stage.share / "前の版の元"
    kept = subprocess.run(
        ["git", "archive", "--format=zip", BEFORE_COMMIT], cwd=PROJECT, capture_output=True, check=False
    )
    if kept.returncode or not _PYTHON.is_file():
        return None
    with zipfile.ZipFile(io.BytesIO(kept.stdout)) as archive:
        archive.extractall(source)
    program.mkdir(parents=True)
    stage.report.say(f"前の版: {BEFORE_COMMIT} の元を、Windows の Python で動かしたもの")
    return _Start(at, program, source)


__all__ = ["FOOT", "replaced", "two_desks"]
