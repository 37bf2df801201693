"""What all maintenance commands share: Japanese texts and options, exit codes, output encoding, printing the result.

Japanese is to be readable in a Windows shell. A console gets UTF-8 (Python sees to that on Windows). Piped output is
read there by the code page of the console, 932 in an office, elsewhere as UTF-8. A code page without Japanese gets
UTF-8 as well.
"""

from __future__ import annotations

import argparse
import codecs
import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from io import TextIOWrapper
from typing import Any, NoReturn, TextIO

from app.calendar.date_parsing import parse_date

REPLACEMENT = "〓"
_ERROR_HANDLER = "dejikatsu.missing_sign"
_replaced: list[str] = []


def set_output_encoding() -> None:
    """Set the encoding of standard output and error to what their readers expect."""
    codecs.register_error(_ERROR_HANDLER, _replace_missing)
    _replaced.clear()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = _encoding_of(stream)
            stream.reconfigure(encoding=encoding, errors="surrogateescape" if is_utf8(encoding) else _ERROR_HANDLER)


def replacement_notes() -> Iterable[str]:
    """Yield a note if a character was printed as 「〓」 since ``set_output_encoding``."""
    if _replaced:
        yield (
            f"この画面の文字コードにない字を「{REPLACEMENT}」で示しました。もとの字は、アプリの画面か --json "
            f"で確かめられます。"
        )


def is_utf8(encoding: str | None) -> bool:
    """Return whether ``encoding`` is UTF-8, under any of its names."""
    return codecs.lookup(encoding or "utf-8").name == "utf-8"


def needs_ascii_json(stream: TextIO) -> bool:
    r"""Return whether non-ASCII characters must be written as ``\uXXXX``, which every code page reads alike."""
    return not is_utf8(stream.encoding)


def _encoding_of(stream: TextIOWrapper) -> str:
    """Return the encoding in which a stream can print Japanese, UTF-8 where its own can't."""
    # The code page of the console counts also for what is piped; the stream itself knows only that of the system.
    console = None if stream.isatty() or os.environ.get("PYTHONIOENCODING") else _console_encoding()
    encoding = console or stream.encoding
    try:
        "デジ活デスク".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return "utf-8"
    return encoding


def _console_encoding() -> str | None:
    for handle in (2, 1, 0):
        if encoding := os.device_encoding(handle):
            return encoding
    return None


def _replace_missing(error: UnicodeError) -> tuple[str, int]:
    """Return 「〓」 for each character that the code page lacks, as an error handler for codecs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    _replaced.append(error.object[error.start : error.end])
    return REPLACEMENT * (error.end - error.start), error.end


DONE, REFUSED, WRONG_USAGE, IN_USE = 0, 1, 2, 3
FISCAL_YEAR = 2026
"""The fiscal year used by ``deadlines``, and for dates typed without a year."""


class WrongUsage(Exception):
    """Error for a wrong call of a command; the text says how to call it (exit code 2)."""


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``, which every command has."""
    parser.add_argument("--json", action="store_true", help="結果をJSONで出す")


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--today`` and ``--json``."""
    parser.add_argument("--today", metavar="日付", help="本日とみなす日（2026-09-01、R8.9.1 など）")
    add_json_option(parser)


def requested_now(arguments: argparse.Namespace) -> datetime:
    """Return the local time now, without a zone, on the day of ``--today`` when it is given.

    Raises:
        DateProblem: ``--today`` cannot be read as a date.
    """
    clock = datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
    day = None if arguments.today is None else parse_date(arguments.today, FISCAL_YEAR)
    return datetime.combine(day, clock.time()) if day else clock


def print_result(arguments: argparse.Namespace, result: Any, *lines: str) -> None:
    """Print the result of a command: one JSON document with ``--json``, else the lines.

    JSON is UTF-8, or ASCII where the code page is another.
    """
    printed = [json.dumps(result, ensure_ascii=needs_ascii_json(sys.stdout), indent=2)] if arguments.json else lines
    for text in printed:
        sys.stdout.write(text + "\n")


def print_to_stderr(*lines: str) -> None:
    """Print sentences for people to standard error."""
    for line in lines:
        sys.stderr.write(line + "\n")


class JapaneseParser(argparse.ArgumentParser):
    """An argument parser with Japanese help and error messages."""

    def __init__(self, *given: Any, **options: Any) -> None:
        options.setdefault("formatter_class", _JapaneseHelp)
        options.setdefault("allow_abbrev", False)
        super().__init__(*given, **{**options, "add_help": False})
        self._positionals.title = "対象"
        self._optionals.title = "指定"
        self.add_argument("-h", "--help", action="help", help="この説明を出して終わる")

    def error(self, message: str) -> NoReturn:
        """Print the error and how to see the help; exit 2."""
        print_to_stderr(
            f"使い方が違います：{_japanese_error(message)}", f"「{self.prog} --help」で使い方を確認できます。"
        )
        raise SystemExit(WRONG_USAGE)


class _JapaneseHelp(argparse.HelpFormatter):
    """Help formatter whose usage line has a Japanese heading."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add the usage line with the Japanese heading, unless a prefix is given."""
        super().add_usage(usage, actions, groups, "使い方： " if prefix is None else prefix)


def _japanese_error(message: str) -> str:
    name, _, rest = message.removeprefix("argument ").partition(": ")
    starts = {
        "the following arguments are required: ": "指定が足りません（{}）。",
        "unrecognized arguments: ": "知らない指定があります（{}）。",
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
