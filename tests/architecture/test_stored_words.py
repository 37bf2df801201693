"""Outside db/records a closed set of stored words is asked a question, never compared with one of its words.

A StrEnum equals its text, so declared types decide. A member says its set by itself, whatever stands beside it. A text
counts where the attribute, argument or variable beside it is declared as a set: an attribute by every class that
declares its name, an argument or a variable by its own file. Where classes of the product declare the same attribute
with words of a derived state (a ``Literal``), those words do not count: nothing but the type of the object tells them
apart, and mypy refuses a stored word there.
"""

import ast
import importlib
import pkgutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

import app
import db
import db.records
from tests.support.trees import nodes_of

_TEXT = "the text of a result, which may go on (「補欠2」); no stored word"
MOST: Final = 20
ALLOWED: Final[dict[str, str]] = {
    "line.result == EntryState.CHOSEN": _TEXT,
    "line.result != EntryState.CHOSEN": _TEXT,
    "result == EntryState.CHOSEN": _TEXT,
    "result != EntryState.CHOSEN": _TEXT,
    "result != EntryState.NOT_CHOSEN": _TEXT,
    "setting.form not in (LetterForm.MAIL, LetterForm.FORMAL)": "a setting's text, which is read into a form here",
    "person.state in (CallOutcome.NOT_COMING, CallOutcome.PROXY)": "what the sheet says, 未連絡 too",
    "one.state not in (CallOutcome.NOT_COMING, CallOutcome.PROXY)": "what the sheet says, 未連絡 too",
    "each.device == '貸与'": "the text of a letter, which also says that one was asked for",
    "entry.way == '電子'": "the text of an entry, which any way may stand in",
    "next_task not in _TASK_ROUTES": "the name of a task; one is named as its call",
    "state in _NEXT": "whether the table of steps has one after it",
    "report_items(kind).get(point) is ReportAnswer.TALLY": "there may be no answer, which has no question",
    "question_check.type is QuestionType.ONE": "there may be no type, which has no question",
}
"""Comparisons that stay, by their source, each with its reason. The list only gets shorter."""
NOT_YET: Final[dict[str, str]] = {
    "PresentationUse": "names of fields, no words that a column holds",
}
"""Closed sets in db/records that are no StrEnum, each with its reason. The list only gets shorter."""


def _sets() -> dict[str, type[StrEnum]]:
    names = [one.name for one in pkgutil.walk_packages(db.records.__path__, "db.records.")]
    found = [one for name in names for one in vars(importlib.import_module(name)).values()]
    sets = [one for one in found if isinstance(one, type) and issubclass(one, StrEnum) and one is not StrEnum]
    return {one.__name__: one for one in sets if one.__name__ != "EventForm"}


SETS: Final = _sets()
_ROOTS: Final = tuple(Path(package.__path__[0]) for package in (app, db))


def _names(hint: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(hint) if isinstance(one, ast.Name)}


def _texts_of_literal(hint: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(hint) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


class Declarations:
    """What files declare of each attribute: the sets, and the words of derived states."""

    def __init__(self, files: Iterable[list[ast.AST]]) -> None:
        self.sets: dict[str, set[str]] = defaultdict(set)
        self.derived: dict[str, set[str]] = defaultdict(set)
        literals: dict[str, set[str]] = {}
        hints: list[tuple[str, ast.AST]] = []
        for nodes in files:
            for one in nodes:
                if isinstance(one, ast.ClassDef):
                    for part in one.body:
                        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                            hints.append((part.target.id, part.annotation))
                        elif isinstance(part, ast.FunctionDef) and part.returns is not None:
                            hints.append((part.name, part.returns))
                elif isinstance(one, ast.Module):
                    for part in one.body:
                        target = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
                        value = getattr(part, "value", None)
                        if isinstance(target, ast.Name) and value is not None and "Literal" in _names(value):
                            literals.setdefault(target.id, set()).update(_texts_of_literal(value))
        for name, hint in hints:
            named = _names(hint)
            self.sets[name] |= named & set(SETS)
            self.derived[name] |= {text for one in named for text in literals.get(one, ())}
            self.derived[name] |= _texts_of_literal(hint) if "Literal" in named else set()


def _words(part: ast.AST, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The texts that an expression stands for, and members as 「Set.MEMBER」; constants of the file are followed."""
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        yield part.value
    elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in SETS:
        yield f"{part.value.id}.{part.attr}"
    elif isinstance(part, ast.Name) and part.id in constants:
        yield from _words(constants[part.id], {})
    elif isinstance(part, ast.Tuple | ast.Set | ast.List | ast.Dict):
        for one in part.keys if isinstance(part, ast.Dict) else part.elts:
            if one is not None:
                yield from _words(one, constants)


def _asked(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What is asked, and with what it is compared: a comparison, a match, or a table asked where it is written."""
    if isinstance(node, ast.Compare):
        parts = pairwise([node.left, *node.comparators])
        for operator, (left, right) in zip(node.ops, parts, strict=True):
            yield left, right
            if not isinstance(operator, ast.In | ast.NotIn):
                yield right, left
    elif isinstance(node, ast.Match):
        for case in node.cases:
            yield from ((node.subject, one.value) for one in ast.walk(case.pattern) if isinstance(one, ast.MatchValue))
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        yield node.slice, node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Dict):
        yield from ((one, node.func.value) for one in node.args[:1])


def comparisons(nodes: list[ast.AST], declared: Declarations) -> Iterator[str]:
    """The places of one file that compare a word of a set, each by its source."""
    local: dict[str, set[str]] = defaultdict(set)
    constants: dict[str, ast.expr] = {}
    for one in nodes:
        hint = one.annotation if isinstance(one, ast.arg | ast.AnnAssign) else None
        name = one.arg if isinstance(one, ast.arg) else getattr(getattr(one, "target", None), "id", "")
        if hint is not None:
            local[name] |= _names(hint) & set(SETS)
        for part in one.body if isinstance(one, ast.Module) else ():
            target = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
            if isinstance(target, ast.Name) and isinstance(part, ast.Assign | ast.AnnAssign) and part.value:
                constants[target.id] = part.value
    for node in nodes:
        for asked, other in _asked(node):
            words = set(_words(other, constants))
            sets: set[str] = set()
            if isinstance(asked, ast.Attribute):
                sets = declared.sets.get(asked.attr, set())
            elif isinstance(asked, ast.Name):
                sets = local.get(asked.id, set())
            derived = declared.derived.get(asked.attr, set()) if isinstance(asked, ast.Attribute) else set()
            members = {one for one in words if one.partition(".")[0] in SETS and "." in one}
            is_table = isinstance(other, ast.Dict) and words == members
            if (members and not is_table) or (words & {word for name in sets for word in SETS[name]}) - derived:
                yield ast.unparse(node)


@pytest.fixture(scope="module")
def files() -> dict[str, list[ast.AST]]:
    return {path.relative_to(root.parent).as_posix(): nodes_of(path) for root in _ROOTS for path in root.rglob("*.py")}


def test_a_word_of_a_set_is_asked_a_question(files):
    declared = Declarations(files.values())
    rest = {
        address: nodes for address, nodes in files.items() if not address.startswith(("db/records/", "db/migrations/"))
    }
    found = Counter(one for nodes in rest.values() for one in set(comparisons(nodes, declared)))

    assert found.keys() == ALLOWED.keys()
    assert len(ALLOWED) <= MOST


def test_a_closed_set_of_stored_words_is_a_strenum(files):
    records = [nodes for address, nodes in files.items() if address.startswith("db/records/")]
    parts = [part for nodes in records for one in nodes if isinstance(one, ast.Module) for part in one.body]
    left = {part.targets[0].id for part in parts if isinstance(part, ast.Assign) and "Literal" in _names(part.value)}

    assert left == NOT_YET.keys()


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ('one.state == "申込"', True),
        ('"申込" != one.entry.state', True),
        ('one.state in ("申込", "決定")', True),
        ("one.state in LIVE", True),
        ("given is EntryState.APPLIED", True),
        ('given == "申込"', True),
        ('{"申込": 1}[one.state]', True),
        ('{"申込": 1}.get(given)', True),
        ('match one.state:\n    case "申込":\n        pass', True),
        ("one.state.is_applied", False),
        ('one.state == "別の状態"', False),
        ('one.title == "申込"', False),
        ("{EntryState.APPLIED: 1}[one.state]", False),
        ("EntryState.APPLIED in found", False),
    ],
)
def test_every_way_to_compare_a_word_is_seen_and_no_other(line, is_found):
    nodes = list(ast.walk(ast.parse(f'LIVE = ("申込", "決定")\ndef ask(given: EntryState) -> None: ...\n{line}\n')))
    record = list(ast.walk(ast.parse("class Row:\n    state: EntryState\nclass Other:\n    title: str\n")))

    assert bool(list(comparisons(nodes, Declarations([record])))) == is_found
