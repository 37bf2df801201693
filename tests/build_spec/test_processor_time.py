"""The count of what tests cost the processor: by test, with its children, from both workers, in a table
one can read."""

import pytest

from tests.support.child_python import run_python
from tests.support.processor_time import VARIABLE, room_of, table

CONFTEST = """
from tests.support import processor_time

def pytest_configure(config):
    processor_time.register(config)
"""
TESTS = """
import subprocess, sys, threading, time
BURN = "import time\\nwhile time.process_time() < 0.4: pass"

def test_itself(): exec(BURN.replace("0.4", f"{time.process_time() + 0.4}"))
def test_child(): subprocess.run([sys.executable, "-S", "-c", BURN], check=True)
def test_waits(): threading.Event().wait(0.4)
"""


@pytest.mark.nightly
@pytest.mark.parametrize("workers", [pytest.param("0", marks=pytest.mark.in_full), "2"])
def test_a_test_costs_what_it_and_its_children_spend_and_waiting_costs_nothing(project_folder, tmp_path, workers):
    folder = tmp_path / "tests" / "registers" / "venues"
    folder.mkdir(parents=True)
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_costs.py").write_text(TESTS, encoding="utf-8")
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(project_folder)}
    run = run_python(
        "-m",
        "pytest",
        "-q",
        "-p",
        "xdist",
        "-n",
        workers,
        "-p",
        "no:cacheprovider",
        "tests",
        cwd=tmp_path,
        env={**alone, VARIABLE: str(tmp_path / "table")},
        check=False,
    )

    assert run.returncode == 0, run.stdout
    lines = (tmp_path / "table").read_text("utf-8").splitlines()
    cost = {line.split("::")[1]: float(line.split()[0]) for line in lines if "::" in line}
    assert cost.keys() == {"test_itself", "test_child", "test_waits"}
    assert min(cost["test_itself"], cost["test_child"]) > 0.3
    assert cost["test_waits"] < 0.2
    (room,) = [line.split() for line in lines if line.endswith("registers/venues")]
    assert (float(room[0]) > 0.6, room[1]) == (True, "3")


def test_the_table_says_the_whole_the_rooms_and_the_dearest_first():
    times = {
        "tests/documents/pdf/test_a.py::test_x": 1.5,
        "tests/documents/test_b.py::test_y": 2.0,
        "tests/test_c.py::test_z": 61.0,
    }

    assert table(times, 70.0, dearest=2).splitlines() == [
        "== テストのプロセッサー時間 1分10.0秒（3件）",
        "-- 部屋ごと（秒・件数）",
        "    61.0     1  tests",
        "     3.5     2  documents",
        "     5.5        読み込みなど、どのテストにも入らないもの",
        "-- 時間のかかったテスト（秒）",
        "   61.00  test_c.py::test_z",
        "    2.00  documents/test_b.py::test_y",
    ]


@pytest.mark.parametrize(
    ("nodeid", "room"),
    [
        ("tests/surveys/tally/test_a.py::test_x[1/2]", "surveys/tally"),
        ("tests/window/test_a.py::test_x", "window"),
        ("tests/test_a.py::test_x", "tests"),
    ],
)
def test_a_subject_is_a_room_of_its_own(nodeid, room):
    assert room_of(nodeid) == room


def test_a_run_that_does_not_ask_writes_nothing(pytestconfig, monkeypatch):
    from tests.support import processor_time

    monkeypatch.delenv(VARIABLE, raising=False)
    before = set(pytestconfig.pluginmanager.get_plugins())
    processor_time.register(pytestconfig)

    assert set(pytestconfig.pluginmanager.get_plugins()) == before
