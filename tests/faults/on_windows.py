"""Started by the Windows Python: tests in the office's way, and where a fact stands against one it bears its mark.

Not imported here. Words: the folder for what tests write, then what pytest is to run.
"""

import os
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# Said by Qt's platform without a screen, in the first window of a process: it looks for fonts beside itself.
QUIET = ("This plugin does not support", "QFontDatabase: Cannot find font directory")


def main(words: list[str]) -> int:
    """Run the tests; return pytest's exit code."""
    place, *wanted = words
    sys.path.insert(0, str(PROJECT))
    os.chdir(PROJECT)
    # Not by the environment: Wine reads TMPDIR too. Before pytest, which has the first temporary file.
    os.environ["TMPDIR"] = tempfile.tempdir = place
    import pytest

    return pytest.main(
        [
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.faults.windows_marks",
            "--continue-on-collection-errors",
            f"--basetemp={Path(place, 't')}",
            "-o",
            "qt_log_ignore=" + "\n".join(QUIET),
            *wanted,
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
