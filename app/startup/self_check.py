"""The command ``self-check`` with the real window, which is loaded only when the check is made."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands import main as dispatcher
from app.commands import self_check as command


def main(argv: Sequence[str]) -> int:
    """Run ``self-check`` with the window."""
    return dispatcher.main(argv, module=_SelfCheck())


class _SelfCheck:
    """Stands in for the command's module, with the window added."""

    add_parser = staticmethod(command.add_parser)

    @staticmethod
    def run(arguments: object) -> int:
        """Do the job in a window."""
        # Not at the head: what tells about its options needs no window.
        from app.startup.self_check_steps import attempt

        return command.run(arguments, attempt=attempt)  # type: ignore[arg-type]
