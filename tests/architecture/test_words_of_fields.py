"""A form names a field of a record; the word of the field is not typed again beside it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from dataclasses import is_dataclass

import db.records
from db.fields import editable_fields, specs

RECORDS = {
    kind.__name__: kind
    for module in pkgutil.walk_packages(db.records.__path__, "db.records.")
    for kind in vars(importlib.import_module(module.name)).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.name
}
OTHER_THINGS = {
    ("app/events/calls/screens/call_dialogs.py", "Event.content"): "the matter of a 協議",
    ("app/year/dates/screens.py", "EventKind.reason"): "why a year is closed",
}
"""Fields of a form that are not those of the record, though they are called the same."""


def _typed_again(tree: ast.Module) -> list[str]:
    """The fields of a form whose key and word are those of a record that the module reads."""
    read = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.records")
        for name in node.names
        if name.name in RECORDS
    }
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Field"):
            continue
        said = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
        if len(said) < 2:
            continue
        for record in sorted(read):
            kind = RECORDS[record]
            told = specs(kind).get(said[0])
            may_name = told is not None and (told.spec.is_editable or not editable_fields(kind))
            if told is not None and told.spec.label == said[1] and may_name:
                found.append(f"{node.lineno} {record}.{said[0]} 「{said[1]}」")
    return found


def test_the_word_of_a_field_is_not_typed_again_in_a_form(product):
    typed = [
        f"{source.address}:{one}"
        for source in product
        for one in _typed_again(source.tree)
        if (source.address, one.split()[1]) not in OTHER_THINGS
    ]
    assert typed == [], "record_field(Record, name, …) has the word of the field; another word is its label=…"


def test_it_tells_a_word_that_is_typed_again():
    again = ast.parse(
        "from db.records.venues import Venue\n"
        "FIELDS = (Field('phone', '電話'), Field('phone', '管理室の電話'), Field('place', '電話'))\n"
    )
    assert _typed_again(again) == ["2 Venue.phone 「電話」"]
