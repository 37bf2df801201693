"""No text of the program cites a clause of one 仕様書 or names one ward: both come from the year's definition.

Clauses of the 特記事項 and of laws stay: they are the ward's own annex to every contract.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

import pytest

CITED = re.compile(r"仕様書[ 　]?\d|(?<![一-龠])仕\d|仕4[ア-ン]")
WARD = "練馬"
ALLOWED = {
    "app/foreign_files/cells/answer_words.py": "words by which answers to a form are recognised",
}
_ALLOWED_ROOTS = ("app/sample/", "db/migrations/")


def cites_the_contract(text: str) -> bool:
    """Whether a text cites a clause by its number, or names the ward."""
    return bool(CITED.search(text)) or WARD in text


def test_clauses_and_the_ward_stand_in_the_definition_alone(product):
    found = []
    for source in product:
        if source.address.startswith(_ALLOWED_ROOTS) or source.address in ALLOWED:
            continue
        docstrings = {
            id(body[0].value)
            for node in source.nodes
            if (body := getattr(node, "body", None)) and isinstance(body, list) and isinstance(body[0], ast.Expr)
        }
        attribute_docstrings = _attribute_docstrings(source.nodes)
        found += [
            f"{source.address}:{node.lineno} {node.value}"
            for node in source.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and node.lineno not in attribute_docstrings
            and cites_the_contract(node.value)
        ]

    assert found == []


def _attribute_docstrings(nodes: Iterable[ast.AST]) -> set[int]:
    """Return the lines of texts that stand alone below what they explain."""
    return {node.value.lineno for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


@pytest.mark.parametrize("text", ["（仕様書4(1)ク）", "仕4(2)カ", "根拠　仕3", "仕4コ・ケ", "（宛先）練馬区長"])
def test_a_clause_and_the_ward_are_found(text):
    assert cites_the_contract(text)


@pytest.mark.parametrize("text", ["仕様書の項番", "特記事項第22条", "特22-2", "（宛先）○○区長", "民法140条"])
def test_what_holds_for_every_contract_is_not(text):
    assert not cites_the_contract(text)
