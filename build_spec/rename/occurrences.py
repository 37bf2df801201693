"""Find what every name in the source refers to, by its full name; an attribute by the class that defines it.

Names are resolved by scope, attributes and keyword arguments by the types that mypy infers. What mypy cannot know (an
attribute of an untyped test fixture) is left without an answer, and the caller decides.
"""

from __future__ import annotations

import ast
import re
import symtable
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mypy import build, nodes, types
from mypy.config_parser import parse_config_file
from mypy.find_sources import create_source_list
from mypy.options import Options

FOLDERS: Final = ("app", "db", "build_spec", "tests")
_OURS: Final = tuple(f"{one}." for one in FOLDERS)
Place = tuple[int, int]
"""Line and byte column where an expression ends."""


@dataclass(frozen=True)
class Occurrence:
    """One identifier in one file.

    ``start`` is its offset in the bytes of the file, ``target`` the full name of what it refers to, "" = not known.
    """

    start: int
    name: str
    target: str
    kind: str


@dataclass
class SourceFile:
    """One file with its module, its bytes and every occurrence that counts."""

    path: Path
    module: str
    data: bytes
    occurrences: list[Occurrence] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class Program:
    """What mypy knows of the whole program."""

    files: dict[str, nodes.MypyFile]
    types: dict[nodes.Expression, types.Type]
    paths: dict[str, Path]


def read_program() -> Program:
    """Return the program of the current folder as mypy sees it, tests included."""
    options = Options()
    parse_config_file(options, lambda: None, "pyproject.toml", sys.stdout, sys.stderr)
    options.export_types = options.preserve_asts = options.check_untyped_defs = True
    options.incremental = False
    sources = create_source_list(list(FOLDERS), options)
    result = build.build(sources, options)
    paths = {one.module: Path(one.path) for one in sources if one.path}
    return Program(dict(result.files), dict(result.types), paths)


def source_files(program: Program) -> Iterator[SourceFile]:
    """Walk every file of the program with what its identifiers refer to."""
    for module, path in sorted(program.paths.items()):
        yield _Reader(program, module, path).read()


def definer(info: nodes.TypeInfo, name: str) -> str:
    """Return ``class.name`` of the topmost class that defines an attribute, "" where none or one of others does."""
    found = ""
    for one in info.mro:
        if name in one.names:
            found = f"{one.fullname}.{name}"
    return found


class _Attributes:
    """Collect by their end what attributes and keyword arguments refer to."""

    def __init__(self, program: Program, tree: nodes.MypyFile) -> None:
        self.types = program.types
        self.attributes: dict[tuple[Place, str], set[str]] = {}
        self.keywords: dict[tuple[int, int, Place, str], set[str]] = {}
        for one in _walk(tree):
            if isinstance(one, nodes.MemberExpr):
                self._member_expr(one)
            elif isinstance(one, nodes.SuperExpr):
                self._super_expr(one)
            elif isinstance(one, nodes.CallExpr):
                self._call_expr(one)

    def _member_expr(self, o: nodes.MemberExpr) -> None:
        if o.end_line is None or o.end_column is None:
            return
        self.attributes.setdefault(((o.end_line, o.end_column), o.name), set()).update(self._targets(o))

    def _targets(self, o: nodes.MemberExpr) -> set[str]:
        if isinstance(o.expr, nodes.RefExpr) and isinstance(o.expr.node, nodes.MypyFile):
            symbol = o.expr.node.names.get(o.name)
            if symbol is not None and symbol.node is not None:
                return {symbol.node.fullname}
            return {f"{o.expr.node.fullname}.{o.name}"}
        if isinstance(o.expr, nodes.RefExpr) and isinstance(o.expr.node, nodes.TypeInfo):
            return {definer(o.expr.node, o.name)}
        return {definer(one, o.name) for one in infos_of(self.types.get(o.expr))}

    def _super_expr(self, o: nodes.SuperExpr) -> None:
        if o.info is not None and o.end_line is not None and o.end_column is not None:
            found = {definer(one, o.name) for one in o.info.mro[1:2]}
            self.attributes.setdefault(((o.end_line, o.end_column), o.name), set()).update(found)

    def _call_expr(self, o: nodes.CallExpr) -> None:
        if o.end_line is None or o.end_column is None:
            return
        for name in o.arg_names:
            if name is None:
                continue
            key = (o.line, o.column, (o.end_line, o.end_column), name)
            self.keywords.setdefault(key, set()).update(self._arguments(o, name))

    def _arguments(self, o: nodes.CallExpr, name: str) -> set[str]:
        return {one for one in self._of_callee(o, name) if one} or self._handed_on(o, name)

    def _of_callee(self, o: nodes.CallExpr, name: str) -> set[str]:
        callee = o.callee
        while isinstance(callee, nodes.IndexExpr):
            callee = callee.base
        if isinstance(callee, nodes.RefExpr):
            if callee.fullname in ("dataclasses.replace", "copy.replace") and o.args:
                return {definer(one, name) for one in infos_of(self.types.get(o.args[0]))}
            if isinstance(callee.node, nodes.TypeInfo):
                return {argument_of_class(callee.node, name)}
            of_module = not isinstance(callee, nodes.MemberExpr) or (
                isinstance(callee.expr, nodes.RefExpr) and isinstance(callee.expr.node, nodes.MypyFile)
            )
            if of_module and isinstance(callee.node, (nodes.FuncDef, nodes.Decorator, nodes.OverloadedFuncDef)):
                function = callee.node.func if isinstance(callee.node, nodes.Decorator) else callee.node
                if not isinstance(function, nodes.FuncDef) or name in function.arg_names:
                    return {f"{callee.node.fullname}:{name}"}
                return set()
        return {found for one in callables_of(self.types.get(o.callee)) if (found := argument_of(one, name))}

    def _handed_on(self, o: nodes.CallExpr, name: str) -> set[str]:
        """What a keyword names that a call hands on to a function among its arguments."""
        found = set()
        for one in o.args:
            node = one.node if isinstance(one, nodes.RefExpr) else None
            function = node.func if isinstance(node, nodes.Decorator) else node
            if isinstance(function, nodes.FuncDef):
                if name in function.arg_names:
                    owner = function.fullname
                    if function.info and function.name != "__init__":
                        owner = definer(function.info, function.name) or owner
                    found.add(f"{owner}:{name}")
                continue
            found |= {
                argument_of(called, name) for called in callables_of(self.types.get(one)) if name in called.arg_names
            }
        return found


_BACK: Final = frozenset(("node", "info", "type", "definition", "names", "unanalyzed_type", "mro", "type_info"))
"""Attributes of a node that lead to what it refers to, and not to a part of it."""
_parts: Final[dict[type, tuple[str, ...]]] = {}


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Walk a node and all its parts: the visitors of the compiled mypy can't be inherited from."""
    waiting: list[Any] = [node]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, (list, tuple)):
            waiting.extend(one)
            continue
        if not isinstance(one, (nodes.Node, nodes.Block)) or id(one) in seen or isinstance(one, nodes.TypeInfo):
            continue
        seen.add(id(one))
        yield one
        kind = type(one)
        if kind not in _parts:
            _parts[kind] = tuple(name for name in dir(kind) if not name.startswith("_") and name not in _BACK)
        for name in _parts[kind]:
            try:
                part = getattr(one, name)
            except AttributeError:
                continue
            if isinstance(part, (list, tuple, nodes.Node)):
                waiting.append(part)


def argument_of_class(info: nodes.TypeInfo, name: str) -> str:
    """Return what a keyword of a class's call names: a field, else an argument of its ``__init__``."""
    for one in info.mro:
        if one.fullname == "builtins.object":
            break
        init = one.names.get("__init__")
        if init is not None and not init.plugin_generated:
            return f"{one.fullname}.__init__:{name}"
        if init is not None:
            break
    return definer(info, name)


def argument_of(one: types.CallableType, name: str) -> str:
    """Return what a keyword of a call names."""
    definition = one.definition
    if isinstance(definition, nodes.Decorator):
        definition = definition.func
    if isinstance(definition, nodes.FuncDef):
        if name not in definition.arg_names:
            return ""
        if definition.info and definition.name == "__init__":
            return argument_of_class(definition.info, name)
        if definition.info:
            top = definer(definition.info, definition.name)
            return f"{top or definition.fullname}:{name}"
        return f"{definition.fullname}:{name}"
    if one.is_type_obj():
        return argument_of_class(one.type_object(), name)
    return ""


def infos_of(found: types.Type | None) -> Iterator[nodes.TypeInfo]:
    """Walk the classes that a value of this type may belong to."""
    if found is None:
        return
    found = types.get_proper_type(found)
    if isinstance(found, types.Instance):
        yield found.type
    elif isinstance(found, types.UnionType):
        for one in found.items:
            yield from infos_of(one)
    elif isinstance(found, types.TypeVarType):
        yield from infos_of(found.upper_bound)
    elif isinstance(found, types.TupleType):
        yield found.partial_fallback.type
    elif isinstance(found, types.TypeType):
        yield from infos_of(found.item)
    elif (isinstance(found, types.CallableType) and found.is_type_obj()) or (
        isinstance(found, types.Overloaded) and found.is_type_obj()
    ):
        yield found.type_object()
    elif isinstance(found, types.LiteralType):
        yield found.fallback.type


def callables_of(found: types.Type | None) -> Iterator[types.CallableType]:
    """Walk what may be called by a value of this type."""
    if found is None:
        return
    found = types.get_proper_type(found)
    if isinstance(found, types.CallableType):
        yield found
    elif isinstance(found, types.Overloaded):
        yield from found.items
    elif isinstance(found, types.UnionType):
        for one in found.items:
            yield from callables_of(one)
    elif isinstance(found, types.TypeType):
        for info in infos_of(found.item):
            init = info.get("__init__")
            if init is not None and isinstance(init.type, types.CallableType):
                yield init.type


class _Reader:
    """Read one file: names by scope, attributes and keywords by what mypy found."""

    def __init__(self, program: Program, module: str, path: Path) -> None:
        self.program, self.module = program, module
        self.file = SourceFile(path, module, path.read_bytes())
        self.tree = program.files[module]
        self.lines = [0]
        for line in self.file.data.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        walker = _Attributes(program, self.tree)
        self.attributes, self.keywords = walker.attributes, walker.keywords
        self.texts = self.file.data.split(b"\n")
        self.on_line: dict[tuple[int, str, str], set[str]] = {}
        for (attribute_end, name), found in self.attributes.items():
            self.on_line.setdefault((attribute_end[0], "attribute", name), set()).add(_one_of(found))
        for (first_line, _, _, name), found in self.keywords.items():
            self.on_line.setdefault((first_line, "keyword", name), set()).add(_one_of(found))
        self.joined: list[tuple[int, int, list[Occurrence]]] = []

    def read(self) -> SourceFile:
        text = self.file.data.decode()
        tree = ast.parse(text)
        table = symtable.symtable(text, str(self.file.path), "exec")
        _Names(self, table).visit(tree)
        for start, end, inside in self.joined:
            self._place_inside(start, end, inside)
        return self.file

    def offset(self, line: int, column: int) -> int:
        return self.lines[line - 1] + column

    def attribute(self, end: Place, name: str) -> str:
        """Return what the attribute that ends here refers to."""
        for one in self._columns(*end):
            found = self.attributes.get(((end[0], one), name))
            if found is not None:
                return _one_of(found)
        return self._by_line(end[0], "attribute", name)

    def keyword(self, start: Place, end: Place, name: str) -> str:
        """Return what the keyword of the call from ``start`` to ``end`` refers to."""
        for first, last in zip(self._columns(*start), self._columns(*end), strict=True):
            found = self.keywords.get((start[0], first, (end[0], last), name))
            if found is not None:
                return _one_of(found)
        return self._by_line(start[0], "keyword", name)

    def _columns(self, line: int, column: int) -> tuple[int, int]:
        """Where mypy 2.4 puts a column of bytes: what is beyond ASCII before it is taken off twice."""
        signs = len(self.texts[line - 1][:column].decode(errors="replace"))
        return (2 * signs - column, column)

    def _by_line(self, line: int, kind: str, name: str) -> str:
        found = self.on_line.get((line, kind, name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def add(self, start: int, name: str, target: str, kind: str, inside: list[Occurrence] | None) -> None:
        one = Occurrence(start, name, target, kind)
        if inside is not None:
            inside.append(one)
            return
        if self.file.data[start : start + len(name.encode())].decode(errors="replace") != name:
            self.file.problems.append(f"{self.file.path}: {name} is not at {start}")
            return
        self.file.occurrences.append(one)

    def _place_inside(self, start: int, end: int, inside: list[Occurrence]) -> None:
        """Find where the names of an f-string stand: the parser of 3.11 does not say it."""
        text = self.file.data[start:end]
        by_name: dict[str, list[Occurrence]] = {}
        for one in inside:
            by_name.setdefault(one.name, []).append(one)
        for name, found in by_name.items():
            if not any(one.target for one in found):
                continue
            places = [
                hit.start()
                for hit in re.finditer(rb"(?<![\w\x80-\xff])" + re.escape(name.encode()) + rb"(?![\w\x80-\xff])", text)
                if _in_braces(text, hit.start())
            ]
            targets = {(one.target, one.kind) for one in found}
            if len(places) == len(found):
                pairs = zip(places, found, strict=True)
            elif len(targets) == 1 and len(places) >= 1:
                pairs = zip(places, [found[0]] * len(places), strict=True)
            else:
                self.file.problems.append(
                    f"{self.file.path}: {name} {len(found)} times in an f-string, {len(places)} seen"
                )
                continue
            for place, one in pairs:
                self.file.occurrences.append(Occurrence(start + place, name, one.target, one.kind))


def _in_braces(text: bytes, place: int) -> bool:
    depth = 0
    index = 0
    while index < place:
        sign = text[index : index + 1]
        if sign == b"{":
            if depth == 0 and text[index + 1 : index + 2] == b"{":
                index += 2
                continue
            depth += 1
        elif sign == b"}" and depth:
            depth -= 1
        index += 1
    return depth > 0


_NAMED_BY_TEXT: Final = ("TypeVar", "ParamSpec", "NewType", "cast")
"""What is given the name of a type as a text."""


class _Names(ast.NodeVisitor):
    """Walk the tree with the scope that each name stands in."""

    def __init__(self, reader: _Reader, table: symtable.SymbolTable) -> None:
        self.reader = reader
        self.tables = [table]
        self.owners: list[tuple[str, str]] = [("module", reader.module)]
        self.inside: list[Occurrence] | None = None
        self.children: list[list[symtable.SymbolTable]] = [list(table.get_children())]

    # scopes

    def _enter(self, name: str, owner: tuple[str, str]) -> None:
        table = next(one for one in self.children[-1] if one.get_name() == name)
        self.children[-1].remove(table)
        self.tables.append(table)
        self.children.append(list(table.get_children()))
        self.owners.append(owner)

    def _leave(self) -> None:
        self.tables.pop()
        self.children.pop()
        self.owners.pop()

    def _full(self, name: str) -> str:
        return f"{self.owners[-1][1]}.{name}"

    def _defined(self, name: str) -> str:
        """The identity of a definition here: of a method, the topmost class that defines it."""
        kind, owner = self.owners[-1]
        if kind == "class":
            info = self._info(owner)
            return definer(info, name) if info is not None else f"{owner}.{name}"
        return f"{owner}.{name}"

    def _info(self, fullname: str) -> nodes.TypeInfo | None:
        node: Any = self.reader.tree
        for part in fullname[len(self.reader.module) + 1 :].split("."):
            names = node.names if hasattr(node, "names") else {}
            symbol = names.get(part)
            if symbol is None or not isinstance(symbol.node, nodes.TypeInfo):
                return None
            node = symbol.node
        return node if isinstance(node, nodes.TypeInfo) else None

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for one in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(one)
        self._name_after(node, node.name, self._defined(node.name), "definition")
        self._enter(node.name, ("class", self._full(node.name)))
        for statement in node.body:
            self.visit(statement)
        self._leave()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for one in node.decorator_list:
            self.visit(one)
        self._arguments_outside(node.args)
        if node.returns is not None:
            self.visit(node.returns)
        target = self._defined(node.name)
        self._name_after(node, node.name, target, "definition")
        target = self._full(node.name) if node.name == "__init__" else target
        self._enter(node.name, ("function", target or f"?{self._full(node.name)}"))
        self._arguments_inside(node.args)
        for statement in node.body:
            self.visit(statement)
        self._leave()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._arguments_outside(node.args)
        self._enter("lambda", ("function", f"?{self._full('lambda')}"))
        self._arguments_inside(node.args)
        self.visit(node.body)
        self._leave()

    def _arguments_outside(self, found: ast.arguments) -> None:
        for one in (*found.defaults, *(value for value in found.kw_defaults if value is not None)):
            self.visit(one)
        for argument in _all_arguments(found):
            if argument.annotation is not None:
                self.visit(argument.annotation)

    def _arguments_inside(self, found: ast.arguments) -> None:
        for argument in _all_arguments(found):
            start = self.reader.offset(argument.lineno, argument.col_offset)
            self._add(start, argument.arg, self._argument(argument.arg), "argument")

    def _argument(self, name: str) -> str:
        owner = self.owners[-1][1]
        return "" if owner.startswith("?") else f"{owner}:{name}"

    def _comprehension(self, node: Any, name: str) -> None:
        first = node.generators[0]
        self.visit(first.iter)
        self._enter(name, ("function", f"?{self._full(name)}"))
        self.visit(first.target)
        for one in first.ifs:
            self.visit(one)
        for generator in node.generators[1:]:
            self.visit(generator)
        for part in ("elt", "key", "value"):
            if hasattr(node, part):
                self.visit(getattr(node, part))
        self._leave()

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node, "listcomp")

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node, "setcomp")

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node, "dictcomp")

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node, "genexpr")

    # names

    def visit_Name(self, node: ast.Name) -> None:
        start = self.reader.offset(node.lineno, node.col_offset)
        self._add(start, node.id, self._target_of(node.id), "name")

    def visit_Global(self, node: ast.Global) -> None:
        start = self.reader.offset(node.lineno, node.col_offset)
        segment = self.reader.file.data[start : self.reader.offset(node.end_lineno or 0, node.end_col_offset or 0)]
        for name in node.names:
            hit = re.search(rb"\b" + name.encode() + rb"\b", segment)
            if hit:
                self._add(start + hit.start(), name, self._global(name), "name")

    def _target_of(self, name: str) -> str:
        """What a name refers to in the scope where it stands."""
        for depth in range(len(self.tables) - 1, -1, -1):
            table = self.tables[depth]
            kind, owner = self.owners[depth]
            if depth != len(self.tables) - 1 and kind == "class":
                continue
            try:
                symbol = table.lookup(name)
            except KeyError:
                continue
            if kind == "module" or symbol.is_declared_global():
                return self._global(name)
            if symbol.is_parameter():
                return "" if owner.startswith("?") else f"{owner}:{name}"
            if symbol.is_local():
                if kind == "class":
                    info = self._info(owner)
                    return definer(info, name) if info is not None else ""
                if symbol.is_imported():
                    return self._imported_here(depth, name)
                return f"{owner}.{name}" if symbol.is_namespace() and not owner.startswith("?") else ""
        return self._global(name)

    def _imported_here(self, depth: int, name: str) -> str:
        return self._local_imports.get((id(self.tables[depth]), name), "")

    @property
    def _local_imports(self) -> dict[tuple[int, str], str]:
        if not hasattr(self, "_found_imports"):
            self._found_imports: dict[tuple[int, str], str] = {}
        return self._found_imports

    def _global(self, name: str) -> str:
        symbol = self.reader.tree.names.get(name)
        if symbol is None or symbol.node is None:
            return ""
        if symbol.module_public is False and not symbol.node.fullname:
            return ""
        return symbol.node.fullname or ""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        for alias in node.names:
            start = self.reader.offset(alias.lineno, alias.col_offset)
            target = self._member(module, alias.name)
            if alias.name != "*":
                self._add(start, alias.name, target, "import")
            if alias.asname == alias.name:
                end = self.reader.offset(alias.end_lineno or 0, alias.end_col_offset or 0)
                self._add(end - len(alias.name.encode()), alias.name, target, "import")
            self._local_imports[id(self.tables[-1]), alias.asname or alias.name] = target

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            shown = alias.asname or alias.name.split(".")[0]
            self._local_imports[id(self.tables[-1]), shown] = alias.name

    def _member(self, module: str, name: str) -> str:
        file = self.reader.program.files.get(module)
        if file is None:
            return ""
        symbol = file.names.get(name)
        if symbol is not None and symbol.node is not None:
            return symbol.node.fullname or f"{module}.{name}"
        return f"{module}.{name}"

    # attributes, keywords, strings

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        first = node.targets[0]
        if isinstance(first, ast.Name) and first.id == "__all__" and isinstance(node.value, (ast.List, ast.Tuple)):
            for one in node.value.elts:
                if isinstance(one, ast.Constant):
                    start = self.reader.offset(one.lineno, one.col_offset) + 1
                    self._add(start, str(one.value), self._global(str(one.value)), "name")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        end = (node.end_lineno or 0, node.end_col_offset or 0)
        start = self.reader.offset(*end) - len(node.attr.encode())
        target = self.reader.attribute(end, node.attr)
        if not target and isinstance(node.value, ast.Name):
            module = self._target_of(node.value.id)
            target = self._member(module, node.attr) if module in self.reader.program.files else ""
        self._add(start, node.attr, target, "attribute")

    def visit_Call(self, node: ast.Call) -> None:
        self.visit(node.func)
        first = node.args[0] if node.args else None
        if isinstance(node.func, ast.Name) and node.func.id in _NAMED_BY_TEXT and isinstance(first, ast.Constant):
            name = str(first.value)
            if name.isidentifier() and self._target_of(name):
                self._add(self.reader.offset(first.lineno, first.col_offset) + 1, name, self._target_of(name), "name")
        for argument in node.args:
            self.visit(argument)
        end = (node.end_lineno or 0, node.end_col_offset or 0)
        for keyword in node.keywords:
            if keyword.arg is not None:
                target = self.reader.keyword((node.lineno, node.col_offset), end, keyword.arg)
                target = target or self._of_callee(node.func, keyword.arg)
                start = self.reader.offset(keyword.lineno, keyword.col_offset)
                self._add(start, keyword.arg, target, "keyword")
            self.visit(keyword.value)

    def _of_callee(self, callee: ast.expr, name: str) -> str:
        """What a keyword names where mypy gives a call no type: in annotations, in code that nothing reaches."""
        if not isinstance(callee, ast.Name):
            return ""
        symbol = self.reader.tree.names.get(callee.id)
        if symbol is None or self._target_of(callee.id) != symbol.fullname:
            return ""
        if isinstance(symbol.node, nodes.TypeInfo):
            return argument_of_class(symbol.node, name)
        return f"{symbol.node.fullname}:{name}" if isinstance(symbol.node, nodes.FuncDef) else ""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        if self.inside is not None:
            self.generic_visit(node)
            return
        self.inside = []
        self.generic_visit(node)
        start = self.reader.offset(node.lineno, node.col_offset)
        end = self.reader.offset(node.end_lineno or 0, node.end_col_offset or 0)
        self.reader.joined.append((start, end, self.inside))
        self.inside = None

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        self.generic_visit(node)
        if node.kwd_attrs:
            self.reader.file.problems.append(f"{self.reader.file.path}:{node.lineno}: a class pattern with names")

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.generic_visit(node)

    def _name_after(self, node: Any, name: str, target: str, kind: str) -> None:
        start = self.reader.offset(node.lineno, node.col_offset)
        hit = re.compile(rb"(?:class|def)\s+").search(self.reader.file.data, start)
        if hit is not None:
            self._add(hit.end(), name, target, kind)

    def _add(self, start: int, name: str, target: str, kind: str) -> None:
        self.reader.add(start, name, target, kind, self.inside)


def _all_arguments(found: ast.arguments) -> list[ast.arg]:
    extra = [one for one in (found.vararg, found.kwarg) if one is not None]
    return [*found.posonlyargs, *found.args, *found.kwonlyargs, *extra]


def _one_of(found: set[str] | None) -> str:
    """Return the one definer, several joined by a bar, "" where mypy does not know."""
    return "|".join(sorted(one for one in found or () if one))
