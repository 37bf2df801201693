"""Prints how the program's speed compares with the bare library, in one run on one machine.

Each line: what, ours and bare (median of several rounds), their ratio, the limit. Exit 1 when a ratio
is over its limit. A ratio holds on a slow machine; a time alone would not. Last come the screens of the
window, each against an empty one, while two other processes are at work: none may hold the window for longer than 100
ms. The memory after all of them has no limit, and what README gives of it is kept in ``docs/measured.json``. The
SELECTs of the ten most used actions end the list, each with the number it may take.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.contributions import register_contributions
from tests.bench import (
    big_list,
    grown,
    hostile,
    measured,
    opening,
    pages,
    questionnaire,
    reading,
    roster,
    saving,
    searching,
    starting,
    survey_counting,
    taking_in,
    workbook,
)
from tests.bench.paired import Paired
from tests.house.actions import counted_actions

BENCHES: tuple[tuple[str, Callable[[], Paired], float], ...] = (
    ("起動（ログイン画面まで） ／ 何もないQtの窓", starting.measure, 8.0),
    ("1件の保存 ／ SQLCipherだけの1行と、控え1件の書込み", saving.measure, saving.LIMIT),
    ("10万人から探す ／ SQLのLIKEだけ", searching.measure, 3.0),
    ("実施報告書のPDF ／ reportlabだけ", pages.measure, 1.5),
    ("実施報告書のExcel ／ openpyxlだけ", workbook.measure, 1.6),
    ("アンケート用紙のPDF ／ reportlabだけ", questionnaire.measure, 1.8),
    ("10万枚のアンケートの集計 ／ Pythonのループだけ", survey_counting.measure_rule, 2.0),
    ("保存した10万件の回答の集計 ／ SQLだけ", survey_counting.measure_store, 6.0),
    ("1,000人の受付名簿のPDF ／ reportlabだけ", roster.measure, 1.5),
    ("10,000行20列の一覧のExcel ／ XlsxWriterだけ", big_list.measure, 1.6),
    ("10,000行の申込のExcelを読む（子プロセス） ／ openpyxlのread_onlyだけ", reading.measure, 1.6),
)


def main() -> int:
    """Run every bench and print one line each."""
    register_contributions()
    over = 0
    for name, measure, limit in BENCHES:
        found = measure()
        bad = found.ratio > limit
        over += bad
        sys.stdout.write(
            f"{name}\n    {found.ours * 1000:9.2f} ms ／ {found.bare * 1000:9.2f} ms ＝ {found.ratio:5.2f} 倍"
            f"（上限 {limit:g} 倍）{'　超過' if bad else ''}\n"
        )
        sys.stdout.flush()
    for ending, reader in ((".csv", "csv"), (".xlsx", "openpyxlのread_only")):
        taken = taking_in.measure(ending)
        bad = taken.ratio > taking_in.LIMITS[ending]
        over += bad
        sys.stdout.write(
            f"10,000件の申込（{ending}）を読んで名簿に入れる ／ {reader}で読み、同じ行を1回で書くだけ\n"
            f"    {taken.ours:9.2f} 秒 ／ {taken.bare:9.2f} 秒"
            f" ＝ {taken.ratio:5.2f} 倍（上限 {taking_in.LIMITS[ending]:g} 倍、目標 {taking_in.AIM:g} 倍"
            f"{'' if taken.ratio <= taking_in.AIM else '、未達'}）{'　超過' if bad else ''}\n"
        )
        sys.stdout.flush()
    for name, seconds, megabytes in hostile.measure():
        bad = seconds > hostile.SECONDS or megabytes > hostile.MEGABYTES
        over += bad
        sys.stdout.write(
            f"手ごわいファイル（{name}）を読む・断る\n    {seconds:5.2f} 秒（上限 {hostile.SECONDS:g} 秒）、"
            f"{megabytes} MB（上限 {hostile.MEGABYTES} MB）{'　超過' if bad else ''}\n"
        )
    opened = opening.measure()
    for line in opening.lines(opened):
        sys.stdout.write(f"{line}\n")
    over += bool(opening.too_long(opened))
    measured.write(opened)
    sys.stdout.write(f"    README と文書の数字の元: {measured.PLACE.relative_to(opening.ROOT)}\n")
    folders = grown.measure()
    for line in grown.lines(folders):
        sys.stdout.write(f"{line}\n")
    over += sum(page.is_over for folder in folders for page in folder.pages)
    for one in counted_actions():
        bad = one.selects > one.limit
        over += bad
        sys.stdout.write(f"SELECT の数（{one.name}）\n    {one.selects}（上限 {one.limit}）{'　超過' if bad else ''}\n")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
