"""Whether a question was the same in another event or year, so that its numbers may stand beside each other."""

from __future__ import annotations

from typing import Literal

from db.records.surveys import Question

Standing = Literal["同じ", "文が違う", "選択肢が違う", "聞き方が違う", "聞いていない"]
COMPARABLE: tuple[Standing, ...] = ("同じ", "文が違う")


def question_standing(newest: Question, one: Question | None) -> Standing:
    """How ``one`` stands to ``newest`` of the same code: same code and same options may be compared.

    Another kind, another limit or another branch is another way of asking. Other words of the title are shown,
    and compared all the same; the order of the options does not matter.
    """
    if one is None:
        return "聞いていない"
    branch = (one.asked_of, frozenset(one.asked_of_options)) == (newest.asked_of, frozenset(newest.asked_of_options))
    if one.type != newest.type or one.max_select != newest.max_select or not branch:
        return "聞き方が違う"
    if frozenset(one.options) != frozenset(newest.options) or one.has_other != newest.has_other:
        return "選択肢が違う"
    return "同じ" if one.title == newest.title else "文が違う"
