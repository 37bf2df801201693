"""The options of imports of lists: what a column is that no field took, and the year of days that have none."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.actions.user_error import UserError
from app.commands import command_line
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.tables.heading_roles import column_names, fold_heading
from app.foreign_files.workbooks.sheet_stream import column_letters
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


def columns_from_words(file: ForeignFile, words: Iterable[str], choices: Mapping[str, str]) -> dict[int, str]:
    """Return column number to field for the words 「見出し=欄」 (「見出し#2=欄」, 「D=欄」) of a command.

    ``choices`` are the fields by their words.

    Raises:
        UserError: there is no such column or choice.
    """
    names = column_names(file.headings)
    places = {column_letters(index): index for index in range(len(names))}
    places |= {fold_heading(name): index for index, name in reversed(list(enumerate(names)))}
    keys = {fold_heading(word): key for word, key in choices.items()}
    found = {}
    for one in words:
        heading, _, choice = one.rpartition("=")
        index = places.get(heading.strip(), places.get(fold_heading(heading)))
        key = keys.get(fold_heading(choice))
        if index is None:
            raise UserError(f"「{heading}」という列は、ファイルにありません。", f"列は、{'、'.join(names)}です。")
        if key is None:
            raise UserError(f"「{choice}」という欄はありません。", f"欄は、{'、'.join(choices)}から選んでください。")
        found[index] = key
    return found
