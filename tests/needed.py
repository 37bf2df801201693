"""Says which tests a change needs, to be run before the whole: ``python -m tests.needed`` (or with paths).

They are the tests in the folder of the same name, those that import a changed module or a module that imports it, and
those that hold a rule over all modules of its kind. Last come those that ``make nightly`` runs and that guard it.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.support.nightly import asked_by

PROJECT = Path(__file__).resolve().parent.parent
ALWAYS = ("tests/architecture",)
BY_FOLDER = {
    "db/records/": (
        "tests/tables/test_fields.py",
        "tests/settings/disposal/test_text_columns.py",
        "tests/importing/test_absent_columns.py",
        "tests/history/test_store_history.py",
    ),
    "db/migrations/": ("tests/history/test_undo_after_an_update.py", "tests/settings/disposal/test_older_shapes.py"),
    "app/documents/": ("tests/documents/test_words_of_papers.py", "tests/documents/test_written_names.py"),
    "docs/adding.md": ("tests/house",),
}
"""Tests that hold a rule for every module of a folder."""


def needed(changed: Iterable[str]) -> tuple[str, ...]:
    """Return the tests that the changed files need, each folder before what lies in it."""
    changed = tuple(changed)
    modules = {_module(path) for path in changed if path.endswith(".py") and path.startswith(("app/", "db/"))}
    # Nearly everything reads records; whoever reads what reads them is found by the whole run.
    own = {one for one in modules if one.startswith("app.")}
    modules |= _readers("app", own)
    found = dict.fromkeys(ALWAYS)
    for path in changed:
        found |= dict.fromkeys(one for start, tests in BY_FOLDER.items() if path.startswith(start) for one in tests)
        if path.startswith("tests/") and Path(path).name.startswith("test_"):
            found[path] = None
        folder = Path("tests", *Path(path).parts[1:-1])
        if path.startswith("app/") and (PROJECT / folder).is_dir() and len(folder.parts) > 2:
            found[folder.as_posix()] = None
    found |= dict.fromkeys(
        f"{name.replace('.', '/')}.py"
        for name in _readers("tests", modules)
        if name.rpartition(".")[2].startswith("test_")
    )
    kept: list[str] = []
    for one in sorted(found):
        if not any(one.startswith(f"{folder}/") for folder in kept) and (PROJECT / one).exists():
            kept.append(one)
    return tuple(kept)


def _readers(root: str, modules: set[str]) -> set[str]:
    """Return the modules below ``root`` that import one of ``modules`` or something of it."""
    wanted = {f"from {name} import" for one in modules for name in (one, one.rpartition(".")[0])}
    found = set()
    for path in (PROJECT / root).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        # To parse every file takes a quarter of a minute; most name none of them.
        if not any(words in text for words in wanted):
            continue
        read = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.ImportFrom) and one.module]
        names = {f"{one.module}.{name.name}" for one in read for name in one.names} | {str(one.module) for one in read}
        if names & modules:
            found.add(_module(path.relative_to(PROJECT).as_posix()))
    return found


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _changed() -> list[str]:
    """Return the files that differ from the last commit, new ones too."""
    said = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [line[3:].rpartition(" -> ")[2] for line in said.splitlines()]


if __name__ == "__main__":
    paths = sys.argv[1:] or _changed()
    sys.stdout.write("\n".join([*needed(paths), *(f"-m nightly {one}" for one in asked_by(paths))]) + "\n")
