"""The stage of the scenes: the packed folder, the share, the two PCs, and what had to be true and was or was not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.desk_hands import Hands, NotSeen
from tests.faults.report import Report
from tests.faults.wine_pc import Pc, Running, fresh_program, pc

ID, NAME, PASSWORD = "mihon01", "見本 花子", "Abcdef2026-desk"
HOME = "今日・今週"
FOOT = (600, 640, 1366, 768)
PLACES = ("ホーム", "事業", "団体", "資料・報告", "アンケート", "年度", "設定")
"""The places of the side bar, each with its key, Ctrl+1 and on."""
SEARCHED = ("情報保護",)
"""What need not stand in it, and is gone to by its name."""
SIDE = (0, 60, 180, 500)
_SEARCHING = "名前をコピー"
CALM = (20, 620)
"""Where a click does nothing but bring the window to the front."""


@dataclass
class Stage:
    """What the scenes share."""

    report: Report
    folder: Path
    work: Path
    share: Path
    pictures: Path
    wrong: list[str] = field(default_factory=list)
    right: int = 0
    pcs: list[Pc] = field(default_factory=list)

    def must(self, held: bool, words: str, seen: object = "") -> None:
        """Note whether something that must be true is; it is said at once."""
        if held:
            self.right += 1
            self.report.say(f"○ {words}")
        else:
            self.wrong.append(words)
            self.report.say(f"× {words}", *([f"   {seen}"] if seen else []))

    @contextmanager
    def pc(self, name: str, *, dots: int = 96) -> Iterator[Pc]:
        """A PC at the share; ``dots`` an inch are what Windows makes of its scale (144 = 150 %)."""
        with pc(name, self.work, self.share, self.pictures, dots=dots) as made:
            self.pcs.append(made)
            yield made
            self.pcs.remove(made)

    def clear(self) -> None:
        """End every program that still runs: the window of a scene that broke would stand in the next one's way."""
        for running in (one for at in self.pcs for one in at.started if one.alive):
            running.kill()

    def program(self, name: str) -> Path:
        """A copy of the packed folder for one person."""
        return fresh_program(self.folder, self.share / name / "dejikatsu-desk")

    def login_words(self, at: Pc, data: Path) -> list[str]:
        """The words by which a command opens ``data``."""
        secret = self.share / "password.txt"
        secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
        return ["--data", at.typed(data), "--user", ID, "--password-file", at.typed(secret)]

    def verified(self, at: Pc, program: Path, data: Path) -> None:
        """Let the command find the data sound."""
        code, said = at.command(program, "verify", *self.login_words(at, data), "--json")
        found = json.loads(said) if said.strip().startswith("{") else {"ok": False}
        self.must(
            code == 0 and found["ok"] and not found["findings"], f"データの点検で異常がない（{data.name[:20]}）", said
        )

    def events(self, at: Pc, program: Path, data: Path) -> str:
        """What the command lists as 実施回."""
        code, said = at.command(program, "events", *self.login_words(at, data), "--json")
        return said if code == 0 else ""


def written(share: Path) -> set[str]:
    """All that lies on the share but programs."""
    return {
        str(path.relative_to(share))
        for path in share.rglob("*")
        if "dejikatsu-desk" not in path.relative_to(share).parts
    }


def seen_or_none(person: Hands, *words: str, area: tuple[int, int, int, int] | None = None) -> bool:
    """Whether one of the words comes within some seconds; nothing ends where none does."""
    try:
        person.wait_for(*words, limit=30, area=area)
    except NotSeen:
        return False
    return True


def log_in(person: Hands, *, limit: float = 60.0) -> None:
    """Type the password, since the ID stands there from the last time."""
    person.wait_for("ログイン", limit=limit)
    person.still()
    person.type(PASSWORD)
    person.keys("Return")


def go(person: Hands, words: str) -> bool:
    """Go to a place or a paper by what it is or was called: by the side bar, by its key, or by Ctrl+K.

    False: it is not found by that name, and nothing has changed.
    """
    person.still()
    place = person.see(words, area=SIDE)
    if place is not None:
        person.click_at(place.x, place.y)
        return True
    if words in PLACES:  # two signs are not always read
        person.keys(f"ctrl+{PLACES.index(words) + 1}")
        return True
    person.keys("ctrl+k")
    person.wait_for(_SEARCHING, limit=30)
    person.put_in(words)
    person.still()
    person.keys("Return")
    person.still()
    if person.see(_SEARCHING) is None:
        return True
    person.keys("Escape")
    person.wait_gone(_SEARCHING, limit=30)
    return False


def leave(person: Hands, running: Running, *, limit: float = 60.0) -> None:
    """Close the window as a person does, and what still lies over it before; wait until the program has ended."""
    person.still()
    person.click_at(*CALM)
    for _window in person.titles():
        person.keys("alt+F4")
        with suppress(NotSeen):
            person.until("プログラムが終わる", lambda: not running.alive, limit / 3)
            return
    person.until("プログラムが終わる", lambda: not running.alive, limit / 3)


def place_in_dialog(person: Hands, place: str, title: str = "Select Folder") -> None:
    """Name a folder in the dialog of the system, and wait until it has gone."""
    person.until("フォルダーを選ぶ窓が出る", lambda: bool(person.windows(title)), 30)
    person.still()
    person.put_in(place)
    person.keys("Return")
    person.until("フォルダーを選ぶ窓が閉じる", lambda: not person.windows(title), 20)


__all__ = [
    "CALM",
    "FOOT",
    "HOME",
    "ID",
    "NAME",
    "PASSWORD",
    "PLACES",
    "SEARCHED",
    "SIDE",
    "NotSeen",
    "Stage",
    "go",
    "leave",
    "log_in",
    "place_in_dialog",
    "seen_or_none",
    "written",
]
