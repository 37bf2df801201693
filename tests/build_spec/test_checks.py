"""The run of all checks: one failure hides no other, what is left in the temporary folder is noticed, all goes."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a shell script")
GOOD = 'echo "$2 ran"'


def _project(project: Path, place: Path, **answers: str) -> Path:
    """A copy of the script beside a Python that only answers; ``answers`` are shell text by the tool asked for."""
    (place / "build_spec").mkdir()
    shutil.copy(project / "build_spec" / "checks.sh", place / "build_spec" / "checks.sh")
    python = place / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    cases = "\n".join(f"{tool}) {answers.get(tool, GOOD)} ;;" for tool in ("ruff", "mypy", "pytest"))
    python.write_text(f'#!/bin/sh\ncase "$2" in\n{cases}\nesac\n', encoding="utf-8")
    python.chmod(0o755)
    (place / "temporary").mkdir()
    return place


def _start(place: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["sh", str(place / "build_spec" / "checks.sh")],
        env={**os.environ, "TMPDIR": str(place / "temporary")},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _checked(place: Path) -> tuple[int, list[str]]:
    process = _start(place)
    out, _ = process.communicate()
    assert list((place / "temporary").iterdir()) == []
    return process.returncode, out.splitlines()


def test_every_check_runs_and_the_time_of_all_comes_last(project_folder, tmp_path):
    code, said = _checked(_project(project_folder, tmp_path))

    assert code == 0
    assert said[:-1] == ["== ruff", "ruff ran", "ruff ran", "== mypy", "mypy ran", "== pytest", "pytest ran"]
    assert re.fullmatch("== 全体 0分[0-9]+秒　プロセッサー時間 0分[0-9.]+秒", said[-1])


@pytest.mark.parametrize("tool", ["ruff", "mypy", "pytest"])
def test_a_failing_check_fails_the_run_and_hides_no_other(project_folder, tmp_path, tool):
    code, said = _checked(_project(project_folder, tmp_path, **{tool: f"{GOOD}; exit 1"}))

    assert code == 1
    assert {"ruff ran", "mypy ran", "pytest ran"} <= set(said)
    assert said[-1].endswith(f"　不合格: {tool}")


def test_tests_that_failed_are_run_once_more_and_tell_their_values(project_folder, tmp_path):
    asked = 'echo "pytest $*"'
    _code, said = _checked(_project(project_folder, tmp_path, pytest=f"{asked}; exit 1"))
    first, again = (line.split() for line in said if line.startswith("pytest "))

    assert "--assert=plain" in first
    assert "--assert=plain" not in again
    assert "--last-failed" in again
    assert [word for word in first if word.startswith("cache_dir=")] == [
        word for word in again if word.startswith("cache_dir=")
    ]


def test_what_the_tests_cost_stands_below_them_and_the_sum_says_what_all_checks_spent(project_folder, tmp_path):
    burning = "i=0; while [ $i -lt 400000 ]; do i=$((i + 1)); done"
    says = 'echo "the table of rooms" >"$DESK_PROCESSOR_TIME"'
    code, said = _checked(_project(project_folder, tmp_path, pytest=f"{says}; {GOOD}; exit 1", ruff=burning))

    assert code == 1
    assert said[-3:-1] == ["pytest ran", "the table of rooms"]
    spent = re.search(r"プロセッサー時間 0分([0-9.]+)秒", said[-1])
    assert spent is not None
    assert float(spent[1]) > 0.1


def test_what_stays_in_the_temporary_folder_is_named_and_fails_the_run(project_folder, tmp_path):
    code, said = _checked(_project(project_folder, tmp_path, pytest='touch "$TMPDIR/desk-forgotten"'))

    assert code == 1
    assert any("残されたもの" in line and line.endswith("/desk-forgotten") for line in said)


def test_compiled_modules_are_kept_whatever_the_surroundings_wish(project_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    _code, said = _checked(_project(project_folder, tmp_path, pytest='echo "wish: $PYTHONDONTWRITEBYTECODE"'))

    assert "wish: " in said


def test_whoever_stops_it_leaves_neither_files_nor_a_running_test(project_folder, tmp_path):
    types = 'echo "$$" >mypy.pid; exec tail -f /dev/null'
    place = _project(project_folder, tmp_path, mypy=types, ruff="until [ -s mypy.pid ]; do :; done")
    process = _start(place)
    assert process.stdout is not None
    while process.stdout.readline() != "== mypy\n":
        pass
    process.send_signal(signal.SIGTERM)
    process.communicate()

    assert process.returncode == 130
    assert list((place / "temporary").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int((place / "mypy.pid").read_text()), 0)
