"""The equipment of an event and the tick of who checked it.

- ``set_equipment(store, event_id, items, by, now) -> Saved``
- ``check_equipment(store, item_id, on, by, now) -> Saved``; ``uncheck_equipment(store, item_id, by, now) -> Saved``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from app.subjects.events.services.event_file import required_event
from app.subjects.events.services.event_lines import write_lines
from db.records.events import EquipmentItem
from db.store import Store
from db.tables import events as table


def set_equipment(store: Store, *, event_id: int, items: Sequence[EquipmentItem], by: str, now: datetime) -> Saved:
    """Make ``items`` the equipment of the event, in the order given; missing ones are deleted, but for those that
    a colleague added since the form was opened.

    Raises:
        Refusal: the event is gone, or a line has no name.
    """
    event = required_event(store.database, event_id)
    if any(not item.name.strip() for item in items):
        raise Refusal("機材に、名前が空の行があります。", "名前を書くか、その行を消してください。")
    with store.change(action="機材を変えた", by=by, now=now, subject="events", event_id=event_id) as change:
        write_lines(change, event_id, items, present=table.equipment(store.database, event_id))
    return Saved(said=f"{event.full_title}の機材を保存しました。", id=event_id)


def check_equipment(store: Store, *, item_id: int, on: date | None = None, by: str, now: datetime) -> Saved:
    """Note that ``by`` checked one piece of equipment ``on`` that day (default: the day of ``now``)."""
    item = required(store.database, EquipmentItem, item_id)
    action = f"機材「{item.name}」を確認した"
    with store.change(action=action, by=by, now=now, subject="events", event_id=item.event_id) as change:
        change.update(EquipmentItem, item_id, checked_on=on or now.date(), checked_by=by)
    return Saved(said=f"「{item.name}」を確認済みにしました。", id=item_id)


def uncheck_equipment(store: Store, *, item_id: int, by: str, now: datetime) -> Saved:
    """Take the tick of one piece of equipment away again."""
    item = required(store.database, EquipmentItem, item_id)
    action = f"機材「{item.name}」の確認を取り消した"
    with store.change(action=action, by=by, now=now, subject="events", event_id=item.event_id) as change:
        change.update(EquipmentItem, item_id, checked_on=None, checked_by="")
    return Saved(said=f"「{item.name}」の確認を取り消しました。", id=item_id)
