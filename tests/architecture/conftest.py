"""The source tree as the architecture tests see it: each file read and parsed once."""

from __future__ import annotations

import ast
import gc
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests.support.trees import nodes_of, tree_of

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Source:
    """One Python file: its address in the project, its dotted name, its text and its tree."""

    path: Path

    @cached_property
    def address(self) -> str:
        return self.path.relative_to(PROJECT).as_posix()

    @cached_property
    def module(self) -> str:
        return re.sub(r"(/__init__)?\.py$", "", self.address).replace("/", ".")

    @property
    def floors(self) -> set[str]:
        """The folders it stands in, and its own name: a floor of one file is that file."""
        return set(self.module.split("."))

    @property
    def speaks_qt(self) -> bool:
        """Whether it belongs to the window: the frame, the toolkit, or the screens of a subject."""
        room = self.module.split(".")[1] if self.module.startswith("app.") else ""
        return room in {"window", "main_window", "widgets"} or bool(self.floors & {"screens", "parts"})

    @property
    def below_the_screens(self) -> bool:
        """Whether it decides, builds or writes without a window: no clock there."""
        below = {"services", "rules", "documents", "intake", "importing", "calendar"}
        return bool(self.floors & below) and not self.speaks_qt

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return tree_of(self.path)

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        return nodes_of(self.path)

    @cached_property
    def docstrings(self) -> set[int]:
        """The identities of literals that stand alone: words for the reader, not for the program."""
        return {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}

    @cached_property
    def texts(self) -> list[ast.Constant]:
        """Every string literal except docstrings."""
        return [
            node
            for node in self.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in self.docstrings
        ]

    @cached_property
    def imports(self) -> list[tuple[str, int]]:
        """Every dotted name imported, at whatever depth, with its line."""
        found = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    above = self.module.split(".")
                    if self.path.name != "__init__.py":
                        above = above[:-1]
                    above = above[: len(above) - (node.level - 1)]
                    base = ".".join([*above, base] if base else above)
                found += [(f"{base}.{alias.name}", node.lineno) for alias in node.names]
        return found


def _sources(*folders: str) -> list[Source]:
    return [Source(path) for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


@pytest.fixture(autouse=True)
def trees_are_no_garbage() -> Iterator[None]:
    """Two million nodes that stay to the end: Python's collector neither walks them here nor with the tests after."""
    gc.disable()
    yield
    gc.enable()
    gc.freeze()


@pytest.fixture(scope="session")
def product() -> list[Source]:
    """Every module of the two packages that are shipped."""
    return _sources("app", "db")


@pytest.fixture(scope="session")
def tests_and_tools() -> list[Source]:
    """Every Python file that is not shipped."""
    return _sources("tests", "build_spec")


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """Every file that belongs to the project: what git keeps, and what it would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [PROJECT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # a copy without its history
        beside = {".venv", "out", "build", "dist", "__pycache__", ".git", ".mypy_cache", ".ruff_cache"}
        names = [path for path in PROJECT.rglob("*") if not beside & set(path.relative_to(PROJECT).parts)]
    return [path for path in names if path.is_file()]
