"""Rename what the table names, everywhere, by what each identifier refers to; move the modules that it moves.

``python -m build_spec.rename.apply TABLE [--dry]``. A line of the table is ``old full name<TAB>new last name``
(``package.module.Class.attribute``, ``package.module.function:argument``) or ``module<TAB>old<TAB>new`` for a module
or package, or ``choice<TAB>path:line:name<TAB>new name`` for one place that no type tells, or
``text<TAB>path<TAB>old<TAB>new`` for a name in a string. What no type tells is renamed where every definition of that
name gets the same new one, else it is listed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from build_spec.rename.occurrences import FOLDERS, Occurrence, Program, SourceFile, read_program, source_files
from build_spec.rename.texts import follow

_BY_NAME: Final = frozenset(("attribute", "keyword"))


class Table:
    """What becomes of names and modules."""

    def __init__(self, text: str) -> None:
        self.names: dict[str, str] = {}
        self.modules: dict[str, str] = {}
        self.choices: dict[str, str] = {}
        self.known: frozenset[str] = frozenset()
        self.texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._pairs: set[tuple[str, str]] | None = None
        self.paths = re.compile("")
        for line in text.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            parts = line.split("\t")
            if parts[0] == "choice":
                self.choices[parts[1]] = parts[2]
            elif parts[0] == "text":
                self.texts[parts[1]].append((parts[2], parts[3]))
            elif parts[0] == "module":
                self.modules[parts[1]] = parts[2]
            else:
                self.names[parts[0]] = parts[1]
        for old in sorted(self.modules, key=len):
            parent, _, last = self.modules[old].rpartition(".")
            self.modules[old] = f"{self.module(parent)}.{last}"
        longest_first = sorted(self.modules, key=len, reverse=True)
        paths = "|".join(re.escape(one.replace(".", "/")) for one in longest_first)
        self.paths = re.compile(rf"(?<![\w/])(?:{paths})(?=/|\.py)")

    def module(self, name: str) -> str:
        """Return where a module of before stands now."""
        parts = name.split(".")
        for size in range(len(parts), 0, -1):
            head = ".".join(parts[:size])
            if head in self.modules:
                return ".".join((self.modules[head], *parts[size:]))
        return name

    def new_name(self, target: str, name: str, known: frozenset[str]) -> str | None:
        """Return what a name is called now, None where its targets do not agree."""
        found = {self._one(one, name, known) for one in target.split("|")}
        return found.pop() if len(found) == 1 else None

    def target(self, target: str, modules: frozenset[str]) -> str:
        """Return by what full name a definition of before is known now."""
        owner, separator, argument = target.partition(":")
        names = owner.split(".")
        changed = [
            self._one(".".join(names[: size + 1]), name, modules) if size else name for size, name in enumerate(names)
        ]
        split = next((size for size in range(len(names), 0, -1) if ".".join(names[:size]) in modules), 0)
        head = self.module(".".join(names[:split])).split(".") if split else []
        full = ".".join((*head, *changed[split:]))
        return f"{full}:{self.names.get(target, argument)}" if separator else full

    def allows(self, before: str, after: str) -> bool:
        """Say whether the table makes this identifier, or this name of a module, of that one."""
        pairs = self._pairs
        if pairs is None:
            pairs = {(re.split("[.:]", old)[-1], new) for old, new in self.names.items()}
            pairs |= {pair for found in self.texts.values() for pair in found}
            pairs |= {(old.rsplit(".", 1)[-1], new.rsplit(".", 1)[-1]) for old, new in self.modules.items()}
            self._pairs = pairs
        return (before, after) in pairs or with_modules(before, self, self.known) == after

    def _one(self, target: str, name: str, known: frozenset[str]) -> str:
        if target in self.names:
            shown_otherwise = name != re.split("[.:]", target)[-1]
            return name if shown_otherwise else self.names[target]
        if target in known:
            moved = self.module(target)
            return moved.rsplit(".", 1)[-1] if moved != target and name == target.rsplit(".", 1)[-1] else name
        return name


def edits(files: Iterable[SourceFile], table: Table, modules: frozenset[str]) -> tuple[dict[Path, bytes], list[str]]:
    """Return the new bytes of every file that changes, and what has to be decided by a person."""
    files = list(files)
    by_short: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for one in file.occurrences:
            for target in one.target.split("|"):
                if target.startswith(tuple(f"{folder}." for folder in FOLDERS)):
                    by_short[one.name].add(table.names.get(target, one.name))
    found: dict[Path, bytes] = {}
    open_questions: list[str] = []
    for file in files:
        open_questions += file.problems
        changes: dict[int, tuple[str, str]] = {}
        for one in file.occurrences:
            new = _new(one, table, by_short, modules)
            line = file.data[: one.start].count(b"\n") + 1 if new is None else 0
            new = table.choices.get(f"{file.path}:{line}:{one.name}") if new is None else new
            if new is None:
                open_questions.append(f"{file.path}:{line}: {one.name} ({one.kind}) {one.target or 'unknown'}")
            elif new != one.name:
                changes[one.start] = (one.name, new)
        data = file.data
        for start, (old, new) in sorted(changes.items(), reverse=True):
            data = data[:start] + new.encode() + data[start + len(old.encode()) :]
        data = _with_strings(file.path, with_modules(data.decode(), table, modules), table).encode()
        if file.path.suffix == ".py":
            data = _with_texts(file, data, changes, by_short)
        if data != file.data:
            found[file.path] = data
    return found, open_questions


def _new(one: Occurrence, table: Table, by_short: Mapping[str, set[str]], modules: frozenset[str]) -> str | None:
    if one.target:
        return table.new_name(one.target, one.name, modules)
    if one.kind not in _BY_NAME:
        return one.name
    candidates = by_short.get(one.name, {one.name})
    return next(iter(candidates)) if len(candidates) == 1 else None


def _with_strings(path: Path, text: str, table: Table) -> str:
    """Return a module with the names in strings that the table lists for it."""
    for before, after in table.texts.get(str(path), ()):
        if f'"{before}"' not in text:
            raise SystemExit(f"{path}: no text {before}")
        text = text.replace(f'"{before}"', f'"{after}"')
    return text


def _with_texts(
    file: SourceFile,
    data: bytes,
    changes: Mapping[int, tuple[str, str]],
    by_short: Mapping[str, set[str]],
) -> bytes:
    """Return a module whose docstrings and comments follow."""
    names = {old: next(iter(new)) for old, new in by_short.items() if len(new) == 1 and new != {old}}
    renamed = {
        one.start: changes[one.start] for one in file.occurrences if one.kind == "argument" and one.start in changes
    }
    owners = {}
    for start, (old, new) in renamed.items():
        before = file.data.rfind(b"def ", 0, start)
        owners[file.data[:before].count(b"\n") + 1, old] = new
    if not names and not owners:
        return data
    return follow(data.decode(), names, owners).encode()


_DOTTED: Final = re.compile(r"(?<![\w.])(?:app|db|tests|build_spec)(?:\.\w+)+")


def with_modules(text: str, table: Table, modules: frozenset[str] = frozenset()) -> str:
    """Return a text with the dotted names and paths of what moved, in imports and strings alike."""
    if not table.modules:
        return text
    text = _DOTTED.sub(lambda hit: table.target(hit[0], modules) if modules else table.module(hit[0]), text)
    return table.paths.sub(lambda hit: table.modules[hit[0].replace("/", ".")].replace(".", "/"), text)


def known_modules(program: Program) -> frozenset[str]:
    """Return every module and package of the program."""
    return frozenset(
        ".".join(name.split(".")[:size]) for name in program.paths for size in range(1, name.count(".") + 2)
    )


def _other_texts() -> list[Path]:
    """Return the texts beside the source that name modules and paths."""
    return [Path("pyproject.toml"), Path("Makefile"), *Path("docs").rglob("*.md"), *Path().glob("*.md")]


def _move(old: str, table: Table) -> None:
    """Move a module or package; what holds it was moved before it."""
    parent, _, last = old.rpartition(".")
    before, after = Path(*table.module(parent).split("."), last), Path(*table.module(old).split("."))
    for one, other in ((before, after), (before.with_suffix(".py"), after.with_suffix(".py"))):
        if one.exists() and one != other:
            other.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["git", "mv", str(one), str(other)], check=True)  # noqa: S607


def read_table(path: Path) -> Table:
    """Return the table of a file, or of all files of a folder."""
    files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
    return Table("\n".join(one.read_text(encoding="utf-8") for one in files))


def main(arguments: list[str]) -> int:
    """Apply the table to the current folder."""
    table = read_table(Path(arguments[0]))
    program = read_program()
    table.known = known_modules(program)
    changed, questions = edits(source_files(program), table, table.known)
    for line in questions:
        print(line)
    print(f"{len(changed)} files, {len(questions)} questions", file=sys.stderr)
    if "--dry" in arguments:
        return 0
    for path, data in changed.items():
        path.write_bytes(data)
    for path in _other_texts():
        text = path.read_text(encoding="utf-8")
        path.write_text(with_modules(text, table, table.known), encoding="utf-8")
    for old in sorted(table.modules, key=len):
        _move(old, table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
