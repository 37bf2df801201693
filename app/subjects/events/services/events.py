"""事業・日程: everything a screen or a command may ask about events, gathered under one name.

Reads (``today`` is a date; all return frozen dataclasses):

- ``list_events(store, today, kind=None, text="", sort="date", descending=False) -> EventList(rows: EventRow…)``
- ``read_month(store, year, month, today) -> Month(days: MonthDay(events, tasks)…)``
- ``read_event(store, event_id, today) -> EventView``
- ``check_event_draft(store, draft, today, event_id=None) -> DraftCheck(title, warnings, reason_needed, tasks)``
- ``preview_move(store, event_id, new_date, start_time, end_time, today) -> MovePreview(rows: MoveRow…, follow_ups)``
- ``draft_of(event) -> EventDraft`` (to fill the form again)

Writes (``by`` and ``now`` besides; all return ``Saved(said, id)``):

- ``create_event(draft)``, ``update_event(event_id, draft)``, ``duplicate_event(event_id)``
- ``move_event(event_id, new_date, reason, nature, asked, start_time, end_time)``
- ``cancel_event(event_id, reason, decided_on)``, ``restore_event(event_id)``
- ``mark_held(event_id)``, ``record_result(event_id, result)``

Timetable, equipment, recruitment and 協議 are written through ``app.subjects.events.services.agenda``, ``equipment``,
``recruitment`` and ``agreements``; deadlines by hand through ``app.subjects.events.services.deadlines``.
"""

from __future__ import annotations

from app.subjects.events.services.event_cancellation import cancel_event, restore_event
from app.subjects.events.services.event_changes import create_event, duplicate_event, update_event
from app.subjects.events.services.event_drafts import DraftCheck, EventDraft, check_event_draft, draft_of
from app.subjects.events.services.event_lists import EventList, EventRow, list_events
from app.subjects.events.services.event_moves import move_event
from app.subjects.events.services.event_results import mark_held, record_result
from app.subjects.events.services.event_view import EventView, read_event
from app.subjects.events.services.event_view_rows import AgendaRow, ContractorDuty, StepRow
from app.subjects.events.services.month import Month, MonthDay, MonthEvent, read_month
from app.subjects.events.services.move_follow_ups import FollowUp
from app.subjects.events.services.move_preview import MovePreview, MoveRow, preview_move

__all__ = [
    "AgendaRow",
    "ContractorDuty",
    "DraftCheck",
    "EventDraft",
    "EventList",
    "EventRow",
    "EventView",
    "FollowUp",
    "Month",
    "MonthDay",
    "MonthEvent",
    "MovePreview",
    "MoveRow",
    "StepRow",
    "cancel_event",
    "check_event_draft",
    "create_event",
    "draft_of",
    "duplicate_event",
    "list_events",
    "mark_held",
    "move_event",
    "preview_move",
    "read_event",
    "read_month",
    "record_result",
    "restore_event",
    "update_event",
]
