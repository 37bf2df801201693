"""The commands that the page for the IT department prints, to be tried as they stand on the machine that asks."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec.commit import PROJECT
from db.keyring import Role

PAGE = PROJECT / "docs" / "for-it.md"
WINDOWS, LINUX = r"C:\desk\dejikatsu-desk\dejikatsu-desk-command.exe", "./dejikatsu-desk"
DATA, ELSEWHERE, RESTORED, OLD = (
    r"\\server\share\desk-data",
    r"\\backup\desk",
    r"\\server\share\desk-data-restored",
    r"\\server\share\desk-data-old",
)
GENERATION = DATA + r"\backups\00012_2026-11-23_090000_000012-000345"
CHECK = r"C:\desk\check"
CHECKER, CHECKER_PASSWORD = "tenken", r"C:\desk-task\password.txt"
RESTORING = r"C:\desk-restore\password.txt"
WORKER, WORKER_PASSWORD = "mihon01", r"C:\desk-task\tantou.txt"
PLACES = (DATA, ELSEWHERE, RESTORED, OLD, GENERATION, CHECK, CHECKER_PASSWORD, RESTORING, WORKER_PASSWORD)
"""Every place in the page's commands for Windows; those for Linux name places beside where one stands."""
OPENING_A_WINDOW = ("self-check", "--today")
"""The commands with these words open a window: they have tests of their own."""
_BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CONTINUED = re.compile(r" [\^\\]\n ?")
_KEPT = re.compile(r" >> (\S+) 2>&1$")
_ROLE = re.compile(r"役割を「(..)」、「本人が、ここで自分のパスワードを入力した」に印")


def typed_lines() -> list[str]:
    """Return every line that the page has typed, each command as one."""
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    return [line for block in blocks for line in _CONTINUED.sub(" ", block).splitlines()]


def commands(program: str) -> list[list[str]]:
    """Return the words behind ``program`` (``WINDOWS`` or ``LINUX``) of each of its commands, in the page's order."""
    return [_KEPT.sub("", line).split()[1:] for line in typed_lines() if line.split()[0] == program]


def placed(words: list[str], places: Mapping[str, str]) -> list[str]:
    """Return the words of a command with this machine's places; everything else stays as printed.

    Raises:
        KeyError: a place that the table lacks.
    """
    return [places[word] if "\\" in word else word for word in words]


def role_of_checker() -> Role:
    """Return the role with which the page has the user for the checks added."""
    (role,) = _ROLE.findall(PAGE.read_text(encoding="utf-8"))
    return cast(Role, role)
