"""Every sentence that a paper may print stands in ``statements.tsv`` with its sort and with what bears it.

A statement is a constant in the services, rules or documents that a declared paper reaches, of four signs or more, one
of them Japanese, with a predicate: it has a 「。」, ends in a 「、」, or a piece of it between two marks ends in an
inflected word (「足りません」「使わない」) or in a word of a state (「見込みどおり」「未定」「なし」), has a topic
(「…は区の負担」), or a noun that a particle makes a predicate (「無記名で実施」). A noun with a clause before it is a
name (「端末を持参する方」), as are headings, titles of columns and names of tasks. Docstrings, refusals, patterns and
words that another text is compared with say nothing on paper. Slots and citations of clauses are one ◯, so that a
number that moves into its table changes no line.

``DESK_WORDS=write`` writes the lines anew: what has gone goes, what is new stands without a sort until somebody sorts
it.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from operator import attrgetter

import pytest

import db.records
from tests.support.said_words import WRITES
from tests.support.statements import PROJECT, constants_of, is_statement, plain, statements

REGISTER = PROJECT / "tests" / "documents" / "statements.tsv"
HEAD = ("文", "種類", "もと")
FACT, SOURCE, REQUEST, PROMISE = SORTS = ("事実", "出典", "案内", "約束")
NOBODY = "なし"
MOST_WITHOUT = 0
"""How many facts and promises nothing bears: a habit of one office that is still code. The number only gets smaller."""


def register() -> dict[str, tuple[str, str]]:
    lines = [line.split("\t") for line in REGISTER.read_text(encoding="utf-8").splitlines()]
    assert tuple(lines[0]) == HEAD
    assert len({line[0] for line in lines}) == len(lines)
    return {text: (sort, bearer) for text, sort, bearer in lines[1:]}


def test_every_statement_has_its_line_and_every_line_its_statement():
    found, kept = statements(), register()
    if WRITES:
        lines = ["\t".join((text, *kept.get(text, ("", "")))) for text in sorted(found)]
        REGISTER.write_text("\n".join(("\t".join(HEAD), *lines, "")), encoding="utf-8")
        return
    new = [f"{one.path.relative_to(PROJECT)}:{one.line} {one.text}" for one in found.values() if one.text not in kept]
    assert (new, sorted(kept.keys() - found.keys())) == ([], []), (
        "DESK_WORDS=write で書き直し、新しい行の種類を書きます"
    )


def test_a_fact_and_a_promise_have_something_that_bears_them():
    kept = register()
    assert {text for text, (sort, _bearer) in kept.items() if sort not in SORTS} == set()
    borne = {text for text, (_sort, bearer) in kept.items() if bearer}
    assert borne == {text for text, (sort, _bearer) in kept.items() if sort in (FACT, PROMISE)}
    assert sum(bearer == NOBODY for _sort, bearer in kept.values()) == MOST_WITHOUT
    named = {one for _sort, bearer in kept.values() if bearer != NOBODY for one in bearer.split()}
    assert named - set(_fields()) - {one for one in named if _is_question(one)} == set()


def _fields() -> Iterator[str]:
    """Yield every field of every record, 「Event.network」."""
    for module in pkgutil.walk_packages(db.records.__path__, "db.records."):
        for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            yield from (f"{name}.{field}" for field in getattr(one, "__dataclass_fields__", ()))


def _is_question(bearer: str) -> bool:
    """Whether 「module:function」 is a question of the code."""
    module, _colon, name = bearer.partition(":")
    try:
        return bool(name) and callable(attrgetter(name)(importlib.import_module(module)))
    except (ImportError, AttributeError):
        return False


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("いま申込みを受け付けている回はありません。", True), ("無記名で実施", True), ("見込みどおり", True),
        ("使用料は◯の負担", True), ("参加費　無料", True), ("◯が◯台を持参", True), ("これまでに◯に決まり、", True),
        ("消去したものは比べていない", True), ("端末を持参する方", False), ("支部長・会長への周知", False),
        ("配布資料の部数", False), ("氏名（ふりがな）", False), ("中止", False), (r"第?(\d+)条に[よ基]", False),
    ],
)  # fmt: skip
def test_what_asserts_is_told_from_what_names(text, is_said):
    assert is_statement(text) == is_said


def test_a_number_that_moves_into_its_table_changes_no_line():
    typed = plain("特記事項第13条、特18(5)により、第22条第1項のとおり返します。")
    assert typed == plain("◯、◯により、◯のとおり返します。") == "◯により、◯のとおり返します。"


def test_docstrings_refusals_and_comparisons_say_nothing():
    tree = ast.parse(
        '"""これは説明です。"""\n'
        "if not name:\n    raise UserError('名前が空です。')\n"
        "if told == '見込みどおり' or told.startswith('まだ決まっていない'):\n"
        "    told = f'{day}に{place}で行います。' + told.replace('回は未定', '')\n"
        "Heading(1, '1', '決めたことは次のとおり', right=f'{count}件は未決定')\n"
    )
    assert sorted(text for text, _line in constants_of(tree)) == ["◯に◯で行います。", "◯件は未決定"]
