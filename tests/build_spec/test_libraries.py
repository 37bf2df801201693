"""What is wished for, what is imported and what is locked are the same libraries."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from build_spec.packing import name_of
from tests.support.trees import nodes_of


def _name(wish: str) -> str:
    return name_of(re.split(r"[^\w.\-]", wish)[0])


def wished_by(project: Path) -> set[str]:
    """The libraries that the program itself asks for, by name."""
    wishes = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return {_name(wish) for wish in wishes}


def locked(project: Path) -> set[str]:
    """The libraries that the lock installs, by name."""
    lock = (project / "requirements.lock").read_text(encoding="utf-8")
    return {_name(line) for line in lock.splitlines() if re.match(r"^[\w.\-]+==", line)}


def _imported(project: Path) -> set[str]:
    """The top names of everything that app and db import, the standard library and themselves left out."""
    found: set[str] = set()
    for path in (*(project / "app").rglob("*.py"), *(project / "db").rglob("*.py")):
        for node in nodes_of(path):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"app", "db"}


def test_every_library_that_is_wished_for_is_imported_and_the_other_way_round(project_folder: Path):
    homes = packages_distributions()
    imported = {_name(home) for name in _imported(project_folder) for home in homes[name]}

    # shiboken6 is the half of PySide6 that comes with it; PySide6 itself lies in two parts.
    assert imported - {"shiboken6"} == wished_by(project_folder)


def test_the_lock_holds_every_wish_by_hash_and_names_no_address(project_folder: Path):
    lock = (project_folder / "requirements.lock").read_text(encoding="utf-8")

    assert wished_by(project_folder) <= locked(project_folder)
    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")
