"""No state is decided by a word searched in a note or a reason; whatever looks into one stands in a list that says
why."""

import ast
from collections.abc import Iterable
from pathlib import Path

LISTED = Path(__file__).parent / "note_searches.txt"
NOTES = {"note", "remark", "remarks", "reason", "purpose", "contents", "words", "allowed_words"}
"""What free words are called in records, beside all that end in ``_note`` or ``_reason``."""
PARTS = {
    "count", "endswith", "find", "index", "partition", "removeprefix", "removesuffix", "rfind", "rindex",
    "rpartition", "split", "splitlines", "startswith",
}  # fmt: skip
PATTERNS = {"findall", "finditer", "fullmatch", "match", "search"}
PASSED = {"casefold", "lower", "replace", "strip"}


def _is_note(node: ast.expr) -> bool:
    """Whether an expression is a free text of a record: ``row.note``, ``note``, either of them stripped first."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PASSED:
        node = node.func.value
    if isinstance(node, ast.Name):
        return node.id in NOTES - {"words", "allowed_words", "contents"} or node.id.endswith(("_note", "_reason"))
    return isinstance(node, ast.Attribute) and (node.attr in NOTES or node.attr.endswith(("_note", "_reason")))


def _looks_into(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        sides = zip(node.ops, node.comparators, strict=True)
        return any(isinstance(how, ast.In | ast.NotIn) and _is_note(side) for how, side in sides)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr in PARTS and _is_note(node.func.value):
        return bool(node.args) or node.func.attr == "splitlines"
    return node.func.attr in PATTERNS and any(_is_note(one) for one in node.args)


def _found(nodes: Iterable[ast.AST]) -> set[str]:
    looking = {id(node) for node in nodes if _looks_into(node)}
    if not looking:
        return set()
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    within = {function.name: set() for function in functions}
    for function in functions:
        within[function.name] |= looking & {id(node) for node in ast.walk(function)}
    inside = {name for name, found in within.items() if found}
    return inside | ({"*"} if looking.difference(*within.values()) else set())


def _listed() -> dict[tuple[str, str], str]:
    found = {}
    lines = [line for line in LISTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines:
        module, function, reason = line.split("\t")
        assert reason.strip(), line
        found[module, function] = reason
    assert len(found) == len(lines)
    return found


def test_whatever_looks_into_a_note_says_why(product):
    found = {(source.address, name) for source in product for name in _found(source.nodes)}
    listed = set(_listed())
    assert found - listed == set(), "a state is a column; say in note_searches.txt what else it is"
    assert listed - found == set()


def test_the_walk_finds_what_it_should():
    said = "def f(row, reason):\n    return {}\n"
    for words in (
        '"取消" in row.note',
        'row.cut_note.strip().startswith("済")',
        "_X.search(reason)",
        "row.note.splitlines()",
    ):
        assert _found(list(ast.walk(ast.parse(said.format(words))))) == {"f"}, words
    for words in ("row.note", "row.note.split()", 'row.note == "済"', '"note" in row'):
        assert _found(list(ast.walk(ast.parse(said.format(words))))) == set(), words
