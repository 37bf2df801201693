"""Ten thousand generated files of strangers read and judged in two processes; ``make test`` does a hundred."""

import time

from tests.faults import foreign_variants
from tests.faults.report import Report

NAME = "intake"
SAYS = (
    "よそで作られた申込・団体・会場の予約・アンケートのファイル10,000件を作って読み、失われる行・読み違えた値がなく、"
    "待つべき行が待ち、読まない表や行が名指しされることを確かめます。"
)
FILES = 10_000


def run(report: Report) -> bool:
    """Read every file and say what was wrong."""
    began = time.monotonic()
    found = foreign_variants.run_in_two(FILES)
    kinds = "、".join(f"{kind} {count}件" for kind, count in sorted(found.kinds.items()))
    report.say(
        *found.wrong[:20],
        f"ファイル {found.files}件（{kinds}）、{time.monotonic() - began:.0f}秒",
        f"中身の違うもの {len(found.digests)}件、形の組合せ {len(found.combinations)}通り、"
        f"項目の書き方 {len(found.ways)}通り",
        f"読み違えたもの {len(found.wrong)}か所",
    )
    return not found.wrong and found.files == FILES
