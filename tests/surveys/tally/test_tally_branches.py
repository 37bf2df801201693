"""A branch question is counted over those who were asked; 非該当 stands outside n."""

from dataclasses import replace
from types import SimpleNamespace as Facts

import pytest

from app.surveys.tally.documents import tally_chart
from app.surveys.tally.rules import question_comparability, tally_answers
from app.surveys.tally.services import tally_document_kinds
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


def test_who_was_not_asked_for_a_written_answer_is_left_outside_too():
    words = Question(code="words", title="ひとこと", type="FA", asked_of="used", asked_of_options=("はい",))
    _, told = tally_answers((USED, words), [sheet | {"words": Answer(text="よい")} for sheet in SHEETS])
    assert (told.base, told.not_asked_count, told.answered_count) == (2, 3, 2)


@pytest.mark.parametrize(
    ("change", "comparability"),
    [
        ({}, "同じ"), ({"options": ("写真", "連絡")}, "同じ"), ({"title": "どう"}, "文が違う"),
        ({"options": ("連絡",)}, "選択肢が違う"), ({"has_other": True}, "選択肢が違う"),
        ({"type": "SA"}, "聞き方が違う"), ({"max_select": 2}, "聞き方が違う"),
        ({"asked_of": "other"}, "聞き方が違う"), ({"asked_of_options": ("いいえ",)}, "聞き方が違う"),
    ],
)  # fmt: skip
def test_another_type_limit_or_branch_is_another_question(change, comparability):
    assert question_comparability(HOW, replace(HOW, **change)) == comparability
    assert question_comparability(HOW, None) == "聞いていない"


def test_the_note_says_how_many_are_left_outside():
    _, how = tally_answers((USED, HOW), SHEETS)
    assert "非該当3件を除く" in tally_chart(how).note


def test_a_reason_that_is_empty_or_names_somebody_is_not_printed(monkeypatch):
    monkeypatch.setattr(tally_document_kinds, "personal_flags", lambda text, *, finder: "見本" in text)
    sheets = [Facts(decision=text, counted=text == "数える") for text in ("白紙", "", "見本さん", "白紙", "数える")]
    found = tally_document_kinds._left_out(Facts(survey_view=Facts(responses=sheets)), None)
    assert found == (("白紙", 2), ("理由は記録のとおり", 1), ("理由は記録のとおり", 1))
