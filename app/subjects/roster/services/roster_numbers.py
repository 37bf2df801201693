"""Gives the numbers of the 受付名簿; the printed roster and the door use the same ones.

- ``number_roster(store, event_id, by, now) -> Saved`` a number for everyone who has none yet
- ``give_numbers(store, change, event_id) -> dict[int, int]`` the same inside an open change
"""

from __future__ import annotations

from datetime import datetime

from app.saved import Saved
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.rules.roster_numbers import numbers_to_give
from db.journal import Change
from db.records.roster import Entry
from db.store import Store
from db.tables import organisations
from db.tables import roster as table


def number_roster(store: Store, *, event_id: int, by: str, now: datetime) -> Saved:
    """Give every coming entry without a number the next one, unnamed places too; numbers given never change.

    Returns an empty sentence when nobody was without a number, and offers no undo: whoever opens the door wants
    the numbers, and the next action is what may be taken back. Raises ``Refusal`` when the event is gone.
    """
    event = required_event(store.database, event_id)
    action = f"{event.full_title}の名簿に番号を付けた"
    with store.change(action=action, by=by, now=now, subject="roster", event_id=event_id) as change:
        given = give_numbers(store, change, event_id)
    said = f"名簿の{len(given)}人に番号を付けました。" if given else ""
    return Saved(said=said, id=event_id, can_undo=False)


def give_numbers(store: Store, change: Change, event_id: int) -> dict[int, int]:
    """Write the missing numbers inside ``change``; return those given by entry id."""
    entries = table.entries(store.database, event_id)
    given = numbers_to_give(entries, organisations.everything(store.database))
    change.update_each(Entry, {entry_id: {"number": number} for entry_id, number in given.items()})
    return given
