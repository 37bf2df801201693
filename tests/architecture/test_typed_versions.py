"""Which 版 a paper is has one source: a builder hands on the number of a record, or says nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.trees import nodes_of

FRAMES = {"finish", "framed", "day_paper", "DocumentContent"}
"""What puts the frame round a paper."""
NONE = 0
"""The version of what has none (a list, a ledger)."""


def _typed(project_folder: Path) -> Iterator[str]:
    for path in sorted((project_folder / "app").rglob("*.py")):
        for node in nodes_of(path):
            if not isinstance(node, ast.Call) or _name(node.func) not in FRAMES:
                continue
            for keyword in node.keywords:
                typed = isinstance(keyword.value, ast.Constant) and keyword.value.value != NONE
                if keyword.arg == "version" and typed:
                    yield f"{path.relative_to(project_folder)}:{node.lineno}"


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_no_builder_types_a_version(project_folder: Path):
    assert list(_typed(project_folder)) == []


def test_every_paper_that_shows_a_typed_first_edition_is_counted(project_folder: Path):
    """「第1版」 as letters would stay there when the paper becomes the second."""
    found = [
        f"{path.relative_to(project_folder)}:{node.lineno}"
        for path in sorted((project_folder / "app").rglob("*.py"))
        if "documents" in path.relative_to(project_folder).parts
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith("第1版")
    ]

    assert found == []
