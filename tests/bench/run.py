"""Prints how the program's speed compares with the bare library, in one run on one machine.

Each line: what, ours and bare (median of several rounds), their ratio, the limit. Exit 1 when a ratio
is over its limit. A ratio holds on a slow machine; a time alone would not. Last come the screens of the
window, each against an empty one, while two other processes are at work: none may hold the window for longer than 100
ms. The memory after all of them has no limit, and what README gives of it is kept in ``docs/measured.json``. What a
screen reader asks of a page takes at most 50 ms. The SELECTs of the ten most used actions end the list, each with the
number it may take. ``--part`` measures one of them.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
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
    spoken,
    starting,
    survey_counting,
    taking_in,
    workbook,
)
from tests.bench.paired import Paired, by_processor, counts_processor
from tests.house.actions import counted_actions

PAIRED: Mapping[str, tuple[str, Callable[[], Paired], float]] = {
    "start": ("起動（ログイン画面まで） ／ 何もないQtの窓", starting.measure, 5.0),
    "save": ("1件の保存 ／ SQLCipherだけの1行と、控え1件の書込み", saving.measure, saving.LIMIT),
    "search": ("10万人から探す ／ SQLのLIKEだけ", searching.measure, 3.0),
    "report-pdf": ("実施報告書のPDF ／ reportlabだけ", pages.measure, 1.5),
    "report-xlsx": ("実施報告書のExcel ／ openpyxlだけ", workbook.measure, 1.6),
    "questionnaire": ("アンケート用紙のPDF ／ reportlabだけ", questionnaire.measure, 1.8),
    "counting": ("10万枚のアンケートの集計 ／ Pythonのループだけ", survey_counting.measure_rule, 2.0),
    "stored-counting": ("保存した10万件の回答の集計 ／ SQLだけ", survey_counting.measure_store, 6.0),
    "roster": ("1,000人の受付名簿のPDF ／ reportlabだけ", roster.measure, 1.5),
    "list": ("10,000行20列の一覧のExcel ／ XlsxWriterだけ", big_list.measure, 1.6),
    "read": ("10,000行の申込のExcelを読む（子プロセス） ／ openpyxlのread_onlyだけ", reading.measure, 1.6),
}
BY_CLOCK_ALONE = {"save"}
"""Parts that wait for the disk more than they compute: their limit holds for the clock, not for the processor."""
TAKEN_IN = {"csv": (".csv", "csv"), "xlsx": (".xlsx", "openpyxlのread_only")}


def main() -> int:
    """Run every part, or those of ``--part``, and print its lines."""
    parser = argparse.ArgumentParser(description="速さを測る")
    parser.add_argument("--part", action="append", choices=list(PARTS), help="この部分だけを測る（繰り返せる）")
    parser.add_argument(
        "--processor", action="store_true", help="時計でなく、プロセッサーの時間で比べる（混んだ機械で）"
    )
    asked = parser.parse_args()
    if asked.processor:
        by_processor()
    register_contributions()
    over = 0
    for name in asked.part or PARTS:
        for line, bad in PARTS[name]():
            over += bad
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 1 if over else 0


def _paired(name: str) -> Iterator[tuple[str, bool]]:
    says, measure, limit = PAIRED[name]
    found = measure()
    by_clock_alone = name in BY_CLOCK_ALONE and counts_processor()
    bad = found.ratio > limit and not by_clock_alone
    bound = "上限は時計で測るときだけ" if by_clock_alone else f"上限 {limit:g} 倍"
    yield (
        (
            f"{says}\n    {found.ours * 1000:9.2f} ms ／ {found.bare * 1000:9.2f} ms ＝ {found.ratio:5.2f} 倍"
            f"（{bound}）{'　超過' if bad else ''}"
        ),
        bad,
    )


def _taken_in(name: str) -> Iterator[tuple[str, bool]]:
    ending, reader = TAKEN_IN[name]
    taken = taking_in.measure(ending)
    bad = taken.ratio > taking_in.LIMITS[ending]
    yield (
        (
            f"10,000件の申込（{ending}）を読んで名簿に入れる ／ {reader}で読み、同じ行を1回で書くだけ\n"
            f"    {taken.ours:9.2f} 秒 ／ {taken.bare:9.2f} 秒"
            f" ＝ {taken.ratio:5.2f} 倍（上限 {taking_in.LIMITS[ending]:g} 倍、目標 {taking_in.AIM:g} 倍"
            f"{'' if taken.ratio <= taking_in.AIM else '、未達'}）{'　超過' if bad else ''}"
        ),
        bad,
    )


def _hostile() -> Iterator[tuple[str, bool]]:
    for name, limit, seconds, megabytes in hostile.measure():
        bad = seconds > limit or megabytes > hostile.MEGABYTES
        yield (
            (
                f"手ごわいファイル（{name}）を読む・断る\n    {seconds:5.2f} 秒（上限 {limit:g} 秒）、"
                f"{megabytes} MB（上限 {hostile.MEGABYTES} MB）{'　超過' if bad else ''}"
            ),
            bad,
        )


def _screens() -> Iterator[tuple[str, bool]]:
    opened = opening.measure()
    yield from ((line, False) for line in opening.lines(opened))
    measured.write(opened)
    place = measured.PLACE.relative_to(opening.ROOT)
    yield f"    README と文書の数字の元: {place}", bool(opening.too_long(opened))


def _spoken() -> Iterator[tuple[str, bool]]:
    found = spoken.measure()
    yield "\n".join(spoken.lines(found)), spoken.is_over(found)


def _grown() -> Iterator[tuple[str, bool]]:
    folders = grown.measure()
    yield from ((line, False) for line in grown.lines(folders))
    if over := sum(page.is_over for folder in folders for page in folder.pages):
        yield f"    {over}画面が上限を超えました", True


def _selects() -> Iterator[tuple[str, bool]]:
    for one in counted_actions():
        bad = one.selects > one.limit
        words = f"SELECT の数（{one.name}）\n    {one.selects}（上限 {one.limit}）{'　超過' if bad else ''}"
        yield words, bad


PARTS: Mapping[str, Callable[[], Iterator[tuple[str, bool]]]] = {
    **{name: partial(_paired, name) for name in PAIRED},
    **{name: partial(_taken_in, name) for name in TAKEN_IN},
    "hostile": _hostile,
    "screens": _screens,
    "spoken": _spoken,
    "grown": _grown,
    "selects": _selects,
}
"""Each part yields its lines and whether a limit was passed."""


if __name__ == "__main__":
    raise SystemExit(main())
