"""A program ended at two hundred of its writings while it changes the data key; ``make test`` ends it at six."""

from tests.faults import stopping
from tests.faults.report import Report

NAME = "key"
SAYS = (
    "鍵を替える途中と、そのつぎに開いて閉じるまでの書込みごとに、プログラムを200回止め、"
    "いつも片方の鍵だけで開き、開き直すと替え終わり、バックアップも新しいパスワードだけで戻ることを確かめます。"
)


def run(report: Report) -> bool:
    """Stop at the calls, spread evenly, and say what was wrong."""
    return stopping.run_part(report, "key_stops", 200, 20)
