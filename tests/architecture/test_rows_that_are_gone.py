"""Whatever row is asked for by its id has the sentences for when it is gone."""

import ast

from app.actions.get_or_raise import _MISSING_ROW_TEXTS


def test_every_kind_of_row_that_may_be_gone_says_so(product):
    asked = {
        call.args[1].id
        for source in product
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "get_or_raise"
        and isinstance(call.args[1], ast.Name)
        and call.args[1].id[0].isupper()
    }
    assert len(asked) > 50
    assert asked - {one.__name__ for one in _MISSING_ROW_TEXTS} == set()
