"""Show that two trees define the same: ``make same_definitions AGAINST=commit``.

Every statement at the top of a module is one definition. Imports, docstrings and where it stands are left out, and what
is asked of a module of the program by its name (``rules.full_clause``) is compared as what is asked. Prints what is in
one tree alone; ends with 1 where there is something.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

from build_spec.rename.same import without_docstrings

FOLDERS = ("app", "db", "build_spec", "tests")


class _Plain(ast.NodeTransformer):
    """Leave out before a dot the names of modules of the program, and imports."""

    def __init__(self, modules: frozenset[str]) -> None:
        self.modules = modules

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in self.modules:
            return ast.copy_location(ast.Name(node.attr, node.ctx), node)
        return node

    def visit_Import(self, _node: ast.Import) -> None:
        return None

    def visit_ImportFrom(self, _node: ast.ImportFrom) -> None:
        return None


def modules_of(files: dict[str, str]) -> frozenset[str]:
    """Return the dotted names of all modules and packages."""
    found = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in files}
    return frozenset(found | {one.rpartition(".")[0] for one in found})


def definitions(files: dict[str, str]) -> Counter[str]:
    """Return every definition of a tree, plain, with how often it is there."""
    known = modules_of(files)
    found: Counter[str] = Counter()
    for text in files.values():
        tree = ast.parse(text)
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if f"{node.module}.{alias.name}" in known
        }
        plain = _Plain(frozenset(names))
        for statement in without_docstrings(tree).body:
            if not (isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"):
                dumped = ast.dump(plain.visit(statement))
                found[dumped.replace(", Pass()", "").replace("Pass(), ", "")] += 1
    return found


def texts_of(commit: str) -> dict[str, str]:
    """Return every Python file of a commit; "" = the files that lie here."""
    if not commit:
        paths = [path for folder in FOLDERS for path in Path(folder).rglob("*.py")]
        return {str(path): path.read_text(encoding="utf-8") for path in paths}
    listed = subprocess.run(
        ["git", "ls-tree", "-rz", "--name-only", commit, *FOLDERS],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    wanted = [name for name in listed if name.endswith(".py")]
    asked = "".join(f"{commit}:{name}\n" for name in wanted)
    data = subprocess.run(
        ["git", "cat-file", "--batch"],  # noqa: S607
        check=True,
        capture_output=True,
        input=asked.encode(),
    ).stdout
    found, place = {}, 0
    for name in wanted:
        end = data.index(b"\n", place)
        size = int(data[place:end].split()[2])
        found[name] = data[end + 1 : end + 1 + size].decode()
        place = end + size + 2
    return found


def main(arguments: list[str]) -> int:
    """Compare the files that lie here, or a second commit, with a commit."""
    before = definitions(texts_of(arguments[0]))
    after = definitions(texts_of(arguments[1] if len(arguments) > 1 else ""))
    for sign, counted in (("-", before - after), ("+", after - before)):
        for one, times in sorted(counted.items()):
            print(f"{sign} {times} {one[:300]}")
    print(f"{before.total()} / {after.total()} definitions, {(before - after).total()} gone", file=sys.stderr)
    return 0 if before == after else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
