"""Undo of who comes: every change of a place, and a whole choice, comes back as it was."""

from typing import Any

from app.events.headcount import services as headcount_services
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import admissions, entry_changes, entry_moves, selections
from db.records.events import CountSource
from db.records.roster import Entry, EntryState
from db.tables import roster
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after
from tests.support.world import World

EVENT = "L7"
TERMS = SelectionTerms(method="抽選", capacity=4, seed="4F2A-91C0", organisation_limit=2, waitlist_size=1)


def places(world: World) -> list[int]:
    """The entries of the event, at least three: made by somebody else when the year has none."""
    event_id = world.events[EVENT]
    return [one.id for one in roster.entries(world.store.database, event_id) if one.person_id is not None]


def left(world: World, **values: Any) -> int:
    """The first place as the colleague left it."""
    entry_id = places(world)[0]
    world.change(Entry, entry_id, **{"waiting_order": None, **values})
    return entry_id


SCENARIOS: Scenarios = {
    admissions.enable_admission_numbers: lambda w: {"event_id": w.events["L7"], "on": False},
    entry_changes.record_absence: lambda w: {"entry_id": places(w)[0], "note": "通院のため"},
    entry_changes.take_back_absence: lambda w: {"entry_id": left(w, state="落選", absent_told_at=NOW)},
    entry_changes.promote_from_waitlist: lambda w: after(
        left(w, state="補欠", waiting_order=1), event_id=w.events[EVENT]),
    entry_changes.set_state: lambda w: {
        "entry_id": places(w)[0], "state": EntryState.NOT_CHOSEN, "reason": "会場の都合"},
    entry_changes.restore_entry: lambda w: {
        "entry_id": left(w, state=EntryState.WITHDRAWN, state_before=EntryState.NOT_CHOSEN)},
    entry_moves.move_to_event: lambda w: {
        "entry_id": places(w)[0],
        "event_id": entry_moves.events_to_move_to(w.store, event_id=w.events[EVENT], today=NOW.date())[0].id},
    entry_changes.change_entry: lambda w: {"entry_id": places(w)[0], "fields": {"photo": "不可", "note": "前の席"}},
    entry_changes.remove_entries: lambda w: {"entry_ids": places(w)[:3]},
    selections.save_selection: lambda w: {"event_id": w.events[EVENT], "terms": TERMS},
    headcount_services.set_count_source: lambda w: {"event_id": w.events[EVENT], "source": CountSource.TYPED},
}  # fmt: skip
