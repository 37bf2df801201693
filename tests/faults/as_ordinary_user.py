"""Runs a piece of a test as an ordinary user: for root no folder is read-only and no file too large."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NOBODY = 65534
# Everything is loaded before the rights are dropped: interpreter and checkout may be root's alone.
LOADS = """
import os, resource, sys, traceback
from datetime import datetime
from pathlib import Path
from app.data_folder.services import data_folder
from app.actions.user_error import UserError
from app.common.password_rules import password_problem
from db.files import storage_errors
from db.engine import Database
from db.records.events import Event
from tests.faults import tools
Database(memory=True).close()
password_problem("a password that asks for the list of words")
"""


def run_as_ordinary_user(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python text in a process of its own, without root's rights; ``words`` are its arguments."""
    drop = f"if os.getuid() == 0:\n    os.setgid({NOBODY}); os.setuid({NOBODY})\n"
    return subprocess.run(
        [sys.executable, "-B", "-c", LOADS + drop + script, *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
    )


@contextlib.contextmanager
def reachable_place() -> Iterator[Path]:
    """Give a folder that the ordinary user can reach (the tests' own temporary folders are closed to others)."""
    place = Path(tempfile.mkdtemp(prefix="desk-faults-"))
    place.chmod(0o755)
    try:
        yield place
    finally:
        for path in [place, *place.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(place)


def give_to_ordinary_user(folder: Path) -> None:
    """Hand a folder with all in it to the ordinary user."""
    if os.getuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
