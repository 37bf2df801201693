"""Digits are asked about, and numbers brought into one width without commas, in one place: ``db/digits.py``."""

import ast

ONE_PLACE = "db/digits.py"
QUESTIONS = {"isdigit", "isnumeric", "isdecimal"}


def _asks_itself(node: ast.AST) -> bool:
    """Whether a node asks a text for digits (``isdigit`` says yes to ②), or makes 23 of 「2,3」 or of 「2³」."""
    if isinstance(node, ast.Attribute):
        return node.attr in QUESTIONS
    if isinstance(node, ast.Constant):
        return node.value == "NFKC"
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "replace"
        and [getattr(one, "value", None) for one in node.args[:2]] == [",", ""]
    )


def test_only_one_place_says_what_a_digit_is(product):
    found = {
        f"{source.address}:{node.lineno}"
        for source in product
        if source.address != ONE_PLACE
        for node in source.nodes
        if _asks_itself(node)
    }

    assert found == set(), "is_digits, whole_number, one_width and without_commas of db/digits.py do that"


def test_the_rule_sees_each_of_them():
    for words in (
        "text.isdigit()",
        "all(map(str.isdecimal, text))",
        "one.isnumeric()",
        "text.replace(',', '')",
        "normalize('NFKC', text)",
    ):
        assert any(map(_asks_itself, ast.walk(ast.parse(words)))), words
    assert not any(map(_asks_itself, ast.walk(ast.parse("text.replace(',', '、')"))))
