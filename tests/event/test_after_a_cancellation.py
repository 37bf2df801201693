"""After a 中止 a task asks to talk with the contractor, until that is settled, or an event takes its place, or neither
is needed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.event.services.agreements import COUNT_TOPIC, open_topic, settle_topics
from app.event.services.event_cancellation import restore_event
from app.event.services.tasks.deadlines import all_tasks, close_event_task, event_tasks, reopen_event_task
from db.records.agreements import Agreement
from db.records.events import Event
from db.rows import rows
from tests.support.cancelling import cancel_event
from tests.support.years import BY, NOW, TODAY, add_lecture, started_year

TASK = "中止の協議"
DAY = date(2026, 9, 24)


def talks(store, event_id, today=TODAY):
    return [one for one in event_tasks(store, event_id=event_id, today=today) if one.task == TASK]


@pytest.fixture
def cancelled(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, DAY)
    assert talks(store, event_id) == []
    cancel_event(store, event_id=event_id, reason="台風の接近のため", by=BY, now=NOW, nature="協議で足りる")
    return store, event_id


def test_it_stands_until_the_talk_is_settled_also_after_the_day(cancelled):
    store, event_id = cancelled
    (begun,) = [one for one in rows(store.database, Agreement, event_id=event_id) if one.topic == COUNT_TOPIC]
    for today in (TODAY, DAY + timedelta(days=3)):
        (task,) = talks(store, event_id, today)
        assert (task.label, task.due, task.clause) == ("受託者と協議する", date(2026, 9, 2), "仕4(1)ウ")
        assert "回数、代替、費用、契約変更" in task.basis
        assert (task.link.action, task.link.agreement_id) == ("協議の記録", begun.id), (
            "what the 中止 began is done there"
        )
        assert task in [replace(one, fiscal_year=0) for one in all_tasks(store, today=today)]
    context = ActionContext(store, BY, NOW)
    for topic in ("内容", "日程の変更"):
        settle_topics(context, agreement_ids=[open_topic(context, event_id=event_id, topic=topic).id])
    assert talks(store, event_id), "what was to be agreed about holding it is no talk about the 中止"
    settle_topics(context, agreement_ids=[begun.id])
    assert talks(store, event_id) == []


def test_an_event_in_its_place_ends_it(cancelled):
    store, event_id = cancelled
    other = add_lecture(store, date(2026, 11, 5))
    with store.change(action="代わり", by=BY, now=NOW, subject="events") as change:
        change.update(Event, other, replaces=event_id)
    assert talks(store, event_id) == []
    assert TASK not in [one.task for one in all_tasks(store, today=TODAY)]
    cancel_event(store, event_id=other, reason="会場の故障", by=BY, now=NOW)
    assert talks(store, event_id)


def test_none_is_needed_is_said_with_a_reason_and_can_be_taken_back(cancelled):
    store, event_id = cancelled
    context = ActionContext(store, BY, NOW)
    close_event_task(context, event_id=event_id, task=TASK, closed_on=TODAY, reason="仕様書の程度の範囲内")
    (task,) = talks(store, event_id)
    assert (task.completed_on, task.closed_because) == (TODAY, "仕様書の程度の範囲内")
    reopen_event_task(context, event_id=event_id, task=TASK)
    assert talks(store, event_id)[0].is_open

    close_event_task(context, event_id=event_id, task=TASK, closed_on=TODAY, reason="仕様書の程度の範囲内")
    restore_event(context, event_id=event_id)
    assert talks(store, event_id) == []
    later = NOW + timedelta(days=5)
    cancel_event(store, event_id=event_id, reason="大雨のため", by=BY, now=later)
    assert talks(store, event_id, later.date())[0].is_open, "another 中止 is talked over anew"
