"""Show that two trees say the same but for the names of a table: ``make same AGAINST=commit TABLE=file``.

Every file is walked beside its file of before: kinds of nodes and values are equal, an identifier is the same or the
one that the table gives to what it refers to, and what it refers to now is what it referred to then, moved as the
table says. Docstrings and imports are left out. Prints each difference; ends with 1 where there is one.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from build_spec.rename.apply import Table, known_modules, read_table
from build_spec.rename.occurrences import read_program, source_files
from build_spec.rename.scopes import binding_problems

Targets = dict[str, list[tuple[str, str, str]]]
"""By module, each identifier in its order: name, what it refers to, kind."""


def without_docstrings(tree: ast.Module) -> ast.Module:
    """Return the tree without its docstrings."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) or not body:
            continue
        node.body = [one for one in node.body if not _is_left_out(one)] or [ast.Pass()]
    return tree


def _is_left_out(one: ast.stmt) -> bool:
    """Say whether it is a docstring, or an import (imports stand in the order of the alphabet)."""
    return isinstance(one, (ast.Import, ast.ImportFrom)) or (
        isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
    )


def differences(before: Any, after: Any, table: Table, place: str) -> list[str]:
    """Return where two trees differ otherwise than by a name or the name of a module."""
    if type(before) is not type(after):
        return [f"{place}: {type(before).__name__} / {type(after).__name__}"]
    if isinstance(before, ast.AST):
        here = f"{place.split(':', maxsplit=1)[0]}:{getattr(after, 'lineno', '?')}"
        return [
            line
            for field in before._fields
            for line in differences(getattr(before, field, None), getattr(after, field, None), table, here)
        ]
    if isinstance(before, list):
        if len(before) != len(after):
            return [f"{place}: {len(before)} / {len(after)} parts"]
        return [line for pair in zip(before, after, strict=True) for line in differences(*pair, table, place)]
    if before == after or (isinstance(before, str) and table.allows(before, after)):
        return []
    return [f"{place}: {before!r} / {after!r}"]


def identifiers() -> tuple[Targets, frozenset[str]]:
    """Return what each identifier of the current folder refers to, in the order in which they stand."""
    program = read_program()
    found: Targets = {}
    for file in source_files(program):
        ordered = sorted((one for one in file.occurrences if one.kind != "import"), key=lambda one: one.start)
        found[file.module] = [(one.name, one.target, one.kind) for one in ordered]
    return found, known_modules(program)


def main(arguments: list[str]) -> int:
    """Compare the current folder with a commit."""
    commit, table = arguments[0], read_table(Path(arguments[1]))
    here = Path.cwd()
    after, _ = identifiers()
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["git", "worktree", "add", "-q", "--detach", place, commit], check=True)  # noqa: S607
        try:
            os.chdir(place)
            before, modules = identifiers()
            table.known = modules
            found = _compare(before, after, modules, table, Path(place), here)
        finally:
            os.chdir(here)
            subprocess.run(["git", "worktree", "remove", "--force", place], check=True)  # noqa: S607
    for line in found:
        print(line)
    print(f"{sum(map(len, after.values()))} identifiers, {len(found)} differences", file=sys.stderr)
    return 1 if found else 0


def _compare(
    before: Targets, after: Targets, modules: frozenset[str], table: Table, old_folder: Path, new_folder: Path
) -> list[str]:
    moved = {table.module(name): name for name in before}
    found = [f"{name}: only here" for name in sorted(after.keys() - moved.keys())]
    for new, old in sorted(moved.items()):
        if new not in after:
            found.append(f"{old}: gone")
            continue
        trees = without_docstrings(_tree(old_folder, old)), without_docstrings(_tree(new_folder, new))
        found += differences(*trees, table, new)
        found += [f"{new}:{line}" for line in binding_problems(_text(old_folder, old), _text(new_folder, new))]
        if len(before[old]) != len(after[new]):
            found.append(f"{new}: {len(before[old])} / {len(after[new])} identifiers")
            continue
        for (name, target, _), (now_name, now_target, kind) in zip(before[old], after[new], strict=True):
            wanted = "|".join(sorted(table.target(one, modules) for one in target.split("|")))
            if wanted != now_target:
                found.append(f"{new}: {kind} {name} → {now_name}: {target} is {now_target}")
    return found


def _tree(folder: Path, module: str) -> ast.Module:
    return ast.parse(_text(folder, module))


def _text(folder: Path, module: str) -> str:
    path = folder.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
