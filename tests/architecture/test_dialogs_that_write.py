"""One way to write: a dialog is a saving one, a screen or a part of one sends; seat, refusal, typed words and undo are
the same in all of them."""

import ast
import re
from collections.abc import Mapping

import pytest

FRAME, SAVING, SENDING = "DialogFrame", "SavingDialog", "ActionMixin"
WRITE_BY_THEMSELVES: Mapping[str, str] = {
    "app/widgets/lists/record_table.py": "leaves a row in a log beside rows that are copied already, from any list",
    "app/startup/session.py": "no screen stands yet: what fell due while nobody was here",
    "app/events/discussion/screens/autosaved_text.py": "a text in a form of others, kept while one types",
    "app/settings/pages/screens/recovery_key_dialog.py": "shows what it wrote once, over what asked for it",
}
"""What asks the app context itself, each with why. The list only gets shorter."""


def _dialogs(product) -> dict[str, list[tuple[str, ast.ClassDef]]]:
    """Every class of the product by its name, with the address of its file."""
    found: dict[str, list[tuple[str, ast.ClassDef]]] = {}
    for source in product:
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append((source.address, node))
    return found


def _above(name: str, classes: Mapping[str, list[tuple[str, ast.ClassDef]]]) -> frozenset[str]:
    """The names of a class and of all it is made from; a name that stands twice counts with both."""
    found, open_ones = set(), {name}
    while open_ones:
        one = open_ones.pop()
        found.add(one)
        bases = {ast.unparse(base).partition("[")[0] for _, node in classes.get(one, ()) for base in node.bases}
        open_ones |= bases - found
    return frozenset(found)


def _writes(node: ast.AST) -> list[int]:
    """The lines in which a desk writes; the file of who has the seat is written otherwise."""
    return [
        inner.lineno
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        and inner.attr == "write"
        and ast.unparse(inner.value).rpartition(".")[2] in ("app_context", "_app_context")
        and ast.unparse(inner.value) != "lock_session.presence_file"
    ]


def test_only_the_saving_dialog_and_what_is_sent_by_a_part_writes(product):
    """Seat, refusal and the words of what is saved are said once: ``send`` of both, and ``do``."""
    found = {
        source.address
        for source in product
        if source.address.startswith("app/")
        and re.search(r"app_context\s*\.\s*write\b", source.text)
        and any(
            _writes(node)
            for node in source.tree.body
            if not (isinstance(node, ast.ClassDef) and node.name in (SAVING, SENDING))
        )
    }
    assert found == set(WRITE_BY_THEMSELVES), "who no longer writes by itself goes out of the list"


def test_only_the_frames_say_that_a_dialog_writes(product):
    """``writes`` comes with the saving dialog: a frame of one's own that says so has its own seat and refusal."""
    classes = _dialogs(product)
    saying = {
        f"{address}:{node.lineno} {name}"
        for name, made in classes.items()
        if SAVING not in _above(name, classes)
        for address, node in made
        if "writes = True" in {ast.unparse(line) for line in node.body if isinstance(line, ast.Assign)}
        and name not in OWNERS_WRITE
    }
    assert saying == set()
    assert {name for name in OWNERS_WRITE if SAVING in _above(name, classes) or name not in classes} == set()


OWNERS_WRITE: Mapping[str, str] = {
    "EditConflictDialog": "chooses between two texts; the form that is being saved goes on",
    "RowDecisionDialog": "decides for a row that is taken in later, with all others of its file",
}
"""Dialogs that only ask while their owner writes, each with why. The list only gets shorter."""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("self.app_context.write(change)", 1),
        ("self._app_context.write(change, done)", 1),
        ("app_context.write(change, owner=self)", 1),
        ("partial(self.app_context.write, change)", 1),
        ("self.send(change)", 0),
        ("path.write(text)", 0),
    ],
)
def test_a_desk_that_writes_is_seen(text, lines):
    node = ast.parse(f"class One(DialogFrame):\n    def save(self):\n        {text}").body[0]
    assert len(_writes(node)) == lines


def test_a_saving_dialog_does_not_connect_its_own_save(product):
    """The frame does it for all of them: connected once more, everything would be written twice."""
    classes = _dialogs(product)
    twice = {
        f"{address}:{inner.lineno} {name}"
        for name, made in classes.items()
        for address, node in made
        if name != SAVING and {SAVING, "FormDialog"} & {ast.unparse(base) for base in node.bases}
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "self.confirmed.connect"
        if ast.unparse(inner.args[0]) == "self._save"
    }
    assert twice == set()
