"""A patch is applied to a scratch copy, what it brings is asked there, and the project is left alone."""

import pytest

from tests.support.scratch_house import ADDING, PROJECT, PatchRefused, ScratchHouse, patch_from, patches_of, replaced

PATCH = """\
--- a/app/actions/get_or_raise.py
+++ b/app/actions/get_or_raise.py
@@ anywhere
-from __future__ import annotations
+from __future__ import annotations as _later
+
+ADDED: int = "七"
--- /dev/null
+++ b/app/new_room/__init__.py
@@
+\"\"\"A room.\"\"\"
"""


def test_a_patch_is_read_with_its_files_and_lines():
    patch = patch_from(PATCH)

    assert patch.size == (2, 4, 1)
    assert patch.outside_of("app/new_room").size == (1, 3, 1)
    with pytest.raises(PatchRefused, match="no line of a patch: 'words'"):
        patch_from("+++ b/app/actions/get_or_raise.py\n@@\nwords\n")


def test_the_page_shows_each_thing_and_its_patches_stand_under_their_headings():
    page = ADDING.read_text(encoding="utf-8")
    headings = [line[3:] for line in page.splitlines() if line.startswith("## ")]
    inside = [line[4:] for line in page.splitlines() if line.startswith("### ")]

    assert headings == [
        "A field", "A paper", "A deadline", "A ledger", "A received kind", "A list that is taken in",
    ]  # fmt: skip
    assert set(patches_of(page)) <= {*headings, *inside}
    found = patches_of(f"## One\n```diff\n{PATCH}```\n```diff\n{PATCH}```\n## Two\n```\n+++ b/x\n```\n")
    assert {name: patch.size[0] for name, patch in found.items()} == {"One": 2}


def test_ruff_takes_what_the_page_shows_as_it_stands(tmp_path):
    page = patches_of(ADDING.read_text(encoding="utf-8"))
    patches = [one.outside_of("docs/") for one in page.values()]
    house = ScratchHouse(tmp_path, *patches)
    touched = sorted({path for patch in patches for path in patch.files if path.endswith(".py")})
    assert len(touched) > 6

    told = house.ruff(*touched)

    assert told.held, told.said
    house.apply(
        replaced(touched[0], "from __future__ import annotations\n", "from __future__ import annotations\nX=1\n")
    )
    assert not house.ruff(touched[0]).held


def test_the_copy_runs_with_the_patch_and_the_project_without(tmp_path):
    house = ScratchHouse(tmp_path, patch_from(PATCH))

    said = house.python(
        "import app.new_room, app.actions.get_or_raise\n"
        "from db.migrations import migrate\n"
        "print(app.actions.get_or_raise.__file__, app.actions.get_or_raise.ADDED)"
    )
    assert said.split() == [str(house.folder / "app" / "actions" / "get_or_raise.py"), "七"]
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        house.python("1 / 0")
    house.without("ADDED", path="app/actions/get_or_raise.py")
    assert (
        house.python("import app.actions.get_or_raise; print(hasattr(app.actions.get_or_raise, 'ADDED'))") == "False\n"
    )
    assert "ADDED" not in (PROJECT / "app" / "actions" / "get_or_raise.py").read_text(encoding="utf-8")


@pytest.mark.in_full
def test_mypy_and_pytest_speak_of_the_copy(tmp_path):
    house = ScratchHouse(tmp_path, patch_from(PATCH))
    asked = "tests/test_contributions.py::test_a_source_is_asked_once_and_only_when_somebody_wants_it"

    told = house.mypy("app/actions/get_or_raise.py")
    assert not told.held
    assert 'variable has type "int"' in told.said
    assert house.pytest(asked).held
    house.apply(replaced("tests/test_contributions.py", "assert asked == [1]", "assert asked == [2]"))
    ran = house.pytest(asked)
    assert not ran.held
    assert "assert [1] == [2]" in ran.said


def test_lines_that_are_not_there_once_are_refused(tmp_path):
    house = ScratchHouse(tmp_path)

    with pytest.raises(PatchRefused, match="0 times, not once"):
        house.apply(replaced("app/actions/get_or_raise.py", "no such line\n", ""))
    with pytest.raises(PatchRefused, match="no line holds"):
        house.without("no such line", path="app/actions/get_or_raise.py")
