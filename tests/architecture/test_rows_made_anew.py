"""A row that is there is corrected by the names of its fields, never made anew: who makes it anew empties what he does
not know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app
from db.mapping import TABLE_OF
from tests.support.trees import nodes_of

ROOT = Path(app.__path__[0])
RECORDS = frozenset(kind.__name__ for kind in TABLE_OF)

ALLOWED = {
    (
        "events/schedules/rules.py",
        "WardDay",
    ): "a day of the contract shown among the rows; it is no row",
}
"""Where a record with the id of a row is made all the same, each with why. The list only gets shorter."""


def made_anew() -> Iterator[tuple[str, str]]:
    """Every place where a record gets the id of a row that is there as it is made: the file and the record."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDS:
                given = [one.value for one in node.keywords if one.arg == "id"]
                if any(not (isinstance(one, ast.Constant) and one.value == 0) for one in given):
                    yield str(path.relative_to(ROOT)), node.func.id


SAVED_WHOLE = {
    "importing/row_target.py": "many rows of a file, each new or made of the row it stands for in the same action",
    "events/tablets/services.py": "the register of tablets is kept as one list",
    "event/services/event_lines.py": "当日進行, 機材 and 募集の段取り are kept as one list each",
    "events/headcount/services.py": "参加見込み is kept as one list",
}
"""Where ``change.save`` writes every field of a row that may be there, each with why. The list only gets shorter: one
row is corrected by ``Change.update`` or ``Change.update_or_insert`` with what ``db.fields`` says was typed."""


def saved_whole() -> Iterator[str]:
    """Every file in which a change saves records whole."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in nodes_of(path):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save"):
                continue
            if "change" in ast.unparse(node.func.value).rsplit(".", 1)[-1]:
                yield str(path.relative_to(ROOT))


def test_one_row_is_never_saved_whole():
    assert sorted(saved_whole()) == sorted(SAVED_WHOLE)


def test_no_row_that_is_there_is_made_anew():
    assert set(made_anew()) == set(ALLOWED)


def test_a_correction_names_fields_that_the_record_has():
    """``change.update(Kind, …, name=…)`` and ``change.update_or_insert``: mypy does not see these names."""
    kinds = {kind.__name__: {*kind.__dataclass_fields__} for kind in TABLE_OF}
    unknown = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in nodes_of(path):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("update", "update_or_insert", "update_each")
            ):
                continue
            kind = node.args[0].id if node.args and isinstance(node.args[0], ast.Name) else ""
            if kind in kinds:
                named = {one.arg for one in node.keywords if one.arg is not None}
                named |= set(_names_in_literals(node))
                unknown += [f"{path.relative_to(ROOT)}:{node.lineno} {name}" for name in named - kinds[kind]]
    assert not unknown


def _names_in_literals(call: ast.Call) -> Iterator[str]:
    """The names that are written as ``**{"name": …}``, or in the dictionaries of ``update_each``."""
    for one in call.keywords:
        if one.arg is None and isinstance(one.value, ast.Dict):
            yield from _keys(one.value)
    for inner in (inner for one in call.args[1:] for inner in ast.walk(one)):
        if isinstance(inner, ast.Dict):
            yield from _keys(inner)


def _keys(found: ast.Dict) -> Iterator[str]:
    yield from (key.value for key in found.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
