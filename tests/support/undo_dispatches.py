"""Undo of 派遣: slips, decisions, hearings, what is asked afterwards, and the stages that a report writes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.events.dispatches.rules import STAGES
from app.events.dispatches.services import dispatch_requests, support
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport
from db.rows import row, rows
from tests.support.prepared_for_undo import by_other, prepared
from tests.support.sample import NOW
from tests.support.world import World

Act = Callable[[World, dict[str, Any]], object]


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
        world.store, wish_id=slip.id, outcome="決定", decided_on=NOW.date(), reason=slip.reason, **by_other(world)
    ).id


SCENARIOS: dict[Callable[..., Any], Act] = {
    dispatch_requests.save_dispatch_request: lambda w, who: dispatch_requests.save_dispatch_request(
        w.store, wish=replace(_wish(w, ""), trouble="別のこと"), **who),
    dispatch_requests.remove_dispatch_request: lambda w,
    who: dispatch_requests.remove_dispatch_request(w.store, wish_id=_wish(w, "").id, **who),
    dispatch_requests.attach_request_form: lambda w, who: dispatch_requests.attach_request_form(
        w.store, wish_id=_wish(w, "").id, data=b"%PDF", name="希望票.pdf", **who),
    dispatch_requests.decide_dispatch_request: lambda w, who: dispatch_requests.decide_dispatch_request(
        w.store, wish_id=_wish(w, "").id, outcome="不採択", decided_on=NOW.date(), reason="決め方による。", **who),
    dispatch_requests.link_event: prepared(_unlinked, lambda w, slip_id, who: dispatch_requests.link_event(
        w.store, wish_id=slip_id, event_id=w.events["D1"], **who)),
    dispatch_requests.note_form_handed_over: lambda w,
    who: dispatch_requests.note_form_handed_over(w.store, wish_id=_wish(w, "決定").id, on=None, **who),
    support.save_hearing: lambda w, who: support.save_hearing(
        w.store, support=replace(_hearing(w), issue="別の課題"), **who),
    support.save_report_table: lambda w, who: support.save_report_table(
        w.store, event_id=w.events["D1"], key=STAGES, lines=(("Instagram", "0", "2"),), **who),
    support.save_follow_up: lambda w, who: support.save_follow_up(
        w.store, follow_up=replace(_follow_up(w), question="別の問い"), **who),
    support.remove_follow_up: lambda w, who: support.remove_follow_up(
        w.store, follow_up_id=_follow_up(w).id, **who),
    support.note_call: lambda w, who: support.note_call(
        w.store, event_id=w.events["D1"], outcome="話せた", answer="月2回続いている。", **who),
}  # fmt: skip
