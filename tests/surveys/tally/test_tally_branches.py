"""A branch question is counted over those who were asked; 非該当 stands outside n."""

from __future__ import annotations

from app.surveys.tally.documents import tally_chart
from app.surveys.tally.rules import tally_answers
from db.records.surveys import Answer, Question

USED = Question(code="used", title="使っていますか", type="SA", options=("はい", "いいえ"))
HOW = Question(
    code="how", title="どのように", type="MA", options=("連絡", "写真"), asked_of="used", asked_of_options=("はい",)
)
SHEETS = (
    {"used": Answer(chosen=("はい",)), "how": Answer(chosen=("連絡",))},
    {"used": Answer(chosen=("はい",))},
    {"used": Answer(chosen=("いいえ",))},
    {"used": Answer(chosen=("いいえ",)), "how": Answer(chosen=("写真",))},
    {},
)


def test_only_those_who_were_asked_are_the_base():
    used, how = tally_answers((USED, HOW), SHEETS)
    assert (used.base, used.not_asked_count) == (5, 0)
    assert (how.base, how.not_asked_count, how.no_answer) == (2, 3, 1)
    assert [(row.text, row.count, row.percent) for row in how.options] == [("連絡", 1, "50.0"), ("写真", 0, "0.0")]


def test_the_note_says_how_many_are_left_outside():
    _, how = tally_answers((USED, HOW), SHEETS)
    assert "非該当3件を除く" in tally_chart(how).note
