"""Join modules into one, everywhere: ``python -m build_spec.rename.join TABLE [--dry]``.

A line of the table is ``new module<TAB>old module<TAB>old module…``; the parts stand in the order of who asks for whom,
else of the table. Imports of what stands in the same module go, names of modules before a dot too. What two parts call
alike is listed and nothing is written: the table of names parts it first.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_spec.rename.occurrences import SourceFile, read_program, source_files

Import = tuple[str, str, str]
"""Module, name in it ("" = the module itself), shown as."""


class Joined:
    """Which module becomes part of which."""

    def __init__(self, text: str) -> None:
        self.parts: dict[str, list[str]] = {}
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                new, *old = line.split("\t")
                self.parts[new] = old
        self.home = {old: new for new, parts in self.parts.items() for old in parts}

    def of(self, module: str) -> str:
        """Return the module that a module is part of now."""
        return self.home.get(module, module)


class _Rewriter:
    """Rewrite one file of before: its imports one by one, what it asks of modules that are elsewhere now."""

    def __init__(self, file: SourceFile, joined: Joined) -> None:
        self.file, self.joined = file, joined
        self.here = joined.of(file.module)
        self.text = file.data.decode()
        self.tree = ast.parse(self.text)
        self.lines = [0]
        for line in file.data.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.edits: list[tuple[int, int, bytes]] = []

    def offset(self, line: int, column: int) -> int:
        return self.lines[line - 1] + column

    def rewritten(self) -> bytes:
        """Return the bytes of the file with its imports as they have to be."""
        own = self._own_modules()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                self._from(node)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                start = self.offset(node.value.lineno, node.value.col_offset)
                if start in own:
                    end = self.offset(node.end_lineno or 0, node.end_col_offset or 0) - len(node.attr.encode())
                    self.edits.append((start, end, b""))
        for one in self.file.occurrences:
            new = self.joined.home.get(one.target)
            if new is None or one.kind != "name" or one.start in own:
                continue
            if one.name == one.target.rsplit(".", 1)[-1]:
                self.edits.append((one.start, one.start + len(one.name.encode()), new.rsplit(".", 1)[-1].encode()))
        data = self.file.data
        for start, end, new_text in sorted(self.edits, reverse=True):
            data = data[:start] + new_text + data[end:]
        return data

    def _own_modules(self) -> frozenset[int]:
        """Where a module stands that is part of the same one now."""
        return frozenset(
            one.start
            for one in self.file.occurrences
            if one.kind == "name" and self.joined.home.get(one.target) == self.here and one.target in self.joined.home
        )

    def _from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        new: dict[str, list[str]] = defaultdict(list)
        changed = False
        for alias in node.names:
            member = f"{module}.{alias.name}"
            shown = f" as {alias.asname}" if alias.asname else ""
            if member in self.joined.home:
                changed = True
                home = self.joined.home[member]
                if home != self.here:
                    new[home.rpartition(".")[0]].append(home.rpartition(".")[2] + shown)
            elif module in self.joined.home:
                changed = True
                if self.joined.home[module] != self.here:
                    new[self.joined.home[module]].append(alias.name + shown)
                elif shown:
                    raise SystemExit(f"{self.file.path}:{node.lineno}: {alias.name}{shown} of its own module")
            else:
                new[module].append(alias.name + shown)
        if not changed:
            return
        for names in new.values():
            names[:] = [name.partition(" as ")[0] if len(set(name.split(" as "))) == 1 else name for name in names]
        start = self.offset(node.lineno, node.col_offset)
        end = self.offset(node.end_lineno or 0, node.end_col_offset or 0)
        indent = "\n" + " " * node.col_offset
        lines = [f"from {name} import {', '.join(sorted(set(names)))}" for name, names in new.items()]
        self.edits.append((start, end, (indent.join(lines) or "pass").encode()))


def top_names(tree: ast.Module) -> set[str]:
    """Return what a module defines."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return found


def imports_of(tree: ast.Module) -> set[Import]:
    """Return what a module imports at its top."""
    found: set[Import] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", one.name, one.asname or one.name) for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {(one.name, "", one.asname or one.name.split(".")[0]) for one in node.names}
    return found


def ordered(parts: list[str], trees: Mapping[str, ast.Module]) -> list[str]:
    """Return the parts so that whoever is asked for at import time stands first."""
    asks = {
        part: {
            other
            for module, name, _ in imports_of(trees[part])
            for other in (module, f"{module}.{name}")
            if other in parts
        }
        for part in parts
    }
    found: list[str] = []
    while len(found) < len(parts):
        ready = [part for part in parts if part not in found and asks[part] <= set(found)]
        if not ready:
            raise SystemExit(f"a circle among {sorted(set(parts) - set(found))}")
        found.append(ready[0])
    return found


def joined_text(parts: Iterable[tuple[str, str]]) -> str:
    """Return one module of the rewritten texts of several: one docstring, imports, what is for types, definitions."""
    docstrings, imports, for_types, bodies = [], [], [], []
    for _, text in parts:
        tree = ast.parse(text)
        lines = text.splitlines(keepends=True)
        taken: set[int] = set()
        for node in tree.body:
            span = range(node.lineno - 1, node.end_lineno or node.lineno)
            source = "".join(lines[number] for number in span)
            if node is tree.body[0] and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                docstrings.append(str(node.value.value).strip())
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                imports.append(source)
            elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                for_types += ["".join(lines[one.lineno - 1 : one.end_lineno]) for one in node.body]
            elif isinstance(node, ast.Pass):
                pass
            else:
                continue
            taken |= set(span)
        bodies.append("".join(line for number, line in enumerate(lines) if number not in taken).strip("\n"))
    head = '"""' + "\n\n".join(docstrings) + '\n"""\n' if len(docstrings) > 1 else '"""' + "".join(docstrings) + '"""\n'
    types = "if TYPE_CHECKING:\n" + "".join(dict.fromkeys(for_types)) if for_types else ""
    return head + "\n" + "".join(dict.fromkeys(imports)) + "\n" + types + "\n\n" + "\n\n\n".join(bodies) + "\n"


def clashes(joined: Joined, trees: Mapping[str, ast.Module]) -> list[str]:
    """Return what two parts of one module call alike and mean otherwise."""
    found = []
    for new, parts in joined.parts.items():
        defined: dict[str, list[str]] = defaultdict(list)
        shown: dict[str, set[Import]] = defaultdict(set)
        for part in parts:
            for name in top_names(trees[part]) - {"TYPE_CHECKING"}:
                defined[name].append(part)
            for one in imports_of(trees[part]):
                if one[0] not in parts and f"{one[0]}.{one[1]}" not in parts:
                    shown[one[2]].add((joined.of(one[0]), one[1], one[2]))
        found += [f"{new}: {name} in {' '.join(places)}" for name, places in defined.items() if len(places) > 1]
        found += [f"{new}: {name} is imported as {sorted(ways)}" for name, ways in shown.items() if len(ways) > 1]
        found += [f"{new}: {name} is defined and imported" for name in defined.keys() & shown.keys()]
        inside = {str(path) for path in Path(*new.split(".")).rglob("*.py") if path.name != "__init__.py"}
        left = inside - {str(Path(*part.split(".")).with_suffix(".py")) for part in parts}
        found += [f"{new}: {path} stays in the package of that name" for path in left]
    return sorted(found)


def main(arguments: list[str]) -> int:
    """Join what the table names in the current folder."""
    joined = Joined(Path(arguments[0]).read_text(encoding="utf-8"))
    files = {file.module: file for file in source_files(read_program())}
    trees = {part: ast.parse(files[part].data) for parts in joined.parts.values() for part in parts}
    found = clashes(joined, trees)
    for line in found:
        print(line)
    if found or "--dry" in arguments:
        return 1 if found else 0
    texts = {module: _Rewriter(file, joined).rewritten() for module, file in files.items()}
    for module, file in files.items():
        if module not in joined.home and texts[module] != file.data:
            file.path.write_bytes(texts[module])
    for new, parts in joined.parts.items():
        order = ordered(parts, trees)
        path = Path(*new.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        text = joined_text((part, texts[part].decode()) for part in order)
        for part in parts:
            subprocess.run(["git", "rm", "-q", "--cached", str(files[part].path)], check=True)  # noqa: S607
            files[part].path.unlink()
        package = path.with_suffix("")
        if package.is_dir() and not [one for one in package.rglob("*.py") if one.name != "__init__.py"]:
            subprocess.run(["git", "rm", "-qrf", str(package)], check=True)  # noqa: S607
            shutil.rmtree(package, ignore_errors=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
