"""The seat handed to and fro between writers that go on saving, cut at each arrow, clocks apart; ``make test`` does
twenty."""

import tempfile
from pathlib import Path

from tests.faults import open_forms
from tests.faults.parts.seat import Scene, play
from tests.faults.report import Report

NAME = "hand-over"
SAYS = (
    "二人が席を譲り合いながら保存し続ける場面を、途中の停止や時計のずれをまぜて繰り返し、保存が失われず、"
    "席が一つであることを確かめます。"
)

SCENES = (
    Scene("譲り合い（10回ずつ、時計が2時間ずれる）", "hand-over", 20),
    Scene("譲る途中、受ける途中で終わる", "cut", 70),
    Scene("待つ順番", "in-order", 20),
    Scene("譲ったあとにデータが古いものに替わる", "put-back", 10),
    Scene("順番を見ずに受ける", "in-order", 4, without="order"),
    Scene("最後の変更を見比べずに受ける", "put-back", 4, without="head"),
    Scene("閉じる前に譲る", "hand-over", 2, without="closed-first"),
)


def run(report: Report) -> bool:
    """Play every scene, two at once, and say the counts of each; then the forms that stay open."""
    played = play(report, SCENES)
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        met = open_forms.play(Path(place), rounds=20, forms=10, seed=report.seed)
    report.say(
        f"開いたままの入力画面 {met.counts['forms']}件: たずねた項目 "
        f"{met.counts['asked']}件、たずねずに上書きしたもの・"
        f"消えた文字 {len(met.wrong)}",
        *met.wrong[:20],
    )
    return played and not met.wrong
