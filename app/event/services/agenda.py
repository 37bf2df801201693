"""Saves the timetable of an event."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.event.services.event_lines import write_lines
from app.event.services.event_records import read_event_or_error
from db.records.events import AgendaItem
from db.tables import events as table


def set_agenda(context: ActionContext, *, event_id: int, items: Sequence[AgendaItem]) -> ActionResult:
    """Save ``items`` as the timetable in this order; other lines are deleted, except those a colleague added meanwhile.

    An item with an ``id`` keeps its row; ``minutes`` None means before or after the event itself. ``position`` and
    ``event_id`` of the items are set here.

    Raises:
        UserError: the event is gone, or a line has no title or a negative length.
    """
    event = read_event_or_error(context.database, event_id)
    for item in items:
        if not item.title.strip():
            raise UserError("当日の進行に、内容が空の行があります。", "内容を書くか、その行を消してください。")
        if item.minutes is not None and item.minutes < 0:
            raise UserError(f"「{item.title}」の分が0より小さくなっています。", "分を確かめてください。")
    action = "当日の進行を変えた"
    with context.change(action, "events", event_id=event_id) as change:
        write_lines(change, event_id, items, present=table.agenda(context.database, event_id))
    return ActionResult(f"{event.full_title}の当日の進行を保存しました。", event_id)
