"""Nothing on home is late that nobody can answer: neither in the first week of a new folder nor in the sample year."""

from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.recruitment import ADDED_BY_MOVE
from app.event.services import agreements, event_changes, event_drafts, event_moves, recruitment
from app.event.services.event_records import read_event_records
from app.event.services.event_view import read_event
from app.event.services.tasks import deadlines
from app.events.materials.services import materials
from app.events.roster.services import entry_changes
from app.home.today.services import home
from db.records.agreements import Agreement
from db.records.events import Event, RecruitmentStep
from db.records.roster import Entry, EntryState
from db.rows import by_id
from db.rows import rows as stored
from tests.support.kinds_r8 import form_of
from tests.support.left_papers import notification
from tests.support.years import BY, NOW, TODAY, add_dispatch, add_lecture, at, started_year

_LATE = ("期限超過", "目安日過ぎ")


def late(store, day):
    view = home.read_home(store, today=day)
    return [row.task for row in (*view.rows, *view.passed_targets, *view.later_rows) if row.task.bucket in _LATE]


def made(store, kind, day, **values):
    named = {"subject": "派遣", "organisation_name": "みほん若葉町会"} if kind == "派遣" else {"subject": f"{kind}の回"}
    draft = event_drafts.EventDraft(kind=kind, form=form_of(kind), event_date=day, **named, **values)
    return event_changes.create_event(ActionContext(store, BY, NOW), draft=draft).id


@pytest.mark.parametrize("kind", ["講習会", "派遣", "意見交換会"])
def test_an_aim_that_was_past_when_its_event_was_made_is_none(tmp_path, kind):
    """From three days to three months ahead, and every day of the first week: what is late fell due since."""
    store = started_year(tmp_path)
    for ahead in (3, 8, 20, 45, 90):
        made(store, kind, TODAY + timedelta(days=ahead), exception_reason="見本", exception_kind="協議で足りる")

    assert not [task for task in late(store, TODAY) if not task.is_contract_duty]
    for day in (TODAY + timedelta(days=number) for number in range(1, 8)):
        for task in late(store, day):
            assert task.is_contract_duty or task.due >= TODAY, (day, task.event_title, task.label)
    # What is to come stands there as ever.
    assert [task for task in deadlines.all_tasks(store, today=TODAY) if task.is_open and not task.is_contract_duty]


def test_a_step_that_was_past_says_so_where_it_stands_and_a_day_set_by_hand_counts(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, TODAY + timedelta(days=20))

    steps = {step.name: step for step in read_event(store, event_id=event_id, today=TODAY).steps}
    assert (steps["チラシ校了"].bucket, steps["チラシ校了"].state_words) == ("", "日程の決定前")
    assert steps["受付締切"].bucket == "今週"
    yesterday = TODAY - timedelta(days=1)
    recruitment.set_step_date(ActionContext(store, BY, NOW), step_id=steps["チラシ校了"].id, due=yesterday)
    assert "チラシ校了" in [task.label for task in late(store, TODAY)]


def test_a_day_that_comes_later_dates_the_event_and_a_move_does_not(tmp_path):
    store = started_year(tmp_path)
    undated = add_lecture(store, None)
    dated = add_lecture(store, TODAY + timedelta(days=60))
    then = TODAY + timedelta(days=30)
    for event_id in (undated, dated):
        event_moves.move_event(
            ActionContext(store, BY, at(then)),
            event_id=event_id,
            new_date=then + timedelta(days=35),
            reason="会場の都合",
        )

    one, other = (by_id(store.database, Event, event_id) for event_id in (undated, dated))
    assert (one.dated_on, other.dated_on) == (then, TODAY)
    # Nobody did it while it could be done: that stays late wherever the event goes.
    assert {task.event_id for task in late(store, then) if task.label == "チラシ校了"} == {dated}
    copy = event_changes.duplicate_event(ActionContext(store, BY, NOW), event_id=dated).id
    assert by_id(store.database, Event, copy).dated_on is None


def test_an_event_written_down_after_it_was_held_is_late_with_nothing_on_that_day(tmp_path):
    store = started_year(tmp_path)
    event_id = made(store, "講習会", TODAY - timedelta(days=12), exception_reason="見本", exception_kind="協議で足りる")

    goals = [task for task in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if not task.is_contract_duty]
    assert [task.task for task in goals if task.is_own_check] == ["アンケートの検算"]
    assert [task.label for task in goals if task.is_open and task.bucket == "目安日過ぎ"] == []


def test_a_dispatch_with_the_handouts_of_the_lectures_has_nothing_to_confirm_until_one_is_registered(tmp_path):
    store = started_year(tmp_path)
    event_id = add_dispatch(store, extra_materials=False)

    def confirming():
        tasks = deadlines.event_tasks(store, event_id=event_id, today=TODAY)
        return [task.task for task in tasks if task.task in ("資料確認", "資料案の受領")]

    assert confirming() == []
    materials.add_material(ActionContext(store, BY, NOW), event_id=event_id, title="相談の手引き")
    assert read_event_records(store, event_id).materials_needed
    assert sorted(confirming()) == ["資料案の受領", "資料確認"]


def test_a_report_that_the_contractor_is_late_with_stands_among_what_is_overdue(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 9, 24))
    last = next(
        task for task in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if task.task == "実施報告書"
    )
    after = last.deadline.last_day_in_time + timedelta(days=7)

    before, view = home.read_home(store, today=last.deadline.last_day_in_time), home.read_home(store, today=after)
    assert [row for row in before.rows if row.task.task == "実施報告書"] == []
    row = next(row for row in view.rows if row.task.task == "実施報告書")
    assert (row.awaits_contractor, row.task.bucket, row.task.short_words) == (True, "期限超過", "7日超過")
    assert view.counts["期限超過"] == sum(each.task.bucket == "期限超過" for each in view.rows)
    assert home.count_due(store, today=after) >= view.counts["期限超過"]


_ALL_STEPS = {
    "受付開始",
    "受付締切",
    "参加者を決める",
    "決定通知を出す",
    "チラシ校了",
    "会長あて送付",
    "支部長・会長への周知",
    "区報原稿締切",
}


def open_steps(store, event_id, day=TODAY):
    tasks = deadlines.event_tasks(store, event_id=event_id, today=day)
    return {task.label for task in tasks if task.is_open and task.task == "募集の段取り"}


def tell_paper(store, event_id, kind, facts=None):
    with store.change(action="伝えた", by=BY, now=NOW, subject="letters", event_id=event_id) as change:
        change.insert(
            notification(
                kind,
                event_id=event_id,
                facts=facts or {},
                told_on=TODAY,
                told_to="あて先",
                told_how="郵送",
                by=BY,
                at=NOW,
            )
        )


def apply_one(store, event_id, state="申込"):
    with store.change(action="申込", by=BY, now=NOW, subject="roster", event_id=event_id) as change:
        return change.insert(Entry(event_id=event_id, organisation_name="みほん町会", state=state, applied_at=NOW))


def settle(store, event_id, topic):
    one = next(row for row in stored(store.database, Agreement, event_id=event_id) if row.topic == topic)
    agreements.settle_topics(ActionContext(store, BY, NOW), agreement_ids=[one.id], settled_on=TODAY)


@pytest.mark.parametrize(
    ("act", "closed"),
    [
        (lambda s, e: tell_paper(s, e, "支部長あて依頼文"), {"支部長・会長への周知"}),
        (lambda s, e: tell_paper(s, e, "会長あて案内文"), {"会長あて送付", "チラシ校了"}),
        (lambda s, e: tell_paper(s, e, "区報原稿"), {"区報原稿締切"}),
        (lambda s, e: tell_paper(s, e, "決定通知"), {"決定通知を出す"}),
        (apply_one, {"受付開始"}),
        (
            lambda s, e: entry_changes.set_state(
                ActionContext(s, BY, NOW), entry_id=apply_one(s, e), state=EntryState.CHOSEN, reason="先着"
            ),
            {"受付開始", "受付締切", "参加者を決める"},
        ),
    ],
)
def test_what_was_done_in_the_window_closes_the_steps_it_does(tmp_path, act, closed):
    store = started_year(tmp_path)
    event_id = add_lecture(store, TODAY + timedelta(days=110))
    before = open_steps(store, event_id)
    assert before == _ALL_STEPS

    act(store, event_id)
    assert before - open_steps(store, event_id) == closed


def test_of_the_steps_of_a_dispatch_each_is_closed_by_what_it_waits_for(tmp_path):
    store = started_year(tmp_path)
    event_id = add_dispatch(store, TODAY + timedelta(days=110))
    for topic, step in (("事前ヒアリング", "事前ヒアリング"), ("内容", "実施内容の協議")):
        assert step in open_steps(store, event_id)
        settle(store, event_id, topic)
        assert step not in open_steps(store, event_id)
    chosen = next(row for row in stored(store.database, RecruitmentStep, event_id=event_id) if row.name == "選定")
    recruitment.tick_step(ActionContext(store, BY, NOW), step_id=chosen.id)
    assert open_steps(store, event_id) == {"決定・不採択の通知"}


def test_one_of_several_who_applied_ends_no_deciding_and_a_step_of_a_move_is_closed_by_no_letter(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, TODAY + timedelta(days=110))
    first = apply_one(store, event_id)
    apply_one(store, event_id)
    entry_changes.set_state(ActionContext(store, BY, NOW), entry_id=first, state=EntryState.CHOSEN, reason="先着")
    assert "参加者を決める" in open_steps(store, event_id)

    with store.change(action="段取り", by=BY, now=NOW, subject="events", event_id=event_id) as change:
        change.insert(
            RecruitmentStep(event_id=event_id, position=20, name="会長への通知", offset_days=5, note=ADDED_BY_MOVE)
        )
    tell_paper(store, event_id, "会長あて案内文")
    assert "会長への通知" in open_steps(store, event_id)
