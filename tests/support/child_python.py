"""A Python of its own, for what a test may not do in its own process."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


def run_python(
    *words: str, env: Mapping[str, str] | None = None, check: bool = True, encoding: str | None = "utf-8", **how: Any
) -> subprocess.CompletedProcess[Any]:
    """Run it in the project to its end, and return what it said; ``env`` is added to our own surroundings."""
    said_in = {"PYTHONIOENCODING": encoding} if encoding is not None else {}
    given = {"cwd": PROJECT, "env": {**os.environ, **said_in, **(env or {})}, "capture_output": True} | how
    return subprocess.run([sys.executable, *words], check=check, encoding=encoding, **given)
