"""What a command says about itself needs no window: Qt is loaded only where a window is shown."""

import json

from app.commands.main import COMMANDS
from tests.support.child_python import run_python

_TELL = """
import contextlib, io, json, sys
from app.__main__ import main
for words in json.loads(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main(words)
    qt = sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6"))
    print(json.dumps({"words": said.getvalue(), "qt": qt}))
"""


def test_the_help_of_no_command_loads_qt():
    """One process for all: what is loaded stays loaded, so the first that loads Qt is the first that says so."""
    asked = [["--help"], *([command, "--help"] for command in COMMANDS)]
    done = run_python("-c", _TELL, json.dumps(asked))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(asked) > 5
    for words, one in zip(asked, told, strict=True):
        assert "使い方" in one["words"] or "usage" in one["words"], (words, one["words"][:200])
        assert one["qt"] == [], words
