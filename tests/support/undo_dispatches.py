"""Undo of 派遣: slips, decisions, hearings, what is asked afterwards, and the stages that a report writes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.actions.action_context import ActionContext
from app.events.dispatches.rules import STAGES
from app.events.dispatches.services import dispatch_requests, support
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, RequestOutcome
from db.rows import row, rows
from tests.support.prepared_for_undo import by_other, prepared
from tests.support.sample import NOW
from tests.support.world import World

Act = Callable[[World, ActionContext], object]


def _wish(world: World, outcome: str) -> DispatchRequest:
    found = row(world.store.database, DispatchRequest, outcome=outcome)
    assert found is not None
    return found


def _follow_up(world: World) -> DispatchFollowUp:
    return rows(world.store.database, DispatchFollowUp)[0]


def _hearing(world: World) -> DispatchSupport:
    return rows(world.store.database, DispatchSupport)[0]


def _unlinked(world: World) -> int:
    """A chosen slip whose 実施回 is not there yet."""
    slip = row(world.store.database, DispatchRequest, event_id=world.events["D1"])
    assert slip is not None
    return dispatch_requests.decide_dispatch_request(
        ActionContext(world.store, **by_other(world)),
        wish_id=slip.id,
        outcome=RequestOutcome.CHOSEN,
        decided_on=NOW.date(),
        reason=slip.reason,
    ).id


SCENARIOS: dict[Callable[..., Any], Act] = {
    dispatch_requests.save_dispatch_request: lambda w, context: dispatch_requests.save_dispatch_request(
        context, wish=replace(_wish(w, ""), trouble="別のこと")),
    dispatch_requests.remove_dispatch_request: lambda w,
    context: dispatch_requests.remove_dispatch_request(context, wish_id=_wish(w, "").id),
    dispatch_requests.attach_request_form: lambda w, context: dispatch_requests.attach_request_form(
        context, wish_id=_wish(w, "").id, data=b"%PDF", name="希望票.pdf"),
    dispatch_requests.decide_dispatch_request: lambda w, context: dispatch_requests.decide_dispatch_request(
        context, wish_id=_wish(w, "").id, outcome=RequestOutcome.REFUSED, decided_on=NOW.date(),
        reason="決め方による。"),
    dispatch_requests.link_event: prepared(_unlinked, lambda w, slip_id, context: dispatch_requests.link_event(
        context, wish_id=slip_id, event_id=w.events["D1"])),
    dispatch_requests.note_form_handed_over: lambda w,
    context: dispatch_requests.note_form_handed_over(context, wish_id=_wish(w, "決定").id, on=None),
    support.save_hearing: lambda w, context: support.save_hearing(
        context, support=replace(_hearing(w), issue="別の課題")),
    support.save_report_table: lambda w, context: support.save_report_table(
        context, event_id=w.events["D1"], key=STAGES, lines=(("Instagram", "0", "2"),)),
    support.save_follow_up: lambda w, context: support.save_follow_up(
        context, follow_up=replace(_follow_up(w), question="別の問い")),
    support.remove_follow_up: lambda w, context: support.remove_follow_up(
        context, follow_up_id=_follow_up(w).id),
    support.note_call: lambda w, context: support.note_call(
        context, event_id=w.events["D1"], outcome="話せた", answer="月2回続いている。"),
}  # fmt: skip
