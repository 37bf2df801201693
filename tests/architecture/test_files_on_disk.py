"""Only db.files.filesystem renames, removes and resolves files: what differs by system is written, and waited for,
in one place."""

import ast
from collections.abc import Iterable

import pytest

HOME = "db/files/filesystem.py"
OWN_CALLS = {"unlink", "rename", "resolve", "rmdir", "as_uri"}
SYSTEM_CALLS = {
    "os": {"replace", "rename", "renames", "unlink", "remove", "rmdir", "removedirs"},
    "shutil": {"move", "rmtree"},
}
MODULES = {"tempfile", "getpass", "msvcrt", "fcntl", "winreg", "pwd", "ctypes"}

KINDS_OF_SYSTEM = {("sys", "platform"), ("os", "name")}
# They cap the memory of a process, give it back and keep it from being dumped, which has nothing to do with files; the
# last says who may read one, by the system's own lists.
MAY_ASK_THE_SYSTEM = {
    "app/foreign_files/children/child_process.py",
    "app/startup/no_dumps.py",
    "app/window/memory.py",
    "db/files/owner_only_files.py",
}
MAY_CALL = {"ctypes", "msvcrt"}
SPEAKS_C = {"app/foreign_files/children/pdf_child.py"}
"""Asks the reader of PDFs in its own types, and no system."""


def found_in(nodes: Iterable[ast.AST]) -> list[tuple[int, str]]:
    """Every place where a file is renamed, removed or resolved, or asked for by a module that guesses."""
    seen: list[tuple[int, str]] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            seen += [(node.lineno, alias.name) for alias in node.names if alias.name in MODULES]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            banned = SYSTEM_CALLS.get(module, set())
            seen += [
                (node.lineno, f"{module}.{alias.name}")
                for alias in node.names
                if module in MODULES or alias.name in banned
            ]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            said = owner.id if isinstance(owner, ast.Name) else ""
            # text.replace has two arguments, day.replace has names: with one it is a file that takes another's place.
            puts_in_place = name == "replace" and len(node.args) == 1 and not node.keywords
            by_path = name in OWN_CALLS and said != "filesystem"
            if name in SYSTEM_CALLS.get(said, set()) or puts_in_place or by_path:
                seen.append((node.lineno, f"{said}.{name}"))
    return seen


def test_nobody_else_renames_removes_or_resolves_a_file(product):
    offenders = [
        f"{source.address}:{line} {call}"
        for source in product
        if source.address != HOME
        for line, call in found_in(source.nodes)
        if not (call.partition(".")[0] in MAY_CALL and source.address in MAY_ASK_THE_SYSTEM | SPEAKS_C)
    ]

    assert offenders == []


def test_every_database_is_opened_by_an_address_that_shares_have_too(product):
    opened = [
        node
        for source in product
        for node in source.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr, getattr(node.func.value, "id", "")) == ("connect", "dbapi2")
    ]
    by_address = [call for call in opened if any(given.arg == "uri" for given in call.keywords)]
    in_memory = [call for call in opened if getattr(call.args[0], "value", "") == ":memory:"]

    assert (len(by_address), len(in_memory)) == (2, 1)
    assert len(opened) == 3


def asked_of_the_system(nodes: Iterable[ast.AST]) -> list[int]:
    """Every line that asks which system it runs on."""
    return [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in KINDS_OF_SYSTEM
    ]


def test_nobody_else_asks_which_system_it_is(product):
    asking = {source.address for source in product if asked_of_the_system(source.nodes)}

    assert asking == {HOME, *MAY_ASK_THE_SYSTEM}


@pytest.mark.parametrize(
    "line",
    [
        "import tempfile",
        "from getpass import getuser",
        "from os import replace",
        "os.remove(path)",
        "shutil.rmtree(path)",
        "path.unlink()",
        "(folder / name).rename(other)",
        "beside.replace(path)",
        "Path(name).resolve().parent",
        "path.as_uri()",
        "import msvcrt",
        "from fcntl import flock",
    ],
)
def test_every_way_round_is_seen(line):
    assert found_in(ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "text.replace('a', 'b')",
        "moment.astimezone(zone).replace(tzinfo=None)",
        "replace(record, name='x')",
        "filesystem.rename(one, other)",
        "rows.remove(one)",
        "shutil.copyfile(one, other)",
    ],
)
def test_what_only_looks_alike_is_let_through(line):
    assert found_in(ast.walk(ast.parse(line))) == []
