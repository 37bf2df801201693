"""Starts デジ活デスク: the window by a double click, or a maintenance command by its word."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Open the window, or run the command named by the first word.

    Args:
        argv: the words after the program's name.

    Returns:
        The exit status: 0 done, 1 refused or failed, 2 wrong usage.
    """
    if not argv:
        from app.startup.window import run

        return run()
    if argv[0] == "demo":
        from app.startup import demo

        return demo.main(argv)
    if argv[0] == "self-check":
        from app.startup import self_check

        return self_check.main(argv)
    from app.commands.main import main as run_command

    return run_command(argv)


if __name__ == "__main__":
    # The packed program is its own child when it reads a foreign workbook: such a start ends here.
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
