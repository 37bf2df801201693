"""The marks for the Windows run: few, each fact said once, each against a test that there is."""

import ast
import re

from tests.faults.parts import windows
from tests.faults.windows_marks import FACTS, fact_of

MOST = 40


def test_marks_are_few_and_each_fact_is_said_once():
    marks = [test for fact in FACTS for test in fact.tests]

    assert len(marks) <= MOST
    assert len(set(marks)) == len(marks)
    assert len({fact.says for fact in FACTS}) == len(FACTS)
    assert all(fact.says.endswith(".") and fact.tests for fact in FACTS)


def test_each_mark_stands_against_a_test_that_the_part_runs(project_folder):
    rooms = tuple(f"tests/{room}/" for room in windows.ROOMS)
    lost = []
    for mark in (test for fact in FACTS for test in fact.tests):
        path, _, name = mark.partition("::")
        tree = ast.parse((project_folder / path).read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if name.partition("[")[0] not in functions or not path.startswith(rooms):
            lost.append(mark)

    assert lost == []


def test_what_windows_itself_should_show_has_its_line_among_those_for_a_person(project_folder):
    lines = re.findall(
        r"^- \[[ x]\] \*\*(\d+)　", (project_folder / "build_spec/windows.md").read_text(encoding="utf-8"), re.M
    )

    assert [fact.says for fact in FACTS if fact.of == "wine" and str(fact.line) not in lines] == []
    assert [fact.says for fact in FACTS if fact.of == "linux" and fact.line] == []


def test_a_mark_on_some_parameters_leaves_the_others_alone():
    for fact in FACTS:
        for test in fact.tests:
            assert fact_of(test) is fact
            assert fact_of(f"{test.partition('[')[0]}_other") is None


def test_screens_of_the_subjects_alone_are_left_out(project_folder):
    assert windows.wanted("tables") == ["tests/tables"]
    left_out = [word.removeprefix("--ignore=") for area in windows.AREAS for word in windows.wanted(area)[1:]]

    assert all((project_folder / path).is_dir() and path.endswith("/screens") for path in left_out)
    assert len(left_out) > 20
