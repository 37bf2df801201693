"""Papers to people are set in twelve points or more, however full they are; what is no text for them is named here."""

import re
from typing import Final

import pytest

from app.documents.handout_blocks import NamedLines
from app.documents.pdf.blocks.letters import named_lines
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.sizes import CLOSEST, NORMAL, PORTRAIT
from app.documents.pdf.typesetting.typefaces import open_collection
from tests.support.sample_papers import sample_papers
from tests.support.type_sizes import sizes_of, small_text

LEAST: Final = 12.0
TO_PEOPLE: Final = (
    "決定通知",
    "開催通知",
    "落選通知",
    "中止通知",
    "変更通知",
    "辞退受理通知",
    "会長あて案内文",
    "支部長あて依頼文",
    "事例発表の依頼",
    "事例発表の承諾書",
    "派遣不採択通知",
    "アドバイザー派遣募集要項",
    "アドバイザー派遣希望票",
    "募集チラシ",
    "参加申込書",
    "当日のしおり",
    "当日のしおり（拡大版）",
    "アンケート用紙",
    "アンケート用紙（拡大版）",
    "受講証",
    "席札",
    "班札",
)
MARKS: Final = "案|見本"
"""What stands on every page of a draft and of the sample year."""
EXCEPT: Final = {
    "アンケート用紙": r"R\d+-.\d+\w+アンケート|\d+／\d+ページ",  # the number of a sheet, by which the office sorts it
    "当日のしおり": r"こもれび通り|見本こもれび区民館|徒歩\d+分|南口",
    "席札": "山折り",
    "班札": "山折り",
}
"""Numbers of sheets, words inside a drawn map (they stand beside it in the address) and where a card is folded."""


def small_words(kind: str, data: bytes) -> str:
    """Return what is set too small on a paper, without marks, page numbers and what is named above."""
    named = re.compile("|".join(filter(None, (EXCEPT.get(kind.partition("（")[0], ""), MARKS, r"\d+/\d+"))))
    return "".join(named.sub("", page) for page in small_text(data, LEAST))


@pytest.fixture(scope="module")
def drawn():
    """The papers to people of the sample year as PDF, every kind of every kind of event."""
    return [(paper.kind, render_pdf(paper).data) for paper in sample_papers() if paper.kind in TO_PEOPLE]


def test_nothing_in_a_paper_to_people_is_smaller_than_twelve_points(drawn):
    assert {kind for kind, _data in drawn} == set(TO_PEOPLE)
    assert {(kind, words) for kind, data in drawn if (words := small_words(kind, data))} == set()


def test_running_text_is_found_where_it_is_too_small():
    memo = next(paper for paper in sample_papers() if paper.kind == "業務完了届")
    assert len(small_words("決定通知", render_pdf(memo).data)) > 100
    assert min(size for size, _sign in sizes_of(render_pdf(memo).data)) < LEAST


@pytest.mark.parametrize("density", [NORMAL, CLOSEST])
def test_people_stand_at_equal_distances_however_close_the_letter_is(density):
    layout = Layout(open_collection(), density, PORTRAIT, "letter")
    people = tuple((f"見本 {one}　様", "") for one in "一二三")
    pieces = named_lines(NamedLines(number=3, label="参加される方", rows=people), layout)
    assert {piece.height for piece in pieces} == {density.letter_leading}
    long = named_lines(NamedLines(number=3, label="参加を決定した方と補欠の方の一覧", rows=people), layout)
    assert long[0].height >= density.letter_leading + 5, "its label takes two lines"
