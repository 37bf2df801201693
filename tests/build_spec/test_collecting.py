"""On a fresh copy one process compiles the modules of tests and the others read them; otherwise nobody waits."""

import sys
from pathlib import Path

import pytest

from tests.support.collecting import one_after_the_other

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files are not locked there")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of three modules of tests that nobody has read yet, seen by one of two workers."""
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for name in ("conftest", "test_one", "test_two", "test_three"):
        (tmp_path / f"{name}.py").touch()
    (tmp_path / "__pycache__").mkdir()
    return tmp_path


def _another_would_wait(copy: Path) -> bool:
    import fcntl

    with (copy / "conftest.py").open("rb") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_on_a_fresh_copy_another_worker_waits_until_this_one_has_collected(copy):
    with one_after_the_other(copy):
        assert _another_would_wait(copy)
    assert not _another_would_wait(copy)


@pytest.mark.parametrize(("form", "rewritten"), [("-pytest-9.0", True), ("", False)])
def test_nobody_waits_once_most_modules_are_there_in_the_form_that_is_wanted(copy, form, rewritten):
    for name in ("test_one", "test_two"):
        (copy / "__pycache__" / f"{name}.cpython-311{form}.pyc").touch()
    with one_after_the_other(copy, rewritten=rewritten):
        assert not _another_would_wait(copy)
    with one_after_the_other(copy, rewritten=not rewritten):
        assert _another_would_wait(copy)


def test_nobody_waits_where_one_process_runs_alone_or_nothing_is_kept(copy, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with one_after_the_other(copy):
        assert not _another_would_wait(copy)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.delenv("PYTEST_XDIST_WORKER")
    with one_after_the_other(copy):
        assert not _another_would_wait(copy)
