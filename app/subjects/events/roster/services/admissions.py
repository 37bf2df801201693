"""入場番号 of an event: switched on for it, given when a place is decided, never twice.

- ``switch_admissions(act, event_id, on) -> Saved``
- ``give_admissions(store, change, event_id) -> dict[int, int]`` inside the change that decides
- ``known_admissions(event, entries) -> dict[int, int]`` as they are, and as they will be given
"""

from __future__ import annotations

from collections.abc import Sequence

from app.acts.act import Act, deed
from app.acts.saved import Saved
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.roster.rules.admission_numbers import admissions_to_give
from db.journal import Change
from db.records.events import Event
from db.records.roster import Entry
from db.store import Store
from db.tables import roster as table


@deed
def switch_admissions(act: Act, *, event_id: int, on: bool) -> Saved:
    """Put 入場番号 and the map on the 決定通知 of an event from now on, or leave them away again.

    Who is decided gets a number at once. Switched off, no letter bears one any more; those given stay given, and the
    door takes them. Raises ``Refusal`` when the event is gone.
    """
    event = required_event(act.database, event_id)
    action = f"{event.full_title}の決定通知に入場番号と地図を{'入れることにした' if on else '入れないことにした'}"
    with act.change(action, subject="roster", event_id=event_id) as change:
        change.update(Event, event_id, admissions=on)
        given = give_admissions(act.store, change, event_id)
    if not on:
        return Saved("決定通知に、入場番号と地図を入れません。付けた番号は残り、受付で使えます。", id=event_id)
    return Saved(f"決定通知に、入場番号と地図を入れます。{len(given)}人に番号を付けました。", id=event_id)


def give_admissions(store: Store, change: Change, event_id: int) -> dict[int, int]:
    """Write the missing numbers inside ``change`` where the event has them; return those given, by entry id."""
    event = required_event(store.database, event_id)
    if not event.admissions:
        return {}
    given = admissions_to_give(table.entries(store.database, event_id), event.last_admission)
    if given:
        change.update_each(Entry, {entry_id: {"admission": number} for entry_id, number in given.items()})
        change.update(Event, event_id, last_admission=max(given.values()))
    return given


def known_admissions(event: Event, entries: Sequence[Entry]) -> dict[int, int]:
    """Return the number of each entry, also the one it will get when its letter leaves; nothing where switched off."""
    if not event.admissions:
        return {}
    given = {entry.id: entry.admission for entry in entries if entry.admission is not None}
    return given | admissions_to_give(entries, event.last_admission)
