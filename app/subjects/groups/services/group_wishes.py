"""Who wishes, or is wished, to sit in one 班 or in different ones.

- ``add_wish(store, event_id, first_entry_id, second_entry_id, together, by, now)``, ``remove_wish`` → ``Saved``
"""

from __future__ import annotations

from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.services.entry_names import required_entry
from db.records.roster import GroupWish
from db.store import Store
from db.tables import roster as table


def add_wish(
    store: Store, *, event_id: int, first_entry_id: int, second_entry_id: int, together: bool, by: str, now: datetime
) -> Saved:
    """Keep the wish that two people sit in one 班, or in different ones; an earlier wish of the two is replaced.

    Raises:
        Refusal: it is one and the same person, or an entry belongs to another event.
    """
    event = required_event(store.database, event_id)
    pair = {first_entry_id, second_entry_id}
    if len(pair) < 2 or any(required_entry(store, each).event_id != event_id for each in pair):
        raise Refusal("2人を選んでください。", "同じ実施回の、別の方を選んでください。")
    words = "同じ班" if together else "別の班"
    with store.change(
        action=f"{event.full_title}：{words}の希望を加えた", by=by, now=now, subject="roster", event_id=event_id
    ) as change:
        for wish in table.group_wishes(store.database, event_id):
            if {wish.first_entry_id, wish.second_entry_id} == pair:
                change.delete(GroupWish, wish.id)
        wish_id = change.insert(
            GroupWish(
                event_id=event_id, first_entry_id=first_entry_id, second_entry_id=second_entry_id, together=together
            )
        )
    return Saved(said=f"{words}の希望を加えました。", id=wish_id)


def remove_wish(store: Store, *, event_id: int, wish_id: int, by: str, now: datetime) -> Saved:
    """Take a wish away."""
    event = required_event(store.database, event_id)
    with store.change(
        action=f"{event.full_title}：班の希望を削除した", by=by, now=now, subject="roster", event_id=event_id
    ) as change:
        change.delete(GroupWish, wish_id)
    return Saved(said="班の希望を削除しました。", id=event_id)
