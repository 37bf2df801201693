"""The breaking of places: each kind of break, the draw, what notices one, and that it goes on where it was stopped."""

import ast
import shutil
import subprocess

import pytest

from tests.mutants import run
from tests.mutants.breaking import broken, places_of
from tests.mutants.drawing import draw, every_place, modules, ordered_tests, own_tests

SOURCE = '''
"""A module that says 3."""

LIMIT: Literal[2] = 10  # 人 < 10


def late(day: int, limit=1, *, width=120):
    """Return 4."""
    名 = "回" if not day else f"{day + 1}回"
    if limit <= day < LIMIT and day not in (5,) and (
        day is not None
        # and this stays
        and width
    ):
        return column(名, day - 2, width=80), Column("名", 40), make_passage("名", day, 4)
    widths = (("名", 8), ("人", 9))
    return "a" + 名
'''


def test_each_kind_of_break_is_found_once_and_changes_its_place_alone():
    found = [(one.line, one.old, one.new) for one in places_of(SOURCE)]
    assert found == [
        (4, "10", "11"),
        (7, "1", "2"),
        (9, '"回" if not day else f"{day + 1}回"', 'f"{day + 1}回" if not day else "回"'),
        (9, "not ", " "),
        (10, "<=", "<"),
        (10, "<", "<="),
        (10, "and day not in (5,) and", "or day not in (5,) or"),
        (10, "not in", "in"),
        (10, "5", "6"),
        (11, "is not", "is"),
        (15, "-", "+"),
        (15, "2", "3"),
    ]
    for place in places_of(SOURCE):
        text = broken(SOURCE, place)
        assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(SOURCE))
        assert len(text) == len(SOURCE) + len(place.new) - len(place.old)


@pytest.mark.nightly
def test_the_same_seed_draws_the_same_and_every_break_of_the_program_can_be_read(project_folder):
    paths = list(modules(project_folder))
    every = every_place(project_folder, paths[::8])
    drawn = draw(every, 100, "種")
    assert drawn == draw(every, 100, "種")
    assert drawn != draw(every, 100, "別の種")
    assert len({one.key for one in drawn}) == 100
    for one in drawn:
        source = (project_folder / one.module).read_text(encoding="utf-8")
        assert ast.dump(ast.parse(broken(source, one.place))) != ast.dump(ast.parse(source)), one.words
        assert any(ordered_tests(project_folder, one.module)), one.module
    names = {path.relative_to(project_folder).as_posix() for path in paths}
    assert {"app/events/letters/rules/letter_texts.py", "app/calendar/kanji_days.py"} <= names
    assert not any(name.startswith("app/documents/pdf") or "/screens" in name for name in names)
    assert (
        own_tests(project_folder, "app/events/letters/rules/letter_texts.py") == project_folder / "tests/events/letters"
    )


@pytest.fixture
def program(tmp_path, project_folder, monkeypatch):
    """A program of one rule in a repository, with a test of its own folder, one of all it says, and one of another."""
    place = tmp_path / "program"
    for name, text in {
        "app/room/rules.py": "NOBODY = 5\ndef may(age):\n    return age >= 18\ndef free(age):\n    return age < 6\n",
        "db/nothing.py": "",
        "tests/room/test_rules.py": "from app.room.rules import may\ndef test_may():\n    assert may(18)\n",
        "tests/room/test_here.py": (
            "import os\nfrom app.room.rules import free\nHERE = os.getpid()\n"
            "def test_here():\n    assert not free(7) and os.getpid() == HERE\n"
        ),
        "tests/room/test_rules_say.py": "from app.room.rules import free\ndef test_said():\n    assert not free(6)\n",
        "tests/other/test_door.py": "from app.room.rules import free\ndef test_free():\n    assert not free(6)\n",
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\naddopts = "--import-mode=importlib"\n',
        ".gitignore": "build\n.venv\n",
    }.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    shutil.copytree(project_folder / "tests/mutants", place / "tests/mutants", ignore=lambda *_: ["test_mutants.py"])
    (place / ".venv").symlink_to((project_folder / ".venv").resolve())
    who = ("-c", "user.name=x", "-c", "user.email=x@example.invalid")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "x")):
        subprocess.run(["git", *words], cwd=place, check=True)
    monkeypatch.setattr(run, "PROJECT", place)
    return place


@pytest.mark.nightly
def test_what_no_test_notices_is_printed_and_a_second_run_goes_on(program, capsys):
    before = (program / "app/room/rules.py").read_bytes()
    assert run.main(["--seed", "1"]) == 0
    said = capsys.readouterr().out
    assert "同じフォルダーのテストが気づいた：2／5" in said, (
        "the edge of 18, and 18 itself; test_here is red in every fork"
    )
    assert "すべてのテストが気づいた：4／5" in said, "the edge of 6 by the other folder's test, and 6 itself"
    assert "app/room/rules.py:5　< → <=　気づいた：tests/" in said
    assert "app/room/rules.py:1　5 → 6　だれも気づかない" in said
    assert (program / "app/room/rules.py").read_bytes() == before, "nothing is broken here"
    (kept,) = (program / "build/mutants").glob("*.jsonl")
    lines = kept.read_text(encoding="utf-8").splitlines()
    kept.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    assert run.main(["--seed", "1"]) == 0
    again = capsys.readouterr().out
    assert len(kept.read_text(encoding="utf-8").splitlines()) == len(lines)
    assert again.splitlines()[-6:] == said.splitlines()[-6:]
