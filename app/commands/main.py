"""The dispatcher of the maintenance commands: each command is a module, imported only when it is called."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from app.actions.user_error import UserError
from app.calendar.office_days import DateProblem
from app.calendar.periods import PeriodProblem
from app.commands.command_line import (
    DONE,
    IN_USE,
    REFUSED,
    WRONG_USAGE,
    JapaneseParser,
    WrongUsage,
    print_to_stderr,
    replacement_notes,
    set_output_encoding,
)
from app.common.failures import failure_location
from app.common.file_locations import version_lines
from app.common.one_version import check_one_version
from app.contributions import register_contributions
from app.foreign_files.intake_refusal import IntakeRefusal
from db.files.storage_errors import Locked, WriteLockLost, to_storage_problem

COMMANDS = (
    "deadlines",
    "intake",
    "tally",
    "init",
    "definition",
    "events",
    "documents",
    "calendar",
    "issued",
    "check-numbers",
    "duties",
    "import-applications",
    "import-survey",
    "import-list",
    "demo",
    "backup",
    "backups",
    "restore",
    "verify",
    "self-check",
)


def program() -> str:
    """Return what is typed before a command: the start file of the program, or Python when run from source."""
    if not getattr(sys, "frozen", False):
        return ".venv/bin/python -m app"
    name = Path(sys.executable).name
    return name if name.endswith(".exe") else f"./{name}"


Run = Callable[[argparse.Namespace], int]
"""Runs a command and returns its exit status."""


def main(argv: Sequence[str], *, run: Run | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name, the command first.
        run: replaces the command's own function (``demo`` with screenshots and ``self-check`` need the window, which
            is in a higher layer).
    Returns:
        0 done, 1 refused or found something wrong (said in Japanese), 2 wrong usage, 3 in use by somebody, so that
        nothing was looked at.
    """
    set_output_encoding()
    register_contributions()
    try:
        return _run_or_report(argv, run)
    finally:
        print_to_stderr(*replacement_notes())


def _run_or_report(argv: Sequence[str], run: Run | None) -> int:
    """Return the exit code of the command that the first word names; other words print the help or what is wrong."""
    word = argv[0] if argv else ""
    if word in COMMANDS:
        return _run_command(argv, run)
    if word in ("-h", "--help"):
        sys.stdout.write(_help())
        return DONE
    if word == "--version":
        # From source the folder for staff is not made yet; what would be written into it is asked for.
        lines = version_lines() or importlib.import_module("build_spec.edition").words_of_checkout().splitlines()
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return DONE
    unknown = f"「{word}」というコマンドはありません。" if word else "コマンドを指定してください。"
    print_to_stderr(unknown, f"使えるもの：{'、'.join(COMMANDS)}")
    return WRONG_USAGE


def _help() -> str:
    """Return the help text that lists the commands with their descriptions."""
    parser = JapaneseParser(
        prog=program(),
        description="デジ活デスクの保守用コマンド。言葉を付けないと画面を開きます。「--today 日付」だけを付けると、"
        "見本データの画面をその日の状態で開きます。",
        epilog="　".join(version_lines()[:1]) or None,
    )
    subparsers = parser.add_subparsers(dest="command", metavar="コマンド", title="コマンド")
    for name in COMMANDS:
        add_command(subparsers, name)
    parser.add_argument("--version", action="store_true", help="版と、作った元を出して終わる")
    return parser.format_help()


def add_command(subparsers: argparse._SubParsersAction[JapaneseParser], word: str) -> ModuleType:
    """Add a command with its options to ``subparsers`` and return its module (import_survey for import-survey)."""
    module = importlib.import_module(f"app.commands.{word.replace('-', '_')}")
    module.add_options(subparsers.add_parser(word, help=module.HELP, description=module.DESCRIPTION))
    return module


def _run_command(argv: Sequence[str], run: Run | None) -> int:
    """Run a command and return its exit code; an error is printed in words."""
    parser = JapaneseParser(prog=program())
    module = add_command(parser.add_subparsers(dest="command"), argv[0])
    try:
        arguments = parser.parse_args(list(argv))
        check_one_version()
        return int((run or module.run)(arguments))
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else REFUSED
    except WrongUsage as problem:
        print_to_stderr(str(problem))
        return WRONG_USAGE
    except (UserError, IntakeRefusal, DateProblem, PeriodProblem) as problem:
        print_to_stderr(str(problem))
        return REFUSED
    except KeyboardInterrupt:
        print_to_stderr("中断しました。途中の変更は保存されていません。それより前に保存したものは残っています。")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the last stop: say it without a word of the data
        return _print_unexpected(error)


def _print_unexpected(error: Exception) -> int:
    """Print an error and return its exit code: one of the environment in words, our own by place and class.

    The text of our own is left out, since it may hold names.
    """
    problem = to_storage_problem(error)
    if problem is not None:
        print_to_stderr(str(problem))
        is_taken = isinstance(problem, Locked) and not isinstance(problem, WriteLockLost)
        return IN_USE if is_taken else REFUSED
    print_to_stderr(
        "プログラムの誤りで中断しました。途中の変更は保存されていません。それより前に保存したものは残っています。"
        "情報システムの担当者に、つぎの詳細を伝えてください。",
        f"詳細：{failure_location(error)}",
    )
    return REFUSED
