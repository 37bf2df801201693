"""Saves the equipment of an event and who checked each item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.event.services.event_lines import write_lines
from app.event.services.event_records import read_event_or_error
from db.records.events import EquipmentItem
from db.tables import events as table


def set_equipment(context: ActionContext, *, event_id: int, items: Sequence[EquipmentItem]) -> ActionResult:
    """Save ``items`` as the equipment in this order; other lines are deleted, except those a colleague added meanwhile.

    Raises:
        UserError: the event is gone, or a line has no name.
    """
    event = read_event_or_error(context.database, event_id)
    if any(not item.name.strip() for item in items):
        raise UserError("機材に、名前が空の行があります。", "名前を書くか、その行を消してください。")
    with context.change("機材を変えた", "events", event_id=event_id) as change:
        write_lines(change, event_id, items, present=table.equipment(context.database, event_id))
    return ActionResult(f"{event.full_title}の機材を保存しました。", event_id)


def check_equipment(context: ActionContext, *, item_id: int, on: date | None = None) -> ActionResult:
    """Record that the user checked one item ``on`` that day (default: today)."""
    item = get_or_raise(context.database, EquipmentItem, item_id)
    with context.change(f"機材「{item.name}」を確認した", "events", event_id=item.event_id) as change:
        change.update(EquipmentItem, item_id, checked_on=on or context.today, checked_by=context.by)
    return ActionResult(f"「{item.name}」を確認済みにしました。", item_id)


def uncheck_equipment(context: ActionContext, *, item_id: int) -> ActionResult:
    """Remove the check of one item of the equipment."""
    item = get_or_raise(context.database, EquipmentItem, item_id)
    with context.change(f"機材「{item.name}」の確認を取り消した", "events", event_id=item.event_id) as change:
        change.update(EquipmentItem, item_id, checked_on=None, checked_by="")
    return ActionResult(f"「{item.name}」の確認を取り消しました。", item_id)
