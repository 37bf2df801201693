# ruff: noqa: ARG002
"""Compare where names are bound before and after: no name may be caught by another scope, no two may become one."""

from __future__ import annotations

import ast
import symtable
from types import SimpleNamespace
from typing import Any

from build_spec.rename.occurrences import _Names

Bound = tuple[str, int, int]
"""Name, the number of the scope that binds it, the line."""


class _Bindings(_Names):
    """Walk names as the reader of the program does, and note which scope binds each."""

    def __init__(self, text: str) -> None:
        stub: Any = SimpleNamespace(module="m", offset=lambda line, _: line, file=SimpleNamespace(data=b""))
        super().__init__(stub, symtable.symtable(text, "m", "exec"))
        self.kept = [self.tables[0]]
        self.numbers = {id(self.tables[0]): 0}
        self.bound: list[Bound] = []

    def _enter(self, name: str, owner: tuple[str, str]) -> None:
        super()._enter(name, owner)
        self.kept.append(self.tables[-1])
        self.numbers[id(self.tables[-1])] = len(self.numbers)

    def _note(self, name: str, line: int) -> None:
        for depth in range(len(self.tables) - 1, -1, -1):
            table = self.tables[depth]
            if depth != len(self.tables) - 1 and self.owners[depth][0] == "class":
                continue
            try:
                symbol = table.lookup(name)
            except KeyError:
                continue
            if depth and symbol.is_declared_global():
                break
            if symbol.is_local() or symbol.is_parameter():
                self.bound.append((name, self.numbers[id(table)], line))
                return
        self.bound.append((name, 0, line))

    def _info(self, fullname: str) -> None:
        return None

    def _name_after(self, node: Any, name: str, target: str, kind: str) -> None:
        self._note(name, node.lineno)

    def _add(self, start: int, name: str, target: str, kind: str) -> None:
        if kind in ("argument", "name"):
            self._note(name, start)

    def _target_of(self, name: str) -> str:
        return ""

    def _global(self, name: str) -> str:
        return ""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Leave it out: the order of imports is that of the alphabet."""

    def visit_Import(self, node: ast.Import) -> None:
        """Leave it out as well."""

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        self.visit(node.func)
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            self.visit(keyword.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        self.generic_visit(node)


def binding_problems(before: str, after: str) -> list[str]:
    """Return each line where a name is bound elsewhere than before, or where two names have become one."""
    first, second = _Bindings(before), _Bindings(after)
    first.visit(ast.parse(before))
    second.visit(ast.parse(after))
    if len(first.bound) != len(second.bound):
        return [f"{len(first.bound)} / {len(second.bound)} names"]
    found = []
    names: dict[tuple[str, int], str] = {}
    back: dict[tuple[str, int], str] = {}
    for (old, scope, _), (new, new_scope, line) in zip(first.bound, second.bound, strict=True):
        if scope != new_scope:
            found.append(f"{line}: {old} → {new} is bound by another scope")
        if names.setdefault((old, scope), new) != new or back.setdefault((new, new_scope), old) != old:
            other = back.get((new, new_scope), "")
            found.append(f"{line}: {old} → {new} (also {other or names[old, scope]})")
    return found
