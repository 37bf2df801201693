"""Only db.on_disk renames, removes and resolves files: what differs by system is written, and waited for, in one place."""

from __future__ import annotations

import ast

import pytest

HOME = "db/on_disk.py"
OWN_CALLS = {"unlink", "rename", "resolve", "rmdir", "as_uri"}
SYSTEM_CALLS = {
    "os": {"replace", "rename", "renames", "unlink", "remove", "rmdir", "removedirs"},
    "shutil": {"move", "rmtree"},
}
MODULES = {"tempfile", "getpass"}

# Files that are being written anew elsewhere and move over then.
NOT_YET = {
    "db/backup.py",
    "db/change_log.py",
    "db/connection.py",
    "db/copies.py",
    "db/file_store.py",
    "db/journal.py",
    "db/keyring.py",
    "db/published.py",
    "db/restore.py",
    "db/store.py",
    "app/services/backups.py",
    "app/services/check_data.py",
    "app/services/data_folder.py",
    "app/services/opening_checks.py",
    "app/services/reading.py",
    "app/services/sample_folder.py",
}


def found_in(tree: ast.AST) -> list[tuple[int, str]]:
    """Every place where a file is renamed, removed or resolved, or asked for by a module that guesses."""
    seen: list[tuple[int, str]] = []
    for node in ast.walk(tree):
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
            by_path = name in OWN_CALLS and said != "on_disk"
            if name in SYSTEM_CALLS.get(said, set()) or puts_in_place or by_path:
                seen.append((node.lineno, f"{said}.{name}"))
    return seen


def test_nobody_else_renames_removes_or_resolves_a_file(product):
    offenders = [
        f"{source.address}:{line} {call}"
        for source in product
        if source.address != HOME and source.address not in NOT_YET
        for line, call in found_in(source.tree)
    ]

    assert offenders == []


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
    ],
)
def test_every_way_round_is_seen(line):
    assert found_in(ast.parse(line))


@pytest.mark.parametrize(
    "line",
    [
        "text.replace('a', 'b')",
        "moment.astimezone(zone).replace(tzinfo=None)",
        "replace(record, name='x')",
        "on_disk.rename(one, other)",
        "rows.remove(one)",
        "shutil.copyfile(one, other)",
    ],
)
def test_what_only_looks_alike_is_let_through(line):
    assert found_in(ast.parse(line)) == []
