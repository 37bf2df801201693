"""Writers that meet at one folder, every lock granted, old views shown, stopped inside a commit; ``make test`` does
ten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.preloading import compiled
from tests.faults.report import Report
from tests.faults.tools import need_compiler

NAME = "seat"
SAYS = (
    "一つのフォルダーに二人が書こうとする場面を、錠がきかない共有として繰り返し、"
    "報告された保存が失われないことを確かめます。"
)

PROJECT = Path(__file__).resolve().parents[3]
_AT_ONCE = 2


@dataclass(frozen=True)
class Scene:
    """Rounds of one kind; ``without`` a guard they must fail, and with all of them none may."""

    says: str
    kind: str
    rounds: int
    contents: bool = False
    without: str = ""


SCENES = (
    Scene("引継ぎ（前の人が保存の途中で止まる）", "take-over", 200),
    Scene("引継ぎ（前の人は保存を続けている）", "living", 60, contents=True),
    Scene("引き継ぐ人が途中で止まる・終わる", "chain", 100, contents=True),
    Scene("同時に開く（0.3秒以内）", "start", 200),
    Scene("古い一覧を見ているPCから開く", "gone", 60),
    Scene("引き継がれた人の遅い仕事", "late", 60),
    Scene("どこかで終わり、開き直す", "dies", 100),
    Scene("時計が2時間ずれ、飛ぶ", "clock", 40),
    Scene("保存のあとに席を確かめない", "later", 30, without="confirm"),
    Scene("引継ぎでファイルの名を変えない", "later", 30, without="new-name"),
    Scene("引継ぎで待たない", "living", 40, contents=True, without="settle"),
    Scene("写しを一度で済ませる", "copying", 60, without="sums"),
    Scene("席を取り合わずに書く", "start", 60, without="exclusive"),
    Scene("古い一覧を信じる", "gone", 40, without="by-name"),
)
WRONG = {
    "lost": "失われた報告",
    "locked out": "入れなくなった利用者",
    "twice": "二重の変更",
    "unlike": "履歴と合わない変更",
    "damaged": "壊れたもの",
    "untold": "知らされなかった人",
    "unnamed": "名を挙げられなかった操作",
    "altered": "変えられた他の席のファイル",
    "winners": "一人でなかった席",
    "silenced": "生きているのに引き継がれた席",
    "leap": "時計で失われた保存",
    "jumped": "順番を抜かした人",
    "gap": "長すぎた交代",
    "refused": "理由なく断られた人",
    "stuck": "進まなくなった回",
}


def run(report: Report) -> bool:
    """Play every scene, two at once, and say the counts of each."""
    return play(report, SCENES)


def play(report: Report, scenes: tuple[Scene, ...]) -> bool:
    """Play scenes, two at once, and say the counts of each; return whether all were well."""
    need_compiler()
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place, ThreadPoolExecutor(_AT_ONCE) as pool:
        preload = compiled(Path(place))
        ends = list(pool.map(partial(_played, report, preload), scenes))
    return all(ends)


def _played(report: Report, preload: str, scene: Scene) -> bool:
    words = [sys.executable, "-m", "tests.faults.seats", scene.kind, "--rounds", str(scene.rounds), "--preloaded"]
    words += ["--seed", str(report.seed)]
    words += ["--contents"] if scene.contents else []
    words += ["--without", scene.without] if scene.without else []
    world = {**os.environ, "LD_PRELOAD": preload}
    played = subprocess.run(words, cwd=PROJECT, env=world, capture_output=True, text=True, check=False)
    try:
        met = json.loads(played.stdout)
    except ValueError:
        report.say(f"{scene.says}: {played.stderr[-2000:]}")
        return False
    good = _is_good(scene, met)
    report.say(_said(scene, met), *(() if good else met["said"][:20]))
    return good


def _is_good(scene: Scene, met: dict[str, Any]) -> bool:
    """Without a guard some rounds fail; with all of them none, and the lies must have arrived."""
    if scene.without:
        return bool(met["failed"])
    return not met["failed"] and bool(met["counts"].get("locks granted")) and bool(met["counts"].get("old answers"))


def _said(scene: Scene, met: dict[str, Any]) -> str:
    wrong = "、".join(f"{WRONG[kind]} {times}" for kind, times in met["wrong"].items()) or "失われたもの・壊れたもの 0"
    if scene.without:
        return f"守りを外す「{scene.says}」: {met['failed']}/{met['rounds']}回 が失敗（{wrong}）"
    counts = met["counts"]
    turns = counts.get("hand-overs", 0)
    gap = f"交代 {turns}回（平均 {counts.get('gap in ms', 0) // turns}ミリ秒）、" if turns else ""
    reported = counts.get("reported", 0) + counts.get("added", 0)
    return (
        f"{scene.says} {met['rounds']}回: 報告された保存 {reported}件、{wrong}、{gap}"
        f"共有に入らず示されたもの {counts.get('left behind', 0)}件、与えた錠 {counts.get('locks granted', 0)}、"
        f"古い答え {counts.get('old answers', 0)}"
    )
