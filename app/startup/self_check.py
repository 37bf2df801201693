"""The command ``self-check`` with the real window, imported only when the check runs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.commands import main as dispatcher
from app.commands import self_check as command


def main(argv: Sequence[str]) -> int:
    """Run ``self-check`` with the window, and return its exit status."""
    return dispatcher.main(argv, run=_run)


def _run(arguments: argparse.Namespace) -> int:
    """Run the self-check with the steps in the window; return the exit status."""
    # Not at the head: what tells about its options needs no window.
    from app.startup.self_check_steps import run_trial

    return command.run(arguments, run_trial=run_trial)
