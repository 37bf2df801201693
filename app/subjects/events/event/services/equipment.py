"""The equipment of an event and the tick of who checked it.

- ``set_equipment(act, event_id, items) -> Saved``
- ``check_equipment(act, item_id, on) -> Saved``; ``uncheck_equipment(act, item_id) -> Saved``
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.event.services.event_lines import write_lines
from db.records.events import EquipmentItem
from db.tables import events as table


@deed
def set_equipment(act: Act, *, event_id: int, items: Sequence[EquipmentItem]) -> Saved:
    """Make ``items`` the equipment of the event, in the order given; missing ones are deleted, but for those that
    a colleague added since the form was opened.

    Raises:
        Refusal: the event is gone, or a line has no name.
    """
    event = required_event(act.database, event_id)
    if any(not item.name.strip() for item in items):
        raise Refusal("機材に、名前が空の行があります。", "名前を書くか、その行を消してください。")
    with act.change("機材を変えた", "events", event_id=event_id) as change:
        write_lines(change, event_id, items, present=table.equipment(act.database, event_id))
    return Saved(f"{event.full_title}の機材を保存しました。", event_id)


@deed
def check_equipment(act: Act, *, item_id: int, on: date | None = None) -> Saved:
    """Note that ``by`` checked one piece of equipment ``on`` that day (default: the day of ``now``)."""
    item = get_or_refuse(act.database, EquipmentItem, item_id)
    action = f"機材「{item.name}」を確認した"
    with act.change(action, "events", event_id=item.event_id) as change:
        change.update(EquipmentItem, item_id, checked_on=on or act.today, checked_by=act.by)
    return Saved(f"「{item.name}」を確認済みにしました。", item_id)


@deed
def uncheck_equipment(act: Act, *, item_id: int) -> Saved:
    """Take the tick of one piece of equipment away again."""
    item = get_or_refuse(act.database, EquipmentItem, item_id)
    action = f"機材「{item.name}」の確認を取り消した"
    with act.change(action, "events", event_id=item.event_id) as change:
        change.update(EquipmentItem, item_id, checked_on=None, checked_by="")
    return Saved(f"「{item.name}」の確認を取り消しました。", item_id)
