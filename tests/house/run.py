"""Prints the figures of the house, one ``name: value`` a line: a mirror to read after each big step, never a gate."""

import ast
import io
import keyword
import re
import statistics
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from tests.house.actions import counted_actions  # noqa: E402
from tests.support.scratch_house import ADDING, Patch, patches_of  # noqa: E402

BEFORE = {"A field": "6 files +9", "A paper": "2 files, some +52", "A deadline": "4 files +28 -4"}
"""What the same took before a thing was said once: a column of 申込 (which a correction then lost), a paper for
each 団体 (the same letter with the frame of its page written out, counted by hand), a deadline with row and button on
home."""
LONG_FUNCTION = 60
ALIKE_LINES = 6


def main() -> int:
    """Print every figure."""
    sources = {path: path.read_text(encoding="utf-8") for root in ("app", "db") for path in _modules(root)}
    for name, value in (
        *figures_of_files(sources), *figures_of_newcomers(ADDING.read_text(encoding="utf-8")), *figures_of_nodes(),
        *figures_of_code(sources), *figures_of_actions(),
    ):  # fmt: skip
        sys.stdout.write(f"{name}: {value}\n")
    return 0


def _modules(root: str) -> list[Path]:
    return sorted((PROJECT / root).rglob("*.py"))


def figures_of_files(sources: dict[Path, str]) -> Iterator[tuple[str, object]]:
    """Modules, lines, median, longest, largest folder."""
    lengths = {path: text.count("\n") for path, text in sources.items()}
    folders = Counter(path.parent for path in sources)
    longest, folder = max(lengths, key=lambda path: lengths[path]), folders.most_common(1)[0]
    yield "modules", len(sources)
    yield "of them faces of packages", sum(path.name == "__init__.py" for path in sources)
    yield "lines", sum(lengths.values())
    yield "median lines of a module", round(statistics.median(lengths.values()))
    yield "longest module", f"{lengths[longest]} {longest.relative_to(PROJECT)}"
    yield "largest folder", f"{folder[1]} {folder[0].relative_to(PROJECT)}"


def figures_of_newcomers(page: str) -> Iterator[tuple[str, object]]:
    """What somebody new touches to add a field, a paper, a deadline: files and lines of the patches of ``page``
    (docs/adding.md), without its migration and without tests."""
    patches = patches_of(page)
    for heading, before in BEFORE.items():
        now = _touched(patches[heading]) if heading in patches else "no patch on the page"
        yield f"to add {heading[0].lower()}{heading[1:]}", f"{now} (before: {before})"


def _touched(patch: Patch) -> str:
    files, added, taken = patch.outside_of("db/migrations/", "tests/", "docs/").size
    return f"{files} {'file' if files == 1 else 'files'} +{added}{f' -{taken}' if taken else ''}"


def figures_of_nodes() -> Iterator[tuple[str, object]]:
    """Nodes of syntax, a measure that no formatting moves: of the program, of its tests, and of each room of both."""
    of_program, of_tests = (Counter[str](), Counter[str]())
    for root in ("app", "db", "tests"):
        for path in _modules(root):
            parts = path.relative_to(PROJECT).parts
            deep = 2 if root == "db" else 4 if parts[1] == "subjects" else 2
            room = "/".join(parts[:deep]) if len(parts) > deep else root
            (of_tests if root == "tests" else of_program)[room] += nodes_of(path.read_text(encoding="utf-8"))
    yield "nodes of syntax in app and db", of_program.total()
    yield "nodes of syntax in tests", of_tests.total()
    for room, nodes in (*of_program.most_common(), *of_tests.most_common()):
        yield f"nodes of {room}", nodes


def nodes_of(source: str) -> int:
    """Count the nodes of one module; whether a name is read or set (Load, Store, Del) is no node."""
    return sum(not isinstance(node, ast.expr_context) for node in ast.walk(ast.parse(source)))


def figures_of_code(sources: dict[Path, str]) -> Iterator[tuple[str, object]]:
    """Modules that one sibling alone uses, long functions, class names that stand twice, places that look alike."""
    trees = {path: ast.parse(text) for path, text in sources.items()}
    yield "modules that a single sibling alone uses", sum(1 for _ in single_sibling(trees))
    functions = [
        node
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    yield "functions over 60 lines", sum((node.end_lineno or 0) - node.lineno >= LONG_FUNCTION for node in functions)
    classes = Counter(
        node.name
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    twice = sorted(name for name, times in classes.items() if times > 1)
    yield "class names that stand twice", f"{len(twice)} {' '.join(twice)}".strip()
    yield "pairs of look-alike places", alike_pairs(sources)


def single_sibling(trees: dict[Path, ast.Module]) -> Iterator[Path]:
    """Walk the modules that exactly one module imports, which lies in the same folder."""
    users: dict[str, set[Path]] = defaultdict(set)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                    users[name].add(path)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    users[alias.name].add(path)
    for path in trees:
        name = re.sub(r"(/__init__)?\.py$", "", path.relative_to(PROJECT).as_posix()).replace("/", ".")
        found = users[name] - {path}
        # A screen that its package's face declares is the top of a tree, not a piece of its user.
        faces = {path for path in found if path.name == "__init__.py"}
        if len(found) == 1 and not faces and next(iter(found)).parent == path.parent and path.name != "__init__.py":
            yield path


def alike_pairs(sources: dict[Path, str]) -> int:
    """Count the pairs of places that share six lines of one shape (names, texts and numbers do not count)."""
    places: dict[tuple[str, ...], list[tuple[Path, int]]] = defaultdict(list)
    for path, text in sources.items():
        lines = list(_shapes(text))
        for start in range(len(lines) - ALIKE_LINES + 1):
            places[tuple(shape for _, shape in lines[start : start + ALIKE_LINES])].append((path, lines[start][0]))
    pairs: set[tuple[Path, Path, int]] = set()
    for found in places.values():
        for (one, first), (other, second) in combinations(found[:20], 2):
            if one != other or abs(first - second) >= ALIKE_LINES:
                pairs.add((one, other, first - second))  # a longer run of like lines is one pair
    return len(pairs)


def _shapes(text: str) -> Iterator[tuple[int, str]]:
    """Walk the lines of code with names, texts and numbers left out; imports and texts alone are no code."""
    lines: dict[int, list[str]] = defaultdict(list)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME:
            lines[token.start[0]].append(token.string if keyword.iskeyword(token.string) else "n")
        elif token.type in (tokenize.STRING, tokenize.NUMBER):
            lines[token.start[0]].append("v")
        elif token.type == tokenize.OP:
            lines[token.start[0]].append(token.string)
    for number, parts in sorted(lines.items()):
        shape = " ".join(parts)
        if len(parts) > 3 and not shape.startswith(("from", "import")):
            yield number, shape


def figures_of_actions() -> Iterator[tuple[str, object]]:
    """SELECTs of the ten most used actions, on the sample year."""
    for found in counted_actions():
        yield f"SELECTs of {found.name}", found.selects


if __name__ == "__main__":
    raise SystemExit(main())
