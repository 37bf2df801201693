"""A dialog whose main button writes says so: only then does it ask for the seat in its place while a
colleague types."""

from __future__ import annotations

import ast

OTHERS = {
    "HandoutDialog": "prints; what it notes of that is written beside",
    "SaveDialog": "saves a file; what it notes of that is written beside",
}
"""Dialogs whose main button does something else, though a service is written to in them."""


def test_every_dialog_whose_main_button_writes_asks_for_the_seat_in_its_place(product):
    silent = []
    for source in product:
        for node in source.tree.body:
            if not isinstance(node, ast.ClassDef) or "DialogFrame" not in {ast.unparse(base) for base in node.bases}:
                continue
            said = {ast.unparse(line) for line in node.body}
            calls = {ast.unparse(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
            writes = any(call.endswith("esk.write") for call in calls) and "self.confirmed.connect" in calls
            if writes and "writes = True" not in said and node.name not in OTHERS:
                silent.append(f"{source.address}:{node.lineno} {node.name}")
    assert silent == []
