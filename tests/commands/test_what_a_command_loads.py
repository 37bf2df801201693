"""A command loads the areas that it needs and no other: whoever looks at one file does not wait for the whole program.

Each is asked in a child of one process and tells what lies in ``sys.modules`` afterwards.
"""

import json
import os
from collections.abc import Mapping, Sequence

import pytest

from tests.fixtures.survey.samples import sample_path
from tests.support.child_python import run_python

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows makes no child that has loaded so little")

_ASK = """
import importlib, json, os, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
for words in json.loads(sys.argv[1]):
    if (child := os.fork()) == 0:
        told = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        from app.__main__ import main
        try:
            main(words)
        except SystemExit:
            pass
        os.write(told, (json.dumps(sorted(sys.modules)) + chr(10)).encode())
        os._exit(0)
    os.waitpid(child, 0)
"""
AREAS = (
    *("event", "event_day", "events", "home", "registers", "sample", "settings", "submissions", "surveys", "year"),
    "year_end",
)
READS_A_FILE = {"registers", "submissions"}
"""What a file is compared with before it is known what it holds: the tables of our own forms."""
TO_SAY_WHAT_IT_DOES: Mapping[str, set[str]] = {
    **{command: set() for command in ("init", "definition", "issued", "backup", "backups", "restore", "verify")},
    **{command: {"event"} for command in ("deadlines", "events", "documents", "calendar")},
    "intake": set(),
    "tally": {"registers", "surveys"},
    "duties": {"event", "registers", "settings"},
    "import-applications": {"event", "events", "registers"},
    "import-survey": {"event", "registers", "surveys"},
    "import-list": {"event", "registers"},
}
"""What a command has loaded when it begins. ``check-numbers``, ``demo`` and ``self-check`` need nearly every area."""


@pytest.fixture
def ask():
    """Run commands, each in a child of its own; gives what each has loaded.

    ``first`` is loaded once for all, where it is not asked after.
    """

    def loaded(*asked: Sequence[object], first: Sequence[str] = ()) -> list[frozenset[str]]:
        words = json.dumps([[str(word) for word in one] for one in asked])
        told = run_python("-c", _ASK, words, *first).stdout
        return [frozenset(json.loads(line)) for line in told.splitlines()]

    return loaded


def _areas(modules: frozenset[str]) -> set[str]:
    return {area for area in AREAS if f"app.{area}" in modules}


def test_a_command_begins_with_its_own_areas(ask):
    loaded = ask(*((command, "--help") for command in TO_SAY_WHAT_IT_DOES), first=["app.commands.opening"])

    assert dict(zip(TO_SAY_WHAT_IT_DOES, map(_areas, loaded), strict=True)) == TO_SAY_WHAT_IT_DOES


def test_one_look_at_a_file_loads_neither_database_nor_another_area(ask):
    refused, torn, list_of_names, applications, survey = ask(
        ("intake", sample_path("24")),
        ("intake", sample_path("27")),
        ("intake", sample_path("12")),
        ("intake", sample_path("34")),
        ("tally", sample_path("01")),
    )

    assert (_areas(refused), _areas(torn), _areas(list_of_names)) == (READS_A_FILE, set(), READS_A_FILE)
    assert _areas(applications) == READS_A_FILE | {"events"}
    assert _areas(survey) == {"registers", "submissions", "surveys"}
    for modules in (refused, torn, list_of_names, applications, survey):
        assert not {"db.store", "app.documents.blocks", "PySide6"} & modules


def test_what_only_one_area_declares_loads_no_contributions_of_another(ask, login, tmp_path):
    (backed_up,) = ask(("backup", *login, "--to", tmp_path / "copies"))

    assert [area for area in AREAS if f"app.{area}.contributions" in backed_up] == ["settings"]
