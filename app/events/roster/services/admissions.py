"""Switches 入場番号 on for an event, and assigns each number once when a place is decided."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.event.services.event_records import read_event_or_error
from app.events.roster.rules import missing_admission_numbers
from db.journal import Change
from db.records.events import Event
from db.records.roster import Entry
from db.store import Store
from db.tables import roster as table


def enable_admission_numbers(context: ActionContext, *, event_id: int, on: bool) -> ActionResult:
    """Switch 入場番号 and map on the 決定通知 of an event on or off.

    Decided places get a number at once. Switched off, letters bear none; numbers already given stay valid for the
    check-in. Raises ``UserError`` when the event is gone.
    """
    event = read_event_or_error(context.database, event_id)
    with context.change(
        f"{event.full_title}の決定通知に入場番号と地図を{'入れることにした' if on else '入れないことにした'}",
        subject="roster",
        event_id=event_id,
    ) as change:
        change.update(Event, event_id, admissions=on)
        given = assign_admission_numbers(context.store, change, event_id)
    if not on:
        return ActionResult("決定通知に、入場番号と地図を入れません。付けた番号は残り、受付で使えます。", id=event_id)
    return ActionResult(f"決定通知に、入場番号と地図を入れます。{len(given)}人に番号を付けました。", id=event_id)


def assign_admission_numbers(store: Store, change: Change, event_id: int) -> dict[int, int]:
    """Write the missing 入場番号 inside ``change`` if they are switched on; return those given, by entry id."""
    event = read_event_or_error(store.database, event_id)
    if not event.admissions:
        return {}
    given = missing_admission_numbers(table.entries(store.database, event_id), event.last_admission)
    if given:
        change.update_each(Entry, {entry_id: {"admission": number} for entry_id, number in given.items()})
        change.update(Event, event_id, last_admission=max(given.values()))
    return given


def expected_admission_numbers(event: Event, entries: Sequence[Entry]) -> dict[int, int]:
    """Return by entry id the 入場番号, also one it will get when its letter is issued; empty if switched off."""
    if not event.admissions:
        return {}
    given = {entry.id: entry.admission for entry in entries if entry.admission is not None}
    return given | missing_admission_numbers(entries, event.last_admission)
