"""A 宿題 is done today or on a day before, and says where it is seen again."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.events.agreements.services import _reminder_text, finish_homework, reopen_homework
from db.records.agreements import Homework
from db.rows import by_id
from tests.support.years import BY, at

TODAY = date(2026, 10, 1)


def homework(**given):
    return Homework(programme_id=1, text="会場の鍵", **given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"due": date(2026, 10, 2)}, "済にするまでホームに出ます。"),
        ({"due": TODAY}, "済にするまでホームに出ます。"),
        ({"due": date(2026, 9, 30)}, "期限の9/30(水)を過ぎています。済にするまでホームに出ます。"),
        ({}, "期限が空のため、ホームには出ません。"),
        ({"due": date(2026, 9, 30), "done_on": TODAY}, ""),
    ],
)
def test_homework_says_where_it_is_seen_again(given, said):
    assert _reminder_text(homework(**given), TODAY) == said


def test_homework_is_done_on_the_day_that_was_said_else_today_and_never_on_a_day_to_come(store):
    context = ActionContext(store, BY, at(TODAY))
    with store.change(action="宿題", by=BY, now=at(TODAY), subject="agreements") as change:
        number = change.insert(homework())

    def known():
        found = by_id(store.database, Homework, number)
        return found.done_on, found.done_note

    finish_homework(context, homework_id=number, done_on=date(2026, 9, 29), note=" 返した ")
    assert known() == (date(2026, 9, 29), "返した")
    reopen_homework(context, homework_id=number)
    assert known() == (None, "")
    with pytest.raises(UserError, match="先の日付"):
        finish_homework(context, homework_id=number, done_on=date(2026, 10, 2))
    assert known() == (None, "")
    finish_homework(context, homework_id=number)
    assert known() == (TODAY, "")
