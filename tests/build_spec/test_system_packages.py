"""Setting up: silent when nothing is missing, plain Japanese when something is."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("ldconfig", path="/usr/sbin:/sbin:/usr/bin") is None, reason="Linux only")


def _ask(project: Path, purpose: str, *, first_on_path: Path | None = None) -> subprocess.CompletedProcess[str]:
    path = os.environ["PATH"] if first_on_path is None else f"{first_on_path}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", str(project / "build_spec" / "system_packages.sh"), purpose],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def bare_pc_of_an_ordinary_user(tmp_path: Path) -> Path:
    """Commands that answer as they would on a PC without any of the libraries, for somebody who is not root."""
    for name, answer in {"ldconfig": "", "id": "echo 1000"}.items():
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        command.chmod(0o755)
    return tmp_path


def test_nothing_is_said_when_every_library_is_there(project_folder: Path):
    asked = _ask(project_folder, "test")

    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")


def test_an_ordinary_user_is_told_what_is_missing_and_that_nothing_was_changed(
    project_folder: Path, bare_pc_of_an_ordinary_user: Path
):
    asked = _ask(project_folder, "test", first_on_path=bare_pc_of_an_ordinary_user)

    assert asked.returncode == 1
    assert "足りません: libgl1 libegl1 " in asked.stderr
    assert "libgssapi-krb5-2" in asked.stderr
    assert "何も変更していません" in asked.stderr


def test_a_screen_asks_for_more_than_no_screen(project_folder: Path, bare_pc_of_an_ordinary_user: Path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    without = _ask(project_folder, "run", first_on_path=bare_pc_of_an_ordinary_user).stderr
    monkeypatch.setenv("DISPLAY", ":0")
    with_one = _ask(project_folder, "run", first_on_path=bare_pc_of_an_ordinary_user).stderr

    assert "libxcb-cursor0" not in without
    assert "libxcb-cursor0" in with_one


def test_a_wrong_purpose_is_wrong_usage(project_folder: Path):
    assert _ask(project_folder, "coffee").returncode == 2


def test_setup_does_nothing_while_the_lock_stays_the_same(project_folder: Path, tmp_path: Path):
    """In a copy of the project: a stamp that fits the lock is enough, no library is looked at again."""
    for name in ("requirements.lock", "build_spec/python_environment.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(project_folder / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *install*) exit 9 ;; esac\n', encoding="utf-8")
    python.chmod(0o755)
    lock = (tmp_path / "requirements.lock").read_bytes()

    def set_up() -> int:
        script = str(tmp_path / "build_spec" / "python_environment.sh")
        return subprocess.run(["sh", script], capture_output=True, check=False).returncode

    _stamp(tmp_path, lock)
    assert set_up() == 0

    _stamp(tmp_path, lock + b"# as it was before")
    assert set_up() != 0  # it went on to the libraries, and this Python cannot install any


def _stamp(project: Path, lock: bytes) -> None:
    (project / ".venv" / "requirements.sha256").write_text(hashlib.sha256(lock).hexdigest(), encoding="ascii")
