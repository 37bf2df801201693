"""The dispatcher of the maintenance commands: one word, one module, loaded only when it is asked for."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from app.acts.refusal import Refusal
from app.calendar.office_days import DateProblem
from app.calendar.periods import PeriodProblem
from app.commands.command_line import REFUSED, WRONG_USAGE, JapaneseParser, WrongUsage, tell
from app.commands.speaking import missed_in_words, speak_as_read
from app.common.failures import place_of
from app.common.file_locations import edition_lines
from app.foreign_files.refusal import IntakeRefusal
from app.subjects.offers import declare_subjects
from db.files.storage_errors import StorageProblem, as_problem

COMMANDS = (
    "deadlines",
    "intake",
    "tally",
    "init",
    "events",
    "documents",
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
    """Return what is typed before a command: the start file of the folder, or Python from the source."""
    if not getattr(sys, "frozen", False):
        return ".venv/bin/python -m app"
    name = Path(sys.executable).name
    return name if name.endswith(".exe") else f"./{name}"


Run = Callable[[argparse.Namespace], int]
"""Does a command and returns its exit status."""


def main(argv: Sequence[str], *, run: Run | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name, the command first.
        run: does it in the place of the command's own (``demo`` with pictures and ``self-check`` need the window,
            which lies above this floor).

    Returns:
        0 done, 1 refused or found something wrong (said in Japanese), 2 wrong usage.
    """
    speak_as_read()
    declare_subjects()
    try:
        return _called(argv, run)
    finally:
        tell(*missed_in_words())


def _called(argv: Sequence[str], run: Run | None) -> int:
    word = argv[0] if argv else ""
    if word in COMMANDS:
        return _run(argv, run)
    if word in ("-h", "--help"):
        sys.stdout.write(_help())
        return 0
    unknown = f"「{word}」というコマンドはありません。" if word else "コマンドを指定してください。"
    tell(unknown, f"使えるもの：{'、'.join(COMMANDS)}")
    return WRONG_USAGE


def _help() -> str:
    """Return the list of commands with what each does."""
    parser = JapaneseParser(
        prog=program(),
        description="デジ活デスクの保守用コマンド。言葉を付けないと画面を開きます。「--today 日付」だけを付けると、"
        "見本データの画面をその日の状態で開きます。",
        epilog="　".join(edition_lines()[:1]) or None,
    )
    subparsers = parser.add_subparsers(dest="command", metavar="コマンド", title="コマンド")
    for name in COMMANDS:
        add_command(subparsers, name)
    return parser.format_help()


def add_command(subparsers: argparse._SubParsersAction[JapaneseParser], word: str) -> ModuleType:
    """Add a command with its options to the ``subparsers`` and return its module (import_survey for import-survey)."""
    module = importlib.import_module(f"app.commands.{word.replace('-', '_')}")
    module.add_options(subparsers.add_parser(word, help=module.HELP, description=module.DESCRIPTION))
    return module


def _run(argv: Sequence[str], run: Run | None) -> int:
    parser = JapaneseParser(prog=program())
    module = add_command(parser.add_subparsers(dest="command"), argv[0])
    try:
        arguments = parser.parse_args(list(argv))
        return int((run or module.run)(arguments))
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else REFUSED
    except WrongUsage as problem:
        tell(str(problem))
        return WRONG_USAGE
    except (StorageProblem, Refusal, IntakeRefusal, DateProblem, PeriodProblem) as problem:
        tell(str(problem))
        return REFUSED
    except KeyboardInterrupt:
        tell("中断しました。途中の変更は保存されていません。それより前に保存したものは残っています。")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the last stop: say it without a word of the data
        return _say_unforeseen(error)


def _say_unforeseen(error: Exception) -> int:
    """Say an error: a fault of the environment in words, our own by place and kind (its text may hold names)."""
    problem = as_problem(error)
    if problem is not None:
        tell(str(problem))
        return REFUSED
    tell(
        "プログラムの誤りで中断しました。途中の変更は保存されていません。それより前に保存したものは残っています。"
        "情報システムの担当者に、つぎの詳細を伝えてください。",
        f"詳細：{place_of(error)}",
    )
    return REFUSED
