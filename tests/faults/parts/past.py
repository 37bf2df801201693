"""Two hundred past moments against copies of the file that were kept then; ``make test`` does twenty."""

import tempfile
from pathlib import Path

from tests.faults.report import Report
from tests.support import past_moments

NAME = "past"
SAYS = "操作をでたらめに続けて200の時点でファイルの写しを残し、履歴から組み立てた「その日の状態」と比べます。"
RUNS = 10
MOMENTS = 20


def run(report: Report) -> bool:
    """Compare every moment and say what was rebuilt otherwise."""
    wrong: list[str] = []
    for seed in range((report.seed - 1) * RUNS, report.seed * RUNS):
        with tempfile.TemporaryDirectory(prefix="desk-past-") as place:
            wrong += past_moments.run(Path(place), moments=MOMENTS, seed=seed, each=3)
    report.say(*wrong[:20], f"その日の状態 {RUNS * MOMENTS}時点、写しと違ったもの {len(wrong)}か所")
    return not wrong
