"""The steps up to an event: how many days before it each stands, and which one opens, closes and tells."""

from datetime import date

import pytest

from app.event.rules.recruitment import (
    FORMS_CLOSE_BEFORE,
    RESULTS_AFTER_CLOSING,
    closing_step,
    opening_step,
    recruitment_steps,
    results_step,
    step_target_day,
    steps_of_kind,
)
from app.event.screens.deadline_section import _group, _lines
from app.event.screens.event_facts import fact_lines
from app.event.screens.step_list import StepList
from app.event.services.event_lists import list_events
from app.event.services.event_view import read_event
from app.event.services.recruitment import VENUE_STEP, tick_open_step, tick_step, untick_step
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.roster import Entry, EntryState
from db.rows import by_id, rows
from tests.support.years import BY, NOW, acting, add_dispatch, add_lecture

OF_FORM = {one.form: one for one in preset().kinds}


def test_a_visit_and_a_lecture_have_steps_of_their_own_so_many_days_before():
    assert dict(steps_of_kind(OF_FORM[EventForm.VISIT])) == {
        "募集要項の周知": 84,
        "希望票の締切": 49,
        "選定": 42,
        "決定・不採択の通知": 40,
        "事前ヒアリング": 28,
        "実施内容の協議": 21,
    }
    assert (FORMS_CLOSE_BEFORE, RESULTS_AFTER_CLOSING) == (49, 9)
    assert dict(steps_of_kind(OF_FORM[EventForm.LECTURE])) == {
        "支部長・会長への周知": 84,
        "区報原稿締切": 80,
        "チラシ校了": 49,
        "会長あて送付": 46,
        "受付開始": 42,
        "受付締切": 17,
        "決定": 15,
        "決定通知": 13,
    }
    assert steps_of_kind(OF_FORM[EventForm.EXCHANGE]) == steps_of_kind(OF_FORM[EventForm.LECTURE])


def test_a_dispatch_has_a_block_for_each_of_its_own_steps_and_after_its_day_none_is_next(store):
    event_id = add_dispatch(store, date(2026, 10, 15))
    steps = rows(store.database, RecruitmentStep, event_id=event_id)
    tick_step(acting(store), step_id=steps[0].id, on=NOW.date())

    def shown(today):
        (row,) = list_events(store, today=today).rows
        return [one.state for one in row.blocks], row.blocks_words

    left = len(steps) - 1
    assert shown(NOW.date())[0] == ["済", "つぎ", *["未着手"] * (left - 1)]
    assert shown(date(2026, 10, 16)) == (["済", *["記録なし"] * left], f"{left}段は記録なし")


def test_what_only_follows_from_a_later_step_says_so_and_is_no_block_done(store):
    event_id = add_lecture(store, date(2026, 9, 30))
    with store.change(action="決定", by=BY, now=NOW) as change:
        change.insert(Entry(event_id=event_id, organisation_name="見本町会", state=EntryState.CHOSEN))
    by_name = {one.name: one.id for one in rows(store.database, RecruitmentStep, event_id=event_id)}
    tick_step(acting(store), step_id=by_name["決定通知"], on=NOW.date())
    tick_step(acting(store), step_id=by_name["チラシ校了"], on=NOW.date())
    view = read_event(store, event_id=event_id, today=NOW.date())
    said = {one.name: (one.is_inferred, one.note) for one in view.steps}
    assert said["支部長・会長への周知"] == (True, "決定通知により済")
    assert (said["チラシ校了"], said["決定通知"]) == ((False, ""), (False, ""))
    line = next(one for one in fact_lines(view, NOW.date()) if one.id == "募集")
    assert (line.value, line.is_done) == ("支部長・会長への周知から決定通知まで", False)
    assert line.second == "6段は記録なし（決定通知により済）"
    (row,) = list_events(store, today=NOW.date()).rows
    assert {one.state for one in row.blocks} == {"記録なし"}
    assert row.blocks_words == "通知済、6段は記録なし"
    tick_step(acting(store), step_id=by_name["決定"], on=NOW.date())
    (row,) = list_events(store, today=NOW.date()).rows
    assert [one.state for one in row.blocks] == [*["記録なし"] * 4, "済"]


def test_the_list_of_steps_and_what_is_to_be_done_call_the_same_steps_done(qtbot, store):
    event_id = add_lecture(store, date(2026, 9, 30))
    with store.change(action="決定", by=BY, now=NOW) as change:
        change.insert(Entry(event_id=event_id, organisation_name="見本町会", state=EntryState.CHOSEN))
        for one in rows(store.database, RecruitmentStep, event_id=event_id, name=["決定", "決定通知"]):
            change.update(RecruitmentStep, one.id, done_on=NOW.date())
    view = read_event(store, event_id=event_id, today=NOW.date())
    steps = StepList()
    qtbot.addWidget(steps)
    steps.show_steps(view.steps, NOW.date())
    assert steps.fold.words() == "済 2"
    assert "記録なし 6" in steps.fold.accessibleName()
    ticked = {box.text() for box in steps.boxes.values() if box.isChecked()}
    assert ticked == {"決定", "決定通知"}
    group_of = {line.label: _group(line) for line in _lines(view)}
    names = ("支部長・会長への周知", "区報原稿締切", "チラシ校了", "会長あて送付", "受付開始", "受付締切")
    assert {group_of[name] for name in names} == {"記録のないこと"}
    assert (group_of["参加者を決める"], group_of["決定通知を出す"]) == ("済んだこと", "済んだこと")


@pytest.mark.parametrize(
    ("form", "named"),
    [
        (EventForm.LECTURE, ("受付開始", "受付締切", None)),
        (EventForm.VISIT, (None, "希望票の締切", "決定・不採択の通知")),
    ],
)
def test_the_step_that_opens_closes_and_tells_is_found_by_its_name_and_no_paper_is_one(form, named):
    steps = recruitment_steps(5, steps_of_kind(OF_FORM[form]))
    assert [(step.event_id, step.position, step.due) for step in steps] == [(5, n, None) for n in range(len(steps))]
    found = (opening_step(steps), closing_step(steps), results_step(steps))
    assert tuple(step and step.name for step in found) == named
    assert [one(()) for one in (opening_step, closing_step, results_step)] == [None] * 3


@pytest.mark.parametrize(
    ("before", "day"),
    [
        (14, date(2026, 9, 10)),
        (12, date(2026, 9, 11)),
        (11, date(2026, 9, 11)),
        (10, date(2026, 9, 14)),
        (0, date(2026, 9, 24)),
    ],
)
def test_a_step_on_a_closed_day_stands_on_the_open_day_before(office_calendar, before, day):
    assert step_target_day(before, date(2026, 9, 24), office_calendar) == day


@pytest.mark.parametrize(("typed", "left"), [(None, None), (date(2026, 8, 20), date(2026, 8, 20))])
def test_a_venue_that_is_not_approved_after_all_is_not_shown_as_approved(store, typed, left):
    event_id, context = add_lecture(store, date(2026, 9, 24)), acting(store)
    with store.change(action="見本", by=BY, now=NOW) as change:
        step_id = change.insert(RecruitmentStep(event_id=event_id, position=9, name=VENUE_STEP, offset_days=0))
    tick_step(context, step_id=step_id, on=date(2026, 8, 28))
    if typed:
        with store.change(action="見本", by=BY, now=NOW) as change:
            change.update(Event, event_id, venue_booked_on=typed)
    untick_step(context, step_id=step_id)
    assert by_id(store.database, Event, event_id).venue_booked_on == left


def test_a_step_ticked_later_leaves_the_typed_day_of_the_approval(store):
    event_id, context = add_lecture(store, date(2026, 9, 24)), acting(store)
    with store.change(action="見本", by=BY, now=NOW) as change:
        step_id = change.insert(RecruitmentStep(event_id=event_id, position=9, name=VENUE_STEP, offset_days=0))
        change.update(Event, event_id, venue_booked_on=date(2026, 8, 20))

    def approved_on():
        return by_id(store.database, Event, event_id).venue_booked_on

    tick_step(context, step_id=step_id)
    assert by_id(store.database, RecruitmentStep, step_id).done_on == NOW.date()
    assert approved_on() == date(2026, 8, 20)
    tick_step(context, step_id=step_id, on=NOW.date(), note="電話で確認")
    assert approved_on() == date(2026, 8, 20)
    untick_step(context, step_id=step_id)
    assert approved_on() == date(2026, 8, 20)


def test_the_day_of_a_step_that_set_the_approval_is_corrected_in_both_places(store):
    event_id, context = add_lecture(store, date(2026, 9, 24)), acting(store)
    with store.change(action="見本", by=BY, now=NOW) as change:
        step_id = change.insert(RecruitmentStep(event_id=event_id, position=9, name=VENUE_STEP, offset_days=0))
    tick_step(context, step_id=step_id)
    tick_step(context, step_id=step_id, on=date(2026, 8, 27))
    assert by_id(store.database, Event, event_id).venue_booked_on == date(2026, 8, 27)


def test_a_decision_ticks_its_open_step_of_that_event_alone_and_leaves_the_day_of_one_that_was_done(store):
    event_id, other = add_lecture(store, date(2026, 9, 24)), add_lecture(store, date(2026, 11, 5))
    of_both = {one.event_id: one for one in rows(store.database, RecruitmentStep, name="決定")}
    day, later = date(2026, 9, 9), date(2026, 9, 11)
    for found, on in ((None, day), (event_id, day), (event_id, later)):
        with store.change(action="決めた", by=BY, now=NOW) as change:
            tick_open_step(store.database, change, found, "決定", on=on, done_by=BY)
    found = by_id(store.database, RecruitmentStep, of_both[event_id].id)
    assert (found.done_on, found.done_by) == (day, BY)
    ticked = [one for one in rows(store.database, RecruitmentStep) if one.done_on is not None]
    assert [one.id for one in ticked] == [found.id]
    assert by_id(store.database, RecruitmentStep, of_both[other].id).done_on is None
