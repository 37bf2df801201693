"""Undo of who comes: every change of a place, and a whole choice, comes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.events.headcount import services as headcount_services
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import admissions, entry_changes, entry_moves, selections
from db.records.events import CountSource
from db.records.roster import Entry, EntryState
from db.tables import roster
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]

EVENT = "L7"
TERMS = SelectionTerms(method="抽選", capacity=4, seed="4F2A-91C0", organisation_limit=2, waitlist_size=1)


def places(world: World) -> list[int]:
    """The entries of the event, at least three: made by somebody else when the year has none."""
    event_id = world.events[EVENT]
    return [one.id for one in roster.entries(world.store.database, event_id) if one.person_id is not None]


def prepared(*, state: str = "", before: str = "", absent: bool = False) -> Callable[[World], int]:
    def prepare(world: World) -> int:
        entry_id = places(world)[0]
        order = 1 if state == "補欠" else None
        values = {"absent_told_at": NOW} if absent else {}
        values |= {"state": state, "waiting_order": order} if state else {}
        values |= {"state_before": before} if before else {}
        with world.store.change(action="準備", by=OTHER, now=NOW) as change:
            change.update(Entry, entry_id, **values)
        world.before = world.rows()
        return entry_id

    return prepare


def act(service: Callable[..., object], **given: Any) -> Act:
    return lambda world, context: service(context, entry_id=places(world)[0], **given)


def after(prepare: Callable[[World], int], service: Callable[..., object]) -> Act:
    return lambda world, context: service(context, entry_id=prepare(world))


def moved_up(world: World, context: ActionContext) -> object:
    prepared(state="補欠")(world)
    return entry_changes.promote_from_waitlist(context, event_id=world.events[EVENT])


SCENARIOS: dict[Callable[..., Any], Act] = {
    admissions.enable_admission_numbers: lambda w, context: admissions.enable_admission_numbers(
        context, event_id=w.events["L7"], on=False
    ),
    entry_changes.record_absence: act(entry_changes.record_absence, note="通院のため"),
    entry_changes.take_back_absence: after(prepared(state="落選", absent=True), entry_changes.take_back_absence),
    entry_changes.promote_from_waitlist: moved_up,
    entry_changes.set_state: act(entry_changes.set_state, state=EntryState.NOT_CHOSEN, reason="会場の都合"),
    entry_changes.restore_entry: after(
        prepared(state=EntryState.WITHDRAWN, before=EntryState.NOT_CHOSEN), entry_changes.restore_entry
    ),
    entry_moves.move_to_event: lambda w, context: entry_moves.move_to_event(
        context, entry_id=places(w)[0], event_id=next(one.id for one in entry_moves.events_to_move_to(
            w.store, event_id=w.events[EVENT], today=NOW.date()))),
    entry_changes.change_entry: act(entry_changes.change_entry, fields={"photo": "不可", "note": "前の席"}),
    entry_changes.remove_entries: lambda w, context: entry_changes.remove_entries(
        context, entry_ids=places(w)[:3]),
    selections.save_selection: lambda w, context: selections.save_selection(
        context, event_id=w.events[EVENT], terms=TERMS),
    headcount_services.set_count_source: lambda w, context: headcount_services.set_count_source(
        context, event_id=w.events[EVENT], source=CountSource.TYPED),
}  # fmt: skip
