"""The options of imports of lists: what a column is that no field took, and the year of days that have none."""

from __future__ import annotations

import argparse
import re
from datetime import date

from app.commands import command_line
from app.importing.missing_years import last_twelve_months, question_words

PAST_YEAR = "past"
_OPTION = "--days-year"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--column``, which may be given for each column, and ``--days-year`` to ``parser``."""
    parser.add_argument(
        "--column",
        action="append",
        metavar="見出し=欄",
        help="列の行き先。欄の名前か、本人のことば・数だけ・使わない（同じ見出しは 見出し#2、列の記号は D=欄）",
    )
    parser.add_argument(
        _OPTION,
        default="",
        metavar="年度",
        help=f"年のない日付（11/20 など）の年。年度を西暦で（2026＝令和8年4月から翌年3月）、{PAST_YEAR}"
        f"＝本日までの1年のうちの日",
    )


def first_day(arguments: argparse.Namespace, today: date) -> date | None:
    """Return the first day of the twelve months in which days without a year lie; None = ``--days-year`` not given.

    Raises:
        WrongUsage: neither a year nor the word for the last twelve months.
    """
    said: str = arguments.days_year
    if not said:
        return None
    if said == PAST_YEAR:
        return last_twelve_months(today)
    if re.fullmatch(r"20\d\d", said) is None:
        raise command_line.WrongUsage(
            f"「{said}」という年度はありません。{_OPTION} には 2026 のような西暦か、{PAST_YEAR} を指定してください。"
        )
    return date(int(said), 4, 1)


def remarks(found: tuple[str, ...], answered: date | None) -> tuple[str, ...]:
    """Return one remark that asks for ``--days-year``; () if every day has a year, or the option was given.

    Args:
        found: the days without a year, as written.
        answered: what ``first_day`` returned.
    """
    if not found or answered is not None:
        return ()
    return (f"{question_words(found)}あります。{_OPTION} で年を指定すると、どの行もその年の日として読みます。",)
