"""A pytest plugin that writes down which test reaches which line of a few modules.

``DESK_REACH`` names the file of what is found, and after it the modules, one a line.
"""

import os
from collections.abc import Generator

import coverage
import pytest

_NAME = "DESK_REACH"
_RUN: pytest.StashKey[coverage.Coverage] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to measure, each worker for itself."""
    to, *modules = os.environ[_NAME].split("\n")
    run = coverage.Coverage(data_file=to, data_suffix=True, include=modules, config_file=False)
    run.set_option("run:disable_warnings", ["no-data-collected", "module-not-measured", "trace-changed"])
    run.start()
    config.stash[_RUN] = run


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Write down what is reached as reached by this test."""
    item.config.stash[_RUN].switch_context(item.nodeid)
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Keep what was found."""
    run = config.stash.get(_RUN, None)
    if run is not None:
        run.stop()
        run.save()
