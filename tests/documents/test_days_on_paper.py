"""A paper writes a day as papers do (R8.9.18（金）, 令和8年9月18日), never as the window does (9/18（金）)."""

import re
from datetime import date

import pytest

from app.documents.document_frame import with_printed_days
from app.documents.services.document_kind import document_kind
from tests.support.paper_words import said_by
from tests.support.sample_papers import sample_papers

_AS_IN_THE_WINDOW = re.compile(r"(?<![\d./])\d{1,2}/\d{1,2}(?![\d/])|R\d+ \d")


def test_no_paper_of_the_sample_year_writes_a_day_as_the_window_does():
    found = {
        f"{paper.kind}　{text}"
        for paper in sample_papers()
        for text in said_by(paper).splitlines()
        if _AS_IN_THE_WINDOW.search(text)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("shown", "today", "printed"),
    [
        ("5日前 9/19(土)→前の開庁日", date(2026, 9, 1), "5日前 R8.9.19（土）→前の開庁日"),
        ("仮 〜R9 5/31(月)", date(2026, 12, 1), "仮 〜R9.5.31（月）"),
        ("休日の場合 11/30(月)", date(2027, 2, 1), "休日の場合 R8.11.30（月）"),
        ("1 / 3点、2/30まで", date(2026, 12, 1), "1 / 3点、2/30まで"),
    ],
)
def test_words_of_the_window_get_the_days_of_papers(shown, today, printed):
    assert with_printed_days(shown, today) == printed


def test_a_letter_of_the_ward_is_declared_as_one_that_goes_out():
    letters = {one.kind for one in sample_papers() if one.look == "letter" and one.outgoing}
    assert {kind for kind in letters if not document_kind(kind).goes_out} == set()
    assert len(letters) > 10


def test_what_is_declared_as_going_out_has_the_frame_of_what_goes_out():
    """Only the figures of half a year are handed on as they stand in the house."""
    going = [one for one in sample_papers() if document_kind(one.kind).goes_out]
    assert {one.kind for one in going if not one.outgoing} == {"アンケート中間集計"}
    assert len(going) > 10


def test_what_goes_out_looks_like_a_letter_or_a_form_and_never_like_a_paper_of_the_office():
    """A letter that leaves out ``look="letter"`` has the look of a report."""
    going = [one for one in sample_papers() if one.outgoing]
    assert {one.kind for one in going if one.look == "report"} == set()
    assert len(going) > 10


def test_a_number_stands_for_one_paper_alone():
    """By its 整理番号 the log names a paper; only the enlarged しおり is the very same one."""
    kinds: dict[str, set[str]] = {}
    for one in sample_papers():
        kinds.setdefault(one.reference, set()).add(one.kind)
    shared = {frozenset(found) for found in kinds.values() if len(found) > 1}
    assert shared == {frozenset({"当日のしおり", "当日のしおり（拡大版）"})}
