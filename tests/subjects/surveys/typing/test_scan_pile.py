"""Which pages are one sheet: by their order alone; what can't be brought together is named, never guessed."""

from __future__ import annotations

import pytest

from app.papers.scan_code import PageCode
from app.subjects.surveys.typing.rules.scan_pile import PileRow, pile_of, said_of

PAGES = {False: 2, True: 5}


def rows(text, *, large=""):
    """「1 2 - 1」: printed page numbers in the order of the scan, 「-」 a page without marks, 「=」 the one before again."""
    found = []
    for number, word in enumerate(text.split(), start=1):
        if word == "-":
            found.append(PileRow(number=number, why="marks"))
        elif word == "=":
            before = found[-1]
            found.append(PileRow(number=number, code=before.code, sign=before.sign))
        else:
            page = int(word.strip("L"))
            found.append(PileRow(number=number, code=PageCode(survey=1, form=7, large="L" in word, page=page), sign=f"s{number}"))
    return found


@pytest.mark.parametrize(
    ("text", "sheets", "left"),
    [
        ("1 2 1 2", ["1-2", "3-4"], {}),
        ("1 2 - 1 2", ["1-2", "4-5"], {3: "marks"}),
        ("1 - 2", ["1-3"], {2: "marks"}),
        ("1 1 2", ["1", "2-3"], {}),
        ("1 2 2 1 2", ["1-2", "4-5"], {3: "doubled"}),
        ("2 1 2", ["2-3"], {1: "alone"}),
        ("1 2 = 1 2", ["1-2", "4-5"], {3: "again"}),
        ("1 1 1 2 2 2", [], dict.fromkeys(range(1, 7), "unpaired")),
        ("1 1 2 2 1 2", ["5-6"], dict.fromkeys(range(1, 5), "unpaired")),
        ("1L 2L 3L 4L 5L 1 2", ["1-2-3-4-5", "6-7"], {}),
        ("1L 2L 4L 5L 1 2", ["1-2-3-4", "5-6"], {}),
        ("1 2L 1 2", ["1", "3-4"], {2: "alone"}),
        ("1 1 1", ["1", "2", "3"], {}),
        ("", [], {}),
    ],
)
def test_pages_are_sheets_by_their_order_and_nothing_is_lost(text, sheets, left):
    pile = pile_of(rows(text), PAGES)
    assert ["-".join(str(sheet.pages[page].number) for page in sorted(sheet.pages)) for sheet in pile.sheets] == sheets
    assert {row.number: row.why for row in pile.left} == left
    every = sorted([row.number for row in pile.left] + [row.number for sheet in pile.sheets for row in sheet.pages.values()])
    assert every == list(range(1, len(text.split()) + 1))


def test_what_did_not_come_is_said_of_its_sheet():
    pile = pile_of(rows("1 1 2"), PAGES)
    assert [sheet.missing for sheet in pile.sheets] == [(2,), ()]
    assert pile.sheets[1].scan == "s2 s3"
    assert [sheet.missing for sheet in pile_of(rows("1L 2L 4L 5L"), PAGES).sheets] == [(3,)]


def test_every_reason_is_a_sentence_with_its_pages():
    said = said_of([PileRow(number=number, why="marks") for number in (3, 5, 6, 7)] + [PileRow(number=9, why="blank")])
    assert said[0].startswith("3、5～7ページ　四隅の印が見つかりません")
    assert said[1].startswith("9ページ　")
    assert all(line.endswith("。") for line in said)
