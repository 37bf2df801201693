"""One way to write from a dialog: only the saving dialog, and the form on it, write; seat, refusal and typed words are
the same in all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

WRITE_BY_THEMSELVES: Mapping[str, str] = {}
"""Dialogs that write otherwise, each with why. The list only gets shorter."""

FRAME, SAVING = "DialogFrame", "SavingDialog"


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


def _writes(node: ast.ClassDef) -> Iterator[int]:
    """The lines in which a class has a desk write."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and inner.attr == "write" and ast.unparse(inner.value).endswith("desk"):
            yield inner.lineno


def _self_writing(product) -> dict[str, str]:
    classes = _dialogs(product)
    return {
        name: f"{address}:{line}"
        for name, made in classes.items()
        if name != SAVING and FRAME in _above(name, classes)
        for address, node in made
        for line in _writes(node)
    }


def test_no_dialog_but_the_saving_one_writes(product):
    """It sends what is to be written (``send``, ``send_beside``); who still writes otherwise stands in the list."""
    found = _self_writing(product)
    assert {where for name, where in found.items() if name not in WRITE_BY_THEMSELVES} == set()
    assert set(WRITE_BY_THEMSELVES) <= set(found), "this one no longer writes by itself: out of the list with it"


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
    "RowDialog": "decides for a row that is taken in later, with all others of its file",
}
"""Dialogs that only ask while their owner writes, each with why. The list only gets shorter."""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("self.desk.write(change)", 1),
        ("self._desk.write(change, done)", 1),
        ("desk.write(change, owner=self)", 1),
        ("partial(self.desk.write, change)", 1),
        ("self.send(change)", 0),
        ("path.write(text)", 0),
    ],
)
def test_a_desk_that_writes_is_seen(text, lines):
    node = ast.parse(f"class One(DialogFrame):\n    def save(self):\n        {text}").body[0]
    assert isinstance(node, ast.ClassDef)
    assert len([*_writes(node)]) == lines
