"""A 宿題 is done today or on a day before, and says where it is seen again."""

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.events.agreements.services import _reminder_text, finish_homework, read_meeting, reopen_homework
from app.programme.services import read_programme
from db.records.agreements import Agreement, Homework, Meeting
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


def test_a_meeting_has_the_homework_of_itself_and_its_matters_and_counts_that_of_earlier_days(store):
    programme_id = read_programme(store).programme.id
    with store.change(action="打合せ", by=BY, now=at(TODAY), subject="agreements") as change:
        first, second, same_day, later = (
            change.insert(Meeting(programme_id=programme_id, subject="準備", held_on=date(2026, 9, day)))
            for day in (1, 15, 15, 29)
        )
        topics = {
            meeting: change.insert(Agreement(programme_id=programme_id, topic="会場", content="鍵", meeting_id=meeting))
            for meeting in (first, second, None)
        }
        given = {
            "of the second": {"meeting_id": second}, "of its matter": {"agreement_id": topics[second]},
            "of the first": {"meeting_id": first}, "of the first, done": {"meeting_id": first, "done_on": TODAY},
            "of the matter of the first, done": {"agreement_id": topics[first], "done_on": TODAY},
            "of the same day": {"meeting_id": same_day}, "of a later day": {"meeting_id": later, "done_on": TODAY},
            "of a matter without a meeting": {"agreement_id": topics[None]}, "of nothing": {},
        }  # fmt: skip
        for text, values in given.items():
            change.insert(Homework(programme_id=programme_id, text=text, **values))

    def of(meeting: int) -> tuple[list[str], int, int]:
        view = read_meeting(store, meeting_id=meeting)
        return [one.text for one in view.homework], view.earlier_homework_done, view.earlier_homework_count

    assert of(second) == (["of the second", "of its matter"], 2, 3)
    assert of(first) == (["of the first", "of the first, done", "of the matter of the first, done"], 0, 0)
    assert of(same_day) == (["of the same day"], 2, 3)
    assert of(later) == (["of a later day"], 2, 6)
