"""Pillow is let into the reading of scanned pages for their dots; whatever others made is opened in the child process alone."""

from __future__ import annotations

import ast
from pathlib import Path

OPENING = {"open", "frombuffer", "fromarray", "verify", "load"}


def test_what_measures_scanned_pages_opens_no_picture(project_folder: Path):
    found = []
    folder = project_folder / "app/subjects/surveys/typing/intake"
    for file in sorted(folder.glob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        found += [
            f"{file.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPENING
        ]
    assert found == []
