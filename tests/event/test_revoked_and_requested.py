"""A decision that is revoked after some were told of it, and the request that a new visit belongs to."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.event.services import event_changes, event_drafts
from app.event.services.event_cancellation import restore_event, revoke_change
from app.events.calls.services.calls import decide_change
from db.records.calls import Call, CallOutcome, CallTarget, ChangeDecision
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store)


@pytest.mark.parametrize(
    ("name", "kind", "outcomes", "day"),
    [
        ("だれにも伝えず", "日時の変更", (), date(2026, 12, 8)),
        ("不在だけ", "日時の変更", (CallOutcome.ABSENT,), date(2026, 12, 8)),
        ("伝えた", "日時の変更", (CallOutcome.REACHED, CallOutcome.ABSENT, CallOutcome.MESSAGE), date(2026, 12, 8)),
        ("近い日", "延期", (CallOutcome.REACHED,), date(2026, 12, 3)), ("過ぎた日", "延期",
            (CallOutcome.REACHED,), date(2026, 11, 30)),
        ("中止", "中止", (CallOutcome.REACHED,), date(2026, 12, 8)),
    ],
)  # fmt: skip
def test_whoever_was_told_of_a_decision_is_asked_again_when_it_is_revoked(store, name, kind, outcomes, day):
    sixth = event_id(store, "講習会", 6)
    given = {"decided_at": datetime(2026, 12, 1, 9), "decided_by": "課長", "reason": "台風"}
    with store.change(action="ほかの日", by=BY, now=NOW) as change:
        change.update(Event, sixth, event_date=day)
    decide_change(acting(store), event_id=sixth, kind=kind, **given)
    (decision,) = rows(store.database, ChangeDecision, event_id=sixth)
    coming = [one for one in rows(store.database, Entry, event_id=sixth) if one.state.is_coming and one.organisation_id]
    groups = list(dict.fromkeys(one.organisation_id for one in coming))
    with store.change(action="電話した", by=BY, now=NOW) as change:
        for place, outcome in zip(groups, outcomes, strict=False):
            change.insert(
                Call(
                    event_id=sixth,
                    decision_id=decision.id,
                    target=CallTarget.ORGANISATION,
                    organisation_id=place,
                    outcome=outcome,
                    at=NOW,
                    by=BY,
                )
            )
        for target in (one for one in CallTarget if outcomes and not one.is_organisation):
            change.insert(
                Call(event_id=sixth, decision_id=decision.id, target=target, outcome=CallOutcome.REACHED, at=NOW, by=BY)
            )
        change.update(Entry, coming[-1].id, comes_again="来る")
    back = restore_event if kind == "中止" else revoke_change
    said = [back(acting(store), event_id=sixth).message]
    for one in rows(store.database, Entry, event_id=sixth):
        if one.comes_again:
            said.append(f"{groups.index(one.organisation_id)}の団体　{one.number}番　{one.comes_again}")
    said += view_lines(rows(store.database, ChangeDecision, event_id=sixth), "id")
    assert_paper(said, f"取り消した {name}")


def test_a_visit_belongs_to_the_request_of_its_organisation_and_has_the_steps_that_are_left(store):
    context, year = ActionContext(store, BY, NOW), 1
    with store.change(action="用意", by=BY, now=NOW) as change:
        place = change.insert(Organisation(name="みほん新町会"))
    draft = event_drafts.EventDraft(
        kind="派遣",
        form=EventForm.VISIT,
        subject="派遣",
        organisation_id=place,
        organisation_name="みほん新町会",
        event_date=date(2027, 2, 16),
        venue="会館",
        exception_reason="希望",
        exception_kind="協議で足りる",
    )

    def added(name, **more):
        number = event_changes.create_event(context, draft=replace(draft, **more)).id
        made = by_id(store.database, Event, number)
        steps = rows(store.database, RecruitmentStep, event_id=number, order="position")
        return f"{name}：希望{made.request_id}　{'・'.join(one.name for one in steps)}"

    said = [added("希望なし")]
    request = DispatchRequest(programme_id=year, organisation_id=place, received_on=date(2026, 9, 1))
    with store.change(action="希望", by=BY, now=NOW) as change:
        first = change.insert(request)
        second = change.insert(replace(request, outcome=RequestOutcome.REFUSED, received_on=date(2026, 9, 9)))
        third = change.insert(replace(request, kind="講習会", received_on=date(2026, 9, 10)))
    said += [added("未定の希望"), added("その2回目"), added("登録のない団体", organisation_id=None)]
    names = {first: "はじめの", second: "不採択の", third: "ほかの種類の", None: "なし"}
    said = [
        one.replace(f"希望{number}", f"希望{name}")
        for one in said
        for number, name in names.items()
        if f"希望{number}　" in one
    ]
    assert_paper(said, "希望と回")
    visits = event_changes.visits_of_request(store.database, by_id(store.database, DispatchRequest, first))
    assert len(visits) == 1
