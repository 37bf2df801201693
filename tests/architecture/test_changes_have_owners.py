"""Every change that a screen asks for says whose it is: by that the desk knows what the person saw when the text was
begun."""

from __future__ import annotations

import ast

# Leaves a row in a log and changes none.
ONLY_ADDS = {"app/papers/screens/export_button.py"}


def _is_write(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "write"
        and ast.unparse(node.func.value).removeprefix("self.") in ("desk", "_desk")
    )


def _has_owner(call: ast.Call) -> bool:
    """By name, or by what follows: a method of the part, or one that is handed on."""
    named = {given.arg: given.value for given in call.keywords}
    follows = [call.args[1] if len(call.args) > 1 else named.get("done"), named.get("failed")]
    return "owner" in named or any(one is not None for one in follows)


def test_every_change_asked_for_by_a_screen_says_whose_it_is(product):
    nobodys = [
        f"{source.address}:{node.lineno}"
        for source in product
        if source.address.startswith("app/") and source.address not in ONLY_ADDS
        for node in source.nodes
        if _is_write(node) and not _has_owner(node)
    ]
    assert nobodys == []


def test_a_change_of_nobody_is_seen():
    [call] = [one for one in ast.walk(ast.parse("self._desk.write(with_store(save, by=by))")) if _is_write(one)]
    assert not _has_owner(call)
