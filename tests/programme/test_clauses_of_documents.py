"""Every clause that the program, its papers, its screens and its lists name stands in the document it is cited from."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.year_end.specification.rules import LETTERS

ROOT = Path(__file__).parents[2]
LINES = (Path(__file__).parent / "clauses_of_documents.txt").read_text(encoding="utf-8").splitlines()
_LISTED = [line.split("|") for line in LINES if "|" in line]
KNOWN = {f"{letter.strip()}{one}" for letter, numbers in _LISTED for one in numbers.split()}
_PART = r"(?:第?\d+条(?:第\d+項)?|\d++(?:-\d++)?)(?:\(\d+\))*[ア-ヲ]?(?![ァ-ヴー])"
_MORE = r"(?:\(\d+\)[ア-ヲ]?|[ア-ヲ])(?![ァ-ヴー])"
_CITED = re.compile(rf"(?<![奉給出独一-龠])(仕様書|仕|特記事項|特|機)({_PART}(?:[・、](?:{_PART}|{_MORE}))*)")
_PLACE = re.compile(r"(?:第?(\d+)(?:条(?:第(\d+)項)?|-(\d+))?)?((?:\(\d+\))*)([ア-ヲ]?)")
OF_ANOTHER_TEXT = re.compile(r"予算要求|読み比べ")
"""Papers and screens that hold the text of the next year beside that of this one."""


def clauses_of(text: str) -> Iterator[str]:
    """Yield each clause that ``text`` cites, written as in the list of documents."""
    for found in _CITED.finditer(unicodedata.normalize("NFKC", text)):
        letter = found[1][0]
        article, item = "", ""
        for part in re.split("[・、]", found[2]):
            at = _PLACE.match(part)
            if at is None:
                continue
            if at[1]:
                article, item = f"{at[1]}-{at[2] or at[3]}" if at[2] or at[3] else at[1], ""
            item = at[4] or item
            yield f"{letter}{article}{item}{at[5]}"


def stands(clause: str) -> bool:
    """「仕4コ」 means コ of every item of 4; 「特19-3(9)(10)」 two items."""
    if clause in KNOWN:
        return True
    anywhere = re.fullmatch(r"仕4([ア-ヲ])", clause)
    if anywhere is not None:
        return any(one.endswith(anywhere[1]) for one in KNOWN if one.startswith("仕4("))
    several = re.fullmatch(r"(.+?)((?:\(\d+\)){2,})", clause)
    return several is not None and all(f"{several[1]}{one}" in KNOWN for one in re.findall(r"\(\d+\)", several[2]))


def texts() -> Iterator[tuple[str, str]]:
    """Yield what the program may show (its source, the list of duties) and the words of papers and screens."""
    files = [ROOT / "resources/duties/rows.txt", ROOT / "docs/manual.md", ROOT / "docs/papers.md"]
    files += sorted((ROOT / "app").rglob("*.py"))
    files += sorted((ROOT / "tests").rglob("words.txt")) + sorted((ROOT / "tests/documents/words").glob("*.txt"))
    for path in files:
        if not OF_ANOTHER_TEXT.search(path.name) and "specification" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_every_clause_that_is_named_stands_in_its_document():
    found = [(place, clause) for place, text in texts() for clause in clauses_of(text)]
    assert [(place, clause) for place, clause in found if not stands(clause)] == []
    assert len(found) > 1_000
    assert {clause[0] for _place, clause in found} == {"仕", "特", "機"}


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("根拠：特22-2・特18(7)（番号は出現順）", ["特22-2", "特18(7)"]),
        ("特記事項第6条・第22条第3項", ["特6", "特22-3"]),
        ("仕4(1)コ・(2)ケ・(3)コ", ["仕4(1)コ", "仕4(2)ケ", "仕4(3)コ"]),
        ("仕様書４（１）キ・ケ", ["仕4(1)キ", "仕4(1)ケ"]),
        ("機6-8(3)イ", ["機6-8(3)イ"]), ("特19-3(4)(5)", ["特19-3(4)(5)"]),
        ("仕様書2部、奉仕4人、特30", ["仕2", "特30"]),
        ("仕4(1)カのスライド", ["仕4(1)カ"]),
    ],
)  # fmt: skip
def test_a_clause_is_found_however_it_is_written(text, clauses):
    assert list(clauses_of(text)) == clauses


def test_the_list_is_that_of_the_documents():
    assert [sum(one.startswith(letter) for one in KNOWN) for letter in "仕特機"] == [41, 104, 57]
    assert all(one[-1] in f"{LETTERS}0123456789)" for one in KNOWN)
    assert not stands("特30")
    assert not stands("特22-4")
    assert not stands("仕4(2)コ")
    assert not stands("機6(1)")
