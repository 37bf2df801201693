"""What ink answers: only what is beyond doubt; anything else stays open with its reason."""

from __future__ import annotations

import pytest

from app.subjects.surveys.typing.rules.scanned_answers import MISSING, BoxInk, QuestionInk, read_questions
from db.records.surveys import Answer, Question

ONE = Question(code="one", title="1つ", type="SA", options=("はい", "いいえ", "その他"), has_other=True)
MANY = Question(code="many", title="いくつか", type="MA", options=("甲", "乙", "丙", "特になし"), max_select=2, exclusive_option="特になし")
TEXT = Question(code="text", title="自由に", type="FA")
NUMBER = Question(code="number", title="回数", type="NUM", unit="回")


def ink(code, marked="", *, of=3, unclear="", filled="", faint="", **more):
    boxes = tuple(
        BoxInk(
            number=str(place),
            state="unclear" if str(place) in unclear else "marked" if str(place) in marked + faint else "empty",
            filled=str(place) in filled,
            strength=60.0 if str(place) in faint else 200.0,
        )
        for place in range(1, of + 1)
    )
    return QuestionInk(code=code, boxes=boxes, **more)


def read(question, found, *others):
    inks = {one.code: one for one in (found, *(other for _question, other in others))}
    return read_questions((question, *(one for one, _ink in others)), inks)[0]


def test_one_clear_mark_is_proposed_and_none_at_all_is_no_answer():
    assert read(ONE, ink("one", "2")) == read_questions((ONE,), {"one": ink("one", "2")})[0]
    assert (read(ONE, ink("one", "2")).settled, read(ONE, ink("one", "2")).answer) == (True, Answer(chosen=("いいえ",)))
    assert (read(ONE, ink("one")).settled, read(ONE, ink("one")).answer) == (True, Answer())
    assert read(MANY, ink("many", "13", of=4)).answer == Answer(chosen=("甲", "丙"))


@pytest.mark.parametrize(
    ("question", "found", "why"),
    [
        (ONE, ink("one", "12"), "2つ以上に印"),
        (ONE, ink("one", "1", unclear="2"), "はっきりしません"),
        (ONE, ink("one", unclear="2"), "はっきりしません"),
        (ONE, ink("one", "1", stray=True), "欄の外"),
        (ONE, ink("one", stray=True), "欄の外"),
        (ONE, ink("one", "1", written=True), "印がありません"),
        (ONE, ink("one", written=True), "印がありません"),
        (ONE, ink("one", lost=True), "うすい印"),
        (ONE, ink("one", "1", of=2), "はっきりしません"),
        (MANY, ink("many", "123", of=4), "選べる数より多く"),
        (MANY, ink("many", "14", of=4), "ほかの選択肢"),
        (MANY, ink("many", "1", faint="2", of=4), "はっきりしません"),
        (MANY, ink("many", "1", of=4, lost=True), "うすい印"),
        (TEXT, QuestionInk(code="text", written=True), "書かれていること"),
        (TEXT, QuestionInk(code="text", stray=True), "書かれていること"),
        (TEXT, QuestionInk(code="text", lost=True), "うすい印"),
        (NUMBER, QuestionInk(code="number", written=True), "書かれている数"),
    ],
)
def test_what_is_not_beyond_doubt_stays_open_and_says_why(question, found, why):
    other = (Question(code="x", title="x", type="SA", options=("甲", "乙", "丙")), ink("x", "1"))
    more = (Question(code="y", title="y", type="SA", options=("甲", "乙", "丙")), ink("y", "3"))
    got = read(question, found, other, more)
    assert not got.settled
    assert got.answer == Answer()
    assert why in got.why


def test_with_an_option_of_ones_own_words_ticked_only_what_was_written_is_left_to_type():
    got = read(ONE, ink("one", "3", written=True))
    assert (got.settled, got.answer) == (False, Answer(chosen=("その他",)))
    assert read(ONE, ink("one", "3")).settled


def test_a_single_filled_box_among_ticks_may_be_struck_out_but_who_fills_fills_all():
    ticks = [(Question(code=name, title=name, type="SA", options=("甲", "乙", "丙")), ink(name, "1")) for name in "ab"]
    assert "取消し" in read(ONE, ink("one", "2", filled="2"), *ticks).why
    fills = [(one, ink(one.code, "1", filled="1")) for one, _ink in ticks]
    assert read(ONE, ink("one", "2", filled="2"), *fills).settled


def test_empty_rooms_are_no_answer_and_a_missing_page_is_typed():
    assert read(TEXT, QuestionInk(code="text")).settled
    assert read(NUMBER, QuestionInk(code="number")).settled
    (gone,) = read_questions((ONE,), {})
    assert (gone.settled, gone.why) == (False, MISSING)
