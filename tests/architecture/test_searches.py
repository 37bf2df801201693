"""A cell of others is searched for a word by the reader of answers alone, or a list says why a search is right."""

import ast
from pathlib import Path

LISTED = Path(__file__).parent / "searches.txt"
SEARCHES = {"search", "match", "findall", "finditer"}
READER = ("app/foreign_files/cells/answer_", "app/foreign_files/cells/names_in_cells.py")
"""The reader itself: what it answers, and what it asks about, is held by the table of wordings."""


def _reads_others(address: str) -> bool:
    """Whether a module meets cells of others: the readers of files, and what they mean for a subject."""
    inside = address.startswith(("app/foreign_files/", "app/importing/"))
    return inside or "/intake" in address or address.endswith("_intake.py")


def _listed() -> dict[tuple[str, str], str]:
    lines = [line for line in LISTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found = {}
    for line in lines:
        module, function, reason = line.split("\t")
        assert reason.strip(), line
        found[f"app/{module}", function] = reason
    assert len(found) == len(lines)
    return found


def _searches(tree: ast.Module) -> set[str]:
    """The functions of a module in which a text is searched for a part of it."""
    return {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHES
    }


def test_whatever_searches_a_cell_is_the_reader_or_says_why(product):
    listed = _listed()
    found = {
        (source.address, name)
        for source in product
        if _reads_others(source.address) and not source.address.startswith(READER)
        for name in _searches(source.tree)
    }

    assert found - set(listed) == set(), "a word is searched in a cell: say in searches.txt why that is right"
    assert set(listed) - found == set()
