"""Starts デジ活デスク: the window by a double click, or a maintenance command by its word."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def main(argv: Sequence[str]) -> int:
    """Open the window, if need be with a file that was dropped on the program, or run the command named by the first
    word.

    Args:
        argv: the words after the program's name: nothing, a command with its options, files and folders, or
            ``--today DATE`` for the sample year on that day.

    Returns:
        The exit status, as ``app.commands.main.main``.
    """
    from app.startup.no_dumps import disable_memory_dumps

    disable_memory_dumps()
    if not argv:
        return _load_window()()
    if argv[0].partition("=")[0] == "--today":
        return _open_sample(argv)
    from app.commands.main import COMMANDS
    from app.commands.main import main as run_command
    from app.startup.opened_files import files_in_arguments

    handed = files_in_arguments(argv, COMMANDS)
    if handed:
        return _load_window()(handed)
    with _streams():
        if argv[0] == "demo":
            from app.startup import demo

            return demo.main(argv)
        if argv[0] == "self-check":
            from app.startup import self_check

            return self_check.main(argv)
        return run_command(argv)


def _load_window() -> Callable[..., int]:
    """Return what opens the window; Qt comes first, and is kept from reading the sources of the rest."""
    from app.window.memory import spare_sources

    spare_sources()
    from app.startup.window import run

    return run


def _open_sample(argv: Sequence[str]) -> int:
    """Open the sample year on the day of ``--today``; 2, with a word why, when that can't be read as one day."""
    from app.calendar.date_parsing import parse_date
    from app.calendar.office_days import DateProblem
    from app.commands.command_line import FISCAL_YEAR, WRONG_USAGE, print_to_stderr

    words = [*argv[0].split("=", 1)[1:], *argv[1:]]
    try:
        day = parse_date(" ".join(words), FISCAL_YEAR)
    except DateProblem as problem:
        with _streams():
            print_to_stderr(
                str(problem), "「--today」のあとに、見本データを開く日を1つ書きます（例　--today 2026-12-08）。"
            )
        return WRONG_USAGE
    return _load_window()(sample_day=day)


@contextmanager
def _streams() -> Iterator[None]:
    """Give a windowed program on Windows, which has none, somewhere to write: its exit status is what counts there."""
    before = sys.stdout, sys.stderr
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout, sys.stderr = (stream or nowhere for stream in before)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


if __name__ == "__main__":
    # The packed program is its own child when it reads a foreign workbook: such a start ends here.
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
