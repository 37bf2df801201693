"""Options are steps of a scale where they say so by their wording, or are declared or summed up."""

import pytest

from app.surveys.questions.rules import is_scale, scale_steps
from db.records.surveys import Question


def question(*options, kind="SA", **given):
    return Question(code="q", title="", type=kind, options=options, **given)


@pytest.mark.parametrize(
    ("options", "scale"),
    [
        (("とても満足", "満足", "不満"), False), (("とても満足", "やや満足", "不満"), True),
        (("とても満足", "どちらでもない", "不満"), True), (("満足", "どちらでもない", "不満"), False),
        (("とても満足", "あまり満足でない"), False), (("とても満足", "あまり満足でない", "わからない"), False),
        (("とても満足", "あまり満足でない", "まったく満足でない", "その他"), True),
        (("会長", "会計", "その他"), False), ((), False),
    ],
)  # fmt: skip
def test_three_steps_are_a_scale_by_two_words_or_one_and_a_middle(options, scale):
    assert is_scale(question(*options)) is scale
    assert not is_scale(question(*options, kind="MA"))
    assert is_scale(question(*options, scale=True))
    assert is_scale(question(*options, role="satisfaction"))
    assert not is_scale(question(*options, kind="MA", scale=True))


def test_an_option_outside_of_the_scale_is_no_step():
    assert scale_steps(question("満足", "不満", "わからない", "該当しない", "その他", "特になし")) == ("満足", "不満")
