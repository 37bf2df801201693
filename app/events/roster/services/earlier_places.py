"""Gives back the place that somebody had before 辞退, 欠席 or a move, while it is free; else the clerk is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.actions.user_error import UserError
from app.event.rules.participation import waitlist_entries
from app.event.services.event_records import read_event_or_error
from app.event.services.expected_counts import current_capacity, latest_selection
from app.events.roster.rules import free_places
from db.backups import as_of
from db.engine import Database
from db.mapping import TABLE_OF, to_columns, to_record
from db.records.roster import Entry
from db.store import Store
from db.tables import roster as table


def with_earlier_place(store: Store, entry: Entry) -> Entry:
    """Return an entry with state and order among the 補欠 as before it lost its place.

    What an older version did not store is taken from the journal.

    Raises:
        UserError: nothing tells it, or it is no longer free; with what stood before and what is free now.
    """
    event = read_event_or_error(store.database, entry.event_id)
    present = [one for one in table.entries(store.database, event.id) if one.id != entry.id]
    capacity = current_capacity(store.database, event)
    free, waiting = max(0, free_places(present, capacity)), len(waitlist_entries(present))
    last, left_at = _before_leaving(store.database, entry)
    state = entry.state if not entry.state.is_withdrawn else entry.state_before or last.state
    known = entry.waiting_before if entry.state_before else last.waiting_order
    order = known if state.is_waiting else None
    drawn = latest_selection(store.database, event.id)
    problem = ""
    if state.is_withdrawn:
        problem = "前の枠が記録されていません。"
    elif drawn is not None and left_at is not None and drawn.made_at > left_at:
        problem = "そのあとに参加者を決め直しています。"
    elif state.is_chosen and not free:
        problem = f"いまは定員{capacity}人が埋まっています。"
    elif state.is_waiting and waiting and order != waiting + 1:
        problem = "そのあとに補欠の順が変わっています。"
    if problem:
        had = f"前は「{state}{order or ''}」でした。" if not state.is_withdrawn else ""
        raise UserError(
            f"{had}{problem}いまの空きは{free}人、補欠は{waiting}人です。", "これからの状態を選んでください。"
        )
    return replace(entry, state=state, waiting_order=waiting + 1 if state.is_waiting else None)


def _before_leaving(database: Database, entry: Entry) -> tuple[Entry, datetime | None]:
    """Return an entry as it last was before it left its place, and when it did; as it is where nothing tells it."""
    plain = to_columns(entry)
    for step in as_of.entries_of_event(database, entry.event_id):
        for change in step.changes[::-1]:
            if (change.table, change.row_id) == (TABLE_OF[Entry], entry.id) and change.before is not None:
                before = to_record(Entry, plain | change.before)
                if not before.state.is_withdrawn and before.absent_told_at is None:
                    return before, step.at
    return entry, None
