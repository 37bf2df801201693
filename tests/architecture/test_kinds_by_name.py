"""Nobody asks for a kind of event by its name: a rule asks how the event works, or what its kind says of it.

What a year's contract calls its events changes with the next contract. A name stands only where the programme is
defined, as data, or as a word for people.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
import db
from app.programme.intake import preset
from db.records.event_form import EventForm
from tests.support.trees import nodes_of

ROOTS = tuple(Path(package.__path__[0]) for package in (app, db))
NAMES = frozenset(name for one in preset().kinds for name in (one.kind, one.title, one.name, one.name_in_text))
ALLOWED = {
    "db/records/event_form.py": "the values of a form, as files hold them",
}
"""Where a kind is known by its name, each with why. The list only gets shorter."""
_IN_SQL = re.compile(rf"\bkind (?:=|<>|!=|IN) \(?'(?:{'|'.join(map(re.escape, NAMES))})'")
_KEYWORDS = frozenset({"kind", "only_kind", "event_kind"})


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of a source file with its address."""
    for root in ROOTS:
        for path in sorted(root.rglob("*.py")):
            address = path.relative_to(root.parent).as_posix()
            if not address.startswith("app/sample/") and address not in ALLOWED:
                yield from ((address, node) for node in nodes_of(path))


def _place(address: str, node: ast.AST) -> str:
    return f"{address}:{getattr(node, 'lineno', 0)}"


def _is_name(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in NAMES


def _holds_name(node: ast.AST) -> bool:
    """Whether a tuple, list or set written there holds a name."""
    return isinstance(node, ast.Tuple | ast.List | ast.Set) and any(map(_is_name, node.elts))


def asks_by_name(node: ast.AST) -> bool:
    """Whether a node compares with a kind's name, picks by it, or gives it another name to be compared with."""
    match node:
        case ast.Compare():
            sides = (node.left, *node.comparators)
            asked = [one for one in node.ops if not isinstance(one, ast.In | ast.NotIn)]
            return (bool(asked) and any(map(_is_name, sides))) or any(map(_holds_name, sides))
        case ast.MatchValue():
            return _is_name(node.value)
        case ast.Subscript():
            return _is_name(node.slice)
        case ast.keyword():
            return node.arg in _KEYWORDS and (_is_name(node.value) or _holds_name(node.value))
        case ast.Assign() | ast.AnnAssign():
            return _is_name(node.value)
    return isinstance(node, ast.Constant) and _IN_SQL.search(str(node.value)) is not None


def test_no_comparison_asks_for_a_kind_by_its_name():
    assert [_place(address, node) for address, node in _nodes() if asks_by_name(node)] == []


def test_who_is_allowed_a_name_still_has_one():
    for address in ALLOWED:
        assert any(map(_is_name, nodes_of(ROOTS[0].parent / address))), address


def test_a_table_by_form_answers_for_every_form():
    for address, node in _nodes():
        if not isinstance(node, ast.Dict):
            continue
        keys = [ast.unparse(one) for one in node.keys if one is not None]
        forms = {one for one in keys if one.startswith("EventForm.")}
        assert not forms or forms == {f"EventForm.{one.name}" for one in EventForm}, _place(address, node)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ('event.kind == "派遣"', True),
        ('"意見交換会" != event.kind', True),
        ('event.kind in ("講習会", "意見交換会")', True),
        ('rows(database, Event, kind="派遣")', True),
        ('view.numbers["派遣"]', True),
        ('WORD = "意見交換会"', True),
        ('match kind:\n    case "講習会":\n        pass', True),
        ("SQL = \"SELECT id FROM events WHERE events.kind = '派遣' \" 'ORDER BY id'", True),
        ("SQL = \"SELECT id FROM events WHERE kind IN ('講習会', ?)\"", True),
        ("SQL = \"SELECT id FROM dispatch_follow_ups WHERE kind = '3か月後の電話'\"", False),
        ('"派遣" in contact.purpose', False),
        ('app_context.go("events", view="派遣")', False),
        ('label("講習会")', False),
        ("event.form.at_organisation", False),
    ],
)
def test_what_counts_as_asking_by_name(text, asks):
    assert any(map(asks_by_name, ast.walk(ast.parse(text)))) == asks
