"""Undo of 派遣: slips, decisions, hearings, what is asked afterwards, and the stages that a report writes back."""

from dataclasses import replace

from app.events.dispatches.rules import STAGES
from app.events.dispatches.services import dispatch_requests, support
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, RequestOutcome
from db.rows import row, rows
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios
from tests.support.world import World


def _wish(world: World, outcome: str) -> DispatchRequest:
    found = row(world.store.database, DispatchRequest, outcome=outcome)
    assert found is not None
    return found


def _unlinked(world: World) -> int:
    """A chosen slip whose 実施回 is not there yet."""
    slip = row(world.store.database, DispatchRequest, event_id=world.events["D1"])
    assert slip is not None
    return dispatch_requests.decide_dispatch_request(
        world.other,
        wish_id=slip.id,
        outcome=RequestOutcome.CHOSEN,
        decided_on=NOW.date(),
        reason=slip.reason,
    ).id


SCENARIOS: Scenarios = {
    dispatch_requests.save_dispatch_request: lambda w: {"wish": replace(_wish(w, ""), trouble="別のこと")},
    dispatch_requests.remove_dispatch_request: lambda w: {"wish_id": _wish(w, "").id},
    dispatch_requests.attach_request_form: lambda w: {
        "wish_id": _wish(w, "").id, "data": b"%PDF", "name": "希望票.pdf"},
    dispatch_requests.decide_dispatch_request: lambda w: {
        "wish_id": _wish(w, "").id, "outcome": RequestOutcome.REFUSED, "decided_on": NOW.date(),
        "reason": "決め方による。"},
    dispatch_requests.link_event: lambda w: {"wish_id": _unlinked(w), "event_id": w.events["D1"]},
    dispatch_requests.note_form_handed_over: lambda w: {"wish_id": _wish(w, "決定").id, "on": None},
    support.save_hearing: lambda w: {"support": replace(rows(w.store.database, DispatchSupport)[0], issue="別の課題")},
    support.save_report_table: lambda w: {
        "event_id": w.events["D1"], "key": STAGES, "lines": (("Instagram", "0", "2"),)},
    support.save_follow_up: lambda w: {
        "follow_up": replace(rows(w.store.database, DispatchFollowUp)[0], question="別の問い")},
    support.remove_follow_up: lambda w: {"follow_up_id": rows(w.store.database, DispatchFollowUp)[0].id},
    support.note_call: lambda w: {"event_id": w.events["D1"], "outcome": "話せた", "answer": "月2回続いている。"},
}  # fmt: skip
