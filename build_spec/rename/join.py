"""Join modules into one, everywhere: ``python -m build_spec.rename.join TABLE [--dry]``.

A line of the table is ``new module<TAB>old module<TAB>old module…``; the parts stand in the order of who asks for whom,
else of the table. Imports of what stands in the same module go, names of modules before a dot too. What two parts call
alike is listed and nothing is written: the table of names parts it first. A module whose name is that of a layer is
imported as ``<package>_<layer>`` everywhere; what a text, a document or a table calls by its path or its dotted name
follows.
"""

from __future__ import annotations

import ast
import builtins
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from build_spec.rename.occurrences import SourceFile, read_program, source_files

Import = tuple[str, str, str]
"""Module, name in it ("" = the module itself), shown as."""


LAYERS: Final = ("contributions", "screens", "parts", "services", "documents", "intake", "rules")
"""Modules of these names are many: where one is imported, the name of its package stands before it."""


def shown_name(module: str) -> str:
    """Return the name by which a module is imported."""
    *_, package, last = module.split(".")
    return f"{package}_{last}" if last in LAYERS and package != "app" else last


class Joined:
    """Which module becomes part of which."""

    def __init__(self, text: str) -> None:
        self.parts: dict[str, list[str]] = {}
        self.packages: list[tuple[str, str]] = []
        for line in text.splitlines():
            if line.startswith("package\t"):
                _, before, after = line.split("\t")
                self.packages.append((before, after))
            elif line.strip() and not line.startswith("#"):
                new, *old = line.split("\t")
                self.parts[new] = old
        self.packages.sort(key=lambda pair: -len(pair[0]))
        self.home = {old: new for new, parts in self.parts.items() for old in parts}

    def of(self, module: str) -> str:
        """Return the module that a module is part of now."""
        return self.home.get(module, module)

    def package(self, module: str) -> str:
        """Return where a package is now."""
        for old, new in self.packages:
            if module == old or module.startswith(old + "."):
                return new + module[len(old) :]
        return module


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
        self.problems: list[str] = []
        self.taken: set[int] = set()
        self.around: dict[int, frozenset[str]] = {}
        for function in ast.walk(self.tree):
            if isinstance(function, (ast.FunctionDef, ast.Lambda)):
                names = _bound_in(function)
                for node in ast.walk(function):
                    self.around[id(node)] = self.around.get(id(node), frozenset()) | names

    def _names_around(self, node: ast.AST) -> frozenset[str]:
        """Return what the functions around a node bind."""
        return self.around.get(id(node), frozenset())

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
                    if node.attr in self._names_around(node):
                        self.problems.append(f"{self.file.path}:{node.lineno}: {node.attr} is a name of the function")
                    end = self.offset(node.end_lineno or 0, node.end_col_offset or 0) - len(node.attr.encode())
                    self.edits.append((start, end, b""))
                    self.taken.add(start)
        for one in self.file.occurrences:
            new = self.joined.home.get(one.target)
            if new is None or one.kind != "name" or one.start in own:
                continue
            if one.name == one.target.rsplit(".", 1)[-1]:
                self.edits.append((one.start, one.start + len(one.name.encode()), shown_name(new).encode()))
        for start in sorted(own - self.taken):
            line = self.file.data[:start].count(b"\n") + 1
            self.problems.append(f"{self.file.path}:{line}: its own module is handed on")
        data = self.file.data
        for start, end, new_text in sorted(set(self.edits), reverse=True):
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
                    called = alias.asname or shown_name(home)
                    last = home.rpartition(".")[2]
                    new[home.rpartition(".")[0]].append(last if called == last else f"{last} as {called}")
            elif module in self.joined.home:
                changed = True
                if self.joined.home[module] != self.here:
                    new[self.joined.home[module]].append(alias.name + shown)
                elif shown:
                    self.problems.append(f"{self.file.path}:{node.lineno}: {alias.name}{shown} of its own module")
            elif self.joined.package(module) != module:
                changed = True
                new[self.joined.package(module)].append(alias.name + shown)
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


def _bound_in(function: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    """Return the names that a function binds: arguments, what it assigns, imports, functions inside."""
    found = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    body = function.body if isinstance(function.body, list) else [function.body]
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.alias):
                found.add(node.asname or node.name)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                found.add(node.name)
    return frozenset(found)


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
        if len(parts) > 1:
            found += [f"{new}: {name} is a builtin" for name in defined if hasattr(builtins, name)]
        inside = {str(path) for path in Path(*new.split(".")).rglob("*.py") if path.name != "__init__.py"}
        left = inside - {str(Path(*part.split(".")).with_suffix(".py")) for part in parts}
        found += [f"{new}: {path} stays in the package of that name" for path in left]
    return sorted(found)


def bound_twice(place: str, text: bytes) -> list[str]:
    """Return each name that the imports of a module bind to two things, or a function binds over a layer."""
    tree = ast.parse(text)
    shown: dict[str, set[str]] = defaultdict(set)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                shown[one.asname or one.name].add(f"{node.module}.{one.name}")
    found = [f"{place}: {name} is {sorted(ways)}" for name, ways in shown.items() if len(ways) > 1]
    names = top_names(tree) | {
        one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    names |= {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
    layers = {name for name, ways in shown.items() if any(way.rpartition(".")[2] in LAYERS for way in ways)}
    layers = {name for name in layers if "_" in name}
    return found + [f"{place}: {name} is a layer and a name" for name in layers & names]


_DOTTED: Final = re.compile(r"(?<![\w./])(app(?:\.\w+)+)")
_PATH: Final = re.compile(r"(?<![\w./-])((?:app|tests)(?:/\w+)+)((?:\.py)?)(?!\w)")
_TEST_MODULE: Final = re.compile(r"(?<![\w./])tests((?:\.\w+)+)")
_PARENTS: Final = re.compile(r"(__file__\)(?:\.resolve\(\)|\))?\.parents\[)(\d+)(\])")


def followed(text: str, joined: Joined) -> str:
    """Return a text with today's places of modules and packages, dotted and as paths."""

    def place(dotted: str) -> str:
        """Return what a dotted name begins with today."""
        parts = dotted.split(".")
        for count in range(len(parts), 1, -1):
            head = ".".join(parts[:count])
            if head in joined.home:
                return ".".join([joined.home[head], *parts[count:]])
        return joined.package(dotted)

    def path(found: re.Match[str]) -> str:
        dotted = found[1].replace("/", ".")
        if dotted.startswith("tests."):
            return joined.package("app" + dotted[5:]).replace(".", "/").replace("app", "tests", 1) + found[2]
        new = joined.home.get(dotted) if found[2] else None
        new = new or joined.package(dotted)
        ending = found[2] or (".py" if new in joined.parts else "")
        return new.replace(".", "/") + ending

    text = _DOTTED.sub(lambda found: place(found[1]), text)
    text = _TEST_MODULE.sub(lambda found: "tests" + joined.package("app" + found[1])[3:], text)
    return _PATH.sub(path, text)


def lifted(text: str, by: int) -> str:
    """Return a text in which a file that lies so many folders higher still finds its folders."""
    return _PARENTS.sub(lambda found: f"{found[1]}{int(found[2]) - by}{found[3]}", text)


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout  # noqa: S607


def follow_everywhere(joined: Joined) -> None:
    """Let tests lie beside what they test, and let every text say where things are now."""
    for name in _git("ls-files", "-z", "tests").split("\0"):
        new = _PATH.sub(lambda found: followed(found[0], joined), name)
        if name and new != name:
            Path(new).parent.mkdir(parents=True, exist_ok=True)
            _git("mv", name, new)
            if new.endswith(".py"):
                text = Path(new).read_text(encoding="utf-8")
                Path(new).write_text(lifted(text, name.count("/") - new.count("/")), encoding="utf-8")
    for name in _git("ls-files", "-z").split("\0"):
        if not name.endswith((".py", ".md", ".toml", ".txt", ".in", "Makefile")) or not Path(name).is_file():
            continue
        if name.startswith(("build_spec/rename/", "tests/fixtures/")) or "/words" in name:
            continue
        text = Path(name).read_text(encoding="utf-8")
        new_text = followed(text, joined)
        if new_text != text:
            Path(name).write_text(new_text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Join what the table names in the current folder."""
    joined = Joined(Path(arguments[0]).read_text(encoding="utf-8"))
    files = {file.module: file for file in source_files(read_program())}
    trees = {part: ast.parse(files[part].data) for parts in joined.parts.values() for part in parts}
    found = clashes(joined, trees)
    texts: dict[str, bytes] = {}
    for module, file in files.items():
        rewriter = _Rewriter(file, joined)
        texts[module] = rewriter.rewritten()
        found += rewriter.problems + bound_twice(str(file.path), texts[module])
    for line in found:
        print(line)
    if found or "--dry" in arguments:
        return 1 if found else 0
    for module, file in files.items():
        if module not in joined.home and texts[module] != file.data:
            file.path.write_bytes(texts[module])
    for new, parts in joined.parts.items():
        order = ordered(parts, trees)
        path = Path(*new.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        text = joined_text((part, lifted(texts[part].decode(), part.count(".") - new.count("."))) for part in order)
        for part in parts:
            subprocess.run(["git", "rm", "-q", "--cached", str(files[part].path)], check=True)  # noqa: S607
            files[part].path.unlink()
        package = path.with_suffix("")
        if package.is_dir() and not [one for one in package.rglob("*.py") if one.name != "__init__.py"]:
            subprocess.run(["git", "rm", "-qrf", str(package)], check=True)  # noqa: S607
            shutil.rmtree(package, ignore_errors=True)
        path.write_text(text, encoding="utf-8")
    _git("add", "-A", "app", "tests")
    for old, new in joined.packages:
        _move_package(Path(*old.split(".")), Path(*new.split(".")))
    follow_everywhere(joined)
    return 0


def _move_package(old: Path, new: Path) -> None:
    """Move what a package holds besides its modules: its ``__init__.py``, its README."""
    for file in sorted(one for one in old.glob("*") if one.is_file()):
        if new.with_suffix(".py").exists() or (new / file.name).exists():
            _git("rm", "-qf", str(file))
        else:
            new.mkdir(parents=True, exist_ok=True)
            _git("mv", str(file), str(new / file.name))
    shutil.rmtree(old / "__pycache__", ignore_errors=True)
    if old.is_dir() and not any(old.iterdir()):
        old.rmdir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
