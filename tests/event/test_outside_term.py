"""No event gets a day that 履行期間 does not cover, on whatever way, until the 契約変更 is recorded that covers it."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.event.services.event_changes import create_event, update_event
from app.event.services.event_drafts import EventDraft, check_event_draft, draft_of
from app.event.services.event_moves import move_event, preview_move
from app.events.schedules.services import apply_plan, read_comparison, save_candidate, start_plan
from app.programme.services import change_programme, read_programme
from app.year.contract.services import record_contract_change
from db.records.event_form import EventForm
from db.records.events import Event
from tests.support.years import BY, NOW, TODAY, add_lecture, the_event

AFTER = date(2027, 4, 6)
LATE = EventDraft(
    kind="講習会",
    form=EventForm.LECTURE,
    subject="LINE講習会",
    event_date=AFTER,
    network="有",
    exception_reason="会場の改修",
    exception_kind="協議で足りる",
)


def by_plan(context, event_id):
    plan = start_plan(context, name="受託者の案").id
    line = next(one for one in read_comparison(context.store, today=TODAY, plan_id=plan).lines)
    save_candidate(context, candidate=replace(line.candidate, typed="R9.4.6", reason="会場の改修"))
    shown = read_comparison(context.store, today=TODAY, plan_id=plan).lines[0]
    apply_plan(context, plan_id=plan)
    assert not shown.needs_correction


WAYS = {
    "moved": lambda context, event_id: move_event(context, event_id=event_id, new_date=AFTER, reason="会場の改修"),
    "of a plan": by_plan,
    "new": lambda context, _event_id: create_event(context, draft=LATE),
    "first day": lambda context, _event_id: update_event(
        context,
        event_id=(undated := add_lecture(context.store, None)),
        draft=replace(
            draft_of(the_event(context.store, undated)),
            event_date=AFTER,
            exception_reason="会場の改修",
            exception_kind="協議で足りる",
        ),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_day_after_the_term_waits_for_the_change_of_the_contract_that_covers_it(way, store):
    context = ActionContext(store, BY, NOW)
    event_id = add_lecture(store)

    with pytest.raises(UserError, match="の外です") as refused:
        WAYS[way](context, event_id)
    assert refused.value.links == (ActionLink("契約"),)
    assert "先に「契約」で契約変更を記録" in refused.value.todo
    assert the_event(store, event_id).event_date == date(2026, 9, 24)

    view = read_programme(store)
    record_contract_change(
        context,
        programme_id=view.programme.id,
        terms=replace(view.programme, term_end=date(2027, 5, 31)),
        valid_from=date(2027, 3, 1),
        reason="第1号変更契約",
    )
    WAYS[way](context, event_id)
    days = store.database.execute("SELECT event_date FROM events").fetchall()
    assert (AFTER.isoformat(),) in [tuple(row) for row in days]


def test_a_line_of_a_plan_outside_the_term_is_to_be_corrected_whatever_reason_it_has(store):
    context = ActionContext(store, BY, NOW)
    add_lecture(store)
    plan = start_plan(context, name="受託者の案").id
    line = read_comparison(store, today=TODAY, plan_id=plan).lines[0]
    save_candidate(context, candidate=replace(line.candidate, typed="R9.4.6", reason="会場の改修"))
    assert read_comparison(store, today=TODAY, plan_id=plan).lines[0].needs_correction
    save_candidate(context, candidate=replace(line.candidate, typed="R9.3.10", reason="会場の改修"))
    assert not read_comparison(store, today=TODAY, plan_id=plan).lines[0].needs_correction


def test_before_the_term_as_after_it_no_reason_is_asked_and_what_lies_outside_may_be_corrected(store):
    context = ActionContext(store, BY, NOW)
    event_id = add_lecture(store)
    programme = read_programme(store).programme
    change_programme(context, programme=replace(programme, contract_date=date(2026, 9, 7)))

    early = preview_move(store, event_id=event_id, new_date=date(2026, 9, 7), today=TODAY)
    assert "の前です" in early.refusal
    assert not early.reason_needed
    assert early.refusal not in [one.text for one in early.warnings]
    assert preview_move(store, event_id=event_id, new_date=date(2026, 9, 8), today=TODAY).refusal == ""
    check = check_event_draft(store, draft=replace(LATE, exception_reason="", exception_kind=""), today=TODAY)
    assert "の外です" in check.refusal
    assert not check.reason_needed

    with store.change(action="前の版で", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, event_date=AFTER, exception_reason="会場", exception_kind="協議で足りる")
    present = draft_of(the_event(store, event_id))
    update_event(context, event_id=event_id, draft=replace(present, content="内容"), original=present)
    assert (the_event(store, event_id).content, the_event(store, event_id).event_date) == ("内容", AFTER)
