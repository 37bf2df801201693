"""What every test shares: a window system without a screen, a home of its own, calm property tests."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything starts Qt: its plug-in, its run-time folder and its locale are read once, at the start,
# and a notice about any of them would count as a failure of whichever test came first.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.get("LC_ALL", "") in {"C", "POSIX"}:
    os.environ["LC_ALL"] = "C.UTF-8"

settings.register_profile(
    "desk",
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("desk")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home that is thrown away, so that no test reads or writes the real one."""
    home = Path(tempfile.mkdtemp(prefix="desk-test-home-"))
    config.stash[_HOME] = home
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["DEJIKATSU_DESK_HOME"] = str(home)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the thrown-away home down again."""
    home = config.stash.get(_HOME, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


_HOME: pytest.StashKey[Path] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Between tests with widgets, not in the midst of them, Python's collector ends what is left of the one before.

    As in the product: a widget that ends while Qt goes through its widgets takes the process with it.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture
def desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for this test alone: data, settings, logs and exports start empty."""
    monkeypatch.setenv("DEJIKATSU_DESK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def project_folder() -> Path:
    """The checkout that the test stands in."""
    return Path(__file__).resolve().parent.parent
