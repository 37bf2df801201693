"""A thousand generated surveys counted again from their exported data sheet; ``make test`` counts a few."""

from tests.faults import recounting
from tests.faults.report import Report

NAME = "recount"
SAYS = "アンケート1,000件分の集計表を、書き出したデータから数え直して比べます。"
EXAMPLES = 1000


def run(report: Report) -> bool:
    """Count again and say what did not agree."""
    wrong = recounting.run(EXAMPLES, seed=report.seed)
    report.say(*wrong, f"集計表の数え直し {EXAMPLES}件、印刷された数と合わなかったもの {len(wrong)}件")
    return not wrong
