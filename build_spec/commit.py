"""The commit a build is made from, and settings that make two builds of one commit identical byte by byte.

Usage: env $(python build_spec/commit.py) command …
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_TOLD = "DESK_COMMIT"
_WITHOUT_GIT = int(datetime(2026, 4, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Commit:
    """The commit being built: full name (empty without git), its time in seconds, whether files differ from it."""

    name: str
    seconds: int
    changed: bool

    @property
    def day(self) -> str:
        """Return its day, 「2026-11-23」, in UTC, so that it is the same wherever it is built."""
        return datetime.fromtimestamp(self.seconds, UTC).date().isoformat()


def commit_of(project: Path) -> Commit:
    """Return the current commit of ``project``; a copy without git has no name and a fixed day."""
    said = _git(project, "log", "-1", "--format=%H %ct").split()
    if len(said) != 2:
        return Commit("", _WITHOUT_GIT, changed=False)
    return Commit(said[0], int(said[1]), changed=bool(_git(project, "status", "--porcelain").strip()))


def has_tag(project: Path, tag: str) -> bool:
    """Return whether the current commit of ``project`` carries ``tag``."""
    return tag in _git(project, "tag", "--points-at", "HEAD").splitlines()


def reproducible_environment(commit: Commit) -> dict[str, str]:
    """Return the environment variables that make PyInstaller, Qt and Python write identical bytes.

    The time is written into start files and PDFs; the hash seed decides the order of sets in Python.
    """
    said = f"{commit.name or '-'}{'+' if commit.changed else ''}"
    return {"SOURCE_DATE_EPOCH": str(commit.seconds), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", _TOLD: said}


def given_commit() -> Commit:
    """Return the commit that the variables of :func:`reproducible_environment` name, else that of the project.

    Under Wine there is no git.
    """
    said = os.environ.get(_TOLD, "")
    if not said:
        return commit_of(PROJECT)
    name = said.removesuffix("+").removeprefix("-")
    return Commit(name, int(os.environ["SOURCE_DATE_EPOCH"]), changed=said.endswith("+"))


def _git(project: Path, *words: str) -> str:
    # A folder of somebody else (a build as another user) is as good as one's own: git is only asked.
    command = ["git", "-c", "safe.directory=*", "-C", str(project), *words]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


if __name__ == "__main__":
    sys.stdout.write(
        " ".join(f"{name}={value}" for name, value in reproducible_environment(commit_of(PROJECT)).items())
    )
