"""No text of the program types the number of a clause or names one ward.

The clauses of the 仕様書 come from the year's definition, those of the 特記事項 and of laws from ``resources/clauses``:
a sentence cites them by what they ask, ``clause_of("目的外に使わない")``.
"""

import ast
import re
from collections.abc import Iterable

import pytest

from app.common.clauses import clause_table

CITED = re.compile(
    r"(?:仕様書|特記事項)[ 　]?第?[\d０-９]|(?<![一-龠])[仕特機保]\d|(?<![一-龠])[長約]\d+(?:[(（-]\d|$|[。）])"
    r"|仕4[ア-ン]|(?<![の\d])[\d０-９一二三四五六七八九十]+条|第[\d０-９一二三四五六七八九十]+項"
)
"""「仕4(1)エ」, 「特22-2」, 「特記事項第13条」, 「民法140条」, 「第6条」, 「第2項」."""
WARD = "練馬"
STORED = "安全管理措置（特6から特25まで）"
"""A point under which offices' files hold what was checked of a 再委託の確認書; it stays as it is."""
ALLOWED = {
    "app/foreign_files/cells/answer_words.py": "words by which answers to a form are recognised",
}
_ALLOWED_ROOTS = ("app/sample/", "db/migrations/")


def cites_the_contract(text: str) -> bool:
    """Whether a text cites a clause by its number, or names the ward."""
    return bool(CITED.search(text)) or WARD in text


def test_clauses_and_the_ward_stand_in_tables_alone(product):
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
            and node.value != STORED
            and cites_the_contract(node.value)
        ]

    assert found == []


def test_what_is_cited_stands_in_a_table_once(product):
    asked = {
        (f"{source.address}:{node.lineno}", argument)
        for source in product
        for node in source.nodes
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CITING
        for argument in node.args
    }
    known = clause_table()
    assert [
        place
        for place, argument in asked
        if not ((isinstance(argument, ast.Constant) and argument.value in known) or isinstance(argument, ast.Starred))
    ] == []
    assert len(asked) > 80


CITING = ("clause_of",)
"""The functions that cite a clause by what it asks."""


def _attribute_docstrings(nodes: Iterable[ast.AST]) -> set[int]:
    """Return the lines of texts that stand alone below what they explain."""
    return {node.value.lineno for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


@pytest.mark.parametrize(
    "text",
    [
        "（仕様書4(1)ク）", "仕4(2)カ", "根拠　仕3", "仕4コ・ケ", "（宛先）練馬区長", "特記事項第22条",
        "（特記事項18(2)）", "特22-2", "長24", "機6-8(2)", "保2-1(8)", "民法140条", "第6条", "142条", "法68条2項",
        "第十三条により", "本契約第2項",
    ],
)  # fmt: skip
def test_a_clause_and_the_ward_are_found(text):
    assert cites_the_contract(text)


@pytest.mark.parametrize(
    "text",
    [
        "仕様書の項番", "（宛先）○○区長", "協議第3号による", "特記事項（仕様と異なる点）", "「約300」のような",
        "特記事項の29条", "独特3団体", "奉仕4人", "会長3人",
    ],
)  # fmt: skip
def test_what_cites_nothing_is_not(text):
    assert not cites_the_contract(text)
