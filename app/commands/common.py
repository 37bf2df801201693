"""What every maintenance command shares: its options, opening the data folder, printing the result."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from app.rules.dates import DateProblem, parse_date
from app.services.clock import now_of
from app.services.data_folder import close_data_folder, open_data_folder
from app.services.refusal import Refusal
from db.storage_errors import StorageProblem
from db.store import Store

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
_FISCAL_YEAR = 2026


class WrongUsage(Exception):
    """The command was called in a way it does not understand; the text says how to call it (exit 2)."""


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--data``, ``--user``, ``--password-file``, ``--today`` and ``--json``."""
    parser.add_argument("--data", metavar="フォルダー", type=Path, required=True, help="データフォルダー")
    add_login_options(parser)
    add_output_options(parser)


def add_login_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--user`` and ``--password-file``: a password never stands on the command line."""
    parser.add_argument("--user", metavar="ID", help="利用者のID")
    parser.add_argument(
        "--password-file",
        metavar="ファイル",
        type=Path,
        help="パスワードを書いたファイル（UTF-8、末尾の改行1つは無視）",
    )


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--today`` and ``--json``."""
    parser.add_argument("--today", metavar="日付", help="本日とみなす日（2026-09-01、R8.9.1 など）")
    parser.add_argument("--json", action="store_true", help="結果をJSONで出す")


def read_password(arguments: argparse.Namespace) -> str:
    """Return the password from ``--password-file``; one newline at its end is dropped.

    Raises:
        WrongUsage: no ID or no file was named. Refusal: the file cannot be read.
    """
    if not arguments.user or not arguments.password_file:
        raise WrongUsage("--user でIDを、--password-file でパスワードのファイルを指定してください。")
    try:
        text = Path(arguments.password_file).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refusal(
            "パスワードのファイルを読めません。", "ファイルの場所と読み取りの権限をご確認ください。"
        ) from error
    except UnicodeDecodeError as error:
        raise Refusal("パスワードのファイルがUTF-8ではありません。", "UTF-8で保存し直してください。") from error
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    return text


def now_given(arguments: argparse.Namespace) -> datetime:
    """Return the local time now, with the day of ``--today`` when it is given."""
    clock = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
    day = today_given(arguments)
    return datetime.combine(day, clock.time()) if day else clock


def today_given(arguments: argparse.Namespace) -> date | None:
    """Return the day of ``--today``, or None.

    Raises:
        WrongUsage: it cannot be read as a date.
    """
    if not arguments.today:
        return None
    try:
        return parse_date(arguments.today, _FISCAL_YEAR)
    except DateProblem as problem:
        raise WrongUsage(str(problem)) from problem


def now_in(store: Store, arguments: argparse.Namespace) -> datetime:
    """Return the time that rules go by: ``--today`` if given, else the sample year's own today, else the PC's clock."""
    now = now_given(arguments)
    return now if arguments.today else now_of(store, now)


@contextmanager
def opened_store(arguments: argparse.Namespace) -> Iterator[Store]:
    """Open the data folder for a command and close it again (backup and published copy included).

    Raises:
        StorageProblem: it cannot be opened. WrongUsage: no ID or password file.
    """
    opened = open_data_folder(
        arguments.data, login_id=arguments.user or "", password=read_password(arguments), now=now_given(arguments)
    )
    tell(*opened.notes)
    try:
        yield opened.store
    finally:
        tell(*close_data_folder(opened.store, now=now_given(arguments)))


def show(arguments: argparse.Namespace, result: Any, *lines: str) -> None:
    """Write the result to standard output: one JSON document with ``--json``, else the lines."""
    text = json.dumps(result, ensure_ascii=False, indent=2) if arguments.json else "\n".join(lines)
    sys.stdout.write(text + "\n")


def tell(*lines: str) -> None:
    """Write sentences for people to standard error."""
    for line in lines:
        sys.stderr.write(line + "\n")


def in_words(problem: StorageProblem | Refusal) -> str:
    """Return the three sentences of a problem."""
    return f"{problem.happened}{problem.lost}{problem.todo}"


class JapaneseParser(argparse.ArgumentParser):
    """An argument parser whose help and complaints are in Japanese."""

    def __init__(self, *given: Any, **options: Any) -> None:
        options.setdefault("formatter_class", _JapaneseHelp)
        super().__init__(*given, **{**options, "add_help": False})
        self._positionals.title = "対象"
        self._optionals.title = "指定"
        self.add_argument("-h", "--help", action="help", help="この説明を出して終わる")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and how to see the right one; exit 2."""
        tell(f"使い方が違います：{_complaint(message)}", f"「{self.prog} --help」で使い方を確認できます。")
        raise SystemExit(WRONG_USAGE)


class _JapaneseHelp(argparse.HelpFormatter):
    """The usage line with a Japanese heading."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "使い方： " if prefix is None else prefix)


def _complaint(message: str) -> str:
    """Turn the parser's English complaint into Japanese."""
    name, _, rest = message.removeprefix("argument ").partition(": ")
    starts = {
        "the following arguments are required: ": "指定が足りません（{}）。",
        "unrecognized arguments: ": "知らない指定があります（{}）。",
        "ambiguous option: ": "どの指定かがわかりません（{}）。",
    }
    for start, words in starts.items():
        if message.startswith(start):
            return words.format(message.removeprefix(start))
    if rest.startswith("expected"):
        return f"{name} の値がありません（または多すぎます）。"
    if rest.startswith("invalid choice: "):
        given, _, choices = rest.removeprefix("invalid choice: ").partition(" (choose from ")
        return f"{name} に {given} は使えません（{choices.rstrip(')')} から選んでください）。"
    if rest.startswith("invalid"):
        return f"{name} の値が読めません。"
    return f"{name} の指定をご確認ください。"
