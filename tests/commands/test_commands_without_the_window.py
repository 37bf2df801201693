"""What a command says about itself needs no window: Qt is loaded only where a window is shown."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from app.commands.main import COMMANDS

_TELL = """
import contextlib, io, json, sys
from app.__main__ import main
words = io.StringIO()
with contextlib.redirect_stdout(words), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
qt = sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6"))
print(json.dumps({"words": words.getvalue(), "qt": qt}))
"""


@pytest.mark.parametrize("words", [("--help",), *((command, "--help") for command in COMMANDS)], ids=" ".join)
def test_the_help_of_a_command_loads_no_qt(words, project_folder):
    done = subprocess.run(
        [sys.executable, "-c", _TELL, *words], cwd=project_folder, capture_output=True, text=True, check=True,
        encoding="utf-8",
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert "使い方" in told["words"] or "usage" in told["words"], told["words"][:200]
    assert told["qt"] == []
