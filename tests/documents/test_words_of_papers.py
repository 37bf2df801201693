"""What every paper says, of the sample year, of the same year after it was changed and of one with few records, is
written down beside them.

``make words`` writes it anew, ``make words KIND=決定通知`` one kind alone; the change is then read in the diff.
"""

import sys
from difflib import unified_diff

from tests.support import written_papers
from tests.support.said_words import WRITES

_MOST = 40


def test_every_paper_says_what_is_written_down():
    now = written_papers.written_papers()
    if WRITES:
        sys.stderr.write(f"\n{written_papers.write(now)}\n")
        return
    kept = written_papers.kept()
    told = [
        line
        for kind in sorted({*kept, *now})
        for line in unified_diff(
            kept.get(kind, "").splitlines(), now.get(kind, "").splitlines(), kind, kind, lineterm="", n=0
        )
        if not line.startswith("@@")
    ]
    assert told == [], "書類の言葉を変えたときは make words で書き直し、差を見ます:\n" + "\n".join(told[:_MOST])


def test_a_sentence_that_all_letters_share_is_one_line():
    sheets = {
        f"講習会　{number}枚目": [f"団体{number}　御中", "つぎのとおり開催します。", "記"] for number in range(1, 100)
    }

    text = written_papers._text(
        sheets,
        sheets | {"講習会　7枚目": ["団体7　御中", "中止します。", "記"]},
        sheets | {f"講習会　{number}枚目": ["団体　御中"] for number in (1, 2)},
    )

    assert text.count("つぎのとおり開催します。") == 3
    assert text.splitlines()[-8:] == [
        *("# 直したあと　講習会　7枚目", "- つぎのとおり開催します。", "+ 中止します。"),
        *("# 少ない記録　講習会　1枚目", "- 団体1　御中", "- つぎのとおり開催します。", "- 記", "+ 団体　御中"),
    ]
